"""The manifest: out of what, by what and into what a dataset was made.

It holds nothing that differs between two runs of the same plan: no time, no number of workers, no name of a machine.
"""

from __future__ import annotations

import json
import re
from importlib.metadata import version
from typing import TYPE_CHECKING, Any, Final

from arclean.dataset.files import dump
from arclean.errors import ArcleanError, OutputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import pyarrow as pa

    from arclean.dataset.place import Place
    from arclean.dataset.shards import Shard
    from arclean.dataset.source import Plan
    from arclean.pipeline import Pipeline
    from arclean.tally import Tally

NAME: Final = "manifest.json"
"""What the manifest is called, in the output directory."""

FORMAT: Final = 1
"""Version of the manifest's own layout."""

_LIBRARIES: Final = ("numba", "numpy", "pyarrow")
"""Whose versions may show in the bytes of the output."""

_SHOWN: Final = 3
"""Inputs that a message names before it counts the rest."""


def head(plan: Plan, pipe: Pipeline, documents: pa.Schema, **options: Any) -> dict[str, Any]:
    """The part of a manifest that is fixed before the start; two runs with equal heads make equal datasets.

    Args:
        plan: what is read.
        pipe: what is done to it.
        documents: the schema that comes out.
        options: of the writing, by name.
    """
    made = {
        "format": FORMAT,
        "arclean": arclean_version(),
        "made_with": {library: version(library) for library in _LIBRARIES},
        "pipeline": {"name": pipe.name, "fingerprint": pipe.fingerprint, "definition": pipe.to_dict()},
        "options": {**plan.to_dict()["options"], **options},
        "inputs": inputs(plan),
        "columns": columns(documents),
    }
    plain: dict[str, Any] = json.loads(dump(made))
    return plain


def columns(documents: pa.Schema) -> list[dict[str, str]]:
    """The columns of a schema, in order.

    >>> import pyarrow as pa
    >>> columns(pa.schema({"id": pa.string()}))
    [{'name': 'id', 'type': 'string'}]
    """
    return [{"name": field.name, "type": _type_name(field.type)} for field in documents]


def _type_name(kind: pa.DataType) -> str:
    """Arrow's name of a type, the same before Parquet and after it, which calls what a list holds ``element``."""
    return re.sub(r"(list<)element(: )", r"\1item\2", str(kind))


def arclean_version() -> str:
    """The version of arclean."""
    import arclean

    return str(arclean.__version__)


def inputs(plan: Plan) -> list[dict[str, Any]]:
    """Each file once, in the order it is read, with its encoding if that is not UTF-8."""
    found: dict[str, dict[str, Any]] = {}
    for piece in plan.pieces:
        for file in piece.members or (piece,):
            known = found.setdefault(file.source, {"source": file.source, "size": 0, "encoding": file.encoding})
            known["size"] += file.size
    return [{name: value for name, value in known.items() if value != ""} for known in found.values()]


def complete(head: Mapping[str, Any], shards: Iterable[Shard], tally: Tally) -> dict[str, Any]:
    """The manifest of a finished dataset.

    Raises:
        ArcleanError: the counts do not add up, which is a bug; no dataset is declared whole with such counts.
    """
    if not tally.balanced:
        raise ArcleanError(
            f"{tally.read} records read are not {tally.kept} kept + {tally.rejected} rejected + {tally.quarantined} quarantined; "
            "this is a bug of arclean or of a step: please report it with the pipeline"
        )
    return {**head, "outputs": [shard.to_dict() for shard in shards], "tally": tally.to_dict()}


def read(out: Place) -> dict[str, Any] | None:
    """The manifest of a directory, None if it has none.

    Raises:
        OutputError: it is there, and cannot be read.
    """
    path = out / NAME
    try:
        manifest = json.loads(path.read_bytes().decode())
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (OSError, ValueError) as error:
        raise OutputError(f"{path}: not a manifest of arclean: {error}") from error
    if not isinstance(manifest, dict) or manifest.get("format") != FORMAT:
        found = manifest.get("format") if isinstance(manifest, dict) else type(manifest).__name__
        raise OutputError(f"{path}: not a manifest of format {FORMAT}, but {found!r}; was it made by another version of arclean?")
    for shard in manifest.get("outputs", ()):
        if not _inside(str(shard["path"])):
            raise OutputError(
                f"{path}: names the file {shard['path']!r}, which lies outside of the dataset; arclean wrote no such manifest"
            )
    return manifest


def _inside(path: str) -> bool:
    """Whether a path leads to a file within the dataset, on any system."""
    parts = re.split(r"[/\\]", path)
    return ".." not in parts and "" not in parts and ":" not in parts[0]


def differences(there: Mapping[str, Any], here: Mapping[str, Any]) -> list[str]:
    """What differs between two heads, in words; nothing if they make the same dataset.

    >>> differences({"arclean": "1.0", "options": {"limit": None}}, {"arclean": "1.0", "options": {"limit": 5}})
    ['limit: None there, 5 here']
    """
    found = []
    for part in ("format", "arclean"):
        found += _between(part, there.get(part), here.get(part))
    for part in ("made_with", "options"):
        old, new = there.get(part, {}), here.get(part, {})
        for name in sorted({*old, *new}):
            found += _between(name, old.get(name), new.get(name))
    found += _between("columns", _columns(there), _columns(here))
    if there.get("pipeline", {}).get("fingerprint") != here.get("pipeline", {}).get("fingerprint"):
        found.append(f"pipeline: {_pipeline(there)} there, {_pipeline(here)} here")
    return found + _other_inputs(there.get("inputs", []), here.get("inputs", []))


def _between(what: str, old: object, new: object) -> list[str]:
    return [] if old == new else [f"{what}: {old} there, {new} here"]


def _columns(head: Mapping[str, Any]) -> str:
    return ", ".join(f"{column['name']} ({column['type']})" for column in head.get("columns", []))


def _pipeline(head: Mapping[str, Any]) -> str:
    pipe = head.get("pipeline", {})
    return f"{pipe.get('name')} {str(pipe.get('fingerprint'))[:12]}"


def _other_inputs(there: list[dict[str, Any]], here: list[dict[str, Any]]) -> list[str]:
    if there == here:
        return []
    old, new = ({i["source"]: i["size"] for i in inputs} for inputs in (there, here))
    found = [f"input {name}: only there" for name in old if name not in new]
    found += [f"input {name}: only here" for name in new if name not in old]
    found += [f"input {name}: {old[name]} bytes there, {new[name]} here" for name in old if new.get(name, old[name]) != old[name]]
    more = [f"and {len(found) - _SHOWN} more inputs"] if len(found) > _SHOWN else []
    return found[:_SHOWN] + more or ["inputs: in another order"]
