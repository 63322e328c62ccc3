"""Answers a browser: files as they are, parts of films, and news of what changed."""

from __future__ import annotations

import html
import io
import queue
import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler
from importlib.resources import files
from pathlib import Path
from typing import Any, BinaryIO

__all__ = ["Handler", "with_reload"]

_SCRIPT, _CHANGES = "/.storycast/reload.js", "/.storycast/changes"
_POLICY = re.compile(rb'(http-equiv="Content-Security-Policy" content=")([^"]*)"')
_RANGE = re.compile(r"bytes=(\d*)-(\d*)")
_PATIENCE_S = 15  # between signs of life, by which a page that is gone is noticed

Listen = Callable[[], AbstractContextManager["queue.SimpleQueue[str]"]]


class Handler(SimpleHTTPRequestHandler):
    """Serves a folder; pages are served with a script that loads them again when they change."""

    protocol_version = "HTTP/1.1"

    def __init__(self, *given: Any, listen: Listen, directory: str) -> None:  # noqa: ANN401 - the server's
        self._listen = listen
        super().__init__(*given, directory=directory)

    def do_GET(self) -> None:
        """Answer a request."""
        if self.path == _CHANGES:
            self._send_changes()
        else:
            super().do_GET()

    def send_head(self) -> io.BytesIO | BinaryIO | None:
        """Send the head of an answer, and give what its body is read from."""
        if self.path == _SCRIPT:
            script = files("storycast.site").joinpath("templates", "reload.js").read_bytes()
            return self._send(script, "text/javascript")
        path = Path(self.translate_path(self.path))
        if path.is_dir() and self.path.endswith("/"):
            path /= "index.html"
        if path.suffix == ".html" and path.is_file():
            return self._send(with_reload(path.read_bytes()), "text/html; charset=utf-8")
        if "Range" in self.headers and path.is_file():
            return self._send_part(path)
        return super().send_head()

    def end_headers(self) -> None:
        """What was served a moment ago may have changed."""
        self.send_header("Cache-Control", "no-cache")
        self.send_header("Accept-Ranges", "bytes")
        super().end_headers()

    def log_message(self, *_: object) -> None:
        """Nobody reads requests among the news of what was made."""

    def _send(self, content: bytes, kind: str) -> io.BytesIO:
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        return io.BytesIO(content)

    def _send_part(self, path: Path) -> io.BytesIO | None:
        """A part of a film, as browsers ask for one to seek in it (RFC 9110, section 14)."""
        size = path.stat().st_size
        span = _read_range(self.headers["Range"], size)
        if span is None:
            self.send_response(HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE)
            self.send_header("Content-Range", f"bytes */{size}")
            self.send_header("Content-Length", "0")
            self.end_headers()
            return None
        start, end = span
        with path.open("rb") as file:
            file.seek(start)
            content = file.read(end - start)
        self.send_response(HTTPStatus.PARTIAL_CONTENT)
        self.send_header("Content-Type", self.guess_type(path))
        self.send_header("Content-Range", f"bytes {start}-{end - 1}/{size}")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        return io.BytesIO(content)

    def _send_changes(self) -> None:
        """Server-sent events, until the page is gone."""
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True
        with self._listen() as changes:
            try:
                while True:
                    self.wfile.write(_next_event(changes))
                    self.wfile.flush()
            except OSError:
                return


def with_reload(page: bytes) -> bytes:
    """A page with the script that loads it again, which its policy is widened for."""

    def widen(found: re.Match[bytes]) -> bytes:
        rules = [rule.strip() for rule in html.unescape(found[2].decode()).split(";")]
        scripts = next((rule for rule in rules if rule.startswith("script-src")), "script-src")
        kept = [rule for rule in rules if rule and rule != scripts]
        own = scripts if " 'self'" in scripts else f"{scripts} 'self'"
        return found[1] + html.escape("; ".join((*kept, own, "connect-src 'self'"))).encode() + b'"'

    script = f'<script src="{_SCRIPT}" defer></script>\n</head>'.encode()
    return _POLICY.sub(widen, page, count=1).replace(b"</head>", script, 1)


def _read_range(asked: str, size: int) -> tuple[int, int] | None:
    """The first byte and the one after the last that are asked for; None where there are none."""
    found = _RANGE.fullmatch(asked.strip())
    if found is None or found.groups() == ("", ""):
        return None
    first, last = found.groups()
    if not first:
        start, end = max(0, size - int(last)), size
    else:
        start, end = int(first), min(size, int(last) + 1 if last else size)
    return (start, end) if start < end else None


def _next_event(changes: queue.SimpleQueue[str]) -> bytes:
    try:
        return f"data: {changes.get(timeout=_PATIENCE_S)}\n\n".encode()
    except queue.Empty:
        return b": still here\n\n"
