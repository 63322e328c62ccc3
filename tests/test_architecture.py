"""The architecture: imports run one way."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path


def test_imports_run_one_way() -> None:
    """The packages recorder and narration know nothing of each other or of storycast."""
    program = Path(sys.executable).with_name("lint-imports")
    run = subprocess.run(
        [str(program), "--no-cache"], capture_output=True, text=True, check=False,
        cwd=Path(__file__).parents[1],
    )  # fmt: skip
    assert run.returncode == 0, run.stdout
