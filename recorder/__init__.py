"""Films a storyboard: stage, browser session, camera, take.

In a notebook, `open_browser` is all that is needed; `highlight`, `zoom`, `hold` and `film`,
`actor`, `side_by_side` and `off_camera` say what Selenium has no word for.
"""

from __future__ import annotations

from recorder.errors import (
    BrowserError,
    FenceError,
    ParameterError,
    RecorderError,
    StageError,
    StageLostError,
    StoryboardError,
    TakeError,
)
from recorder.front_matter import FilmSettings, FrontMatter, PinSettings, StageSettings
from recorder.notebook import actor, film, highlight, hold, open_browser, side_by_side, zoom
from recorder.off_camera import off_camera
from recorder.record import record
from recorder.stage import Stage, open_stage
from recorder.storyboard import PlannedStep, Storyboard, read_storyboard
from recorder.take import Take, read_take

__all__ = [
    "BrowserError",
    "FenceError",
    "FilmSettings",
    "FrontMatter",
    "ParameterError",
    "PinSettings",
    "PlannedStep",
    "RecorderError",
    "Stage",
    "StageError",
    "StageLostError",
    "StageSettings",
    "Storyboard",
    "StoryboardError",
    "Take",
    "TakeError",
    "actor",
    "film",
    "highlight",
    "hold",
    "off_camera",
    "open_browser",
    "open_stage",
    "read_storyboard",
    "read_take",
    "record",
    "side_by_side",
    "zoom",
]
