"""The browser's choice: which kind films, and whether this machine has it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from recorder.errors import BrowserError, nearest
from recorder.front_matter import BrowserKind

if TYPE_CHECKING:
    from recorder.program import Programs

__all__ = ["BROWSER_VARIABLE", "choose_browser", "find_browser"]

BROWSER_VARIABLE = "STORYCAST_BROWSER"


def choose_browser(asked: BrowserKind, given: str = "") -> BrowserKind:
    """The kind of browser that films: as ``given``, as the environment says, or as ``asked``.

    Raises `BrowserError` where there is no such kind.
    """
    name = given or os.environ.get(BROWSER_VARIABLE, "")
    kinds = [kind.value for kind in BrowserKind]
    if name and name not in kinds:
        raise BrowserError(
            f"{name!r} is no browser that films; {' and '.join(kinds)} are.", nearest(name, kinds)
        )
    return BrowserKind(name) if name else asked


def find_browser(kind: BrowserKind) -> Programs:
    """Find the programs of a kind of browser. Raises `BrowserError`, which says what to install."""
    # Only who asks for one needs its module.
    if kind is BrowserKind.FIREFOX:
        from recorder.firefox import program  # noqa: PLC0415

        return program.find_programs()
    from recorder import chromium  # noqa: PLC0415

    return chromium.find_programs()
