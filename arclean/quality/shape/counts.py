"""What the pass over words, signs and lines knows of a character, and what it counts."""

from __future__ import annotations

SPACE, WORD, LETTER, DIGIT, END, TAIL, CLOSER, CODE = 1, 2, 4, 8, 16, 32, 64, 128
THEIR_PUNCTUATION, THEIR_END, BULLET, THEIR_BULLET, DOT, DASH, LATIN, INK = 256, 512, 1024, 2048, 4096, 8192, 16384, 32768
"""Flags of a code point, the lowest 16 bits of its kind: INK of all but white space. Above are fields of 8 bits, added up over a token."""
FIELD, ARABIC_FIELD, MARK_FIELD, DIGIT_FIELD, UPPER_FIELD, LETTER_FIELD = 8, 16, 24, 32, 40, 48
LONGEST = 200
"""Characters after which the fields of a token are taken over, before one runs into the next."""

(
    CHARACTERS, TOKENS, THEIR_WORDS, THEIR_WORD_CHARACTERS, WORDS, WORD_CHARACTERS, ALPHA, HASHES, ELLIPSES, LETTERS, ARABIC,
    MARKS, DIGITS, UPPER, FEEDS, BRACES, LINES, THEIR_END_LINES, END_LINES, SHORT_LINES, THEIR_BULLET_LINES, BULLET_LINES,
    ELLIPSIS_LINES, CODE_LINES, TABLE_LINES, LONG_LINES, ALL_LINES, SENTENCES, SIGNS, DUP_LINES, DUP_LINE_CHARACTERS, SPLIT_LINES,
    DUP_PARAGRAPHS, DUP_PARAGRAPH_CHARACTERS, PARAGRAPHS, DUP_TEXT_CHARACTERS, TOP_2, TOP_3, TOP_4, DUP_5, DUP_6, DUP_7, DUP_8,
    DUP_9, DUP_10, UNIQUE, ENTROPY, LISTED, PROSE_LINES, DUP_TEXT_LINES,
) = range(50)  # fmt: skip
COUNTS = 50
"""What is counted, each a column."""

SHORT, PROSE, LONG = 30, 80, 200
"""A line is short up to 30 characters (FineWeb), prose without a mark from 80 on, a paragraph from 200 on (mC4)."""
OF_LINES, OF_WORDS = 1, 2
OF_UNIQUE, OF_LIST = 4, 8
"""What else may be wanted beside the walk: repeated lines and paragraphs; n-grams of 2 to 10 tokens; unique tokens; tokens of a list."""
