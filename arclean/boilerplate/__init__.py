"""The engine of lines: what a page puts around its text, found on the skeleton and cut in the original."""
