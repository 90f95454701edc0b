"""Arrow's allocator is chosen before Arrow is loaded, and what the user says comes first."""

from __future__ import annotations

import subprocess
import sys

import pyarrow as pa
import pytest

from arclean import pool

SAYS = "import os, sys; {first}; import arclean; print(*map(os.environ.get, {names}), 'pyarrow' in sys.modules)"
CHOSEN = "jemalloc" if "jemalloc" in pa.supported_memory_backends() else None


@pytest.mark.parametrize(
    ("first", "given", "said"),
    [
        pytest.param("pass", {}, f"{CHOSEN} 1000 False", id="nothing-said"),
        pytest.param("pass", {pool.DELAY: "5"}, "None 5 False", id="the-user-says-how-long"),
        pytest.param("pass", {pool.ALLOCATOR: "system"}, "system None False", id="the-user-says-which"),
        pytest.param("import pyarrow", {}, "None None True", id="arrow-is-there-already"),
    ],
)
def test_the_allocator_is_chosen_first(first: str, given: dict[str, str], said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert _says(SAYS.format(first=first, names=(pool.ALLOCATOR, pool.DELAY)), given, monkeypatch) == said


def test_arrow_takes_the_allocator_that_was_chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    said = _says("import arclean, pyarrow; print(pyarrow.default_memory_pool().backend_name)", {}, monkeypatch)
    assert said == (CHOSEN or pa.default_memory_pool().backend_name)


def _says(program: str, given: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> str:
    """What a new process says, and that it complains of nothing."""
    for name in (pool.ALLOCATOR, pool.DELAY):
        monkeypatch.delenv(name, raising=False)
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert not done.stderr
    return done.stdout.split("\n")[0]
