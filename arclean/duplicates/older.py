"""Datasets made before, by their signatures: a new crawl is held against them without a look at their texts."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pyarrow.parquet as pq

from arclean.dataset import manifest
from arclean.dataset.exchange import Part
from arclean.errors import OutputError, SourceError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from arclean.duplicates.stage import Duplicates

_SHARED: Final = ("near", "verify", "words", "hashes", "threshold", "ignore", "url")
"""Options in which both datasets have to agree, for their signatures to say the same."""


def parts_of(place: str, stage: Duplicates) -> list[Part]:
    """The parts of a dataset made before, in their order.

    Args:
        place: its directory.
        stage: what is held against it.

    Raises:
        SourceError: there is no dataset, it was made without signatures, or its signatures mean something else.
    """
    made = _manifest(place)
    _demand_same(place, made, stage)
    folder = Path(place) / "signatures"
    names = sorted(Path(shard["path"]).stem for shard in made["outputs"] if shard["kind"] == "signatures/documents")
    files = [(name, folder / "documents" / f"{name}.parquet") for name in names]
    for _, path in files:
        if not path.exists():
            raise SourceError(f"{place}: {path.name} of its signatures is missing; `arclean verify {place}` says what else is")
    return [Part(name, str(folder), pq.read_metadata(path).num_rows, older=True) for name, path in files]


def joined(places: Sequence[str], stage: Duplicates) -> int:
    """Documents of the first of some datasets, as many of these as were made each against all before it: between those no tie is missing.

    Datasets that were made apart, say on two machines, may have near duplicates between them that nobody has looked for yet.
    """
    documents, before = 0, set[Path]()
    for place in places:
        if not before <= {Path(one).resolve() for one in _stage(place, _manifest(place), stage).against}:
            break
        before.add(Path(place).resolve())
        documents += sum(part.rows for part in parts_of(place, stage))
    return documents


def _manifest(place: str) -> dict[str, Any]:
    try:
        made = manifest.read(Path(place))
    except OutputError as error:
        raise SourceError(str(error)) from error
    if made is None:
        raise SourceError(f"{place}: no dataset of arclean (it has no {manifest.NAME}); duplicates are held against finished datasets")
    return made


def _stage(place: str, made: dict[str, Any], stage: Duplicates) -> Duplicates:
    """The stage that made a dataset, and its signatures."""
    from arclean.pipeline import Pipeline

    pipe = Pipeline.from_dict(made["pipeline"]["definition"], place)
    found = next((part for part in pipe.parts if type(part) is type(stage)), None)
    if found is None or not found.signatures:
        raise SourceError(
            f"{place}: it was made without signatures; make it with `duplicates: {{signatures: true}}`, or give its files as input"
        )
    made_by: Duplicates = found
    return made_by


def _demand_same(place: str, made: dict[str, Any], stage: Duplicates) -> None:
    found = _stage(place, made, stage)
    for name in _SHARED:
        if getattr(found, name) != getattr(stage, name):
            raise SourceError(
                f"{place}: its signatures were made with {name} {getattr(found, name)!r}, here it is {getattr(stage, name)!r}"
            )
