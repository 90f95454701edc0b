"""Write the Arabic short names of emoji that arclean freezes, `arclean/rules/emoji_names.py`, from CLDR's annotations.

    python scripts/make_emoji_names.py [--check]

The annotations come as CLDR's packages for npm, of the version below, which `npm pack` fetches. Names of sequences with skin tones are
written once, with T for a tone and U for another one: CLDR derives them, and the script makes sure that all five come out as it has them.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from arclean.orthography.passes.codes import characters_of
from arclean.rules import properties

VERSION: Final = "48.2.0"
PACKAGES: Final = {"cldr-annotations-full": "annotations", "cldr-annotations-derived-full": "annotationsDerived"}
TARGET: Final = Path(__file__).resolve().parent.parent / "arclean" / "rules" / "emoji_names.py"
EMOJI: Final = frozenset(characters_of(properties.EMOJI))
KEYCAP: Final = "\N{COMBINING ENCLOSING KEYCAP}"
TONES: Final = [chr(code) for code in range(0x1F3FB, 0x1F400)]
LIGHT, DARK = TONES[0], TONES[-1]
HEADER: Final = '''"""The Arabic short names of emoji, of CLDR: of each sequence, without U+FE0F, its code points and its name.

T is a skin tone (U+1F3FB-1F3FF), in the name as well, and U another one. Written by scripts/make_emoji_names.py from CLDR {version};
do not edit. Copyright © Unicode, Inc., under the Unicode License v3 (SPDX: Unicode-3.0), see LICENSE-UNICODE.
"""

from __future__ import annotations

from typing import Final

CLDR: Final = "{version}"

NAMES: Final = """
'''


def names() -> dict[str, str]:
    """The short name of each sequence that begins with an emoji or is a keycap."""
    found: dict[str, str] = {}
    for package, kind in PACKAGES.items():
        for sequence, told in fetched(package, kind).items():
            if "tts" in told and (sequence[0] in EMOJI or sequence.endswith(KEYCAP)):
                found[sequence.replace("\N{VARIATION SELECTOR-16}", "")] = told["tts"][0]
    return found


def fetched(package: str, kind: str) -> dict[str, Any]:
    """CLDR's annotations in Arabic, by sequence."""
    with tempfile.TemporaryDirectory() as place:
        subprocess.run(["npm", "pack", "--silent", f"{package}@{VERSION}"], cwd=place, check=True, capture_output=True)
        (packed,) = Path(place).glob("*.tgz")
        with tarfile.open(packed) as archive:
            member = archive.extractfile(f"package/{kind}/ar/annotations.json")
            assert member is not None
            annotations: dict[str, Any] = json.load(member)[kind]["annotations"]
    return annotations


def rows(named: dict[str, str]) -> Iterator[tuple[str, str]]:
    """What the table says: patterns for the sequences that they give all names of, and the others as they are."""
    left = dict(named)
    for sequence, name in named.items():
        if DARK not in sequence or len(sequence) == 1:
            continue
        pattern = sequence.replace(DARK, "T").replace(LIGHT, "U")
        said = name.replace(named[DARK], "T").replace(named[LIGHT], "U")
        meant = dict(expanded(pattern, said, {tone: named[tone] for tone in TONES}))
        if not re.search("[\U0001f3fb-\U0001f3ff]", pattern) and meant.items() <= named.items():
            yield pattern, said
            left = {one: text for one, text in left.items() if one not in meant}
    yield from left.items()


def expanded(pattern: str, said: str, tones: dict[str, str]) -> Iterator[tuple[str, str]]:
    """The sequences that a pattern stands for, and their names."""
    others = TONES if "U" in pattern else [""]
    for tone in TONES:
        for other in others:
            if tone != other:
                yield pattern.replace("T", tone).replace("U", other), said.replace("T", tones[tone]).replace("U", tones.get(other, ""))


def table() -> str:
    lines = [f"{'-'.join(char if char in 'TU' else f'{ord(char):X}' for char in one)} {name}" for one, name in rows(names())]
    return "\n".join([HEADER.format(version=VERSION) + "\n".join(sorted(lines)), '"""', ""])


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="exit 1 if the table is not what would be written")
    if not parser.parse_args().check:
        TARGET.write_text(table(), encoding="utf-8")
    elif not TARGET.exists() or TARGET.read_text(encoding="utf-8") != table():
        print(f"{TARGET} is stale: run scripts/make_emoji_names.py")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
