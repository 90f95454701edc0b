"""A small pipeline and a small dump for the tests of runs: what they do is plain to see, and how they do it does not matter there."""

from __future__ import annotations

import gzip
import json
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from arclean.tally import Tally

if TYPE_CHECKING:
    from pathlib import Path

MENU = "home | news | contact"

REMOVED = pa.schema({"row": pa.int32(), "line": pa.int32(), "rule": pa.string(), "category": pa.string(), "text": pa.string()})


@dataclass(frozen=True)
class FakeOutcome:
    batch: pa.RecordBatch
    removed: pa.RecordBatch
    tally: Tally


@dataclass(frozen=True)
class FakePipeline:
    """Cuts the line `MENU`, rejects documents with fewer words than `least`; fails at the document that `fails_at` names."""

    name: str = "fake"
    least: int = 3
    fails_at: str = ""
    seen: list[int] = field(default_factory=list, compare=False)

    @property
    def fingerprint(self) -> str:
        return f"{self.least:02}" * 32

    def to_dict(self) -> dict[str, Any]:
        return {"name": self.name, "steps": [{"menu": {}}, {"words": {"least": self.least}}]}

    def apply(self, batch: pa.RecordBatch) -> FakeOutcome:
        self.seen.append(batch.num_rows)
        if self.fails_at and self.fails_at in batch.column("id").to_pylist():
            raise ValueError(f"the fake fails at {self.fails_at}")
        before = batch.column("text").to_pylist()
        lines = [[(row, n) for n, line in enumerate(text.split("\n"), 1) if line == MENU] for row, text in enumerate(before)]
        after = ["\n".join(line for line in text.split("\n") if line != MENU) for text in before]
        words = pa.array([len(text.split()) for text in after], pa.int32())
        drop = pc.if_else(pc.less(words, self.least), "words_low", pa.scalar(None, pa.string()))
        texts = pa.array(after, pa.string())
        out = batch.set_column(batch.schema.names.index("text"), "text", texts).append_column("drop", drop).append_column("words", words)
        cut = [place for row in lines for place in row]
        removed = pa.RecordBatch.from_pylist(
            [{"row": r, "line": n, "rule": "drop_menu", "category": "navigation", "text": MENU} for r, n in cut], REMOVED
        )
        return FakeOutcome(out, removed, _tally(batch, out, len(cut)))


def _tally(batch: pa.RecordBatch, out: pa.RecordBatch, cut: int) -> Tally:
    rejected = out.num_rows - out.column("drop").null_count
    kept_texts = out.filter(pc.is_null(out.column("drop"))).column("text")
    return Tally(
        read=out.num_rows,
        kept=out.num_rows - rejected,
        rejected=rejected,
        bytes_in=pc.sum(pc.binary_length(batch.column("text"))).as_py() or 0,
        bytes_kept=pc.sum(pc.binary_length(kept_texts)).as_py() or 0,
        lines_removed=cut,
        rules=Counter({"drop_menu": cut} if cut else {}),
        reasons=Counter({"words_low": rejected} if rejected else {}),
    )


def document(n: int) -> dict[str, Any]:
    """Every seventh is too short, every third has a menu above its text."""
    text = "word" if n % 7 == 0 else f"document {n} has these words " + "and more " * (n % 11)
    return {"id": f"doc-{n:05}", "text": f"{MENU}\n{text}" if n % 3 == 0 else text, "url": f"https://example.org/{n}"}


def dump(folder: Path, files: int = 4, documents: int = 60, *, bad: bool = True) -> Path:
    """A folder of JSONL, the last file compressed, each with a line that is not JSON."""
    folder.mkdir()
    for number in range(files):
        lines = [json.dumps(document(number * documents + n)) for n in range(documents)]
        if bad:
            lines.insert(documents // 2, '{"id": "bad", "text": ')
        content = ("\n".join(lines) + "\n").encode()
        last = number == files - 1
        path = folder / f"part-{number}.jsonl{'.gz' if last else ''}"
        path.write_bytes(gzip.compress(content, mtime=0) if last else content)
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    """Every file under a folder: its name and its bytes."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}
