"""What C4 looks for in a line: Raffel et al. 2020, as tensorflow/datasets and datatrove have it."""

from __future__ import annotations

from typing import Final

ENDS: Final = ".?!\"'"
"""Marks of which a line ends with one; three dots are none."""

POLICY: Final = (
    "terms of use",
    "privacy policy",
    "cookie policy",
    "uses cookies",
    "use of cookies",
    "use cookies",
)
"""Phrases that a line of terms of use holds, in any case. Those of Arabic pages are line rules of their own, see `docs/rules.md`."""

PAIRS: Final = ("va", "rm", "oo")
"""Pairs of letters of which each phrase, and JavaScript, holds one: no other line is searched. None has a k or s: those have a third
form, which is no ASCII."""
