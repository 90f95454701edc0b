"""Changes that depend on the characters around: one module each, a kernel over code points and the operation that calls it."""
