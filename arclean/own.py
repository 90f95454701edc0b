"""The user's own modules: imported because the command says so by name, never because a pipeline's file does."""

from __future__ import annotations

import importlib
import importlib.util
import os
import sys
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, get_args

from arclean.errors import ArcleanError, PipelineError
from arclean.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterable


def import_own(name: str | os.PathLike[str]) -> ModuleType:
    """Import a module, so that the steps and functions which it registers can be named in a pipeline's file.

    Args:
        name: of a module (``mysteps``, looked for in the current directory too), or the path of a file (``tools/mysteps.py``).

    Raises:
        PipelineError: there is none, or it cannot be imported.
    """
    text = os.fspath(name)
    try:
        return _from_file(Path(text)) if text.endswith(".py") else _from_path(text)
    except ArcleanError:
        raise
    except (ImportError, SyntaxError, OSError) as error:
        raise PipelineError(f"module {text!r} cannot be imported: {type(error).__name__}: {error}") from error


def _from_path(name: str) -> ModuleType:
    here = os.getcwd()
    if here not in sys.path:  # as `python -m` does; a command's own sys.path begins where it is installed
        sys.path.insert(0, here)
    return importlib.import_module(name)


def _from_file(path: Path) -> ModuleType:
    if not path.is_file():
        raise PipelineError(f"no module at {str(path)!r}; give the path of a Python file, or the name of a module")
    name = path.stem
    known = sys.modules.get(name)
    if known is not None and getattr(known, "__file__", None) == str(path.resolve()):
        return known
    if known is not None:
        name = f"arclean_own_{name}"
    spec = importlib.util.spec_from_file_location(name, path.resolve())
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    try:
        spec.loader.exec_module(module)
    except BaseException:
        del sys.modules[name]
        raise
    return module


def rules_in(file: str | os.PathLike[str]) -> list[Rule]:
    """The rules of a file: of a pipeline, or those that stand at the top level of a Python module, each once, in order.

    Args:
        file: a preset's name, the path of a pipeline's file, or the path of a Python file.

    Raises:
        PipelineError: there is no such file, it cannot be imported, or it holds no rule.
        UnknownName: no preset has the name.
        RuleError: one of its rules cannot be made.
    """
    from arclean.loading import load

    text = os.fspath(file)
    if text.endswith(".py"):
        held = _held(vars(import_own(text)).values())
    else:
        held = _held(getattr(part, "rules", ()) for part in load(text).parts)
    if not held:
        raise PipelineError(f"{text}: holds no rule; a module holds them by name at its top level, or in a tuple or list there")
    return held


def _held(values: Iterable[object]) -> list[Rule]:
    found: list[Rule] = []
    for value in values:
        some = value if isinstance(value, (tuple, list)) else (value,)
        found += [one for one in some if isinstance(one, get_args(Rule)) and one not in found]
    return found
