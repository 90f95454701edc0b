"""Characters: the closer looks of passes find every row that the pass changes, and narrowing changes neither text nor count."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from strategies import columns

from arclean.columns import build, seen, string_array, view
from arclean.orthography import visual_order
from arclean.orthography.context import WANTS
from arclean.orthography.narrowed import looked, narrowed
from arclean.orthography.passes import invisibles, markup
from arclean.orthography.passes.codes import by_codes
from arclean.rule import ContextRule

pytestmark = pytest.mark.kernels

UNSEEN = "\u200c\u200d\u200f\u061c\u00ad\ufeff\ufe0f\x01\U000e0061"
joined = st.lists(st.sampled_from(UNSEEN + "ةىبتـاهأ\u064b\u0654\u0670\ufdf9😀\u20e3\u0915 1\n" + "é"), max_size=90).map("".join)
references = st.lists(
    st.sampled_from(["&", "amp", ";", "#", "x41", "65", "lt", "ب", " ", "a" * 31, "\x7f", "\u200b", "\uff06", "\u061b", "\uff41"]),
    max_size=12,
).map("".join)
forms = st.lists(st.sampled_from("ﻣﻦﻢﻨﺍﻟﻠﻞﺎﮨ\ufe76\u064eبa \n\0"), max_size=12).map("".join)

LOOKS = {
    "settle_joiners": (looked(invisibles.unsettled, invisibles.kinds), by_codes(invisibles.settle_joiners, invisibles.kinds)),
    "decode_references": (
        looked(markup.referring, markup.seen, lambda: markup._names()[0]),
        by_codes(
            markup.decode_references,
            markup.seen,
            lambda: markup._names()[0],
            lambda: markup._names()[1],
            lambda: markup._names()[2],
            markup._western,
        ),
    ),
}
TEXTS = {"settle_joiners": joined, "decode_references": references}


def rule(name: str) -> ContextRule:
    return ContextRule(name=name, why="-", operation=name, fixes=(("a", "b"),), leaves=("c",))


@pytest.mark.parametrize("name", LOOKS)
@given(data=st.data())
def test_narrowed_to_the_rows_of_its_look_a_pass_does_the_same(name: str, data: Any) -> None:
    column = data.draw(columns(TEXTS[name]))
    look, operation = LOOKS[name]
    whole, narrow = operation(view(column), rule(name)), narrowed(look, operation)(view(column), rule(name))
    if whole is None or narrow is None:
        assert whole is narrow
        return
    assert build(seen(narrow[0]).bounds, seen(narrow[0]).data) == build(seen(whole[0]).bounds, seen(whole[0]).data)
    assert narrow[1] == whole[1]


@pytest.mark.parametrize("kept", [0, 61, 62, 63, 64, 65])
def test_references_that_stay_want_no_work(kept: int) -> None:
    texts = [
        "&lt;b&gt;",
        "AT&T;",
        "?a=1&copy=2;",
        "& ;",
        "&" + "a" * 40 + ";",
        "&amp",
        "&CounterClockwiseContourIntegral;",
        "&#x10FFFD;",
        "\uff06amp\u061b",
    ]
    found = LOOKS["decode_references"][0](view(string_array(["x" * kept + text for text in texts])))
    assert found.tolist() == [False] * 6 + [True] * 3


@pytest.mark.parametrize("kept", [0, 61, 62, 63, 64, 65])
def test_a_mark_of_direction_wants_work_after_the_end_of_a_word_alone(kept: int) -> None:
    before = "a" * kept
    texts = ["ب\u200fب", "ة\u200fب", "ة\u061cب", "ة\u200f ب", "ة\u200f", "\u200fب", "ب\u200d", "بً\u200fب", "ة\u200f\u200eب"]
    found = LOOKS["settle_joiners"][0](view(string_array([before + text for text in texts])))
    assert found.tolist() == [False, True, True, False, False, False, True, True, True]


def test_the_look_at_unseen_characters_stops_at_all_of_them() -> None:
    unseen = np.flatnonzero(invisibles.kinds() & invisibles.UNSEEN)
    common = [code for code in unseen if 0x600 <= code <= 0x6FF or 0x20 <= code < 0x7F or code in {9, 10}]
    assert common == [0x61C]
    assert set(invisibles.SETTLED) == WANTS["settle_joiners"].characters


@given(columns(forms))
@example(pa.array(["\ufee6\ufee3\ufee6", "", None, "ﻦﻣ" * 40]))
def test_the_votes_for_visual_order_are_counted_line_by_line_as_the_patterns_do(column: pa.Array) -> None:
    values = [value or "" for value in column.to_pylist()]
    expected = [sum(visual_order.votes(line)[1] for line in value.split("\n")) >= visual_order._ENOUGH for value in values]
    assert visual_order.perhaps_turned(view(column)).tolist() == expected
