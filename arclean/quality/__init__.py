"""The engine of documents: what is measured about a text, and filters on it."""
