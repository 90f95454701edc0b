"""Runs of pipelines that need the whole corpus: phases that add up, resume, and give the same bytes however the work is done."""

from __future__ import annotations

import json
import pickle
import shutil
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest
import xxhash
from running_fakes import contents

import arclean
from arclean.dataset import phases, spool
from arclean.dataset import run as running
from arclean.dataset.exchange import Exchange, Part, TableWriter, groups_between, one_batch, partition_of, read_groups
from arclean.errors import PipelineError
from arclean.executors import Local
from arclean.stages import Desk, Marked, Stage, Table
from arclean.steps import with_column

SEEN = pa.schema({"key": pa.uint64(), "row": pa.uint32()})
MARKS = pa.schema({"place": pa.int64(), "first": pa.int64()})


@arclean.register("seen_before")
@dataclass(frozen=True)
class SeenBefore:
    """Rejects a document whose text came before, anywhere in the corpus. What a stage is, in the fewest words."""

    releases_gil = True

    reason: str = "seen_before"

    def tables(self) -> Mapping[str, Table]:
        return {"texts": Table(SEEN, "key")}

    def sign(self, batch: pa.RecordBatch) -> Mapping[str, pa.RecordBatch]:
        rows = np.flatnonzero(batch["drop"].is_null().to_numpy(zero_copy_only=False))
        keys = [xxhash.xxh3_64_intdigest(batch["text"][int(row)].as_py().encode()) for row in rows]
        return {"texts": pa.record_batch([pa.array(keys, pa.uint64()), pa.array(rows, pa.uint32())], schema=SEEN)}

    def settle(self, desk: Desk) -> None:
        desk.do(FindFirst(desk.exchange), range(desk.exchange.partitions))

    def mark(self, batch: pa.RecordBatch, marks: pa.RecordBatch | None) -> Marked:
        first = np.full(len(batch), -1, np.int64)
        if marks is not None:
            first[marks["row"].to_numpy()] = marks["first"].to_numpy()
        reasons = pc.coalesce(batch["drop"], pc.if_else(pa.array(first >= 0), self.reason, pa.scalar(None, pa.string())))
        return Marked(with_column(with_column(batch, "first", pa.array(first)), "drop", reasons))


@dataclass(frozen=True)
class FindFirst:
    exchange: Exchange
    step: str = "marks"

    def __call__(self, number: int) -> None:
        seen: dict[int, int] = {}
        with TableWriter(self.exchange.path(self.step, number), MARKS, self.exchange.homes) as writer:
            for base, batch in self.exchange.partition("texts", number):
                places = batch["row"].to_numpy().astype(np.int64) + base
                firsts = np.array([seen.setdefault(k, p) for k, p in zip(batch["key"].to_pylist(), places.tolist(), strict=True)], np.int64)
                again = firsts != places
                found = pa.record_batch([pa.array(places[again]), pa.array(firsts[again])], schema=MARKS)
                writer.write(found, self.exchange.home_of(places[again]))


def document(n: int) -> dict[str, Any]:
    return {"id": f"d{n}", "text": f"كلمة أولى وأخرى بعدها ثم رقم {n % 37} هنا", "n": n}


@pytest.fixture
def crawl(tmp_path: Path) -> Path:
    folder = tmp_path / "crawl"
    folder.mkdir()
    for number in range(5):
        lines = [json.dumps(document(number * 40 + n), ensure_ascii=False) for n in range(40)]
        (folder / f"{number}.jsonl").write_text("\n".join([*lines[:20], '{"text": ', *lines[20:]]) + "\n", encoding="utf-8")
    return folder


@pytest.fixture(autouse=True)
def _many_small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """A unit for each file, parts of a few documents, and four partitions, so that everything happens that happens to a large corpus."""
    small = arclean.dataset.source.ReadOptions
    monkeypatch.setattr(running, "ReadOptions", lambda **options: small(**options, block_bytes=700, piece_bytes=3000))
    monkeypatch.setattr(spool.Spool, "writer", lambda self, unit, each: spool.SpoolWriter(replace(self, part_bytes=2000), unit, each))
    monkeypatch.setattr(phases, "partitions_for", lambda size: 4)


def pipeline(*more: Any) -> arclean.Pipeline:
    return arclean.Pipeline((arclean.Measure(("words",)), SeenBefore(), *more))


def documents(out: Path, kind: str) -> list[dict[str, Any]]:
    return [row for path in sorted((out / kind).glob("*.parquet")) for row in pq.read_table(path).to_pylist()]


def test_a_stage_sees_the_whole_corpus(crawl: Path, tmp_path: Path) -> None:
    result = arclean.run(pipeline(), crawl, tmp_path / "out", shard_bytes=4000)
    kept, rejected = documents(tmp_path / "out", "data"), documents(tmp_path / "out", "rejected")
    assert [row["n"] for row in kept] == list(range(37))
    assert [row["n"] for row in rejected] == list(range(37, 200))
    assert [row["first"] for row in rejected] == [n % 37 for n in range(37, 200)]
    assert {row["drop"] for row in rejected} == {"seen_before"}
    assert (
        result.tally.to_dict() | {"bytes_in": 0, "bytes_kept": 0}
        == arclean.Tally(
            read=205,
            kept=37,
            rejected=163,
            quarantined=5,
            reasons=Counter(seen_before=163),
            errors=Counter({"bad JSON": 5}),
        ).to_dict()
    )
    assert result.tally.bytes_in > result.tally.bytes_kept > 0
    assert arclean.verify(tmp_path / "out").ok
    assert not (tmp_path / "out" / ".arclean").exists()


def test_what_was_rejected_before_the_stage_is_not_looked_at(crawl: Path, tmp_path: Path) -> None:
    pipe = arclean.Pipeline((arclean.Filter("n", least=100), SeenBefore(), arclean.Filter("n", most=110)))
    result = arclean.run(pipe, crawl, tmp_path / "out")
    assert result.tally.reasons == {"n_low": 100, "seen_before": 63, "n_high": 26}
    assert [row["n"] for row in documents(tmp_path / "out", "data")] == list(range(100, 111))


def test_two_stages_are_two_phases_more(crawl: Path, tmp_path: Path) -> None:
    lines = arclean.Characters(arclean.load("light").parts[0].rules)
    pipe = arclean.Pipeline((SeenBefore("a"), lines, SeenBefore("b"), arclean.Measure(("words",))))
    result = arclean.run(pipe, crawl, tmp_path / "out", shard_bytes=4000)
    assert (result.tally.kept, result.tally.reasons) == (37, {"a": 163})
    assert arclean.verify(tmp_path / "out").ok


@pytest.mark.parametrize("workers", [1, 2, 3])
def test_the_same_bytes_for_any_number_of_workers(crawl: Path, tmp_path: Path, workers: int) -> None:
    arclean.run(pipeline(), crawl, tmp_path / "one", workers=1, shard_bytes=4000)
    arclean.run(pipeline(), crawl, tmp_path / "many", workers=workers, shard_bytes=4000)
    assert contents(tmp_path / "one") == contents(tmp_path / "many")
    assert len(list((tmp_path / "one" / "rejected").iterdir())) > 2


class Killed(BaseException):
    pass


def killing(after: int) -> Callable[[Path], None]:
    """Something that dies the moment before a file gets its name, once so many have got theirs."""
    left = after

    def commit(path: Path) -> None:
        nonlocal left
        left -= 1
        if left < 0:
            raise Killed

    return commit


def test_a_run_that_was_killed_anywhere_ends_as_one_that_was_not(crawl: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from arclean.dataset.files import Sink

    arclean.run(pipeline(), crawl, tmp_path / "whole", workers=1, shard_bytes=4000)
    commit, killed = Sink.commit, 0
    for after in (0, 1, 3, 7, 11, 16, 22, 29, 37, 46, 56, 67, 79, 1000):
        out = tmp_path / f"out-{after}"
        die = killing(after)

        def dying(sink: Sink, die: Callable[[Path], None] = die) -> None:
            die(Path(sink.path))
            commit(sink)

        with monkeypatch.context() as patch:
            patch.setattr(Sink, "commit", dying)
            try:
                arclean.run(pipeline(), crawl, out, workers=1, shard_bytes=4000)
            except Killed:
                killed += 1
                assert not (out / "manifest.json").exists()
        arclean.run(pipeline(), crawl, out, workers=2, shard_bytes=4000)
        assert contents(tmp_path / "whole") == contents(out)
    assert killed >= 10


def test_the_settling_is_not_done_again_when_it_was_done(crawl: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(phases.MarkUnit, "__call__", refused)
        with pytest.raises(Killed):
            arclean.run(pipeline(), crawl, tmp_path / "out", workers=1)
    monkeypatch.setattr(FindFirst, "__call__", refused)
    assert sorted(path.name for path in (tmp_path / "out" / ".arclean" / "stage-1" / "marks").iterdir()) == [
        f"{n:06}.parquet" for n in range(4)
    ]
    assert arclean.run(pipeline(), crawl, tmp_path / "out", workers=1).tally.kept == 37


def test_a_corpus_without_documents_has_its_columns(tmp_path: Path) -> None:
    (tmp_path / "empty.jsonl").write_text('{"id": \n', encoding="utf-8")
    (tmp_path / "one.jsonl").write_text('{"text": "نص", "id": "1"}\n', encoding="utf-8")
    result = arclean.run(pipeline(), [tmp_path / "empty.jsonl", tmp_path / "one.jsonl"], tmp_path / "out")
    assert (result.tally.kept, result.tally.quarantined) == (1, 1)
    result = arclean.run(arclean.Pipeline((arclean.Filter("words", least=5), SeenBefore())), [tmp_path / "one.jsonl"], tmp_path / "none")
    assert result.tally.rejected == 1
    assert pq.read_schema(next((tmp_path / "none" / "data").iterdir())).names == ["id", "text", "drop", "words", "first"]


def test_a_batch_alone_is_refused_and_a_text_alone_is_cleaned() -> None:
    pipe = pipeline()
    assert pipe.clean("نص") == "نص"
    assert pipe.explain("نص").drop is None
    with pytest.raises(PipelineError, match=r"SeenBefore needs the whole corpus .* `arclean.run`, .*`pipe.without_stages\(\)`"):
        pipe.table(pa.table({"text": ["نص"]}))
    assert pipe.without_stages().table(pa.table({"text": ["نص"]}))["words"].to_pylist() == [1]


def test_a_stage_is_written_down_and_read_again() -> None:
    pipe = pipeline(SeenBefore("again"))
    assert arclean.Pipeline.from_dict(pipe.to_dict()) == pipe
    assert pipe.fingerprint != pipeline().fingerprint
    assert isinstance(SeenBefore(), Stage)


@dataclass(frozen=True)
class Loses(SeenBefore):
    def mark(self, batch: pa.RecordBatch, marks: pa.RecordBatch | None) -> Marked:
        return Marked(batch.slice(0, max(len(batch) - 1, 0)))


def test_a_stage_that_loses_a_row_is_found_out(crawl: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(arclean.registry._OWN, "loses", Loses)
    with pytest.raises(PipelineError, match=r"Loses gave back \d+ rows for \d+; a stage keeps every row"):
        arclean.run(arclean.Pipeline((Loses(),)), crawl, tmp_path / "out")


def rows(batches: Iterator[pa.RecordBatch]) -> list[int]:
    return [value for batch in batches for value in batch["key"].to_pylist()]


@pytest.mark.parametrize("buffer", [1, 100, 1 << 20])
@pytest.mark.parametrize("partitions", [1, 2, 8])
def test_a_table_gives_each_partition_its_rows_in_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, partitions: int, buffer: int
) -> None:
    monkeypatch.setattr("arclean.dataset.exchange.BUFFER_BYTES", buffer)
    keys = np.random.default_rng(1).integers(0, 2**64, 1000, np.uint64)
    with TableWriter(tmp_path / "t.parquet", pa.schema({"key": pa.uint64()}), partitions) as writer:
        for some in np.array_split(keys, 7):
            writer.write(pa.record_batch({"key": some}), partition_of(some, partitions))
    for of in (1, 2, 4, 8, 16):
        for number in range(of):
            wanted = keys[partition_of(keys, of) == number].tolist()
            found = rows(read_groups(tmp_path / "t.parquet", number, of))
            mine = [key for key in found if partition_of(np.array([key], np.uint64), of)[0] == number]
            assert sorted(mine) == sorted(wanted) if partitions > of else mine == wanted
            assert len(found) == len(wanted) or partitions < of


def test_hashes_are_not_compressed_and_everything_else_is(tmp_path: Path) -> None:
    kinds = {"key": pa.uint64(), "shingles": pa.binary(), "row": pa.uint32(), "rights": pa.list_(pa.int64()), "id": pa.string()}
    values = {"key": [7] * 99, "shingles": [b"0123"] * 99, "row": [1] * 99, "rights": [[1, 2]] * 99, "id": ["نص"] * 99}
    with TableWriter(tmp_path / "t.parquet", pa.schema(kinds)) as writer:
        writer.write(pa.record_batch(values, schema=pa.schema(kinds)))
    group = pq.ParquetFile(tmp_path / "t.parquet").metadata.row_group(0)
    told = {group.column(i).path_in_schema.split(".")[0]: group.column(i).compression for i in range(group.num_columns)}
    assert told == {"key": "UNCOMPRESSED", "shingles": "UNCOMPRESSED", "row": "LZ4", "rights": "LZ4", "id": "LZ4"}


def test_every_partition_of_one_parting_is_covered_by_the_other() -> None:
    for of in (1, 2, 4, 8):
        for there in (1, 2, 4, 8):
            assert sorted({g for n in range(of) for g in groups_between(n, of, there)}) == list(range(there))


def test_places_count_through_the_parts_and_homes_are_neighbours() -> None:
    parts: Sequence[Part] = [Part(str(n), "f", rows, older=n == 0) for n, rows in enumerate([3, 0, 4, 1])]
    exchange = Exchange("f", tuple(parts), 2)
    assert exchange.bases.tolist() == [0, 3, 3, 7, 8]
    assert (exchange.documents, exchange.older, exchange.homes) == (8, 3, 4)
    assert exchange.home_of(np.arange(8)).tolist() == [0, 0, 0, 2, 2, 2, 2, 3]
    assert [exchange.of_home(home) for home in range(4)] == [[0], [1], [2], [3]]
    assert pickle.loads(pickle.dumps(exchange)) == exchange
    assert one_batch([], SEEN).num_rows == 0


def test_many_parts_share_their_homes() -> None:
    exchange = Exchange("f", tuple(Part(str(n), "f", 1) for n in range(1000)), 2)
    assert exchange.homes == 256
    homes = exchange.home_of(np.arange(1000))
    assert [exchange.of_home(int(home)).count(n) for n, home in enumerate(homes)] == [1] * 1000


def stopped(writer: TableWriter) -> None:
    with writer:
        raise ValueError("stop")


def test_a_table_that_is_not_whole_has_no_name(tmp_path: Path) -> None:
    writer = TableWriter(tmp_path / "t.parquet", SEEN)
    writer.write(pa.record_batch([[1], [2]], schema=SEEN))
    with pytest.raises(ValueError, match="stop"):
        stopped(writer)
    assert list(tmp_path.iterdir()) == []


def test_the_work_ends_at_the_first_error_of_a_task(crawl: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(self: FindFirst, number: int) -> None:
        raise ValueError(f"task {number}")

    monkeypatch.setattr(FindFirst, "__call__", failing)
    with pytest.raises(ValueError, match="task"):
        arclean.run(pipeline(), crawl, tmp_path / "out", executor=Local(2))
    shutil.rmtree(tmp_path / "out")
