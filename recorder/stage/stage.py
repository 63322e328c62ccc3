"""The stage: the application under the camera, started, known to be ready, and stopped."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Self

from recorder.secrecy import Secrets
from recorder.secrecy.source import read_secrets
from recorder.stage.home import Home
from recorder.stage.place import HOST, Place, copy_folder, find_places, name_places, require_folders
from recorder.stage.prepared import prepare
from recorder.stage.program import fill, stage_environment
from recorder.stage.readiness import is_answering
from recorder.stage.service import Service

if TYPE_CHECKING:
    from recorder.stage.settings import StageSettings

__all__ = ["HOST", "Stage", "open_stage"]

_ANSWER_LIMIT_S = 10.0


class Stage:
    """An application that runs; ``base_url`` has no slash at its end. Leaving it stops it.

    ``services`` are its parts, in the order in which they were started; ``home`` is the folder of
    all that they write, if any of them runs here.
    """

    def __init__(
        self,
        settings: StageSettings,
        services: tuple[Service, ...],
        home: Home | None,
        secrets: Secrets,
    ) -> None:
        self.services = services
        self.secrets = secrets
        self._home = home
        self._shown = next(each for each in services if each.name == settings.shown)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    @property
    def base_url(self) -> str:
        """Where the service is that is filmed."""
        return self._shown.place.base_url

    @property
    def addresses(self) -> tuple[str, ...]:
        """Where its services are, the one that is filmed among them."""
        return tuple(service.place.base_url for service in self.services)

    @property
    def environment(self) -> Mapping[str, str]:
        """The environment of the service that is filmed."""
        return self._shown.environment

    @property
    def folder(self) -> Path:
        """The folder that the service that is filmed runs in."""
        return self._shown.place.folder

    def fill(self, words: tuple[str, ...]) -> list[str]:
        """The words with the places of the service that is filmed in them."""
        return self._shown.fill(words)

    def tell_loss(self, *, asked: bool = False) -> str:
        """Which service has ended, and how; "" where all run.

        With ``asked`` the one that is filmed must answer, too.
        """
        for service in self.services:
            told = service.tell_end("while it was filmed")
            if told:
                return told
        reason = is_answering(self.base_url, _ANSWER_LIMIT_S) if asked else ""
        if not reason:
            return ""
        printed = self._shown.last_lines()
        return f"The stage does not answer any more at {self.base_url}: {reason}.{printed}"

    def stop(self) -> None:
        """Stop all services and their children, the last one first; harmless when it is done."""
        _stop(self.services, self._home)


def open_stage(settings: StageSettings, *, beside: Path, log: Path | None = None) -> Stage:
    """Start the application that ``settings`` describe and wait until it is ready.

    ``beside`` is the storyboard's folder, where the stage's own folder or file lies. What the
    application prints goes to ``log``: of several services, each to ``stage.NAME.log`` beside it;
    without one it is kept for as long as the stage is open. Raises `StageError`: a command or
    secret is missing, something else answers on a port, a service ends early or is not ready in
    time; or nothing answers at ``url``.
    """
    beside = settings.folder_beside(beside)
    require_folders(settings, beside)
    secrets = read_secrets(settings.secrets)
    environment = stage_environment(settings)
    kept = prepare(settings, beside=beside, environment=environment, secrets=secrets)
    home = _make_home(settings)
    services: list[Service] = []
    try:
        if kept is not None and home is not None:
            copy_folder(kept, home.path / "prepared")
        for service in _plan(settings, home.path if home else None, log, environment, secrets):
            services.append(service)
            others = services[:-1]
            running = [each.process for each in others if each.process is not None]
            service.start(beside=beside, before=running)
            service.await_ready(others)
    except BaseException:
        _stop(services, home)
        raise
    return Stage(settings, tuple(services), home, secrets)


def _make_home(settings: StageSettings) -> Home | None:
    """Make the folder of all that services write; None where they all run elsewhere."""
    if not any(service.command for service in settings.parts.values()):
        return None
    return Home.make()


def _stop(services: Sequence[Service], home: Home | None) -> None:
    for service in reversed(services):
        service.stop()
    if home is not None:
        home.remove()


def _plan(
    settings: StageSettings,
    home: Path | None,
    log: Path | None,
    environment: Mapping[str, str],
    secrets: Secrets,
) -> Iterator[Service]:
    """The services at their places, none of them started."""
    places: Mapping[str, Place] = find_places(settings, home or Path())
    log = log or (home / "stage.log" if home else Path(os.devnull))
    for name, service in settings.parts.items():
        names = name_places(places, name, (home or Path()) / "prepared")
        own = {**settings.environment, **service.environment}
        filled = {key: fill([word], names)[0] for key, word in own.items()}
        where = log.with_name(f"{log.stem}.{name}{log.suffix}") if settings.services else log
        install = service.install or settings.install
        yield Service(
            name=name,
            settings=service.model_copy(update={"install": install}),
            place=places[name],
            names=names,
            environment={**environment, **filled},
            secrets=secrets,
            log=where,
        )
