"""The register: forms by their names, found by entry points."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from importlib.metadata import EntryPoint, entry_points
from typing import TYPE_CHECKING

from recorder.errors import nearest
from storycast.errors import StorycastError

if TYPE_CHECKING:
    from storycast.guide.forms.form import Form

__all__ = ["ALL", "choose_forms", "describe_forms", "find_entries", "open_forms"]

ALL = "all"
"""Stands for every form that is installed."""

_GROUP = "storycast.forms"


def choose_forms(*asked: Iterable[str]) -> tuple[str, ...]:
    """The names in ``asked``, each once, in order; `ALL` adds all others.

    Raises `StorycastError` where one is unknown.
    """
    known = find_entries()
    chosen: dict[str, None] = {}
    for name in (name for names in asked for name in names):
        if name == ALL:
            chosen |= dict.fromkeys(known)
        elif name in known:
            chosen[name] = None
        else:
            raise StorycastError(f"There is no form {name!r}.", nearest(name, (*known, ALL)))
    return tuple(chosen)


def open_forms(names: Iterable[str]) -> dict[str, Form]:
    """The forms of these names.

    Raises `StorycastError` where one is unknown or cannot be loaded.
    """
    known = find_entries()
    return {name: _load(name, known[name]) for name in choose_forms(names)}


def describe_forms(names: Iterable[str]) -> tuple[tuple[str, str, str], ...]:
    """For each form its name, where it comes from, and the version of that."""
    known = find_entries()
    return tuple(
        (name, known[name].value, dist.version if (dist := known[name].dist) else "")
        for name in names
    )


def _load(name: str, entry: EntryPoint) -> Form:
    try:
        form: Form = entry.load()
    except (ImportError, AttributeError) as error:
        raise StorycastError(
            f"The form {name!r} cannot be loaded: {error}.",
            f"It is {entry.value}; is all installed that it needs?",
        ) from error
    return form


@cache
def find_entries() -> Mapping[str, EntryPoint]:
    """The forms that are installed, by their names in their order."""
    found = sorted(entry_points(group=_GROUP), key=lambda entry: entry.name)
    return {entry.name: entry for entry in found}
