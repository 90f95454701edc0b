"""A dataset in other formats, uploaded, or streamed without being written: the same documents, and nothing half-written."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

import arclean
from arclean import cli, sample
from arclean.errors import OutputError, UnknownName


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("formats") / "out"
    arclean.run("pretrain", sample.path(), out)
    return out


def rows_of(out: Path, kind: str = "data") -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = pq.read_table(out / kind).to_pylist()
    return rows


def unpacked(path: Path) -> bytes:
    if path.suffix == ".gz":
        return gzip.decompress(path.read_bytes())
    if path.suffix == ".zst":
        return bytes(pa.CompressedInputStream(pa.OSFile(str(path)), "zstd").read())
    return path.read_bytes()


# --- what it must not do


def test_what_is_there_is_not_written_over(run: Path, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(OutputError, match="choose another"):
        arclean.convert(run, tmp_path, "jsonl")
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


@pytest.mark.parametrize(("to", "kind", "near"), [("json", "data", "jsonl"), ("jsonl", "rejects", "rejected")])
def test_a_wrong_name_brings_the_nearest(run: Path, tmp_path: Path, to: str, kind: str, near: str) -> None:
    with pytest.raises(UnknownName, match=f"Did you mean '{near}'"):
        arclean.convert(run, tmp_path / "dest", to, kind=kind)
    assert not (tmp_path / "dest").exists()


def test_no_finished_run_is_no_dataset(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="finished run"):
        arclean.convert(tmp_path, tmp_path / "dest", "jsonl")


def test_a_column_that_is_no_json_is_named_and_nothing_is_left(tmp_path: Path) -> None:
    pq.write_table(pa.table({"text": ["كلمة"], "raw": pa.array([b"\xff"])}), tmp_path / "a.parquet")
    arclean.run("light", tmp_path / "a.parquet", tmp_path / "out")
    with pytest.raises(OutputError, match="bytes"):
        arclean.convert(tmp_path / "out", tmp_path / "dest", "jsonl")
    assert list((tmp_path / "dest").iterdir()) == []


def test_a_damaged_dataset_is_not_uploaded(tmp_path: Path) -> None:
    arclean.run("light", sample.path(), tmp_path / "out")
    next((tmp_path / "out" / "data").iterdir()).unlink()
    with pytest.raises(OutputError, match="not whole"):
        arclean.push(tmp_path / "out", "someone/corpus", dry_run=True)


@pytest.mark.parametrize("repo", ["a/b/c", "some one/corpus", ""])
def test_what_is_no_repository_is_refused(run: Path, repo: str) -> None:
    with pytest.raises(OutputError, match="not the name of a repository"):
        arclean.push(run, repo, dry_run=True)


@pytest.mark.parametrize("transport", [False, True], ids=["the system's error", "that of the hub's HTTP library"])
def test_an_upload_that_fails_says_how_to_go_on(run: Path, monkeypatch: pytest.MonkeyPatch, transport: bool) -> None:
    from huggingface_hub import HfApi
    from huggingface_hub.errors import HfHubHTTPError

    def refuse(*_: Any, **__: Any) -> None:
        raise (HfHubHTTPError.__mro__[1] if transport else OSError)("no route to host")

    monkeypatch.setenv("HF_TOKEN", "hf_secret")
    monkeypatch.setattr(HfApi, "create_repo", refuse)
    with pytest.raises(OutputError, match="same command again") as caught:
        arclean.push(run, "someone/corpus")
    assert "hf_secret" not in str(caught.value)


# --- what it does


@pytest.mark.parametrize("to", ["jsonl", "jsonl.gz", "jsonl.zst"])
def test_json_lines_have_every_row(run: Path, tmp_path: Path, to: str) -> None:
    (path,) = arclean.convert(run, tmp_path / "dest", to)
    assert path.name == f"train-00000-of-00001.{to}"
    assert [json.loads(line) for line in unpacked(path).decode().splitlines()] == rows_of(run)


@pytest.mark.parametrize("to", ["jsonl.gz", "jsonl.zst", "text"])
def test_equal_datasets_give_equal_bytes(run: Path, tmp_path: Path, to: str) -> None:
    (one,), (other,) = (arclean.convert(run, tmp_path / name, to) for name in "ab")
    assert one.read_bytes() == other.read_bytes()


def test_arclean_reads_what_it_wrote(run: Path, tmp_path: Path) -> None:
    arclean.convert(run, tmp_path / "dest", "jsonl.zst")
    again = arclean.run(arclean.load("light").without("letters"), tmp_path / "dest", tmp_path / "again")
    assert again.tally.read == len(rows_of(run))


def test_text_has_an_empty_line_after_each_document(run: Path, tmp_path: Path) -> None:
    (path,) = arclean.convert(run, tmp_path / "dest", "text", kind="rejected")
    documents = path.read_text(encoding="utf-8").split("\n\n")
    wanted = ["\n".join(line for line in row["text"].split("\n") if line.strip()) for row in rows_of(run, "rejected")]
    assert documents == [*filter(None, wanted), ""]


def test_a_dataset_dict_opens_from_disk(run: Path, tmp_path: Path) -> None:
    from datasets import load_from_disk

    assert arclean.convert(run, tmp_path / "dest", "hf") == [tmp_path / "dest"]
    assert load_from_disk(str(tmp_path / "dest"))["train"].to_list() == rows_of(run)
    assert [path.name for path in tmp_path.iterdir()] == ["dest"]


def test_a_dataset_dict_has_the_splits_of_the_column(tmp_path: Path) -> None:
    from datasets import load_from_disk

    lines = [json.dumps({"text": "كلمة", "split": name}) for name in ("train", "test", "train")]
    (tmp_path / "a.jsonl").write_text("\n".join(lines), encoding="utf-8")
    arclean.run("light", tmp_path / "a.jsonl", tmp_path / "out")
    arclean.convert(tmp_path / "out", tmp_path / "dest", "hf")
    assert load_from_disk(str(tmp_path / "dest")).num_rows == {"test": 1, "train": 2}


def test_a_dry_run_names_the_files_without_the_network(run: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_ENDPOINT", "http://127.0.0.1:9")
    upload = arclean.push(run, "someone/corpus", dry_run=True)
    assert {name for name, _ in upload.files} >= {"README.md", "manifest.json", "data/train-00000-of-00001.parquet"}
    assert not upload.done


def test_a_stream_has_the_documents_that_a_run_keeps(run: Path) -> None:
    streamed = list(arclean.stream("pretrain", sample.path()))
    assert sorted(row["text"] for row in streamed) == sorted(row["text"] for row in rows_of(run))
    assert [name for name in streamed[0] if name != "id"] == [name for name in rows_of(run)[0] if name != "id"]


def test_workers_of_a_loader_share_a_stream() -> None:
    stream = arclean.stream("pretrain", sample.path())
    parts = [list(stream.shard(2, number)) for number in range(2)]
    assert all(parts)
    assert sorted(row["id"] for part in parts for row in part) == sorted(row["id"] for row in stream)


def test_the_commands_do_the_same(run: Path, tmp_path: Path) -> None:
    done = CliRunner().invoke(cli.main, ["convert", str(run), "-o", str(tmp_path / "dest"), "--to", "text"])
    assert (done.exit_code, done.output) == (0, f"{tmp_path / 'dest'}/train-00000-of-00001.txt\n")
    done = CliRunner().invoke(cli.main, ["push", str(run), "someone/corpus", "--dry-run"])
    assert done.exit_code == 0
    assert done.output.startswith("would upload ")
