"""Shapes of letters in the order of the eye: lines turned where the shapes say so, numbers and brackets with them."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import texts

from arclean.orthography.characters import Characters
from arclean.orthography.visual_order import turned, votes
from arclean.rules.encoding import TURN_VISUAL_ORDER
from arclean.rules.letters import UNSHAPE_FORMS

sys.path.insert(0, str(Path(__file__).parent.parent / "scripts"))
from sample_damage import presentation_forms

READ: Final = Characters((TURN_VISUAL_ORDER, UNSHAPE_FORMS))
TEXT: Final = "كان الناس يخرجون إلى السوق قبل طلوع الشمس ويعودون منه بعد الظهر"


def read(text: str) -> str:
    return str(READ.text(pa.array([text], pa.string()))[0].as_py())


def reversed_lines(text: str) -> str:
    """Shaped, and each line reversed character by character."""
    return "\n".join(presentation_forms(line)[::-1] for line in text.split("\n"))


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(presentation_forms(TEXT), id="shapes-in-the-order-of-reading"),
        pytest.param(f"{presentation_forms(TEXT)}\n{presentation_forms('دار 1906 (أدب)')}", id="with-numbers-and-brackets"),
        pytest.param(TEXT[::-1], id="letters-without-shapes-give-no-evidence"),
        pytest.param("ويبقى ﺎلجميل وﺎليوم وﺎلغد ﺎلآتي ﺎلذي ﺎنتظرنا", id="a-shape-for-an-ornament"),
        pytest.param("ﺏ ﺱ ﻡ ﺩ ﻭ ﺍ", id="isolated-letters"),
        pytest.param("ﺏﺱﻡ ﺩﻭﺍ ﺭﺯ", id="isolated-letters-in-words"),
        pytest.param("ﷲ ﷺ ﷻ ﷽ ﷼", id="ligatures-of-phrases"),
        pytest.param("ﻣﻦ ﻦﻣ ﻣﻦ ﻦﻣ ﻦﻣ", id="for-and-against"),
        pytest.param("٣ ﻢ", id="one-letter-is-too-little"),
        pytest.param("", id="nothing"),
    ],
)
def test_what_is_in_order_or_unclear_stays(text: str) -> None:
    assert turned(text) == text
    column = pa.array([text, None])
    assert Characters((TURN_VISUAL_ORDER,)).text(column) is column


@pytest.mark.parametrize(
    ("text", "gold"),
    [
        pytest.param(reversed_lines(TEXT), TEXT, id="a-line"),
        pytest.param(reversed_lines(f"{TEXT}\n\nدار\n{TEXT}."), f"{TEXT}\n\nدار\n{TEXT}.", id="a-page-with-a-line-of-isolated-letters"),
        pytest.param(f"{TEXT}\n{reversed_lines(TEXT)}", f"{TEXT}\n{TEXT}", id="one-line-of-two"),
        pytest.param(f"{presentation_forms(TEXT)}\n{reversed_lines(TEXT)}", f"{TEXT}\n{TEXT}", id="one-line-turned-one-not"),
        pytest.param(reversed_lines("قَالَ الرَّاوِي كِتَابًا"), "قَالَ الرَّاوِي كِتَابًا", id="marks-turned-with-the-letters"),
        pytest.param(reversed_lines("لأن الآن ملابس الإبل"), "لأن الآن ملابس الإبل", id="lam-alef"),
        pytest.param(reversed_lines("طبع سنة 1906 (في بيروت)"), "طبع سنة 1906 (في بيروت)", id="all-reversed"),
        pytest.param(f"(ﺕﻭﺮﻴﺑ) 1906 {reversed_lines('طبع سنة')}", "طبع سنة 1906 (بيروت)", id="as-the-eye-has-it"),
        pytest.param(f"UTF-8 encoding {reversed_lines('ترميز النص')}", "ترميز النص UTF-8 encoding", id="Latin-words"),
        pytest.param(f"12.5 {reversed_lines('بلغ السعر')}", "بلغ السعر 12.5", id="no-evidence-of-a-number-it-stays"),
        pytest.param(f"١٢٫٥ {reversed_lines('بلغ السعر')}", "بلغ السعر ١٢٫٥", id="Arabic-digits"),
        pytest.param(reversed_lines("بلغ السكان 44.538.718 نسمة"), "بلغ السكان 44.538.718 نسمة", id="groups-of-thousands"),
        pytest.param(reversed_lines("«بلغ» السكان «الكثير» 25"), "«بلغ» السكان «الكثير» 25", id="quotes-tell-for-numbers"),
    ],
)
def test_lines_are_turned(text: str, gold: str) -> None:
    assert read(text) == gold


def test_marks_that_follow_their_letter_still_do() -> None:
    clusters = ["\N{ARABIC LETTER MEEM INITIAL FORM}َ", "\N{ARABIC LETTER NOON FINAL FORM}ْ"]
    line = " ".join(["".join(reversed(clusters))] * 3)
    assert read(line) == "مَنْ مَنْ مَنْ"


words: Final = st.text(st.sampled_from("ابتجحدرسشعفقكلمنهويةىأإآء"), min_size=3, max_size=9)


@given(st.lists(st.lists(words, min_size=1, max_size=8).map(" ".join), min_size=1, max_size=4).map("\n".join))
def test_reversed_text_is_turned_line_by_line_or_left_and_text_in_order_is_left(text: str) -> None:
    shaped = presentation_forms(text)
    assert turned(shaped) == shaped
    visual = reversed_lines(text)
    for after, before, gold in zip(turned(visual).split("\n"), visual.split("\n"), shaped.split("\n"), strict=True):
        assert after in {before, gold}


@given(texts | st.text(st.sampled_from("ﺏﻢﻣﻡﻤﺎﻟ()01١ aA\u064e\nب"), max_size=30))
def test_twice_is_once(text: str) -> None:
    once = read(text)
    assert read(once) == once
    assert sum(votes(once)) == 0
