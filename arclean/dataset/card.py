"""README.md of a dataset: the front matter by which `datasets.load_dataset` opens it, and the counts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import yaml

from arclean.dataset.write import KINDS, SPLITS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from arclean.dataset.shards import Shard
    from arclean.tally import Tally

NAME: Final = "README.md"
"""What the card is called, in the output directory."""

_CONFIGS: Final = {"data": "default", "rejected": "rejected", "removed": "removed"}
"""Folder to the configuration that opens it."""

_SAYS: Final = {
    "default": "the documents that were kept",
    "rejected": "the documents that were not; the column `drop` says why",
    "removed": "the lines that were cut out of documents, with the rule that did it",
}

_SIZES: Final = (1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000, 10_000_000_000, 100_000_000_000, 10**12)
_SIZE_NAMES: Final = ("1K", "10K", "100K", "1M", "10M", "100M", "1B", "10B", "100B", "1T")


def size_category(rows: int) -> str:
    """The Hugging Face size category.

    >>> size_category(999), size_category(1000), size_category(3 * 10**12)
    ('n<1K', '1K<n<10K', 'n>1T')
    """
    larger = sum(rows >= size for size in _SIZES)
    if larger == 0:
        return "n<1K"
    if larger == len(_SIZES):
        return "n>1T"
    return f"{_SIZE_NAMES[larger - 1]}<n<{_SIZE_NAMES[larger]}"


def card(head: Mapping[str, Any], shards: Sequence[Shard], tally: Tally) -> str:
    """The text of README.md.

    Args:
        head: see `manifest.head`.
        shards: the files of the dataset.
        tally: the counts of the run.
    """
    kinds = {shard.kind for shard in shards}
    front = {
        "language": ["ar"],
        "size_categories": [size_category(tally.kept)],
        "configs": configs(kinds, splits_of(shard.path for shard in shards)),
    }
    return f"---\n{yaml.safe_dump(front, sort_keys=False, allow_unicode=True)}---\n\n{_body(head, described(kinds), tally)}"


def splits_of(paths: Iterable[str]) -> list[str]:
    """The splits of the documents that were kept, as their shards are called.

    >>> splits_of(["data/test-00000-of-00001.parquet", "data/train-00000-of-00001.parquet", "rejected/rejected-00000-of-00001.parquet"])
    ['train', 'test']
    """
    found = {path.removeprefix("data/").partition("-")[0] for path in paths if path.startswith("data/")}
    return [split for split in SPLITS if split in found]


def configs(kinds: Collection[str], splits: Sequence[str] = ("train",)) -> list[dict[str, Any]]:
    """The configurations of a dataset that has these kinds of shards, as front matter has them.

    >>> configs({"data"})
    [{'config_name': 'default', 'data_files': [{'split': 'train', 'path': 'data/train-*.parquet'}], 'default': True}]
    """
    return [
        {"config_name": name, "data_files": [{"split": "train", "path": f"{kind}/{KINDS[kind]}-*.parquet"}]}
        if name != "default"
        else {"config_name": name, "data_files": [{"split": s, "path": f"{kind}/{s}-*.parquet"} for s in splits], "default": True}
        for kind, name in _CONFIGS.items()
        if kind in kinds
    ]


def described(kinds: Collection[str]) -> dict[str, str]:
    """Those configurations by name, each in a few words."""
    return {name: _SAYS[name] for kind, name in _CONFIGS.items() if kind in kinds}


def _body(head: Mapping[str, Any], said: Mapping[str, str], tally: Tally) -> str:
    pipe = head["pipeline"]
    lines = [
        f"Made by arclean {head['arclean']} with the pipeline `{pipe['name']}` (`{pipe['fingerprint']}`).",
        "What went in, what came out and every count stands in `manifest.json`.",
        "",
        *(f"- `{name}`: {words}" for name, words in said.items()),
        "",
        "| records | |",
        "|---|---:|",
        *(f"| {name} | {getattr(tally, name):,} |" for name in ("read", "kept", "rejected", "quarantined")),
    ]
    if tally.reasons:
        lines += ["", "| rejected for | documents |", "|---|---:|", *(f"| `{name}` | {n:,} |" for name, n in ranked(tally.reasons))]
    if tally.rules:
        lines += ["", "| rule | acted |", "|---|---:|", *(f"| `{name}` | {n:,} |" for name, n in ranked(tally.rules))]
    return "\n".join(lines) + "\n"


def ranked(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    """Counts, largest first, equal ones by name.

    >>> ranked({"b": 1, "a": 1, "c": 2})
    [('c', 2), ('a', 1), ('b', 1)]
    """
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))
