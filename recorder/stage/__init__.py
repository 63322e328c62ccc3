"""The stage: the application under the camera, of one service or several."""

from __future__ import annotations

from recorder.stage.program import program_path
from recorder.stage.readiness import fetch
from recorder.stage.reuse import borrow_stage, reused_stages
from recorder.stage.settings import StageSettings
from recorder.stage.stage import Stage, open_stage

__all__ = [
    "Stage",
    "StageSettings",
    "borrow_stage",
    "fetch",
    "open_stage",
    "program_path",
    "reused_stages",
]
