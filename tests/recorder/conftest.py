"""A real server with small pages, and a real browser that is filmed."""

from __future__ import annotations

import functools
import http.server
import shutil
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import nbformat
import pytest
from PIL import Image

from recorder.browser import FilmedChrome
from recorder.camera import Camera, CameraSettings
from recorder.filmed_driver import FilmedDriver
from recorder.observer import Observer
from recorder.secrecy import Secrets
from recorder.take import Action, ActionKind, Moment, Point, shot_path
from recorder.take_writer import TakeWriter

PAGES = Path(__file__).parent / "pages"
VIEWPORT = (800, 600)
SCALE = 2


class _Handler(http.server.SimpleHTTPRequestHandler):
    """Serves the pages; ``{other}`` in them is the same server by another origin."""

    def do_GET(self) -> None:
        name = self.path.partition("?")[0].strip("/")
        if name == "slow.svg":
            time.sleep(0.4)
            body = (
                '<svg xmlns="http://www.w3.org/2000/svg" width="100" height="100">'
                '<rect width="100" height="100" fill="#00ff00"/></svg>'
            )
            self._answer(body, "image/svg+xml")
        elif name.endswith(".html"):
            port = self.headers["Host"].partition(":")[2]
            text = (PAGES / name).read_text(encoding="utf-8")
            self._answer(text.replace("{other}", f"http://localhost:{port}"), "text/html")
        else:
            self.send_error(404)

    def _answer(self, text: str, kind: str) -> None:
        body = text.encode()
        self.send_response(200)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        if "strict" in self.path:
            self.send_header("Content-Security-Policy", "default-src 'none'; style-src 'none'")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="session")
def site() -> Iterator[str]:
    """The address of the pages, without a slash at its end."""
    handler = functools.partial(_Handler, directory=str(PAGES))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


@dataclass
class Reel:
    """A filmed browser, and the actions filmed since the last page was opened by `open`."""

    site: str
    folder: Path
    actions: list[Action] = field(default_factory=list)
    saved: list[tuple[str, bytes]] = field(default_factory=list)
    cell: int | None = 0
    secrets: Secrets = field(default_factory=Secrets)
    browser: FilmedDriver = field(init=False)
    camera: Camera = field(init=False)
    limit_ms: int = 1500

    def place(self) -> tuple[int | None, int | None]:
        """A recording's: where the storyboard is."""
        return self.cell, 1

    def record(self, action: Action, _observer: Observer) -> None:
        """A recording's: keep an action."""
        self.actions.append(action)

    def save(self, files: Sequence[Path]) -> None:
        """A recording's: keep the names of files and what is in them."""
        self.saved += [(path.name, path.read_bytes()) for path in files]

    def attend(self, _observer: Observer, *, acts: bool) -> None:
        """A recording's: the browser is told something."""

    def watch(self, driver: FilmedDriver) -> Observer:
        """What a filmed browser asks for."""
        settings = CameraSettings(VIEWPORT, 2, ("#clock",), self.site, limit_ms=self.limit_ms)
        self.camera = Camera(
            driver.ask,
            TakeWriter(self.folder, self.secrets),
            settings,
            driver.open_dialog_watch(),
            driver.inspector,
        )
        return Observer(driver.ask, self.camera, self, downloads=driver.downloads)

    def open(self, page: str) -> FilmedDriver:
        """Open a page; what was filmed until then is forgotten."""
        self.browser.get(f"{self.site}/{page}")
        self.actions.clear()
        return self.browser

    @property
    def kinds(self) -> list[ActionKind]:
        """What was filmed, by kind."""
        return [action.kind for action in self.actions]

    @property
    def last(self) -> Action:
        """The action filmed last."""
        return self.actions[-1]

    def colour(self, moment: Moment | None, point: Point | None) -> str:
        """The colour at a place of a moment's shot, as CSS writes it."""
        assert moment is not None
        assert point is not None
        with Image.open(shot_path(self.folder, moment)) as shot:
            pixel: Any = shot.convert("RGB").getpixel((round(point.x * 2), round(point.y * 2)))
        return "#" + bytes(pixel).hex()


@pytest.fixture(scope="module")
def own_reel(site: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reel]:
    """One browser for the tests of a module."""
    reel = Reel(site, tmp_path_factory.mktemp("reel"))
    reel.browser = FilmedChrome(watch=reel.watch)
    yield reel
    reel.browser.quit()


@pytest.fixture
def reel(own_reel: Reel) -> Iterator[Reel]:
    """The module's browser, with one window and nothing filmed yet."""
    own_reel.cell = 0
    yield own_reel
    driver = own_reel.browser
    own_reel.cell = None
    first, *others = driver.window_handles
    for handle in others:
        driver.switch_to.window(handle)
        driver.close()
    driver.switch_to.window(first)
    driver.set_script_timeout(30)


@pytest.fixture
def scratch(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder for temporary files, of this test alone."""
    # Not pytest's: Chromium keeps a socket there, whose path may have 107 characters.
    with tempfile.TemporaryDirectory(prefix="scratch-") as folder:
        monkeypatch.setenv("TMPDIR", folder)
        monkeypatch.setattr(tempfile, "tempdir", folder)
        yield Path(folder)


@dataclass
class Board:
    """A notebook that is about to be written."""

    path: Path

    def write(self, *cells: str, **front: object) -> Path:
        """Write the notebook: what begins with ``#`` and a blank is prose."""
        v4: Any = nbformat.v4
        notebook = v4.new_notebook(
            metadata={
                "kernelspec": {
                    "name": "python3", "display_name": "Python 3", "language": "python"
                },
                "storycast": {"viewport": list(VIEWPORT), **front},
            }
        )  # fmt: skip
        for number, source in enumerate(cells):
            new = v4.new_markdown_cell if source.startswith("# ") else v4.new_code_cell
            tags = {"metadata": {"tags": ["parameters"]}} if source.startswith("base_url") else {}
            notebook.cells.append(new(source.removeprefix("# "), id=f"cell-{number}", **tags))
        self.path.parent.mkdir(parents=True, exist_ok=True)
        nbformat.write(notebook, self.path)  # type: ignore[no-untyped-call]
        return self.path

    def seed(self, *cells: str, **front: object) -> Path:
        """Write the notebook, and a stage that serves the pages."""
        shutil.copytree(PAGES, self.path.parent / "site", dirs_exist_ok=True)
        stage = {
            "command": ["python3", "-m", "http.server", "{port}", "--bind", "127.0.0.1"],
            "folder": "site",
        }
        return self.write(*cells, stage=stage, **front)


@pytest.fixture
def board(tmp_path: Path) -> Board:
    """A notebook in a project of its own."""
    (tmp_path / "output").mkdir()
    return Board(tmp_path / "storyboards" / "board.ipynb")


@pytest.fixture
def seeded(board: Board) -> Callable[..., Path]:
    """Write a notebook whose stage serves the pages."""
    return board.seed
