"""The engine of characters: rules as tables and compiled passes over UTF-8 columns."""
