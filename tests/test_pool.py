"""Freed memory is kept for a moment: the allocator is asked to wait before Arrow is loaded, and what the user says comes first."""

from __future__ import annotations

import subprocess
import sys

import pytest

from arclean import pool

SAYS = "import os, sys; {first}; import arclean; print(os.environ.get('MIMALLOC_PURGE_DELAY'), 'pyarrow' in sys.modules)"


@pytest.mark.parametrize(
    ("first", "given", "said"),
    [
        pytest.param("pass", {}, "1000 False", id="nothing-said"),
        pytest.param("pass", {"MIMALLOC_PURGE_DELAY": "5"}, "5 False", id="the-user-says"),
        pytest.param("import pyarrow", {}, "None True", id="arrow-is-there-already"),
    ],
)
def test_the_allocator_is_asked_first(first: str, given: dict[str, str], said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(pool.VARIABLE, raising=False)
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    done = subprocess.run([sys.executable, "-c", SAYS.format(first=first)], capture_output=True, text=True, check=True)
    assert done.stdout.split("\n")[0] == said
