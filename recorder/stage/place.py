"""Places of a stage's services: their ports and folders, and what those are called."""

from __future__ import annotations

import shutil
import socket
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from recorder.errors import StageError

if TYPE_CHECKING:
    from recorder.stage.settings import ServiceSettings, StageSettings

__all__ = [
    "HOST",
    "PREPARED",
    "SERVICES",
    "Place",
    "copy_folder",
    "find_places",
    "name_places",
    "refuse_taken",
    "require_folders",
]

HOST = "127.0.0.1"
PREPARED = "{prepared}"
SERVICES = "services"
"""The folder of the folders of services that run here."""


@dataclass(frozen=True)
class Place:
    """Where one service is: its port (0: it is elsewhere), its address and its folders."""

    port: int
    base_url: str
    folder: Path
    scratch: Path

    @property
    def names(self) -> dict[str, str]:
        """What is filled in for each name."""
        return {
            "port": str(self.port),
            "base_url": self.base_url,
            "folder": str(self.folder),
            "scratch": str(self.scratch),
        }


def find_places(settings: StageSettings, home: Path) -> dict[str, Place]:
    """Give each service a port and folders below ``home``; nothing is made yet."""
    ports = _ports(settings.parts)
    return {
        name: _place(service, ports[name], home, name) for name, service in settings.parts.items()
    }


def _place(service: ServiceSettings, port: int, home: Path, name: str) -> Place:
    base_url = service.url.rstrip("/") or f"http://{HOST}:{port}"
    own = home / SERVICES / name
    if service.url:
        return Place(port, base_url, home, home)
    folder = home / "prepared" if service.folder == PREPARED else own / "folder"
    return Place(port, base_url, folder, own / "scratch")


def _ports(services: Mapping[str, ServiceSettings]) -> dict[str, int]:
    """The services' ports; those that are picked are different ones, and free."""
    ports: dict[str, int] = {}
    with ExitStack() as probes:
        for name, service in services.items():
            if service.url or service.port:
                ports[name] = service.port
                continue
            probe = probes.enter_context(socket.socket())
            probe.bind((HOST, 0))
            ports[name] = probe.getsockname()[1]
    return ports


def name_places(places: Mapping[str, Place], name: str, prepared: Path) -> dict[str, str]:
    """What is filled in for the service ``name``: of its own, of the others, of what is prepared.

    The address of a stage that runs elsewhere has no port of ours.
    """
    others = {
        f"{other}.{key}": value
        for other, place in places.items()
        for key, value in place.names.items()
    }
    return {**places[name].names, **others, "prepared": str(prepared)}


def refuse_taken(port: int, whose: str) -> None:
    """Raise `StageError` where something answers on ``port`` already."""
    with socket.socket() as probe:
        probe.settimeout(1)
        if probe.connect_ex((HOST, port)) == 0:
            raise StageError(
                f"Something else answers on port {port}, where {whose} should start.",
                "Stop it, or leave 'port' out: a free one is picked then.",
            )


def require_folders(settings: StageSettings, beside: Path) -> None:
    """Raise `StageError` where a service's folder is missing, before anything is started."""
    for name, service in settings.parts.items():
        if service.folder and service.folder != PREPARED:
            whose = f" of its service {name!r}" if settings.services else ""
            _require_folder(beside / service.folder, whose)


def _require_folder(folder: Path, whose: str = "") -> None:
    if not folder.is_dir():
        raise StageError(
            f"The stage's folder {folder}{whose} does not exist.",
            "'folder' is a folder beside the file that the stage stands in.",
        )


def copy_folder(source: Path, target: Path) -> None:
    """Copy a folder to where nothing is yet. Raises `StageError`: there is none, or no room."""
    _require_folder(source)
    try:
        shutil.copytree(source, target, symlinks=True)
    except shutil.Error as error:
        raise _uncopied(source, target, str(error.args[0][0][2])) from error
    except OSError as error:
        raise _uncopied(source, target, error.strerror or str(error)) from error


def _uncopied(source: Path, target: Path, reason: str) -> StageError:
    return StageError(
        f"The stage's folder {source} cannot be copied to {target}: {reason}.",
        "Make room there, or name another folder with TMPDIR or STORYCAST_CACHE.",
    )
