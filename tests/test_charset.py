"""The encoding of bytes is told by marks, by shape and by Arabic; never guessed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arclean.dataset.charset import ENCODINGS, LEGACY, decode, demand_encoding, sniff
from arclean.errors import SourceError, UnknownName

PAGE = (
    "خرجت القافلة من القرية قبل الفجر، وكان الدليل يعرف الطريق إلى الواحة.\n"
    "وقال الشيخ إن البئر التي حفرها أجداده لم تجف منذ مئة عام، ثم سكت.\n"
)
VOCALISED = "كَانَ الدَّلِيلُ يَعْرِفُ الطَّرِيقَ إِلَى الوَاحَةِ،\nوَقَالَ إِنَّ البِئْرَ لَمْ تَجِفَّ قَطُّ.\n"
FRENCH = "L'été dernier, à Genève, nous avons déjeuné près du lac où l'on pêche; ça sentait la forêt brûlée."
GERMAN = "Größe und Länge müssen übereinstimmen, sagt die Schülerin über die Straße in München."
RUSSIAN = "Осенью рыбаки уходят в море рано утром и возвращаются только к вечеру."


@pytest.mark.parametrize(
    ("data", "name"),
    [
        pytest.param(b"", "utf-8", id="nothing"),
        pytest.param(b"plain ASCII", "utf-8", id="ASCII"),
        pytest.param(PAGE.encode(), "utf-8", id="UTF-8"),
        pytest.param(PAGE.encode()[:-1], "utf-8", id="UTF-8 cut off inside a character"),
        pytest.param((PAGE * 4).encode() + PAGE[:20].encode("cp1256"), "utf-8", id="UTF-8 with a bad record in it"),
        pytest.param(FRENCH.encode(), "utf-8", id="French"),
        pytest.param(b"a\0b\0" * 2 + PAGE.encode(), "utf-8", id="some null bytes"),
    ],
)
def test_utf8_stays_utf8(data: bytes, name: str) -> None:
    found = sniff(data)
    assert found is not None
    assert found.name == name


@pytest.mark.parametrize("text", [FRENCH, GERMAN], ids=["French", "German"])
@pytest.mark.parametrize("codec", ["cp1252", "latin-1"])
def test_languages_of_europe_are_not_made_arabic(text: str, codec: str) -> None:
    assert sniff(text.encode(codec)) is None


@pytest.mark.parametrize("codec", ["cp1251", "koi8-r", "iso8859_5"])
def test_cyrillic_is_not_made_arabic(codec: str) -> None:
    assert sniff(RUSSIAN.encode(codec)) is None


@pytest.mark.parametrize("text", [PAGE, VOCALISED], ids=["plain", "vocalised"])
@pytest.mark.parametrize("name", LEGACY)
def test_tables_of_one_byte_are_told_apart_by_their_arabic(text: str, name: str) -> None:
    if name == "cp720":  # which has no Arabic comma
        text = text.replace("،", ",")
    data = text.encode(ENCODINGS[name])
    found = sniff(data)
    assert found is not None
    assert found.name == name
    assert found.decode(data) == text


@pytest.mark.parametrize("name", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("marked", [False, True], ids=["no mark", "mark"])
def test_utf16_with_and_without_a_mark(name: str, marked: bool) -> None:
    data = ("\ufeff" * marked + PAGE + "🙂 ﻻ ﷺ").encode(name)
    found = sniff(data)
    assert found is not None
    assert (found.name, found.mark) == (name, 2 * marked)
    assert found.decode(data) == PAGE + "🙂 ﻻ ﷺ"


def test_a_mark_is_no_text() -> None:
    assert decode(b"\xef\xbb\xbf" + PAGE.encode())[0] == PAGE
    assert decode(PAGE.encode("utf-32"))[0] == PAGE


def test_what_is_declared_is_believed_where_it_fits() -> None:
    found = sniff(FRENCH.encode("cp1252"), "Windows-1252")
    assert found is not None
    assert (found.name, found.why) == ("windows-1252", "declared")
    wrong = sniff(PAGE.encode(), "windows-1256")
    assert wrong is not None
    assert wrong.name == "utf-8"


def test_a_declaration_that_does_not_fit_or_exist_is_passed_over() -> None:
    data = PAGE.encode("cp1256")
    for declared in ("iso-8859-6", "no such table"):
        found = sniff(data, declared)
        assert found is not None
        assert (found.name, found.why) == ("cp1256", "Arabic words")


def test_no_telling_is_an_error_that_names_the_remedy() -> None:
    with pytest.raises(SourceError, match="name it with `encoding`"):
        decode(RUSSIAN.encode("cp1251"))
    with pytest.raises(UnknownName, match="cp1256"):
        demand_encoding("cp1265")


@given(st.binary(max_size=300))
def test_any_bytes_have_an_answer(data: bytes) -> None:
    found = sniff(data)
    assert found is None or isinstance(found.decode(data, "replace"), str)
