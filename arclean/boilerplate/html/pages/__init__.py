"""Pages of a column, one after the other."""
