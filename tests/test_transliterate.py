"""Transliteration: there and back is the same text, what a scheme does not write stays, wrong names are told."""

from __future__ import annotations

import pickle
from typing import Any, Final

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import columns, texts

from arclean import Pipeline, registry
from arclean.check import check
from arclean.errors import UnknownName
from arclean.orthography.transliterate import DIRECTIONS, Transliterate
from arclean.rules.transliteration import LETTERS, TO_ARABIC, TO_LATIN

pytestmark = pytest.mark.kernels

EVERY: Final = pytest.mark.parametrize("scheme", TO_LATIN)
arabic: Final = st.text(st.sampled_from("".join(LETTERS) + " \n\u060c\u061f\u0664\u06e5\u0653"), max_size=40)

SENTENCE: Final = "ٱلرَّحْمٰنُ يُؤتِي كُلَّ شَيْءٍ أجْرَهُ، إلى آخرِ غَدِهِ ظِلّاً طَويلاً وضَوْءًا وثِقَةً وبيئةً"
WRITTEN: Final = "{lra~Hom`nu yu&tiy kula~ $ayo'K >jorahu، <lY |xri gadihi Zil~AF TawylAF wDawo'FA wviqapF wby}pF"


@EVERY
def test_what_a_scheme_does_not_write_stays(scheme: str) -> None:
    column = pa.array(["2024، ١٢؟", "\u06e5\u0653", "\u06a9", "", None])
    assert Transliterate(scheme).text(column) is column
    back = pa.array(["2024، محمد", None])
    assert Transliterate(scheme, "to_arabic").text(back) is back


def test_the_rules_of_the_schemes_keep_their_word() -> None:
    assert check([*TO_LATIN.values(), *TO_ARABIC.values()]) == []


@EVERY
def test_a_scheme_writes_51_characters_each_as_one_and_no_two_alike(scheme: str) -> None:
    table = TO_LATIN[scheme].table
    assert len(LETTERS) == len(set(LETTERS)) == len(table) == len(set(table.values())) == 51
    assert {len(text) for text in table.values()} == {1}
    assert {text: char for char, text in table.items()} == dict(TO_ARABIC[scheme].table)


@EVERY
@given(column=columns(arabic))
def test_there_and_back_is_the_same(scheme: str, column: pa.Array) -> None:
    there = Transliterate(scheme).text(column)
    assert Transliterate(scheme, "to_arabic").text(there).to_pylist() == column.to_pylist()


@EVERY
@given(column=columns(texts))
def test_back_and_there_gives_what_the_scheme_writes(scheme: str, column: pa.Array) -> None:
    latin = Transliterate(scheme).text(column)
    back = Transliterate(scheme, "to_arabic").text(latin)
    assert Transliterate(scheme).text(back).to_pylist() == latin.to_pylist()


def test_a_sentence_in_buckwalter() -> None:
    assert Pipeline((Transliterate("buckwalter"),)).clean(SENTENCE) == WRITTEN


@pytest.mark.parametrize(("scheme", "forbidden"), [("safebw", "'|><&}{*$`"), ("xmlbw", "<>&"), ("hsb", "|><&}{*$`")])
def test_a_scheme_avoids_the_signs_that_it_is_there_to_avoid(scheme: str, forbidden: str) -> None:
    assert not set(forbidden) & set(TO_LATIN[scheme].table.values())


def test_characters_written_are_counted_under_the_name_of_the_rule() -> None:
    assert dict(Transliterate("hsb").edit(pa.array(["كتاب 1", "x"])).hits) == {"to_hsb": 4}


@pytest.mark.parametrize("data", [{"transliterate": "hsb"}, {"transliterate": {"scheme": "hsb", "direction": "to_arabic"}}])
def test_a_file_says_it_and_it_travels(data: dict[str, Any]) -> None:
    pipe = Pipeline.from_dict({"steps": [data]})
    assert Pipeline.from_dict(pipe.to_dict()) == pipe == pickle.loads(pickle.dumps(pipe))
    assert isinstance(pipe.parts[0], Transliterate)
    assert pipe.parts[0].scheme == "hsb"
    assert pipe.fingerprint != Pipeline((Transliterate("buckwalter"),)).fingerprint


def test_explain_ends_where_clean_ends() -> None:
    pipe = Pipeline((Transliterate("buckwalter"),))
    assert pipe.explain("كتاب").after == pipe.clean("كتاب") == "ktAb"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        pytest.param(("buckwaltr",), r"unknown scheme 'buckwaltr'\. Did you mean 'buckwalter'", id="scheme"),
        pytest.param(("hsb", "to_latn"), r"unknown direction 'to_latn'\. Did you mean 'to_latin'", id="direction"),
        pytest.param((("hsb",),), r"unknown scheme", id="a-tuple"),
    ],
)
def test_a_wrong_name_is_told_with_the_nearest(arguments: Any, message: str) -> None:
    with pytest.raises(UnknownName, match=message):
        Transliterate(*arguments)


def test_every_direction_knows_every_scheme() -> None:
    assert {name: set(schemes) for name, schemes in DIRECTIONS.items()} == {"to_latin": set(TO_LATIN), "to_arabic": set(TO_LATIN)}
    assert registry.kind("transliterate") is Transliterate
