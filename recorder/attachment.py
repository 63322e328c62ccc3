"""Attaches the recorder to the kernel it runs in, and makes the take whole at the end."""

from __future__ import annotations

import atexit
import importlib
import shutil
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from IPython.core.getipython import get_ipython
from selenium import webdriver
from selenium.webdriver.chrome import webdriver as chrome
from selenium.webdriver.firefox import webdriver as firefox

from recorder.browser import FilmedChrome
from recorder.errors import BrowserError, RecorderError
from recorder.firefox.driver import FilmedFirefox
from recorder.front_matter import BrowserKind
from recorder.kernel import Kernel
from recorder.locate import default_folder, find_storyboard
from recorder.replacement import replace_folder
from recorder.secrecy.printed import hide_notebook, secrets_of
from recorder.session import Session
from recorder.storyboard import read_storyboard
from recorder.take import MANIFEST
from recorder.take_writer import NOTEBOOK, TakeWriter

if TYPE_CHECKING:
    from collections.abc import Sequence

    from selenium.webdriver.chrome.options import Options
    from selenium.webdriver.chrome.service import Service
    from selenium.webdriver.firefox.options import Options as FirefoxOptions
    from selenium.webdriver.firefox.service import Service as FirefoxService

    from recorder.healing import Healer
    from recorder.storyboard import Storyboard

__all__ = [
    "KernelChrome",
    "KernelFirefox",
    "attach",
    "current_kernel",
    "detach",
    "finish",
    "known_names",
    "last_error",
    "open_filmed",
]

_kernel: Kernel | None = None


class KernelChrome(FilmedChrome):
    """What ``webdriver.Chrome`` is in a notebook that is filmed."""

    def __init__(
        self,
        options: Options | None = None,
        service: Service | None = None,
        keep_alive: bool = True,
        *,
        actor: str = "",
    ) -> None:
        self.actor = actor
        kernel = current_kernel()
        if kernel.kind is not BrowserKind.CHROMIUM:
            raise BrowserError(
                f"The storyboard opens Chromium by itself, and {kernel.kind} is asked for.",
                "Open the browser with open_browser(), which opens the one that is asked for.",
            )
        kernel.address()  # a stage that does not start is told before a browser opens
        super().__init__(
            options,
            service,
            keep_alive,
            watch=kernel.watch,
            pins=kernel.pins,
            guard=kernel.guard,
            connection=kernel.connection,
        )


class KernelFirefox(FilmedFirefox):
    """What ``webdriver.Firefox`` is in a notebook that is filmed."""

    def __init__(
        self,
        options: FirefoxOptions | None = None,
        service: FirefoxService | None = None,
        keep_alive: bool = True,
        *,
        actor: str = "",
    ) -> None:
        self.actor = actor
        kernel = current_kernel()
        kernel.address()  # as above
        if kernel.connection is not None:
            raise BrowserError(
                "Firefox is filmed on this machine only, and a WebDriver server is asked for.",
                "Film with Chromium, or without --remote.",
            )
        super().__init__(
            options, service, keep_alive, watch=kernel.watch, pins=kernel.pins, guard=kernel.guard
        )


def open_filmed(actor: str = "") -> KernelChrome | KernelFirefox:
    """Open a browser of the kind that is asked for, of the ``actor`` with this key."""
    if current_kernel().kind is BrowserKind.FIREFOX:
        return KernelFirefox(actor=actor)
    return KernelChrome(actor=actor)


def current_kernel() -> Kernel:
    """The kernel that films this notebook; attached now where it was not yet.

    Raises `RecorderError` outside of a notebook, or where the notebook cannot be found.
    """
    return _kernel or attach()


def attach(
    storyboard: str = "",
    *,
    folder: str = "",
    parameters: dict[str, str] | None = None,
    language: str = "",
    healer: str = "",
    application: str = "",
    addresses: Sequence[str] = (),
    outlines: bool = False,
) -> Kernel:
    """Film what this kernel runs from now on, Selenium's own ``Chrome`` and ``Firefox`` included.

    ``storyboard`` is the notebook's path (found by itself where it can be), ``folder`` where the
    take is written; without one it is published as ``output/<board>/take`` when the kernel ends.
    ``language`` is the application's (that of the prose, if not given). ``healer`` names a function
    ("package.module:function") that is given the storyboard and returns a `Healer`, or None;
    ``application`` is the version of what is filmed, ``addresses`` are its services'. With
    ``outlines`` it is kept by what each page's elements can be selected.
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
    if language:
        board = board.filmed_in(language)
    goal = None if folder else default_folder(board.path) / "take"
    work = Path(folder) if goal is None else _fresh_folder(goal.with_name(".take-in-kernel"))
    writer = TakeWriter(work, secrets_of(board))
    session = Session(board, writer, parameters=parameters or {})
    session.application = application
    _kernel = Kernel(
        shell,
        session,
        goal=goal,
        healer=_open_healer(healer, board),
        addresses=tuple(addresses),
        outlines=outlines,
    )
    session.watch_lines(_kernel.line)
    shell.events.register("pre_run_cell", _kernel.before_cell)
    shell.events.register("post_run_cell", _kernel.after_cell)
    running = _kernel.find_cell(parent.get("metadata", {}).get("cellId"), source)
    session.enter(running)
    if running is not None:
        session.skip_before(running)
    for module, name in ((webdriver, "Chrome"), (chrome, "WebDriver")):
        setattr(module, name, KernelChrome)
    for module, name in ((webdriver, "Firefox"), (firefox, "WebDriver")):
        setattr(module, name, KernelFirefox)
    return _kernel


def _open_healer(name: str, board: Storyboard) -> Healer | None:
    if not name:
        return None
    module, _, function = name.partition(":")
    healer: Healer | None = getattr(importlib.import_module(module), function)(board)
    return healer


def detach() -> None:
    """Film this kernel no more; end what it has opened."""
    global _kernel
    if _kernel is None:
        return
    kernel, _kernel = _kernel, None
    kernel.shell.events.unregister("pre_run_cell", kernel.before_cell)
    kernel.shell.events.unregister("post_run_cell", kernel.after_cell)
    kernel.close()


def finish() -> None:
    """Make the take whole, and publish it where nobody else does.

    A take is left out that has failed, or whose storyboard was not run to its end.
    """
    kernel = _kernel
    if kernel is None:
        return
    try:
        if not kernel.session.complete:
            return
        kernel.session.finish()
        if kernel.goal is not None:
            work = kernel.session.writer.folder
            shutil.copyfile(kernel.session.board.path, work / NOTEBOOK)
            hide_notebook(work / NOTEBOOK, kernel.session.writer.secrets)
            replace_folder(work, kernel.goal, manifest=MANIFEST)
            shutil.rmtree(work, ignore_errors=True)
    finally:
        detach()


def known_names() -> str:
    """The names of the secrets that are known, with blanks between them."""
    return " ".join(_kernel.session.writer.secrets.values) if _kernel else ""


def last_error() -> str:
    """The name of the recorder's error that was raised last, and what to do, on a line each."""
    error = getattr(sys, "last_value", None)
    return f"{type(error).__name__}\n{error.hint}" if isinstance(error, RecorderError) else "\n"


def _fresh_folder(path: Path) -> Path:
    shutil.rmtree(path, ignore_errors=True)
    path.mkdir(parents=True)
    return path


@atexit.register
def _finish_at_exit() -> None:
    # Jupyter interrupts a kernel that it shuts down; what was filmed is kept all the same.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        finish()
    except RecorderError as error:
        sys.stderr.write(f"{error}\n")
