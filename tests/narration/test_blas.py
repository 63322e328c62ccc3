from __future__ import annotations

import os
import subprocess
import sys

import pytest

_TELL = """\
import os, psutil, narration.sound
told = "OPENBLAS_NUM_THREADS" in os.environ
heard = os.system('test -n "$OPENBLAS_NUM_THREADS"') == 0
print(psutil.Process().num_threads(), told, heard)
"""


@pytest.mark.parametrize(("chosen", "threads"), [({}, 1), ({"OPENBLAS_NUM_THREADS": "2"}, None)])
def test_numpy_starts_no_threads_unless_somebody_wants_them(
    chosen: dict[str, str], threads: int | None
) -> None:
    environment = {k: v for k, v in os.environ.items() if k != "OPENBLAS_NUM_THREADS"} | chosen
    said = subprocess.run(
        [sys.executable, "-c", _TELL], env=environment, check=True, capture_output=True, text=True
    ).stdout.split()
    assert threads is None or int(said[0]) == threads
    assert said[1:] == [str(bool(chosen))] * 2
