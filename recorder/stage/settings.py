"""Settings of a stage: its services, what is prepared for them, and how its version is told."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import combinations
from pathlib import Path
from typing import Annotated, Any, Self

from pydantic import (
    BaseModel,
    Field,
    SerializerFunctionWrapHandler,
    StringConstraints,
    model_serializer,
    model_validator,
)

from recorder.errors import nearest
from recorder.setting import CLOSED, Pattern

__all__ = [
    "ONLY",
    "PrepareSettings",
    "ReadySettings",
    "ServiceSettings",
    "StageSettings",
    "VersionSettings",
]

ONLY = "application"
"""What the service of a stage is called that has a single one, and no names."""

_Seconds = Annotated[float, Field(gt=0)]
_Name = Annotated[str, StringConstraints(pattern=r"^[A-Za-z][\w-]*$")]
_Variable = Annotated[str, StringConstraints(pattern=r"^[A-Za-z_]\w*$")]
_OTHERS = re.compile(r"\{([\w-]+)\.(?:port|base_url|folder|scratch)\}")
_OF_A_SERVICE = ("folder", "port", "ready", "ready_timeout_s", "stop")


class _Model(BaseModel):
    model_config = CLOSED


class VersionSettings(_Model):
    """Where the application tells its version: a path of it, or a command, and how to find it.

    ``pattern`` is a regular expression; its first group, or all of it, is the version.
    """

    url: str = ""
    command: tuple[str, ...] = ()
    pattern: Pattern = r"\d+(?:\.\w+)+"

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if bool(self.command) == bool(self.url):
            raise ValueError("needs either 'url' or 'command'")
        return self


class ReadySettings(_Model):
    """What tells that a service is ready; one of these.

    ``url`` is a path that answers, with one of ``status`` where that is given; ``port`` that the
    service's port is open; ``log`` a regular expression that its log has; ``command`` a command
    that ends with exit code 0.
    """

    url: str = ""
    status: tuple[Annotated[int, Field(ge=100, le=599)], ...] = ()
    port: bool = False
    log: Pattern = ""
    command: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _one_of_them(self) -> Self:
        if sum(map(bool, (self.url, self.port, self.log, self.command))) != 1:
            raise ValueError("needs one of 'url', 'port', 'log' and 'command'")
        if self.status and not self.url:
            raise ValueError("has a 'status', which only a 'url' answers")
        return self


class PrepareSettings(_Model):
    """What is done once and kept: ``command`` runs in a copy of ``folder``, and all is kept there.

    It is done again where the command, its environment, the folder or ``tools`` (such as
    "django 5.2") are others.
    """

    command: Annotated[tuple[str, ...], Field(min_length=1)]
    folder: str = ""
    environment: dict[str, str] = {}
    tools: tuple[str, ...] = ()
    timeout_s: _Seconds = 300


class ServiceSettings(_Model):
    """How one service is started, known to be ready and stopped, or where it already runs.

    In ``command``, ``environment``, ``stop`` and a command of ``ready``, ``{port}``,
    ``{base_url}``, ``{folder}`` (a fresh copy of ``folder``, where the command runs) and
    ``{scratch}`` (an empty folder for its own files) are filled in, ``{NAME.port}`` and the like
    with those of the service NAME, and ``{prepared}`` with a fresh copy of what was prepared.
    ``port`` is picked where it is 0. ``stop`` is a command that asks the service to end; whatever
    runs afterwards is ended. ``install`` is shown where the command is missing.
    """

    command: tuple[str, ...] = ()
    url: str = ""
    folder: str = ""
    environment: dict[str, str] = {}
    port: Annotated[int, Field(ge=0, le=65535)] = 0
    ready: str | ReadySettings = "/"
    ready_timeout_s: _Seconds = 30
    install: str = ""
    stop: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if not self._services() and bool(self.command) == bool(self.url):
            raise ValueError(f"needs either 'command' or 'url'{self._or_else()}")
        return self

    @model_serializer(mode="wrap")
    def _as_before(self, handler: SerializerFunctionWrapHandler) -> dict[str, Any]:
        # A storyboard's code is named by its front matter. What has no key that came later keeps
        # its name, and so its takes.
        return {key: told for key, told in handler(self).items() if told or key in _FIRST}

    @property
    def readiness(self) -> ReadySettings:
        """What tells that it is ready."""
        return ReadySettings(url=self.ready) if isinstance(self.ready, str) else self.ready

    def _services(self) -> Mapping[str, ServiceSettings]:
        return {}

    def _or_else(self) -> str:
        return ""


class StageSettings(ServiceSettings):
    """How the application is started and known to be ready, or where it already runs.

    It is a single service, or has several ``services``, which are started in this order and
    stopped in the other; ``shows`` names the one that is filmed (the last, if not given).
    ``environment`` and ``secrets`` (variables that must be set) are for all of them.
    ``application`` names what `scripts/stages` has installed: its programs come first.
    ``version`` says where the application tells its version. With ``reuse`` a storyboard may find
    the stage as another one has left it. ``file`` is where all of this stands, if not in the
    notebook.
    """

    version: VersionSettings | None = None
    file: str = ""
    services: dict[_Name, ServiceSettings] = {}
    shows: str = ""
    secrets: tuple[_Variable, ...] = ()
    application: _Name | None = None
    prepare: PrepareSettings | None = None
    reuse: Annotated[bool, Field(exclude=True)] = False

    @property
    def parts(self) -> Mapping[str, ServiceSettings]:
        """Its services by their names, in the order in which they are started."""
        return self.services or {ONLY: self}

    @property
    def shown(self) -> str:
        """The name of the service that is filmed."""
        return self.shows or list(self.parts)[-1]

    def folder_beside(self, board_folder: Path) -> Path:
        """The folder that its folders lie in, for a storyboard in ``board_folder``."""
        return (board_folder / self.file).parent if self.file else board_folder

    @model_validator(mode="after")
    def _services_agree(self) -> Self:
        if self.services:
            self._refuse_mixture()
        for one, other in combinations(self.services, 2):
            port = self.services[one].port
            if port and port == self.services[other].port:
                raise ValueError(f"its services {one!r} and {other!r} both have port {port}")
        if self.shows and self.shows not in self.services:
            raise ValueError(
                f"shows {self.shows!r}, which is no service. {self._known(self.shows)}"
            )
        for word in self._words():
            for name in _OTHERS.findall(word):
                if name not in self.parts:
                    raise ValueError(f"{word!r} names no service. {self._known(name)}")
        return self

    def _refuse_mixture(self) -> None:
        for key in ("command", "url"):
            if getattr(self, key):
                raise ValueError(f"has both {key!r} and 'services'")
        for key in _OF_A_SERVICE:
            if getattr(self, key) != StageSettings.model_fields[key].default:
                raise ValueError(f"has 'services', and so {key!r} belongs to one of them")

    def _words(self) -> Iterator[str]:
        yield from self.environment.values()
        for service in self.parts.values():
            yield from (*service.command, *service.environment.values(), *service.stop)
            yield from service.readiness.command

    def _known(self, name: str) -> str:
        return nearest(name, self.parts).removesuffix(".")

    def _services(self) -> Mapping[str, ServiceSettings]:
        return self.services

    def _or_else(self) -> str:
        return ", or 'services'"


_FIRST = frozenset(
    {
        "command", "url", "folder", "environment", "port", "ready", "ready_timeout_s", "install",
        "version",
    }
)  # fmt: skip
"""The keys that a stage had from the beginning."""
