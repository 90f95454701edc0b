"""Check rules by their own examples: what is said to change changes, what is said to stay stays, and twice is as good as once.

>>> from arclean.rules.letters import STRIP_TATWEEL
>>> check([STRIP_TATWEEL])
[]
"""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import pyarrow as pa

from arclean import columns
from arclean.boilerplate.html.page import Html
from arclean.boilerplate.lines import Lines, Page
from arclean.boilerplate.matcher import matcher
from arclean.entities.cleaner import Entities
from arclean.errors import ArcleanError
from arclean.orthography.characters import Characters
from arclean.rule import EVIDENCE, CharRule, ElementRule, EntityRule, LineRule, PatternRule, Rule

_SHOWN: Final = 120
_ANY: Final = 1 << 30


@dataclass(frozen=True)
class Problem:
    """Something that a rule promises and does not do.

    Attributes:
        rule: its name.
        what: what is wrong, with the example.
        remedy: what most likely mends it.
    """

    rule: str
    what: str
    remedy: str

    def __str__(self) -> str:
        """Both in two lines."""
        return f"{self.rule}: {self.what}\n    {self.remedy}"


def check(rules: Iterable[Rule]) -> list[Problem]:
    """What is wrong with some rules: each of them alone, and that no two share a name.

    Args:
        rules: of any kind.
    """
    every = list(rules)
    found = [problem for rule in every for problem in problems(rule)]
    for name, count in Counter(rule.name for rule in every).items():
        if count > 1:
            found.append(Problem(name, f"{count} rules have this name", "counts and `explain` go by the name: give each its own"))
    return found


def problems(rule: Rule) -> list[Problem]:
    """What is wrong with a rule; nothing for one that keeps its word."""
    try:
        act = _act_of(rule)
    except ArcleanError as error:
        return [Problem(rule.name, str(error), "until then the rule cannot be used at all")]
    if isinstance(rule, ElementRule):
        return [*_misfits(rule, act), *_losses(rule, act)]
    found = [*_misfits(rule, act), *_intrusions(rule, act), *_restless(rule, act)]
    if isinstance(rule, CharRule):
        found += _idle_keys(rule)
    return found


def examples(rule: Rule) -> tuple[tuple[str, str], ...]:
    """The texts that a rule changes, as pairs (before, after); a line that goes entirely leaves an empty text.

    >>> from arclean.rules import get
    >>> examples(get("strip_tatweel"))[0]
    ('العـــربية', 'العربية')
    """
    if isinstance(rule, LineRule | ElementRule):
        return tuple((drop, "") if isinstance(drop, str) else drop for drop in rule.drops)
    return rule.fixes


def skeletons(text: str) -> list[str]:
    r"""The skeletons of the lines of a text, as the patterns of line rules see them.

    >>> skeletons("* اقرأ أيضًا :\n٢٠٢٤")
    ['اقرا ايضا :', '2024']
    """
    page = Page.of(columns.view(pa.array([text], pa.string())), _ANY)
    alike = np.zeros(len(page.begin), np.bool_)
    shapes: list[str] = matcher(()).shapes(page.strings.data, page.begin, page.end, alike).texts.to_pylist()
    return shapes


Act = Callable[[str], str]


def engine_of(rule: Rule) -> Html | Lines | Entities | Characters:
    """The part of a pipeline that does what a rule says, with this rule alone; with all rules for pages, for one that says what is text."""
    if isinstance(rule, ElementRule):
        from arclean.rules.elements import RULES

        return Html((rule,) if rule.category else (*(other for other in RULES if other.name != rule.name), rule))
    if isinstance(rule, EntityRule):
        return Entities(**{rule.name: "token"})
    return Lines((rule,)) if isinstance(rule, LineRule) else Characters((rule,))


def text_of(markup: str) -> str:
    """All text of a page, no rule applied."""
    return str(Html(()).text(pa.array([markup], pa.string()))[0].as_py())


def _act_of(rule: Rule) -> Act:
    """The rule as a function of a text, by the engine that every pipeline uses."""
    part = engine_of(rule)

    def act(text: str) -> str:
        return str(part.text(pa.array([text], pa.string()))[0].as_py())

    act("")
    return act


def _misfits(rule: Rule, act: Act) -> Iterator[Problem]:
    for before, after in examples(rule):
        if before == after:
            yield Problem(rule.name, f"the example {_short(before)} is the same before and after", "show a text that the rule changes")
        elif (made := act(before)) == before:
            yield Problem(rule.name, f"leaves {_short(before)}, which it is to change", _why_not(rule, before, after))
        elif made != after:
            yield Problem(rule.name, f"makes {_short(made)} of {_short(before)}, not {_short(after)}", "correct the rule or the example")


def _intrusions(rule: Rule, act: Act) -> Iterator[Problem]:
    for text in rule.leaves:
        if (made := act(text)) != text:
            remedy = "narrow the pattern, or ask for more evidence with `when`" if isinstance(rule, LineRule) else "narrow the rule"
            yield Problem(rule.name, f"makes {_short(made)} of {_short(text)}, which it is to leave", remedy)


def _losses(rule: ElementRule, act: Act) -> Iterator[Problem]:
    for markup in rule.leaves:
        if (made := act(markup)) != text_of(markup):
            yield Problem(rule.name, f"leaves {_short(made)} of {_short(markup)}, all of which is to stay", "narrow the names")


def _restless(rule: Rule, act: Act) -> Iterator[Problem]:
    for before, _ in examples(rule):
        once = act(before)
        if (twice := act(once)) != once:
            what = f"applied twice to {_short(before)} it gives {_short(twice)}, once {_short(once)}"
            yield Problem(rule.name, what, "what the rule writes must not be something that it changes")


def _idle_keys(rule: CharRule) -> Iterator[Problem]:
    for char, text in rule.table.items():
        if char == text:
            yield Problem(rule.name, f"its table maps {_short(char)} to itself", "take the entry out")


def _why_not(rule: Rule, before: str, after: str) -> str:
    """The gate, or the pattern, that keeps a rule from an example."""
    if isinstance(rule, ElementRule):
        return "no element of it has one of its tags, names or roles, or it holds most of the prose of the page"
    if isinstance(rule, LineRule):
        return _why_not_line(rule, before, after)
    if isinstance(rule, PatternRule):
        if not any(char in rule.needs for char in before):
            return f"the text holds none of the characters that the rule `needs`, {rule.needs!r}: name there what the pattern begins with"
        return f"the pattern {rule.pattern!r} is not found in it"
    if isinstance(rule, CharRule):
        return f"the text holds no key of the table; it holds {', '.join(f'U+{ord(char):04X}' for char in sorted(set(before))[:8])}"
    if isinstance(rule, EntityRule):
        return f"no {rule.name} is found in it; see arclean/entities"
    return f"the operation {rule.operation!r} does not do this; see arclean/orthography/context.py"


def _why_not_line(rule: LineRule, before: str, after: str) -> str:
    """Found by trying: without which of its gates would the rule act?"""
    for name in rule.when:
        fewer = tuple(other for other in rule.when if other != name)
        if (fewer or rule.pattern) and _does(replace(rule, when=fewer), before, after):
            return f"the line {_lacks(name)}; add that to the example, or take {name!r} out of `when`"
    if rule.needs and _does(replace(rule, needs=()), before, after):
        needed = ", ".join(map(repr, rule.needs))
        return f"the line holds nothing of what the rule `needs`, {needed}: name there what the pattern cannot do without"
    if _does(replace(rule, least_words=1, most_words=_ANY), before, after):
        words = ", ".join(str(len(line.split())) for line in _going(before, after))
        return f"it has {words} words, the rule takes {rule.least_words} to {rule.most_words}: set `least_words` or `most_words`"
    if rule.pattern and _does(replace(rule, when=(), least_words=1, most_words=_ANY), before, after):
        return f"the pattern fits, several gates do not: look at `when`={list(rule.when)} and at the numbers of words"
    seen = ", ".join(map(_short, _going(before, after)))
    return f"the rule sees {seen}, " + (f"in which {_short(rule.pattern)} is not found" if rule.pattern else "which repeats nothing")


def _going(before: str, after: str) -> list[str]:
    """The skeletons of the lines that an example wants gone."""
    gone = "\n".join(line[2:] for line in difflib.ndiff(before.split("\n"), after.split("\n")) if line[0] == "-")
    return [line for line in skeletons(gone) if line]


def _lacks(evidence: str) -> str:
    return f"lacks the evidence {evidence!r} ({EVIDENCE[evidence]})"


def _does(rule: LineRule, before: str, after: str) -> bool:
    return _act_of(rule)(before) == after


def _short(text: str) -> str:
    return repr(text if len(text) <= _SHOWN else text[: _SHOWN - 3] + "...")
