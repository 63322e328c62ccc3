"""The register: forms by their names, found by entry points."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from importlib.metadata import EntryPoint, PackageNotFoundError, distribution, entry_points
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
    names = tuple(name for each in asked for name in each)
    known = _known(names)
    chosen: dict[str, None] = {}
    for name in names:
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
    names = tuple(names)
    known = _known(names)
    return {name: _load(name, known[name]) for name in choose_forms(names)}


def describe_forms(names: Iterable[str]) -> tuple[tuple[str, str, str], ...]:
    """For each form its name, where it comes from, and the version of that."""
    names = tuple(names)
    known = _known(names)
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


def _known(names: tuple[str, ...]) -> Mapping[str, EntryPoint]:
    """Forms that have all of ``names``: to look into every package that is installed takes long."""
    own = _own()
    return own if own.keys() >= set(names) else find_entries()


@cache
def _own() -> Mapping[str, EntryPoint]:
    """The forms that come with Storycast."""
    try:
        points = distribution("storycast").entry_points.select(group=_GROUP)
    except PackageNotFoundError:
        return {}
    return {point.name: point for point in points}
