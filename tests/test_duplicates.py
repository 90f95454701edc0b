"""Documents that came before: what is kept, what is rejected and why, in runs over files."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner
from running_fakes import contents

import arclean
from arclean.cli import main
from arclean.dataset import phases, spool
from arclean.duplicates.keep import wishes
from arclean.duplicates.urls import normal_urls
from arclean.errors import ArcleanError, ColumnError, PipelineError, SourceError, UnknownName

WORDS = [
    *("قطار", "محطة", "مدينة", "بحر", "جبل", "كتاب", "قلم", "شمس", "قمر", "ليل", "نهار", "طريق", "بيت", "باب", "نافذة"),
    *("شجرة", "نهر", "سماء", "أرض", "ريح", "مطر", "ثلج", "نار", "ماء", "خبز", "ملح", "زيت", "عنب", "تين", "رمان"),
]
Row = dict[str, Any]


def text_of(seed: int, words: int = 40) -> str:
    return " ".join(np.random.default_rng(seed).choice(WORDS, words))


def edited(text: str, seed: int, changes: int) -> str:
    words = text.split()
    for at in np.random.default_rng(seed).choice(len(words), changes, replace=False):
        words[at] = f"كلمة{seed}"
    return " ".join(words)


def write(path: Path, rows: Sequence[Row]) -> Path:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path


def read(out: Path, *kinds: str) -> list[Row]:
    return [
        row
        for kind in kinds or ("data", "rejected")
        for path in sorted((out / kind).glob("*.parquet"))
        for row in pq.read_table(path).to_pylist()
    ]


def marks(out: Path) -> dict[str, tuple[str | None, str | None, int | None]]:
    return {row["id"]: (row["drop"], row["cluster"], row["cluster_size"]) for row in read(out)}


def deduped(tmp_path: Path, rows: Sequence[Row], **options: Any) -> dict[str, tuple[str | None, str | None, int | None]]:
    arclean.dedup(write(tmp_path / "in.jsonl", rows), tmp_path / "out", workers=1, **options)
    assert arclean.verify(tmp_path / "out").ok
    return marks(tmp_path / "out")


def shrink(patch: pytest.MonkeyPatch) -> None:
    """Parts of a few documents and four partitions, so that pairs lie in different parts and homes."""
    patch.setattr(spool.Spool, "writer", lambda self, unit, each: spool.SpoolWriter(replace(self, part_bytes=4000), unit, each))
    patch.setattr(phases, "partitions_for", lambda size: 4)
    patch.setattr("arclean.dataset.run.ReadOptions", small_blocks)


@pytest.fixture(autouse=True)
def _small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    shrink(monkeypatch)


def small_blocks(**options: Any) -> Any:
    from arclean.dataset.source import ReadOptions

    return ReadOptions(**options, block_bytes=2500, piece_bytes=10_000)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("قال الوزير", "قال المدير", id="another word"),
        pytest.param("🌚😁", "❤", id="signs of no word"),
        pytest.param("", "قال", id="nothing"),
        pytest.param(text_of(1), text_of(2), id="other words in the same language"),
        pytest.param(text_of(1), edited(text_of(1), 9, 6), id="too much changed"),
        pytest.param(text_of(1), " ".join(reversed(text_of(1).split())), id="the same words in another order"),
    ],
)
def test_what_is_no_duplicate_is_kept(tmp_path: Path, one: str, other: str) -> None:
    found = deduped(tmp_path, [{"id": "a", "text": one}, {"id": "b", "text": other}])
    assert found == {"a": (None, None, 1), "b": (None, None, 1)}


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        pytest.param("قَالَ الوزير!", "قـال الوزير", "exact_duplicate", id="the same words in another spelling"),
        pytest.param("🌚😁", "🌚😁", "exact_duplicate", id="the same signs"),
        pytest.param("", "", "exact_duplicate", id="nothing, twice"),
        pytest.param(text_of(1), edited(text_of(1), 9, 1), "near_duplicate", id="one word changed"),
        pytest.param(text_of(1), text_of(1) + " شارك هذا الخبر", "near_duplicate", id="a button behind it"),
        pytest.param("قال الوزير ان القطار سيعود غدا", "قال الوزير ان القطار سيعود غدا", "exact_duplicate", id="short and the same"),
    ],
)
def test_the_first_of_duplicates_is_kept(tmp_path: Path, one: str, other: str, reason: str) -> None:
    rows = [{"id": "x", "text": "نص آخر لا يشبه شيئا"}, {"id": "a", "text": one}, {"id": "b", "text": other}]
    assert deduped(tmp_path, rows) == {"x": (None, None, 1), "a": (None, "a", 2), "b": (reason, "a", 2)}


def test_what_was_rejected_before_is_nobodys_original(tmp_path: Path) -> None:
    rows = [{"id": "a", "text": "كلمة", "n": 1}, {"id": "b", "text": "كلمة", "n": 5}, {"id": "c", "text": "كلمة", "n": 6}]
    pipe = arclean.Pipeline((arclean.Filter("n", least=2), arclean.Duplicates()))
    arclean.run(pipe, write(tmp_path / "in.jsonl", rows), tmp_path / "out")
    assert marks(tmp_path / "out") == {"a": ("n_low", None, None), "b": (None, "b", 2), "c": ("exact_duplicate", "b", 2)}


@pytest.mark.parametrize(
    ("keep", "kept"),
    [
        pytest.param(["first"], "a", id="first"),
        pytest.param(["longest"], "c", id="longest"),
        pytest.param(["newest date"], "b", id="newest"),
        pytest.param(["oldest date"], "c", id="oldest; one without a date comes last"),
        pytest.param(["greatest n"], "a", id="greatest; the first of equal ones"),
        pytest.param(["least n"], "c", id="least"),
        pytest.param(["source in books, news"], "c", id="best source"),
        pytest.param(["source in news, books", "longest"], "b", id="best source, then longest"),
        pytest.param("longest", "c", id="one wish alone"),
    ],
)
def test_which_one_is_kept_is_as_wished(tmp_path: Path, keep: Any, kept: str) -> None:
    text = text_of(1)
    rows: list[Row] = [
        {"id": "a", "text": text, "date": None, "n": 3, "source": "news"},
        {"id": "x", "text": text_of(2), "date": None, "n": 0, "source": "books"},
        {"id": "b", "text": f"{text} وقال", "date": "2024-03-01", "n": 3, "source": "news"},
        {"id": "c", "text": f"{text} وقال أيضا", "date": "2023-03-01T10:00:00Z", "n": 1, "source": "books"},
    ]
    found = deduped(tmp_path, rows, keep=keep)
    assert found["x"] == (None, None, 1)
    del found["x"]
    assert [name for name, (drop, _, _) in found.items() if drop is None] == [kept]
    assert {(cluster, size) for _, cluster, size in found.values()} == {("a", 3)}


def test_the_reason_is_the_strongest_tie_to_a_document_before(tmp_path: Path) -> None:
    near = edited(text_of(1), 9, 1)
    rows = [{"id": "a", "text": text_of(1)}, {"id": "b", "text": near}, {"id": "c", "text": near}]
    assert {name: found[0] for name, found in deduped(tmp_path, rows).items()} == {"a": None, "b": "near_duplicate", "c": "exact_duplicate"}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("https://www.Example.org/a/", "http://example.org/a", id="scheme, www, slash"),
        pytest.param("https://example.org/a?id=7&utm_source=x&fbclid=1#top", "example.org/a?id=7", id="tracking and fragment"),
        pytest.param("https://example.org/?utm_medium=x&id=1", "https://example.org?id=1", id="tracking first"),
        pytest.param("https://example.org:443/index.html", "https://EXAMPLE.org", id="port and index"),
        pytest.param("https://m.example.org/x", "https://example.org/x", id="the page for telephones"),
    ],
)
def test_addresses_of_one_page_are_one(one: str, other: str) -> None:
    first, second = normal_urls(pa.array([one, other])).to_pylist()
    assert first == second


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("https://example.org/a?id=7", "https://example.org/a?id=8", id="another parameter"),
        pytest.param("https://example.org/A", "https://example.org/a", id="capitals in a path"),
        pytest.param("https://news.example.org/", "https://example.org/", id="another host"),
        pytest.param("https://example.org/a?campaign=x", "https://example.org/a", id="a parameter that may tell pages apart"),
        pytest.param("https://example.org:8080/", "https://example.org/", id="another port"),
    ],
)
def test_addresses_of_two_pages_stay_two(one: str, other: str) -> None:
    first, second = normal_urls(pa.array([one, other])).to_pylist()
    assert first != second


def test_documents_of_one_address_are_duplicates_and_without_one_are_not(tmp_path: Path) -> None:
    urls = ["https://www.example.org/a/", None, "http://example.org/a", "", None, "https://example.org/b"]
    rows = [{"id": str(n), "text": text_of(n), "link": url} for n, url in enumerate(urls)]
    found = deduped(tmp_path, rows, url="link")
    assert {name for name, (drop, _, _) in found.items() if drop} == {"2"}
    assert found["2"] == ("same_url", "0", 2)


def corpus(seed: int, documents: int = 90) -> list[Row]:
    """Originals, copies, near copies near the threshold, and copies of copies, in no order."""
    rng = np.random.default_rng(seed)
    texts = [text_of(1000 + n, int(rng.integers(20, 60))) for n in range(documents // 3)]
    while len(texts) < documents:
        text = texts[int(rng.integers(len(texts)))]
        texts.append(text if rng.random() < 0.3 else edited(text, len(texts), int(rng.integers(1, 4))))
    return [{"id": f"{seed}-{n}", "text": texts[int(i)]} for n, i in enumerate(rng.permutation(documents))]


def similarity(one: str, other: str) -> float:
    a, b = ({tuple(w[i : i + 5]) for i in range(len(w) - 4)} for w in (one.split(), other.split()))
    return len(a & b) / len(a | b)


def test_clusters_are_those_of_all_pairs_compared(tmp_path: Path) -> None:
    """The slow twin holds every document against every other; bands miss hardly one pair in a thousand that is well above."""
    rows = corpus(5)
    arclean.dedup(write(tmp_path / "in.jsonl", rows), tmp_path / "out")
    roots = {row["id"]: row["id"] for row in rows}
    for n, one in enumerate(rows):
        for other in rows[:n]:
            if similarity(one["text"], other["text"]) >= 0.75:
                low, high = sorted((roots[one["id"]], roots[other["id"]]), key=[row["id"] for row in rows].index)
                roots = {name: low if root == high else root for name, root in roots.items()}
    found = marks(tmp_path / "out")
    sizes = [list(roots.values()).count(root) for root in roots.values()]
    expected = {name: (root if size > 1 else None, size) for (name, root), size in zip(roots.items(), sizes, strict=True)}
    assert {name: (cluster, size) for name, (_, cluster, size) in found.items()} == expected
    assert [row["id"] for row in read(tmp_path / "out", "data")] == [row["id"] for row in rows if roots[row["id"]] == row["id"]]


def test_without_a_look_bands_alone_decide(tmp_path: Path) -> None:
    found = deduped(tmp_path, corpus(5), verify=False)
    assert sum(drop == "near_duplicate" for drop, _, _ in found.values()) > 10


def test_exact_duplicates_alone(tmp_path: Path) -> None:
    found = deduped(tmp_path, corpus(5), near=False)
    assert {drop for drop, _, _ in found.values()} == {None, "exact_duplicate"}


@pytest.mark.parametrize("workers", [1, 2])
def test_the_same_bytes_for_any_number_of_workers_and_files(tmp_path: Path, workers: int) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(3):
        write(folder / f"{number}.jsonl", corpus(number))
    options: Any = {"signatures": True, "keep": ["longest"], "shard_bytes": 20_000}
    arclean.dedup(folder, tmp_path / "one", workers=1, **options)
    arclean.dedup(folder, tmp_path / "more", workers=workers, **options)
    assert contents(tmp_path / "one") == contents(tmp_path / "more")
    assert arclean.verify(tmp_path / "one").ok


class Killed(BaseException):
    pass


def test_a_run_that_was_killed_in_any_phase_ends_as_one_that_was_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from arclean.dataset.files import Sink

    source = write(tmp_path / "in.jsonl", corpus(1))
    arclean.dedup(source, tmp_path / "whole", workers=1, signatures=True)
    commit, stages = Sink.commit, set()
    for after in range(0, 75, 6):
        left = after

        def dying(sink: Sink) -> None:
            nonlocal left
            left -= 1
            if left < 0:
                stages.add(sink.path.parent.name)
                raise Killed
            commit(sink)

        out = tmp_path / f"out-{after}"
        with monkeypatch.context() as patch:
            patch.setattr(Sink, "commit", dying)
            with pytest.raises(Killed):
                arclean.dedup(source, out, workers=1, signatures=True)
        arclean.dedup(source, out, workers=2, signatures=True)
        assert contents(out) == contents(tmp_path / "whole")
    assert len(stages) >= 8, stages


KILLS_ITSELF = """
import os, signal, sys
step, source, out = sys.argv[1:]
import pytest
import arclean
from arclean.dataset.exchange import TableWriter
from test_duplicates import shrink
shrink(pytest.MonkeyPatch())
write = TableWriter.write
def dying(writer, *given):
    write(writer, *given)
    if writer.path.parent.name == step and writer.rows:
        writer._flush()
        os.kill(os.getpid(), signal.SIGKILL)
TableWriter.write = dying
arclean.dedup(source, out, workers=2, signatures=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
def test_a_process_that_is_killed_while_it_settles_leaves_a_run_that_goes_on(tmp_path: Path) -> None:
    source = write(tmp_path / "in.jsonl", corpus(1))
    arclean.dedup(source, tmp_path / "whole", workers=1, signatures=True)
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(Path(__file__).parent), *sys.path])}
    for step in ("candidates", "verified-edges"):
        out = tmp_path / step
        command = [sys.executable, "-c", KILLS_ITSELF, step, str(source), str(out)]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == -signal.SIGKILL, done.stderr
        assert not (out / "manifest.json").exists()
        arclean.dedup(source, out, workers=2, signatures=True)
        assert contents(out) == contents(tmp_path / "whole")
        assert arclean.verify(out).ok


@pytest.mark.parametrize(("seed", "apart"), [(1, False), (2, False), (3, False), (4, True), (5, True)])
def test_what_is_added_later_is_marked_as_if_all_had_come_at_once(tmp_path: Path, seed: int, apart: bool) -> None:
    every = [*corpus(seed, 60), *corpus(seed + 10, 60), *corpus(seed, 60)]
    rows = [{**every[int(i)], "id": str(n)} for n, i in enumerate(np.random.default_rng(seed).permutation(len(every)))]
    files = [write(tmp_path / f"{name}.jsonl", some) for name, some in zip("abc", (rows[:70], rows[70:130], rows[130:]), strict=True)]
    arclean.dedup(files, tmp_path / "scratch", signatures=True)
    arclean.dedup(files[0], tmp_path / "a", signatures=True)
    arclean.dedup(files[1], tmp_path / "b", signatures=True, against=[] if apart else [str(tmp_path / "a")])
    arclean.dedup(files[2], tmp_path / "c", against=[str(tmp_path / "a"), str(tmp_path / "b")])
    scratch = marks(tmp_path / "scratch")
    later = marks(tmp_path / "c")
    assert len(later) == 50
    assert later == {name: scratch[name] for name in later}
    for out in ("b", "c"):
        assert arclean.verify(tmp_path / out).ok


def test_a_dataset_without_signatures_cannot_be_held_against(tmp_path: Path) -> None:
    source = write(tmp_path / "in.jsonl", corpus(1))
    arclean.dedup(source, tmp_path / "a")
    arclean.dedup(source, tmp_path / "b", signatures=True, words=3)
    with pytest.raises(SourceError, match=r"a: it was made without signatures; make it with `duplicates: \{signatures: true\}`"):
        arclean.dedup(source, tmp_path / "out", against=[str(tmp_path / "a")])
    with pytest.raises(SourceError, match="b: its signatures were made with words 3, here it is 5"):
        arclean.dedup(source, tmp_path / "out", against=[str(tmp_path / "b")])
    with pytest.raises(SourceError, match="nowhere: no dataset of arclean"):
        arclean.dedup(source, tmp_path / "out", against=[str(tmp_path / "nowhere")])
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("options", "kind", "message"),
    [
        pytest.param({"threshold": 1.5}, PipelineError, "threshold is 1.5", id="threshold"),
        pytest.param({"words": 0}, PipelineError, "0 words", id="words"),
        pytest.param({"keep": 7}, PipelineError, "takes a text or a list of texts", id="a number for a wish"),
        pytest.param({"keep": ["latest"]}, PipelineError, "keep 'latest' is none of: first; longest; newest COLUMN", id="wish"),
        pytest.param({"keep": ["newest data"]}, UnknownName, "unknown column 'data'. Did you mean 'date'", id="column of a wish"),
        pytest.param({"url": "urls"}, UnknownName, "unknown column 'urls'. Did you mean 'url'", id="column of addresses"),
        pytest.param({"treshold": 0.5}, UnknownName, "unknown option of dedup 'treshold'. Did you mean 'threshold'", id="option"),
        pytest.param({"keep": ["greatest date"]}, PipelineError, "is to be of numbers", id="a wish for numbers"),
    ],
)
def test_wrong_use_stops_before_any_work(tmp_path: Path, options: Any, kind: type[ArcleanError], message: str) -> None:
    source = write(tmp_path / "in.jsonl", [{"id": "a", "text": "نص", "date": "2024-01-01", "url": "example.org"}])
    with pytest.raises(kind, match=message):
        arclean.dedup(source, tmp_path / "out", **options)
    assert not (tmp_path / "out").exists()


def test_a_column_of_the_name_is_not_written_over(tmp_path: Path) -> None:
    source = write(tmp_path / "in.jsonl", [{"id": "a", "text": "نص", "cluster": 5}])
    with pytest.raises(ColumnError, match="--rename cluster=cluster_given"):
        arclean.dedup(source, tmp_path / "out")
    arclean.dedup(source, tmp_path / "out", rename=[("cluster", "cluster_given")])


def test_the_step_is_written_in_a_file_and_read_again(tmp_path: Path) -> None:
    (tmp_path / "p.yaml").write_text("steps:\n- duplicates: {threshold: 0.8, keep: [longest], url: link}\n", encoding="utf-8")
    pipe = arclean.load(tmp_path / "p.yaml")
    assert pipe.parts == (arclean.Duplicates(0.8, keep=("longest",), url="link"),)
    assert arclean.Pipeline.from_dict(pipe.to_dict()) == pipe


def test_the_command_is_the_function(tmp_path: Path) -> None:
    source = write(tmp_path / "in.jsonl", corpus(1))
    arclean.dedup(source, tmp_path / "a", keep=["longest"], threshold=0.8)
    done = CliRunner().invoke(main, ["dedup", str(source), "-o", str(tmp_path / "b"), "--keep", "longest", "--threshold", "0.8", "-q"])
    assert (done.exit_code, done.output.splitlines()[0].split(" · ")[0]) == (0, "90 documents")
    assert contents(tmp_path / "a") == contents(tmp_path / "b")
    wrong = CliRunner().invoke(main, ["dedup", str(source), "-o", str(tmp_path / "c"), "--keep", "latest", "-q"])
    assert wrong.exit_code == 2


def test_a_partition_that_is_too_large_is_read_in_turns(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = write(tmp_path / "in.jsonl", corpus(1))
    arclean.dedup(source, tmp_path / "a")
    monkeypatch.setattr("arclean.duplicates.candidates.MOST_ROWS", 30)
    monkeypatch.setattr("arclean.duplicates.clusters._MAPPED_FROM", 0)
    monkeypatch.setattr("arclean.duplicates.clusters._ROWS", 7)
    arclean.dedup(source, tmp_path / "b")
    assert contents(tmp_path / "a") == contents(tmp_path / "b")


def test_wishes_are_in_order_and_first_needs_no_rank() -> None:
    assert wishes(["first"]) == ()
    assert [one.how for one, _ in pairwise([*wishes(["longest", "newest date"]), None]) if one] == ["longest", "newest"]
