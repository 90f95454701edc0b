"""What happens while numba compiles: a person who waits is told once, seconds are counted, Python collects again afterwards."""

from __future__ import annotations

import gc
import io
import sys
from collections import ChainMap
from collections.abc import Iterator
from contextlib import redirect_stderr
from importlib import import_module
from pathlib import Path
from types import FunctionType, ModuleType, SimpleNamespace
from typing import Any

import numpy as np
import pytest
import tqdm
from numba.core.dispatcher import Dispatcher

import arclean
from arclean import compiling
from arclean.dataset.place import place_of
from arclean.dataset.result import RunResult
from arclean.tally import Tally


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def _event(module: str = "arclean.somewhere") -> Any:
    return SimpleNamespace(data={"dispatcher": SimpleNamespace(__module__=module)})


def _compile(watch: compiling.Watch, module: str = "arclean.somewhere") -> None:
    """A pass that calls another."""
    for hear in (watch.on_start, watch.on_start, watch.on_end, watch.on_end):
        hear(_event(module))


@pytest.mark.parametrize("module", ["a_module_of_the_user", "arcleaner.kernels"])
def test_who_compiles_passes_of_their_own_is_told_nothing(module: str) -> None:
    with redirect_stderr(Terminal()) as terminal:
        _compile(compiling.Watch(), module)
    assert terminal.getvalue() == ""


@pytest.mark.parametrize("stream", [io.StringIO(), None], ids=["a file takes what a terminal would", "no standard error at all"])
def test_nothing_is_told_where_nobody_looks(stream: io.StringIO | None) -> None:
    with redirect_stderr(stream):
        _compile(compiling.Watch())
    assert stream is None or stream.getvalue() == ""


@pytest.mark.parametrize("bar", [True, False], ids=["with a bar of progress", "without"])
def test_a_person_is_told_once(bar: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "tqdm", tqdm) if bar else monkeypatch.delitem(sys.modules, "tqdm", raising=False)
    watch = compiling.Watch()
    with redirect_stderr(Terminal()) as terminal:
        _compile(watch)
        _compile(watch)
    assert terminal.getvalue().count("arclean: compiling") == 1
    assert terminal.getvalue().endswith("\n")


@pytest.mark.parametrize("collects", [True, False], ids=["that collected", "that did not"])
def test_python_collects_again_as_before(collects: bool) -> None:
    try:
        gc.enable() if collects else gc.disable()
        watch = compiling.Watch()
        watch.on_start(_event())
        assert not gc.isenabled()
        watch.on_start(_event())
        watch.on_end(_event())
        assert not gc.isenabled()
        watch.on_end(_event())
        assert gc.isenabled() == collects
    finally:
        gc.enable()


def test_seconds_of_compiling_are_counted_and_of_running_are_not() -> None:
    @compiling.njit(nogil=True)
    def total(numbers):  # type: ignore[no-untyped-def]
        found = 0
        for one in numbers:
            found += one
        return found

    before = compiling.seconds()
    assert total(np.arange(4)) == 6
    compiled = compiling.seconds()
    assert compiled > before
    assert total(np.arange(5)) == 10
    assert compiling.seconds() == compiled


def test_a_pass_that_fails_to_compile_leaves_the_collector_as_it_was() -> None:
    @compiling.njit(nogil=True)
    def broken(numbers):  # type: ignore[no-untyped-def]
        return numbers.no_such_thing

    with pytest.raises(Exception, match="no_such_thing"):
        broken(np.arange(4))
    assert gc.isenabled()


def _called_from_python(module: ModuleType) -> Iterator[str]:
    """Passes without an entry that functions of the module name: as a global, else behind the name of a module."""
    held = vars(module)
    for function in [one for one in held.values() if isinstance(one, FunctionType) and one.__module__ == module.__name__]:
        used = function.__code__.co_names
        behind = ChainMap(held, *(vars(held[name]) for name in used if isinstance(held.get(name), ModuleType)))
        yield from (name for name in used if name.startswith("_") and isinstance(behind.get(name), Dispatcher))


def test_no_pass_without_an_entry_is_called_from_python() -> None:
    root = Path(arclean.__file__).parent
    names = [".".join(path.relative_to(root.parent).with_suffix("").parts) for path in root.rglob("*.py") if path.stem != "__main__"]
    modules = [import_module(name.removesuffix(".__init__")) for name in names]
    assert [found for module in modules for found in _called_from_python(module)] == []


def test_a_pass_without_an_entry_that_is_called_is_found() -> None:
    module = ModuleType("made_up")
    source = "from arclean import compiling as nb\n\n@nb.njit()\ndef _part(n):\n    return n\n\ndef caller():\n    return _part(1)\n"
    exec(source, vars(module))
    assert list(_called_from_python(module)) == ["_part"]


@pytest.mark.parametrize(
    ("compiling_seconds", "told"),
    [(0.0, "in 4.0 s, 500 kB/s"), (0.9, "in 4.0 s, 645 kB/s"), (3.0, "in 4.0 s, 3.0 s of it compiling, once; in the rest 2 MB/s")],
    ids=["nothing to compile", "hardly anything", "much"],
)
def test_a_run_tells_its_speed_without_compiling(compiling_seconds: float, told: str) -> None:
    result = RunResult(place_of("out"), "light 0123", Tally(bytes_in=2_000_000), (), 4.0, False, compiling_seconds)
    assert result.summary().endswith(told)
