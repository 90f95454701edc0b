"""Words and phrases of a list, found in texts whatever their spelling."""
