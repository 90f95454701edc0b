"""Arabic letter by letter in Latin characters, and back: four published schemes of 51 characters each."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from arclean.rule import CharRule

LETTERS: Final = (
    *map(chr, range(0x621, 0x63B)),
    *map(chr, range(0x640, 0x653)),
    "\N{ARABIC LETTER SUPERSCRIPT ALEF}",
    "\N{ARABIC LETTER ALEF WASLA}",
    "\N{ARABIC LETTER PEH}",
    "\N{ARABIC LETTER TCHEH}",
    "\N{ARABIC LETTER VEH}",
    "\N{ARABIC LETTER GAF}",
)
"""What the schemes write: hamza to ghain, tatweel to sukun, dagger alef, alef wasla, and four letters of loan words."""

_BUCKWALTER: Final = "'|>&<}AbptvjHxd*rzs$SDTZEg_fqklmnhwYyFNKaui~o`{PJVG"
_SAFE: Final = "CMOWIQAbptvjHxdVrzscSDTZEg_fqklmnhwYyFNKaui~oeLPJBG"
_XML: Final = "'|OWI}AbptvjHxd*rzs$SDTZEg_fqklmnhwYyFNKaui~o`{PJVG"
_HSB: Final = (
    "'\N{LATIN CAPITAL LETTER A WITH MACRON}\N{LATIN CAPITAL LETTER A WITH CIRCUMFLEX}\N{LATIN SMALL LETTER W WITH CIRCUMFLEX}"
    "\N{LATIN CAPITAL LETTER A WITH BREVE}\N{LATIN SMALL LETTER Y WITH CIRCUMFLEX}Ab\N{LATIN SMALL LETTER H WITH STROKE}t"
    "\N{GREEK SMALL LETTER THETA}jHxd\N{LATIN SMALL LETTER ETH}rzs\N{LATIN SMALL LETTER S WITH CARON}SDT"
    "\N{LATIN CAPITAL LETTER D WITH CARON}\N{GREEK SMALL LETTER FINAL SIGMA}\N{GREEK SMALL LETTER GAMMA}_fqklmnhw"
    "\N{LATIN SMALL LETTER Y WITH ACUTE}y\N{LATIN SMALL LETTER A WITH TILDE}\N{LATIN SMALL LETTER U WITH TILDE}"
    "\N{LATIN SMALL LETTER I WITH TILDE}aui~.\N{LATIN SMALL LETTER A WITH ACUTE}\N{LATIN CAPITAL LETTER A WITH DIAERESIS}pcvg"
)

TO_BUCKWALTER: Final = CharRule(
    name="to_buckwalter",
    why="The scheme of Buckwalter's analyser, in which treebanks and lexicons are written; one ASCII character a letter.",
    table=dict(zip(LETTERS, _BUCKWALTER, strict=True)),
    fixes=(
        (
            "مُحَمّد",
            "muHam~d",
        ),
        (
            "ذهب إلى الشيء",
            "*hb <lY Al$y'",
        ),
    ),
    leaves=("2024, ok",),
    harm="lossy",
)

TO_SAFE_BUCKWALTER: Final = CharRule(
    name="to_safe_buckwalter",
    why="Buckwalter's scheme in letters alone, where signs would need an escape: names of files, identifiers, patterns.",
    table=dict(zip(LETTERS, _SAFE, strict=True)),
    fixes=(
        (
            "ذهب إلى الشيء",
            "Vhb IlY AlcyC",
        ),
    ),
    leaves=("2024, ok",),
    harm="lossy",
)

TO_XML_BUCKWALTER: Final = CharRule(
    name="to_xml_buckwalter",
    why="Buckwalter's scheme without the signs that XML takes for its own.",
    table=dict(zip(LETTERS, _XML, strict=True)),
    fixes=(
        (
            "أؤمن إلى الشيء",
            "OWmn IlY Al$y'",
        ),
    ),
    leaves=("2024, ok",),
    harm="lossy",
)

TO_HSB: Final = CharRule(
    name="to_hsb",
    why="The scheme of Habash, Soudi and Buckwalter, which papers print, with the code points that camel-tools has.",
    table=dict(zip(LETTERS, _HSB, strict=True)),
    fixes=(
        (
            "كلمة في الشارع",
            "klm\N{LATIN SMALL LETTER H WITH STROKE} fy Al\N{LATIN SMALL LETTER S WITH CARON}Ar\N{GREEK SMALL LETTER FINAL SIGMA}",
        ),
    ),
    leaves=("2024, ok",),
    harm="lossy",
)

FROM_BUCKWALTER: Final = CharRule(
    name="from_buckwalter",
    why="Text in Buckwalter's scheme, as Arabic.",
    table=dict(zip(_BUCKWALTER, LETTERS, strict=True)),
    fixes=(
        (
            "muHam~d",
            "مُحَمّد",
        ),
    ),
    leaves=("محمد 2024",),
    harm="lossy",
)

FROM_SAFE_BUCKWALTER: Final = CharRule(
    name="from_safe_buckwalter",
    why="Text in the safe form of Buckwalter's scheme, as Arabic.",
    table=dict(zip(_SAFE, LETTERS, strict=True)),
    fixes=(
        (
            "Vhb IlY AlcyC",
            "ذهب إلى الشيء",
        ),
    ),
    leaves=("محمد 2024",),
    harm="lossy",
)

FROM_XML_BUCKWALTER: Final = CharRule(
    name="from_xml_buckwalter",
    why="Text in the form of Buckwalter's scheme that XML takes, as Arabic.",
    table=dict(zip(_XML, LETTERS, strict=True)),
    fixes=(
        (
            "OWmn IlY Al$y'",
            "أؤمن إلى الشيء",
        ),
    ),
    leaves=("محمد 2024",),
    harm="lossy",
)

FROM_HSB: Final = CharRule(
    name="from_hsb",
    why="Text in the scheme of Habash, Soudi and Buckwalter, as Arabic; its full stops are sukuns.",
    table=dict(zip(_HSB, LETTERS, strict=True)),
    fixes=(
        (
            "klm\N{LATIN SMALL LETTER H WITH STROKE} fy Al\N{LATIN SMALL LETTER S WITH CARON}Ar\N{GREEK SMALL LETTER FINAL SIGMA}",
            "كلمة في الشارع",
        ),
    ),
    leaves=("محمد 2024",),
    harm="lossy",
)

TO_LATIN: Final[Mapping[str, CharRule]] = MappingProxyType(
    {
        "buckwalter": TO_BUCKWALTER,
        "safebw": TO_SAFE_BUCKWALTER,
        "xmlbw": TO_XML_BUCKWALTER,
        "hsb": TO_HSB,
    }
)
"""The schemes by name, from Arabic."""

TO_ARABIC: Final[Mapping[str, CharRule]] = MappingProxyType(
    {
        "buckwalter": FROM_BUCKWALTER,
        "safebw": FROM_SAFE_BUCKWALTER,
        "xmlbw": FROM_XML_BUCKWALTER,
        "hsb": FROM_HSB,
    }
)
"""The same, back into Arabic."""
