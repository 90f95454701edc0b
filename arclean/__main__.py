"""``python -m arclean`` is the command."""

from __future__ import annotations

from arclean.cli import main

main(prog_name="arclean")
