"""Characters: passes that are told what to look at do what each would do to every row, and what one leaves the next one finds."""

from __future__ import annotations

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import columns

import arclean
from arclean.orthography import schedule
from arclean.orthography.characters import Characters
from arclean.orthography.context import KNOWN
from arclean.orthography.survey import EVERYTHING, NOTHING, Wants, wants
from arclean.orthography.touches import touch_of
from arclean.rule import CharacterRule, CharRule
from arclean.rules import get

pytestmark = pytest.mark.kernels

PRESETS = ("pretrain", "web", "search", "social", "quran")
PIECES = [
    *"ابتةىيهوءأإؤئلك محمد  \n\t.,!؟0123٠١",
    *"\u064b\u064e\u0651\u0650\u0652\u0670\u0653\u0654\u0655\u06d6\u0640\u200c\u200d\u200f\u061c\u00ad\ufeff\u00a0\u2009\u0085\r\f",
    *"\ufe8e\ufedf\ufefb\ufdf2\ufdfa\u06cc\u06a9\u06c1\u06be\u0300\U0001d54a\U0001f600\ufe0fÃÂÇá",
    *("المدرسة", "علی", "إلى", "&amp;", "&nbsp;", "<b>", "ههههه", "a@b.eg", "Ø§Ù„", "\u0651\u064e", "\u064e\u0651", " \u00a0 ", "\u200f "),
]
busy = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)


def rules_of(preset: str) -> tuple[CharacterRule, ...]:
    return tuple(rule for part in arclean.load(preset).parts if isinstance(part, Characters) for rule in part.rules)


@pytest.mark.parametrize("preset", PRESETS)
@given(column=columns(busy))
def test_all_passes_together_do_what_they_do_one_by_one(preset: str, column: pa.Array) -> None:
    rules, one_by_one, hits = rules_of(preset), column, dict[str, int]()
    for rule in rules:
        edit = Characters((rule,)).edit(one_by_one)
        one_by_one = edit.texts
        hits |= edit.hits if not isinstance(rule, CharRule) else {}
    done = Characters(rules).edit(column)
    assert done.texts.to_pylist() == one_by_one.to_pylist()
    context = {rule.name for rule in rules if not isinstance(rule, CharRule)}
    assert {name: count for name, count in done.hits.items() if name in context} == hits


@pytest.mark.parametrize("preset", PRESETS)
@given(column=columns(busy, most=12))
def test_put_together_by_the_last_pass_the_column_is_the_same(preset: str, column: pa.Array) -> None:
    part = Characters(rules_of(preset))
    apart = part.watched(column, lambda *_: None)  # whoever watches is shown each pass by itself
    together = part.edit(column)
    assert together.texts.equals(apart.texts)
    assert together.hits == apart.hits


@pytest.mark.parametrize(
    ("operation", "asked", "brought"),
    [
        pytest.param("compose", Wants(untidy=True), NOTHING, id="letters and marks touch no space"),
        pytest.param("seat_hamza", wants("\u200c"), NOTHING, id="yeh is no joiner"),
        pytest.param("settle_joiners", wants("\u0640"), wants("\u0640"), id="a joiner becomes a tatweel"),
        pytest.param("strip_tatweel", Wants(unordered=True), Wants(unordered=True), id="marks meet where it stood"),
        pytest.param("strip_tatweel", wants("\u0640\u0641"), wants("\u0640"), id="no letter comes of it"),
        pytest.param("decode_references", wants("x"), wants("x"), id="anything may be written as a reference"),
        pytest.param("compose", EVERYTHING, EVERYTHING, id="who wants every row gets it again"),
    ],
)
def test_what_a_pass_may_bring_is_read_off_what_it_touches(operation: str, asked: Wants, brought: Wants) -> None:
    rule, *_ = (rule for rule in map(get, _names()) if getattr(rule, "operation", "") == operation)
    *_, last = schedule.schedules((rule,))[0].passes
    assert last.brings(asked) == brought


def _names() -> list[str]:
    return [name for name, rule in arclean.rules.catalogue().items() if getattr(rule, "operation", "") in KNOWN]


def test_a_pass_after_which_no_other_can_have_more_to_do_is_not_looked_at_again() -> None:
    (only,) = schedule.schedules(rules_of("pretrain"))
    looked_at = [bool(one.look) for one in only.passes]
    assert looked_at[0]
    assert not looked_at[-1]
    assert touch_of("tidy_spaces") is not None
