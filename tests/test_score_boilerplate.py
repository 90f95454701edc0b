"""The score of boilerplate removal: figures that a person can count, and a table that names doors and tools."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

import pytest

SCRIPT: Final = Path(__file__).resolve().parent.parent / "scripts" / "score_boilerplate.py"
sys.path.insert(0, str(SCRIPT.parent))

import score_boilerplate as scoring  # noqa: E402


def document(name: str, **labelled: str) -> dict[str, Any]:
    lines = [{"text": text, "label": label.rstrip("_")} for label, text in labelled.items()]
    return {"id": name, "domain": f"{name}.example", "lines": lines}


PAGE: Final = document("page", title="جسر جديد", content="عبر سكان الحي", navigation="اتصل بنا")
HOME: Final = document("home", navigation="من نحن اتصل بنا")


@pytest.mark.parametrize(
    ("kept", "f1"),
    [
        pytest.param("جسر جديد\nعبر سكان الحي", 1.0, id="all-content"),
        pytest.param("جِسر جديــد عبر سكان الحي", 1.0, id="marks-and-stretching-do-not-count"),
        pytest.param("عبر سكان الحي", 2 * 3 / 8, id="a-title-is-content"),
        pytest.param("جسر جديد عبر سكان الحي اتصل بنا", 2 * 5 / 12, id="two-words-too-many"),
        pytest.param("", 0.0, id="nothing"),
    ],
)
def test_the_figure_of_a_document_is_that_of_its_words(kept: str, f1: float) -> None:
    assert scoring.score([PAGE], {"page": kept}).macro == pytest.approx(f1)


def test_words_that_are_in_doubt_count_neither_way() -> None:
    doubtful = document("page", content="عبر سكان الحي", other="قال الراوي")
    doubtful["lines"][1]["amb"] = True
    assert scoring.score([doubtful], {"page": "عبر سكان الحي قال الراوي"}).macro == 1.0


def test_a_page_without_content_counts_as_empty_and_not_in_the_mean() -> None:
    found = scoring.score([PAGE, HOME], {"page": "جسر جديد عبر سكان الحي", "home": "من نحن"})
    assert (found.macro, found.harm, found.empty) == (1.0, 0.0, 0.5)
    assert found.precision == pytest.approx(5 / 7)


def test_the_table_names_the_doors_without_html_and_the_worst_document(tmp_path: Path) -> None:
    for name in ("html", "text"):
        (tmp_path / f"{name}.jsonl").write_text("".join(json.dumps(one) + "\n" for one in (PAGE, HOME)), encoding="utf-8")
    command = [sys.executable, str(SCRIPT), "--gold", str(tmp_path), "--no-peers", "--doors", "page", "text", "--worst", "1"]
    done = subprocess.run(command, capture_output=True, text=True, check=True, encoding="utf-8")
    doors = [line.split()[:3] for line in done.stdout.splitlines()]
    assert ["page", "arclean", "pretrain"] in doors
    assert ["text", "keep", "all"] in doors
    assert done.stdout.count("page.example") == 2


def test_gold_that_is_not_there_is_named(tmp_path: Path) -> None:
    command = [sys.executable, str(SCRIPT), "--gold", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, encoding="utf-8")
    assert done.returncode == 1
    assert "no html.jsonl there" in done.stderr
