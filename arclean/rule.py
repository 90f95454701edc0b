"""Rules: frozen rows of knowledge, each with its reason and both of its sides.

A rule says what it changes (``fixes`` or ``drops``) and what it must leave (``leaves``). Those examples are its tests, its entry in
the catalogue, its line in the report. A rule without both sides cannot be made.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache, wraps
from types import MappingProxyType
from typing import Any, Final, Literal, TypeVar

from arclean.errors import RuleError, unknown

Harm = Literal["safe", "visual", "lossy"]
"""What a character rule costs. ``safe``: canonical or invisible; ``visual``: same word, same shape; ``lossy``: information goes."""

HARMS: Final = ("safe", "visual", "lossy")

CATEGORIES: Final = (
    "navigation",
    "breadcrumb",
    "ticker",
    "title-duplicate",
    "caption",
    "caption-duplicate",
    "source-link",
    "related",
    "share",
    "comments",
    "copyright",
    "byline",
    "ad",
    "cookie",
    "template",
)
"""What a dropped line was."""

EVIDENCE: Final[Mapping[str, str]] = MappingProxyType(
    {
        "short": "at most 140 characters",
        "open_ended": "does not end in a sentence mark (. ؟ ! ؛ :)",
        "amid_prose": "its document holds at least one line of prose",
        "outside_body": "stands before the first or after the last line of prose of its document",
        "no_item": "is no item of a list: no hyphen, star or plus in front with a space behind it",
        "no_title": "is not the first line of its document, without a bar, stroke or arrow, right over prose, as a title is",
        "title_again": "says the same as the first line kept, at most eight lines further down; with six letters or more",
        "announced": "one of three such lines in a row or more that come again below, in order, over prose; with six letters or more",
        "outside_main": "its document is a whole page turned to text, and it stands outside of the main text",
        "page_label": "its document is a whole page turned to text, and amid the main text it is a label of the page",
        "line_again": "says the same as the line kept just before it; with six letters or more",
    }
)
"""What a line rule may ask for besides its pattern; the engine of lines finds it out."""

SHAPES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "cards": "one of three or more elements alike, each with a headline that is a link, and little prose",
        "link_list": "an element of two lines or more, most of which is links, without prose",
        "link_line": "a line that is a link",
        "outside": "stands outside of the element that holds the text",
        "no_text": "the page holds no text: a list of others, a form, an empty page",
        "title_again": "says the title once more",
        "signature": "stands at or under a line of ten underscores or more, up to the end of its element, without prose",
    }
)
"""What an element rule may go by besides names; the engine of pages finds it out."""

_ESCAPE: Final = re.compile(r"\\(.)", re.DOTALL)
_AROUND: Final = re.compile(r"\(\?(?:=|!|<=|<!|P=|>)")
_ASCII_ONLY: Final = frozenset("bBwWdD")


def refuse_blind_pattern(pattern: str, owner: str) -> None:
    r"""Raise if RE2 would read the pattern in a way that never matches Arabic, or not in linear time.

    In RE2 ``\b``, ``\w`` and ``\d`` know ASCII alone: ``\bكتب\b`` compiles and never matches.

    Raises:
        RuleError: the pattern holds such an escape, look-around, a back-reference, or does not compile.
    """
    for escape in _ESCAPE.finditer(pattern):
        letter = escape[1]
        if letter in _ASCII_ONLY:
            raise RuleError(
                f"{owner}: \\{letter} is ASCII-only in RE2 and never matches Arabic; write the characters out, or \\p{{L}}, \\p{{N}}"
            )
        if letter in "123456789":
            raise RuleError(f"{owner}: back-reference \\{letter}; RE2 has none, and they are not linear")
    if around := _AROUND.search(_ESCAPE.sub("..", pattern)):
        raise RuleError(f"{owner}: {around[0]} look-around; RE2 has none. Ask for the context with `when` or a second rule")
    _compile(pattern, owner)


def _compile(pattern: str, owner: str) -> None:
    import pyarrow as pa
    import pyarrow.compute as pc

    try:
        pc.match_substring_regex(pa.array([""]), pattern)
    except pa.ArrowInvalid as error:
        raise RuleError(f"{owner}: RE2 cannot read the pattern {pattern!r}: {error}") from error


def _demand(owner: str, **fields: object) -> None:
    for name, value in fields.items():
        if not value:
            raise RuleError(f"{owner}: `{name}` is empty; a rule shows its reason, a text it changes and a near-miss that it leaves")


@dataclass(frozen=True)
class CharRule:
    """Code points that become other text, wherever they stand.

    Attributes:
        name: what the rule does, ``verb_object``.
        why: one sentence.
        table: a single character to what it becomes; ``""`` deletes it.
        fixes: pairs (before, after).
        leaves: near-misses that come back unchanged.
        harm: what it costs, see `Harm`.

    Raises:
        RuleError: a key is not one character, or an example is missing.

    >>> rule = CharRule("dash", "A plain dash.", {"\N{EN DASH}": "-"}, fixes=(("1\N{EN DASH}2", "1-2"),), leaves=("1-2",))
    >>> rule.table["\N{EN DASH}"]
    '-'
    """

    name: str
    why: str
    table: Mapping[str, str]
    fixes: tuple[tuple[str, str], ...]
    leaves: tuple[str, ...]
    harm: Harm = "safe"

    def __post_init__(self) -> None:
        owner = f"CharRule {self.name!r}"
        _demand(owner, name=self.name, why=self.why, table=self.table, fixes=self.fixes, leaves=self.leaves)
        if self.harm not in HARMS:
            raise unknown("harm", self.harm, HARMS, owner)
        for key, value in self.table.items():
            if len(key) != 1:
                raise RuleError(f"{owner}: the key {key!r} is not one character; a sequence is a PatternRule")
            if any("\ud800" <= char <= "\udfff" for char in key + value):
                raise RuleError(f"{owner}: {key!r} -> {value!r} holds a surrogate, which is not a character")
        object.__setattr__(self, "table", MappingProxyType(dict(self.table)))

    def __hash__(self) -> int:
        return hash((self.name, frozenset(self.table.items())))

    def __reduce__(self) -> tuple[object, ...]:
        return (CharRule, (self.name, self.why, dict(self.table), self.fixes, self.leaves, self.harm))


@dataclass(frozen=True)
class PatternRule:
    r"""A substitution inside a text, in RE2.

    Attributes:
        name: what the rule does, ``verb_object``.
        why: one sentence.
        pattern: what is found.
        becomes: what stands there afterwards; ``\1`` is the first group.
        needs: characters without which the pattern cannot match: texts that hold none of them are not looked at.
        fixes: pairs (before, after).
        leaves: near-misses that come back unchanged.
        harm: what it costs, see `Harm`.

    Raises:
        RuleError: the pattern has ``\b``, ``\w``, ``\d`` or look-around, or does not compile; an example is missing.
    """

    name: str
    why: str
    pattern: str
    becomes: str
    needs: str
    fixes: tuple[tuple[str, str], ...]
    leaves: tuple[str, ...]
    harm: Harm = "safe"

    def __post_init__(self) -> None:
        owner = f"PatternRule {self.name!r}"
        _demand(owner, name=self.name, why=self.why, pattern=self.pattern, needs=self.needs, fixes=self.fixes, leaves=self.leaves)
        if self.harm not in HARMS:
            raise unknown("harm", self.harm, HARMS, owner)
        refuse_blind_pattern(self.pattern, owner)


@dataclass(frozen=True)
class ContextRule:
    """A change that depends on what stands around a character, done by a compiled pass of the engine.

    Attributes:
        name: what the rule does, ``verb_object``.
        why: one sentence.
        operation: the pass, a name from `arclean.orthography.context.KNOWN`.
        fixes: pairs (before, after).
        leaves: near-misses that come back unchanged.
        harm: what it costs, see `Harm`.
        options: numbers that the pass takes, as pairs (name, value).

    Raises:
        RuleError: an example is missing.
    """

    name: str
    why: str
    operation: str
    fixes: tuple[tuple[str, str], ...]
    leaves: tuple[str, ...]
    harm: Harm = "safe"
    options: tuple[tuple[str, int], ...] = ()

    def __post_init__(self) -> None:
        owner = f"ContextRule {self.name!r}"
        _demand(owner, name=self.name, why=self.why, operation=self.operation, fixes=self.fixes, leaves=self.leaves)
        if self.harm not in HARMS:
            raise unknown("harm", self.harm, HARMS, owner)


@dataclass(frozen=True)
class LineRule:
    r"""Lines that are not text: what a page puts around it.

    The pattern is matched against the skeleton of a line (no marks, no tatweel, one alef, one yeh, heh for teh marbuta, Western digits,
    lower case, single spaces, none at the ends, no bullets or other signs in front), so it is written like one: ``^اقرا ايضا``. The line
    is cut in the original.

    Attributes:
        name: what is dropped, a noun: ``related_link``.
        why: one sentence.
        category: what such a line is, one of `CATEGORIES`.
        pattern: RE2, searched in the skeleton; may be empty if `when` says enough.
        when: evidence that must hold too, names from `EVIDENCE`.
        needs: characters, or pairs of neighbours, without one of which the pattern cannot match, as a line may have them written; what
            skeletons leave out may stand between two that are not both ASCII. A pattern that may begin with anything should name some: it
            is tried on the lines that hold one, else on every line.
        least_words, most_words: lines of fewer or more words are left alone.
        takes: how many of the lines under it go along (a header and its teasers), up to the next prose.
        drops: texts that go: a string goes entirely, a pair is (before, after).
        leaves: near-misses that come back unchanged.

    Raises:
        RuleError: a pattern with ``\b``, ``\w``, ``\d`` or look-around; no pattern and no evidence; an example is missing.
        UnknownName: a category or an evidence that does not exist.
    """

    name: str
    why: str
    category: str
    drops: tuple[str | tuple[str, str], ...]
    leaves: tuple[str, ...]
    pattern: str = ""
    when: tuple[str, ...] = field(default=())
    needs: tuple[str, ...] = ()
    least_words: int = 1
    most_words: int = 14
    takes: int = 0

    def __post_init__(self) -> None:
        owner = f"LineRule {self.name!r}"
        _demand(owner, name=self.name, why=self.why, drops=self.drops, leaves=self.leaves)
        if self.category not in CATEGORIES:
            raise unknown("category", self.category, CATEGORIES, owner)
        for name in self.when:
            if name not in EVIDENCE:
                raise unknown("evidence", name, EVIDENCE, owner)
        for need in self.needs:
            if len(need) not in (1, 2):
                raise RuleError(f"{owner}: `needs` holds {need!r}; give single characters, or two neighbours")
        if not self.pattern and not self.when:
            raise RuleError(f"{owner}: neither `pattern` nor `when`: it would drop every line")
        if self.pattern:
            refuse_blind_pattern(self.pattern, owner)

    @property
    def repeats(self) -> bool:
        """Whether it drops only lines that say again what was said."""
        return any(name in self.when for name in ("title_again", "line_again", "announced"))


@dataclass(frozen=True)
class ElementRule:
    """Elements of a page as HTML that are not its text, or, without a category, those that are most likely to hold it.

    Names are what stands in ``class`` and ``id``. They are cut into words at white space, at signs and digits, and at a capital after a
    small letter, so that one entry serves every spelling: ``related posts`` finds ``related-posts``, ``relatedPosts``, ``td_related_posts``
    and ``relatedposts``. An entry that begins with ``=`` is the whole of a name: ``=header`` leaves ``entry-header`` alone.

    Attributes:
        name: what is dropped, a noun: ``site_footer``.
        why: one sentence.
        category: what it is, one of `CATEGORIES`; empty for a rule that says where the text is.
        drops: pairs (markup, the text that is left of it); a string goes entirely.
        leaves: near-misses: markup of which all text stays.
        tags: elements with one of these names.
        names: words of ``class`` and ``id``, one to three in a row.
        roles: words of ``role`` and ``itemprop``.
        hidden: elements that are not shown.
        by: what the engine finds out about the shape of the page, one of `SHAPES`, instead of names.
        apart: whether it stands on a line of its own, whatever its tag, so that it goes out of the middle of a line too.
        believed: up to which share of the prose of a page; an element that holds more of it is not what it is called.
        inside: whether it is believed inside of an element that a rule without a category knows.
        weight: of a rule without a category: by how much what is in it outweighs what is not.
        denies: rules that are not believed of an element which this one knows.

    Raises:
        RuleError: it knows no element, or an example is missing.
        UnknownName: a category or a shape that does not exist.
    """

    name: str
    why: str
    category: str
    drops: tuple[str | tuple[str, str], ...]
    leaves: tuple[str, ...]
    tags: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    hidden: bool = False
    by: str = ""
    apart: bool = False
    believed: float = 0.5
    inside: bool = True
    weight: float = 1.0
    denies: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        owner = f"ElementRule {self.name!r}"
        _demand(owner, name=self.name, why=self.why, drops=self.drops, leaves=self.leaves)
        if self.category and self.category not in CATEGORIES:
            raise unknown("category", self.category, CATEGORIES, owner)
        if self.by and self.by not in SHAPES:
            raise unknown("shape", self.by, SHAPES, owner)
        if not (self.tags or self.names or self.roles or self.hidden or self.by):
            raise RuleError(f"{owner}: neither `tags` nor `names` nor `roles` nor `by`: it knows no element")
        for entry in self.names + self.roles:
            if not 1 <= len(entry.removeprefix("=").split()) <= 3 or not entry.removeprefix("=").replace(" ", "").isalpha():
                raise RuleError(f"{owner}: {entry!r} is not one to three words of letters")


@dataclass(frozen=True)
class EntityRule:
    """A kind of entity inside a text: an address, a name, a number. How it is found, the engine of entities knows by its name.

    Attributes:
        name: what is found, a noun: ``email``.
        why: one sentence on what is found and what it may cost to lose it.
        token: what stands for it in a text.
        column: where it is counted.
        fixes: pairs (before, after), with the token for what is found.
        leaves: near-misses, in which nothing is found.
        private: whether it leads to a person.
        harm: what it costs to replace it, see `Harm`.

    Raises:
        RuleError: an example, or the token, is missing.
    """

    name: str
    why: str
    token: str
    column: str
    fixes: tuple[tuple[str, str], ...]
    leaves: tuple[str, ...]
    private: bool = False
    harm: Harm = "lossy"

    def __post_init__(self) -> None:
        owner = f"EntityRule {self.name!r}"
        _demand(owner, name=self.name, why=self.why, token=self.token, column=self.column, fixes=self.fixes, leaves=self.leaves)
        if self.harm not in HARMS:
            raise unknown("harm", self.harm, HARMS, owner)


CharacterRule = CharRule | ContextRule | PatternRule
Rule = CharRule | ContextRule | PatternRule | LineRule | ElementRule | EntityRule


Compiled = TypeVar("Compiled")


def once_compiled(build: Callable[[tuple[Any, ...]], Compiled]) -> Callable[[tuple[Any, ...]], Compiled]:
    """Build something of a tuple of rules once, and know the tuple by being the same object.

    To hash the rules at every call would take longer than to clean a short text.
    """
    by_content = lru_cache(maxsize=64)(build)
    known: dict[int, tuple[tuple[Any, ...], Compiled]] = {}

    @wraps(build)
    def built(rules: tuple[Any, ...]) -> Compiled:
        found = known.get(id(rules))
        if found is not None and found[0] is rules:
            return found[1]
        if len(known) >= _REMEMBERED:
            known.clear()
        made = by_content(rules)
        known[id(rules)] = (rules, made)
        return made

    return built


_REMEMBERED: Final = 256
