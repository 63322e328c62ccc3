"""A browser in which pages are changed on purpose, and compared with what they were."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from selenium.webdriver.remote.command import Command

from recorder.browser import FilmedChrome
from recorder.camera import Camera, CameraSettings
from recorder.dialog_watch import DialogWatch
from recorder.observer import Observer
from recorder.snapshot import read_snapshot
from recorder.take import Action
from recorder.take_writer import TakeWriter
from storycast.drift.appearance import find_picture_differences
from storycast.drift.difference import Difference, find_differences
from storycast.drift.element import Element, read_elements
from storycast.drift.words import tell
from tests.storycast.drift.mutations import Mutation

__all__ = ["Lab", "Outcome", "Sight", "open_lab"]

_VIEWPORT = (1280, 720)

Sight = tuple[Sequence[Element], bytes]
"""A page's elements, and its picture."""


@dataclass(frozen=True)
class Outcome:
    """What was told of a mutation."""

    mutation: Mutation
    found: tuple[Difference, ...]

    @property
    def sentences(self) -> tuple[str, ...]:
        """What was told, in words."""
        return tuple(tell(each) for each in self.found)

    @property
    def is_found(self) -> bool:
        """Whether anything was told that has to do with it."""
        return bool(self.found) == bool(self.mutation.kind)

    @property
    def has_right_kind(self) -> bool:
        """Whether just one thing was told, of the right kind; or nothing, where nothing is due."""
        kinds = [each.kind.value for each in self.found]
        return kinds == ([self.mutation.kind] if self.mutation.kind else [])

    @property
    def has_right_sentence(self) -> bool:
        """Whether a sentence holds all that it has to."""
        about = self.mutation.about
        return not self.mutation.kind or any(
            all(word in sentence for word in about) for sentence in self.sentences
        )


@dataclass
class Lab:
    """A filmed browser that opens a page again and again."""

    folder: Path
    scale: int = 1
    browser: FilmedChrome = field(init=False)
    camera: Camera = field(init=False)
    cell: int | None = None

    def place(self) -> tuple[int | None, int | None]:
        """A recording's: nothing is recorded."""
        return None, None

    def record(self, _action: Action, _observer: Observer) -> None:
        """A recording's: nothing is kept."""

    def watch(self, driver: FilmedChrome) -> Observer:
        """What a filmed browser asks for."""
        settings = CameraSettings(_VIEWPORT, self.scale)
        dialogs = DialogWatch(driver.capabilities["goog:chromeOptions"]["debuggerAddress"])
        self.camera = Camera(driver.ask, TakeWriter(self.folder), settings, dialogs)
        return Observer(driver.ask, self.camera, self)

    def look(self) -> Sight:
        """What the page holds now, and its picture."""
        self.camera.forget()
        moment = self.camera.moment()
        assert moment is not None
        path = self.folder / "snapshots" / f"{moment.snapshot}.json.gz"
        shot = (self.folder / "shots" / f"{moment.shot}.png").read_bytes()
        return read_elements(read_snapshot(path)), shot

    def run(self, before: Sight, mutation: Mutation) -> Outcome:
        """Change the open page, and tell what is different."""
        self.change(mutation)
        return Outcome(mutation, self.compare(before, self.look()))

    def change(self, mutation: Mutation) -> None:
        """Change the open page."""
        if mutation.script:
            asked = {"script": mutation.code, "args": []}
            self.browser.ask(Command.W3C_EXECUTE_SCRIPT, asked)

    def compare(self, before: Sight, after: Sight) -> tuple[Difference, ...]:
        """Tell what is different."""
        found = find_differences(before[0], after[0])
        return found + find_picture_differences(before, after, found, viewport=_VIEWPORT)


@contextmanager
def open_lab(scale: int = 1) -> Iterator[Lab]:
    """Open a browser, and close it at the end."""
    with TemporaryDirectory() as name:
        lab = Lab(Path(name), scale)
        lab.browser = FilmedChrome(watch=lab.watch)
        try:
            yield lab
        finally:
            lab.browser.quit()
