"""The shape of a text: its words, signs and lines counted, and what of it is repeated."""
