"""Signs by what they say about a line or a word: which end a sentence, which begin an item, which are code. For measures."""

from __future__ import annotations

from typing import Final

ENDS: Final = ".!?:;…؟؛،۔"
"""Signs after which a line may end: of Latin script, and of Arabic. A colon ends a line of speech, a comma a line of verse or of a list."""

SENTENCE_ENDS: Final = ".!?…؟۔"
"""Those of them that end a sentence."""

CLOSERS: Final = "\"')]}»”’›"
"""Signs that may follow an end."""

BULLETS: Final = "•-*·–—▪▫●○◦‣■□►◄٭❖✓"
"""Signs that begin an item of a list."""

CODE: Final = "{};=<>\\&|$_"
"""Signs that programs and markup are full of, and prose is not."""

NO_PROSE: Final = "{}=<>\\|$_"
"""Those of them that prose in Latin letters does without: what holds one is a program or a table, and in no language."""

JOINERS: Final = ".,:/'’٫٬"
"""Signs that part no word: between digits; a dot between Latin letters; an apostrophe between letters."""

DASHES: Final = "-–—=_*~"
"""Signs of which a row is one."""

WITHIN: Final = ((0x40, 0x40), (0x5F, 0x5F))
"""Code points that are signs elsewhere, and part of a word here: @ and _."""

SIGNS: Final = (
    (0x21, 0x2F),
    (0x3A, 0x40),
    (0x5B, 0x60),
    (0x7B, 0x7E),
    (0xA1, 0xA9),
    (0xAB, 0xAC),
    (0xAE, 0xB4),
    (0xB6, 0xB9),
    (0xBB, 0xBF),
    (0xD7, 0xD7),
    (0xF7, 0xF7),
    (0x600, 0x60F),
    (0x61B, 0x61B),
    (0x61D, 0x61F),
    (0x66A, 0x66D),
    (0x6D4, 0x6D4),
    (0x6DD, 0x6DE),
    (0x6E9, 0x6E9),
    (0x2010, 0x2027),
    (0x2030, 0x205E),
    (0x20A0, 0x20CF),
    (0x2190, 0x2BFF),
    (0x2E00, 0x2E7F),
    (0x3001, 0x3004),
    (0x3008, 0x3020),
    (0xFD3E, 0xFD3F),
    (0xFE10, 0xFE19),
    (0xFE30, 0xFE6F),
    (0xFF01, 0xFF0F),
    (0xFF1A, 0xFF20),
    (0xFF3B, 0xFF40),
    (0xFF5B, 0xFF65),
    (0x1F000, 0x1FAFF),
)
"""Code points each of which is a token of its own, letters and digits among them aside: punctuation, symbols, emoji."""

DATATROVE_BULLETS: Final = "•-"
"""The bullets of Gopher as datatrove 0.10.1 has it."""

DATATROVE_ENDS: Final = (
    (0x21, 0x21),
    (0x2E, 0x2E),
    (0x3F, 0x3F),
    (0x61D, 0x61F),
    (0x6D4, 0x6D4),
    (0x203C, 0x203D),
    (0x2047, 0x2049),
    (0x3002, 0x3002),
    (0xFE52, 0xFE52),
    (0xFE56, 0xFE57),
    (0xFF01, 0xFF01),
    (0xFF0E, 0xFF0E),
    (0xFF1F, 0xFF1F),
    (0xFF61, 0xFF61),
)
"""TERMINAL_PUNCTUATION of datatrove 0.10.1 without the scripts that it lists for others: neither an ellipsis nor a closing quote."""

DATATROVE_PUNCTUATION: Final = (
    *DATATROVE_ENDS,
    (0x22, 0x2F),
    (0x3A, 0x40),
    (0x5B, 0x60),
    (0x7B, 0x7E),
    (0x7F, 0x9F),
    (0xAB, 0xAB),
    (0xB4, 0xB4),
    (0xBB, 0xBB),
    (0x2013, 0x2014),
    (0x2019, 0x2019),
    (0x201C, 0x201E),
    (0x2026, 0x2026),
    (0x2236, 0x2236),
    (0x2501, 0x2501),
    (0x25BA, 0x25BA),
    (0x3001, 0x3001),
    (0x3008, 0x300D),
    (0x3010, 0x3011),
    (0xFF05, 0xFF05),
    (0xFF08, 0xFF09),
    (0xFF0C, 0xFF0C),
    (0xFF11, 0xFF11),
    (0xFF1A, 0xFF1B),
    (0xFF5E, 0xFF5E),
)
"""PUNCTUATION of datatrove 0.10.1, in the same way: it has neither the comma nor the semicolon nor the per cent sign of Arabic."""
