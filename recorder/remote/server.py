"""A WebDriver server that gives browsers: where it is, and where it finds this machine."""

from __future__ import annotations

import json
import os
import socket
import urllib.error
import urllib.request
from base64 import b64encode
from dataclasses import dataclass
from urllib.parse import SplitResult, unquote, urlsplit

from selenium.webdriver.remote.client_config import ClientConfig

from recorder.errors import BrowserError
from recorder.stage.place import HOST

__all__ = ["ADDRESS_VARIABLE", "REMOTE_VARIABLE", "Server", "find_server"]

REMOTE_VARIABLE = "STORYCAST_REMOTE"
ADDRESS_VARIABLE = "STORYCAST_STAGE_ADDRESS"

_LIMIT_S = 10.0
_HERE = ("localhost", "127.0.0.1", "::1")
_SCHEMES = {"http": 80, "https": 443}


@dataclass(frozen=True)
class Server:
    """A server at ``url``; ``stage_address`` is this machine's, where it was given.

    A name and a password may stand in the address; they are never told.
    """

    url: str
    stage_address: str = ""

    @property
    def shown(self) -> str:
        """Its address without name and password."""
        split = self._split
        return split._replace(netloc=split.netloc.rpartition("@")[2]).geturl()

    @property
    def is_here(self) -> bool:
        """Whether its browsers run on this machine, as far as its address tells."""
        return self._split.hostname in _HERE and not self.stage_address

    @property
    def own_address(self) -> str:
        """This machine's address as the server's browsers know it. Raises `BrowserError`."""
        if self.stage_address or self.is_here:
            return self.stage_address or HOST
        split = self._split
        try:
            with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
                # Nothing is sent: the system only chooses the way.
                probe.connect((split.hostname or "", split.port or _SCHEMES[split.scheme]))
                address: str = probe.getsockname()[0]
        except OSError as error:
            raise self._unreachable(error.strerror or str(error)) from error
        return address

    def require_ready(self) -> None:
        """Raise `BrowserError` where no server answers that has a browser to give."""
        if self._split.scheme not in _SCHEMES or not self._split.hostname:
            raise BrowserError(
                f"{self.shown!r} is no address of a WebDriver server.",
                "Give one such as http://grid.example.org:4444 with --remote.",
            )
        request = urllib.request.Request(  # noqa: S310 - the scheme was looked at
            f"{self.shown}/status", headers=self._headers
        )
        try:
            with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(
                request, timeout=_LIMIT_S
            ) as answer:
                told = json.loads(answer.read())["value"]
        except urllib.error.HTTPError as error:
            error.close()
            raise self._unreachable(f"it answers {error.code} {error.reason}") from error
        except OSError as error:
            reason = getattr(error, "reason", error)
            raise self._unreachable(getattr(reason, "strerror", None) or str(reason)) from error
        except (ValueError, KeyError, TypeError) as error:
            raise self._unreachable("what answers there is no WebDriver server") from error
        if not told.get("ready", True):
            said = str(told.get("message", "")).rstrip(".")
            raise BrowserError(
                f"The WebDriver server at {self.shown} is not ready{said and f': {said}'}.",
                "Wait until it has a browser to give, or start one more.",
            )

    def client_config(self, *, keep_alive: bool) -> ClientConfig:
        """How Selenium speaks to it."""
        name, word = self._credentials or (None, None)
        return ClientConfig(self.shown, keep_alive=keep_alive, username=name, password=word)

    def session_request(self, session: str) -> tuple[str, dict[str, str]]:
        """The address of a session, and the headers to ask for it with."""
        return f"{self.shown}/session/{session}", self._headers

    @property
    def _split(self) -> SplitResult:
        return urlsplit(self.url.rstrip("/"))

    @property
    def _credentials(self) -> tuple[str, str] | None:
        split = self._split
        if split.username is None:
            return None
        return unquote(split.username), unquote(split.password or "")

    @property
    def _headers(self) -> dict[str, str]:
        if self._credentials is None:
            return {}
        word = ":".join(self._credentials).encode()
        return {"Authorization": f"Basic {b64encode(word).decode()}"}

    def _unreachable(self, reason: str) -> BrowserError:
        return BrowserError(
            f"The WebDriver server at {self.shown} cannot be reached: {reason}.",
            "Start it, or give another address with --remote.",
        )


def find_server(url: str = "") -> Server | None:
    """The server at ``url``, or that of the environment; None where browsers are local."""
    found = url or os.environ.get(REMOTE_VARIABLE, "")
    return Server(found, os.environ.get(ADDRESS_VARIABLE, "")) if found else None
