"""Films a storyboard: stage, browser session, camera, take.

In a notebook, `open_browser` is all that is needed; `highlight` and `hold` say what Selenium has
no word for.
"""

from __future__ import annotations

from recorder.errors import (
    BrowserError,
    ParameterError,
    RecorderError,
    StageError,
    StoryboardError,
    TakeError,
)
from recorder.front_matter import FrontMatter, StageSettings
from recorder.notebook import highlight, hold, open_browser
from recorder.record import record
from recorder.stage import Stage, open_stage
from recorder.storyboard import PlannedStep, Storyboard, read_storyboard
from recorder.take import Take, read_take

__all__ = [
    "BrowserError",
    "FrontMatter",
    "ParameterError",
    "PlannedStep",
    "RecorderError",
    "Stage",
    "StageError",
    "StageSettings",
    "Storyboard",
    "StoryboardError",
    "Take",
    "TakeError",
    "highlight",
    "hold",
    "open_browser",
    "open_stage",
    "read_storyboard",
    "read_take",
    "record",
]
