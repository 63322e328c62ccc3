"""Readiness: what tells that a service of a stage can be used."""

from __future__ import annotations

import contextlib
import os
import re
import socket
import time
import urllib.error
import urllib.request
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import urljoin, urlsplit

from recorder.errors import StageError
from recorder.kept_process import KeptProcess
from recorder.stage.place import HOST, Place
from recorder.stage.settings import ServiceSettings

__all__ = ["Awaited", "ask", "attempts", "fetch", "find_reason", "is_answering"]

_POLL_S = 0.05
_POLL_COMMAND_S = 0.5
_COMMAND_S = 5.0
"""A command that began in time may end a little late: why it fails tells more than that."""
_DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))
"""Asks without a proxy: a stage is on this machine or was named by its own address."""


class Awaited(Protocol):
    """A service that is waited for: its settings, and where it runs."""

    settings: ServiceSettings
    place: Place
    environment: Mapping[str, str]

    def fill(self, words: Iterable[str]) -> list[str]:
        """The words with its places in them."""

    def read_log(self) -> str:
        """What it has printed so far."""


class _Here(urllib.request.HTTPRedirectHandler):
    """Follows no redirection: it is an answer like others."""

    def redirect_request(self, *_: Any) -> None:
        return None


_STRICT = urllib.request.build_opener(urllib.request.ProxyHandler({}), _Here)


def attempts(settings: ServiceSettings) -> Iterator[float]:
    """Yield the seconds left until a service should be ready, now and then."""
    poll_s = _POLL_COMMAND_S if settings.readiness.command else _POLL_S
    deadline = time.monotonic() + settings.ready_timeout_s
    while (left := deadline - time.monotonic()) > 0:
        yield left
        time.sleep(poll_s)


def find_reason(service: Awaited, timeout_s: float) -> str:
    """Why a service is not ready; "" where it is."""
    ready = service.settings.readiness
    if ready.url:
        address = urljoin(service.place.base_url + "/", ready.url.lstrip("/"))
        answer = ask(address, timeout_s, ready.status)
        path = urlsplit(address).path or "/"
        where = path if service.settings.url else f"{path} at port {service.place.port}"
        return answer and f"{where}: {answer}"
    if ready.port:
        return _connect(service.place.port, timeout_s)
    if ready.log:
        found = re.search(ready.log, service.read_log(), re.MULTILINE)
        return "" if found else f"its log has nothing that matches {ready.log!r}"
    return _run(service, timeout_s)


def is_answering(base_url: str, timeout_s: float) -> str:
    """Why nothing answers at ``base_url``, whatever the answer; "" where something does."""
    try:
        with contextlib.closing(_STRICT.open(base_url + "/", timeout=timeout_s)):
            return ""
    except urllib.error.HTTPError:
        return ""
    except (OSError, ValueError) as error:
        return str(getattr(error, "reason", error))


def ask(address: str, timeout_s: float, status: tuple[int, ...] = ()) -> str:
    """Why ``address`` is not ready; "" where it is: it answers, with one of ``status`` if given."""
    opener = _STRICT if status else _DIRECT
    try:
        with contextlib.closing(opener.open(address, timeout=max(timeout_s, 0.1))) as answer:
            code, reason = answer.status, answer.reason
            if not status or code in status:
                return ""
    except urllib.error.HTTPError as error:
        error.close()
        code, reason = error.code, error.reason
        if code in status:
            return ""
    except (OSError, ValueError) as error:
        return str(getattr(error, "reason", error))
    return f"it answered {code} {reason}"


def fetch(base_url: str, path: str, timeout_s: float) -> str:
    """Return what the application answers at ``path``. Raises `StageError` where it does not."""
    address = urljoin(base_url + "/", path)
    try:
        with contextlib.closing(_DIRECT.open(address, timeout=timeout_s)) as answer:
            return str(answer.read().decode(errors="replace"))
    except (OSError, ValueError) as error:
        reason = getattr(error, "reason", error)
        raise StageError(f"The application does not answer at {path}: {reason}.") from error


def _connect(port: int, timeout_s: float) -> str:
    with socket.socket() as probe:
        probe.settimeout(max(timeout_s, 0.1))
        return "" if probe.connect_ex((HOST, port)) == 0 else f"nothing listens on port {port}"


def _run(service: Awaited, timeout_s: float) -> str:
    command = service.fill(service.settings.readiness.command)
    with Path(os.devnull).open("wb") as nowhere:
        process = KeptProcess(
            command, folder=service.place.folder, environment=service.environment, log=nowhere
        )
    try:
        code = process.wait(max(timeout_s, _COMMAND_S))
    finally:
        process.stop()
    if code is None:
        return f"{command[0]!r} has not ended"
    return f"{command[0]!r} ended with exit code {code}" if code else ""
