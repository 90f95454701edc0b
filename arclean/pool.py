"""Memory that was freed is kept for a moment, in case the next batch asks for it.

Arrow's allocator, mimalloc, gives freed pages back to the system after a hundredth of a second. A batch takes longer, so that each has to
have its pages mapped and zeroed anew, which costs an eighth of what cleaning costs.
"""

from __future__ import annotations

import os
import sys
from typing import Final

VARIABLE: Final = "MIMALLOC_PURGE_DELAY"
_MILLISECONDS: Final = 1000


def keep() -> bool:
    """Have the allocator wait for a second, unless the user says otherwise or Arrow is there already; tell whether it will.

    The allocator reads this variable of the environment once, when it is loaded.
    """
    if VARIABLE in os.environ or "pyarrow" in sys.modules:
        return False
    os.environ[VARIABLE] = str(_MILLISECONDS)
    return True
