"""Data cards: README.md as Hugging Face reads it, and Croissant metadata, for a reviewer and for machines."""
