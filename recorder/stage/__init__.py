"""The stage: the application under the camera, of one service or several."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recorder.lazy import lazy_names

if TYPE_CHECKING:
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

_HOMES = {
    "program": ("program_path",),
    "readiness": ("fetch",),
    "reuse": (
        "borrow_stage",
        "reused_stages",
    ),
    "settings": ("StageSettings",),
    "stage": (
        "Stage",
        "open_stage",
    ),
}
"""Which names each module has."""

__getattr__ = lazy_names(__name__, _HOMES)
