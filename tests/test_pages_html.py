"""Pages as HTML: the text is found, in order, with its lines; what goes is accounted for; and quality cannot fall unseen."""

from __future__ import annotations

import pickle
import re
from typing import Any

import gold_pages
import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

import arclean
from arclean.boilerplate.html.page import Html
from arclean.errors import UnknownName
from arclean.rules import tags
from arclean.rules.elements import RULES

PIPE = arclean.load("crawl")
ALL = Html(RULES)
SAID = "فتحت المكتبة أبوابها صباح السبت بعد ترميم طال سنتين، وقال أمينها إن الكتب عادت إلى رفوفها كما كانت."
PAGES = {page.name: page for page in gold_pages.pages()}


def text(html: str, part: Html = ALL) -> str:
    return str(part.text(pa.array([html]))[0].as_py())


@pytest.mark.parametrize("name", [name for name, page in PAGES.items() if page.empty])
def test_a_page_without_a_text_of_its_own_becomes_an_empty_text(name: str) -> None:
    assert PIPE.clean(PAGES[name].html) == ""


@pytest.mark.parametrize("name", [name for name, page in PAGES.items() if not page.empty])
def test_nothing_of_a_text_is_lost_and_it_stands_in_order(name: str) -> None:
    page = PAGES[name]
    kept = " ".join(PIPE.clean(page.html).split())
    at = 0
    for piece in page.keep:
        found = kept.find(" ".join(piece.split()), at)
        assert found >= 0, (piece, kept[at : at + 200])
        at = found


def test_a_floor_under_the_quality_on_pages_of_many_kinds() -> None:
    scores = {page.name: gold_pages.f1(page, PIPE.clean(page.html)) for page in PAGES.values() if not page.empty}
    assert sum(scores.values()) / len(scores) >= 0.985, scores
    assert min(scores.values()) >= 0.88, scores


def test_every_line_of_a_page_stays_or_has_a_rule_and_a_number() -> None:
    column = pa.array([page.html for page in PAGES.values()])
    every = Html(()).text(column).to_pylist()
    done = ALL.edit(column)
    assert done.removed is not None
    gone = done.removed.to_pylist()
    assert sum(done.hits.values()) == len(gone)
    for row, (whole, kept) in enumerate(zip(every, done.texts.to_pylist(), strict=True)):
        lost = {line["line"]: line["text"] for line in gone if line["row"] == row}
        lines = [line for line in kept.split("\n") if line]
        assert len([line for line in whole.split("\n") if line]) <= len(lines) + len(lost)
        assert max(lost, default=0) <= len(lines) + len(lost)


LINES = {
    "<p>أول</p><p>ثان</p>": "أول\nثان",
    "<h2>عنوان</h2>نص<br>سطر": "عنوان\nنص\nسطر",
    "<ul><li>أول<li>ثان</ul>": "أول\nثان",
    "<table><tr><th>اسم<th>عدد<tr><td>تمر<td>3</table>": "اسم\tعدد\nتمر\t3",
    "<pre>if x:\n    y()\n\nz</pre>": "if x:\n    y()\nz",
    "<p>كلمة<b>كلمة</b> و<i>أخرى</i></p>": "كلمةكلمة وأخرى",
    "<p>  فراغ \n كثير </p>": "فراغ كثير",
    "<p>&lt;b&gt; &amp; &quot;&copy;&#1575;&laquo;</p>": '<b> & "©ا«',
    "<p>قفا نبك&nbsp;&nbsp;&nbsp;&nbsp;ومنزل</p>": "قفا نبك    ومنزل",
    "<p>أ&nbsp;ب</p>": "أ ب",
    "<script>var a='<p>لا</p>'</script><style>p{}</style><p>نعم</p><!-- لا -->": "نعم",
    "<p>نص<svg><title>لا</title></svg><template>لا</template></p>": "نص",
    "<dl><dt>كلمة</dt><dd>معناها</dd></dl>": "كلمة\nمعناها",
}


@pytest.mark.parametrize(("html", "lines"), LINES.items(), ids=LINES)
def test_lines_are_what_a_reader_sees_as_lines(html: str, lines: str) -> None:
    assert text(html, Html(())) == lines


def test_a_table_that_lays_out_a_page_is_lines_and_not_rows() -> None:
    page = f"<table><tr><td><a href=1>قائمة</a><br><a href=2>أخرى</a></td><td>{SAID}<br>{SAID}</td></tr></table>"
    assert text(page, Html(())) == f"قائمة\nأخرى\n{SAID}\n{SAID}"
    assert text(f"<table><tr><td>قائمة</td><td>{SAID} {SAID}</td></tr></table>", Html(())) == f"قائمة\n{SAID} {SAID}"


@pytest.mark.parametrize("plain", ["نص عادي", "3 < 5 و 7 > 2", "", "قال <كلمة> ثم سكت", "a <b", "<3 أحبك"])
def test_what_is_no_markup_stays_as_it_is(plain: str) -> None:
    column = pa.array([plain, None])
    assert ALL.text(column) is column


def test_pages_among_texts_are_read_and_texts_left() -> None:
    made = ALL.text(pa.array(["نص عادي", f"<p>{SAID} {SAID}</p>", None, "  <!doctype html><title>x</title>"])).to_pylist()
    assert made == ["نص عادي", f"{SAID} {SAID}", None, ""]


def test_a_column_of_any_kind_or_slice_is_read_alike() -> None:
    column = pa.array(["x", f"<p>{SAID} {SAID}</p>", "y"])
    want = [f"{SAID} {SAID}", "y"]
    for one in (column[1:], column[1:].cast(pa.large_string())):
        assert ALL.text(one).to_pylist() == want
    assert ALL.text(column[:0]).to_pylist() == []


def test_rules_and_categories_can_be_left_out() -> None:
    page = f'<article><p>{SAID}</p><p class="wp-caption-text">باب المكتبة بعد ترميمه</p><p>{SAID} {SAID}</p></article>'
    assert "باب" not in PIPE.clean(page)
    assert "باب" in PIPE.without("picture_caption").clean(page)
    assert "باب" in PIPE.without("caption").clean(page)


def test_a_pipeline_with_pages_travels() -> None:
    again = arclean.Pipeline.from_dict(PIPE.to_dict())
    assert (again, again.fingerprint) == (PIPE, PIPE.fingerprint)
    assert pickle.loads(pickle.dumps(PIPE)).clean(PAGES["poem"].html) == PIPE.clean(PAGES["poem"].html)


def test_explain_names_the_rule_for_each_line_of_a_page() -> None:
    told = PIPE.explain(PAGES["wordpress_news"].html)
    rules = {change.rule: change for change in told.changes}
    assert {"site_navigation", "related_content", "share_buttons", "reader_comments", "page_meta", "picture_caption"} <= rules.keys()
    assert rules["picture_caption"].differences[0].before == ("الخزان بعد ترميمه (تصوير سعد)",)
    assert told.after == PIPE.clean(PAGES["wordpress_news"].html)


def test_a_column_that_pages_do_not_have_is_refused() -> None:
    with pytest.raises(UnknownName, match="Did you mean 'title'"):
        Html(RULES, columns=("titel",))


HOSTILE = {
    "deep": "<div>" * 30_000 + SAID,
    "deep inline": "<b>" * 20_000 + SAID,
    "tables in tables": "<table><tr><td>" * 3_000 + SAID,
    "one attribute after another": "<p " + "a=1 " * 50_000 + f">{SAID}",
    "an open tag": "<p>" + SAID + "<a" * 10_000,
    "zeros": "<p>\0" + SAID,
    "end tags alone": "</div>" * 50_000 + "<p>" + SAID,
    "many cells": "<table>" + "<tr><td>1<td>2" * 5_000 + "</table>",
    "a script without an end": f"<p>{SAID}</p><script>" + "<p>" * 1_000,
    "formatting opened again and again": "".join(f"<b id={i}>" for i in range(500)) + "<p>x</p>" * 500,
}


@pytest.mark.parametrize("page", HOSTILE.values(), ids=HOSTILE)
def test_hostile_markup_is_read_to_its_end(page: str) -> None:
    assert isinstance(text(f"<html><body>{page}"), str)


# --- twins: a slow and obvious way to the same

TAGS = "p div span b i a ul li table tr td th h1 h3 br hr pre nav footer aside article section blockquote form label button select option"
INSIDE = st.sampled_from(TAGS.split())
WORDS = st.sampled_from(["كلمة", "نص", " ", "\n", "سوق قديم.", "&amp;", "&nbsp;", "ABC 12", SAID, "_" * 12])
ATTRIBUTES = st.sampled_from(
    ["", ' class="entry-content"', ' class="related-posts"', ' id="comments"', " hidden", ' href="/1"', ' role="main"']
)


@st.composite
def markup(draw: st.DrawFn) -> str:
    parts = ["<body>"]
    for _ in range(draw(st.integers(0, 25))):
        tag = draw(INSIDE)
        kind = draw(st.integers(0, 3))
        parts.append(f"<{tag}{draw(ATTRIBUTES)}>" if kind == 0 else f"</{tag}>" if kind == 1 else draw(WORDS))
    return "".join(parts)


def visible(html: str) -> str:
    """All letters of a page, in order, from its tree."""
    found: list[str] = []

    def walk(node: Any) -> None:
        if node.tag in (*tags.SKIP, *tags.RAW):
            return
        if node.tag == "-text":
            found.append(node.text_content or "")
        child = node.child
        while child is not None:
            walk(child)
            child = child.next

    walk(LexborHTMLParser(html).root)
    return re.sub(r"[\s\u00a0]+", "", "".join(found))


@pytest.mark.kernels
@given(markup())
@settings(max_examples=150)
def test_without_rules_every_letter_stays_in_order(html: str) -> None:
    assert re.sub(r"\s+", "", text(html, Html(()))) == visible(html)


@pytest.mark.kernels
@given(st.lists(markup() | WORDS, max_size=5))
@settings(max_examples=100)
def test_with_rules_what_stays_and_what_went_is_all_there_was_one_by_one_and_together(pages: list[str]) -> None:
    column = pa.array(pages, pa.string())
    every, done = Html(()).text(column).to_pylist(), ALL.edit(column)
    assert done.removed is not None
    assert done.texts.to_pylist() == [text(page) for page in pages]
    for row, whole in enumerate(every):
        gone = "".join(line["text"] for line in done.removed.to_pylist() if line["row"] == row)
        assert sorted(re.sub(r"\s+", "", whole)) == sorted(re.sub(r"\s+", "", done.texts[row].as_py() + gone))


def test_names_are_cut_into_words_as_python_would_cut_them() -> None:
    from arclean.boilerplate.html import kernels
    from arclean.boilerplate.html.tables import tables

    known = tables(RULES)
    entries = {entry for rule in RULES for entry in rule.names}
    for entry in sorted(entries):
        words = entry.removeprefix("=").split()
        for name in {"-".join(words), "_".join(words), "".join([words[0], *(word.title() for word in words[1:])])}:
            data = np.frombuffer(name.encode(), np.uint8)
            bits = int(kernels.marks_of(data, 0, len(data), known.word_keys, known.word_masks, kernels.NAMES))
            owners = sum(1 << bit for bit, rule in enumerate(RULES) if entry in rule.names)
            assert bits & owners == owners, (entry, name)
