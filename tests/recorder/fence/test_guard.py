from __future__ import annotations

import socket
from collections.abc import Iterator

import pytest

from recorder.fence import Fence, Guard


@pytest.fixture
def guard() -> Iterator[Guard]:
    """A guard of a fence around nothing."""
    with_nothing = Guard(Fence.around((), ()))
    yield with_nothing
    with_nothing.close()


def _ask(guard: Guard, text: str) -> bytes:
    """What a browser is answered that asks the guard for something."""
    address = next(flag for flag in guard.flags() if flag.startswith("--proxy-server="))
    host, port = address.removeprefix("--proxy-server=http://").split(":")
    with socket.create_connection((host, int(port)), timeout=10) as asking:
        asking.sendall(text.encode())
        asking.shutdown(socket.SHUT_WR)
        return asking.recv(1000)


def test_requests_are_refused_and_counted_by_host(guard: Guard) -> None:
    for _ in range(2):
        assert _ask(guard, "CONNECT fonts.example.com:443 HTTP/1.1\r\n\r\n").startswith(
            b"HTTP/1.1 403 "
        )
    assert _ask(guard, "GET http://pictures.example.com:8080/a.png HTTP/1.1\r\n\r\n") == b""
    assert guard.seen == 3
    assert list(guard.blocked.notes()) == [
        "blocked: fonts.example.com (2 requests)",
        "blocked: pictures.example.com:8080 (1 request)",
    ]


@pytest.mark.parametrize(
    "line",
    [
        "CONNECT update.googleapis.com:443 HTTP/1.1",
        "POST http://accounts.invalid/ListAccounts HTTP/1.1",
        "GET / HTTP/1.1",
        "GET http://[::1/ HTTP/1.1",
        "nonsense",
        "",
    ],
)
def test_what_no_page_asks_for_is_refused_and_not_named(guard: Guard, line: str) -> None:
    _ask(guard, f"{line}\r\n\r\n")
    assert guard.seen == 0
