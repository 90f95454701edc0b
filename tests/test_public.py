"""The public surface: these names and no others, at no cost until they are used, with examples that run."""

from __future__ import annotations

import doctest
import importlib
import pkgutil
import subprocess
import sys
from types import ModuleType
from typing import Final

import pytest

import arclean

NAMES: Final = [
    "ArcleanError",
    "Change",
    "CharRule",
    "Characters",
    "Contained",
    "ContextRule",
    "CountEntities",
    "Decontaminate",
    "Duplicates",
    "ElementRule",
    "Entities",
    "EntityRule",
    "Explanation",
    "Filter",
    "Forecast",
    "Html",
    "LineRule",
    "Lines",
    "Measure",
    "Passages",
    "PatternRule",
    "Pipeline",
    "Repeats",
    "Split",
    "Tally",
    "Templates",
    "__version__",
    "card",
    "convert",
    "decontaminate",
    "dedup",
    "each",
    "export",
    "learn",
    "load",
    "mine",
    "plan",
    "presets",
    "push",
    "register",
    "report",
    "run",
    "stream",
    "verify",
    "warm",
]
HEAVY: Final = ("numpy", "pyarrow", "numba", "datasets", "yaml", "click", "pandas", "regex", "tqdm", "fsspec")


def modules_after(code: str) -> set[str]:
    done = subprocess.run([sys.executable, "-c", f"{code}\nimport sys\nprint(*sys.modules)"], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_the_public_names_are_these() -> None:
    assert sorted(arclean.__all__) == NAMES
    assert sorted(dir(arclean)) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_every_public_name_is_there_and_says_what_it_is(name: str) -> None:
    value = getattr(arclean, name)
    assert name == "__version__" or len(value.__doc__) > 20
    assert getattr(arclean, name) is value


def test_a_star_import_brings_them_all() -> None:
    space: dict[str, object] = {}
    exec("from arclean import *", space)
    assert set(NAMES) <= space.keys()


def test_a_name_that_is_not_there_has_the_nearest() -> None:
    with pytest.raises(AttributeError, match=r"unknown name in arclean 'Pipelin'. Did you mean 'Pipeline'"):
        arclean.Pipelin  # noqa: B018
    assert not hasattr(arclean, "_private")


@pytest.mark.parametrize(
    ("code", "allowed"),
    [
        pytest.param("import arclean", set(), id="the-library"),
        pytest.param("import arclean; dir(arclean); arclean.__version__", set(), id="its-names"),
        pytest.param("import arclean.cli", {"click"}, id="the-command"),
    ],
)
def test_importing_it_costs_nothing(code: str, allowed: set[str]) -> None:
    brought = {name.split(".")[0] for name in modules_after(code) - modules_after("")}
    assert brought & set(HEAVY) <= allowed


def test_cleaning_does_not_bring_what_only_runs_need() -> None:
    loaded = modules_after("import arclean; arclean.load('pretrain').clean('نص')")
    assert not loaded & {"datasets", "click", "tqdm", "fsspec", "polars", "duckdb"}
    assert {"numpy", "pyarrow"} <= loaded


def names() -> list[str]:
    found = pkgutil.walk_packages(arclean.__path__, "arclean.")
    return [module.name for module in found if not module.name.endswith("__main__")]


@pytest.mark.parametrize("name", names())
def test_every_module_imports_says_what_it_is_and_its_examples_run(name: str) -> None:
    module: ModuleType = importlib.import_module(name)
    assert module.__doc__ or name == "arclean.dataset"
    assert doctest.testmod(module).failed == 0


def test_the_examples_on_the_first_page_run() -> None:
    assert doctest.testmod(arclean).attempted > 0
    assert doctest.testmod(arclean).failed == 0
