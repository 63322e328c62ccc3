"""The state of a stage that is kept up, as it stands on disk while its host runs."""

from __future__ import annotations

import warnings
from datetime import datetime
from pathlib import Path

import psutil
from platformdirs import user_runtime_path
from pydantic import BaseModel, ConfigDict

from recorder.replacement import write_whole
from recorder.stage.file import read_stage
from recorder.stage.settings import StageSettings
from recorder.storyboard import read_storyboard
from storycast.cache import content_name
from storycast.errors import StorycastError

__all__ = [
    "ServiceState",
    "StageState",
    "folder_of",
    "read_settings",
    "read_state",
    "stages_folder",
    "write_state",
]

_FILE = "state.json"


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class ServiceState(_Model):
    """One service: its address, its keeper's process (0: it runs elsewhere), how it has ended."""

    name: str
    base_url: str
    port: int
    pid: int
    log: str
    ready: bool
    ended: str = ""


class StageState(_Model):
    """A stage that is up: its file, its host's process, and its services in their order."""

    file: str
    pid: int
    started: float
    since: datetime
    base_url: str
    version: str
    services: tuple[ServiceState, ...]

    @property
    def is_alive(self) -> bool:
        """Whether its host still runs; a process id may be another's by now."""
        try:
            process = psutil.Process(self.pid)
            return process.create_time() == self.started and (
                process.status() != psutil.STATUS_ZOMBIE
            )
        except psutil.Error:
            return False


def read_settings(path: Path) -> tuple[StageSettings, Path]:
    """The stage of a stage file (TOML) or a storyboard, and the file that it stands in.

    Raises `StoryboardError`, and `StorycastError` where the storyboard has none.
    """
    if path.suffix == ".toml":
        return read_stage(path), path
    settings = read_storyboard(path).front.stage
    if settings is None:
        raise StorycastError(
            f"{path} has no stage.", "Write one into its metadata, or name a stage file (.toml)."
        )
    return settings, path.parent / settings.file if settings.file else path


def stages_folder() -> Path:
    """Where the states of all stages are that this user keeps up."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # where no session has one, it is a folder in /tmp
        return user_runtime_path("storycast") / "stages"


def folder_of(file: Path) -> Path:
    """Where the state of one stage is, by the file that it stands in."""
    resolved = file.resolve()
    return stages_folder() / f"{resolved.stem}-{content_name(str(resolved))[:8]}"


def read_state(folder: Path) -> StageState | None:
    """The state in ``folder``; None where no host is at work there."""
    try:
        state = StageState.model_validate_json((folder / _FILE).read_bytes())
    except (OSError, ValueError):
        return None
    return state if state.is_alive else None


def write_state(folder: Path, state: StageState) -> None:
    """Write a state, whole."""
    write_whole(folder / _FILE, state.model_dump_json(indent=1).encode())
