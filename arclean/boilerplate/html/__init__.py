"""Pages as HTML: structure first, then the rules for lines."""
