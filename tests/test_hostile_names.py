"""Whatever names, paths and ids the input holds: nothing is written outside of the output directory, and nothing there is named by them."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import arclean
from arclean.errors import ArcleanError, OutputError
from arclean.rules.samples import PROSE

HOSTILE: Final = (
    "../../escaped",
    "/tmp/escaped",
    "..\\..\\escaped",
    "C:\\escaped",
    "file:///tmp/escaped",
    "a/../../../escaped",
    "\0escaped",
    "~/escaped",
    "$HOME/escaped",
    ".arclean/plan.json",
    "../manifest.json",
    "data/train-00000-of-00001.parquet",
    "escaped\n../escaped",
    "\N{RIGHT-TO-LEFT OVERRIDE}tegtegp",
    "*" * 3000,
    "",
)
OURS: Final = {"README.md", "croissant.json", "data", "manifest.json", "quarantine", "rejected", "removed", "report.html", "signatures"}


def records(path: Path) -> Path:
    rows = [{"id": name, "text": f"{PROSE}\nجميع الحقوق محفوظة\n{name}", "url": name, "split": name, name or "x": name} for name in HOSTILE]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows) + "{broken\n", encoding="utf-8")
    return path


def parquet(path: Path) -> Path:
    names = ["text", *(name for name in HOSTILE if name)]
    pq.write_table(pa.table({name: [PROSE] for name in names}), path)
    return path


def csv(path: Path) -> Path:
    path.write_text('id,text,url\n"../../escaped","نص","/tmp/escaped"\n"/etc/escaped",نص,x\n', encoding="utf-8")
    return path


def warc(path: Path) -> Path:
    body = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<title>../../escaped</title><p>{PROSE}</p>".encode()
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: file:///../../escaped\r\nWARC-Record-ID: <../../escaped>\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    path.write_bytes(head.encode() + body + b"\r\n\r\n")
    return path


INPUTS: Final[dict[str, Callable[[Path], Path]]] = {"a.jsonl": records, "a.parquet": parquet, "a.csv": csv, "a.warc": warc}


@pytest.fixture
def around(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder deep enough that whatever climbs out of it is still seen."""
    deep = tmp_path / "a" / "b" / "c" / "work"
    deep.mkdir(parents=True)
    monkeypatch.chdir(deep)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    return tmp_path


def files(folder: Path) -> set[str]:
    return {os.path.relpath(Path(path, name), folder) for path, _, names in os.walk(folder) for name in names}


@pytest.mark.parametrize("pipeline", ["pretrain", "crawl", "staged"])
@pytest.mark.parametrize("name", INPUTS)
def test_a_run_and_what_is_made_of_it_write_into_their_directories_alone(around: Path, name: str, pipeline: str) -> None:
    path = INPUTS[name](Path(name))
    before = files(around)
    pipe: Any = pipeline
    if pipeline == "staged":
        steps = [{"preset": "crawl" if name == "a.warc" else "light"}, {"duplicates": {"keep": ["longest"]}}, {"repeats": {"unit": "line"}}]
        pipe = arclean.Pipeline.from_dict({"name": "../../escaped", "promise": "../../escaped", "steps": steps})
    try:
        arclean.run(pipe, path, "out", shard_bytes=4000)
    except ArcleanError:
        assert files(around) == before
        return
    arclean.card("out")
    arclean.report("out", inputs=path)
    for form in ("jsonl", "text"):
        arclean.convert("out", f"converted-{form}", form)
    new = files(around) - before
    home = os.path.relpath(Path.cwd(), around)
    assert {one for one in new if not one.startswith((f"{home}/out/", f"{home}/converted-"))} == set()
    assert {path.name for path in Path("out").iterdir()} <= OURS
    assert not [one for one in new if "escaped" in one]
    assert arclean.verify("out").ok


@pytest.mark.parametrize("name", ["-.jsonl", "a b\N{RIGHT-TO-LEFT OVERRIDE}.jsonl", "%2e%2e.jsonl", "x" * 200 + ".jsonl", "\n.jsonl"])
def test_names_of_files_name_nothing_in_the_dataset(around: Path, name: str) -> None:
    folder = Path("crawl", "..hidden")
    folder.mkdir(parents=True)
    records(folder / name)
    before = files(around)
    arclean.run("light", folder, "out")
    new = {Path(one).name for one in files(around) - before}
    assert {one.partition("-")[0] for one in new} == {"README.md", "manifest.json", "train", "rejected", "quarantine"}


def test_a_dataset_that_comes_from_elsewhere_cannot_point_out_of_itself(around: Path) -> None:
    records(Path("a.jsonl"))
    arclean.run("light", "a.jsonl", "out")
    made = json.loads(Path("out/manifest.json").read_text(encoding="utf-8"))
    Path("secret.parquet").write_bytes(Path("out", made["outputs"][0]["path"]).read_bytes())
    for outside in ("../secret.parquet", str(Path("secret.parquet").absolute()), "data/../../secret.parquet", "C:\\secret.parquet"):
        made["outputs"][0]["path"] = outside
        Path("out/manifest.json").write_text(json.dumps(made), encoding="utf-8")
        report = arclean.verify("out")
        assert not report.ok
        assert "outside of the dataset" in report.summary()
        for act in (lambda: arclean.convert("out", "lines", "jsonl"), lambda: arclean.report("out"), lambda: arclean.card("out")):
            with pytest.raises(OutputError, match=r"secret\.parquet"):
                act()
    assert not Path("lines").exists()
