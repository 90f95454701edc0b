"""Which allocator Arrow takes, and that it keeps freed memory for a moment, in case the next batch asks for it.

Arrow's wheels hold several. Its choice, mimalloc, gives freed pages back to the system after a hundredth of a second, and a batch takes
longer, so that each has to have its pages mapped and zeroed anew; it is asked to wait for a second. With it each thread looks for room in a
stretch of its own: when several work, much more memory is touched than is ever in use. jemalloc finds what other threads freed, but gives
back at once what the main thread did; so a run of several workers takes it, for as long as it lasts, and nobody else.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

ALLOCATOR: Final = "ARROW_DEFAULT_MEMORY_POOL"
DELAY: Final = "MIMALLOC_PURGE_DELAY"
_MILLISECONDS: Final = 1000


def keep() -> bool:
    """Have mimalloc wait for a second, unless the user says anything of it or Arrow is there already; tell whether it will.

    It reads this variable of the environment once, when Arrow is loaded.
    """
    if ALLOCATOR in os.environ or DELAY in os.environ or "pyarrow" in sys.modules:
        return False
    os.environ[DELAY] = str(_MILLISECONDS)
    return True


@contextmanager
def shared(threads: int) -> Iterator[None]:
    """While several threads work, Arrow takes jemalloc, where it has it and the user does not say which to take.

    >>> import pyarrow as pa
    >>> before = pa.default_memory_pool().backend_name
    >>> with shared(2):
    ...     room = pa.allocate_buffer(8)
    >>> pa.default_memory_pool().backend_name == before
    True
    """
    import pyarrow as pa

    before = pa.default_memory_pool()
    if threads > 1 and ALLOCATOR not in os.environ and "jemalloc" in pa.supported_memory_backends():
        pa.set_memory_pool(pa.jemalloc_memory_pool())
    try:
        yield
    finally:
        pa.set_memory_pool(before)
