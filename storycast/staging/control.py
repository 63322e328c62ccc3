"""Control of stages that are kept up: they are put up and down, and tell how they are."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
from filelock import FileLock

from recorder.errors import StageError, nearest
from storycast.errors import StorycastError
from storycast.staging.host import FAILURE
from storycast.staging.state import (
    StageState,
    folder_of,
    read_settings,
    read_state,
    stages_folder,
)

__all__ = ["put_down", "put_up", "read_log", "told_stages"]

_LOOK_S = 0.05
_END_LIMIT_S = 120
_OUTPUT = "host.log"


def put_up(path: Path) -> tuple[StageState, bool]:
    """Put the stage of ``path`` up, and return its state and whether it was up already.

    ``path`` is a stage file or a storyboard. Raises what reading it and opening the stage raise.
    """
    _settings, file = read_settings(path)
    folder = folder_of(file)
    folder.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with FileLock(folder.with_suffix(".lock")):
        state = read_state(folder)
        if state is not None:
            return state, True
        shutil.rmtree(folder, ignore_errors=True)  # of a host that was killed
        folder.mkdir(mode=0o700)
        return _start(path, folder), False


def _start(path: Path, folder: Path) -> StageState:
    with (folder / _OUTPUT).open("wb") as sink:
        host = subprocess.Popen(
            [sys.executable, "-m", "storycast.staging.host", str(path.resolve()), str(folder)],
            stdin=subprocess.DEVNULL,
            stdout=sink,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        while (state := read_state(folder)) is None:
            if host.poll() is not None:
                raise _failure(path, folder)
            time.sleep(_LOOK_S)
    except BaseException:
        host.terminate()
        host.wait()
        shutil.rmtree(folder, ignore_errors=True)
        raise
    host.returncode = 0  # it goes on without us, and is nobody's to wait for
    return state


def _failure(path: Path, folder: Path) -> StageError:
    try:
        told = json.loads((folder / FAILURE).read_bytes())
    except (OSError, ValueError):
        printed = (folder / _OUTPUT).read_text(encoding="utf-8", errors="replace").strip()
        told = {"message": f"The stage {path} ended. {printed}".strip(), "hint": ""}
    return StageError(told["message"], told["hint"])


def put_down(path: Path | None) -> Iterator[tuple[str, bool]]:
    """End the stage of ``path``, or all; yield their files, and whether each was up."""
    if path is None:
        for state in told_stages(None):
            _end(folder_of(Path(state.file)), state)
            yield state.file, True
        return
    file = read_settings(path)[1]
    found = read_state(folder_of(file))
    if found is not None:
        _end(folder_of(file), found)
    yield str(file.resolve()), found is not None


def _end(folder: Path, state: StageState) -> None:
    try:
        host = psutil.Process(state.pid)
        host.terminate()
        host.wait(_END_LIMIT_S)
    except psutil.NoSuchProcess:
        pass
    except psutil.TimeoutExpired:
        host.kill()
    shutil.rmtree(folder, ignore_errors=True)


def told_stages(path: Path | None) -> list[StageState]:
    """The stages that are up: all of this user, or that of ``path``."""
    if path is not None:
        folders = [folder_of(read_settings(path)[1])]
    else:
        folders = sorted(each for each in stages_folder().glob("*") if each.is_dir())
    found = (read_state(folder) for folder in folders)
    return [state for state in found if state is not None]


def read_log(path: Path, service: str) -> Iterator[tuple[str, str]]:
    """The names of services of the stage of ``path`` and what each has printed; one, or all.

    Raises `StorycastError` where the stage is not up, or has no such service.
    """
    states = told_stages(path)
    if not states:
        raise StorycastError(f"The stage {path} is not up.", f"Run 'storycast stage up {path}'.")
    logs = {each.name: each.log for each in states[0].services}
    if service and service not in logs:
        raise StorycastError(
            f"The stage {path} has no service {service!r}.", nearest(service, logs)
        )
    for name in [service] if service else logs:
        log = Path(logs[name])
        text = log.read_text(encoding="utf-8", errors="replace") if log.is_file() else ""
        yield name, text
