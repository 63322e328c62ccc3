"""The recorder inside a kernel: ties the notebook's cells to a session."""

from __future__ import annotations

import atexit
import io
import shutil
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from IPython.core.getipython import get_ipython
from IPython.display import display
from PIL import Image
from selenium import webdriver

from recorder.browser import FilmedChrome
from recorder.camera import Camera, CameraSettings
from recorder.errors import RecorderError, TakeError
from recorder.locate import default_folder, find_storyboard
from recorder.observer import Observer
from recorder.replacement import replace_folder
from recorder.session import Session
from recorder.stage import Stage, open_stage
from recorder.storyboard import read_storyboard
from recorder.take import MANIFEST, Browser
from recorder.take_writer import NOTEBOOK, TakeWriter

if TYPE_CHECKING:
    from IPython.core.interactiveshell import ExecutionInfo, ExecutionResult, InteractiveShell
    from selenium.webdriver.chrome.options import Options
    from selenium.webdriver.chrome.service import Service

    from recorder.take import Step

__all__ = ["Kernel", "KernelChrome", "attach", "current_kernel", "finish"]

_PREVIEW = 2  # a picture under a cell has half as many pixels each way as its shot


@dataclass
class Kernel:
    """A kernel whose cells are filmed.

    ``goal`` is where the take is published when the kernel ends; None where somebody else does it.
    """

    shell: InteractiveShell
    session: Session
    base_url: str = ""
    goal: Path | None = None
    drivers: list[FilmedChrome] = field(default_factory=list)
    stage: Stage | None = None
    position: int = -1

    def before_cell(self, info: ExecutionInfo) -> None:
        """IPython's event before a cell runs."""
        self.session.enter(self._cell_index(info.cell_id, info.raw_cell or ""))

    def after_cell(self, result: ExecutionResult) -> None:
        """IPython's event after a cell has run: its picture appears under it."""
        error = result.error_before_exec or result.error_in_exec
        line = _line_of(error, self.shell) if error is not None else None
        step = self.session.leave(error, line)
        if step is not None and step.end is not None:
            _show(step, self.session.writer.folder)

    def line(self) -> int | None:
        """The line of the running cell that is being executed, from 1."""
        frame = sys._getframe()
        while frame is not None:
            if frame.f_globals is self.shell.user_ns and frame.f_code.co_name == "<module>":
                return frame.f_lineno
            if frame.f_back is None:
                return None
            frame = frame.f_back
        return None

    def address(self) -> str:
        """Where the application is: the parameter ``base_url``, or a stage started for it."""
        given = self.base_url or str(self.shell.user_ns.get("base_url") or "")
        board = self.session.board
        if not given and board.front.stage is not None:
            if self.stage is None:
                log = self.session.writer.folder / "stage.log"
                self.stage = open_stage(board.front.stage, beside=board.path.parent, log=log)
            given = self.stage.base_url
            self.shell.user_ns["base_url"] = given
        self.base_url = given.rstrip("/")
        return self.base_url

    def watch(self, driver: FilmedChrome) -> Observer:
        """Film what ``driver`` is told to do."""
        front = self.session.board.front
        settings = CameraSettings(front.viewport, front.scale, front.masks, self.address())
        camera = Camera(driver.ask, self.session.writer, settings)
        observer = Observer(driver.ask, camera, self.session)
        found = driver.capabilities
        self.session.add(
            observer, Browser(name=found["browserName"], version=found["browserVersion"])
        )
        self.drivers.append(driver)
        return observer

    def close_browsers(self) -> None:
        """End all browsers."""
        for driver in self.drivers:
            driver.quit()
        self.drivers.clear()

    def close(self) -> None:
        """End browsers and stage."""
        self.close_browsers()
        if self.stage is not None:
            self.stage.stop()

    def _cell_index(self, cell_id: str | None, source: str) -> int | None:
        """Which of the storyboard's cells runs: by its id, or else by its text and the order."""
        cells = self.session.board.cells
        by_id = (cell.index for cell in cells if cell_id and cell.id == cell_id)
        later = (cell for cell in cells if cell.index > self.position)
        by_text = (cell.index for cell in (*later, *cells) if cell.source.strip() == source.strip())
        index = next(by_id, None)
        if index is None:
            index = next(by_text, None)
        if index is not None:
            self.position = index
        return index


class KernelChrome(FilmedChrome):
    """What ``webdriver.Chrome`` is in a notebook that is filmed."""

    def __init__(
        self,
        options: Options | None = None,
        service: Service | None = None,
        keep_alive: bool = True,
    ) -> None:
        kernel = current_kernel()
        kernel.address()  # a stage that does not start is told before a browser opens
        language = kernel.session.board.front.language
        super().__init__(options, service, keep_alive, language=language, watch=kernel.watch)


_kernel: Kernel | None = None


def current_kernel() -> Kernel:
    """The kernel that films this notebook; attached now where it was not yet.

    Raises `RecorderError` outside of a notebook, or where the notebook cannot be found.
    """
    return _kernel or attach()


def attach(
    storyboard: str = "", *, folder: str = "", parameters: dict[str, str] | None = None
) -> Kernel:
    """Film what this kernel runs from now on, plain ``webdriver.Chrome()`` included.

    ``storyboard`` is the notebook's path (found by itself where it can be), ``folder`` where the
    take is written; without one it is published as ``output/<board>/take`` when the kernel ends.
    """
    global _kernel  # noqa: PLW0603 - a kernel has one notebook
    shell = get_ipython()
    if shell is None:
        raise RecorderError(
            "Only a notebook can be filmed, and this Python runs none.",
            "Run it in Jupyter, with papermill, or with 'storycast record'.",
        )
    detach()
    parent = shell.get_parent() if hasattr(shell, "get_parent") else {}
    source = parent.get("content", {}).get("code", "")
    board = read_storyboard(Path(storyboard) if storyboard else find_storyboard(source))
    goal = None if folder else default_folder(board.path) / "take"
    work = Path(folder) if goal is None else _fresh_folder(goal.with_name(".take-in-kernel"))
    session = Session(board, TakeWriter(work), parameters=parameters or {})
    _kernel = Kernel(shell, session, goal=goal)
    session.watch_lines(_kernel.line)
    shell.events.register("pre_run_cell", _kernel.before_cell)
    shell.events.register("post_run_cell", _kernel.after_cell)
    session.enter(_kernel._cell_index(parent.get("metadata", {}).get("cellId"), source))
    setattr(webdriver, "Chrome", KernelChrome)  # noqa: B010 - to mypy it is a type
    return _kernel


def _fresh_folder(path: Path) -> Path:
    shutil.rmtree(path, ignore_errors=True)
    path.mkdir(parents=True)
    return path


def detach() -> None:
    """Film this kernel no more; end what it has opened."""
    global _kernel  # noqa: PLW0603
    if _kernel is None:
        return
    _kernel.shell.events.unregister("pre_run_cell", _kernel.before_cell)
    _kernel.shell.events.unregister("post_run_cell", _kernel.after_cell)
    _kernel.close()
    _kernel = None


def finish() -> None:
    """Make the take whole, and publish it where nobody else does. A failed take is left out."""
    kernel = _kernel
    if kernel is None:
        return
    try:
        if kernel.session.failed:
            return
        kernel.session.finish()
        if kernel.goal is not None:
            shutil.copyfile(kernel.session.board.path, kernel.session.writer.folder / NOTEBOOK)
            replace_folder(kernel.session.writer.folder, kernel.goal, manifest=MANIFEST)
    finally:
        detach()


@atexit.register
def _finish_at_exit() -> None:
    try:
        finish()
    except TakeError as error:
        sys.stderr.write(f"{error}\n")


def _line_of(error: BaseException, shell: Any) -> int | None:
    """The line of the cell at which ``error`` arose."""
    line = getattr(error, "lineno", None)
    trace = error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_globals is shell.user_ns:
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


def _show(step: Step, folder: Path) -> None:
    """Put the picture of what the page shows now under the running cell."""
    if step.end is None:
        return
    with Image.open(folder / "shots" / f"{step.end.shot}.png") as shot:
        preview = shot.convert("RGB").reduce(_PREVIEW)
    content = io.BytesIO()
    preview.save(content, "PNG", compress_level=4)
    text = f"Step {step.number}: {step.end.title}"
    display(  # type: ignore[no-untyped-call]
        {"image/png": content.getvalue(), "text/plain": text},
        raw=True,
        metadata={"image/png": {"width": preview.width, "alt": text}},
    )
