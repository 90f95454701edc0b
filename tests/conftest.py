"""How much hypothesis tries: a little on every run, the same each time; much more with ``HYPOTHESIS_PROFILE=deep``.

No test starts a process that compiles ahead, unless it is about that.
"""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

_SLOW_IS_FINE = (HealthCheck.too_slow, HealthCheck.data_too_large)

settings.register_profile("ci", max_examples=60, deadline=None, derandomize=True, suppress_health_check=_SLOW_IS_FINE)
settings.register_profile("deep", max_examples=3000, deadline=None, print_blob=True, suppress_health_check=_SLOW_IS_FINE)
os.environ.setdefault("ARCLEAN_COMPILE_AHEAD", "0")
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))
