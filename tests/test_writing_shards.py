"""Shards: the same rows give the same files, of bounded size, whole or not at all."""

from __future__ import annotations

import errno
import os
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arclean.dataset import shards
from arclean.dataset.files import Sink, hash_file, write_whole
from arclean.dataset.shards import ShardWriter, row_bytes
from arclean.errors import OutputError

if TYPE_CHECKING:
    from pathlib import Path

SCHEMA = pa.schema({"id": pa.string(), "text": pa.string(), "words": pa.int32()})


def rows(count: int, size: int = 100) -> pa.RecordBatch:
    letters = np.random.default_rng(count).integers(97, 123, (count, size), np.uint8)
    texts = [bytes(row).decode() for row in letters]
    return pa.record_batch([[f"{n:05}" for n in range(count)], texts, pa.array(range(count), pa.int32())], schema=SCHEMA)


def write(folder: Path, batches: list[pa.RecordBatch], shard_bytes: int = 1 << 20) -> list[shards.Shard]:
    writer = ShardWriter(folder, "u", "data", SCHEMA.with_metadata({"arclean": "1"}), shard_bytes)
    for batch in batches:
        writer.write(batch)
    return writer.close()


@pytest.mark.parametrize(
    "batches",
    [pytest.param([], id="no batch"), pytest.param([rows(0)], id="an empty batch"), pytest.param([rows(0)] * 3, id="several")],
)
def test_without_a_row_there_is_no_file(tmp_path: Path, batches: list[pa.RecordBatch]) -> None:
    assert write(tmp_path, batches) == []
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("shard_bytes", [1, 1000, 5000, 1 << 20])
def test_rows_come_back_in_order_and_the_shards_say_how_many(tmp_path: Path, shard_bytes: int) -> None:
    made = write(tmp_path, [rows(70)], shard_bytes)
    tables = [pq.read_table(tmp_path / shard.path) for shard in made]
    assert [table.num_rows for table in tables] == [shard.rows for shard in made]
    assert pa.concat_tables(tables).equals(pa.Table.from_batches([rows(70)]))


@pytest.mark.parametrize(("shard_bytes", "count"), [(1, 1), (1000, 10), (1090, 10), (1091, 11)])
def test_a_shard_ends_with_the_row_that_fills_it(tmp_path: Path, shard_bytes: int, count: int) -> None:
    made = write(tmp_path, [rows(100)], shard_bytes)
    assert {shard.rows for shard in made[:-1]} == {count}


@settings(max_examples=25, deadline=None)
@given(cuts=st.lists(st.integers(0, 60), max_size=8), shard_bytes=st.integers(1, 8000))
def test_how_rows_are_cut_into_batches_does_not_show(tmp_path_factory: pytest.TempPathFactory, cuts: list[int], shard_bytes: int) -> None:
    whole, cut = tmp_path_factory.mktemp("whole"), tmp_path_factory.mktemp("cut")
    edges = [0, *sorted(cuts), 60]
    batches = [rows(60).slice(start, stop - start) for start, stop in pairwise(edges)]
    assert write(whole, [rows(60)], shard_bytes) == write(cut, batches, shard_bytes)


def test_the_size_and_the_hash_are_those_of_the_file(tmp_path: Path) -> None:
    for shard in write(tmp_path, [rows(50)], 2000):
        path = tmp_path / shard.path
        assert (shard.size, shard.xxh3_128) == (path.stat().st_size, hash_file(path))


def test_the_settings_are_for_training(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shards, "GROUP_BYTES", 4000)
    (shard,) = write(tmp_path, [rows(100)])
    file = pq.ParquetFile(tmp_path / shard.path)
    assert file.num_row_groups == 3
    assert file.schema_arrow.metadata == {b"arclean": b"1"}
    by_name = {column.path_in_schema: column for column in map(file.metadata.row_group(0).column, range(3))}
    assert {column.compression for column in by_name.values()} == {"ZSTD"}
    assert all(column.has_offset_index for column in by_name.values())
    assert [name for name, column in by_name.items() if column.statistics] == ["words"]
    assert [name for name, column in by_name.items() if column.has_dictionary_page] == ["words"]


@pytest.mark.parametrize(
    ("column", "size"),
    [
        pytest.param(pa.array([None, "ab"]), [0, 2], id="a null has no bytes"),
        pytest.param(pa.array(["abc", "ا"], pa.large_string()), [3, 2], id="large strings"),
        pytest.param(pa.array([b"abc", b""]), [3, 0], id="binary"),
        pytest.param(pa.array([True, None]), [1, 1], id="a bit takes a byte"),
        pytest.param(pa.array([1.0, 2.0]), [8, 8], id="doubles"),
        pytest.param(pa.array([None, None]), [4, 4], id="nothing but nulls"),
    ],
)
def test_bytes_of_a_row(column: pa.Array, size: list[int]) -> None:
    assert row_bytes(pa.record_batch({"x": column})).tolist() == size
    assert row_bytes(pa.record_batch({"x": column}).slice(1)).tolist() == size[1:]


def test_a_nested_column_counts_too() -> None:
    assert all(row_bytes(pa.record_batch({"tags": [["a" * 100], ["b" * 100]]})) >= 100)


@pytest.fixture
def small_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every fsync says that the disk is full, as file systems with delayed allocation do."""

    def fsync(handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", fsync)


@pytest.mark.usefixtures("small_disk")
def test_a_full_disk_leaves_no_file_under_its_name(tmp_path: Path) -> None:
    writer = ShardWriter(tmp_path, "u", "data", SCHEMA, 1000)
    with pytest.raises(OutputError, match=r"u-data-0000\.parquet: No space left on device\. Make room"):
        writer.write(rows(50))
    writer.discard()
    assert list(tmp_path.iterdir()) == []


def test_discard_removes_the_shards_that_were_whole_too(tmp_path: Path) -> None:
    writer = ShardWriter(tmp_path, "u", "data", SCHEMA, 1000)
    writer.write(rows(15))
    assert [path.name for path in tmp_path.iterdir()] == ["u-data-0000.parquet"]
    writer.discard()
    assert list(tmp_path.iterdir()) == []


def test_a_file_being_written_has_another_name(tmp_path: Path) -> None:
    sink = Sink(tmp_path / "a")
    sink.write(b"abc")
    assert not (tmp_path / "a").exists()
    sink.commit()
    sink.discard()
    assert (tmp_path / "a").read_bytes() == b"abc"
    assert sink.closed


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(OutputError, match=r"cannot write .*file/page: "):
        write_whole(tmp_path / "file" / "page", "words")


def test_a_page_is_replaced_as_a_whole(tmp_path: Path, small_disk_later: Any) -> None:
    page = tmp_path / "page"
    write_whole(page, "old")
    small_disk_later()
    with pytest.raises(OutputError, match="No space left"):
        write_whole(page, "new")
    assert page.read_text() == "old"
    assert list(tmp_path.iterdir()) == [page]


@pytest.fixture
def small_disk_later(request: pytest.FixtureRequest) -> Any:
    return lambda: request.getfixturevalue("small_disk")
