from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

_METER = Path(__file__).parents[2] / "scripts" / "meter.py"
_BURN = """
import os, sys, time
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        held = bytearray(os.urandom(1)) * 60_000_000
        end = time.process_time() + 0.6
        while time.process_time() < end:
            pass
    os._exit(0)
sys.exit(3)
"""


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What a command took that leaves a daemon behind, which works for 0.6 s."""
    result = tmp_path_factory.mktemp("meter") / "result.json"
    command = (sys.executable, str(_METER), str(result), "--", sys.executable, "-c", _BURN)
    assert subprocess.run(command, check=False).returncode == 3
    facts: dict[str, Any] = json.loads(result.read_text())
    return facts


def test_time_of_a_daemon_is_counted(measured: dict[str, Any]) -> None:
    assert 0.6 <= measured["cpu_s"] < 2


def test_wall_time_ends_with_the_command(measured: dict[str, Any]) -> None:
    assert measured["wall_s"] < measured["cpu_s"] + 0.5
    assert measured["code"] == 3


def test_memory_of_a_daemon_is_counted(measured: dict[str, Any]) -> None:
    assert 60_000_000 < measured["peak_pss"] <= measured["peak_rss"] * 1.05
