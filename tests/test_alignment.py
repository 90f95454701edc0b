"""Alignment is exact through every pass: the same outside of what changed, never backwards, labels carried both ways."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import alignment_twins as twins
import pyarrow as pa
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from strategies import char_rules, columns, pages, spaces, tatweels, texts

import arclean
from arclean import Pipeline, registry, rules
from arclean.alignment.replacements import Replacements, from_zero
from arclean.alignment.touch import Touch
from arclean.alignment.trace import trace
from arclean.errors import AlignmentError, UnknownName
from arclean.orthography.araby import Araby
from arclean.orthography.characters import Characters
from arclean.orthography.touches import touch_of
from arclean.orthography.transliterate import Transliterate
from arclean.rule import ContextRule, PatternRule
from arclean.rules.letters import STRIP_TATWEEL

pytestmark = pytest.mark.kernels
PIPES: Final = {name: arclean.load(name) for name in arclean.presets()}
EVERY: Final = pytest.mark.parametrize("pipe", PIPES.values(), ids=PIPES)
CONTEXT: Final = [rule for rule in rules.catalogue().values() if isinstance(rule, ContextRule)]
CONTEXT_OF: Final = {family: [rule for rule in known if isinstance(rule, ContextRule)] for family, known in rules.FAMILIES.items()}
PATTERNS: Final = [rule for rule in rules.catalogue().values() if isinstance(rule, PatternRule)]
documents: Final = texts | pages() | tatweels | spaces | pages(texts)


def stretches(pipe: Pipeline, text: str) -> list[tuple[str, str]]:
    return [(one.before, one.after) for one in pipe.align(text).replaced]


def examples(rule: Any) -> list[str]:
    return [text for pair in rule.fixes for text in pair] + list(rule.leaves)


def around(rule: Any) -> st.SearchStrategy[str]:
    """Texts made of what the examples of a rule are made of."""
    pieces = sorted({char for text in examples(rule) for char in text})
    return st.lists(st.sampled_from(examples(rule)) | st.text(st.sampled_from(pieces), max_size=12), max_size=4).map(" ".join)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "nothing"),
        ("وصل القطار إلى المحطة القديمة.", "clean text"),
        ("شَيْـًٔا", "a tatweel that carries a hamza"),
    ],
    ids=lambda value: value if value.isascii() else None,
)
def test_where_nothing_changes_a_text_is_aligned_with_itself(text: str, why: str) -> None:
    found = PIPES["pretrain"].align(text)
    assert found.after == text
    assert found.replaced == ()
    assert found.origins().tolist() == [[i, i + 1] for i in range(len(text))]


@pytest.mark.parametrize("rule", CONTEXT, ids=lambda rule: rule.name)
@settings(max_examples=20)
@given(data=st.data())
def test_a_pass_keeps_to_what_it_may_touch(rule: ContextRule, data: st.DataObject) -> None:
    before = pa.array(data.draw(st.lists(around(rule) | documents, min_size=1, max_size=4)))
    after = Characters((rule,)).text(before)
    touch = touch_of(rule.operation)
    assert touch is not None
    twins.demand_sound(before, after, touch.traced(from_zero(before), from_zero(after)))


@pytest.mark.parametrize("rule", [*CONTEXT, *PATTERNS], ids=lambda rule: rule.name)
def test_a_pass_is_aligned_on_its_own_examples(rule: Any) -> None:
    before = pa.array(examples(rule))
    after, found = trace((Characters((rule,)),), before)
    twins.demand_sound(before, after, found)
    assert all(len(found.spans[found.first[row] : found.first[row + 1]]) for row in range(0, 2 * len(rule.fixes), 2))


def test_a_pass_that_touches_more_is_an_error() -> None:
    with pytest.raises(AlignmentError, match="row 1"):
        Touch("a").traced(from_zero(pa.array(["aa", "ab"])), from_zero(pa.array(["a", "ac"])))
    with pytest.raises(UnknownName, match="letters"):
        Touch("a", "leters")  # type: ignore[arg-type]


@EVERY
@settings(max_examples=20)
@given(column=columns(documents))
def test_a_preset_is_aligned_as_it_cleans(pipe: Pipeline, column: pa.Array) -> None:
    found = pipe.align_many(column)
    assert found.after.to_pylist() == pipe.table(pa.table({"text": column}))["text"].to_pylist()
    twins.demand_sound(column, found.after, found.replacements)


@given(column=columns(documents, nulls=False))
def test_a_batch_is_aligned_as_its_texts_one_by_one(column: pa.Array) -> None:
    pipe = PIPES["pretrain"]
    found = pipe.align_many(column)
    for row, text in enumerate(column.to_pylist()):
        assert found[row].replaced == pipe.align(text).replaced


@given(made=char_rules(), column=columns())
def test_a_table_is_aligned_character_by_character(made: Any, column: pa.Array) -> None:
    texts_after, found = trace((Characters(made),), column)
    for row, text in enumerate(column.to_pylist()):
        old, new = int(from_zero(column).bounds[row]), int(from_zero(texts_after).bounds[row])
        expected = []
        for char in text or "":
            became = Characters(made).text(pa.array([char]))[0].as_py()
            if became != char:
                expected.append([old, old + len(char.encode()), new, new + len(became.encode())])
            old, new = old + len(char.encode()), new + len(became.encode())
        assert found.spans[found.first[row] : found.first[row + 1]].tolist() == expected


@st.composite
def stretch_lists(draw: Callable[..., Any]) -> tuple[list[twins.Stretch], list[twins.Stretch]]:
    """What two passes did, one after the other, as places alone."""

    def side(limit: int | None) -> list[tuple[int, int, int]]:
        made: list[tuple[int, int, int]] = []
        at = 0
        for _ in range(draw(st.integers(0, 5))):
            begin = at + draw(st.integers(0, 3))
            end, size = begin + draw(st.integers(0, 3)), draw(st.integers(0, 3))
            if (end > begin or size) and (begin > at or end > begin or not made):
                made.append((begin, end, size))
                at = end
        return made

    def placed(sizes: list[tuple[int, int, int]]) -> list[twins.Stretch]:
        shift, whole = 0, []
        for begin, end, size in sizes:
            whole.append((begin, end, begin + shift, begin + shift + size))
            shift += size - (end - begin)
        return whole

    return placed(side(None)), placed(side(None))


def in_between(one: list[twins.Stretch], other: list[twins.Stretch]) -> bool:
    """Whether no two of one side meet in an empty place of the middle, where the twin cannot tell which comes first."""
    middles = [(c, d) for _, _, c, d in one]
    return len({c for c, d in middles if c == d}) == sum(c == d for c, d in middles) and all(
        not (c == d and any(o[2] <= c <= o[3] and o[2] < o[3] for o in one)) for c, d in middles
    )


@given(lists=stretch_lists())
def test_two_passes_compose_as_their_twin_says(lists: tuple[list[twins.Stretch], list[twins.Stretch]]) -> None:
    one, other = lists
    assume(one)
    assume(other)
    assume(in_between(one, other))
    zero = twins.as_replacements([]).first * 0
    found = twins.as_replacements(one).then(twins.as_replacements(other), (zero, zero, zero))
    assert sorted(map(tuple, found.spans.tolist())) == twins.composed(one, other)


@given(column=columns(documents))
def test_origins_are_what_the_replacements_say(column: pa.Array) -> None:
    found = PIPES["pretrain"].align_many(column)
    starts, ends = (found.origins()[name].to_pylist() for name in ("start", "end"))
    for row in range(len(column)):
        assert list(zip(starts[row], ends[row], strict=True)) == twins.origins(found, row)


@given(text=documents, data=st.data())
def test_labels_go_both_ways(text: str, data: st.DataObject) -> None:
    found = PIPES["pretrain"].align(text)
    places = [tuple(place) for place in found.origins().tolist()]
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    first, last = found.to_output(start, end)
    assert 0 <= first <= last <= len(found.after)
    held = twins.carried(places, len(text), start, end)
    if held != (-1, -1):
        assert (first, last) == held
        low, high = found.to_input(first, last)
        assert (low, high) == (places[first][0], places[last - 1][1])
    else:
        assert first == last


@given(text=documents, data=st.data())
def test_bytes_and_characters_say_the_same(text: str, data: st.DataObject) -> None:
    found = PIPES["pretrain"].align(text)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    first, last = found.to_output(start, end)
    in_bytes = found.to_output(len(text[:start].encode()), len(text[:end].encode()), "byte")
    assert in_bytes == (len(found.after[:first].encode()), len(found.after[:last].encode()))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("جمـــيل  جدا", [("ـــ", ""), (" ", "")], id="cuts"),
        pytest.param("ﻻ و ﷺ", [("ﻻ", "لا"), ("ﷺ", "صلى الله عليه وسلم")], id="one to many"),
        pytest.param("\u200fمن\u200e هنا", [("\u200f", ""), ("\u200e", "")], id="deletes"),
        pytest.param("أهلا\r\nوسهلا\r", [("\r", ""), ("\r", "")], id="line ends"),
    ],
)
def test_what_changed_is_told_to_the_character(text: str, expected: list[tuple[str, str]]) -> None:
    assert stretches(PIPES["light"], text) == expected


def test_a_line_that_went_is_one_stretch() -> None:
    text = "أعلنت البلدية صباح أمس أن الجسر الجديد سيفتح أمام المشاة بعد أسبوع من الآن، وقال مهندسوها إن العمل انتهى.\nجميع الحقوق محفوظة"
    found = PIPES["pretrain"].align(text)
    assert [one.before for one in found.replaced] == ["\nجميع الحقوق محفوظة"]
    at = text.index("الحقوق")
    assert found.to_output(at, at + 6) == (len(found.after), len(found.after))


def test_pieces_of_a_decoded_stretch_are_stated_to_be_coarse() -> None:
    pipe = Pipeline((Characters(tuple(CONTEXT_OF["encoding"])),))
    found = pipe.align("قال Ø§Ù„Ø³Ù„Ø§Ù… ثم")
    assert [(one.before, one.after, one.coarse) for one in found.replaced] == [("Ø§Ù„Ø³Ù„Ø§Ù…", "السلام", True)]
    assert found.to_output(6, 8) == (4, 10)


def shouted(text: str) -> str:
    return " ".join(word.upper() if word.isascii() else word.replace("ة", "ه") for word in text.split(" "))


def test_functions_are_aligned_by_the_words_that_they_leave() -> None:
    pipe = Pipeline((registry.each(shouted), Araby(("strip_tashkeel",)), Transliterate("buckwalter")))
    found = pipe.align("مَدرسة big كبيرة")
    assert found.after == "mdrsh BIG kbyrh"
    start, end = found.to_output(0, 6)
    assert found.after[start:end] == "mdrsh"
    assert found.after[slice(*found.to_output(7, 10))] == "BIG"


@given(column=columns(documents))
def test_functions_of_which_nothing_is_known_are_aligned_soundly(column: pa.Array) -> None:
    for function in (shouted, lambda text: text[::-1], lambda text: text.replace("ا", "").replace("ب", "باء")):
        after = pa.array([None if text is None else function(text) for text in column.to_pylist()], column.type)

        class Made:
            def __init__(self, made: pa.Array) -> None:
                self.made = made

            def text(self, texts: pa.Array) -> pa.Array:
                return self.made

        made, found = trace((Made(after),), column)
        assert made.to_pylist() == after.to_pylist()
        twins.demand_sound(column, after, found)


def test_labels_of_a_whole_column_are_carried_at_once() -> None:
    column = pa.array(["زار  أحمـــد دمشق", None, "ﷺ"])
    found = PIPES["light"].align_many(column)
    ends = found.to_output(pa.array([[5, 13], [], [0]]), pa.array([[12, 17], [], [1]]))
    assert ends.to_pylist() == [{"start": [4, 9], "end": [8, 13]}, {"start": [], "end": []}, {"start": [0], "end": [18]}]
    back = found.to_input(ends["start"], ends["end"])
    assert back.to_pylist()[0] == {"start": [5, 13], "end": [12, 17]}


def test_a_span_outside_of_its_text_is_an_error_that_names_it() -> None:
    found = PIPES["light"].align("أهلا")
    for start, end in ((-1, 2), (2, 1), (0, 5)):
        with pytest.raises(AlignmentError, match=f"{start}:{end}"):
            found.to_output(start, end)
    with pytest.raises(UnknownName, match="char"):
        found.to_output(0, 1, "chars")  # type: ignore[arg-type]
    with pytest.raises(AlignmentError, match="alike"):
        found.column.to_output([[1], [2]], [[1], [2]])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("a &amp; b; &foo; & c", [("&amp;", "&")], id="one"),
        pytest.param("&quot;نعم&quot;", [("&quot;", '"'), ("&quot;", '"')], id="beside letters"),
        pytest.param("&amp;#38;quot;", [("&amp;#38;quot;", '"')], id="one out of another"),
    ],
)
def test_a_reference_is_aligned_with_what_it_stands_for(text: str, expected: list[tuple[str, str]]) -> None:
    rule = rules.get("decode_references")
    assert isinstance(rule, ContextRule)
    assert stretches(Pipeline((Characters((rule,)),)), text) == expected


@given(column=columns(documents), data=st.data())
def test_passes_entered_row_by_row_are_those_of_whole_columns(column: pa.Array, data: st.DataObject) -> None:
    chosen: tuple[Any, ...] = tuple(data.draw(st.lists(st.sampled_from([*CONTEXT, *PATTERNS]), min_size=1, max_size=4)))
    after, found = trace((Characters(chosen),), column)
    here, whole = from_zero(column), Replacements.none(len(column))
    texts = column
    for rule in chosen:
        texts, one = trace((Characters((rule,)),), texts)
        there = from_zero(texts)
        whole = whole.then(one, (from_zero(column).bounds, here.bounds, there.bounds))
        here = there
    whole = whole.changing(from_zero(column).data, here.data)
    assert after.to_pylist() == texts.to_pylist()
    assert found.first.tolist() == whole.first.tolist()
    assert found.spans.tolist() == whole.spans.tolist()


def test_a_pass_that_touches_more_is_named_with_its_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("arclean.alignment.trace.touch_of", lambda operation: Touch("x"))
    with pytest.raises(AlignmentError, match="rule 'strip_tatweel', among the rows that it was given: row 0"):
        trace((Characters((STRIP_TATWEEL,)),), pa.array(["ما", "جمـــيل"]))
