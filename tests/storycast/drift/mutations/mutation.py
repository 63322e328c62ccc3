"""What a change of a page is, and what a page is for those who change it."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Mutation", "Page", "quiet", "told"]

_FIND = "const $ = (css) => document.querySelector(css), all = (css) => [...document.querySelectorAll(css)]; "


@dataclass(frozen=True)
class Mutation:
    """A change: the ``script`` that makes it, the ``kind`` it is of (none: not to be told).

    ``about`` is what the sentence has to contain, ``weight`` what the change means to a reader
    (none: not asked). The script ``given`` prepares the page, and is no part of the change.
    """

    name: str
    script: str
    kind: str = ""
    about: tuple[str, ...] = ()
    weight: str = ""
    given: str = ""

    @property
    def code(self) -> str:
        """The script with what it needs."""
        return _FIND + self.script

    @property
    def preparation(self) -> str:
        """The script that prepares the page, with what it needs; empty where there is none."""
        return self.given and _FIND + self.given


@dataclass(frozen=True)
class Page:
    """A page: its changes that are ``told``, and those that are not (``quiet``).

    ``path`` is where it lies on its stage. ``masks`` and ``text_masks`` are its storyboard's; in
    its only step the reader acts on the elements whose ids or names are ``targets``, as ``prose``
    tells.
    """

    told: tuple[Mutation, ...]
    quiet: tuple[Mutation, ...]
    scale: int = 1
    path: str = ""
    masks: tuple[str, ...] = ()
    text_masks: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    prose: str = ""


def told(
    name: str, kind: str, script: str, *about: str, weight: str = "", given: str = ""
) -> Mutation:
    """Return a change that is to be told."""
    return Mutation(name, script, kind, about, weight, given)


def quiet(name: str, script: str, *, given: str = "") -> Mutation:
    """Return a change that nobody is to be told of."""
    return Mutation(name, script, given=given)
