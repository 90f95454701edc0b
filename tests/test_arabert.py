"""AraBERT's preprocessors, said once more in plain Python; scripts/check_parity.py compares with the package itself.

The frozen pairs are what the package answered (arabert 1.0.1).
"""

from __future__ import annotations

import html
import re
from typing import Final

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import columns
from strategies import texts as random_texts

import arclean
from arclean.rules import arabert, classes

pytestmark = pytest.mark.kernels

V02: Final = arclean.load("arabert-v02")
TWEETS: Final = arclean.load("arabert-v02-twitter")
ARABIC: Final = "\u0621-\u063a\u0641-\u064a"
PIECES: Final = (
    *"ابيةىؤآأ0123٠١٢۱۲abcZ[](){}<>/-_.,;:!?#&=+*%$'\"…«»،؟ \n\t\u00a0éپ²½٪٫",
    *("\u064e", "\u0640", "\u0651", "\u0653", "\u0670", "😀", "❤\ufe0f", "👨\u200d👩", "\u2028", "\x1c"),
    *(
        "&lt;",
        "&gt;",
        "&amp;",
        "&nbsp;",
        "&#1575;",
        "&lt",
        "&notit;",
        "&#0;",
        "&#55296;",
        "اااا",
        "....",
        "<b>",
        "</b>",
        "1ب2c",
        "cب1",
        "ب1c",
    ),
    *(" @a", " @ب_", " @۱", " @²", " @é", " @ "),
)
written: Final = st.lists(st.sampled_from(PIECES), max_size=20).map("".join) | random_texts


def members(ranges: tuple[tuple[int, int], ...]) -> set[str]:
    return {chr(code) for first, last in ranges for code in range(first, last + 1)}


NAMES: Final = members((*classes.LETTERS, *classes.FORM_LETTERS, *classes.OTHER_LETTERS, *classes.DIGITS, *arabert.OTHER_NUMBERS)) | {"_"}
DECIMAL: Final = members(classes.DIGITS)
KEPT: Final = members((*arabert.SIGNS, *arabert.ARABIC, *arabert.LATIN)) | set("0123456789")


def mentions(text: str) -> str:
    made, at = "", 0
    while at < len(text):
        end = at + 1
        while text[at] == "@" and end < len(text) and text[end] in NAMES:
            end += 1
        made += " [مستخدم] " if end > at + 1 else text[at]
        at = end
    return made


def preprocessed(text: str, kept: set[str] = KEPT) -> str:
    """What AraBERT does, link and address aside, each step over the whole text."""
    text = re.sub("[\u064b-\u0652\u0640]", "", html.unescape(text))
    text = re.sub("<[^>]+>", " ", mentions(text))
    text = text.translate({0x660 + digit: str(digit) for digit in range(10)})
    text = re.sub(r"(.)\1{2,}", lambda run: run[0] if run[1] in DECIMAL else 2 * run[1], text, flags=re.DOTALL)
    text = re.sub(rf"([^0-9{ARABIC}a-zA-Z\[\]])", r" \1 ", text)
    text = re.sub(rf"([0-9]+)([{ARABIC}]+)", r" \1 \2 ", text)
    text = re.sub(rf"([{ARABIC}]+)([0-9]+)", r" \1 \2 ", text)
    return " ".join("".join(char if char in kept else " " for char in text.replace("/", "-")).split())


@given(columns(written))
def test_the_passes_do_what_the_plain_steps_do(column: pa.Array) -> None:
    bare = V02.without("email", "url")
    wanted = [None if text is None else preprocessed(text) for text in column.to_pylist()]
    made = bare.table(pa.table({"text": column}))["text"]
    assert made.to_pylist() == wanted
    tweets = TWEETS.without("email", "url").table(pa.table({"text": column}))["text"]
    kept = KEPT | members(arabert.EMOJI)
    assert tweets.to_pylist() == [None if text is None else preprocessed(text, kept) for text in column.to_pylist()]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("أهلاً وسهلاً", "أهلا وسهلا"),
        ("قال:«نعم»", "قال : « نعم »"),
        ("@user مرحبا", "[مستخدم] مرحبا"),
        ("<b>نص</b> a < b و c > d", "نص a d"),
        ("جميييييل!!!!!", "جمييل ! !"),
        ("1000000", "1000000"),
        ("٣٫١٤ ٪", "3 ٫ 14 ٪"),
        ("3.14/5", "3 . 14 - 5"),
        ("abc123كتاب", "abc 123 كتاب"),
        ("كتاب123", "كتاب 123"),
        ("x(1)y[2]", "x ( 1 ) y[2]"),
        ("سطر\nسطر", "سطر سطر"),
        ("&lt;b&gt;x&lt;/b&gt;", "x"),
        ("&amp;amp;", "amp ;"),
        ("ـــ", ""),
        ("الله@", "الله @"),
        ("😀", ""),
        ("ٱلرَّحْمَٰنِ", "ٱ لرحم ن"),
        ("٣٣٣٣", "3333"),
        ("[رابط]", "[رابط]"),
        ("ﻣﺮﺣﺒﺎ پيتزا Café", "يتزا Caf"),
        ("١٬٢٣٤٫٥", "1 ٬ 234 ٫ 5"),
    ],
)
def test_what_the_package_answered(before: str, after: str) -> None:
    assert V02.clean(before) == after


def test_emoji_stay_in_tweets_alone() -> None:
    assert TWEETS.clean("جميل😀❤\ufe0fجدا") == "جميل 😀 ❤ جدا"
    assert V02.clean("جميل😀جدا") == "جميل جدا"


def test_links_and_addresses_become_tokens_each_its_own() -> None:
    text = "انظر https://ar.example.org/كتاب/فصل، أو راسل info@example.com."
    assert V02.clean(text) == "انظر [رابط] ، أو راسل [بريد] ."


@pytest.mark.parametrize(
    ("text", "once", "twice"),
    [
        pytest.param("<>", "< >", "", id="brackets-with-nothing-between"),
        pytest.param("& و;", "و ;", "و ;", id="a-reference-is-not-put-together"),
    ],
)
def test_like_the_package_the_preset_is_not_done_after_one_pass_here(text: str, once: str, twice: str) -> None:
    assert V02.clean(text) == once
    assert V02.clean(once) == twice


def test_a_word_of_a_megabyte_takes_linear_time() -> None:
    for piece in ("1ب", "ا", "1", "a1ب", "@a", "<", "&", "!"):
        assert V02.clean("ا" + piece * (1_000_000 // len(piece.encode()))).startswith("ا")
