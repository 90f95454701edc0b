"""What the line rules take and what they leave: sentences that look like furniture, furniture by category, and one whole page."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from arclean.boilerplate.lines import Lines
from arclean.phrases import glued, labels, listed, starts, whole
from arclean.rule import CATEGORIES, LineRule
from arclean.rules import lines
from arclean.rules.samples import MORE, PROSE

RULES = tuple(rule for family in lines.FAMILIES.values() for rule in family)
ALL = Lines(RULES)
CASES = Path(__file__).parent / "cases"
IMPOSSIBLE = re.compile("[أإآٱىةکی٠-٩۰-۹ـً-ْA-Z]")


def cases(name: str) -> list[dict[str, str]]:
    return [json.loads(row) for row in (CASES / name).read_text(encoding="utf-8").strip().split("\n")]


NEGATIVE = cases("lines_negative.jsonl")
WILD = cases("lines_wild.jsonl")


def kept(text: str, rules: Lines = ALL) -> str:
    return str(rules.text(pa.array([text]))[0].as_py())


def removed(text: str) -> list[tuple[int, str, str]]:
    account = ALL.edit(pa.array([text])).removed
    return [] if account is None else [(row["line"], row["rule"], row["category"]) for row in account.to_pylist()]


@pytest.mark.parametrize("place", ["alone", "inside", "before", "after"])
@pytest.mark.parametrize("case", NEGATIVE, ids=[case["reason"] for case in NEGATIVE])
def test_a_sentence_that_looks_like_furniture_stays(case: dict[str, str], place: str) -> None:
    line = case["line"]
    text = {"alone": line, "inside": f"{PROSE}\n{line}\n{MORE}", "before": f"{line}\n{PROSE}", "after": f"{PROSE}\n{line}"}[place]
    assert kept(text) == text, removed(text)


def test_short_posts_stay_whole_because_a_document_is_never_furniture_for_one_plain_word() -> None:
    posts = ["صباح الخير", "شارك", "عاجل", "إعلان", "المزيد", "رياضة", "تم", "فيسبوك", "أوافق", "2020-01-15", "الجسر الجديد (رويترز)"]
    assert ALL.text(pa.array(posts)).to_pylist() == posts


def test_headings_between_paragraphs_stay_because_they_are_inside_the_body() -> None:
    headings = [
        "الاقتصاد",
        "من نحن",
        "النتائج",
        "المصدر",
        "3 مارس 1920",
        "مختارات",
        "العربية",
        "كلمة المرور",
        "التعليق",
        "الوظائف",
        "الكمية",
    ]
    text = "الجسر الجديد\n" + "\n".join(line for heading in headings for line in (PROSE, heading)) + f"\n{MORE}"
    assert kept(text) == text, removed(text)


@pytest.mark.parametrize("case", WILD, ids=[f"{case['category']}: {case['line'][:40]}" for case in WILD])
def test_furniture_goes_under_its_category(case: dict[str, str]) -> None:
    text = f"{PROSE}\n{case['line']}"
    assert kept(text) == PROSE
    assert [category for _, _, category in removed(text)] == [case["category"]]


def test_a_line_goes_with_its_vowels_and_its_stretching() -> None:
    assert kept(f"{PROSE}\nشاهِد أيضـــاً\nجسور من خشب") == PROSE


@pytest.mark.parametrize("rule", RULES, ids=[rule.name for rule in RULES])
def test_a_rule_alone_does_what_its_examples_say(rule: LineRule) -> None:
    alone = Lines((rule,))
    for example in rule.drops:
        before, after = (example, "") if isinstance(example, str) else example
        assert kept(before, alone) == after
    for text in rule.leaves:
        assert kept(text, alone) == text


@pytest.mark.parametrize("rule", RULES, ids=[rule.name for rule in RULES])
def test_all_rules_together_agree_with_the_examples_of_each(rule: LineRule) -> None:
    for example in rule.drops:
        before, after = (example, "") if isinstance(example, str) else example
        assert kept(before) == after
    for text in rule.leaves:
        assert kept(text) == text, removed(text)


@pytest.mark.parametrize("rule", RULES, ids=[rule.name for rule in RULES])
def test_a_rule_is_told_by_two_examples_of_each_side_and_one_sentence(rule: LineRule) -> None:
    assert len(rule.drops) >= 2
    assert len(rule.leaves) >= 2
    assert rule.why.endswith(".")
    assert not IMPOSSIBLE.search(re.sub(r"\\[xpN]\{[^}]*\}|\\.", "", rule.pattern)), "a skeleton has no such character"


def test_names_are_given_once_and_categories_are_covered() -> None:
    assert [name for name, count in Counter(rule.name for rule in RULES).items() if count > 1] == []
    assert {rule.category for rule in RULES} == set(CATEGORIES) - {"template"}  # those are learned


TWINS = {
    "whole": (whole, r"{close}({phrases}){close}"),
    "listed": (listed, r"(({phrases})({sign}+|$))+"),
    "glued": (glued, r"(({phrases}){close})+"),
    "labels": (labels, r"({phrases})( ?[:/؛–—]| -).*"),
    "starts": (starts, r"({phrases})([؟!]|{sign}|$).*"),
}
LINES = [
    "more",
    "more…",
    "home | more",
    "homemore",
    "more bread",
    "more: bread",
    "more – bread",
    "more -bread",
    "moreover",
    "more?",
    "more!",
    "some more",
]


@pytest.mark.parametrize("frame", TWINS)
def test_a_frame_says_the_same_as_its_slow_twin(frame: str) -> None:
    make, twin = TWINS[frame]
    sign = r"[^\w\s؟!]|[ _]"
    slow = re.compile(twin.format(phrases="home|more", sign=f"(?:{sign})", close=f"(?:{sign})*"))
    fast = pc.match_substring_regex(pa.array(LINES), make("home", "more")).to_pylist()
    assert fast == [slow.fullmatch(line) is not None for line in LINES]


PAGE = f"""أخبار عاجلة
الرئيسية / الأخبار / محليات / سكان الحي القديم يعبرون النهر

سكان الحي القديم يعبرون النهر
الإثنين، 13 مايو 2024 06:00 ص
كتبت - هند صالح

{PROSE}

عمدة المدينة عند الجسر (رويترز)

عمدة المدينة عند الجسر (رويترز)

“أول خطوة”

{MORE}

اقرأ أيضا: تاريخ الجسور في المدينة

طريق طويل

{PROSE}


Source link

شاهد أيضاً

سوق السمك يفتح أبوابه

أعلنت نقابة الصيادين أن السوق الجديد سيفتح أبوابه مع أول الشهر، وأن الباعة سينتقلون إليه على …

اترك رد"""

ARTICLE = f"""سكان الحي القديم يعبرون النهر

{PROSE}

“أول خطوة”

{MORE}

طريق طويل

{PROSE}"""


def test_of_a_whole_page_the_headline_and_the_article_with_its_headings_stay() -> None:
    assert kept(PAGE) == ARTICLE
    assert kept(ARTICLE) == ARTICLE


def test_a_header_takes_the_lines_below_it_up_to_the_next_prose() -> None:
    text = f"{PROSE}\nمواضيع ذات صلة\nجسر الميناء\nجسر القلعة\n{MORE}\nخاتمة"
    assert kept(text) == f"{PROSE}\n{MORE}\nخاتمة"
