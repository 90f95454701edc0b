"""The slow, obvious twins of the passes over characters that look around: plain Python, a regular expression or a walk each."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import cache
from html.entities import html5
from itertools import takewhile
from typing import Final

from twins import LETTERS, MARKS, TATWEEL, members

from arclean.orthography import emoji_strings
from arclean.orthography.passes import invisibles
from arclean.orthography.passes import marks as mark_passes
from arclean.rules import classes, invisible, lookalikes, markup, normal_forms, properties

ALEF, YEH, HEH, SHADDA, FATHATAN, HAMZA = "ا", "ي", "ه", "\u0651", "\u064b", "\u0654"
ZWNJ, ZWJ, KEYCAP, COLOUR, TEXT = "\u200c", "\u200d", "\u20e3", "\ufe0f", "\ufe0e"
TANWIN: Final = frozenset("\u064b\u064c\u064d")
VOWELS: Final = frozenset(map(chr, (*range(0x64B, 0x653), 0x670)))
SELECTORS: Final = frozenset(map(chr, range(0xFE00, 0xFE10)))
TAGS: Final = frozenset(map(chr, range(0xE0020, 0xE0080)))
MODIFIERS: Final = frozenset(map(chr, range(0x1F3FB, 0x1F400)))
FLAGS: Final = frozenset(map(chr, range(0x1F1E6, 0x1F200)))
LOST: Final = frozenset((*invisible.STRIP_CONTROLS.table, *invisible.STRIP_DIRECTIONS.table, *invisible.STRIP_ZERO_WIDTH.table))
UNSEEN: Final = LOST | {ZWNJ, ZWJ} | SELECTORS | TAGS
PICTOGRAPHS: Final = members(properties.PICTOGRAPHS)
PRESENTED: Final = members(properties.EMOJI_PRESENTATION)
EMOJI: Final = PICTOGRAPHS | members(properties.EMOJI)
DRAWN: Final = PICTOGRAPHS & members(((0x2600, 0x27BF), (0x1F000, 0x1FAFF)))
_FORMS_OF_MARKS: Final = members(((0xFC5E, 0xFC63), (0xFCF2, 0xFCF4), (0xFE70, 0xFE7F)))
SHAPES: Final = (LETTERS | members(classes.FORM_LETTERS)) - _FORMS_OF_MARKS
PLAIN: Final = LETTERS - {TATWEEL}
NUMBERS: Final = members(classes.DIGITS)
SPACED: Final = members((*classes.SPACES, (0, 0x20)))
PHRASES: Final = members(invisibles.PHRASES)
SCRIPTS: Final = members(invisibles.SCRIPTS)
JOINING: Final = members(properties.JOINING)
DECORATIONS: Final = members(mark_passes.DECORATIONS)


@cache
def one_of(characters: frozenset[str] | str, but: bool = False) -> str:
    return f"[{'^' if but else ''}{''.join(map(re.escape, sorted(characters)))}]"


L, M, P = one_of(LETTERS), one_of(MARKS), one_of(PLAIN)


@cache
def _orders() -> dict[str, int]:
    return {chr(code): order for first, last, order in normal_forms.CLASSES for code in range(first, last + 1)}


def order_of(char: str) -> int:
    return _orders().get(char, 0)


def settle_joiners(text: str) -> str:
    pieces = re.split(f"({one_of(UNSEEN)}+)", text)
    made = ""
    for i, piece in enumerate(pieces):
        made += _settled(made, piece, "".join(pieces[i + 1 :])) if i % 2 else piece
    return made


def _settled(before: str, run: str, rest: str) -> str:
    after = rest[:1]
    letters = before.rstrip("".join(MARKS))
    marks = before[len(letters) :]
    base = letters[-1:] if letters[-1:] in SHAPES - {TATWEEL} else ""
    begins = after in SHAPES - {TATWEEL}
    if begins and base and "\u0670" not in marks:
        bare = re.sub(f"{TATWEEL}(?!(?:{M}|{one_of(UNSEEN)})*[\u0654\u0655])", "", rest)
        seated = re.match(f"[{ALEF}ى](?:{M}|{one_of(UNSEEN)})*[\u0653-\u0655]", bare) is not None
        ends = (after not in {ALEF, "ى"} or seated) if TANWIN & set(marks) else base in {"ة", "ى", "ۃ", "\ufdf9"}
        if ends:
            return " "
    working = set(run) - LOST
    if not working or {before[-1:], after} & SCRIPTS:
        return run
    if before[-1:] in PICTOGRAPHS | MODIFIERS | {KEYCAP}:
        tags = "".join(char for char in run if char in TAGS) if before[-1:] == "\U0001f3f4" else ""
        selector = next((char for char in run if char in {TEXT, COLOUR}), "")
        joiner = ZWJ if ZWJ in run and after in PICTOGRAPHS | MODIFIERS else ""
        return tags + ("" if before[-1:] in MODIFIERS | {KEYCAP} else selector) + joiner
    if working & (SELECTORS | TAGS) and after == KEYCAP and before[-1:] < "@":
        return COLOUR
    if ZWNJ in run and begins and base:
        return ZWNJ
    if ZWJ in run and before[-1:] == HEH and after not in SHAPES | {TATWEEL} | MARKS:
        number = before[:-1].removesuffix(" ")
        return TATWEEL if number[-1:] in NUMBERS else ""
    return ""


def part_ligatures(text: str) -> str:
    touching = SHAPES | MARKS | NUMBERS | PHRASES
    text = re.sub(f"(?<={one_of(touching)})(?={one_of(PHRASES)})", " ", text)
    return re.sub(f"(?<={one_of(PHRASES)})(?={one_of(touching - MARKS)})", " ", text)


def compose(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def compose_in_place(text: str) -> str:
    made: list[str] = []
    at = -1
    before: set[int] = set()
    for char in text:
        order = order_of(char)
        if order == 0:
            at, before = len(made), set()
            made.append(char)
            continue
        whole = unicodedata.normalize("NFC", made[at] + char) if at >= 0 and char in "\u0653\u0654\u0655" else ""
        if len(whole) == 1 and order not in before and made[at] in LETTERS:
            made[at] = whole
        else:
            before.add(order)
            made.append(char)
    return "".join(made)


def seat_hamza(text: str) -> str:
    return re.sub(f"[یى](?={one_of(_low())}*{HAMZA})", YEH, text)


@cache
def _low() -> frozenset[str]:
    return frozenset(char for char, order in _orders().items() if order != 230)


def spell_hamza(text: str) -> str:
    ordered = one_of(frozenset(_orders()))
    hamza = "[\u0654\u0655]"

    def spelt(found: re.Match[str]) -> str:
        return "ء" + re.sub(hamza, "", found[0][1:]) if re.search(hamza, found[0]) else found[0]

    return re.sub(f"{TATWEEL}{ordered}+", spelt, text)


def shadda_first(text: str) -> str:
    return re.sub(f"{M}+", lambda run: SHADDA * run[0].count(SHADDA) + run[0].replace(SHADDA, ""), text)


def strip_decoration(text: str) -> str:
    both = one_of(MARKS | DECORATIONS)
    return re.sub(f"(?<={L}){both}+", lambda run: "".join(char for char in run[0] if char not in DECORATIONS), text)


def strip_fillers(text: str) -> str:
    filler = f"ہ(?!{M}*{HAMZA})"
    other = f"(?:{one_of(PLAIN - {'ہ'})}|ہ(?={M}*{HAMZA}))[\u0653-\u0655]*"

    def bare(word: re.Match[str]) -> str:
        shape = word[0].replace(TATWEEL, "").lstrip("".join(MARKS))
        daggers, fillers = len(re.findall(f"{filler}\u0670", shape)), len(re.findall(filler, shape))
        runs = re.sub("[\u0653-\u0655\u0670]", "", re.sub(filler, " ", shape)).split(" ")
        size = sum(len(re.sub(r"(.)\1{2,}", r"\1\1", run)) for run in runs)
        alternating = re.fullmatch(f"(?:(?:{other})+(?:{filler}\u0670?)?)*", shape) is not None
        enough = (fillers >= 3 and 2 * fillers >= size) or (fillers >= 2 and daggers == fillers and 3 * fillers >= size)
        return re.sub(f"{filler}\u0670?", "", word[0]) if alternating and enough else word[0]

    return re.sub(f"(?:{L}|{M})+", bare, text)


def drop_repeated_marks(text: str) -> str:
    def fewer(run: re.Match[str]) -> str:
        marks = re.sub(r"(.)\1+", r"\1", run[0])
        if len(marks) <= 4:
            return marks
        kept: dict[str, str] = {}
        for mark in marks:
            kept.setdefault(_sort(mark), mark)
        return "".join(kept.values())

    return re.sub(f"{M}+", fewer, text)


def _sort(mark: str) -> str:
    if mark in VOWELS - {SHADDA, "\u0670"}:
        return "vowel"
    return mark if mark in {SHADDA, "\u0670", "\u0653"} else "hamza" if mark in {HAMZA, "\u0655"} else "other"


def drop_stray_marks(text: str) -> str:
    made = ""
    carried = False
    for char in text:
        if char not in MARKS:
            carried = char in LETTERS | {"\u25cc"}
        if carried or char not in VOWELS:
            made += char
    return made


def shorten_letters(text: str) -> str:
    def shorter(run: re.Match[str]) -> str:
        char, size = run[1], len(run[0])
        if char in "abcdefghijklmnopqrstuvwxyz":
            return char * 2 if size > 3 else run[0]
        if char not in PLAIN:
            return run[0]
        before = run.string[: run.start()][-1:]
        if char == "ت" and size == 3 and before not in PLAIN | MARKS:
            return run[0]
        return char * (3 if char == HEH else 2)

    return re.sub(r"(.)\1{2,}", shorter, text, flags=re.DOTALL)


def shorten_signs(text: str, most: int = 4) -> str:
    return re.sub(rf"([!?؟،.\-=*_…۔])\1{{{most},}}", lambda run: run[1] * most, text)


def tanwin_before_alef(text: str) -> str:
    word = f"(?:{P}|{M})"
    return re.sub(f"(?<={one_of(PLAIN | MARKS)}){ALEF}{FATHATAN}(?!{word})", FATHATAN + ALEF, text)


def drop_accusative(text: str) -> str:
    def bare(word: re.Match[str]) -> str:
        stem, end = word[0][:-2], word[0][-2:]
        long = sum(char in PLAIN for char in stem) >= 3
        return stem if long and end in {ALEF + FATHATAN, FATHATAN + ALEF} else word[0]

    return re.sub(f"(?:{P}|{M})+", bare, text)


def _begins_emoji(text: str, i: int) -> bool:
    char, after = text[i], text[i + 1 : i + 2]
    return char in EMOJI and after != TEXT and (char in PRESENTED | DRAWN or after == COLOUR)


def _emoji_end(text: str, i: int) -> int:
    while True:
        i += 2 if text[i] in FLAGS and text[i + 1 : i + 2] in FLAGS else 1
        i += len(list(takewhile((MODIFIERS | TAGS | {COLOUR, KEYCAP}).__contains__, text[i:])))
        if text[i : i + 1] != ZWJ or text[i + 1 : i + 2] not in EMOJI:
            return i
        i += 1


def drop_emoji(text: str) -> str:
    white = {"", " ", "\n", "\t", "\0"}
    made, i = "", 0
    while i < len(text):
        if not _begins_emoji(text, i):
            keycap = text[i] == KEYCAP or text[i : i + 2] == COLOUR + KEYCAP
            made += "" if keycap else text[i]
            i += 1
            continue
        while i < len(text) and _begins_emoji(text, i):
            i = _emoji_end(text, i)
        before, after = made[-1:], text[i : i + 1]
        if before == " " and after in {"\n", "", "\0"}:
            made = made[:-1]
        elif before in white and after == " ":
            i += 1
        elif before not in white and after not in white:
            made += " "
    return made


EASTERN: Final = "٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹"


def arabic_punctuation(text: str) -> str:
    behind = f'(?<={one_of(LETTERS | MARKS)})[,;?!،؛؟"»”’)\\]]+'
    return re.sub(behind, lambda signs: signs[0].translate(str.maketrans(",;?", "،؛؟")), text)


def arabic_separators(text: str) -> str:
    def printed(run: re.Match[str]) -> str:
        number = run[0].rstrip(".,")
        plain = re.fullmatch(f"(?:[{EASTERN}]+|[{EASTERN}]{{1,3}}(?:,[{EASTERN}]{{3}})+)(?:\\.[{EASTERN}]+)?", number)
        return number.translate(str.maketrans(".,", "\u066b\u066c")) + run[0][len(number) :] if plain else run[0]

    text = re.sub(f"(?<=[{EASTERN}])%|%(?=[{EASTERN}])", "\u066a", text)
    return re.sub(f"[0-9{EASTERN}.,]+", printed, text)


def decimal_comma(text: str) -> str:
    def pointed(run: re.Match[str]) -> str:
        number = run[0].strip("،")
        if number.count("،") != 1:
            return run[0]
        point = "." if number[number.index("،") - 1].isascii() else "\u066b"
        return run[0].replace(number, number.replace("،", point))

    return re.sub(f"[0-9{EASTERN}،]+", pointed, text)


def drop_final_vowels(text: str) -> str:
    ends = f"(?<={L}){M}+(?!{M}|{L}|[{ZWNJ}{ZWJ}])"
    return re.sub(ends, lambda marks: re.sub("[\u064b-\u0650\u0652]", "", marks[0]), text)


def fold_final_yeh(text: str) -> str:
    return re.sub(f"(?<={one_of(LETTERS | MARKS)})ي(?={M}*(?!{M}|{L}|[{ZWNJ}{ZWJ}]))", "ى", text)


def alias_emoji(text: str) -> str:
    made, i = "", 0
    for begin, end, said in _emoji(text, emoji_strings.aliases()):
        made += text[i:begin] + said
        i = end
    return made + text[i:]


def name_emoji(text: str) -> str:
    made, i = "", 0
    for begin, end, said in _emoji(text, emoji_strings.words()):
        between = text[i:begin]
        if made and between == ZWJ:
            between = ""
        elif (between or not made) and not _opens(text[:begin]):
            between += " "
        closed = set(text[end : end + 1]) <= SPACED | set(".,:;!?…)]}»”’٪%،؛؟۔\"'")
        made += between + said + ("" if closed else " ")
        i = end
    return made + text[i:]


def _emoji(text: str, becomes: dict[str, str]) -> Iterator[tuple[int, int, str]]:
    """The emoji that become something else: where each begins and ends, and what it becomes; always the longest."""
    i, most = 0, max(map(len, becomes))
    while i < len(text):
        found = next((text[i : i + size] for size in range(most, 0, -1) if text[i : i + size] in becomes), "")
        if found and becomes[found] != found:
            yield i, i + len(found), becomes[found]
        i += len(found) or 1


def _opens(before: str) -> bool:
    if before[-1:] in {"'", '"'}:
        return before[-2:-1] in SPACED | {""}
    return before[-1:] in SPACED | set("([{«“‘") | {""}


SEEN: Final = dict.fromkeys(members(markup.SEEN_THROUGH), "") | dict(markup.SEEN_AS)


def seen(text: str) -> tuple[str, list[int]]:
    """The text as later rules leave it, and where its characters stand."""
    places = [i for i, char in enumerate(text) if SEEN.get(char, char)]
    return "".join(SEEN.get(text[i], text[i]) for i in places), places


def decode_references(text: str) -> str:
    made = ""
    for char in text:
        made += char
        plain, places = seen(made)
        while plain.endswith(";"):
            found = re.search(r"&(#?[\0-%'-:<-~]{2,32});\Z", plain)
            meant = (_meaning(found[1]) or _meaning(found[1].lower())) if found else None
            if found is None or meant is None:
                break
            made = made[: places[found.start()]] + meant
            plain, places = seen(made)
    return made


def _meaning(name: str) -> str | None:
    if not name.startswith("#"):
        text = html5.get(name + ";")
        return None if text is None or set(text) & {"<", ">"} else text
    digits = re.fullmatch("#(?:([0-9]{1,7})|[xX]([0-9a-fA-F]{1,7}))", name)
    code = 0 if digits is None else int(digits[1]) if digits[1] else int(digits[2], 16)
    if code == 0 or code > 0x10FFFF or 0xD800 <= code < 0xE000 or chr(code) in "<>":
        return None
    western = bytes([code]).decode("cp1252", "replace") if 0x80 <= code < 0xA0 else chr(code)
    return chr(code) if western == "\ufffd" else western


def strip_tags(text: str) -> str:
    kinds = {name: kind for kind in ("INLINE", "BLOCK", "HIDDEN") for name in getattr(markup, kind).split()}
    made = ""
    opened: list[int] = []
    comment: int | None = None
    hidden: int | None = None
    for char in text:
        made += char
        plain, places = seen(made)
        kind = SEEN.get(char, char)
        if kind == "<":
            opened.append(len(made) - 1)
        elif kind == "-" and comment is None and plain.endswith("<!--"):
            comment = places[-4]
        elif kind == ">" and comment is not None and re.match("<!--.*-->", seen(made[comment:])[0], re.DOTALL):
            made, comment = made[:comment], None
        elif kind == ">" and opened:
            start = opened.pop()
            tag = re.match(r"<(/?)([A-Za-z][A-Za-z0-9]*)[\0-\x20/>]", seen(made[start:])[0])
            element = kinds.get(tag[2].lower(), "") if tag else ""
            if tag and element:
                closing = bool(tag[1])
                made = made[:start]
                if element == "HIDDEN" and closing and hidden is not None:
                    made, hidden = made[:hidden], None
                elif element == "HIDDEN" and not closing:
                    hidden = len(made)
                if element == "BLOCK" and (shown := seen(made)[0]) and not shown.endswith("\n"):
                    opened = [at for at in opened if at < len(made)]
                    comment = comment if comment is not None and comment < len(made) else None
                    hidden = hidden if hidden is not None and hidden <= len(made) else None
                    made += "\n"
        opened = [at for at in opened if at < len(made)]
        comment = comment if comment is not None and comment < len(made) else None
        hidden = hidden if hidden is not None and hidden <= len(made) else None
    return made


WORD: Final = f"(?:{L}|{M}|{ZWNJ}|{ZWJ})+"
FOREIGN: Final = PLAIN - members(lookalikes.NOT_FOREIGN) - set(lookalikes.UNIFIED) - {"ی"}
ON_ITS_FACE: Final = members(lookalikes.ARABIC_ALONE)
KNOWN: Final = frozenset(word[:-1] for word in lookalikes.ALEF_MAKSURA_WORDS.split())


def _is_on_its_face(word: str) -> bool:
    if ON_ITS_FACE & set(word) or re.search(f"{ALEF}{M}*[\u0654\u0655]", word):
        return True
    letters = re.sub("[آٱ\u0672-\u0675]", ALEF, "".join(char for char in word if char in PLAIN))
    return len(letters) >= 4 and re.match("ال|لل|[وفبك]ال..", letters) is not None


def _count(text: str) -> tuple[int, int, int, int]:
    words = re.findall(WORD, text)
    letters = [char for word in words for char in word if char in PLAIN]
    spelt = sum(bool(PLAIN & set(word)) for word in words)
    return spelt, sum(map(_is_on_its_face, words)), len(letters), sum(char in FOREIGN for char in letters)


def is_arabic(text: str) -> bool:
    words, faces, letters, foreign = _count(text)
    return faces > 0 and faces * 10 >= words and foreign * 100 <= letters


def _is_foreign_line(line: str) -> bool:
    words, faces, letters, foreign = _count(line)
    return (faces == 0 and words >= 6) or foreign * 20 > letters


def _over_words(text: str, change: Callable[[str], str]) -> str:
    if not is_arabic(text):
        return text
    lines = text.split("\n")
    return "\n".join(line if _is_foreign_line(line) else re.sub(WORD, lambda word: _of_arabic(word[0], change), line) for line in lines)


def _of_arabic(word: str, change: Callable[[str], str]) -> str:
    return word if (FOREIGN | {ZWNJ}) & set(word) else change(word)


def unify_lookalikes(text: str) -> str:
    def unified(word: str) -> str:
        word = re.sub(f"ی(?={M}*[^{''.join(sorted(MARKS))}])", YEH, word)
        return "".join(lookalikes.BECOMES.get(char, char) for char in word)

    return _over_words(text, unified)


def final_yeh_by_shape(text: str) -> str:
    return _over_words(text, lambda word: re.sub(f"ی({M}*)\\Z", r"ى\1", word))


def final_yeh_by_word(text: str) -> str:
    return _over_words(text, lambda word: re.sub(f"ی(?={M}*\\Z)", lambda yeh: _final(word, yeh.start()), word))


def _final(word: str, at: int) -> str:
    before, after = re.search(f"{M}*\\Z", word[:at]), word[at + 1 :]
    letters = "".join(char for char in word if char in PLAIN)
    if len(letters) > 16:
        return YEH
    for mark in after:
        if mark in {SHADDA, "\u0650", "\u064d"}:
            return YEH
        if mark == FATHATAN:
            return "ى"
    for mark in reversed(before[0] if before and before.start() > 0 else before[0][1:] if before else ""):
        if mark == "\u0650":
            return YEH
        if mark in {"\u064e", FATHATAN}:
            return "ى"
    return "ى" if any(stem[:-1] in KNOWN and len(stem) > 1 for stem in _stems(letters)) else YEH


def _stems(word: str) -> Iterator[str]:
    """The word with its particles and its article taken off or not."""
    yield word
    if len(word) > 3 and word[0] in "وف":
        word = word[1:]
        yield word
    yield from _without_article(word)
    if len(word) > 3 and word[0] in "بكل":
        yield word[1:]
        yield from _without_article(word[1:])


def _without_article(word: str) -> Iterator[str]:
    if len(word) > 4 and word[:2] in {"ال", "لل"}:
        yield word[2:]


def drop_idle_joiners(text: str) -> str:
    if not is_arabic(text):
        return text
    made = ""
    for i, char in enumerate(text):
        base = text[:i].rstrip("".join(MARKS) + ZWNJ)[-1:] if char == ZWNJ else ""
        if base in PLAIN and re.match(f"{ZWNJ}*ا{ZWNJ}*ل{ZWNJ}*{P}", text[i + 1 :]):
            made += " "
        elif base not in PLAIN - JOINING:
            made += char
    return made


SCRIPTURE: Final = members(((0x0671, 0x0671), (0x0670, 0x0670), (0x06DF, 0x06E2), (0x06E5, 0x06E8), (0x06ED, 0x06ED), (0x08F0, 0x08F2)))
SHORT_VOWELS: Final = "\u064e\u064f\u0650"
WRITTEN_OUT: Final = frozenset("\u0670\u0653\u0654\u0655\u06e7\u06e8")


def spell_scripture(text: str) -> str:
    return re.sub(f"{L}(?:{L}|{M})*|{M}+", lambda word: _spelt(word[0]), text)


def _spelt(word: str) -> str:
    if len(word) > 40 or word[0] not in LETTERS or not _is_scripture(word):
        return word
    split: list[tuple[str, str, bool]] = []
    for letter, marks in re.findall(f"({L})({M}*)", word):
        if letter == TATWEEL and split and marks in {"", "\u0670"}:
            split[-1] = (*split[-1][:2], split[-1][2] or bool(marks))
        else:
            split.append((letter, marks, "\u0670" in marks))
    made, before, x = "", "", 0
    while x < len(split):
        piece, before, step = _spelt_letter(split, x, before)
        made += piece
        x += step
    return made


def _is_scripture(word: str) -> bool:
    letters = "".join(char for char in word if char in LETTERS)
    seated = re.search(f"{TATWEEL}{M}*[\u0654\u0655]", word)
    return bool(SCRIPTURE & set(word) or seated or "آء" in letters or re.match("[وف]?ءا", letters) or "\u0650ى" in word)


def _spelt_letter(split: list[tuple[str, str, bool]], x: int, before: str) -> tuple[str, str, int]:  # noqa: C901
    """What letter x becomes, its own vowel, and how many letters it stands for."""
    letter, marks, dagger = split[x]
    after, marks_after = split[x + 1][:2] if x + 1 < len(split) else ("", "")
    previous = split[x - 1][0] if x else ""
    own = next((mark for mark in marks if mark in SHORT_VOWELS), "")
    held = own or set(marks) & {SHADDA, "\u0652", "\u06e1"}
    new, alef, step = letter, False, 1
    if letter == TATWEEL:
        new = ""
        if set(marks) & {HAMZA, "\u0655"}:
            vowels = {own, before}
            new = "ئ" if "\u0650" in vowels or previous == YEH else "ؤ" if "\u064f" in vowels else "أ"
            if new == "أ" and own == "\u064e" and after == ALEF:
                new, step = "آ", 2
        alef = dagger
    elif letter == "ى":
        if dagger:
            new = ALEF if after else letter
        elif after or held or before == "\u0650":
            new = YEH
    elif letter == "و" and dagger and not held and after:
        new, step = ALEF, 2 if after == ALEF and marks_after else 1
    elif letter == "ء" and (own == "\u064e" or not held) and after == ALEF and previous != ALEF and not (previous == "و" and x > 1):
        new, step = "آ", 2
    elif letter == "آ" and before == "\u064e":
        new = ALEF if not after or SHADDA in marks_after or after in "ءأؤئ" else letter
    elif dagger:
        alef = after != ALEF and not _leaves_alef_out(split, x)
    if new == "آ" and step == 2:
        return new + (ALEF if alef else ""), "", step
    piece = new + "".join(mark for mark in marks if mark not in WRITTEN_OUT)
    piece += "".join(YEH if mark == "\u06e7" else "ن" for mark in marks if mark in "\u06e7\u06e8")
    if alef:
        vocative = x == 0 and new == YEH and own == "\u064e" and after
        piece += ALEF + (" " if vocative else "")
    return piece, own, step


def _leaves_alef_out(split: list[tuple[str, str, bool]], x: int) -> bool:
    around = "".join(letter for letter, _, _ in split[max(x - 1, 0) : x + 3])
    here = around[1:] if x else around
    previous = around[0] if x else ""
    if re.match("ه[ذؤأهء]|ذل", here):
        return True
    if here.startswith("له"):
        return previous in set("لإا")
    if here.startswith("لكن"):
        return previous in {"", "و", "ف"}
    if here[:2] in {"لئ", "ل" + TATWEEL}:
        return previous == "و"
    return here.startswith("من") and previous == "ح"
