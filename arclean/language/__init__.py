"""The engine of languages: is it Arabic, what is it otherwise, and which Arabic. Needs no model and no download."""
