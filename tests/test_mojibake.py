"""Misread text: each damage undone line by line, exactly or not at all; clean text of every language left as it is."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import mojibake_twin
import pyarrow as pa
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from strategies import columns, texts

import arclean
from arclean import rules
from arclean.orthography.characters import Characters
from arclean.orthography.mojibake import AS_ARABIC, AS_WESTERN, Reading, read_again
from arclean.orthography.repair import KINDS, repaired
from arclean.orthography.weights import weighed
from arclean.rules.encoding import RULES

Damage = Callable[[str], str]
CASES: Final = Path(__file__).parent / "cases"


def cases(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (CASES / name).read_text(encoding="utf-8").split("\n") if line]


NEGATIVE: Final = cases("mojibake_negative.jsonl")
WILD: Final = cases("mojibake_wild.jsonl")
REPAIR: Final = Characters(tuple(rule for rule in RULES if rule.operation.startswith(("repair", "turn"))))


def western(data: bytes) -> str:
    """The bytes as a browser reads windows-1252."""
    return "".join(bytes([byte]).decode("cp1252") if byte not in b"\x81\x8d\x8f\x90\x9d" else chr(byte) for byte in data)


def cp1256(text: str) -> bytes:
    return text.encode("cp1256", "ignore")


DAMAGES: Final[dict[str, Damage]] = {
    "utf8_as_cp1252": lambda text: western(text.encode()),
    "utf8_as_latin1": lambda text: text.encode().decode("latin-1"),
    "utf8_as_cp1256": lambda text: text.encode().decode("cp1256"),
    "cp1256_as_cp1252": lambda text: western(cp1256(text)),
    "cp1256_as_latin1": lambda text: cp1256(text).decode("latin-1"),
}
EACH: Final = pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
UTF8: Final = [name for name in DAMAGES if name.startswith("utf8")]
TEXT: Final = "قال الراوي: «بعد عامين، عدنا إلى البيت»؛ فماذا وجدنا؟\nكان في البيت شيخ يقرأ في كتاب."


def clean(text: str) -> str:
    return str(REPAIR.text(pa.array([text], pa.string()))[0].as_py())


@pytest.mark.parametrize("case", NEGATIVE, ids=lambda case: case["reason"])
def test_text_that_was_read_rightly_stays(case: dict[str, Any]) -> None:
    column = pa.array([case["text"]])
    done = REPAIR.edit(column)
    assert done.texts.to_pylist() == [case["text"]]
    assert done.texts is column
    assert done.hits == {}


FOREIGN: Final = {
    "Russian": ("cp1251", "Привет, мир! МОСКВА и Санкт-Петербург, ещё раз: доброе утро."),
    "Greek": ("cp1253", "Καλημέρα κόσμε, η Αθήνα είναι μεγάλη πόλη και ΩΡΑΙΑ"),
    "Hebrew": ("cp1255", "שלום עולם, בוקר טוב ירושלים"),
    "Thai": ("cp874", "สวัสดีชาวโลก และ ประเทศไทย เป็น ที่ รัก"),
    "Turkish": ("cp1254", "İşçi sınıfı, öğretmen ve çocuğun ÇIĞLIĞI"),
    "Chinese": ("gb2312", "中国人民大学，世界你好。北京欢迎你"),
    "Korean": ("euc-kr", "안녕하세요 세계 대한민국"),
    "Japanese": ("shift-jis", "こんにちは世界、東京タワー"),
    "Polish": ("cp1250", "Zażółć gęślą jaźń, ŻÓŁĆ"),
}


@pytest.mark.parametrize(("page", "text"), FOREIGN.values(), ids=FOREIGN)
@pytest.mark.parametrize("times", [1, 20])
def test_other_scripts_misread_are_no_arabic(page: str, text: str, times: int) -> None:
    for read in (text.encode(page), text.encode()):
        misread = "\n".join([western(read)] * times)
        assert clean(misread) == misread


@pytest.mark.parametrize("case", WILD, ids=lambda case: case["reason"])
def test_damage_as_it_is_met_is_undone(case: dict[str, Any]) -> None:
    assert clean(case["text"]) == case["gold"]


@EACH
def test_whole_texts_come_back(damage: Damage) -> None:
    assert damage(TEXT) != TEXT
    assert clean(damage(TEXT)) == TEXT
    assert clean(f"{TEXT}\n{damage(TEXT)}\n{TEXT}") == f"{TEXT}\n{TEXT}\n{TEXT}"


@EACH
@pytest.mark.parametrize("first", UTF8)
def test_twice_over(first: str, damage: Damage) -> None:
    """The second reading is of UTF-8, or it would have lost characters."""
    assert clean(DAMAGES[first](damage(TEXT))) == TEXT


def test_a_letter_and_an_ellipsis_are_no_damage_of_their_own() -> None:
    text = "شكرا للأستاذ ع… في البيت"
    assert clean(DAMAGES["cp1256_as_cp1252"](text)) == text


@pytest.mark.parametrize("name", UTF8)
def test_thrice_over(name: str) -> None:
    once = DAMAGES[name]
    assert clean(once(once(once(TEXT)))) == TEXT


arabic: Final = st.lists(
    st.text(st.sampled_from("ابتحدرسعلمنهويةىأإءكفق"), min_size=1, max_size=8) | st.sampled_from(["،", "café", "12", "؟", "x"]), max_size=12
).map(" ".join)
pages: Final = st.lists(arabic | texts.map(lambda text: text.replace("\n", " ")), max_size=4).map("\n".join)


@EACH
@given(text=pages)
@example(text="\N{NO-BREAK SPACE}في\N{NEXT LINE}البيت\r\nÿþ")
def test_a_line_comes_back_exactly_or_stays_as_it_is(damage: Damage, text: str) -> None:
    if damage in (DAMAGES["cp1256_as_cp1252"], DAMAGES["cp1256_as_latin1"]):
        text = cp1256(text).decode("cp1256")
    misread = damage(text)
    every = (clean(misread), misread, text, clean(text))
    for after, *expected in zip(*(one.split("\n") for one in every), strict=True):
        assert after in expected


@given(
    columns(
        st.one_of(pages, pages.map(DAMAGES["utf8_as_cp1252"]), pages.map(DAMAGES["cp1256_as_cp1252"]), pages.map(DAMAGES["utf8_as_cp1256"]))
    )
)
def test_columns_of_any_layout_are_done_like_single_texts(column: pa.Array) -> None:
    done = REPAIR.edit(column)
    done.texts.validate(full=True)
    values = column.to_pylist()
    assert done.texts.type == column.type
    assert done.texts.to_pylist() == [None if value is None else clean(value) for value in values]
    assert (done.texts is column) == (done.texts.to_pylist() == values)


def with_light() -> Characters:
    """The rules in the order that a preset has them."""
    first, *rest = (rules.get(name) for name in LIGHT)
    return Characters((first, *RULES, *rest))  # type: ignore[arg-type]


LIGHT: Final = (
    "join_carriage_returns",
    "unify_line_ends",
    "strip_controls",
    "strip_directions",
    "strip_zero_width",
    "unify_spaces",
    "unshape_forms",
    "plain_mathematical_letters",
    "expand_honorifics",
    "strip_tatweel",
    "tidy_spaces",
)
debris: Final = st.text(st.sampled_from("ØÙÛ§\x84\x85\x81\xa0\xad„…طظ€\u200dÇáíÃ \n\x99ا\ufb87\ufec3\ufedbكک\U0001ee2a"), max_size=24)


@given(text=st.one_of(debris, *(pages.map(damage) for damage in DAMAGES.values())))
@example(text="Ã ÃÇá\N{SOFT HYPHEN}Ã")
def test_twice_is_once_with_the_rules_that_follow(text: str) -> None:
    every = with_light()
    once = every.text(pa.array([text], pa.string()))
    assert every.text(once).to_pylist() == once.to_pylist()


def test_a_line_that_lost_something_holds_no_other_back() -> None:
    lost = "وصل ظ… ط إلى ط³ط ظˆ"
    assert read_again(lost, AS_ARABIC) == Reading(lost, lost=1)
    assert repaired(f"ظˆظپظٹظ‡ طµظˆط± ط§ظ„ظ†ظ‡ط±\n{lost}", "repair_utf8_as_cp1256") == f"وفيه صور النهر\n{lost}"


@pytest.mark.parametrize("end", ["\x85", "\u2028", "\x0c"])
@pytest.mark.parametrize(
    ("damage", "spoiled"), [("utf8_as_cp1252", "òØª "), ("cp1256_as_cp1252", "thé café çà été déjà señor naïve rôle ")]
)
def test_a_line_that_another_line_end_parts_is_two(end: str, damage: str, spoiled: str) -> None:
    every = with_light()
    once = every.text(pa.array([f"{spoiled}{end}{DAMAGES[damage]('وصل القطار إلى المحطة')}"], pa.string()))
    assert once.to_pylist() == [f"{spoiled.strip()}\nوصل القطار إلى المحطة"]
    assert every.text(once).to_pylist() == once.to_pylist()


@pytest.mark.parametrize("shaped", ["\ufb87\U0001ee2a§ط¨", "\ufedb§ط¨", "\ufec3§", "\ufec3§\ufb87"])
def test_a_letter_in_a_shape_of_its_own_is_one_before_it_is_unshaped(shaped: str) -> None:
    page = f"الوسوم\n{shaped} {'وفيه صور النهر'.encode().decode('cp1256')}"
    every = with_light()
    once = every.text(pa.array([page], pa.string()))
    assert every.text(once).to_pylist() == once.to_pylist()


@pytest.mark.parametrize("preset", ["light", "pretrain", "web", "dedup", "search", "social"])
def test_a_reference_that_was_misread_is_decoded_at_once(preset: str) -> None:
    misread = "وصل القطار إلى المحطة القديمة&#١٦٠;صباح اليوم".encode().decode("cp1256")
    pipe = arclean.load(preset)
    once = pipe.clean(misread)
    assert "المحط" in once
    assert "#" not in once
    assert pipe.clean(once) == once


PARTS: Final = (
    st.sampled_from("ÇáäíãÉìÆÁÃæåÚÈÊÑÓßÝþýüéâ")
    | st.sampled_from("\xaa\xdc\xf0\xf3\x81\x8d\x98\x9aŽŸ˜aZ \n\xad\N{MULTIPLICATION SIGN}ا…")
    | st.characters(max_codepoint=0x2210)
)


@given(st.lists(st.text(PARTS, max_size=30) | pages.map(DAMAGES["cp1256_as_cp1252"]), max_size=4))
@example(["ýÇáÓáÇãþ", "ýÇþ", "ýþ", "\x81", "Ç\x81á", "ìÇá", "ÇìÇ", "ÇáÓ", "café", "\x9aÉ"])
def test_words_are_weighed_as_one_by_one(some: list[str]) -> None:
    assert weighed(some) == list(map(mojibake_twin.weighed, some))


@pytest.mark.parametrize("kind", KINDS)
@given(text=texts | debris)
def test_no_text_is_too_odd(kind: str, text: str) -> None:
    once = repaired(text, kind)
    assert repaired(once, kind) == once


@pytest.mark.parametrize(
    ("text", "how"),
    [
        pytest.param(DAMAGES["utf8_as_cp1252"]("في الكتاب").replace("\x81", ""), AS_WESTERN, id="holes-of-the-table-dropped"),
        pytest.param(DAMAGES["utf8_as_cp1252"]("صباح الخير").replace("\xad", ""), AS_WESTERN, id="soft-hyphens-stripped"),
        pytest.param(DAMAGES["utf8_as_cp1256"]("السلام عليكم").replace("„", '"'), AS_ARABIC, id="quotes-made-straight"),
        pytest.param(DAMAGES["utf8_as_cp1252"]("السلام عليكم")[:-1], AS_WESTERN, id="cut-inside-a-letter"),
    ],
)
def test_a_line_that_lost_something_stays_whole_and_is_counted(text: str, how: Any) -> None:
    assert clean(text) == text
    assert read_again(f"{text}\nx", how).lost == 1


PIECES: Final = ["Ø", "Ø§", "Ù„Ø", "ط§", "ط§ظ", "Çá", "á", "áÇ ", "ÃƒÂ", "Ã˜Â§", "\xa0", "(", "ÇA"]


@pytest.mark.parametrize("piece", PIECES)
def test_a_megabyte_of_one_piece_comes_to_an_end(piece: str) -> None:
    text = piece * (1_000_000 // len(piece.encode()))  # what takes the square of the length would not, in this life
    assert clean(text) == clean(clean(text))
