"""UTF-8: what is told of 64 bytes together is what decoding them one by one tells."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import texts

from arclean import utf8
from arclean.rules.samples import PROSE


def told(*rows: bytes, before: bytes = b"", behind: bytes = b"") -> bool:
    bounds = len(before) + np.cumsum([0, *map(len, rows)], dtype=np.int64)
    return bool(utf8.are_valid(bounds, np.frombuffer(before + b"".join(rows) + behind, np.uint8)))


def slowly(*rows: bytes) -> bool:
    try:
        [row.decode() for row in rows]
    except UnicodeDecodeError:
        return False
    return True


@pytest.mark.parametrize(
    "text", ["", "a", PROSE, "\U0001f600" * 20, "\ud7ff\ue000\U0010ffff\u0800\U00010000\x80\u07ff\0", "ب" * 33 + "€"], ids=ascii
)
def test_utf8_is_utf8(text: str) -> None:
    assert told(text.encode())
    assert told(b"", text.encode(), b"", text.encode(), b"")


@pytest.mark.parametrize(
    "bad",
    [
        pytest.param(b"\x80", id="no-first-byte"),
        pytest.param(b"\xd9", id="cut-off"),
        pytest.param(b"\xe2\x82", id="cut-off-after-two"),
        pytest.param(b"\xf0\x9f\x98", id="cut-off-after-three"),
        pytest.param(b"\xd9a", id="no-second-byte"),
        pytest.param(b"\xd9\x80\x80", id="one-too-many"),
        pytest.param(b"\xc0\x80", id="too-long-for-nul"),
        pytest.param(b"\xc1\xbf", id="too-long-for-ascii"),
        pytest.param(b"\xe0\x9f\xbf", id="too-long-for-three"),
        pytest.param(b"\xf0\x8f\xbf\xbf", id="too-long-for-four"),
        pytest.param(b"\xed\xa0\x80", id="surrogate"),
        pytest.param(b"\xf4\x90\x80\x80", id="beyond-unicode"),
        pytest.param(b"\xf5\x80\x80\x80", id="no-such-first-byte"),
        pytest.param(b"\xff", id="never-in-utf8"),
    ],
)
@pytest.mark.parametrize("place", [0, 1, 59, 60, 61, 62, 63, 64, 127, 500])
def test_what_is_none_is_found_wherever_it_stands(bad: bytes, place: int) -> None:
    before = PROSE.encode()[:place].decode(errors="ignore").encode().ljust(place, b"a")
    assert not slowly(before + bad)
    assert not told(before + bad)
    assert not told(before + bad + "ب".encode() * 40)
    assert not told(before, bad)
    assert not told(bad, before)


@pytest.mark.parametrize("character", ["ب", "€", "\U0001f600"])
@pytest.mark.parametrize("place", [0, 1, 61, 62, 63, 64])
def test_a_character_that_two_rows_share_is_none_in_either(character: str, place: int) -> None:
    data = b"a" * place + character.encode() + b"a" * 70
    for cut in range(place + 1, place + len(character.encode())):
        assert not told(data[:cut], data[cut:])


def test_what_lies_around_the_rows_does_not_matter() -> None:
    assert told("كتاب".encode(), before=b"\xff\xd9", behind=b"\xd9\xff\x80")
    assert not told("كتا".encode() + b"\xd8", behind=b"\xa8")


@given(st.lists(texts.map(str.encode) | st.binary(max_size=80), max_size=6), st.integers(0, 70))
def test_it_is_told_as_decoding_tells(rows: list[bytes], shift: int) -> None:
    rows = [b"a" * shift, *rows]
    assert told(*rows) == slowly(*rows)


@given(texts, st.integers(0, 200), st.integers(0, 255), st.integers(0, 70))
def test_a_single_wrong_byte_is_told_as_decoding_tells(text: str, place: int, byte: int, shift: int) -> None:
    data = bytearray(b"a" * shift + text.encode() + b"a")
    data[place % len(data)] = byte
    assert told(bytes(data)) == slowly(bytes(data))
