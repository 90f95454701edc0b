"""C4's rules for lines."""
