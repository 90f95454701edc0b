"""Arrow's allocator is told before Arrow is loaded, and another one is taken while several threads work; what the user says comes first."""

from __future__ import annotations

import subprocess
import sys

import pyarrow as pa
import pytest

from arclean import pool

CHOSEN = "jemalloc" if "jemalloc" in pa.supported_memory_backends() else None
SAYS = "import os, sys; {first}; import arclean; print(*map(os.environ.get, {names}), 'pyarrow' in sys.modules)"


@pytest.mark.parametrize(
    ("first", "given", "said"),
    [
        pytest.param("pass", {}, f"{CHOSEN} 1000 False", id="nothing-said"),
        pytest.param("pass", {pool.DELAY: "5"}, "None 5 False", id="the-user-says-how-long"),
        pytest.param("pass", {pool.ALLOCATOR: "system"}, "system None False", id="the-user-says-which"),
        pytest.param("import pyarrow", {}, "None None True", id="arrow-is-there-already"),
        pytest.param("pass", {pool.ALLOCATOR: "jemalloc", pool.DELAY: "1000"}, "jemalloc 1000 False", id="started-by-one-of-ours"),
    ],
)
def test_the_allocator_is_told_first(first: str, given: dict[str, str], said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert _says(SAYS.format(first=first, names=(pool.ALLOCATOR, pool.DELAY)), given, monkeypatch) == said


WHILE = "import arclean, pyarrow as pa\nfrom arclean import columns, pool\nnames = [pa.default_memory_pool().backend_name]\n"
WHILE += "with pool.shared({threads}): names.append(pa.default_memory_pool().backend_name)\n"
WHILE += "print(*names, pa.default_memory_pool().backend_name)"


@pytest.mark.parametrize(
    ("threads", "given", "taken"),
    [
        pytest.param(1, {}, "mimalloc", id="one-thread"),
        pytest.param(2, {pool.ALLOCATOR: "system"}, "system", id="the-user-says-which"),
        pytest.param(2, {}, "jemalloc", id="two-threads"),
    ],
)
def test_another_allocator_is_taken_while_several_threads_work(
    threads: int, given: dict[str, str], taken: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, meanwhile, after = _says(WHILE.format(threads=threads), given, monkeypatch).split()
    assert before == after
    assert meanwhile == (taken if taken in pa.supported_memory_backends() else before)


def test_a_run_that_fails_leaves_the_allocator_as_it_was() -> None:
    before = pa.default_memory_pool().backend_name
    with pytest.raises(ZeroDivisionError), pool.shared(2):
        1 / 0  # noqa: B018
    assert pa.default_memory_pool().backend_name == before


def _says(program: str, given: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> str:
    """What a new process says, and that it complains of nothing."""
    for name in (pool.ALLOCATOR, pool.DELAY):
        monkeypatch.delenv(name, raising=False)
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert not done.stderr
    return done.stdout.split("\n")[0]
