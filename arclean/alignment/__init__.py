"""Alignment: which stretch of a text each stretch of its cleaned form came from."""
