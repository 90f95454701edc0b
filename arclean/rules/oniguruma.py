r"""Passes of the engine said once more as patterns of Oniguruma, for normalizers of Hugging Face's tokenizers.

``{L}``, ``{M}``, ``{D}`` stand, inside of a class, for what words are made of (Arabic letters, tatweel, the non-joiner), marks and digits;
``{A}`` for Arabic letters alone, ``{S}`` for signs of emphasis; ``{more}`` is the option `most` less one. What stands before ``\K`` stays.
A stage is a pattern and what takes its place, a literal without groups, so a pass that would need one is not here, and cannot be exported.
"""

from __future__ import annotations

from typing import Final

_JOINED: Final = (
    "ه",
    "اه",
    *(
        and_ + word
        for and_ in (
            "",
            "و",
            "ف",
        )
        for word in (
            "ال",
            "بال",
            "كال",
            "لل",
            "ل",
            "ب",
            "ك",
        )
    ),
)
"""After these words, which no letter precedes, and before no letter, tatweel stays."""
_AFTER_WORD: Final = "|".join(f"(?<=[^{{L}}{{M}}]{word})|(?<=\\A{word})" for word in _JOINED)
_KEPT: Final = (
    "(?:"
    r"(?=\N{TATWEEL}+[{M}]*[\x{0654}\x{0655}])"
    r"|(?<![{L}{M}])(?=\N{TATWEEL}+[{M}])"
    r"|(?=\N{TATWEEL}+[^{M}]|\N{TATWEEL}+\z)(?:(?<=[{D}])"
    r"|(?=\N{TATWEEL}+(?![{L}{M}]))(?:(?<=[{D}] )|" + _AFTER_WORD + "))"
    r"|(?<![^\x{0000}\t\n ])(?=\N{TATWEEL}{{1,4}}(?!\N{TATWEEL})(?![^\x{0000}\t\n ])))"
).replace(r"\N{TATWEEL}", r"\x{0640}")
_RULER: Final = r"(?<![^\x{0000}\t\n ])(?=\x{0640}{{5,}}(?![^\x{0000}\t\n ]))"

STAGES: Final[dict[str, tuple[tuple[str, str], ...]]] = {
    "join_carriage_returns": ((r"\r\n?", "\n"),),
    "western_comma": ((r"(?<![{D}])\x{060C}|\x{060C}(?![{D}])", ","),),
    "western_separators": (
        (r"(?<=[{D}])\x{066B}(?=[{D}])", "."),
        (r"(?<=[{D}])\x{066C}(?=[{D}])", ","),
        (r"(?<=[{D}])\x{060D}(?=[{D}])", "/"),
        (r"(?<=[{D}])\x{066A}|\x{066A}(?=[{D}])|(?<=[{D}] )\x{066A}|\x{066A}(?= [{D}])", "%"),
    ),
    "strip_tatweel": (
        (r"(?<!\x{0640})" + _KEPT + r"\x{0640}{{2,}}", "\N{ARABIC TATWEEL}"),
        (r"(?<!\x{0640})(?!" + _KEPT + ")(?!" + _RULER + r")\x{0640}+", ""),
    ),
    "shorten_letters": (
        (r"([{A}&&[^هت]])\1\K\1+", ""),
        (r"ههه\Kه+", ""),
        (r"(?<=[{A}{M}])تت\Kت+|تت\Kت{{2,}}", ""),
        (r"([a-z])\1\K\1{{2,}}", ""),
    ),
    "shorten_signs": ((r"([{S}])\1{{{more}}}\K\1+", ""),),
}
"""By the name of the pass, as in `arclean.orthography.context.KNOWN`: one pattern after the other."""

NATIVE: Final[dict[str, str]] = {"compose": "NFC"}
"""By the name of the pass: the normalizer that is there already. Marks that are newer than its Unicode stay in the order that they have."""

ALONE: Final = (
    (0x0020, 0x007E),
    (0x00A1, 0x00AC),
    (0x00AE, 0x02FF),
    (0x060C, 0x060F),
    (0x061B, 0x061B),
    (0x061D, 0x064A),
    (0x0660, 0x066F),
    (0x0671, 0x06D5),
    (0x06DE, 0x06DE),
    (0x06E5, 0x06E6),
    (0x06E9, 0x06E9),
    (0x06EE, 0x06FF),
    (0x0750, 0x077F),
    (0x2010, 0x2027),
    (0x2030, 0x205E),
    (0xFB50, 0xFBB1),
    (0xFBD3, 0xFD3F),
    (0xFD50, 0xFD8F),
    (0xFD92, 0xFDC7),
    (0xFDF0, 0xFDFC),
    (0xFE70, 0xFEFC),
)
"""Characters that never share a grapheme with a neighbour of their kind (Unicode annex 29): most of a text, whatever the version."""

BREAK: Final = "\x01"
"""What is put between characters that might share a grapheme, and taken out again: a control, which ends one."""
