"""The host: the process in the background that keeps a stage up until it is told to end.

Started as ``python -m storycast.staging.host FILE FOLDER``.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from datetime import datetime
from pathlib import Path
from types import FrameType
from typing import NoReturn

import psutil

from recorder.errors import RecorderError
from recorder.origin import read_version
from recorder.replacement import write_whole
from recorder.stage import Stage, open_stage
from recorder.stage.service import Service
from storycast.ending import explain
from storycast.errors import StorycastError
from storycast.staging.state import ServiceState, StageState, read_settings, write_state

__all__ = ["FAILURE", "main"]

FAILURE = "failure.json"
"""Why the stage could not be put up."""

_LOOK_S = 0.5


def main(file: Path, folder: Path) -> int:
    """Keep the stage of ``file`` up; return the exit code."""
    for name in ("SIGTERM", "SIGINT", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), _stop)
    try:
        _host(file, folder)
    except KeyboardInterrupt:
        return 0
    except (RecorderError, StorycastError, OSError) as error:
        ending = explain(error)
        told = json.dumps({"message": ending.message, "hint": ending.hint})
        write_whole(folder / FAILURE, told.encode())
        return 1
    return 0


def _host(file: Path, folder: Path) -> NoReturn:
    settings, where = read_settings(file)
    with open_stage(settings, beside=file.parent, log=folder / "stage.log") as stage:
        version = read_version(settings, stage)
        since, written = datetime.now().astimezone(), None
        while True:
            state = _describe(where, stage, version, since)
            if state != written:
                write_state(folder, state)
                written = state
            time.sleep(_LOOK_S)


def _describe(file: Path, stage: Stage, version: str, since: datetime) -> StageState:
    return StageState(
        file=str(file.resolve()),
        pid=os.getpid(),
        started=psutil.Process().create_time(),
        since=since,
        base_url=stage.base_url,
        version=version,
        services=tuple(_describe_service(service) for service in stage.services),
    )


def _describe_service(service: Service) -> ServiceState:
    ended = service.tell_end("after it was ready")
    return ServiceState(
        name=service.name,
        base_url=service.place.base_url,
        port=service.place.port,
        pid=service.process.pid if service.process else 0,
        log=str(service.log),
        ready=service.ready and not ended,
        ended=ended,
    )


def _stop(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
