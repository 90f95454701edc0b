"""What a run gives back, and how it says it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from arclean.dataset.card import ranked
from arclean.dataset.shards import Shard
from arclean.tally import Tally

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from arclean.dataset.place import Place

_TOP: Final = 10
"""Names that a summary shows of each kind of count."""

_TOLD: Final = 1.0
"""Seconds of compiling from which a summary tells them apart from the speed."""


@dataclass(frozen=True)
class RunResult:
    """A finished dataset.

    Attributes:
        out: its directory.
        pipeline: name and fingerprint of the pipeline that made it.
        tally: the counts, over all runs that it took.
        shards: its Parquet files.
        seconds: what this call took.
        already_done: whether it was finished before.
        compiling: seconds of those for which this process compiled; on a machine that has run arclean before, none.
    """

    out: Place
    pipeline: str
    tally: Tally
    shards: tuple[Shard, ...]
    seconds: float
    already_done: bool
    compiling: float = 0.0

    @classmethod
    def of_manifest(cls, out: Place, manifest: Mapping[str, Any], seconds: float, *, already_done: bool) -> RunResult:
        """The result that a manifest tells of."""
        return cls(
            out,
            f"{manifest['pipeline']['name']} {manifest['pipeline']['fingerprint'][:12]}",
            Tally.from_dict(manifest["tally"]),
            tuple(Shard.from_dict(shard) for shard in manifest["outputs"]),
            seconds,
            already_done,
        )

    def summary(self) -> str:
        """What was done, in a few lines for a terminal."""
        return "\n".join(self._lines())

    def _lines(self) -> Iterator[str]:
        tally = self.tally
        kept = f"{tally.kept:,} kept{_share(tally.kept, tally.read)}"
        lost = f"{tally.rejected:,} rejected · {tally.quarantined:,} quarantined"
        yield f"{tally.read:,} documents · {kept} · {lost} · pipeline {self.pipeline}"
        yield f"{bytes_in_words(tally.bytes_in)} of text · {bytes_in_words(tally.bytes_kept)} kept · {tally.lines_removed:,} lines removed"
        for title, counts in (("rejected", tally.reasons), ("rules", tally.rules), ("quarantined", tally.errors)):
            if counts:
                yield f"  {title:<12}{_top(counts)}"
        data = sum(shard.kind == "data" for shard in self.shards)
        if self.already_done:
            yield f"already done: {self.out} ({_plural(data, 'shard')}); nothing was written"
        else:
            speed = bytes_in_words(tally.bytes_in / max(self.seconds - self.compiling, 1e-9))
            once = f", {self.compiling:.1f} s of it compiling, once; in the rest {speed}/s" if self.compiling >= _TOLD else f", {speed}/s"
            yield f"written to {self.out} ({_plural(data, 'shard')}) in {self.seconds:.1f} s{once}"


def _top(counts: Mapping[str, int]) -> str:
    names = ranked(counts)
    more = f"   and {len(names) - _TOP} more" if len(names) > _TOP else ""
    return "   ".join(f"{name} {count:,}" for name, count in names[:_TOP]) + more


def _share(part: int, whole: int) -> str:
    return f" ({part / whole:.1%})" if whole else ""


def _plural(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def bytes_in_words(count: float) -> str:
    """An amount of bytes, short.

    >>> bytes_in_words(999), bytes_in_words(228_291)
    ('999 B', '228 kB')
    """
    for unit in ("B", "kB", "MB", "GB", "TB"):
        if round(count) < 1000:
            return f"{count:.3g} {unit}"
        count /= 1000
    return f"{count:.3g} PB"
