"""Verify: a whole dataset passes, and whatever is done to one is found and named."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from running_fakes import FakePipeline, contents, dump

from arclean import sample
from arclean.dataset.files import hash_file
from arclean.dataset.run import run
from arclean.dataset.verify import verify
from arclean.errors import OutputError, SourceError

if TYPE_CHECKING:
    from collections.abc import Callable


FAKE: Any = FakePipeline()


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("whole")
    run(FAKE, dump(folder / "crawl"), folder / "out", shard_bytes=6000)
    return folder / "out"


@pytest.fixture
def out(whole: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(whole, tmp_path / "out"))


def failed(out: Path) -> dict[str, str]:
    report = verify(out)
    assert report.ok == (not any(check.state == "failed" for check in report.checks))
    return {check.name: check.words for check in report.checks if check.state == "failed"}


def rewrite_manifest(out: Path, change: Callable[[dict[str, Any]], None]) -> None:
    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    change(manifest)
    (out / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")


def rewrite_shard(out: Path, name: str, change: Callable[[pa.Table], pa.Table]) -> None:
    """Change a shard, and let the manifest have its new size, hash and rows: only what it holds is wrong then."""
    path = out / name
    pq.write_table(change(pq.read_table(path)), path)

    def agree(manifest: dict[str, Any]) -> None:
        for shard in manifest["outputs"]:
            if shard["path"] == name:
                shard |= {"size": path.stat().st_size, "xxh3_128": hash_file(path), "rows": pq.read_metadata(path).num_rows}

    rewrite_manifest(out, agree)


def test_a_whole_dataset_passes_every_check_and_is_not_touched(out: Path) -> None:
    before = contents(out)
    report = verify(out)
    assert report.ok, report.summary()
    assert {check.state for check in report.checks} == {"ok"}
    assert [check.name for check in report.checks] == ["manifest", "files", "strangers", "schema", "drop", "counts", "ids"]
    assert contents(out) == before


@pytest.mark.parametrize("name", ["report.html", ".gitattributes", ".git/config"])
def test_what_may_stand_beside_it_is_no_stranger(out: Path, name: str) -> None:
    (out / name).parent.mkdir(exist_ok=True)
    (out / name).touch()
    assert verify(out).ok


def test_the_words_and_the_plain_data_say_the_same(out: Path) -> None:
    (out / "data" / "train-00000-of-00004.parquet").unlink()
    report = verify(out)
    plain = json.loads(json.dumps(report.to_dict()))
    assert not plain["ok"]
    for check in plain["checks"]:
        assert check["words"] in report.summary()
    assert report.summary().endswith("NOT what its manifest says")


def test_a_missing_shard_is_named(out: Path) -> None:
    (out / "data" / "train-00001-of-00004.parquet").unlink()
    assert failed(out) == {"files": "data/train-00001-of-00004.parquet is missing"}


def test_a_cut_shard_is_named_with_both_sizes(out: Path) -> None:
    path = out / "rejected" / "rejected-00000-of-00001.parquet"
    size = path.stat().st_size
    path.write_bytes(path.read_bytes()[:-1])
    assert failed(out) == {"files": f"rejected/{path.name} has {size - 1} bytes instead of {size}"}


def test_a_single_changed_byte_is_found(out: Path) -> None:
    path = next((out / "data").iterdir())
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    assert failed(out) == {"files": f"data/{path.name} has other bytes than were written"}


@pytest.mark.parametrize("name", ["data/train-00004-of-00005.parquet", "notes.txt", ".arclean/units/000000.json"])
def test_a_file_that_the_manifest_does_not_know_is_named(out: Path, name: str) -> None:
    (out / name).parent.mkdir(exist_ok=True, parents=True)
    (out / name).touch()
    assert failed(out) == {"strangers": f"{name} is not in the manifest"}


def test_many_faults_are_counted(out: Path) -> None:
    for number in range(5):
        (out / f"{number}.txt").touch()
    assert failed(out)["strangers"].endswith("2.txt is not in the manifest; and 2 more")


def test_a_shard_with_another_schema_is_named(out: Path) -> None:
    name = "data/train-00001-of-00004.parquet"
    rewrite_shard(out, name, lambda table: table.drop_columns(["url"]))
    assert failed(out) == {"schema": f"the schema of {name} differs from that of the first shard of data"}


def test_columns_that_the_manifest_does_not_have_are_named(out: Path) -> None:
    rewrite_manifest(out, lambda manifest: manifest["columns"].pop())
    assert "the columns are id, text, url" in failed(out)["schema"]


@pytest.mark.parametrize(
    ("kind", "value", "word"), [("data/train-00000-of-00004", "bad", "a"), ("rejected/rejected-00000-of-00001", None, "no")]
)
def test_a_document_in_the_wrong_folder_is_found(out: Path, kind: str, value: str | None, word: str) -> None:
    name = f"{kind}.parquet"

    def misplace(table: pa.Table) -> pa.Table:
        drop = [value, *table.column("drop").to_pylist()[1:]]
        return table.set_column(table.schema.names.index("drop"), table.schema.field("drop"), pa.array(drop, pa.string()))

    rewrite_shard(out, name, misplace)
    assert failed(out).items() >= {"drop": f"1 documents of {name} have {word} reason in `drop`"}.items()


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("data/train-00001-of-00004.parquet", "data has 204 rows, the tally says 205"),
        ("rejected/rejected-00000-of-00001.parquet", "rejected has 34 rows, the tally says 35"),
        ("removed/removed-00000-of-00001.parquet", "removed has 79 rows, the tally says 80"),
        ("quarantine/quarantine-00000-of-00001.parquet", "the quarantine stands for 3 records, the tally says 4"),
    ],
)
def test_a_lost_row_is_found(out: Path, name: str, words: str) -> None:
    rewrite_shard(out, name, lambda table: table.slice(1))
    assert failed(out) == {"counts": words}


@pytest.mark.parametrize(
    ("tally", "words"),
    [
        ({"read": 245}, "read 245 is not kept 205 + rejected 35 + quarantined 4"),
        ({"reasons": {"words_low": 34}}, "the reasons add up to 34, rejected are 35"),
    ],
)
def test_counts_that_do_not_add_up_are_found(out: Path, tally: dict[str, Any], words: str) -> None:
    rewrite_manifest(out, lambda manifest: manifest["tally"].update(tally))
    assert failed(out) == {"counts": words}


def test_an_id_that_comes_twice_is_a_warning_with_its_count(tmp_path: Path) -> None:
    lines = [json.dumps({"id": name, "text": f"one two three {name}"}) for name in ("a", "b", "a", "c", "a")]
    (tmp_path / "in.jsonl").write_text("\n".join(lines) + "\n")
    run(FAKE, tmp_path / "in.jsonl", tmp_path / "out")
    report = verify(tmp_path / "out")
    assert report.ok
    assert [(check.state, check.words[:11]) for check in report.checks if check.name == "ids"] == [("warning", "2 documents")]


def test_an_unfinished_run_says_how_to_finish(tmp_path: Path) -> None:
    (tmp_path / ".arclean").mkdir()
    assert failed(tmp_path) == {"manifest": "there is none: the run did not end; give its command again"}


def test_a_directory_of_something_else(tmp_path: Path) -> None:
    assert failed(tmp_path) == {"manifest": "there is none: this is not the output of a run"}


@pytest.mark.parametrize("content", ["", "{", "[]", '"text"', '{"format": 99}'])
def test_a_broken_manifest_fails_and_does_not_raise(out: Path, content: str) -> None:
    (out / "manifest.json").write_text(content)
    assert "not a manifest of" in failed(out)["manifest"]


def test_no_directory_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="nowhere: no such directory"):
        verify(tmp_path / "nowhere")


def test_sums_of_the_tally_are_counted_again_by_name(out: Path) -> None:
    def shift(manifest: dict[str, Any]) -> None:
        tally = manifest["tally"]
        tally["bytes_kept"] += 1
        tally["reasons"] = {"words_high": sum(tally["reasons"].values())}

    rewrite_manifest(out, shift)
    words = failed(out)["counts"]
    assert "bytes, the tally says" in words
    assert "0 rejected for words_high, the tally says" in words


@pytest.fixture(scope="module")
def cleaned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cleaned")
    run("pretrain", sample.path(), folder / "out")
    return folder / "out"


def again(out: Path, *inputs: Path, **options: Any) -> tuple[str, str]:
    report = verify(out, *inputs, **{"sample": 30, "seed": 1, **options})
    (found,) = (check for check in report.checks if check.name == "again")
    return found.state, found.words


def test_a_sample_is_cleaned_again_from_the_inputs(cleaned: Path) -> None:
    assert again(cleaned, sample.path()) == ("ok", "30 documents cleaned again from the inputs are the same (seed 1)")
    assert again(cleaned, sample.path(), sample=10_000, seed=None)[1].startswith("102 documents")


def test_a_text_that_is_not_what_comes_out_is_found_by_its_id(cleaned: Path, tmp_path: Path) -> None:
    out = Path(shutil.copytree(cleaned, tmp_path / "out"))
    name = "data/train-00000-of-00001.parquet"
    size = sum(len(text.encode()) for text in pq.read_table(out / name)["text"].to_pylist())

    def changed(table: pa.Table) -> pa.Table:
        texts = table["text"].to_pylist()
        texts[3] = texts[3][::-1]
        return table.set_column(table.schema.get_field_index("text"), table.schema.field("text"), pa.array(texts, pa.string()))

    rewrite_shard(out, name, changed)
    assert sum(len(text.encode()) for text in pq.read_table(out / name)["text"].to_pylist()) == size
    state, words = again(out, sample.path(), sample=1000)
    assert state == "failed"
    assert words == f"{pq.read_table(out / name)['id'][3]} differs in text"


def test_a_sample_needs_the_inputs_of_the_run(cleaned: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.jsonl"
    other.write_text('{"text": "x"}\n', encoding="utf-8")
    state, words = again(cleaned, other)
    assert state == "failed"
    assert words.startswith("the inputs are not those of the manifest: ")
    with pytest.raises(SourceError, match="name them"):
        verify(cleaned, sample=3)
