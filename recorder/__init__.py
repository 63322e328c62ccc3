"""Films a storyboard: stage, browser session, camera, take.

In a notebook, `open_browser` is all that is needed; `highlight`, `zoom`, `hold` and `film`,
`actor`, `side_by_side` and `off_camera`, `secret` and `mask` say what Selenium has no word for.

Names are imported when they are first asked for: who only reads a take needs no browser.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from recorder.lazy import lazy_names

if TYPE_CHECKING:
    from recorder.backstage import off_camera
    from recorder.errors import (
        BrowserError,
        FenceError,
        ParameterError,
        RecorderError,
        SecretError,
        StageError,
        StageLostError,
        StoryboardError,
        TakeError,
    )
    from recorder.front_matter import FilmSettings, FrontMatter, PinSettings, StageSettings
    from recorder.notebook import (
        actor,
        choose_files,
        film,
        highlight,
        hold,
        mask,
        open_browser,
        secret,
        side_by_side,
        zoom,
    )
    from recorder.recording import record
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
    "SecretError",
    "Stage",
    "StageError",
    "StageLostError",
    "StageSettings",
    "Storyboard",
    "StoryboardError",
    "Take",
    "TakeError",
    "actor",
    "choose_files",
    "film",
    "highlight",
    "hold",
    "mask",
    "off_camera",
    "open_browser",
    "open_stage",
    "read_storyboard",
    "read_take",
    "record",
    "secret",
    "side_by_side",
    "zoom",
]

_HOMES = {
    "errors": (
        "BrowserError",
        "FenceError",
        "ParameterError",
        "RecorderError",
        "SecretError",
        "StageError",
        "StageLostError",
        "StoryboardError",
        "TakeError",
    ),
    "front_matter": (
        "FilmSettings",
        "FrontMatter",
        "PinSettings",
        "StageSettings",
    ),
    "notebook": (
        "actor",
        "choose_files",
        "film",
        "highlight",
        "hold",
        "mask",
        "open_browser",
        "secret",
        "side_by_side",
        "zoom",
    ),
    "backstage": ("off_camera",),
    "recording": ("record",),
    "stage": (
        "Stage",
        "open_stage",
    ),
    "storyboard": (
        "PlannedStep",
        "Storyboard",
        "read_storyboard",
    ),
    "take": (
        "Take",
        "read_take",
    ),
}
"""Which names each module has."""

__getattr__ = lazy_names(__name__, _HOMES)
