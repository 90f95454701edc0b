"""Sixty-four bytes looked at together: each mask against plain Python, in the middle of an array and where it ends."""

from __future__ import annotations

from typing import Any

import numba as nb
import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from arclean import masks

pytestmark = pytest.mark.kernels

U, B = np.uint64, np.uint8
ALL = 2**64 - 1
bits = st.integers(0, ALL)


@nb.njit
def looked(data: Any, p: Any, one: Any, other: Any) -> Any:
    at = masks.window(data, U(p))
    return (
        masks.equal(at, B(one)),
        masks.below(at, B(one)),
        masks.at_least(at, B(one)),
        masks.between(at, B(one), B(other)),
        masks.alpha(at),
    )


@nb.njit
def moved(data: Any, p: Any, size: Any, out: Any) -> None:
    masks.store(out, U(1), masks.window(data, U(p)))
    masks.fetch(out, U(65), masks.window(data, U(p)), U(size))


@nb.njit
def told(mask: Any) -> Any:
    return masks.count(U(mask)), masks.first(U(mask)), masks.blanks_above(U(mask))


@nb.njit
def stretches(splits: Any, contents: Any) -> Any:
    total = open_ = masks.NONE
    for i in range(splits.shape[0]):
        begun, open_ = masks.runs(splits[i], contents[i], open_)
        total += begun
    return total


def array(data: bytes) -> Any:
    made = np.frombuffer(data, np.uint8)
    made.flags.writeable = False
    return made


@given(st.binary(min_size=1, max_size=200), st.integers(0, 200), st.integers(0, 255), st.integers(0, 255))
@example(b"Az@[`{" * 30, 0, 0x80, 0xBF)
@example("ابج".encode() * 20, 7, 0xD8, 0xDB)
@example(b"x" * 64, 64, 0, 255)
def test_what_bytes_are_told(data: bytes, p: int, one: int, other: int) -> None:
    p, one, other = min(p, len(data)), min(one, other), max(one, other)
    there = data[p : p + 64]
    wanted = [
        [byte == one for byte in there],
        [byte < one for byte in there],
        [byte >= one for byte in there],
        [one <= byte <= other for byte in there],
        [chr(byte).isascii() and chr(byte).isalpha() for byte in there],
    ]
    for mask, want in zip(looked(array(data), p, one, other), wanted, strict=True):
        assert [bool(mask >> i & 1) for i in range(len(there))] == want


@given(st.binary(min_size=1, max_size=200), st.integers(0, 200))
def test_bytes_are_moved(data: bytes, p: int) -> None:
    p = min(p, len(data))
    there = data[p : p + 64]
    out = np.full(130, 7, np.uint8)
    moved(array(data), p, len(there), out)
    assert out[0] == 7
    assert out[1 : 1 + len(there)].tobytes() == there
    assert out[65 : 65 + len(there)].tobytes() == there
    assert (out[65 + len(there) :] == 7).all()


@nb.njit
def product(one: Any, other: Any) -> Any:
    return masks.folded(U(one), U(other))


@given(bits, bits)
@example(ALL, ALL)
@example(0, ALL)
def test_both_halves_of_a_product_are_folded(one: int, other: int) -> None:
    assert product(U(one), U(other)) == (one * other & ALL) ^ (one * other >> 64)


@given(bits)
@example(0)
@example(2**64 - 1)
@example(2**63)
def test_what_a_mask_tells(mask: int) -> None:
    digits = f"{mask:064b}"
    assert told(U(mask)) == (digits.count("1"), 64 if not mask else 63 - digits.rindex("1"), 64 - mask.bit_length())


@given(st.lists(st.tuples(bits, bits, bits, bits), min_size=1, max_size=4))
@example([(0, 0, ALL, 1 << 63), (0, 0, ALL, 1)])
@example([(ALL, 1 << 63, 0, 0), (0, 0, ALL, 1)])
@example([(0, 0, 0, 0), (0, 0, ALL, 1 << 63), (0, 0, 0, 0), (ALL, 1, ALL, 2)])
def test_stretches_with_content_are_counted_once(drawn: list[tuple[int, int, int, int]]) -> None:
    splits = [one & other for one, other, *_ in drawn]
    contents = [one & other & ~split for split, (*_, one, other) in zip(splits, drawn, strict=True)]
    signs = "".join(
        " " if split >> i & 1 else "x" if mask >> i & 1 else "." for split, mask in zip(splits, contents, strict=True) for i in range(64)
    )
    wanted = sum("x" in stretch for stretch in signs.split(" "))
    assert stretches(np.array(splits, np.uint64), np.array(contents, np.uint64)) == wanted


@pytest.mark.parametrize("size", [0, 1, 63, 64, 65, 1 << 40])
def test_the_first_bits(size: int) -> None:
    upto: Any = masks.upto
    assert upto(U(size)) == (1 << min(size, 64)) - 1
