"""Pipelines by name or from a file."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Hashable
from pathlib import Path
from typing import Any, Final

from arclean.errors import PipelineError, unknown
from arclean.pipeline import Pipeline

PRESETS: Final = Path(__file__).parent / "presets"


def presets() -> list[str]:
    """The names of the presets.

    >>> "pretrain" in presets()
    True
    """
    return sorted(path.stem for path in PRESETS.glob("*.yaml"))


def load(name: str | os.PathLike[str]) -> Pipeline:
    """The pipeline of a preset's name, or of a YAML file's path.

    Raises:
        UnknownName: no preset and no file has the name; or the file names something that does not exist.
        PipelineError: the file is not the description of a pipeline.

    >>> load("pretrain").name
    'pretrain'
    """
    text = os.fspath(name)
    if text in presets():
        return _read(PRESETS / f"{text}.yaml")
    path = Path(text)
    if path.is_file():
        return _read(path)
    if path.suffix in {".yaml", ".yml"} or os.sep in text:
        raise PipelineError(f"no pipeline file at {text!r}; give the path of a YAML file, or a preset: {', '.join(presets())}")
    raise unknown("preset", text, presets())


def _loader() -> Any:
    """YAML's safe loader, which makes plain data alone; a key that is there twice, of which it would take the last, is an error."""
    import yaml

    class Loader(yaml.SafeLoader):
        def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
            for key, count in Counter(key.value for key, _ in node.value if isinstance(key, yaml.ScalarNode)).items():
                if count > 1:
                    raise yaml.constructor.ConstructorError(None, None, f"the key {key!r} is there twice", node.start_mark)
            return super().construct_mapping(node, deep)

    return Loader


def _read(path: Path) -> Pipeline:
    import yaml

    try:
        data = yaml.load(path.read_text(encoding="utf-8"), Loader=_loader())  # noqa: S506 - a safe one
    except yaml.MarkedYAMLError as error:
        raise PipelineError(f"{path}: {_said(error)}{_place(error)}") from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise PipelineError(f"{path}: not YAML: {error}") from error
    except OSError as error:
        raise PipelineError(f"{path}: cannot be read: {error.strerror}") from error
    return Pipeline.from_dict(data, str(path.name))


def _place(error: Any) -> str:
    mark = error.problem_mark or error.context_mark
    return f"; line {mark.line + 1}, column {mark.column + 1}" if mark else ""


def _said(error: Any) -> str:
    """What is wrong, in a line. A tag is YAML, and would be an object of Python's: the safe loader makes none."""
    said = ", ".join(part for part in (error.context, error.problem) if part)
    if "constructor for the tag" in said:
        return f"not a pipeline: {said}. A pipeline is plain data; nothing in its file is run"
    return f"not YAML: {said}"
