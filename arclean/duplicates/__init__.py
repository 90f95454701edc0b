"""Documents that came before: exact and near duplicates, repeated lines, splits without leaks, decontamination."""
