"""Rules for elements of pages: each shows what it drops and what it leaves, by the real engine; and what their words mean."""

from __future__ import annotations

import pyarrow as pa
import pytest

from arclean.boilerplate.html.page import Html
from arclean.check import examples, problems, text_of
from arclean.errors import RuleError, UnknownName
from arclean.rule import ElementRule
from arclean.rules.elements import RULES

EVERY = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)


def texts(html: Html, *pages: str) -> list[str]:
    made: list[str] = html.text(pa.array(pages)).to_pylist()
    return made


@EVERY
def test_a_rule_keeps_its_word(rule: ElementRule) -> None:
    assert list(map(str, problems(rule))) == []


@EVERY
def test_a_rule_is_counted_where_it_acts_and_not_where_it_does_not(rule: ElementRule) -> None:
    if not rule.category:
        pytest.skip("says where the text is, and drops nothing itself")
    acted = Html((rule,)).edit(pa.array([before for before, _ in examples(rule)]))
    assert acted.hits.keys() == {rule.name}
    assert acted.removed is not None
    assert set(acted.removed["category"].to_pylist()) == {rule.category}
    assert Html((rule,)).edit(pa.array(rule.leaves)).hits == {}


@pytest.mark.parametrize("rule", [rule for rule in RULES if not rule.category], ids=lambda rule: rule.name)
def test_a_rule_that_says_where_the_text_is_makes_a_difference(rule: ElementRule) -> None:
    without = Html(tuple(other for other in RULES if other is not rule))
    for before, after in examples(rule):
        assert texts(without, before) != [after]
        assert texts(Html(RULES), before) == [after]


def own(**given: object) -> ElementRule:
    fields = {"name": "own", "why": "To see.", "category": "ad", "drops": ("<p>a</p>",), "leaves": ("<b>b</b>",), **given}
    return ElementRule(**fields)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "name",
    ["related-posts", "relatedPosts", "related_posts2", "td_block_related_posts", "relatedposts", "x related--posts", "RelatedPosts"],
)
def test_one_entry_serves_every_spelling_of_a_name(name: str) -> None:
    page = f'<p>بقي النص كله كما كتبه صاحبه في دفتره القديم، ولم ينقص منه شيء.</p><div class="{name}">عنوان آخر</div>'
    assert texts(Html((own(names=("related posts",)),)), page) == ["بقي النص كله كما كتبه صاحبه في دفتره القديم، ولم ينقص منه شيء."]


@pytest.mark.parametrize("name", ["unrelated-post", "posts-related", "related posts"])
def test_words_of_two_names_or_in_another_order_are_no_entry(name: str) -> None:
    page = f'<p>بقي النص كله كما كتبه صاحبه في دفتره القديم، ولم ينقص منه شيء.</p><div class="{name}">عنوان آخر</div>'
    assert texts(Html((own(names=("related posts",)),)), page) == [text_of(page)]


def test_an_entry_for_a_whole_name_leaves_longer_ones() -> None:
    html = Html((own(names=("=header",)),))
    prose = "<p>بقي النص كله كما كتبه صاحبه في دفتره القديم، ولم ينقص منه شيء.</p>"
    kept, gone = texts(html, f'{prose}<div class="entry-header">عنوان</div>', f'{prose}<div class="header">عنوان</div>')
    assert kept.endswith("عنوان")
    assert not gone.endswith("عنوان")


def test_an_element_that_holds_most_of_the_prose_is_not_what_it_is_called() -> None:
    prose = "<p>بقي النص كله كما كتبه صاحبه في دفتره القديم، ولم ينقص منه شيء.</p>"
    html = Html((own(names=("sidebar",)),))
    page = f'<div class="has-sidebar">{prose}{prose}</div><div class="sidebar">{prose}</div>'
    assert texts(html, page)[0].count("\n") == 1


@pytest.mark.parametrize("entry", ["", "a b c d", "post2", "قائمة؟", "="])
def test_an_entry_that_could_never_be_found_is_refused(entry: str) -> None:
    with pytest.raises(RuleError, match="is not one to three words"):
        own(names=(entry,))


def test_a_rule_that_knows_no_element_or_a_wrong_name_is_refused() -> None:
    with pytest.raises(RuleError, match="it knows no element"):
        own()
    with pytest.raises(UnknownName, match="Did you mean 'link_list'"):
        own(by="link_lists")
    with pytest.raises(UnknownName, match="category"):
        own(names=("ad",), category="adverts")


def test_there_is_room_for_64_rules_and_no_more() -> None:
    many = tuple(own(name=f"own_{number}", names=(chr(97 + number % 26) * (1 + number // 26),)) for number in range(65))
    with pytest.raises(RuleError, match="room for 64"):
        texts(Html(many), "<p>a</p>")
