from __future__ import annotations

import html
import json
import re
import threading
import time
import urllib.request
from collections.abc import Iterator
from http.client import HTTPResponse
from pathlib import Path
from urllib.error import HTTPError

import pytest

from storycast.errors import StorycastError
from storycast.site.build import Built, Wishes
from storycast.site.handler import with_reload
from storycast.site.serve import Server, open_server
from tests.storycast.site.published import publish


@pytest.fixture
def told() -> list[Built]:
    return []


@pytest.fixture
def server(output: Path, tmp_path: Path, told: list[Built]) -> Iterator[Server]:
    wishes = Wishes((output,), tmp_path / "site", tmp_path / "cache")
    with open_server(wishes, 0, told.append) as running:
        yield running


def _get(server: Server, path: str, **headers: str) -> HTTPResponse:
    request = urllib.request.Request(server.url + path, headers=headers)  # noqa: S310 - our own
    response: HTTPResponse = urllib.request.urlopen(request, timeout=20)  # noqa: S310
    return response


def _fail(error: Exception) -> None:
    raise error


def test_only_this_machine_is_served(server: Server) -> None:
    assert server.url.startswith("http://127.0.0.1:")


def test_pages_are_served_with_the_reload_script_and_published_without(
    server: Server, tmp_path: Path
) -> None:
    for path in ("", "index.html", "guides/add-a-task/guide.html", "guides/add-a-task/"):
        with _get(server, path) as response:
            page = response.read()
            assert int(response.headers["Content-Length"]) == len(page)
        assert page.count(b"/.storycast/reload.js") == 1
    assert not any(
        b"/.storycast" in path.read_bytes() for path in (tmp_path / "site").rglob("*.html")
    )


@pytest.mark.parametrize("quote", ["'", "&#39;"])
def test_policy_is_widened_by_the_script_alone(quote: str) -> None:
    policy = "default-src 'none'; script-src 'sha256-abc='; img-src data:".replace("'", quote)
    page = f'<head><meta http-equiv="Content-Security-Policy" content="{policy}"></head>'
    (served,) = re.findall('content="([^"]*)"', with_reload(page.encode()).decode())
    assert html.unescape(served) == (
        "default-src 'none'; img-src data:; script-src 'sha256-abc=' 'self'; connect-src 'self'"
    )


@pytest.mark.parametrize(
    ("asked", "part", "told_range"),
    [
        ("bytes=0-1", b"fi", "bytes 0-1/4"),
        ("bytes=2-", b"lm", "bytes 2-3/4"),
        ("bytes=-1", b"m", "bytes 3-3/4"),
        ("bytes=1-99", b"ilm", "bytes 1-3/4"),
    ],
)
def test_films_are_served_in_parts(
    server: Server, asked: str, part: bytes, told_range: str
) -> None:
    with _get(server, "guides/add-a-task/film.mp4", Range=asked) as response:
        assert response.status == 206
        assert response.read() == part
        assert response.headers["Content-Range"] == told_range
        assert response.headers["Content-Type"] == "video/mp4"


@pytest.mark.parametrize("asked", ["bytes=9-", "bytes=-", "bytes=3-1", "lines=1-2"])
def test_part_that_is_not_there_is_refused(server: Server, asked: str) -> None:
    with pytest.raises(HTTPError) as failure:
        _get(server, "guides/add-a-task/film.mp4", Range=asked)
    assert failure.value.code == 416
    failure.value.close()


@pytest.mark.parametrize("path", ["nowhere.html", "../output/add-a-task/guide.json", "%2e%2e/x"])
def test_nothing_else_is_served(server: Server, path: str) -> None:
    with pytest.raises(HTTPError) as failure:
        _get(server, path)
    assert failure.value.code == 404
    failure.value.close()


def test_open_page_is_told_what_was_made_again(
    server: Server, output: Path, told: list[Built]
) -> None:
    with _get(server, ".storycast/changes") as events:
        while not server.broadcast._queues:  # the page has begun to listen
            time.sleep(0.01)
        publish(output, "remove-a-task", title="Remove it")
        server.look(_fail)
        line = events.readline()
    names = json.loads(line.removeprefix(b"data: "))
    assert "guides/remove-a-task/index.html" in names
    assert told[-1].changed == tuple(names)


def test_nothing_is_made_while_nothing_changes(server: Server, told: list[Built]) -> None:
    server.look(_fail)
    assert len(told) == 1


def test_site_that_cannot_be_made_is_told_and_served_on(server: Server, output: Path) -> None:
    (output / "course.toml").write_text("no course")
    failures: list[Exception] = []
    server.look(failures.append)
    assert "is no TOML" in str(failures[0])
    with _get(server, "") as response:
        assert response.status == 200


def test_watch_ends_when_it_is_stopped(server: Server) -> None:
    watching = threading.Thread(target=server.watch, args=(_fail,))
    watching.start()
    server.stopped.set()
    watching.join(20)
    assert not watching.is_alive()


def test_port_that_is_taken_is_told(server: Server, output: Path, tmp_path: Path) -> None:
    port = int(server.url.rstrip("/").rpartition(":")[2])
    wishes = Wishes((output,), tmp_path / "other", tmp_path / "cache")
    with (
        pytest.raises(StorycastError, match=f"Port {port} cannot be used"),
        open_server(wishes, port, _ignore),
    ):
        pytest.fail("a port was used twice")


def _ignore(_built: Built) -> None:
    return None
