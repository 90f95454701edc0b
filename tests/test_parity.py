"""Parity presets: the same bytes as the tools whose steps they repeat.

Lucene has no Python package: its pairs are frozen by hand from its documented algorithm. What camel-tools does is said once more in plain
Python here; scripts/check_parity.py compares with the library itself.
"""

from __future__ import annotations

import itertools
import unicodedata
from typing import Final

import pyarrow as pa
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from strategies import ALPHABET, columns, texts

import arclean
from arclean import Pipeline, rules
from arclean.columns import string_array
from arclean.orthography.characters import Characters
from arclean.rules import normal_forms, parity

pytestmark = pytest.mark.kernels

LUCENE: Final = arclean.load("lucene")
CAMEL: Final = arclean.load("camel")
PARTS: Final = ("camel_unicode", "camel_alef", "camel_alef_maksura", "camel_teh_marbuta", "camel_dediac")
UNICODE: Final = Characters((parity.CAMEL_UNICODE,))
known: Final = st.characters(exclude_categories=("Cn", "Cs"))
"""Characters that this interpreter's Unicode has too: their form KC never changes, so its own function is a fair twin."""
hangul: Final = st.sampled_from([*map(chr, (0x1100, 0x1112, 0x1161, 0x1175, 0x11A7, 0x11A8, 0x11C2, 0xAC00, 0xAC01, 0xD788, 0xD7A3))])
marks: Final = st.sampled_from(
    "اوىيٱه\u0627\u0653\u0654\u0655\u064e\u064b\u0651\u0652\u0670\u0301\u0323\u0345\u093c\u05b0 ao\ufe70\ufc5e\ufdfa½²ﻻ\u1e9b"
)
written: Final = st.text(known | hangul | marks, max_size=30)


def camel(text: str, parts: tuple[str, ...] = PARTS) -> str:
    """What camel-tools does, in its own order whatever the order of the names."""
    if "camel_unicode" in parts:
        text = unicodedata.normalize("NFKC", text.replace("\ufdfc", "ريال").replace("\ufdfd", "بسم الله الرحمن الرحيم"))
    if "camel_alef" in parts:
        text = text.translate(dict.fromkeys((0x622, 0x623, 0x625, 0x671), "\u0627"))
    if "camel_alef_maksura" in parts:
        text = text.replace("\u0649", "\u064a")
    if "camel_teh_marbuta" in parts:
        text = text.replace("\u0629", "\u0647")
    return text.translate(dict.fromkeys((*range(0x64B, 0x653), 0x670))) if "camel_dediac" in parts else text


def assigned(text: str) -> str:
    return "".join(char for char in text if unicodedata.category(char) != "Cn")


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="nothing"),
        pytest.param("plain text, 2024", id="no-arabic"),
        pytest.param("رئيس مؤتمر بدء", id="hamza-on-other-seats"),
        pytest.param("\u0671لكتاب", id="alef-wasla"),
        pytest.param("رحم\u0670ن", id="dagger-alef"),
        pytest.param("\u0627\u0653\u0654\u0655", id="marks-of-decomposed-letters"),
        pytest.param("عل\u06cc \u06a9تاب", id="persian-letters"),
        pytest.param("١٢٣ «نعم»، ؟", id="digits-and-punctuation"),
        pytest.param("\ufefb \ufdfa", id="presentation-forms"),
    ],
)
def test_what_lucene_leaves(text: str) -> None:
    assert LUCENE.clean(text) == text


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param("آجن", "اجن", id="alef-madda"),
        pytest.param("أحمد", "احمد", id="alef-hamza-above"),
        pytest.param("إعاد", "اعاد", id="alef-hamza-below"),
        pytest.param("بنى", "بني", id="alef-maksura"),
        pytest.param("فاطمة", "فاطمه", id="teh-marbuta"),
        pytest.param("روبرـــت", "روبرت", id="tatweel"),
        pytest.param("1445هـ", "1445ه", id="tatweel-of-the-hijra"),
        pytest.param("مَبنا", "مبنا", id="fatha"),
        pytest.param("علِي", "علي", id="kasra"),
        pytest.param("بُوات", "بوات", id="damma"),
        pytest.param("ولداً", "ولدا", id="fathatan"),
        pytest.param("ولدٍ", "ولد", id="kasratan"),
        pytest.param("ولدٌ", "ولد", id="dammatan"),
        pytest.param("نلْسون", "نلسون", id="sukun"),
        pytest.param("هتميّ", "هتمي", id="shadda"),
        pytest.param("\u064e\u0640\u0651", "", id="nothing-but-marks"),
    ],
)
def test_what_lucene_does(before: str, after: str) -> None:
    assert LUCENE.clean(before) == after


@given(columns())
def test_lucene_is_one_table_of_fourteen(column: pa.Array) -> None:
    table = {
        0x622: "\u0627",
        0x623: "\u0627",
        0x625: "\u0627",
        0x649: "\u064a",
        0x629: "\u0647",
        **dict.fromkeys(range(0x64B, 0x653)),
        0x640: None,
    }
    done = LUCENE.table(pa.table({"text": column}))["text"]
    assert done.to_pylist() == [None if text is None else text.translate(table) for text in column.to_pylist()]
    assert len(table) == 14


def test_form_kc_of_every_character_is_that_of_this_interpreter() -> None:
    chars = [chr(code) for code in range(0x110000) if unicodedata.category(chr(code)) not in {"Cn", "Cs"} and code not in {0xFDFC, 0xFDFD}]
    assert UNICODE.text(pa.array(chars)).to_pylist() == [unicodedata.normalize("NFKC", char) for char in chars]


@given(columns(written))
@example(
    pa.array(
        [
            "\u0627\u0654",
            "\u0649\u0654",
            "\u0308\u0301",
            "\u0344",
            "a\u0323\u0301\u0308",
            "\u1100\u1161\u11a8",
            "\uac00\u11a8",
            "\uac01\u11a8",
        ]
    )
)
@example(pa.array(["\u09c7\u09be", "\u09c7\u0301\u09be", "\ufdfc", "\ufdfd", "\ufdfa" * 3, None, "شَّ", "شَّ"[::-1], "\u212b", "\u2126"])[1:])
@example(pa.array(["a" + "\u0301\u0323" * 40 + "b", "a" + "\u0301" * 20, "a" + "\u0345\u0301\u0334" * 9]))
def test_form_kc_is_that_of_this_interpreter(column: pa.Array) -> None:
    wanted = [None if text is None else camel(text, ("camel_unicode",)) for text in column.to_pylist()]
    done = UNICODE.edit(column)
    done.texts.validate(full=True)
    assert done.texts.type == column.type
    assert done.texts.to_pylist() == wanted
    changed = sum(before != after for before, after in zip(column.to_pylist(), wanted, strict=True))
    assert dict(done.hits) == ({"camel_unicode": changed} if changed else {})
    assert (done.texts is column) == (not changed)
    assert UNICODE.text(done.texts) is done.texts


@pytest.mark.parametrize(
    "parts", [one for n in range(6) for one in itertools.combinations(PARTS, n)], ids=lambda parts: "+".join(parts) or "none"
)
def test_any_choice_of_the_five_is_that_of_camel_tools(parts: tuple[str, ...]) -> None:
    values = [assigned(ALPHABET), "ٱلرَّحْمٰنِ إلى آخرِ القاعةِ ﻻ x² ½", "\u0649\u0654", "ا\u0654حمد"]
    pipe = Pipeline.from_dict({"steps": [{"characters": list(parts)}]})
    assert pipe.clean_many(values) == [camel(value, parts) for value in values]


@given(st.lists(written | texts.map(assigned), max_size=5))
def test_the_preset_is_all_five(values: list[str]) -> None:
    assert CAMEL.clean_many(values) == [camel(value) for value in values]
    assert [rule.name for part in CAMEL.parts for rule in part.rules] == list(PARTS)


@pytest.mark.parametrize(
    ("text", "once", "twice"),
    [
        pytest.param("س\u0649\u0654ل", "س\u064a\u0654ل", "س\u0626ل", id="hamza-over-alef-maksura"),
        pytest.param("\u0671\u0654ل", "\u0627\u0654ل", "\u0627ل", id="hamza-over-alef-wasla"),
    ],
)
def test_like_camel_tools_the_preset_is_not_done_after_one_pass_here(text: str, once: str, twice: str) -> None:
    assert CAMEL.clean(text) == once == camel(text)
    assert CAMEL.clean(once) == twice == camel(once)


def test_composing_never_makes_a_text_longer_so_that_the_room_for_it_suffices() -> None:
    for line in normal_forms.PAIRS.strip().split("\n"):
        first, second, composed = (chr(int(code, 16)) for code in line.split())
        assert len(composed.encode()) <= len(first.encode()) + len(second.encode())


def test_a_pile_of_marks_takes_linear_time() -> None:
    pile = "a" + "\u0301\u0323" * 200_000
    assert UNICODE.text(string_array([pile]))[0].as_py() == "\u1ea1" + "\u0323" * 199_999 + "\u0301" * 200_000


@pytest.mark.parametrize("name", PARTS)
def test_every_part_is_a_rule_that_files_can_name(name: str) -> None:
    pipe = Pipeline.from_dict({"steps": [{"characters": [name]}]})
    assert Pipeline.from_dict(pipe.to_dict()) == pipe == Pipeline((Characters((rules.get(name),)),))  # type: ignore[arg-type]
    assert rules.get(name).harm == "lossy"  # type: ignore[union-attr]


def test_ligatures_of_many_letters_find_room() -> None:
    text = "\N{ARABIC LIGATURE SALLALLAHOU ALAYHE WASALLAM}" * 5_000
    done = UNICODE.edit(pa.array([text, "ب"])).texts
    assert done.to_pylist() == [camel(text, ("camel_unicode",)), "ب"]
