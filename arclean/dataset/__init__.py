"""Everything that touches a file: reading, running, writing, manifest, card, verification."""
