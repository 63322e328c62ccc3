"""A browser in which pages are changed on purpose, and compared with what they were."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

from selenium.webdriver.remote.command import Command

from recorder.browser import FilmedChrome
from recorder.camera import Camera, CameraSettings
from recorder.dialog_watch import DialogWatch
from recorder.front_matter import FrontMatter
from recorder.observer import Observer
from recorder.snapshot import Snapshot, read_snapshot
from recorder.storyboard import PlannedStep, ProseBlock, Storyboard
from recorder.take import Action, ActionKind, Browser, Moment, Step, Take, Target
from recorder.take_writer import TakeWriter
from storycast.drift import Change, FilmedTake, Weight, compare
from tests.storycast.drift.mutations.mutation import Mutation, Page

__all__ = ["Lab", "Outcome", "open_kind", "open_lab"]

_VIEWPORT = (1280, 720)
_QUIET_MS = 40
_BROWSER = Browser(name="chrome", version="")


@dataclass(frozen=True)
class Outcome:
    """What was found after a mutation."""

    mutation: Mutation
    changes: tuple[Change, ...]

    @property
    def told(self) -> tuple[Change, ...]:
        """What the report shows, or would show if the mutation were above notice."""
        least = self.mutation.weight == Weight.BELOW_NOTICE
        return tuple(each for each in self.changes if least or each.weight != Weight.BELOW_NOTICE)

    @property
    def sentences(self) -> tuple[str, ...]:
        """What was told, in words."""
        return tuple(f"{each.sentence} [{each.kind}, {each.weight}]" for each in self.told)

    @property
    def has_right_kind(self) -> bool:
        """Whether just one thing was told, of the right kind; or nothing, where nothing is due."""
        kinds = [each.kind.value for each in self.told]
        return kinds == ([self.mutation.kind] if self.mutation.kind else [])

    @property
    def has_right_sentence(self) -> bool:
        """Whether a sentence holds all that it has to, in capitals or not."""
        about = [word.casefold() for word in self.mutation.about]
        return not self.mutation.kind or any(
            all(word in change.sentence.casefold() for word in about) for change in self.told
        )

    @property
    def has_right_weight(self) -> bool:
        """Whether all that was told weighs what it should, where that is asked."""
        wanted = self.mutation.weight
        return not wanted or all(each.weight.value == wanted for each in self.told)


@dataclass
class Lab:
    """A filmed browser that opens a page again and again."""

    folder: Path
    page: Page
    browser: FilmedChrome = field(init=False)
    camera: Camera = field(init=False)
    cell: int | None = None

    def place(self) -> tuple[int | None, int | None]:
        """A recording's: nothing is recorded."""
        return None, None

    def record(self, _action: Action, _observer: Observer) -> None:
        """A recording's: nothing is kept."""

    def save(self, _files: Sequence[Path]) -> None:
        """A recording's: nothing is kept."""

    def attend(self, _observer: Observer, *, acts: bool) -> None:
        """A recording's: nothing is kept."""

    def watch(self, driver: FilmedChrome) -> Observer:
        """What a filmed browser asks for."""
        settings = CameraSettings(_VIEWPORT, self.page.scale, self.page.masks, quiet_ms=_QUIET_MS)
        dialogs = DialogWatch(driver.capabilities["goog:chromeOptions"]["debuggerAddress"])
        self.camera = Camera(driver.ask, TakeWriter(self.folder), settings, dialogs)
        return Observer(driver.ask, self.camera, self)

    def look(self) -> FilmedTake:
        """A take of one step, in which the reader acts on the page as it is now."""
        self.camera.forget()
        moment = self.camera.moment()
        assert moment is not None
        step = Step(
            number=1, scene="", title="", prose="", actions=tuple(self._actions(moment)), end=moment
        )
        take = Take(
            storyboard="lab",
            title="",
            language="en",
            viewport=_VIEWPORT,
            scale=self.page.scale,
            browser=_BROWSER,
            steps=(step,),
        )
        return FilmedTake(self.folder, take)

    def _actions(self, moment: Moment) -> Iterator[Action]:
        if not self.page.targets:
            return
        for node in self.snapshot(moment).nodes:
            if {node.attributes.get("id"), node.attributes.get("name")} & {*self.page.targets}:
                facts = {name: getattr(node, name) for name in ("box", "role", "name", "tag")}
                target = Target(text=node.name, **facts)
                yield Action(kind=ActionKind.CLICK, cell=0, target=target, after=moment)

    def snapshot(self, moment: Moment) -> Snapshot:
        """The structure of what was seen."""
        return read_snapshot(self.folder / "snapshots" / f"{moment.snapshot}.json.gz")

    def run(self, script: str) -> Any:
        """Run a script in the page, unobserved."""
        return self.browser.ask(Command.W3C_EXECUTE_SCRIPT, {"script": script, "args": []})

    def change(self, mutation: Mutation) -> None:
        """Change the open page."""
        if mutation.script:
            self.run(mutation.code)

    def compare(self, mutation: Mutation, before: FilmedTake, after: FilmedTake) -> Outcome:
        """Tell what is different, as a check of the page's storyboard does."""
        return Outcome(mutation, compare(self._board, before, after).changes)

    @property
    def _board(self) -> Storyboard:
        blocks = (ProseBlock(self.page.prose, 0, 0),)
        return Storyboard(
            path=self.folder / "lab.ipynb",
            front=FrontMatter(masks=self.page.masks, text_masks=self.page.text_masks),
            title="",
            steps=(PlannedStep(1, "", "", blocks, (0,)),),
            cells=(),
            parameters=frozenset(),
        )


_AnyLab = TypeVar("_AnyLab", bound=Lab)


def open_lab(page: Page) -> AbstractContextManager[Lab]:
    """Open a browser for one page, and close it at the end."""
    return open_kind(Lab, page)


@contextmanager
def open_kind(kind: type[_AnyLab], page: Page) -> Iterator[_AnyLab]:
    """Open a lab of this kind, as `open_lab` does."""
    with TemporaryDirectory() as name:
        lab = kind(Path(name), page)
        lab.browser = FilmedChrome(watch=lab.watch)
        try:
            yield lab
        finally:
            lab.browser.quit()
