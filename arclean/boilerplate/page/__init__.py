"""Whole pages turned to text: which documents are such, where their main text lies, and which line is their headline."""
