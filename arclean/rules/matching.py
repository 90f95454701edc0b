"""What counts when texts are compared, beyond the skeleton: which letters have a small form, which characters nobody sees.

For matching only, never written to a document.
"""

from __future__ import annotations

from typing import Final

CAPITALS: Final = (
    (0x41, 0x5A, 32),
    (0xC0, 0xD6, 32),
    (0xD8, 0xDE, 32),
    (0x391, 0x3A1, 32),
    (0x3A3, 0x3AB, 32),
    (0x400, 0x40F, 80),
    (0x410, 0x42F, 32),
)
"""First and last of a run of capital letters, and how far behind it their small forms stand: Latin, Greek, Cyrillic."""

UNSEEN: Final = (
    (0xAD, 0xAD),
    (0x300, 0x36F),
    (0x61C, 0x61C),
    (0x200B, 0x200F),
    (0x202A, 0x202E),
    (0x2060, 0x2069),
    (0xFE00, 0xFE0F),
    (0xFEFF, 0xFEFF),
)
"""Marks of other scripts, joiners, signs of direction: they stand within words and say nothing."""
