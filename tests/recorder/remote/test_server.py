from __future__ import annotations

import http.server
import json
import threading
from collections.abc import Iterator

import pytest

from recorder import BrowserError
from recorder.remote import REMOTE_VARIABLE, Server, find_server


class _Busy(http.server.BaseHTTPRequestHandler):
    """A Grid without a browser to give, which asks for a password."""

    def do_GET(self) -> None:
        if self.headers.get("Authorization") != "Basic YWRhOnAgdw==":
            self.send_error(401)
            return
        body = json.dumps({"value": {"ready": False, "message": "No nodes."}}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def busy() -> Iterator[str]:
    """The address of that Grid, without ``http://``."""
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Busy) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"127.0.0.1:{server.server_address[1]}"
        server.shutdown()


def test_server_that_has_no_browser_says_so(busy: str) -> None:
    with pytest.raises(BrowserError, match=f"at http://{busy} is not ready: No nodes.$"):
        Server(f"http://ada:p%20w@{busy}").require_ready()


def test_password_is_never_told(busy: str) -> None:
    with pytest.raises(BrowserError, match="it answers 401 Unauthorized") as caught:
        Server(f"http://ada:secret@{busy}").require_ready()
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("http://127.0.0.1:9", "http://127.0.0.1:9 cannot be reached: Connection refused."),
        ("http://grid.invalid:4444", "http://grid.invalid:4444 cannot be reached: "),
        ("grid:4444", "'grid:4444' is no address of a WebDriver server."),
    ],
)
def test_server_that_cannot_be_reached_is_named(url: str, told: str) -> None:
    with pytest.raises(BrowserError, match=told):
        Server(url).require_ready()


def test_page_is_no_server(site: str) -> None:
    with pytest.raises(BrowserError, match=r"it answers 404|is no WebDriver server"):
        Server(site).require_ready()


def test_stage_address_tells_that_browsers_are_elsewhere() -> None:
    assert Server("http://localhost:4444").is_here
    assert Server("http://localhost:4444").own_address == "127.0.0.1"
    assert not Server("http://localhost:4444", "192.168.0.2").is_here
    assert Server("http://localhost:4444", "192.168.0.2").own_address == "192.168.0.2"


def test_server_is_the_given_one_or_that_of_the_environment(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv(REMOTE_VARIABLE, raising=False)
    assert find_server() is None
    monkeypatch.setenv(REMOTE_VARIABLE, "http://one:1")
    assert find_server() == Server("http://one:1")
    assert find_server("http://two:2") == Server("http://two:2")
