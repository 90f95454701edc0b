"""What a crawl does to a page on its way: wrong charsets, shaped letters, invisible marks.

Each function takes one line and gives it back damaged; the makers of the sample apply them line by line, so that a line keeps its label.
"""

from __future__ import annotations

import re
import unicodedata
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_WORD: Final = re.compile("[\u0621-\u0652]+")
_LETTER: Final = re.compile("\u0644[\u0622\u0623\u0625\u0627]|.")
_MARK: Final = re.compile("[\u064b-\u0652]")
_NUMBER: Final = re.compile("[0-9]+")
_FORM_NAMES: Final = {(False, False): "<isolated>", (True, False): "<initial>", (True, True): "<medial>", (False, True): "<final>"}
"""By whether a letter joins the next one, and the one before."""


def utf8_as_cp1256(line: str) -> str:
    """UTF-8 that was read as windows-1256."""
    return line.encode().decode("cp1256")


def utf8_as_cp1252(line: str) -> str:
    """UTF-8 that was read as windows-1252, the five holes of that table as browsers fill them (with C1 controls)."""
    return "".join(_western(byte) for byte in line.encode())


def _western(byte: int) -> str:
    try:
        return bytes([byte]).decode("cp1252")
    except UnicodeDecodeError:
        return chr(byte)


def cp1256_as_cp1252(line: str) -> str:
    """windows-1256 that was read as windows-1252."""
    return "".join(_western(byte) for byte in line.encode("cp1256"))


def nfd(line: str) -> str:
    """Canonically decomposed, as some file systems and editors leave it."""
    return unicodedata.normalize("NFD", line)


def nbsp(line: str) -> str:
    """Every third space does not break, as word processors and visual editors leave it."""
    words = line.split(" ")
    return "".join(word + ("\N{NO-BREAK SPACE}" if place % 3 == 2 else " ") for place, word in enumerate(words))[:-1]


def bidi_marks(line: str) -> str:
    """A mark opens the line, numbers are wrapped, and a zero width space stands after each full stop inside."""
    wrapped = _NUMBER.sub("\N{LEFT-TO-RIGHT EMBEDDING}\\g<0>\N{POP DIRECTIONAL FORMATTING}", line)
    return "\N{RIGHT-TO-LEFT MARK}" + wrapped.replace(". ", ".\N{ZERO WIDTH SPACE} ") if line else line


def _forms() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for code in range(0xFE80, 0xFEFD):
        kind, *base = unicodedata.decomposition(chr(code)).split()
        found.setdefault("".join(chr(int(point, 16)) for point in base), {})[kind] = chr(code)
    return found


_FORMS: Final = _forms()


def presentation_forms(line: str) -> str:
    """Letters in the shapes they have in print, in logical order, as text layers of old PDF files hold them."""
    return _WORD.sub(lambda found: _shape(_LETTER.findall(found[0])), line)


def _shape(letters: list[str]) -> str:
    """Marks stay as they are and do not part the letters beside them."""
    places = [place for place, letter in enumerate(letters) if not _MARK.match(letter)]
    joined = False
    for place, after in zip(places, [*places[1:], None], strict=True):
        forms = _FORMS.get(letters[place], {})
        onward = "<initial>" in forms and after is not None and "<final>" in _FORMS.get(letters[after], {})
        letters[place] = forms.get(_FORM_NAMES[onward, joined], letters[place])
        joined = onward
    return "".join(letters)


DAMAGES: Final[Mapping[str, Callable[[str], str]]] = MappingProxyType(
    {
        function.__name__: function
        for function in (utf8_as_cp1256, utf8_as_cp1252, cp1256_as_cp1252, nfd, nbsp, bidi_marks, presentation_forms)
    }
)
"""Every damage by its name. A line end is no part of a line: ``crlf`` is known to the maker of pages instead."""
