from __future__ import annotations

import subprocess
import sys

from recorder.preparation import without


def test_module_is_missing_in_the_block_only() -> None:
    with without("storycast_unknown"):
        assert sys.modules["storycast_unknown"] is None
    assert "storycast_unknown" not in sys.modules


def test_module_that_is_there_stays() -> None:
    with without("sys"):
        assert sys.modules["sys"] is sys


def test_kernel_that_types_nothing_needs_no_opencv() -> None:
    check = "import sys, recorder.attachment; sys.exit('cv2' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", check], check=False).returncode == 0
