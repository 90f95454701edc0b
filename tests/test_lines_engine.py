"""Lines: the engine that matches on the skeleton and cuts in the original, against plain Python that looks at one line at a time."""

from __future__ import annotations

from dataclasses import astuple
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest
import twins
from hypothesis import example, given
from hypothesis import strategies as st
from strategies import FURNITURE, LONG, columns, layout, lines, pages, texts

from arclean.boilerplate.lines import Lines, Page
from arclean.boilerplate.matcher import matcher
from arclean.columns import view
from arclean.errors import RuleError
from arclean.rule import EVIDENCE, LineRule
from arclean.rules import resolve
from arclean.rules.samples import MORE, PROSE
from arclean.steps import REMOVED_SCHEMA

pytestmark = pytest.mark.kernels

OF_PAGES: Final = ("outside_main", "page_label")
CATALOGUE: Final = tuple(rule for rule in resolve("all_lines") if isinstance(rule, LineRule))
EMPTY: Final = pa.array([], pa.string())


def line_rule(name: str = "made_up", **options: Any) -> LineRule:
    return LineRule(name, "Made up.", "ad", ("x",), ("y",), **options)


HEADER: Final = line_rule("header", pattern="^عنوان$", takes=2)
WORD: Final = line_rule("word", pattern="كلمه")


def agrees(rules: tuple[LineRule, ...], column: pa.Array, longest: int = 320) -> None:
    values = column.to_pylist()
    wanted = [("", []) if value is None else twins.cut_lines(rules, value, longest) for value in values]
    done = Lines(rules, longest).edit(column)
    done.texts.validate(full=True)
    assert done.texts.type == column.type
    assert done.texts.to_pylist() == [None if value is None else text for value, (text, _) in zip(values, wanted, strict=True)]
    assert done.removed is not None
    assert done.removed.schema == REMOVED_SCHEMA
    gone = [(row, *astuple(one)) for row, (_, some) in enumerate(wanted) for one in some]
    assert [tuple(line.values()) for line in done.removed.to_pylist()] == gone
    assert dict(done.hits) == {rule: sum(one[2] == rule for one in gone) for rule in {one[2] for one in gone}}
    assert (done.texts is column) == (not gone)


@pytest.mark.parametrize(
    "values",
    [
        pytest.param([], id="no-rows"),
        pytest.param([None, None], id="nothing-but-nulls"),
        pytest.param(["", "\n", " \n\t"], id="nothing-but-blanks"),
        pytest.param([PROSE, f"{PROSE}\n\n\n{MORE}\n"], id="prose"),
        pytest.param(["الجسر", "x"], id="one-line"),
        pytest.param(["اقرأ أيضا " + LONG], id="furniture-too-long-to-be-any"),
    ],
)
@pytest.mark.parametrize("kind", [pa.string(), pa.large_string()], ids=str)
def test_a_column_without_furniture_comes_back_as_the_same_object(values: list[str | None], kind: pa.DataType) -> None:
    column = pa.array(values, kind)
    done = Lines(CATALOGUE).edit(column)
    assert done.texts is column
    assert done.removed is not None
    assert (done.hits, len(done.removed)) == ({}, 0)


def test_no_rules_cut_nothing() -> None:
    column = pa.array(["كلمة\nكلمة"])
    assert Lines(()).text(column) is column


@given(columns(pages(), most=5))
def test_the_whole_catalogue_on_pages_of_furniture(column: pa.Array) -> None:
    agrees(CATALOGUE, column)


@given(columns(texts | pages(), most=5))
def test_the_whole_catalogue_on_any_text(column: pa.Array) -> None:
    agrees(CATALOGUE, column)


@pytest.mark.parametrize("first", range(0, len(FURNITURE), 100))
def test_every_line_of_the_examples_beside_every_kind_of_neighbour(first: int) -> None:
    some = FURNITURE[first : first + 100]
    everywhere = [f"{line}\n\n{line}\n{PROSE}\n{line}\n{MORE}\n{line}" for line in some]
    agrees(CATALOGUE, pa.array([*some, *everywhere]))


REPEATS: Final = ("title_again", "line_again", "announced")
PATTERNS: Final = (
    "",
    "كلمه",
    "^كلمه",
    "كلمه$",
    "^كلمه$",
    "^عنوان",
    "^(?:عنوان|كلمه) ?[0-9]*$",
    "[0-9]",
    r"^\p{L}+$",
    "^$",
    "^(?:ا|a)b?",
    "^[(] ?كلمه",
)
SMALL: Final = (
    *(
        "سطر جديد",
        "سطرٌ جديدٌ",
        "سطر 12 ج د ي",
        "سطر 12 ج د ي ب",
        "- كلمة",
        "* سطر جديد",
        "عنوان | كلمة",
        "1" * 27 + " سطر جديد",
        "1" * 23 + " سطر جديد",
    ),
    *("كلمة", "كلِمــة", "• كلمة", "عنوان", "كلمة ٣", "كلمة 3", "عنوان كلمة", "(كلمة)", "a", "AB", "***", "3", "كلمة  كلمة", "سطر."),
    *(PROSE, MORE, LONG, f"كلمة {PROSE}", "x" * 320, "x" * 321, "ا" * 140, "ا" * 141, "ا" * 79 + ".", "ا" * 80 + ".", "ا" * 80 + "…"),
    *("", "", " ", "- كلمة", "* سطر جديد", "عنوان | كلمة"),
)


@st.composite
def line_rules(draw: Any) -> tuple[LineRule, ...]:
    """Rules of every shape: evidence, bounds of words, repeats, headers that take lines along."""
    rules = []
    for i in range(draw(st.integers(1, 4))):
        when = draw(
            st.lists(
                st.sampled_from([name for name in EVIDENCE if name not in {*REPEATS, *OF_PAGES}]),
                max_size=2,
                unique=True,
            )
        )
        when += draw(st.sampled_from([[], [], ["title_again"], ["line_again"], ["announced"]]))
        pattern = draw(st.sampled_from(PATTERNS if when else PATTERNS[1:]))
        words = {"least_words": draw(st.integers(0, 2)), "most_words": draw(st.sampled_from([1, 2, 40]))}
        rules.append(line_rule(f"rule_{i}", pattern=pattern, when=tuple(when), takes=draw(st.sampled_from([0, 0, 1, 3])), **words))
    return tuple(rules)


small_pages: Final = pages(st.sampled_from(SMALL), most=20)


@given(line_rules(), columns(small_pages, most=3), st.sampled_from([320, 320, 20, 4000]))
@example((line_rule("again", when=("line_again",)),), pa.array(["سطر جديد\nكلمة\nسطر جديد\nسطر جديد\n\nسطر جديد", "سطر\nسطر"]), 320)
@example((line_rule("title", when=("title_again",)),), pa.array(["سطر جديد\n" + "\n".join("123456789") + "\nسطر جديد"]), 320)
@example((line_rule("title", when=("title_again",)),), pa.array(["سطر جديد\n" + "\n".join("1234567") + "\nسطر جديد\nسطر جديد"]), 320)
@example((HEADER,), pa.array(["عنوان\n\n1\n\n2\n3", f"عنوان\n{PROSE}\n1", "عنوان\n1\nعنوان\n1\n2\n3"]), 320)
def test_rules_of_every_shape_on_small_pages(rules: tuple[LineRule, ...], column: pa.Array, longest: int) -> None:
    agrees(rules, column, longest)


HEADS: Final = ("أعمال الحفر", "بناء الجسر", "افتتاح الجسر", "صيانة الجسر")


@given(
    st.lists(st.sampled_from([*HEADS, *HEADS, "- أعمال الحفر", "بناء الجسر.", PROSE, "كلمة", ""]), max_size=24),
    st.permutations(HEADS),
    st.lists(st.sampled_from([PROSE, MORE, "كلمة", "", "بناء الجسر"]), min_size=4, max_size=4),
)
@example([], HEADS, [PROSE, "كلمة", MORE, ""])
@example([], HEADS, ["", "كلمة", MORE, ""])
@example([], HEADS, ["كلمة", "كلمة", "كلمة", PROSE])
def test_tables_of_contents_with_headings_in_any_order(around: list[str], heads: tuple[str, ...], under: list[str]) -> None:
    rules = (line_rule("contents", pattern="[^.]$", when=("announced",)), line_rule("again", when=("line_again",)))
    parts = [line for pair in zip(heads, under, strict=True) for line in pair]
    agrees(rules, pa.array(["\n".join([*HEADS[:3], *parts, *around]), "\n".join([*around, *HEADS, *parts]), "\n".join(around)]))


ENDS: Final = (".", "..", "…", "؟", "!»", ")", ".)", "...»", ":", "؛", "،", ".\u201d'")


def sized(size: int, end: str = "") -> str:
    """A line of so many bytes."""
    body = size - len(end.encode())
    return "ا" * (body // 2) + "x" * (body % 2) + end


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param([sized(size, ".") for size in range(157, 164)], id="prose-from-160-bytes-if-it-ends-a-sentence"),
        pytest.param([sized(size, "…") for size in range(476, 484)], id="prose-from-480-bytes-anyhow"),
        pytest.param(["ا" * size for size in range(138, 143)], id="short-to-140-characters"),
        pytest.param([sized(size) for size in range(317, 324)], id="looked-at-to-320-bytes"),
        pytest.param([sized(200, end) for end in ENDS], id="ends-of-sentences"),
        pytest.param([" ".join("ابتثجحخد"[:count]) for count in range(9)], id="numbers-of-words"),
    ],
)
def test_every_gate_at_its_edge(lines: list[str]) -> None:
    rules = [line_rule(f"{name}_alone", when=(name,), most_words=5) for name in ("short", "open_ended", "outside_body", "amid_prose")]
    rules += [line_rule(f"{name}_and_word", pattern="ا", when=(name,), least_words=2) for name in ("short", "open_ended", "amid_prose")]
    texts = [f"{line}\nكلمة" for line in lines] + [f"كلمة\n{line}\n{PROSE}\n{line}\nسطر" for line in lines]
    for rule in (*rules, HEADER, WORD):
        agrees((rule,), pa.array(texts))


@pytest.mark.parametrize("between", range(6, 10))
def test_a_title_is_looked_for_eight_lines_down(between: int) -> None:
    title = line_rule("title", when=("title_again",))
    agrees((title,), pa.array(["\n".join(["سطر جديد", *map(str, range(between)), "سطر جديد"])]))


@given(line_rules(), st.lists(small_pages, min_size=1, max_size=6))
def test_documents_do_not_know_of_one_another(rules: tuple[LineRule, ...], values: list[str]) -> None:
    cleaner = Lines(rules)
    assert cleaner.text(pa.array(values)).to_pylist() == [cleaner.text(pa.array([value]))[0].as_py() for value in values]


@given(columns(pages(), most=5), st.integers(0, 5))
def test_a_slice_is_cut_like_the_rows_it_holds(column: pa.Array, at: int) -> None:
    cleaner = Lines(CATALOGUE)
    assert cleaner.text(column)[at:].to_pylist() == cleaner.text(column[at:]).to_pylist()


@given(pages())
def test_what_stays_is_lines_of_the_text_in_their_order_and_what_went_is_the_rest(page: str) -> None:
    given_lines = page.split("\n")
    done = Lines(CATALOGUE).edit(pa.array([page]))
    assert done.removed is not None
    gone = {line["line"]: line["text"] for line in done.removed.to_pylist()}
    assert all(given_lines[number - 1].strip(" \t") == text for number, text in gone.items())
    stays = [line for number, line in enumerate(given_lines, 1) if number not in gone and line.strip(" \t")]
    assert [line for line in done.texts[0].as_py().split("\n") if line.strip(" \t")] == stays


def test_tables_of_contents_one_under_the_other_go_at_once() -> None:
    asked = "كم طول الجسر؟", "كم عرض الجسر؟", "من بنى الجسر؟"
    answers = "\n".join(f"{question}\n{PROSE}" for question in asked)
    page = "\n".join([*asked, ".", *asked, ".", answers])
    column = pa.array([page])
    agrees(CATALOGUE, column)
    once = Lines(CATALOGUE).text(column)
    assert once.to_pylist() == [f".\n.\n{answers}"]
    assert Lines(CATALOGUE).text(once) is once


@given(pages())
def test_twice_is_once(page: str) -> None:
    once = Lines(CATALOGUE).text(pa.array([page]))
    assert Lines(CATALOGUE).text(once) is once


def test_prose_that_goes_lets_the_lines_around_it_be_looked_at_again() -> None:
    rules = (
        line_rule("paragraph", pattern="^كلمه ", most_words=40),
        line_rule("heading", pattern="^عنوان$", when=("outside_body", "amid_prose")),
    )
    text = f"كلمة {PROSE}\n\nعنوان\n{MORE}\nعنوان\nسطر\nكلمة {MORE}\n"
    done = Lines(rules, 400).edit(pa.array(["سطر", text]))
    assert done.texts.to_pylist() == ["سطر", f"{MORE}\nسطر"]
    assert done.removed is not None
    assert [(line["row"], line["line"], line["rule"]) for line in done.removed.to_pylist()] == [
        (1, 1, "paragraph"),
        (1, 3, "heading"),
        (1, 5, "heading"),
        (1, 7, "paragraph"),
    ]


def test_blank_lines_close_up_where_lines_went_and_stay_elsewhere() -> None:
    text = "سطر\n\n\nسطر\n\n\nكلمة\n\n\n سطر \n"
    assert Lines((WORD,)).text(pa.array([text])).to_pylist() == ["سطر\n\n\nسطر\n\n سطر "]


@pytest.mark.parametrize("text", ["كلمة", " كلمة\t", "\nكلمة\n\n", "كلمة\nكلمة"], ids=repr)
def test_a_text_of_nothing_but_furniture_becomes_empty(text: str) -> None:
    assert Lines((WORD,)).text(pa.array([text])).to_pylist() == [""]


def test_bytes_behind_a_null_are_not_lines() -> None:
    column = layout(["كلمة", None, "سطر"], pa.string(), 1, 1, "كلمة\nكلمة".encode())
    done = Lines((WORD,)).edit(column)
    assert done.texts.to_pylist() == ["", None, "سطر"]
    assert done.hits == {"word": 1}


@pytest.mark.parametrize(
    ("when", "message"),
    [
        pytest.param({"pattern": "^أخبار"}, "holds 'أ', which no skeleton has; write 'ا'", id="alef-with-hamza"),
        pytest.param({"pattern": "كلمة"}, "holds 'ة', which no skeleton has; write 'ه'", id="teh-marbuta"),
        pytest.param({"pattern": "^[•*]*كلمه"}, "begins with a class of signs", id="any-bullets"),
        pytest.param({"when": ("title_again", "line_again")}, "both title_again and line_again", id="both-repeats"),
        pytest.param({"pattern": "شاركـ"}, "holds 'ـ', which no skeleton has", id="tatweel"),
        pytest.param({"pattern": "٣"}, "holds '٣', which no skeleton has; write '3'", id="digits"),
    ],
)
def test_a_rule_that_can_never_drop_a_line_is_refused(when: dict[str, Any], message: str) -> None:
    with pytest.raises(RuleError, match=message):
        Lines((line_rule(**when),)).text(pa.array(["x"]))


@given(columns(lines | texts))
def test_skeletons_are_those_of_plain_python(column: pa.Array) -> None:
    page = Page.of(view(column), 320)
    cores = [line.strip(" \t") for value in column.to_pylist() for line in (value or "").split("\n")]
    assert [bytes(page.strings.data[a:b]).decode() for a, b in zip(page.begin, page.end, strict=True)] == cores
    shapes = matcher(CATALOGUE[:1]).shapes(page.strings.data, page.begin, page.end, np.ones(len(page.begin), np.bool_))
    assert shapes.texts.to_pylist() == [twins.skeleton(core) for core in cores]
    assert shapes.words.tolist() == [len(twins.skeleton(core).split(" ")) if twins.skeleton(core) else 0 for core in cores]
    hashes = dict(zip(shapes.texts.to_pylist(), shapes.hashes.tolist(), strict=True))
    assert len(set(hashes.values())) == len(hashes)


def test_the_twin_reads_patterns_as_re2_does() -> None:
    shapes = [twins.skeleton(line.strip()) for line in FURNITURE]
    for rule in CATALOGUE:
        if rule.pattern:
            assert pc.match_substring_regex(pa.array(shapes), rule.pattern).to_pylist() == [
                twins.matches(rule.pattern, one) for one in shapes
            ]
