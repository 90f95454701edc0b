"""Where compiled passes are kept, so that they are compiled once: beside the package, else in the user's cache, else in a folder made here.

Numba looks for the first two by itself, and gives up on a machine that lets it write to neither (a container with a read-only file system,
a user without a home). A folder named by the environment variable ``NUMBA_CACHE_DIR`` comes before all of them. Numba reads no folder that
it may not write to; so what an image of a container brings in such a one (`arclean.warm`) is copied to where it may.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from contextlib import suppress
from hashlib import sha1
from pathlib import Path
from typing import Final

VARIABLE: Final = "NUMBA_CACHE_DIR"
AHEAD: Final = "ARCLEAN_COMPILE_AHEAD"
"""Of the environment: 0, and no process is started that compiles ahead; see `arclean.ahead`."""
PACKAGE: Final = Path(__file__).parent


def keep(writable: Callable[[Path], bool] | None = None) -> Path | None:
    """Name a folder to numba if it would find none, and tell which; None if it needs no help.

    Args:
        writable: whether a folder is there, or can be made, and can be written to.
    """
    can_write = writable or _writable
    found = next((place for place in places() if can_write(place)), None)
    if found is not None:
        if found != places()[0] and found != PACKAGE:
            _bring(found)
        return None
    folder = _own_folder()
    _bring(folder)
    os.environ[VARIABLE] = str(folder)
    if "numba" in sys.modules:
        sys.modules["numba"].config.CACHE_DIR = str(folder)
    return folder


def places() -> list[Path]:
    """Where numba looks for a folder to write to, in order."""
    named = os.environ.get(VARIABLE)
    return [*([Path(named)] if named else ()), PACKAGE, _cache_of_user()]


def place() -> str:
    """Where passes are compiled to in this process, in words.

    >>> place().startswith(("in ", "beside "))
    True
    """
    found = next((place for place in places() if _writable(place)), None)
    return "beside the modules of arclean" if found == PACKAGE else f"in {found}"


def _bring(folder: Path, package: Path = PACKAGE) -> None:
    """Copy what other places hold of compiled passes to a folder that holds none. Whatever cannot be copied is compiled again."""
    homes = [home for home in package.rglob("*") if home.is_dir() and home.name != "__pycache__"]
    for home in (*homes, package):  # the package last: with it the copy is whole
        if (folder / _below(package)).exists():
            return
        for source in (home / "__pycache__", *(place / _below(home) for place in places() if place not in (PACKAGE, folder))):
            _copy(sorted(source.glob("*.nb[ci]")), folder / _below(home))


def _copy(files: list[Path], folder: Path) -> None:
    """Make a folder with copies of files, all or none: other processes may be reading there, or doing the same."""
    if not files or folder.exists():
        return
    import shutil
    import tempfile

    with suppress(OSError):
        folder.parent.mkdir(parents=True, exist_ok=True)
        beside = Path(tempfile.mkdtemp(dir=folder.parent))
        try:
            for file in files:
                shutil.copyfile(file, beside / file.name)
            beside.rename(folder)
        finally:
            shutil.rmtree(beside, ignore_errors=True)


def _below(home: Path) -> str:
    """The name that numba gives to the folder for the passes of a folder of modules."""
    return f"{home.name}_{sha1(str(home.absolute()).encode()).hexdigest()}"  # noqa: S324 - as numba does it


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
