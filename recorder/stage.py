"""The stage: the application under the camera, started, known to be ready, and stopped."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING, Self
from urllib.parse import urljoin, urlsplit

from recorder.errors import StageError
from recorder.kept_process import KeptProcess

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from recorder.front_matter import StageSettings

__all__ = ["Stage", "fetch", "open_stage", "program_path"]

_HOST = "127.0.0.1"
_POLL_S = 0.05
_LOG_LINES = 8
_DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))
"""Asks without a proxy: a stage is on this machine or was named by its own address."""


def program_path() -> str:
    """The search path for programs, this Python's own scripts first."""
    return os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)])


class Stage:
    """An application that runs; ``base_url`` has no slash at its end. Leaving it stops it."""

    def __init__(self, base_url: str, process: KeptProcess | None = None) -> None:
        self.base_url = base_url.rstrip("/")
        self._process = process

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def stop(self) -> None:
        """Stop the application and all its children; harmless when it is stopped already."""
        if self._process is not None:
            self._process.stop()
            self._process = None


def open_stage(settings: StageSettings, *, beside: Path, log: Path) -> Stage:
    """Start the application that ``settings`` describe and wait until it is ready.

    ``beside`` is the storyboard's folder, where the stage's own folder lies; what the application
    prints goes to ``log``. Raises `StageError`: the command is missing, something else answers on
    the port, it ends early, it is not ready in time; or nothing answers at ``url``.
    """
    if settings.url:
        _await_foreign(settings)
        return Stage(settings.url)
    port = settings.port or _free_port()
    _refuse_taken(port, settings)
    home = Path(tempfile.mkdtemp(prefix="storycast-stage-"))
    try:
        process, base_url = _start(settings, port=port, home=home, beside=beside, log=log)
    except BaseException:
        shutil.rmtree(home, ignore_errors=True)
        raise
    stage = Stage(base_url, process)
    try:
        _await_own(settings, base_url, process, log)
    except BaseException:
        stage.stop()
        raise
    return stage


def _start(
    settings: StageSettings, *, port: int, home: Path, beside: Path, log: Path
) -> tuple[KeptProcess, str]:
    folder, scratch = home / "folder", home / "scratch"
    scratch.mkdir()
    _seed(settings, beside, folder)
    base_url = f"http://{_HOST}:{port}"
    places = {
        "port": str(port),
        "base_url": base_url,
        "folder": str(folder),
        "scratch": str(scratch),
    }
    environment = _environment(settings, places)
    command = [_fill(word, places) for word in settings.command]
    _require_program(command[0], environment["PATH"], settings)
    with log.open("wb") as sink:
        process = KeptProcess(
            command, folder=folder, environment=environment, log=sink, remove=[home]
        )
    return process, base_url


def _seed(settings: StageSettings, beside: Path, folder: Path) -> None:
    if not settings.folder:
        folder.mkdir()
        return
    seed = beside / settings.folder
    if not seed.is_dir():
        raise StageError(
            f"The stage's folder {seed} does not exist.",
            "'stage.folder' is a folder beside the storyboard.",
        )
    shutil.copytree(seed, folder)


def _environment(settings: StageSettings, places: Mapping[str, str]) -> dict[str, str]:
    # An application that may not keep its compiled modules starts anew from source each time
    # (JupyterLab: 17 s instead of 7).
    kept = {key: word for key, word in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    own = {key: _fill(word, places) for key, word in settings.environment.items()}
    return kept | {"PATH": program_path()} | own


def _fill(word: str, places: Mapping[str, str]) -> str:
    for name, value in places.items():
        word = word.replace("{" + name + "}", value)
    return word


def _require_program(program: str, path: str, settings: StageSettings) -> None:
    if shutil.which(program, path=path) is None:
        raise StageError(
            f"The stage's application is not installed: there is no command {program!r}.",
            settings.install and f"Install it with: {settings.install}",
        )


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((_HOST, 0))
        port: int = probe.getsockname()[1]
        return port


def _refuse_taken(port: int, settings: StageSettings) -> None:
    with socket.socket() as probe:
        probe.settimeout(1)
        if probe.connect_ex((_HOST, port)) == 0:
            raise StageError(
                f"Something else answers on port {port}, where the stage "
                f"({settings.command[0]}) should start.",
                "Stop it, or leave 'stage.port' out: a free port is picked then.",
            )


def _attempts(seconds: float) -> Iterator[float]:
    """Yield the seconds left, now and then, until they are over."""
    deadline = time.monotonic() + seconds
    while (left := deadline - time.monotonic()) > 0:
        yield left
        time.sleep(_POLL_S)


def _await_own(settings: StageSettings, base_url: str, process: KeptProcess, log: Path) -> None:
    address = urljoin(base_url + "/", settings.ready)
    answer = "nothing answered"
    for left in _attempts(settings.ready_timeout_s):
        code = process.exit_code()
        if code is not None:
            raise StageError(
                f"The stage's command {settings.command[0]!r} ended with exit code {code} "
                f"before it was ready.{_last_lines(log)}"
            )
        answer = _ask(address, left)
        if not answer:
            return
    raise StageError(
        f"The stage was not ready after {settings.ready_timeout_s:g} s: "
        f"{urlsplit(address).path or '/'}: {answer}.{_last_lines(log)}",
        "Check 'stage.ready', or allow more time with 'stage.ready_timeout_s'.",
    )


def _await_foreign(settings: StageSettings) -> None:
    address = urljoin(settings.url.rstrip("/") + "/", settings.ready.lstrip("/"))
    answer = _ask(address, settings.ready_timeout_s)
    if answer:
        raise StageError(
            f"The stage at {settings.url} does not answer: {answer}.",
            "Start the application, or give another address with -p base_url=….",
        )


def _ask(address: str, timeout_s: float) -> str:
    """Why ``address`` is not ready; "" where it is."""
    try:
        with contextlib.closing(_DIRECT.open(address, timeout=max(timeout_s, 0.1))):
            return ""
    except urllib.error.HTTPError as error:
        return f"it answered {error.code} {error.reason}"
    except (OSError, ValueError) as error:
        return str(getattr(error, "reason", error))


def fetch(base_url: str, path: str, timeout_s: float) -> str:
    """Return what the application answers at ``path``. Raises `StageError` where it does not."""
    address = urljoin(base_url + "/", path)
    try:
        with contextlib.closing(_DIRECT.open(address, timeout=timeout_s)) as answer:
            return str(answer.read().decode(errors="replace"))
    except (OSError, ValueError) as error:
        reason = getattr(error, "reason", error)
        raise StageError(f"The application does not answer at {path}: {reason}.") from error


def _last_lines(log: Path) -> str:
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines()[-_LOG_LINES:]
    return "".join(["\nIts last lines were:", *(f"\n  {line}" for line in lines)]) if lines else ""
