"""BLAS, which numpy loads, without its threads.

Nothing here multiplies matrices, and as soon as they are there its threads look for work, for
longer than it takes to load numpy.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["without_threads"]

_VARIABLE = "OPENBLAS_NUM_THREADS"


@contextmanager
def without_threads() -> Iterator[None]:
    """Let BLAS start no threads where the block is the first to import numpy.

    What is started afterwards knows nothing of it; who has set the number keeps it.
    """
    if _VARIABLE in os.environ:
        yield
        return
    # Only BLAS shall read it: no other thread finds it in os.environ, nor misses it there later.
    os.putenv(_VARIABLE, "1")
    try:
        yield
    finally:
        os.unsetenv(_VARIABLE)
