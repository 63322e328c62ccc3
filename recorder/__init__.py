"""Films a storyboard: stage, browser session, camera, take.

In a notebook, `open_browser` is all that is needed; `highlight`, `zoom`, `hold`, `film`, `secret`
and `mask` say what Selenium has no word for.
"""

from __future__ import annotations

from recorder.errors import (
    BrowserError,
    ParameterError,
    RecorderError,
    SecretError,
    StageError,
    StageLostError,
    StoryboardError,
    TakeError,
)
from recorder.front_matter import FilmSettings, FrontMatter, PinSettings, StageSettings
from recorder.notebook import film, highlight, hold, mask, open_browser, secret, zoom
from recorder.record import record
from recorder.stage import Stage, open_stage
from recorder.storyboard import PlannedStep, Storyboard, read_storyboard
from recorder.take import Take, read_take

__all__ = [
    "BrowserError",
    "FilmSettings",
    "FrontMatter",
    "ParameterError",
    "PinSettings",
    "PlannedStep",
    "RecorderError",
    "SecretError",
    "Stage",
    "StageError",
    "StageLostError",
    "StageSettings",
    "Storyboard",
    "StoryboardError",
    "Take",
    "TakeError",
    "film",
    "highlight",
    "hold",
    "mask",
    "open_browser",
    "open_stage",
    "read_storyboard",
    "read_take",
    "record",
    "secret",
    "zoom",
]
