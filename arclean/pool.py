"""Which allocators Arrow takes, and that they keep freed memory for a moment, in case the next batch asks for it.

Arrow's wheels hold several. Its choice, mimalloc, gives freed pages back to the system after a hundredth of a second, and a batch takes
longer, so that each has to have its pages mapped and zeroed anew; it is asked to wait for a second. With it each thread looks for room in a
stretch of its own: when several work, much more memory is touched than is ever in use. jemalloc finds what other threads freed, but gives
back at once what the main thread did. So Arrow's own code takes jemalloc, what Python asks Arrow for comes from mimalloc, and from jemalloc
for as long as a run of several workers lasts.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Final

ALLOCATOR: Final = "ARROW_DEFAULT_MEMORY_POOL"
DELAY: Final = "MIMALLOC_PURGE_DELAY"
_MILLISECONDS: Final = "1000"
_SHARED: Final = "jemalloc"


@cache
def keep() -> bool:
    """Say which allocators are meant, unless the user says anything of it or Arrow is there already; tell whether they will be taken.

    Arrow reads these variables of the environment once, when it is loaded. A process that this one starts finds them there.
    """
    said = {name: os.environ[name] for name in (ALLOCATOR, DELAY) if name in os.environ}
    wanted = {DELAY: _MILLISECONDS} | ({ALLOCATOR: _SHARED} if _is_glibc() else {})
    if "pyarrow" in sys.modules or (said and said != wanted):
        return False
    os.environ.update(wanted)
    return True


def _is_glibc() -> bool:
    """Whether this is Linux with the GNU library, for which Arrow is built with jemalloc."""
    try:
        return sys.platform == "linux" and bool(os.confstr("CS_GNU_LIBC_VERSION"))
    except ValueError:
        return False


def part() -> None:
    """Have what Python asks Arrow for come from mimalloc, once Arrow is loaded, where `keep` chose jemalloc for the rest."""
    import pyarrow as pa

    if keep() and "mimalloc" in pa.supported_memory_backends():
        pa.set_memory_pool(pa.mimalloc_memory_pool())


@contextmanager
def shared(threads: int) -> Iterator[None]:
    """While several threads work, it comes from jemalloc too.

    >>> import pyarrow as pa
    >>> before = pa.default_memory_pool().backend_name
    >>> with shared(2):
    ...     room = pa.allocate_buffer(8)
    >>> pa.default_memory_pool().backend_name == before
    True
    """
    import pyarrow as pa

    before = pa.default_memory_pool()
    if threads > 1 and keep() and _SHARED in pa.supported_memory_backends():
        pa.set_memory_pool(pa.jemalloc_memory_pool())
    try:
        yield
    finally:
        pa.set_memory_pool(before)
