"""Stage files: stages that stand in a file of their own, for several storyboards."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from recorder.errors import StoryboardError
from recorder.setting import CLOSED, explain_setting
from recorder.stage.settings import StageSettings

__all__ = ["fetch_stage", "read_stage"]


class _Reference(BaseModel):
    """Where a storyboard's stage stands, and whether it may be as another one has left it."""

    model_config = CLOSED

    file: str
    reuse: bool = False


def read_stage(path: Path, *, named: str = "", reuse: bool = False) -> StageSettings:
    """Read the stage file (TOML) at ``path``; ``named`` is how a storyboard calls it.

    Raises `StoryboardError`: there is none, it is no TOML, or a key is wrong.
    """
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise StoryboardError(
            f"The stage file {path} cannot be read: {reason}.",
            "'stage' is the path of a TOML file, beside the storyboard.",
        ) from error
    for key in ("file", "reuse"):
        if key in told:
            raise StoryboardError(
                f"{path}: the key {key!r} belongs to the storyboard.",
                'In its metadata: "stage": {"file": …, "reuse": true}.',
            )
    try:
        return StageSettings.model_validate(told | {"file": named or path.name, "reuse": reuse})
    except ValidationError as error:
        raise explain_setting(error, StageSettings, where=str(path), what="key") from error


def fetch_stage(metadata: Any, folder: Path) -> Any:
    """Front matter in which the stage itself stands where it named a file beside ``folder``.

    A path alone, or ``{"file": …, "reuse": …}``. Raises `StoryboardError` as `read_stage` does.
    """
    stage = metadata.get("stage") if isinstance(metadata, Mapping) else None
    if isinstance(stage, str):
        stage = {"file": stage}
    if not isinstance(stage, Mapping) or "file" not in stage:
        return metadata
    try:
        reference = _Reference.model_validate(stage)
    except ValidationError as error:
        raise explain_setting(
            error, _Reference, where=str(folder), what="metadata key", root="storycast.stage"
        ) from error
    path = folder / reference.file
    return {**metadata, "stage": read_stage(path, named=reference.file, reuse=reference.reuse)}
