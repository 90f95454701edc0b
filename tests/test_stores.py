"""Datasets in stores that fsspec opens: the bytes of a local run, whole or not there, gone on with after a kill, one run at a time.

`memory://` always; S3 against a server on this machine (moto), where it and s3fs are installed.
"""

from __future__ import annotations

import importlib
import json
import logging
import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any, Final

import fsspec
import pytest
from running_fakes import FakePipeline, contents, dump

import arclean
from arclean.dataset import lease, place
from arclean.dataset.place import Remote, make_scratch, place_of
from arclean.dataset.source import ReadOptions
from arclean.dataset.verify import verify
from arclean.errors import OutputError

runs: Any = importlib.import_module("arclean.dataset.run")
run = runs.run
SMALL: Final[dict[str, int]] = {"block_bytes": 2500, "piece_bytes": 5000}


@pytest.fixture(autouse=True)
def _small_blocks(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(runs, "ReadOptions", partial(ReadOptions, block_bytes=2500, piece_bytes=5000))
    monkeypatch.setenv("TMPDIR", str(tmp_path / "tmp"))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "tmp"))


@pytest.fixture
def crawl(tmp_path: Path) -> Path:
    return dump(tmp_path / "crawl")


@pytest.fixture(scope="module")
def s3() -> Iterator[str]:
    """The address of a server that does as S3 does."""
    pytest.importorskip("s3fs", reason="s3fs is not installed")
    moto = pytest.importorskip("moto.server", reason="moto with its server is not installed")
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = moto.ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture(params=["memory", "s3"])
def store(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """The address of an empty folder in a store."""
    name = f"arclean-{time.time_ns()}"
    if request.param == "memory":
        return f"memory://{name}"
    for key, value in keys(request.getfixturevalue("s3")).items():
        monkeypatch.setenv(key, value)
    import s3fs

    s3fs.S3FileSystem.clear_instance_cache()
    fsspec.filesystem("s3").mkdir(name)
    return f"s3://{name}"


def keys(endpoint: str) -> dict[str, str]:
    return {"AWS_ENDPOINT_URL": endpoint, "AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test", "AWS_DEFAULT_REGION": "us-east-1"}


def stored(url: str) -> dict[str, bytes]:
    there = place_of(url)
    assert isinstance(there, Remote)
    return {name: (there / name).read_bytes() for name in there.sizes()}


def scratch_left(tmp_path: Path) -> list[str]:
    return [path.name for path in (tmp_path / "tmp").rglob("*")]


def test_a_path_stays_a_path(tmp_path: Path) -> None:
    assert place_of(tmp_path) == tmp_path
    assert place_of(str(tmp_path)) == tmp_path
    assert place_of(f"file://{tmp_path}/out") == tmp_path / "out"


def test_the_bytes_are_those_of_a_local_run(store: str, crawl: Path, tmp_path: Path) -> None:
    run(FakePipeline(), crawl, tmp_path / "out", shard_bytes=2000)
    result = run(FakePipeline(), crawl, f"{store}/out", shard_bytes=2000, workers=2)
    assert stored(f"{store}/out") == contents(tmp_path / "out")
    assert str(result.out) == f"{store}/out"
    assert scratch_left(tmp_path) == []
    report = verify(f"{store}/out")
    assert report.ok, report.summary()
    again = run(FakePipeline(), crawl, f"{store}/out", shard_bytes=2000)
    assert again.already_done


def test_what_a_run_left_that_was_killed_behind_its_manifest_goes(store: str, crawl: Path, tmp_path: Path) -> None:
    run(FakePipeline(), crawl, f"{store}/out")
    place = place_of(f"{store}/out")
    assert isinstance(place, Remote)
    make_scratch(Path(place.scratch))
    Path(place.scratch, "lock").touch()
    assert scratch_left(tmp_path) != []
    assert run(FakePipeline(), crawl, f"{store}/out").already_done
    assert scratch_left(tmp_path) == []


def test_stages_too(store: str, tmp_path: Path) -> None:
    from test_running_stages import pipeline

    rows = [{"id": str(i), "text": f"كلمة {i % 7} في نص قصير عن البئر والطريق {i % 5}", "url": f"https://a.example/{i}"} for i in range(60)]
    path = tmp_path / "a.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    run(pipeline(), path, tmp_path / "out", shard_bytes=2000)
    run(pipeline(), path, f"{store}/out", shard_bytes=2000)
    assert stored(f"{store}/out") == contents(tmp_path / "out")
    assert scratch_left(tmp_path) == []


def test_page_card_and_other_formats_are_made_of_it(store: str, crawl: Path, tmp_path: Path) -> None:
    run(FakePipeline(), crawl, f"{store}/out")
    assert str(arclean.report(f"{store}/out")) == f"{store}/out/report.html"
    assert str(arclean.card(f"{store}/out", title="مجموعة")) == f"{store}/out/README.md"
    assert {"report.html", "README.md", "croissant.json"} <= stored(f"{store}/out").keys()
    assert verify(f"{store}/out").ok
    paths = arclean.convert(f"{store}/out", tmp_path / "lines", "jsonl")
    assert sum(path.read_bytes().count(b"\n") for path in paths) == 205


@pytest.mark.parametrize("streaming", [False, True], ids=["whole", "streaming"])
def test_datasets_opens_it(store: str, crawl: Path, tmp_path: Path, streaming: bool) -> None:
    from datasets import load_dataset

    if store.startswith("memory"):
        pytest.skip("datasets reads in other processes, which do not share memory")
    run(FakePipeline(), crawl, f"{store}/out", shard_bytes=2000)
    for kind, count in (("data", 205), ("rejected", 35)):
        files = f"{store}/out/{kind}/*.parquet"
        found = load_dataset("parquet", data_files=files, split="train", streaming=streaming, cache_dir=str(tmp_path / "cache"))
        assert len(list(found)) == count


@pytest.mark.parametrize("after", [0, 1, 3, 6, 10, 15, 21, 28, 40])
def test_a_run_that_stops_anywhere_goes_on(store: str, crawl: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, after: int) -> None:
    if store.startswith("s3") and after not in (6, 28):
        pytest.skip("the others in memory")
    run(FakePipeline(), crawl, tmp_path / "out", shard_bytes=2000)
    with monkeypatch.context() as patch:
        stop_after(after, patch)
        with pytest.raises(Stopped):
            run(FakePipeline(), crawl, f"{store}/out", shard_bytes=2000, workers=1)
    run(FakePipeline(), crawl, f"{store}/out", shard_bytes=2000)
    assert stored(f"{store}/out") == contents(tmp_path / "out")
    assert scratch_left(tmp_path) == []


class Stopped(BaseException):
    pass


def stop_after(count: int, patch: pytest.MonkeyPatch) -> None:
    """Whatever is asked of the store after so many changes of it is not done; nor is anything cleared up."""
    left = count

    def limited(change: Callable[..., Any]) -> Callable[..., Any]:
        def changed(*arguments: Any, **options: Any) -> Any:
            nonlocal left
            left -= 1
            if left < 0:
                raise Stopped
            return change(*arguments, **options)

        return changed

    for name in ("upload", "write_bytes", "move", "unlink", "clear"):
        patch.setattr(Remote, name, limited(getattr(Remote, name)))
    patch.setattr(lease.Lease, "give_back", lambda self: self._ended.set())


def test_a_process_that_is_killed_leaves_what_the_next_goes_on_from(s3: str, crawl: Path, tmp_path: Path) -> None:
    environment = {**os.environ, **keys(s3), "TMPDIR": str(tmp_path / "tmp"), "PYTHONPATH": os.pathsep.join(sys.path)}
    bucket = f"killed-{time.time_ns()}"
    script = textwrap.dedent(f"""
        import os, signal, sys, importlib
        from functools import partial
        import fsspec
        from running_fakes import FakePipeline
        from arclean.dataset.place import Remote
        from arclean.dataset.source import ReadOptions
        runs = importlib.import_module("arclean.dataset.run")
        runs.ReadOptions = partial(ReadOptions, **{SMALL!r})
        fsspec.filesystem("s3").mkdirs({bucket!r}, exist_ok=True)
        upload, count = Remote.upload, 0
        def counted(self, file):
            global count
            count += 1
            if count == int(sys.argv[1]):
                os.kill(os.getpid(), signal.SIGKILL)
            upload(self, file)
        Remote.upload = counted
        done = runs.run(FakePipeline(), {str(crawl)!r}, "s3://{bucket}/out", shard_bytes=2000)
        print("uploads", count)
    """)

    def child(at: int) -> subprocess.CompletedProcess[str]:
        (tmp_path / "tmp").mkdir(exist_ok=True)
        return subprocess.run([sys.executable, "-c", script, str(at)], env=environment, capture_output=True, text=True, check=False)

    assert child(12).returncode == -signal.SIGKILL
    done = child(0)
    assert done.returncode == 0, done.stderr
    run(FakePipeline(), crawl, tmp_path / "out", shard_bytes=2000)
    with pytest.MonkeyPatch.context() as patch:
        for key, value in keys(s3).items():
            patch.setenv(key, value)
        assert stored(f"s3://{bucket}/out") == contents(tmp_path / "out")
    assert int(done.stdout.split()[-1]) < len(contents(tmp_path / "out"))
    assert scratch_left(tmp_path) == []


def test_what_another_plan_or_another_program_wrote_is_refused(store: str, crawl: Path) -> None:
    (place_of(f"{store}/other") / "notes.txt").write_bytes(b"mine")
    with pytest.raises(OutputError, match=r"other is not empty: notes\.txt"):
        run(FakePipeline(), crawl, f"{store}/other")
    run(FakePipeline(), crawl, f"{store}/out")
    with pytest.raises(OutputError, match="holds a dataset made otherwise: limit"):
        run(FakePipeline(), crawl, f"{store}/out", limit=3)


def test_the_second_run_at_once_is_refused(store: str, crawl: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    record, refused = runs.Staging.record, []

    def recorded(self: Any, done: Any) -> None:
        for scratch in (None, tmp_path / "elsewhere"):  # this machine, and one that has another folder
            with pytest.raises(OutputError, match=f"{store}/out: another run is at work in it") as told:
                run(FakePipeline(), crawl, f"{store}/out", scratch=scratch)
            refused.append(str(told.value))
        record(self, done)

    monkeypatch.setattr(runs.Staging, "record", recorded)
    run(FakePipeline(), crawl, f"{store}/out", workers=1)
    assert f"process {os.getpid()}, heard of " in refused[1]
    monkeypatch.undo()


def test_a_lock_of_another_machine_is_given_up_after_a_while(store: str, crawl: Path) -> None:
    lock = place_of(f"{store}/out") / ".arclean" / "lock"
    assert isinstance(lock, Remote)
    owner = {"host": "elsewhere", "machine": "another", "process": 7, "token": "x"}
    lock.write_bytes(json.dumps({**owner, "time": time.time() - 60}).encode())
    with pytest.raises(OutputError, match=r"elsewhere, process 7, heard of 6\d s ago.*or when you delete"):
        run(FakePipeline(), crawl, f"{store}/out")
    lock.write_bytes(json.dumps({**owner, "time": time.time() - 2 * lease.GIVEN_UP}).encode())
    run(FakePipeline(), crawl, f"{store}/out")
    assert verify(f"{store}/out").ok


def test_a_run_whose_lock_was_taken_stops_before_it_gives_names(store: str, crawl: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lease, "BEAT", 0.02)
    lock = place_of(f"{store}/out") / ".arclean" / "lock"
    settle = runs.Staging.settle

    def late(self: Any, *arguments: Any) -> Any:
        for _ in range(200):  # a sign of life that was on its way may come after the first
            lock.write_bytes(json.dumps({"host": "a", "process": 1, "time": 0, "token": "another"}).encode())
            time.sleep(0.1)
            self.check()
        return settle(self, *arguments)

    monkeypatch.setattr(runs.Staging, "settle", late)
    with pytest.raises(OutputError, match="another run is at work"):
        run(FakePipeline(), crawl, f"{store}/out")
    assert not [name for name in stored(f"{store}/out") if not name.startswith(".arclean")]


@pytest.mark.parametrize(
    ("url", "said"),
    [
        pytest.param("nothing://a/out", "nothing opens nothing://", id="unknown"),
        pytest.param("gs://bucket/out", "pip install gcsfs", id="not-installed"),
    ],
)
def test_an_address_that_cannot_be_opened_is_told_before_any_work(crawl: Path, url: str, said: str) -> None:
    if url.startswith("gs"):
        try:
            import gcsfs  # type: ignore[import-not-found,import-untyped,unused-ignore]  # noqa: F401
        except ImportError:
            pass
        else:
            pytest.skip("gcsfs is installed")
    with pytest.raises(OutputError, match=said):
        run(FakePipeline(), crawl, url)


def test_a_bucket_that_is_not_there_is_told(s3: str, crawl: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for key, value in keys(s3).items():
        monkeypatch.setenv(key, value)
    with pytest.raises(OutputError, match="Is the bucket there"):
        run(FakePipeline(), crawl, "s3://no-such-bucket/out")


def test_a_missing_permission_is_told(crawl: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from fsspec.implementations.memory import MemoryFileSystem

    def refused(*arguments: Any, **options: Any) -> None:
        raise PermissionError("Forbidden")

    monkeypatch.setattr(MemoryFileSystem, "pipe_file", refused)
    with pytest.raises(OutputError, match=r"no permission: Forbidden\. The keys come from the environment"):
        run(FakePipeline(), crawl, "memory://forbidden/out")


def test_an_output_within_an_input_is_refused(crawl: Path) -> None:
    with pytest.raises(OutputError, match="lies within the input"):
        run(FakePipeline(), "memory://a", "memory://a/out")


def test_a_store_that_has_no_atomic_upload_gets_a_temporary_name_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(place, "_STORES", frozenset())
    there = place_of("memory://plain/out") / "a"
    assert isinstance(there, Remote)
    seen: list[list[str]] = []
    move = there.system.mv

    def moved(old: str, new: str) -> None:
        seen.append([old, new])
        move(old, new)

    monkeypatch.setattr(there.system, "mv", moved)
    there.write_bytes(b"x")
    assert there.read_bytes() == b"x"
    assert seen == [["/plain/out/a.part", "/plain/out/a"]]
