"""What each pass over characters may touch, so that what it did can be told afterwards; see `arclean.alignment.touch`.

A new pass needs an entry here, or it is not aligned and a test says so. Read off the pass which characters it may delete, replace or
write, and name them all; `how` is ``cuts`` for one that deletes or inserts, ``letters`` for one that writes letters anew.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache, partial
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from arclean.alignment.told import Told
from arclean.alignment.touch import CODES, Touch, everything_but
from arclean.orthography import digits
from arclean.orthography.passes import invisibles, marks, repeats
from arclean.rules import classes, lookalikes, markup, normal_forms, parity, properties

if TYPE_CHECKING:
    from arclean.alignment.pieces import Pieces

_NOT_ASCII: Final = ((0x80, CODES - 1),)
_SIGNS: Final = "".join(sign + plain for sign, plain, _ in (*digits.SEPARATORS, *digits.COMMA))


def _form_kc() -> Touch:
    known = [line.split() for line in normal_forms.DECOMPOSITIONS.strip().split("\n")]
    marks = tuple((first, last) for first, last, _ in normal_forms.CLASSES)
    is_mark = {code for first, last in marks for code in range(first, last + 1)}
    becomes = {chr(int(code, 16)): max(1, sum(int(one, 16) not in is_mark for one in plain)) for code, *plain in known}
    becomes |= {char: len(text) for char, text in parity.CAMEL_SIGNS.items()}
    return Touch(everything_but("\n"), "letters", marks, {char: count for char, count in becomes.items() if count != 1})


def _form_c() -> Touch:
    """Letters that compose, what they compose to, and every mark."""
    pairs = [line.split() for line in normal_forms.PAIRS.strip().split("\n")]
    apart = [line.split() for line in normal_forms.CANONICAL.strip().split("\n")]
    ordered = tuple((first, last) for first, last, _ in normal_forms.CLASSES)
    is_mark = {code for first, last in ordered for code in range(first, last + 1)}
    letters = {int(code, 16) for line in (*pairs, *apart) for code in line} | set(range(0x1100, 0x1200)) | set(range(0xAC00, 0xD7A4))
    becomes = {chr(int(code, 16)): max(1, sum(int(one, 16) not in is_mark for one in plain)) for code, *plain in apart}
    composing = tuple((code, code) for code in sorted(letters - is_mark))
    return Touch((*composing, *ordered), "letters", ordered, {char: count for char, count in becomes.items() if count != 1})


def _references() -> Pieces:
    """A reference is without spaces; one may come out of another, but not out of what stands on its other side."""
    from arclean.alignment.pieces import Pieces

    begin, end = ("|".join(char for char in (ascii_, *markup.SEEN_AS) if markup.SEEN_AS.get(char, char) == ascii_) for ascii_ in "&;")
    inside = f"(?:(?!{begin}|{end})[^\\t-\\r ])*"
    piece = f"(?:{begin})[^\\t-\\r ]*(?:{end})"
    return Pieces("decode_references", piece.encode(), f"(?:{begin}){inside}(?:{end})|(?:(?!{begin}).)+|{begin}".encode())


def _emoji(operation: str) -> Told:
    from arclean.orthography.passes import emoji_names

    return Told(partial(emoji_names.replaced, operation=operation))


_HAMZA: Final = "\N{ARABIC MADDAH ABOVE}\N{ARABIC HAMZA ABOVE}\N{ARABIC HAMZA BELOW}"
_COMPOSING: Final = (
    "ااوي\N{ARABIC LETTER AE}\N{ARABIC LETTER HEH GOAL}\N{ARABIC LETTER YEH BARREE}آأؤإئ\N{ARABIC LETTER HEH WITH YEH ABOVE}"
)
_COMPOSED: Final = "\N{ARABIC LETTER HEH GOAL WITH HAMZA ABOVE}\N{ARABIC LETTER YEH BARREE WITH HAMZA ABOVE}"
_YEHS: Final = "\N{ARABIC LETTER FARSI YEH}\N{ARABIC LETTER ALEF MAKSURA}\N{ARABIC LETTER YEH}"
_EMOJI: Final = ((0x20, 0x20), (0x200D, 0x200D), (0x20E3, 0x20E3), (0xFE0F, 0xFE0F), (0xE0020, 0xE007F), (0x1F1E6, 0x1F1FF))

TOUCHES: Final[Mapping[str, Callable[[], Touch | Pieces | Told]]] = MappingProxyType(
    {
        "alias_emoji": lambda: _emoji("alias_emoji"),
        "arabert_alphabet": lambda: Touch(everything_but(""), "whole"),
        "arabert_mentions": lambda: Touch(everything_but("\n"), "whole"),
        "arabert_repeats": lambda: Touch(everything_but(""), "whole"),
        "arabert_tweet_alphabet": lambda: Touch(everything_but(""), "whole"),
        "arabert_unescape": lambda: Touch(everything_but(""), "whole"),
        "camel_unicode": _form_kc,
        "compose": _form_c,
        "compose_in_place": lambda: Touch(_COMPOSING + _COMPOSED + _HAMZA, "letters", _HAMZA),
        "decode_references": _references,
        "drop_accusative": lambda: Touch("ا\N{ARABIC FATHATAN}"),
        "drop_emoji": lambda: Touch((*_EMOJI, *properties.PICTOGRAPHS, *properties.EMOJI)),
        "drop_idle_joiners": lambda: Touch("\N{ZERO WIDTH NON-JOINER} "),
        "drop_repeated_marks": lambda: Touch(classes.MARKS),
        "drop_stray_marks": lambda: Touch(marks.VOWELS),
        "final_yeh_by_shape": lambda: Touch(_YEHS, "letters"),
        "final_yeh_by_word": lambda: Touch(_YEHS, "letters"),
        "join_carriage_returns": lambda: Touch("\r\n"),
        "name_emoji": lambda: _emoji("name_emoji"),
        "part_ligatures": lambda: Touch(" "),
        "repair_cp1256_as_cp1252": lambda: Touch(_NOT_ASCII, "whole"),
        "repair_utf8_as_cp1252": lambda: Touch(_NOT_ASCII, "whole"),
        "repair_utf8_as_cp1256": lambda: Touch(_NOT_ASCII, "whole"),
        "seat_hamza": lambda: Touch(_YEHS, "letters"),
        "settle_joiners": lambda: Touch(invisibles.SETTLED + " \N{ARABIC TATWEEL}" + invisibles.LOST),
        "shadda_first": lambda: Touch(classes.MARKS, "whole"),
        "spell_scripture": lambda: Touch((*classes.LETTERS, *classes.MARKS, (0x20, 0x20)), "whole"),
        "shorten_letters": lambda: Touch((*classes.LETTERS, (0x61, 0x7A))),
        "shorten_signs": lambda: Touch(repeats.SIGNS),
        "spell_hamza": lambda: Touch("ءـ" + _HAMZA, "letters", _HAMZA),
        "strip_decoration": lambda: Touch(marks.DECORATIONS),
        "strip_fillers": lambda: Touch("\N{ARABIC LETTER HEH GOAL}\N{ARABIC LETTER SUPERSCRIPT ALEF}"),
        "strip_tags": lambda: Touch(((0, CODES - 1),)),
        "strip_tatweel": lambda: Touch("\N{ARABIC TATWEEL}"),
        "tanwin_before_alef": lambda: Touch("ا\N{ARABIC FATHATAN}", "whole"),
        "tidy_spaces": lambda: Touch(" \t\n"),
        "turn_visual_order": lambda: Touch(everything_but("\n"), "whole"),
        "unify_lookalikes": lambda: Touch(lookalikes.UNIFIED + "".join(lookalikes.BECOMES.values()) + _YEHS, "letters"),
        "western_comma": lambda: Touch(_SIGNS, "letters"),
        "western_separators": lambda: Touch(_SIGNS, "letters"),
    }
)
"""By the name of the pass, as in `arclean.orthography.context.KNOWN`."""


@lru_cache(maxsize=64)
def touch_of(operation: str) -> Touch | Pieces | Told | None:
    """What a pass may touch, or None if nobody has said."""
    return TOUCHES[operation]() if operation in TOUCHES else None
