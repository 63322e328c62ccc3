"""The gate: no command takes a browser's window beyond the fence without its take failing."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from selenium.common.exceptions import WebDriverException
from selenium.webdriver.remote.command import Command

from recorder.errors import FenceError
from recorder.fence.host import host_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from recorder.fence.guard import Guard

__all__ = ["Gate"]


class Gate:
    """Stands before one browser, whose windows show ``addresses``.

    They are only looked at where ``guard`` has refused something since the last time.
    """

    def __init__(self, guard: Guard, addresses: Callable[[], Iterable[str]]) -> None:
        self._guard = guard
        self._addresses = addresses
        self._seen = guard.seen

    @contextmanager
    def pass_through(self, command: str, params: Mapping[str, Any]) -> Iterator[None]:
        """Let one command through. Raises `FenceError` where a window is beyond the fence by it.

        A window that was left there by an earlier command, which had not come so far, counts too.
        """
        if command == Command.GET:
            self._require(str(params.get("url", "")))
        self.look()
        try:
            yield
        except Exception:
            self.look()  # what is beyond the fence explains what failed there
            raise
        self.look()

    def look(self) -> None:
        """Raise `FenceError` where a window shows an address beyond the fence."""
        seen = self._guard.seen
        if seen == self._seen:
            return
        try:
            shown = self._addresses()
        except WebDriverException:  # a dialog is open, or the window has been closed
            return
        self._seen = seen
        for address in shown:
            self._require(address)

    def _require(self, address: str) -> None:
        if not self._guard.fence.allows(address):
            host = host_of(address)
            raise FenceError(
                f"{host} is beyond the fence: a storyboard visits its stage and the hosts that it "
                f'lists. If this is meant, add "hosts": ["{host}"] to its front matter.'
            )
