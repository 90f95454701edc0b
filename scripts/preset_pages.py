"""The pages of docs/presets: what each preset does to some texts, what it leaves, what it costs, and its rules."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any, Final

import arclean
from arclean.catalogue import diff, visible
from arclean.pipeline import Pipeline
from arclean.rule import CharRule, ContextRule, LineRule, PatternRule
from arclean.rules import CHARACTERS

LONGEST: Final = 90
TEXTS: Final = {
    "Text from a page": (
        "الرئيسية » ثقافة",
        "افتُتِحت أمس\N{NO-BREAK SPACE}مكتبةُ الحيّ الجديدةُ، وقال مديرها: «نفتحُ\N{RIGHT-TO-LEFT MARK} كل يوم»\N{LEFT-TO-RIGHT MARK}.",
        "شارك على فيسبوك",
    ),
    "Letters of a Persian keyboard": ("ذهب علی إلی المکتبة یوم الأحد فی الساعة ٥",),
    "Shapes from a PDF": ("\ufee3\ufedc\ufe98\ufe92\ufe94 \ufe8d\ufedf\ufea4\ufef2\u060c \ufdfa",),
    "Misread bytes": ("Ø§Ù„Ù…ÙƒØªØ¨Ø© Ù…Ù�ØªÙˆØ­Ø©".replace("\ufffd", "\x81"),),
    "References and tags": ("<p>السعر &laquo;٥٠&raquo; ريالا &amp; الضريبة</p><p>اتصل: info@example.com</p>",),
    "A post": ("جمييييل جداااا!!!!!!! ههههههه 😍😍 @salma شكراااا https://example.com",),
    "Decoration": ("ج\N{COMBINING LOW LINE}م\N{COMBINING LOW LINE}ـــ\N{COMBINING LOW LINE}يل",),
    "A key": ("كتابًا عن مدرسةٍ في القرية، سنة ١٤٤٥هـ (ISBN 978)",),
}
"""What is shown of each preset that changes it; lines of one text."""
LEFT: Final = {
    "a verse with every mark": "ذَٰلِكَ ٱلْكِتَٰبُ لَا رَيْبَ ۛ فِيهِ",
    "a hamza on its seat": "شَيْـًٔا",
    "Persian, with its letters and its non-joiner": "می\N{ZERO WIDTH NON-JOINER}خواهم این کتاب را به خانه ببرم",
    "Urdu": "یہ ہماری کتاب ہے",
    "numbers as they were written": "١٬٢٣٤٫٥ و 3.14 و ۱۲",
    "a date and a Hijri year": "15/9/2024 الموافق 1445هـ",
    "an emoji of several": "شكرا 👨\N{ZERO WIDTH JOINER}👩\N{ZERO WIDTH JOINER}👧 ❤\N{VARIATION SELECTOR-16}",
    "signs that are no words": "x² + ½ = ① و 25 ℃ © ™",
    "loan letters": "پيتزا وڤيديو وگهوة",
    "a comparison": "a < b و c > d",
    "code": "def مرحبا():\n    # سلام\n    return 1",
    "two halves of a verse": "قفا نبك من ذكرى حبيب ومنزل    بسقط اللوى بين الدخول فحومل",
}
"""What most presets leave; each page says which of them its preset leaves."""
COSTS: Final = {"safe": "canonical or invisible", "visual": "same word, same shape", "lossy": "information goes"}


def page(name: str) -> str:
    """The page of one preset."""
    pipe = arclean.load(name)
    parts = (_head(pipe), _shown(pipe), _kept(pipe), _costs(pipe), _rules(pipe))
    return "\n".join(line for part in parts for line in part)


def index() -> str:
    """The page that lists them."""
    lines = ["# The presets", "", "Written by scripts/make_catalogue.py; do not edit.", "", "| preset | |", "|---|---|"]
    lines += [f"| [`{name}`]({name}.md) | {arclean.load(name).promise} |" for name in arclean.presets()]
    return "\n".join([*lines, ""])


def _head(pipe: Pipeline) -> Iterator[str]:
    yield from (f"# `{pipe.name}`", "", "Written by scripts/make_catalogue.py; do not edit.", "", pipe.promise, "")
    yield from ("```python", "import arclean", f'arclean.load("{pipe.name}").clean(text)', "```", "")


def _shown(pipe: Pipeline) -> Iterator[str]:
    pairs = {title: (text, pipe.clean(text)) for title, text in ((title, "\n".join(lines)) for title, lines in TEXTS.items())}
    if any(text != after for text, after in pairs.values()):
        yield from ("## Before and after", "")
    for title, (text, after) in pairs.items():
        if after != text:
            yield from (f"{title}:", "", "```diff", *(_cut(line) for line in diff(text, after)), "```", "")


def _kept(pipe: Pipeline) -> Iterator[str]:
    yield from ("## What it leaves", "")
    left = {title: text for title, text in LEFT.items() if pipe.clean(text) == text}
    for title, text in left.items():
        yield f"- {title}: `{_cut(visible(text.split(chr(10))[0]))}`"
    changed = [title for title in LEFT if title not in left]
    yield from ("", f"It changes: {', '.join(changed)}." if changed else "It leaves all of the texts that these pages try.", "")


def _costs(pipe: Pipeline) -> Iterator[str]:
    counts: Counter[str] = Counter(rule.harm for rule in _character_rules(pipe))
    yield from ("## What it costs", "", "| rules | |", "|---:|---|")
    yield from (f"| {counts[harm]} | {harm}: {meaning} |" for harm, meaning in COSTS.items() if counts[harm])
    lines = sum(isinstance(rule, LineRule) for part in pipe.parts for rule in _rules_of(part))
    if lines:
        yield f"| {lines} | drop lines; each line dropped is accounted for |"
    lossy = [f"`{rule.name}`" for rule in _character_rules(pipe) if rule.harm == "lossy"]
    yield from ("", f"Lossy are {', '.join(lossy)}." if lossy else "None of its rules for characters loses anything that can be read.", "")


def _rules(pipe: Pipeline) -> Iterator[str]:
    family_of = {rule: family for family, rules in CHARACTERS.items() for rule in rules}
    yield from ("## Its steps", "")
    for number, part in enumerate(pipe.parts, 1):
        rules = _rules_of(part)
        kind = type(part).__name__
        if not rules or isinstance(rules[0], LineRule):
            yield f"{number}. {kind}: {_said(part, rules)}"
            continue
        yield from (f"{number}. {kind}:", "")
        yield from ("   | rule | cost | why |", "   |---|---|---|")
        for rule in rules:
            family = family_of.get(rule, "")
            where = f"[`{rule.name}`](../rules.md#{rule.name})" if family else f"`{rule.name}`"
            yield f"   | {where} | {getattr(rule, 'harm', '')} | {rule.why.replace('|', chr(92) + '|')} |"
        yield ""
    yield ""


def _said(part: Any, rules: tuple[Any, ...]) -> str:
    if rules:
        return f"{len(rules)} line rules, see [the catalogue](../rules.md)"
    return (type(part).__doc__ or "").strip().split("\n")[0]


def _character_rules(pipe: Pipeline) -> list[CharRule | ContextRule | PatternRule]:
    rules = [rule for part in pipe.parts for rule in _rules_of(part)]
    return [rule for rule in rules if isinstance(rule, CharRule | ContextRule | PatternRule)]


def _rules_of(part: Any) -> tuple[Any, ...]:
    rules = getattr(part, "rules", ())
    return rules if isinstance(rules, tuple) else ()


def _cut(line: str) -> str:
    return (line if len(line) <= LONGEST else line[: LONGEST - 1] + "…").rstrip()
