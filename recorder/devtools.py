"""Chromium's inspector: looks into its pages by the DevTools protocol."""

from __future__ import annotations

import base64
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from selenium.common.exceptions import WebDriverException
from selenium.webdriver.remote.command import Command

from recorder.hidden import find_hidden
from recorder.page_script import developer_command, page_function, run_in_page
from recorder.structure import Structure, read_structure

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from recorder.area import Area
    from recorder.page_script import Executor
    from recorder.take import Box

__all__ = ["DevTools"]


class DevTools:
    """An `Inspector` of a Chromium that ``execute`` sends commands to.

    ``address`` is where the browser itself listens (host and port); frames of other sites cannot be
    looked into without it.
    """

    def __init__(self, execute: Executor, address: str = "") -> None:
        self._execute = execute
        self._address = address
        self._ratio = 1.0

    def command(self, name: str, **params: object) -> dict[str, Any]:
        """Send a command of the DevTools protocol; return its result."""
        return developer_command(self._execute, name, **params)

    def run(
        self, name: str, *arguments: object, address: str | None = None, isolated: bool = True
    ) -> Any:
        """See `Inspector.run`."""
        return run_in_page(self._execute, name, *arguments, address=address, isolated=isolated)

    def show(self) -> None:
        """See `Inspector.show`."""
        self.command("Page.bringToFront")

    def fit(self, viewport: tuple[int, int], scale: int) -> None:
        """See `Inspector.fit`."""
        width, height = viewport
        self.command(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=scale,
            mobile=False,
        )
        self.command("Emulation.setFocusEmulationEnabled", enabled=True)
        measures = self.command("Page.getLayoutMetrics")
        own, css = (
            measures[name]["clientWidth"] for name in ("layoutViewport", "cssLayoutViewport")
        )
        self._ratio = own / css

    def capture(self, region: Box | None = None) -> bytes:
        """See `Inspector.capture`."""
        options = {"clip": {**region.model_dump(), "scale": 1}} if region else {}
        # Chromium's faster PNGs are twice as large; a take is read more often than sent.
        answer = self.command(
            "Page.captureScreenshot", format="png", optimizeForSpeed=True, **options
        )
        return base64.b64decode(answer["data"])

    def structure(self) -> Structure:
        """See `Inspector.structure`; numbers are DevTools' ``backendNodeId``."""
        return read_structure(self.command, self._address, ratio=self._ratio)

    def path_of(self, number: int) -> list[int]:
        """See `Inspector.path_of`."""
        node = self.command("DOM.resolveNode", backendNodeId=number)["object"]
        answer = self.command(
            "Runtime.callFunctionOn",
            objectId=node["objectId"],
            functionDeclaration=page_function("path"),
            returnByValue=True,
        )
        path: list[int] = answer["result"]["value"]
        return path

    def tell(self, element: str) -> tuple[str, str] | None:
        """See `Inspector.tell`."""
        try:
            role = self._execute(Command.GET_ELEMENT_ARIA_ROLE, {"id": element})
            name = self._execute(Command.GET_ELEMENT_ARIA_LABEL, {"id": element})
        except WebDriverException:  # chromedriver cannot tell them in frames of another origin
            return None
        return role or "", name or ""

    def find_hidden(
        self, wishes: Mapping[str, Any], window: Sequence[float], *, shut: bool
    ) -> Iterator[Area]:
        """See `Inspector.find_hidden`."""
        yield from find_hidden(self.command, self._address, wishes, window, shut=shut)

    def stop_movement(self) -> None:
        """See `Inspector.stop_movement`."""
        self.command("Animation.enable")
        self.command("Animation.setPlaybackRate", playbackRate=0)

    def resume_movement(self) -> None:
        """See `Inspector.resume_movement`."""
        self.command("Animation.setPlaybackRate", playbackRate=1)
        self.command("Animation.disable")

    def cookies(self) -> list[dict[str, Any]]:
        """See `Inspector.cookies`."""
        found: list[dict[str, Any]] = self.command("Storage.getCookies")["cookies"]
        return found

    def set_cookies(self, cookies: Sequence[Mapping[str, Any]]) -> None:
        """See `Inspector.set_cookies`."""
        self.command("Network.setCookies", cookies=cookies)

    @contextmanager
    def preloading(self, script: str) -> Iterator[None]:
        """See `Inspector.preloading`."""
        added = self.command(
            "Page.addScriptToEvaluateOnNewDocument", source=script, runImmediately=False
        )
        try:
            yield
        finally:
            self.command("Page.removeScriptToEvaluateOnNewDocument", identifier=added["identifier"])
