"""Write the Unicode tables that arclean freezes: `forms.py`, `classes.py`, `normal_forms.py` and `properties.py` in `arclean/rules/`.

    pip install unicodedata2 regex && python scripts/make_unicode_tables.py [--check]

The tables carry the version of Unicode they come from, so that output never depends on the interpreter's own.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import regex
import unicodedata2 as ucd

RULES = Path(__file__).resolve().parent.parent / "arclean" / "rules"
TATWEEL = "\N{ARABIC TATWEEL}"
BLOCKS = ((0x600, 0x6FF), (0x750, 0x77F), (0x870, 0x8FF), (0x10EC0, 0x10EFF))
FORMS = ((0xFB50, 0xFDFF), (0xFE70, 0xFEFC))
KEPT = {*range(0xFBB2, 0xFBC3), 0xFD3E, 0xFD3F}
HONORIFICS = {*range(0xFD40, 0xFD50), 0xFDCF, *range(0xFDF0, 0xFE00)}
MORE_MARKS = {0x6E5, 0x6E6, 0x10EFA, 0x10EFB}
HEADER = '''"""{title}

Written by scripts/make_unicode_tables.py from Unicode {version}; do not edit.
"""

from __future__ import annotations

from typing import Final

UNICODE: Final = "{version}"
'''


def ranges(codes: Iterable[int]) -> Iterator[tuple[int, int]]:
    ordered = sorted(codes)
    first = 0
    for i, code in enumerate(ordered):
        if i + 1 == len(ordered) or ordered[i + 1] != code + 1:
            yield ordered[first], code
            first = i + 1


def escaped(text: str) -> str:
    return "".join(f"\\N{{{ucd.name(char)}}}" if ord(char) > 0x7E else char for char in text)


def form(code: int) -> str | None:
    """What a presentation form stands for, or None if it is to stay.

    Forms of a mark alone are given with a space or a tatweel to carry it; only the mark is meant.
    """
    if code in KEPT or code in HONORIFICS or not ucd.decomposition(chr(code)):
        return None
    plain: str = ucd.normalize("NFKC", chr(code))
    return plain.lstrip(" ").replace(TATWEEL, "") if plain[0] in " " + TATWEEL else plain


def forms() -> str:
    lines = [
        HEADER.format(
            title="Arabic presentation forms: each positional shape or ligature, and the letters that it stands for.",
            version=ucd.unidata_version,
        )
    ]
    lines.append("FORMS: Final[dict[str, str]] = {")
    for first, last in FORMS:
        for code in range(first, last + 1):
            plain = form(code)
            if plain is None and code == 0xFE73:
                plain = ""  # the tail fragment of a seen: half a glyph, no letter
            if plain is not None:
                lines.append(f'    "\\N{{{ucd.name(chr(code))}}}": "{escaped(plain)}",')
    return "\n".join([*lines, "}", ""])


def classes() -> str:
    codes = [code for first, last in BLOCKS for code in range(first, last + 1)]
    marks = {code for code in codes if ucd.category(chr(code)) == "Mn"} | MORE_MARKS
    letters = {code for code in codes if ucd.category(chr(code)) in {"Lo", "Lm"}} - marks
    everything = [code for code in range(sys.maxunicode + 1) if not 0xD800 <= code < 0xE000]
    forms = {code for first, last in FORMS for code in range(first, last + 1) if ucd.category(chr(code)) == "Lo"}
    other = {code for code in everything if ucd.category(chr(code))[0] == "L"} - letters - marks - forms
    digits = {code for code in everything if ucd.category(chr(code)) == "Nd"}
    spaces = {code for code in everything if ucd.category(chr(code)) in {"Zs", "Zl", "Zp"}} | {*range(9, 14), 0x85}
    title = "What code points are: Arabic letters (tatweel among them), marks on them, forms of them, other letters, digits, spaces."
    lines = [HEADER.format(title=title, version=ucd.unidata_version)]
    kinds = {"LETTERS": letters, "MARKS": marks, "FORM_LETTERS": forms, "OTHER_LETTERS": other, "DIGITS": digits, "SPACES": spaces}
    for name, members in kinds.items():
        lines.append(f"{name}: Final[tuple[tuple[int, int], ...]] = (")
        lines += [f"    (0x{first:04X}, 0x{last:04X})," for first, last in ranges(members)]
        lines.append(")")
    return "\n".join([*lines, ""])


def is_hangul_syllable(code: int) -> bool:
    return 0xAC00 <= code <= 0xD7A3


def hexed(text: str) -> str:
    return " ".join(f"{ord(char):04X}" for char in text)


def normal_forms() -> str:
    """The tables of form KC: full compatibility decompositions, combining classes, pairs that compose. Hangul is arithmetic."""
    everything = [code for code in range(sys.maxunicode + 1) if not (0xD800 <= code < 0xE000 or is_hangul_syllable(code))]
    title = "The normal form KC of Unicode: what code points decompose into, how marks are ordered, which pairs compose. Hexadecimal."
    lines = [HEADER.format(title=title, version=ucd.unidata_version)]
    lines.append('DECOMPOSITIONS: Final = """')
    for code in everything:
        plain = ucd.normalize("NFKD", chr(code))
        if plain != chr(code):
            lines.append(f"{code:04X} {hexed(plain)}")
    lines += ['"""', "CLASSES: Final[tuple[tuple[int, int, int], ...]] = ("]
    ordered = {code: ucd.combining(chr(code)) for code in everything if ucd.combining(chr(code))}
    for one in sorted(set(ordered.values())):
        lines += [f"    (0x{first:04X}, 0x{last:04X}, {one})," for first, last in ranges(c for c, k in ordered.items() if k == one)]
    lines += [")", 'PAIRS: Final = """']
    for code in everything:
        parts = ucd.decomposition(chr(code)).split()
        if len(parts) == 2 and not parts[0].startswith("<") and ucd.normalize("NFC", chr(code)) == chr(code):
            lines.append(f"{' '.join(parts)} {code:04X}")
    lines += ['"""', 'CANONICAL: Final = """']
    for code in everything:
        plain = ucd.normalize("NFD", chr(code))
        if plain != chr(code):
            lines.append(f"{code:04X} {hexed(plain)}")
    return "\n".join([*lines, '"""', ""])


def properties() -> str:
    """What code points do beside others: letters that join the next one, emoji, signs. From `regex`, in the same version of Unicode."""
    everything = [chr(code) for code in range(sys.maxunicode + 1) if not 0xD800 <= code < 0xE000]

    def having(name: str) -> set[int]:
        return {ord(char) for char in regex.findall(rf"\p{{{name}}}", "".join(everything))}

    blocks = {code for first, last in BLOCKS for code in range(first, last + 1)}
    signs = {ord(char) for char in everything if ucd.category(char)[0] in "PS"}
    kinds = {
        "JOINING": (having("Joining_Type=D") | having("Joining_Type=C")) & blocks,
        "PICTOGRAPHS": having("Extended_Pictographic"),
        "EMOJI": having("Emoji") - set(range(0x80)),
        "EMOJI_PRESENTATION": having("Emoji_Presentation"),
        "SIGNS": signs,
    }
    title = "What code points do beside others: Arabic letters that join the next, pictographs, emoji; punctuation and symbols."
    lines = [HEADER.format(title=title, version=ucd.unidata_version)]
    for name, members in kinds.items():
        lines.append(f"{name}: Final[tuple[tuple[int, int], ...]] = (")
        lines += [f"    (0x{first:04X}, 0x{last:04X})," for first, last in ranges(members)]
        lines.append(")")
    return "\n".join([*lines, ""])


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="exit 1 if a table is not what would be written")
    arguments = parser.parse_args()
    stale = 0
    made = {"forms.py": forms(), "classes.py": classes(), "normal_forms.py": normal_forms(), "properties.py": properties()}
    for name, text in made.items():
        path = RULES / name
        if arguments.check:
            if not path.exists() or path.read_text(encoding="utf-8") != text:
                print(f"{path} is stale: run scripts/make_unicode_tables.py")
                stale = 1
        else:
            path.write_text(text, encoding="utf-8")
    return stale


if __name__ == "__main__":
    sys.exit(main())
