"""A run that is disturbed ends as if nothing had been; a few disturbances of each kind, `scripts/torture.py` does many."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

import arclean
from arclean import sample
from arclean.dataset.verify import verify

SCRIPT: Final = Path(arclean.__file__).parent.parent / "scripts" / "torture.py"
pytestmark = pytest.mark.skipif(not SCRIPT.exists(), reason="scripts do not come with an installed package")


def child(out: Path, **fault: object) -> int:
    task = {"pipeline": "light", "input": str(sample.path()), "out": str(out), "unit": 20_000, "workers": 2, **fault}
    command = [sys.executable, str(SCRIPT), "x", "--child", json.dumps(task)]
    return subprocess.run(command, capture_output=True, check=False, timeout=120).returncode


def contents(out: Path) -> dict[str, bytes]:
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in sorted(out.rglob("*")) if path.is_file()}


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("whole") / "out"
    assert child(out) == 0
    return out


@pytest.mark.parametrize(
    ("kind", "at", "code"),
    [("commit", 15, -9), ("disk", 30_000, 2), ("read", 30_000, 2), ("worker", 3, 1)],
)
def test_what_was_disturbed_goes_on_and_ends_the_same(whole: Path, tmp_path: Path, kind: str, at: int, code: int) -> None:
    out = tmp_path / "out"
    assert child(out, kind=kind, at=at) == code
    assert child(out) == 0
    assert contents(out) == contents(whole)
    assert verify(out).ok
