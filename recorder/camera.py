"""The camera: what a browser shows at one moment, once it has settled."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from selenium.common.exceptions import (
    JavascriptException,
    NoAlertPresentException,
    TimeoutException,
    WebDriverException,
)
from selenium.webdriver.remote.command import Command

from recorder.snapshot import STYLES, build_snapshot, pack_snapshot
from recorder.take import Box, Dialog, Moment, Point

if TYPE_CHECKING:
    from collections.abc import Mapping

    from recorder.take_writer import TakeWriter

__all__ = ["Camera", "CameraSettings", "Executor", "run_script"]

_PAGE = Path(__file__).parent / "page"
_UNLOADS = 4
"""How often a page may be left while it settles: each redirect is one."""


class Executor(Protocol):
    """Sends a WebDriver command to the browser, unobserved."""

    def __call__(self, command: str, params: Mapping[str, Any] | None = None) -> Any:
        """Return the value that the browser answers."""


@dataclass(frozen=True)
class CameraSettings:
    """How pictures are taken.

    ``viewport`` in CSS pixels; ``base_url`` is cut off the addresses that are recorded;
    ``quiet_ms`` without a change make a page settled, ``limit_ms`` is how long it is waited for.
    """

    viewport: tuple[int, int]
    scale: int
    masks: tuple[str, ...] = ()
    base_url: str = ""
    quiet_ms: int = 100
    limit_ms: int = 5000


@cache
def _source(name: str) -> str:
    source = (_PAGE / f"{name}.js").read_text(encoding="utf-8")
    if name == "settle":
        source = f"const watch = () => {{ {_source('watch')} }};\n{source}"
    return source


def run_script(execute: Executor, name: str, *arguments: object) -> Any:
    """Run one of the recorder's own scripts in the page and return what it returns."""
    command = Command.W3C_EXECUTE_SCRIPT_ASYNC if name == "settle" else Command.W3C_EXECUTE_SCRIPT
    return execute(command, {"script": _source(name), "args": list(arguments)})


class Camera:
    """Takes moments of one browser; the same moment again where nothing has changed since."""

    def __init__(self, execute: Executor, writer: TakeWriter, settings: CameraSettings) -> None:
        self._execute = execute
        self._writer = writer
        self._settings = settings
        self._last: Moment | None = None
        self._token: str | None = None
        self._framed: set[str] = set()

    @property
    def last(self) -> Moment | None:
        """The moment taken last."""
        return self._last

    def frame(self) -> None:
        """Give the browser's current window the size and scale of the film."""
        handle = self._execute(Command.W3C_GET_CURRENT_WINDOW_HANDLE)
        if handle in self._framed:
            return
        width, height = self._settings.viewport
        self._developer_command(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=self._settings.scale,
            mobile=False,
        )
        self._framed.add(handle)

    def forget(self) -> None:
        """Take the next moment anew even where the page says that nothing has changed."""
        self._token = None

    def moment(self) -> Moment:
        """What the page shows now, once it has settled; an open dialog is told, not shown."""
        dialog = self._dialog()
        if dialog is not None and self._last is not None:
            self._last = self._last.model_copy(update={"dialog": dialog})
            self._token = None
            return self._last
        if self._last is None or not self._unchanged():
            self._last = self._take()
        return self._last

    def _unchanged(self) -> bool:
        if self._token is None:
            return False
        seen = run_script(self._execute, "watch")
        return bool(seen["still"] and seen["token"] == self._token)

    def _dialog(self) -> Dialog | None:
        try:
            return Dialog(text=self._execute(Command.W3C_GET_ALERT_TEXT))
        except NoAlertPresentException:
            return None

    def _take(self) -> Moment:
        self.frame()
        seen = self._settle()
        shot = self._writer.add_shot(self._shoot())
        snapshot = self._writer.add_snapshot(pack_snapshot(self._structure()))
        if seen["held"]:
            run_script(self._execute, "resume")
        self._token = seen["token"]
        return Moment(
            shot=shot,
            snapshot=snapshot,
            address=self._relative(seen["address"]),
            title=seen["title"],
            scroll=Point(**seen["scroll"]),
            settled=seen["settled"],
            masks=tuple(Box(**box) for box in seen["masks"]),
        )

    def _settle(self) -> dict[str, Any]:
        arguments = (self._settings.quiet_ms, self._settings.limit_ms, self._settings.masks)
        for attempt in range(_UNLOADS):
            try:
                seen: dict[str, Any] = run_script(self._execute, "settle", *arguments)
            except (JavascriptException, TimeoutException):
                # The page was left while it settled, or its scripts leave no time for ours.
                if attempt + 1 == _UNLOADS:
                    raise
            else:
                return seen
        raise AssertionError

    def _shoot(self) -> bytes:
        # Chromium's faster PNGs are twice as large; a take is read more often than sent.
        answer = self._developer_command(
            "Page.captureScreenshot", format="png", optimizeForSpeed=True
        )
        return base64.b64decode(answer["data"])

    def _structure(self) -> Any:
        captured = self._developer_command(
            "DOMSnapshot.captureSnapshot", computedStyles=list(STYLES)
        )
        trees = [self._tree(captured["strings"][page["frameId"]]) for page in captured["documents"]]
        return build_snapshot(captured, trees, self._settings.scale)

    def _tree(self, frame: str) -> list[Mapping[str, Any]]:
        try:
            nodes: list[Mapping[str, Any]] = self._developer_command(
                "Accessibility.getFullAXTree", frameId=frame
            )["nodes"]
        except WebDriverException:  # a frame of another origin lives in another process
            return []
        return nodes

    def _developer_command(self, name: str, **params: object) -> dict[str, Any]:
        answer: dict[str, Any] = self._execute("executeCdpCommand", {"cmd": name, "params": params})
        return answer

    def _relative(self, address: str) -> str:
        base = self._settings.base_url
        return address.removeprefix(base) if base else address
