"""Where compiled passes are kept, so that they are compiled once: beside the package, else in the user's cache, else in a folder made here.

Numba looks for the first two by itself, and gives up on a machine that lets it write to neither (a container with a read-only file system,
a user without a home). A folder named by the environment variable ``NUMBA_CACHE_DIR`` comes before all of them.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final

VARIABLE: Final = "NUMBA_CACHE_DIR"


def keep(writable: Callable[[Path], bool] | None = None) -> Path | None:
    """Name a folder to numba if it would find none, and tell which; None if it needs no help.

    Args:
        writable: whether a folder is there, or can be made, and can be written to.
    """
    can_write = writable or _writable
    if os.environ.get(VARIABLE) or any(can_write(place) for place in (Path(__file__).parent, _cache_of_user())):
        return None
    folder = _own_folder()
    os.environ[VARIABLE] = str(folder)
    if "numba" in sys.modules:
        sys.modules["numba"].config.CACHE_DIR = str(folder)
    return folder


def seconds_compiling() -> float:
    """Seconds for which numba has compiled in this process so far; it is not imported for that."""
    watching = sys.modules.get("arclean.compiling")
    return watching.seconds() if watching else 0.0


def _cache_of_user() -> Path:
    return Path(os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")) / "numba"


def _writable(place: Path) -> bool:
    there = next((one for one in (place, *place.parents) if one.exists()), None)
    return there is not None and there.is_dir() and os.access(there, os.W_OK | os.X_OK)


def _own_folder() -> Path:
    """A folder for temporary files that is this user's alone, the same each time: code is loaded from it."""
    import tempfile

    user = os.getuid() if hasattr(os, "getuid") else 0
    folder = Path(tempfile.gettempdir()) / f"arclean-compiled-{user}"
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        state = folder.lstat()
    except OSError:
        return Path(tempfile.mkdtemp(prefix="arclean-compiled-"))
    owned = not hasattr(os, "getuid") or (state.st_uid == user and not state.st_mode & 0o077)
    return folder if owned and not folder.is_symlink() else Path(tempfile.mkdtemp(prefix="arclean-compiled-"))
