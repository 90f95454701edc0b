"""``python -m arclean`` is the command."""

from __future__ import annotations

from arclean.cli import main

if __name__ == "__main__":
    main()
