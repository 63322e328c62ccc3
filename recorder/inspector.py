"""The inspector: what a browser must offer so that its pages can be filmed.

Commands of a storyboard go to a browser by WebDriver, which is the same for all of them. What the
recorder sees of a page it sees through an inspector, of which each kind of browser has its own:
`recorder.devtools` for Chromium, `recorder.firefox` for Firefox.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from contextlib import AbstractContextManager

    from recorder.area import Area
    from recorder.structure import Structure
    from recorder.take import Box

__all__ = ["Inspector"]


class Inspector(Protocol):
    """Looks into the window that a driver is at, past the storyboard.

    Raises ``WebDriverException`` where a page is left while it is looked at.
    """

    def run(
        self, name: str, *arguments: object, address: str | None = None, isolated: bool = True
    ) -> Any:
        """Run one of the recorder's scripts in the window's outermost document.

        It shares the document with the page's scripts and nothing else, unless ``isolated`` is
        false. Raises `TakeError` where there is no document but the browser's own error page, or
        another than at ``address``.
        """

    def show(self) -> None:
        """Bring the window to the front: one behind another draws nothing."""

    def fit(self, viewport: tuple[int, int], scale: int) -> None:
        """Give the window a viewport in CSS pixels, and device pixels to each of them."""

    def capture(self, region: Box | None = None) -> bytes:
        """A picture of all or a part of what the window shows, as a PNG."""

    def structure(self) -> Structure:
        """What the page is made of as it is, settled or not."""

    def path_of(self, number: int) -> list[int]:
        """The way to the element of a structure's number, as ``follow.js`` takes it."""

    def tell(self, element: str) -> tuple[str, str] | None:
        """Role and name of WebDriver's element of this id; None where they cannot be told."""

    def find_hidden(
        self, wishes: Mapping[str, Any], window: Sequence[float], *, shut: bool
    ) -> Iterator[Area]:
        """Where the page shows what nobody may see (``hidden.js``), in ``window``.

        That is left, top, right and bottom in CSS pixels. In closed shadow trees, too, where
        ``shut``. Raises `TakeError` where a selector is none.
        """

    def stop_movement(self) -> None:
        """Stop the clock of what style sheets and scripts move."""

    def resume_movement(self) -> None:
        """Let that clock go on."""

    def cookies(self) -> list[dict[str, Any]]:
        """All cookies of the browser, as the DevTools protocol tells them."""

    def set_cookies(self, cookies: Sequence[Mapping[str, Any]]) -> None:
        """Give the browser cookies as `cookies` told them."""

    def preloading(self, script: str) -> AbstractContextManager[None]:
        """Have each document of the window run ``script`` before its own scripts, in the block."""
