"""The slow, obvious twins of the compiled engines: plain Python, one character or one line at a time."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import import_module
from itertools import pairwise, takewhile
from typing import Any, Final

from arclean.rule import CharRule, LineRule, PatternRule
from arclean.rules import SKELETON, classes
from arclean.rules.skeleton import SIGNS

regex: Final[Any] = import_module("regex")


def members(ranges: Iterable[tuple[int, int]]) -> frozenset[str]:
    return frozenset(chr(code) for first, last in ranges for code in range(first, last + 1))


LETTERS: Final = members(classes.LETTERS)
MARKS: Final = members(classes.MARKS)
OTHER_LETTERS: Final = members((*classes.OTHER_LETTERS, *classes.FORM_LETTERS))
DIGITS: Final = "0123456789٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹"
TATWEEL: Final = "\N{ARABIC TATWEEL}"
WORDLIKE: Final = LETTERS | {"\N{ZERO WIDTH NON-JOINER}"}
"""What words are made of; a non-joiner does not end one."""


def translate(rules: Sequence[CharRule], text: str) -> str:
    """Each rule over the whole text, one after the other."""
    for rule in rules:
        text = text.translate(by_code(rule))
    return text


def by_code(rule: CharRule) -> dict[int, str]:
    """A rule's table as `str.translate` wants it."""
    return {ord(key): value for key, value in rule.table.items()}


def substitute(rule: PatternRule, text: str) -> str:
    """What a pattern finds, replaced, by Python's engine."""
    made: str = _compiled(rule.pattern).sub(rule.becomes, text)
    return made


def table_hits(rules: Sequence[CharRule], text: str) -> dict[str, int]:
    """How many characters of the text each rule had a hand in; a character that comes back as it was does not count."""
    hits: Counter[str] = Counter()
    for char in text:
        if translate(rules, char) != char:
            piece = char
            for rule in rules:
                after = translate([rule], piece)
                hits[rule.name] += after != piece
                piece = after
    return {name: count for name, count in hits.items() if count}


def join_carriage_returns(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def strip_tatweel(text: str) -> str:
    def kept(run: re.Match[str]) -> str:
        before, after = text[: run.start()], text[run.end() :]
        marks = "".join(takewhile(MARKS.__contains__, after))
        if "\N{ARABIC HAMZA ABOVE}" in marks or "\N{ARABIC HAMZA BELOW}" in marks:
            return TATWEEL
        carries = before[-1:] in WORDLIKE or before[-1:] in MARKS
        if marks:
            return "" if carries else TATWEEL
        if before[-1:] in set(DIGITS) or (before[-1:] == " " and before[-2:-1] in set(DIGITS) and after[:1] not in WORDLIKE):
            return TATWEEL
        if after[:1] not in WORDLIKE and (_abbreviates(before) or _joins(before)):
            return TATWEEL
        alone = all(side in {"", "\0", " ", "\t", "\n"} for side in (before[-1:], after[:1]))
        return "" if not alone else run[0] if len(run[0]) >= 5 else TATWEEL

    return re.sub(f"{TATWEEL}+", kept, text)


def _word(before: str) -> str:
    """The Arabic word that ends here."""
    end = re.search(rf"[{''.join(map(re.escape, sorted(WORDLIKE | MARKS)))}]*\Z", before)
    return "" if end is None else end[0]


def _joins(before: str) -> bool:
    """Whether the word is an article or a preposition, perhaps after "and"."""
    return re.fullmatch("[وف]?(?:[بك]?ال|لل|[لبك])", _word(before)) is not None


def _abbreviates(before: str) -> bool:
    """Whether heh stands alone, or alef and heh."""
    return _word(before) in {"ه", "اه"}


def tidy_spaces(text: str, gap: int = 4) -> str:
    lines = []
    for line in text.split("\n"):
        inside = line.strip(" \t")
        indent = line[: len(line) - len(line.lstrip(" \t"))] if inside[:1].isascii() else ""
        if not inside.isascii():
            inside = re.sub("[ \t]+", lambda run: _width(run[0], gap), inside)
        lines.append(indent + inside if inside else "")
    return re.sub("\n{3,}", "\n\n", "\n".join(lines)).strip("\n")


def _width(run: str, gap: int) -> str:
    return "\t" * run.count("\t") or " " * (gap if len(run) >= gap else 1)


@dataclass(frozen=True)
class Line:
    """A line that is not blank: its number in the text first given, as it stands, its core, and the blank lines before it."""

    number: int
    raw: str
    core: str

    @property
    def size(self) -> int:
        return len(self.core.encode())

    @property
    def ends_sentence(self) -> bool:
        end = self.core.rstrip("\"')]»”’›")
        return end[-1:] in set(".!?:;؟؛۔") and not end.endswith("..")

    @property
    def prose(self) -> bool:
        return self.size >= 480 or (self.size >= 160 and self.ends_sentence)


@cache
def _skeleton_of(char: str) -> str:
    return translate(SKELETON, char)


def skeleton(core: str) -> str:
    signs = _signs()
    made = ""
    for char in core:
        if _skeleton_of(char) != char:
            made += _skeleton_of(char)
        elif not (char in signs if not made else char == " " and made.endswith(" ")):
            made += char
    return made.removesuffix(" ")


@lru_cache(maxsize=1)
def _signs() -> frozenset[str]:
    return members(SIGNS)


@cache
def _compiled(pattern: str) -> Any:
    python = re.sub(r"\\x\{([0-9A-Fa-f]+)\}", lambda code: f"\\U{int(code[1], 16):08x}", pattern)
    return regex.compile(python.replace(r"\s", r"[\t\n\f\r ]").replace("$", r"\Z"))


@lru_cache(maxsize=1 << 16)
def matches(pattern: str, shape: str) -> bool:
    return _compiled(pattern).search(shape) is not None


@dataclass(frozen=True)
class Gone:
    line: int
    rule: str
    category: str
    text: str


def cut_lines(rules: Sequence[LineRule], text: str, longest: int = 320) -> tuple[str, list[Gone]]:
    """The text without its furniture, and the lines that went, in order of their numbers in the text given."""
    from twins_page import EVIDENCE, page_verdicts

    paged = [rule for rule in rules if set(rule.when) & set(EVIDENCE)]
    rules = [rule for rule in rules if rule not in paged]
    lines = _lines(text)
    gone: list[Gone] = []
    for _ in range(16):
        verdicts = _sweep(rules, lines, longest)
        of_page = page_verdicts(paged, lines, verdicts)
        verdicts |= of_page
        if not verdicts:
            break
        gone += [Gone(lines[i].number, rule.name, rule.category, lines[i].core) for i, rule in verdicts.items()]
        lost_prose = any(lines[i].prose for i in verdicts) or bool(of_page)
        lines = _rejoined(lines, set(verdicts))
        text = "\n".join(line.raw for line in lines)
        if not lost_prose:
            break
    return text, sorted(gone, key=lambda one: one.line)


def _lines(text: str) -> list[Line]:
    return [Line(number, raw, raw.strip(" \t")) for number, raw in enumerate(text.split("\n"), 1)]


def _rejoined(lines: Sequence[Line], gone: set[int]) -> list[Line]:
    """The lines that stay; around those that went, blank lines close up to one; none stay at the ends, and none with white space."""
    made: list[Line] = []
    blanks: list[Line] = []
    closing = True
    for i, line in enumerate(lines):
        if i in gone:
            closing = True
        elif not line.core:
            blanks.append(Line(line.number, "", ""))
        else:
            made += [*((blanks[:1] if closing else blanks) if made else []), line]
            blanks, closing = [], False
    return made


def _sweep(rules: Sequence[LineRule], lines: Sequence[Line], longest: int) -> dict[int, LineRule]:
    body = [i for i, line in enumerate(lines) if line.prose]
    there = [i for i, line in enumerate(lines) if line.core]
    ahead = _announced(rules, lines, longest, body)
    gone: dict[int, LineRule] = {}
    owner: LineRule | None = None
    owed = 0
    kept: list[str | None] = []
    for i, line in enumerate(lines):
        if not line.core:
            continue
        if line.prose:
            owed = 0
        shape = skeleton(line.core) if line.size <= longest else None
        fitting: list[LineRule] = []
        if shape is not None:
            words, evidence = _evidence(line, shape, i, body, there)
            fitting = [rule for rule in rules if _fits(rule, shape, words, evidence)]
        rule = next((rule for rule in fitting if not _is_repeat(rule)), None)
        if rule is None and i in ahead:
            rule = next((rule for rule in fitting if "announced" in rule.when), None)
        if rule is not None and rule.takes:
            owner, owed = rule, rule.takes
        elif owed:
            owed -= 1
            rule = rule or owner
        elif rule is None:
            rule = _repeated(fitting, shape, kept)
        if rule is None:
            kept.append(shape)
        else:
            gone[i] = rule
    return gone


def _can_repeat(core: str) -> bool:
    """Whether a line has six letters among its first 32 characters: less than that says the same as another line by chance."""
    return sum(char in LETTERS or char in OTHER_LETTERS or char == "©" for char in skeleton(core)[:32]) >= 6


def _is_repeat(rule: LineRule) -> bool:
    return bool({"title_again", "line_again", "announced"} & set(rule.when))


def _announced(rules: Sequence[LineRule], lines: Sequence[Line], longest: int, body: Sequence[int]) -> set[int]:
    """The lines of tables of contents: three or more in a row that each come again further down, in order, most of them over prose.

    The last tables are seen first, and what is in one does not come again for those before it.
    """
    there = [i for i, line in enumerate(lines) if line.core]
    shapes = [skeleton(lines[i].core) if 0 < lines[i].size <= longest and _can_repeat(lines[i].core) else None for i in there]
    heads = [bool(shapes[a]) and not lines[i].prose for a, i in enumerate(there)]
    for a, i in enumerate(there):
        if heads[a]:
            words, evidence = _evidence(lines[i], shapes[a] or "", i, body, there)
            heads[a] = any("announced" in rule.when and _fits(rule, shapes[a] or "", words, evidence) for rule in rules)
    again = [next((b for b in range(a + 1, len(there)) if shapes[b] == shapes[a]), -1) if heads[a] else -1 for a in range(len(there))]
    found: set[int] = set()
    b = len(there)
    while b:
        a = b - 1
        while a and again[a] >= 0 and again[a - 1] >= 0:
            a -= 1
        places = [next((c for c in range(k + 1, len(there)) if shapes[c] == shapes[k] and c not in found), -1) for k in range(a, b)]
        together = sum(low < high and found.issuperset(range(low + 1, high)) for low, high in pairwise(places))
        over = sum(any(lines[there[k]].prose for k in range(*part)) for part in pairwise([*places, len(there)]))
        ordered = places == sorted(set(places)) and places[0] >= b
        if again[a] >= 0 and ordered and b - a >= 3 and together * 3 < b - a <= over * 2:
            found.update(range(a, b))
        b = a
    return {there[a] for a in found}


def _repeated(fitting: Sequence[LineRule], shape: str | None, kept: Sequence[str | None]) -> LineRule | None:
    title = next((rule for rule in fitting if "title_again" in rule.when), None)
    again = next((rule for rule in fitting if "line_again" in rule.when), None)
    if title and kept and kept[0] == shape and len(kept) <= 8:
        return title
    return again if again and kept and kept[-1] == shape else None


def _evidence(line: Line, shape: str, at: int, body: Sequence[int], there: Sequence[int]) -> tuple[int, frozenset[str]]:
    """How many words a line has, and what can be said of it."""
    words = len(shape.split(" ")) if shape else 0
    told = {
        "short": len(line.core) <= 140,
        "open_ended": not line.ends_sentence,
        "amid_prose": bool(body),
        "outside_body": not body or not body[0] <= at <= body[-1],
        "no_item": not line.core.startswith(("- ", "* ", "+ ")),
        "no_title": not (there[:1] == [at] and there[1:2] == list(body[:1]) != [] and not set("|/>»›") & set(line.core)),
        "title_again": _can_repeat(line.core),
        "line_again": _can_repeat(line.core),
        "announced": _can_repeat(line.core),
    }
    return words, frozenset(name for name, holds in told.items() if holds)


def _fits(rule: LineRule, shape: str, words: int, evidence: frozenset[str]) -> bool:
    if not evidence.issuperset(rule.when) or not rule.least_words <= words <= rule.most_words:
        return False
    return not rule.pattern or matches(rule.pattern, shape)
