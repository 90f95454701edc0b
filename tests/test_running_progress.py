"""What a run says while it runs."""

from __future__ import annotations

import io
import sys

import pytest

from arclean.dataset.progress import Bar, Lines, Silent, progress_for
from arclean.tally import Tally

HALF = Tally(read=1000, kept=250, rejected=750, bytes_in=5_000_000)


@pytest.mark.parametrize("asked", [None, False])
def test_nothing_unless_asked(asked: bool | None, capfd: pytest.CaptureFixture[str]) -> None:
    silent = progress_for(asked)
    silent.start(100, 0)
    silent.add(50, HALF)
    silent.close()
    assert isinstance(silent, Silent)
    assert capfd.readouterr() == ("", "")


def test_what_was_given_is_used() -> None:
    lines = Lines()
    assert progress_for(lines) is lines


@pytest.mark.parametrize(("terminal", "kind"), [(True, Bar), (False, Lines)])
def test_a_bar_is_for_terminals_only(monkeypatch: pytest.MonkeyPatch, terminal: bool, kind: type) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: terminal, raising=False)
    assert type(progress_for(True)) is kind


def test_lines_come_at_their_time_and_say_how_far() -> None:
    out = io.StringIO()
    lines = Lines(out, every=0)
    lines.start(100, 10)
    lines.add(40, HALF)
    lines.add(50, HALF)
    first, second = out.getvalue().splitlines()
    assert first.startswith("50%: 1,000 documents, ")
    assert second.startswith("100%: 2,000 documents, ")
    assert second.endswith("MB/s of text, 25% kept")


def test_between_two_lines_there_is_silence() -> None:
    out = io.StringIO()
    lines = Lines(out, every=60)
    lines.start(100, 0)
    lines.add(50, HALF)
    assert out.getvalue() == ""


def test_a_bar_shows_bytes_and_the_share_kept(capsys: pytest.CaptureFixture[str]) -> None:
    bar = Bar()
    bar.start(2_000_000, 1_000_000)
    bar.add(1_000_000, HALF)
    bar.close()
    said = capsys.readouterr().err
    assert "2.00M/2.00M" in said
    assert "1,000 documents" in said
    assert "25% kept" in said
