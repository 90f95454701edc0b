"""Signs that stand around what is quoted, and beside what is said in brackets: what is in them belongs to the sentence around it."""

from __future__ import annotations

from typing import Final

OPENERS: Final = (
    "\N{LEFT-POINTING DOUBLE ANGLE QUOTATION MARK}",
    "\N{SINGLE LEFT-POINTING ANGLE QUOTATION MARK}",
    "\N{LEFT DOUBLE QUOTATION MARK}",
    "\N{DOUBLE LOW-9 QUOTATION MARK}",
    "\N{LEFT PARENTHESIS}",
    "\N{LEFT SQUARE BRACKET}",
    "\N{LEFT CURLY BRACKET}",
)
"""Signs that open."""

CLOSERS: Final = (
    "\N{RIGHT-POINTING DOUBLE ANGLE QUOTATION MARK}",
    "\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}",
    "\N{RIGHT DOUBLE QUOTATION MARK}",
    "\N{RIGHT PARENTHESIS}",
    "\N{RIGHT SQUARE BRACKET}",
    "\N{RIGHT CURLY BRACKET}",
)
"""Signs that close."""

BOTH: Final = (
    "\N{QUOTATION MARK}",
    "\N{ORNATE LEFT PARENTHESIS}",
    "\N{ORNATE RIGHT PARENTHESIS}",
)
"""Signs that do either; fonts do not agree on which ornate parenthesis is which."""

COLONS: Final = ":\N{FULLWIDTH COLON}"
"""Signs behind which somebody is quoted."""
