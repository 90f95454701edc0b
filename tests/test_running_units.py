"""Units: fixed by the pieces alone, and never larger than they may be."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arclean.dataset.shards import Shard
from arclean.dataset.source import Piece
from arclean.dataset.unit import Done, pack
from arclean.tally import Tally


def test_a_compressed_piece_weighs_what_it_holds() -> None:
    packed = [Piece(f"{n}.jsonl.gz", f"{n}.jsonl.gz", "jsonl", "gzip", size=2) for n in range(3)]
    assert [len(unit.pieces) for unit in pack(packed, 10)] == [1, 1, 1]
    assert [len(unit.pieces) for unit in pack(packed, 16)] == [2, 1]


def pieces(*sizes: int) -> list[Piece]:
    return [Piece(f"{n}.jsonl", f"{n}.jsonl", "jsonl", size=size) for n, size in enumerate(sizes)]


@pytest.mark.parametrize(
    ("sizes", "expected"),
    [
        pytest.param([], [], id="nothing to read"),
        pytest.param([0], [[0]], id="an empty file is read all the same"),
        pytest.param([10], [[10]], id="one that fits exactly"),
        pytest.param([11], [[11]], id="one that is too large alone"),
        pytest.param([5, 5], [[5, 5]], id="two that fit exactly"),
        pytest.param([5, 6], [[5], [6]], id="two that do not fit"),
        pytest.param([3, 3, 3, 3, 3], [[3, 3, 3], [3, 3]], id="as many as fit"),
        pytest.param([1, 20, 1, 1], [[1], [20], [1, 1]], id="a large one is alone"),
        pytest.param([0, 0, 0], [[0, 0, 0]], id="unknown sizes go together"),
    ],
)
def test_consecutive_pieces_go_together_while_they_fit(sizes: list[int], expected: list[list[int]]) -> None:
    units = pack(pieces(*sizes), 10)
    assert [[piece.size for piece in unit.pieces] for unit in units] == expected
    assert [unit.index for unit in units] == list(range(len(expected)))


@given(sizes=st.lists(st.integers(0, 30)), unit_bytes=st.integers(1, 40))
def test_no_piece_is_lost_and_no_two_units_could_be_one(sizes: list[int], unit_bytes: int) -> None:
    units = pack(pieces(*sizes), unit_bytes)
    assert [piece for unit in units for piece in unit.pieces] == pieces(*sizes)
    totals = [sum(piece.size for piece in unit.pieces) for unit in units]
    assert all(total <= unit_bytes or len(unit.pieces) == 1 for total, unit in zip(totals, units, strict=True))
    firsts = [unit.pieces[0].size for unit in units[1:]]
    assert all(total + first > unit_bytes for total, first in zip(totals, firsts, strict=False))


def test_a_unit_and_what_it_left_travel() -> None:
    done = Done(3, (Shard("data", "a", 1, "00", 2),), Tally(read=2, kept=2))
    assert Done.from_dict(done.to_dict()) == done
    assert pickle.loads(pickle.dumps(pack(pieces(1), 1))) == pack(pieces(1), 1)
