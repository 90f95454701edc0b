"""The passes over the shape of texts, compiled: `measure` for columns, of `walk` and of what `repeats` finds."""
