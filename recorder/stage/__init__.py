"""The stage: the application under the camera, of one service or several."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

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
"""Which names each module has: they are imported when they are first asked for."""


def __getattr__(name: str) -> object:
    for module, names in _HOMES.items():
        if name in names:
            return getattr(import_module(f"recorder.stage.{module}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
