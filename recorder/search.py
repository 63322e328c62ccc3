"""The search: what a storyboard looks for in a page, found again where its locator fails."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from selenium.common.exceptions import NoSuchElementException
from selenium.webdriver.remote.command import Command

from recorder.errors import TakeError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from recorder.description import Describer
    from recorder.healing import Finder
    from recorder.take import Locator

    Send = Callable[[str, Mapping[str, Any]], Any]

__all__ = ["FINDS", "Search"]

FINDS = (
    Command.FIND_ELEMENT,
    Command.FIND_ELEMENTS,
    Command.FIND_CHILD_ELEMENT,
    Command.FIND_CHILD_ELEMENTS,
    Command.FIND_ELEMENT_FROM_SHADOW_ROOT,
    Command.FIND_ELEMENTS_FROM_SHADOW_ROOT,
)
"""The commands that look for elements."""

_IN_SHADOW = FINDS[4:]


class Search:
    """Looks for elements as a storyboard does; ``describer`` learns by which locators.

    With a ``finder``, what was there when the storyboard was approved is found again; ``cell``
    tells the storyboard's cell (from 0) that runs, None where nothing has been seen in it yet.
    """

    def __init__(
        self, describer: Describer, finder: Finder | None, cell: Callable[[], int | None]
    ) -> None:
        self._describer = describer
        self._finder = finder
        self._cell = cell

    def find(self, command: str, params: Mapping[str, Any], send: Send) -> Any:
        """Send one of `FINDS`; return the browser's response, or one with what was found again.

        Raises ``NoSuchElementException`` as the browser does.
        """
        locator = self._describer.look_for(params["using"], params["value"])
        error: NoSuchElementException | None = None
        try:
            response = send(command, params)
        except NoSuchElementException as reason:
            error, response = reason, {"value": None}
        found = response["value"]
        if not found and command not in _IN_SHADOW:
            healed = self._find_again(locator, lambda: _look(command, params, send))
            if healed is not None:
                several = isinstance(found, list) and not isinstance(healed, list)
                found = [healed] if several else healed
        if not found and error is not None:
            raise error
        elements = found if isinstance(found, list) else [found]
        self._describer.remember(locator, (element.id for element in elements))
        return {**response, "value": found}

    def _find_again(self, locator: Locator, again: Callable[[], Any]) -> Any:
        cell = self._cell()
        if self._finder is None or cell is None:
            return None
        try:
            return self._finder.find(cell, locator, again)
        except TakeError:  # the page cannot be looked at: the locator's own error tells more
            return None


def _look(command: str, params: Mapping[str, Any], send: Send) -> Any:
    """Look for elements once more; None where there are none."""
    try:
        return send(command, params)["value"] or None
    except NoSuchElementException:
        return None
