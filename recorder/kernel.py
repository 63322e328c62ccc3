"""The recorder inside a kernel: ties the notebook's cells to a session."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from recorder.browser_choice import choose_browser
from recorder.camera import Camera, CameraSettings
from recorder.fence import Fence, Guard, write_blocked
from recorder.observer import Observer
from recorder.origin import read_version
from recorder.pinning import Pins
from recorder.preparation import import_in_background
from recorder.preview import show_preview
from recorder.remote import Connection, find_server
from recorder.secrecy.outlet import Outlet
from recorder.secrecy.printed import hide_logs
from recorder.secrecy.source import read_secret
from recorder.stage import Stage, open_stage
from recorder.take import Browser

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from IPython.core.interactiveshell import ExecutionInfo, ExecutionResult, InteractiveShell

    from recorder.filmed_driver import FilmedDriver
    from recorder.front_matter import BrowserKind
    from recorder.healing import Healer
    from recorder.secrecy import Secret, Secrets
    from recorder.secrecy.redactor import Mask
    from recorder.session import Session

__all__ = ["Kernel"]


@dataclass
class Kernel:
    """A kernel whose cells are filmed.

    ``goal`` is where the take is published when the kernel ends; None where somebody else does it.
    ``position`` is the storyboard's cell that ran last; ``healer`` knows what its locators found
    before; ``addresses`` are those of a stage's services that somebody else has started; ``remote``
    is the WebDriver server to get browsers of, if not the environment's, ``browser`` the kind of
    browser, if not the environment's or the storyboard's. With ``outlines`` it is
    kept by what each page's elements can be selected. ``masks`` are elements that nobody may see,
    in any browser.
    """

    shell: InteractiveShell
    session: Session
    base_url: str = ""
    goal: Path | None = None
    drivers: list[FilmedDriver] = field(default_factory=list)
    stage: Stage | None = None
    position: int = -1
    healer: Healer | None = None
    addresses: tuple[str, ...] = ()
    remote: str = ""
    browser: str = ""
    outlines: bool = False
    masks: list[Mask] = field(default_factory=list)

    @cached_property
    def pins(self) -> Pins:
        """What all browsers of the take have in common."""
        front = self.session.board.front
        return Pins(front.pins, front.language, front.viewport, front.scale)

    @property
    def kind(self) -> BrowserKind:
        """The kind of browser that films."""
        return choose_browser(self.session.board.front.browser, self.browser)

    @cached_property
    def guard(self) -> Guard | None:
        """What keeps all browsers of the take inside of its fence; None where there is none."""
        fence = Fence.around(self._own_addresses(), self.session.board.front.hosts)
        return None if fence.is_open else Guard(fence)

    def __post_init__(self) -> None:
        self.outlet = Outlet(self.shell, self.session.writer.secrets)

    def know(self, name: str) -> Secret:
        """Read the secret of this name, and hide it from now on. Raises `SecretError`."""
        value = read_secret(name, beside=self.session.board.path.parent)
        self.hide(lambda secrets: secrets.add(name, str(value)))
        return value

    def hide(self, add: Callable[[Secrets], None]) -> None:
        """Hide more from now on: what the browsers show is looked at anew."""
        add(self.session.writer.secrets)
        for driver in self.drivers:
            if driver.observer is not None:
                driver.observer.camera.forget()

    @cached_property
    def connection(self) -> Connection | None:
        """The connection to the server that browsers are got of; None where they are local."""
        server = find_server(self.remote)
        return Connection(server, self._own_addresses()) if server is not None else None

    def use_remote(self, url: str) -> None:
        """Get browsers of the WebDriver server at ``url`` from now on."""
        former = self.__dict__.pop("connection", None)
        if former is not None:
            former.close()
        self.remote = url

    def _own_addresses(self) -> tuple[str, ...]:
        shown = self.address()
        return (shown, *(self.stage.addresses if self.stage is not None else self.addresses))

    def before_cell(self, info: ExecutionInfo) -> None:
        """IPython's event before a cell runs."""
        self.session.enter(self.find_cell(info.cell_id, info.raw_cell or ""))

    def after_cell(self, result: ExecutionResult) -> None:
        """IPython's event after a cell has run: its picture appears under it."""
        error = result.error_before_exec or result.error_in_exec
        if error is not None and self.stage is not None:
            lost = self.stage.tell_loss(asked=True)
            sys.stderr.write(f"{lost}\n" if lost else "")
        line = self._line_of(error) if error is not None else None
        try:
            self._tell_blocked()
            step = self.session.leave(error, line)
            if step is not None:
                show_preview(step, self.session.writer.folder)
        except Exception as failure:
            # IPython prints what an event raises and goes on; a take must not.
            self.session.fail(failure, self.position, None)
            raise
        finally:
            self.outlet.flush()

    def line(self) -> int | None:
        """The line of the running cell that is being executed, from 1."""
        frame = sys._getframe()
        while frame.f_back is not None:
            if frame.f_globals is self.shell.user_ns and frame.f_code.co_name == "<module>":
                return frame.f_lineno
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
            self.session.application = read_version(board.front.stage, self.stage)
            self.shell.user_ns["base_url"] = given
        self.base_url = given.rstrip("/")
        return self.base_url

    def watch(self, driver: FilmedDriver) -> Observer:
        """Film what ``driver`` is told to do."""
        front = self.session.board.front
        settings = CameraSettings(
            front.viewport,
            front.scale,
            front.masks,
            self.address(),
            outlines=self.outlines,
            actor=driver.actor,
            hidden=front.hidden,
        )
        found = driver.capabilities
        camera = Camera(
            driver.ask,
            self.session.writer,
            settings,
            driver.open_dialog_watch(),
            driver.inspector,
        )
        camera.redactor.masks = self.masks  # what is masked stays so in the next browser
        observer = Observer(driver.ask, camera, self.session, self.healer, driver.downloads)
        self.session.add(
            observer, Browser(name=found["browserName"], version=found["browserVersion"])
        )
        self.session.is_filmed_here = driver.is_here
        self.drivers.append(driver)
        import_in_background("recorder.patching")  # while the first page loads
        return observer

    def close_browsers(self, actor: str | None = None) -> None:
        """End all browsers, or those of one ``actor`` (empty: that of nobody)."""
        ending = [each for each in self.drivers if actor is None or each.actor == actor]
        for driver in reversed(ending):
            self.drivers.remove(driver)
            driver.quit()

    def close(self) -> None:
        """End browsers and stage."""
        try:
            self.close_browsers()
        finally:
            for each in ("guard", "connection"):
                if self.__dict__.get(each) is not None:
                    self.__dict__.pop(each).close()
            if self.stage is not None:
                self.stage.stop()
                hide_logs(self.session.writer.folder, self.session.writer.secrets)
            self.outlet.close()

    def find_cell(self, cell_id: str | None, source: str) -> int | None:
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

    def _tell_blocked(self) -> None:
        """Keep what was blocked so far. Raises `FenceError` where a window is beyond the fence."""
        guard = self.__dict__.get("guard")
        if guard is not None and guard.seen:
            write_blocked(self.session.writer.folder, guard.blocked)
            for driver in self.drivers:
                driver.require_inside()

    def _line_of(self, error: BaseException) -> int | None:
        """The line of the cell at which ``error`` arose."""
        line = error.lineno if isinstance(error, SyntaxError) else None
        trace = error.__traceback__
        while trace is not None:
            if trace.tb_frame.f_globals is self.shell.user_ns:
                line = trace.tb_lineno
            trace = trace.tb_next
        return line
