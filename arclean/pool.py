"""Which allocator Arrow takes, and that it keeps freed memory for a moment, in case the next batch asks for it.

Arrow's wheels hold several. Its choice, mimalloc, has each thread look for room in a stretch of its own, so that with several threads at
work much more memory is touched than is ever in use. Fresh pages have to be mapped and zeroed, too. jemalloc finds what was freed by
others, and keeps it for a second. Where there is none, mimalloc is asked to keep freed pages for a second, not a hundredth: a batch takes
longer.
"""

from __future__ import annotations

import os
import sys
from typing import Final

ALLOCATOR: Final = "ARROW_DEFAULT_MEMORY_POOL"
DELAY: Final = "MIMALLOC_PURGE_DELAY"
_MILLISECONDS: Final = 1000


def keep() -> bool:
    """Choose the allocator, unless the user says anything of it or Arrow is there already; tell whether it was chosen.

    Arrow reads these variables of the environment once, when it is loaded.
    """
    if ALLOCATOR in os.environ or DELAY in os.environ or "pyarrow" in sys.modules:
        return False
    os.environ[DELAY] = str(_MILLISECONDS)
    if _is_glibc():
        os.environ[ALLOCATOR] = "jemalloc"
    return True


def _is_glibc() -> bool:
    """Whether this is Linux with the GNU library, for which Arrow is built with jemalloc."""
    try:
        return sys.platform == "linux" and bool(os.confstr("CS_GNU_LIBC_VERSION"))
    except ValueError:
        return False
