"""Parts of a text in another language: what is quoted stays, what is not is cut or told; each pass is held to plain Python."""

from __future__ import annotations

import pickle
import re
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from strategies import columns
from test_language import SENTENCES
from twins import members

import arclean
from arclean.columns import view
from arclean.errors import ColumnError, PipelineError, UnknownName
from arclean.language.identify import identify
from arclean.language.stretches import find, kernels
from arclean.language.stretches.steps import ForeignLines, ForeignSentences, ForeignSpans
from arclean.rules import classes, quotations, signs

pytestmark = pytest.mark.kernels

ARABIC: Final = members(classes.LETTERS) | members(classes.FORM_LETTERS)
FOREIGN: Final = members(classes.OTHER_LETTERS)
SPACES: Final = members(classes.SPACES) - {"\n"}
ENDS, OPENERS, CLOSERS = set(signs.SENTENCE_ENDS), set(quotations.OPENERS), set(quotations.CLOSERS)
BOTH, COLONS = set(quotations.BOTH), set(quotations.COLONS)

AR, FA, EN = SENTENCES["ar"], SENTENCES["fa"], SENTENCES["und-Latn"]
ENGLISH: Final = EN[0]
PERSIAN: Final = FA[0]


def cut(text: str, **options: Any) -> str:
    return arclean.Pipeline((ForeignSentences(**options),)).clean(text)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="nothing"),
        pytest.param(f"{AR[0]} {AR[1]}", id="all-is-arabic"),
        pytest.param(f"كتب إليها: {ENGLISH} ثم طوى الرسالة.", id="behind-a-colon"),
        pytest.param(f"كتب إليها:\n\n{ENGLISH}\nثم طوى الرسالة.", id="below-a-colon"),
        pytest.param(f"بدأ كتابه هكذا. «{ENGLISH}» ثم عاد إلى لغته.", id="in-quotation-marks"),
        pytest.param(f'بدأ كتابه هكذا. "{PERSIAN}" ثم عاد إلى لغته.', id="persian-in-quotation-marks"),
        pytest.param(f"انتهت الرحلة مساء. ({ENGLISH}) ثم عادوا.", id="in-brackets"),
        pytest.param(f"قرأ على الجدار {ENGLISH[:-1]} فوقف يفكر.", id="amid-a-sentence"),
        pytest.param("زار الفريق المتحف. Welcome to the museum. ثم خرج.", id="too-short-to-tell"),
        pytest.param(f"{AR[0]}\nconst book = document.getElementById('arabic-library-catalogue');\n{AR[1]}", id="a-program"),
        pytest.param(f"{AR[0]} دیروز. {AR[1]}", id="one-persian-word"),
        pytest.param("طبع الكتاب سنة 1999. 2001 2002 2003 2004 2005 2006 2007 2008 2009 2010. ثم نفد.", id="numbers"),
        pytest.param("ذهبت إلى البيت. ورأيت کتابا جدیدا فی المکتبة الکبیرة علی الطاولة. ثم عدت.", id="arabic-of-a-persian-keyboard"),
    ],
)
def test_what_is_arabic_or_quoted_stays(text: str) -> None:
    assert cut(text) == text


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (f"{AR[0]} {ENGLISH} {AR[1]}", f"{AR[0]} {AR[1]}"),
        (f"{AR[0]} {PERSIAN} {AR[1]}", f"{AR[0]} {AR[1]}"),
        (f"{AR[0]} {SENTENCES['ur'][0]}", AR[0]),
        (f"{SENTENCES['ps'][0]} {AR[0]}", AR[0]),
        (f"{AR[0]}\n\n{ENGLISH}\n\n{AR[1]}", f"{AR[0]}\n\n{AR[1]}"),
        (f"{AR[0]}\n{ENGLISH}\n{AR[1]}", f"{AR[0]}\n{AR[1]}"),
        (f"{ENGLISH}\n\n{AR[1]}", AR[1]),
        (f"{AR[0]}\n\n{ENGLISH} {EN[1]}\n", AR[0]),
        (f"{AR[0]} {EN[0]} Dr. {EN[1]} {AR[1]}", f"{AR[0]} {AR[1]}"),
        (f"{AR[0]} Keywords: {EN[0]}", AR[0]),
        (ENGLISH, ""),
    ],
)
def test_sentences_in_another_language_are_cut(text: str, left: str) -> None:
    assert cut(text) == left
    assert cut(left) == left


def test_quotations_go_when_they_are_asked_to() -> None:
    text = f"بدأ كتابه هكذا. «{ENGLISH}» ثم عاد إلى لغته.\nكتب إليها:\n{ENGLISH}"
    assert cut(text, quotations=True) == "بدأ كتابه هكذا. ثم عاد إلى لغته.\nكتب إليها:"
    lines = arclean.Pipeline((ForeignLines(quotations=True),))
    assert lines.clean(text) == text.rpartition("\n")[0]


@pytest.mark.parametrize("quoted", [f"كتب إليها:\n{ENGLISH}", f"بدأ كتابه هكذا.\n«{ENGLISH}»", f"{AR[0]}\n({ENGLISH})"])
def test_lines_that_the_text_quotes_stay(quoted: str) -> None:
    assert arclean.Pipeline((ForeignLines(),)).clean(f"{quoted}\n{AR[1]}") == f"{quoted}\n{AR[1]}"


def test_what_introduces_itself_is_no_quotation() -> None:
    page = f"{AR[0]}\nThe committee published the following findings of its long study:\n{ENGLISH}"
    assert arclean.Pipeline((ForeignLines(),)).clean(page) == AR[0]
    assert cut(page) == AR[0]


def test_what_was_cut_is_accounted_for() -> None:
    page = f"{AR[0]} {ENGLISH} {AR[1]}\n\n{PERSIAN} {AR[2]}"
    done = arclean.Pipeline((ForeignSentences(),)).apply(pa.record_batch({"text": [AR[0], None, page]}))
    assert done.tally.rules == {"foreign_sentence": 2}
    assert [(one["row"], one["line"], one["category"], one["text"]) for one in done.removed.to_pylist()] == [
        (2, 1, "foreign", ENGLISH),
        (2, 3, "foreign", PERSIAN),
    ]


def test_spans_are_told_in_characters_and_nothing_is_cut() -> None:
    page = f"{AR[0]} {PERSIAN} {AR[1]}\nقال: «{ENGLISH}»"
    batch = ForeignSpans().batch(pa.record_batch({"text": [AR[0], None, page, ""]}))
    spans = batch["foreign_spans"].to_pylist()
    assert spans[0] == spans[1] == spans[3] == []
    told = [(one["language"], page[one["start"] : one["end"]], one["quoted"]) for one in spans[2]]
    assert told == [("fa", PERSIAN, False), ("und-Latn", f"«{ENGLISH}»", True)]
    letters = [identify(pa.array([text])).letters[0] for text in (PERSIAN, ENGLISH, page)]
    assert batch["foreign_share"].to_pylist() == pytest.approx([0, 0, (letters[0] + letters[1]) / letters[2], 0])
    lines = ForeignSpans(unit="line").batch(pa.record_batch({"text": [f"{AR[0]}\n{PERSIAN}"]}))["foreign_spans"][0].as_py()
    assert [one["language"] for one in lines] == ["fa"]


PIECES: Final = (*(line for name in ("ar", "fa", "und-Latn") for line in SENTENCES[name][:3]), "كتب", "Welcome to", "«", "»", '"', "(", ")")
pages: Final = st.lists(st.sampled_from(PIECES) | st.sampled_from([" ", " ", "\n", "\n\n", ":", ".", "\t", " ? ", "…"]), max_size=14).map(
    "".join
)
MIXED: Final = st.text(st.sampled_from('ابتabc.؟…:«»"() \t\n\u00a0é1ﻻ'), max_size=40)


def sentences(text: str, whole: bool) -> list[tuple[int, str, bool]]:
    """The twin: line, sentence, whether a colon stands before it."""
    said, found = False, []
    for number, line in enumerate(text.split("\n"), 1):
        for one in [line] if whole else _parted(line):
            sentence = one.strip("".join(SPACES))
            if sentence:
                found.append((number, sentence, said))
                said = sentence[-1] in COLONS
    return found


def _parted(line: str) -> list[str]:
    parts = [""]
    for char in line:
        tail = parts[-1].rstrip("".join(CLOSERS | BOTH))
        colon = parts[-1][-1:] in COLONS
        ended = tail[-1:] in ENDS
        if (char in SPACES and (ended or colon)) or (char in OPENERS | BOTH and colon):
            parts.append("")
        parts[-1] += char
    return parts


@given(columns(pages | MIXED), st.booleans())
@example(pa.array(["a:«b»", "a.) b", 'ا." ب', ":\n\nب"]), False)
def test_sentences_are_those_of_plain_python(column: pa.Array, whole: bool) -> None:
    strings = view(column)
    row, line, begin, end, said, _ = find._pieces(strings, whole, 1 << 20)
    found = [
        (int(r), int(n), bytes(strings.data[a:b]).decode(), bool(s)) for r, n, a, b, s in zip(row, line, begin, end, said, strict=True)
    ]
    texts = enumerate(text or "" for text in column.to_pylist())
    assert found == [(r, *one) for r, text in texts for one in sentences(text, whole)]


def by_script(text: str, longest: int) -> list[str]:
    """The twin: runs of another script of so many letters, and what is left between them."""
    letters = [(i, char in ARABIC) for i, char in enumerate(text) if char in ARABIC or char in FOREIGN]
    groups: list[tuple[bool, list[int]]] = []
    for i, arabic in letters:
        if not groups or groups[-1][0] != arabic:
            groups.append((arabic, []))
        groups[-1][1].append(i)
    return [text[some[0] : some[-1] + 1] for arabic, some in groups if not arabic and len(some) >= longest]


@given(MIXED, st.integers(1, 4))
def test_long_runs_of_another_script_are_pieces_of_their_own(text: str, longest: int) -> None:
    strings = view(pa.array([text]))
    _, _, begin, end, _, within = find._pieces(strings, False, longest)
    found = [bytes(strings.data[a:b]).decode() for a, b in zip(begin, end, strict=True)]
    assert all(a <= b for a, b in zip(end[:-1], begin[1:], strict=True))
    assert all(one and one.strip() == one for one in found)
    expected = [run for _, one, _ in sentences(text, False) for run in by_script(one, longest)]
    mine = [one for one in found if sum(char in FOREIGN for char in one) >= longest and by_script(one, longest)]
    assert len(mine) == len(expected)
    for one, run in zip(mine, expected, strict=True):
        assert run in one
        assert not set(one) & ARABIC
    whole = [one for _, one, _ in sentences(text, False)]
    assert all(one in whole for one, inside in zip(found, within, strict=True) if not inside)


def outside(text: str, begin: int, end: int) -> int:
    start = text.rfind("\n", 0, begin) + 1
    depth = toggled = count = 0
    for i in range(start, end):
        char = text[i]
        if char == "\n":
            depth = toggled = 0
        depth = max(depth + (char in OPENERS) - (char in CLOSERS), 0)
        toggled ^= char in BOTH
        count += i >= begin and depth + toggled == 0 and char in ARABIC | FOREIGN
    return count


@given(MIXED, st.lists(st.integers(0, 40), max_size=8))
def test_letters_outside_of_quotations_are_those_of_plain_python(text: str, cuts: list[int]) -> None:
    places = sorted({min(place, len(text)) for place in cuts})
    spans = list(zip(places[::2], places[1::2], strict=False))
    begin, end = (np.array([len(text[: span[side]].encode()) for span in spans], np.int64) for side in (0, 1))
    strings, letters = view(pa.array([text])), np.zeros(len(spans), np.int64)
    kernels.outside(strings.bounds, strings.data, find._kinds(), np.zeros(len(spans), np.int64), begin, end, letters)
    assert letters.tolist() == [outside(text, *span) for span in spans]


def taken(text: str, spans: list[tuple[int, int]]) -> str:
    """The twin: the text without spans, none of which holds a line feed."""
    at, lines, was_cut = 0, [], []
    for line in text.split("\n"):
        stop = at + len(line)
        mine = [(a - at, b - at) for a, b in spans if at <= a and b <= stop]
        left, p = "", 0
        for a, b in mine:
            left += line[p:a]
            p = b + len(line[b:]) - len(line[b:].lstrip(" \t"))
        left += line[p:]
        lines.append(left.rstrip(" \t") if mine and left.strip(" \t") else left)
        was_cut.append(bool(mine) and not left.strip(" \t"))
        at = stop + 1
    if not any(was_cut):
        return "\n".join(lines)
    return _closed_up(lines, was_cut)


def _closed_up(lines: list[str], was_cut: list[bool]) -> str:
    """Without the lines of which nothing is left; where one went, blank lines close up to one, or to none at the ends."""
    out, between, any_cut, begun = "", list[str](), False, False
    for line, gone in zip(lines, was_cut, strict=True):
        if gone or not line.strip(" \t"):
            any_cut |= gone
            between += [] if gone else [line]
            continue
        if any_cut:
            out += ("\n\n" if between else "\n") if begun else ""
        else:
            out += "".join(f"{blank}\n" for blank in between) if not begun else "".join(f"\n{blank}" for blank in between) + "\n"
        out += line
        between, any_cut, begun = [], False, True
    return out if any_cut else out + "".join(f"\n{blank}" for blank in between)


BLANKS: Final = st.text(st.sampled_from("ab \t\n"), max_size=30)


@given(st.lists(BLANKS, min_size=1, max_size=3), st.data())
def test_what_is_taken_is_what_plain_python_takes(texts: list[str], data: st.DataObject) -> None:
    rows, begin, end, expected, base = [], [], [], [], 0
    for row, text in enumerate(texts):
        words = [match.span() for match in re.finditer(r"[ab](?:[ \t]?[ab])*", text)]
        spans = [span for span in words if data.draw(st.booleans())]
        expected.append(taken(text, spans))
        rows += [row] * len(spans)
        begin += [base + a for a, _ in spans]
        end += [base + b for _, b in spans]
        base += len(text)
    strings, gone = view(pa.array(texts)), np.zeros(base, np.bool_)
    row_of, first, last = (np.array(some, np.int64) for some in (rows, begin, end))
    kernels.take(strings.bounds, strings.data, row_of, first, last, gone)
    kept = [bytes(strings.data[a:b][~gone[a:b]]).decode() for a, b in zip(strings.bounds[:-1], strings.bounds[1:], strict=True)]
    assert kept == expected


@given(columns(pages))
def test_cut_told_and_aligned_are_the_same_stretches(column: pa.Array) -> None:
    options: Any = {"letters": 10, "least": 0.5}
    edit = ForeignSentences(**options).edit(column)
    gone = [] if edit.removed is None else [(one["row"], one["text"]) for one in edit.removed.to_pylist()]
    batch = ForeignSpans(**options).batch(pa.RecordBatch.from_arrays([column], ["text"]))
    texts = column.to_pylist()
    told = [
        (row, texts[row][one["start"] : one["end"]])
        for row, spans in enumerate(batch["foreign_spans"].to_pylist())
        for one in spans
        if not one["quoted"]
    ]
    assert told == gone
    pipe = arclean.Pipeline((ForeignSentences(**options),))
    for text, left in zip(texts, edit.texts.to_pylist(), strict=True):
        assert (text is None) == (left is None)
        if text is not None:
            found = pipe.align(text)
            assert found.after == left == pipe.clean(text)
            assert "".join(one.after for one in found.replaced) == ""
            assert not any(one.coarse for one in found.replaced)


def test_a_pipeline_with_them_is_written_and_read() -> None:
    pipe = arclean.Pipeline((ForeignSentences(quotations=True), ForeignLines(letters=20), ForeignSpans(("ar",), unit="line")))
    assert arclean.Pipeline.from_dict(pipe.to_dict()) == pipe
    assert pickle.loads(pickle.dumps(pipe)) == pipe
    assert arclean.Pipeline.from_dict({"steps": [{"foreign_sentences": {"keep": "ar"}}]}).parts[0] == ForeignSentences(("ar",))


@pytest.mark.parametrize(
    ("make", "error", "said"),
    [
        (lambda: ForeignSentences(("ar", "xx")), UnknownName, "step 'foreign_sentences': unknown language 'xx'"),
        (lambda: ForeignSpans(unit="lines"), UnknownName, "unknown unit 'lines'. Did you mean 'line'"),
        (lambda: ForeignSentences(letters=0), PipelineError, "step 'foreign_sentences': letters is 0"),
        (
            lambda: ForeignSpans().batch(pa.record_batch({"text": ["a"], "foreign_share": [1]})),
            ColumnError,
            "writes the column 'foreign_share', which is there",
        ),
    ],
)
def test_wrong_options_are_named(make: Any, error: type[Exception], said: str) -> None:
    with pytest.raises(error, match=re.escape(said)):
        make()
