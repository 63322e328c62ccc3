"""Serves the site on this machine, and has the pages that changed loaded again."""

from __future__ import annotations

import json
import queue
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path

from storycast.ending import Terminated
from storycast.errors import StorycastError
from storycast.site.build import Built, Wishes, build_site
from storycast.site.handler import Handler

__all__ = ["Broadcast", "Server", "open_server"]

_POLL_S = 0.5


class Broadcast:
    """Tells all pages that are open of the paths that changed; each has a queue of its own."""

    def __init__(self) -> None:
        self._queues: set[queue.SimpleQueue[str]] = set()
        self._lock = threading.Lock()

    def send(self, names: tuple[str, ...]) -> None:
        """Tell of ``names``, paths in the site."""
        with self._lock:
            for each in self._queues:
                each.put(json.dumps(names))

    @contextmanager
    def listen(self) -> Iterator[queue.SimpleQueue[str]]:
        """A queue of what is told from now on, each a JSON list of paths."""
        mine: queue.SimpleQueue[str] = queue.SimpleQueue()
        with self._lock:
            self._queues.add(mine)
        try:
            yield mine
        finally:
            with self._lock:
                self._queues.discard(mine)


@dataclass
class Server:
    """A site that is shown at ``url``; `watch` makes it again whenever a guide is."""

    wishes: Wishes
    url: str
    tell: Callable[[Built], object]
    broadcast: Broadcast
    seen: object = None
    stopped: threading.Event = field(default_factory=threading.Event)

    def watch(self, tell_error: Callable[[Exception], object]) -> None:
        """Look for guides that were made again until somebody stops it."""
        with suppress(Terminated):
            while not self.stopped.wait(_POLL_S):
                self.look(tell_error)

    def look(self, tell_error: Callable[[Exception], object]) -> None:
        """Make the site again if something has changed and nothing goes on changing."""
        now = _stamps(self.wishes)
        if now == self.seen:
            return
        time.sleep(_POLL_S / 5)
        if _stamps(self.wishes) != now:
            return
        self.seen = now
        try:
            built = build_site(self.wishes)
        except (StorycastError, OSError) as error:
            tell_error(error)
            return
        if built.changed:
            self.tell(built)
            self.broadcast.send(built.changed)


@contextmanager
def open_server(wishes: Wishes, port: int, tell: Callable[[Built], object]) -> Iterator[Server]:
    """Make the site and serve it to this machine alone, on ``port`` (0: any that is free).

    Raises `StorycastError` where the site cannot be made, or the port is taken.
    """
    seen = _stamps(wishes)
    tell(build_site(wishes))
    broadcast = Broadcast()
    handler = partial(Handler, directory=str(wishes.to), listen=broadcast.listen)
    try:
        http = ThreadingHTTPServer(("127.0.0.1", port), handler)
    except (OSError, OverflowError) as error:
        raise StorycastError(
            f"Port {port} cannot be used: {getattr(error, 'strerror', error)}.",
            "Choose another one with --port.",
        ) from error
    thread = threading.Thread(target=http.serve_forever, daemon=True)
    thread.start()
    try:
        url = f"http://127.0.0.1:{http.server_address[1]}/"
        yield Server(wishes, url, tell, broadcast, seen)
    finally:
        http.shutdown()
        http.server_close()


def _stamps(wishes: Wishes) -> frozenset[tuple[str, int, int]]:
    """The files that a site is made of, each with when it was written and how long it is."""
    found = set()
    boards = (path for output in wishes.outputs for path in _below(output) if path.is_dir())
    folders = [each for board in boards for each in (board, *_below(board)) if each.is_dir()]
    paths = [path for folder in folders for path in _below(folder) if path.is_file()]
    for path in (*paths, *([wishes.course_file] if wishes.course_file else [])):
        with suppress(OSError):
            known = path.stat()
            found.add((str(path), known.st_mtime_ns, known.st_size))
    return frozenset(found)


def _below(folder: Path) -> list[Path]:
    with suppress(OSError):
        return [path for path in folder.iterdir() if not path.name.startswith(".")]
    return []
