"""A recording session: gathers what a storyboard's cells do into steps, and those into a take."""

from __future__ import annotations

import contextlib
import shutil
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from recorder.cast import Cast
from recorder.errors import RecorderError, TakeError
from recorder.failure import FILE, PICTURE, Failure, explain, tell_whose
from recorder.origin import read_fonts
from recorder.replacement import write_whole
from recorder.take import ActionKind, Browser, Step, Take, shot_path

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from recorder.observer import Observer
    from recorder.pair import Pair
    from recorder.storyboard import PlannedStep, Storyboard
    from recorder.take import Action, Moment
    from recorder.take_writer import TakeWriter

__all__ = ["Session"]


_LOADS = (ActionKind.OPEN, ActionKind.REFRESH, ActionKind.BACK, ActionKind.FORWARD)
_ONLY_SHOWN = (ActionKind.HIGHLIGHT, ActionKind.HOLD, ActionKind.ZOOM)


@dataclass
class _Progress:
    """What has been filmed of a step so far, by cell."""

    actions: dict[int, list[Action]] = field(default_factory=dict)
    end: Moment | None = None


class Session:
    """Records one run of ``board``; ``application`` is the version of what is filmed.

        ``cast`` are its actors; ``run`` counts the cells that have begun to run. ``is_filmed_here``
    tells whether the browsers run on this machine, whose fonts can be asked for.
    """

    def __init__(
        self,
        board: Storyboard,
        writer: TakeWriter,
        *,
        parameters: Mapping[str, str],
    ) -> None:
        self.board = board
        self.writer = writer
        self.application = ""
        self.is_filmed_here = True
        self._failed: set[int | None] = set()
        self._parameters = dict(parameters)
        self._steps = {step.number: _Progress() for step in board.steps}
        self._last: list[Action] = []
        self._step_of = {cell: step for step in board.steps for cell in step.cells}
        self._line: Callable[[], int | None] = lambda: None
        self._cell: int | None = None
        self._shown: Observer | None = None
        self._due = set(self._step_of)
        self._browser = Browser(name="", version="")
        self.cast = Cast()
        self.run = 0
        self._told: Observer | None = None
        self._pair: Pair | None = None
        self._is_off = False
        self._unseen: set[Observer] = set()

    @property
    def failed(self) -> bool:
        """Whether a cell has failed and not run well since."""
        return bool(self._failed)

    @property
    def complete(self) -> bool:
        """Whether every cell of a step has run well."""
        return not self._due and not self._failed

    def skip_before(self, cell: int) -> None:
        """Do not wait for cells that ran before the recorder was there to see it."""
        self._due = {due for due in self._due if due >= cell}

    def watch_lines(self, line: Callable[[], int | None]) -> None:
        """Ask ``line`` for the line of the running cell (from 1)."""
        self._line = line

    def add(self, observer: Observer, browser: Browser) -> None:
        """Show one more browser."""
        if self._is_off:
            self._unseen.add(observer)
        if not self._is_off or self._shown is None:
            self._shown = observer
        self._browser = browser

    @property
    def cell(self) -> int | None:
        """The storyboard's cell that runs now, off camera or not."""
        return self._cell

    @property
    def observer(self) -> Observer | None:
        """The observer of the browser that is shown: opened last, or used since."""
        return self._shown

    def place(self) -> tuple[int | None, int | None]:
        """The storyboard's cell that runs now, if it belongs to a step, and its line.

        Off camera no cell runs that would be filmed.
        """
        is_filmed = self._cell in self._step_of and not self._is_off
        return (self._cell if is_filmed else None), self._line()

    def attend(self, observer: Observer, *, acts: bool) -> None:
        """The browser of ``observer`` is told something, which ``acts`` on its page or asks."""
        self._told = observer
        if self._is_off:
            self._unseen.add(observer)
        elif acts:
            self._catch_up()

    @contextlib.contextmanager
    def off_camera(self) -> Iterator[None]:
        """Film nothing in the block; what the last action before it led to is seen until then."""
        if self._is_off:
            yield
            return
        self._catch_up()
        is_here = bool(self._last) and self._last[-1].cell == self._cell
        if is_here and self._shown is not None and self._shown not in self._unseen:
            _await(self._last, self._shown.look())
        self._is_off = True
        try:
            yield
        finally:
            self._is_off = False
            for observer in self._unseen:
                observer.resume()

    @contextlib.contextmanager
    def side_by_side(self, pair: Pair) -> Iterator[None]:
        """Let the two browsers of ``pair`` be seen beside each other in the block."""
        self._unseen.difference_update(pair.sides)
        self._pair, outer = pair, self._pair
        try:
            yield
            self._catch_up()
        finally:
            self._pair = outer

    def _catch_up(self) -> None:
        """What the last action led to in the browser beside is what that has become."""
        if self._pair is not None and self._last:
            self._last[-1] = self._pair.catch_up(self._last[-1])

    def record(self, action: Action, observer: Observer) -> None:
        """Keep an action of the cell that runs now, done in the browser of ``observer``."""
        step = self._step_of[action.cell]
        actions = self._steps[step.number].actions.setdefault(action.cell, [])
        if self._shown is observer and observer not in self._unseen:
            _await(actions, action.before)
        self._unseen.discard(observer)
        if self._pair is not None:
            action = self._pair.accompany(action, observer)
        self._shown = observer
        actions.append(action)
        self._last = actions

    def save(self, files: Sequence[Path]) -> None:
        """Keep files that the browser saved, as what the last action led to."""
        if not self._last:
            return
        downloads = tuple(self.writer.add_download(path) for path in files)
        action = self._last[-1]
        update = {"downloads": (*action.downloads, *downloads)}
        self._last[-1] = action.model_copy(update=update)

    def enter(self, cell: int | None) -> None:
        """A cell begins to run; what it did in an earlier run is forgotten."""
        self._cell = cell
        self.run += 1
        step = self._step_of.get(cell) if cell is not None else None
        if step is not None and cell is not None:
            self._steps[step.number].actions.pop(cell, None)

    def leave(self, error: BaseException | None, line: int | None = None) -> Step | None:
        """The running cell has ended; returns its step as filmed so far.

        ``error`` is what ended it where it failed (then the take has failed), ``line`` where.
        """
        cell, self._cell = self._cell, None
        self._failed.discard(cell)
        if error is not None:
            self.fail(error, cell, line)
            return None
        planned = self._step_of.get(cell) if cell is not None else None
        if planned is None:
            return None
        observer = self.observer
        actions = self._steps[planned.number].actions.get(cell or 0, [])
        if observer in self._unseen:  # nobody is to see what became of it
            self._steps[planned.number].end = actions[-1].after if actions else None
        elif observer is not None and observer.opened:
            end = observer.end()
            self._steps[planned.number].end = end
            _await(actions, end)
        self._due.discard(cell)
        step = self._step(planned)
        if cell == planned.cells[-1]:
            self.writer.append(step)
        return step

    def finish(self) -> Take:
        """Write the manifest; the take is whole.

        Raises `TakeError` where no action was filmed.
        """
        steps = tuple(self._step(planned) for planned in self.board.steps)
        if not any(step.actions for step in steps):
            raise TakeError(
                f"{self.board.path} ran to its end, but no action was filmed.",
                "Open the browser with recorder.open_browser() or webdriver.Chrome().",
            )
        front = self.board.front
        fonts = read_fonts() if self.is_filmed_here else ()
        take = Take(
            storyboard=self.board.name,
            code=self.board.code,
            title=self.board.title,
            language=front.language,
            viewport=front.viewport,
            scale=front.scale,
            browser=self._browser.model_copy(update={"fonts": fonts}),
            application=self.application,
            parameters=self._parameters,
            actors=self.cast.actors,
            steps=steps,
        )
        self.writer.finish(take)
        return take

    def _step(self, planned: PlannedStep) -> Step:
        filmed = self._steps[planned.number]
        actions = (action for cell in planned.cells for action in filmed.actions.get(cell, ()))
        return planned.filmed(tuple(actions), filmed.end)

    def fail(self, error: BaseException, cell: int | None, line: int | None) -> None:
        """The take has failed: keep where, why, and the picture of what the page showed."""
        self._failed.add(cell)
        observer = self._told if self.cast.actors and self._told else self.observer
        picture = False
        if observer is not None and observer.opened:
            picture = self._keep_picture(observer)
        locator = observer.last_locator if observer else ""
        reason, hint = explain(error, locator)
        failure = Failure(
            cell=cell,
            line=line,
            locator=locator,
            reason=reason + self._whose(error, observer),
            hint=hint,
            picture=picture,
        )
        told = self.writer.hide(failure).model_dump_json(indent=1)
        write_whole(self.writer.folder / FILE, told.encode())

    def _whose(self, error: BaseException, observer: Observer | None) -> str:
        """In whose browser ``error`` came; what the recorder tells says that itself."""
        if observer is None or isinstance(error, RecorderError):
            return ""
        return tell_whose(observer)

    def _keep_picture(self, observer: Observer) -> bool:
        try:
            observer.camera.forget()
            moment = observer.camera.moment()
        except Exception:  # whatever it is: the error that ended the take is told
            moment = observer.camera.last
        if moment is None:
            return False
        shutil.copyfile(shot_path(self.writer.folder, moment), self.writer.folder / PICTURE)
        return True


def _await(actions: list[Action], moment: Moment | None) -> None:
    """Let what an action led to be what the page had become when the storyboard went on.

    Applications answer in parts, and on each run in others; what the storyboard waits for says when
    they have. So the same is seen on every run. What is shown on purpose stays as it was then.
    """
    if not actions or moment is None or actions[-1].kind in _ONLY_SHOWN:
        return
    after = actions[-1].after
    is_open = after.dialog is not None or moment.dialog is not None
    if actions[-1].kind in _LOADS or not (is_open or after.scroll != moment.scroll):
        actions[-1] = actions[-1].model_copy(update={"after": moment})
