"""The interface of forms: what one is given, and what it gives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from pathlib import Path

    from recorder.storyboard import Storyboard
    from recorder.take import Take
    from storycast.guide.model import Figure, Guide
    from storycast.guide.page import Film
    from storycast.guide.press import Picture, Press
    from storycast.look import Look
    from storycast.timeline import Timeline
    from storycast.wording import Wording

__all__ = ["PICTURES", "Form", "Material"]

PICTURES = "pictures"


@dataclass(frozen=True)
class Material:
    """All that a form is made of; nothing of it is to be changed.

    ``press`` draws the guide's pictures. ``film`` is None where there is none. ``take_folder``
    holds ``take`` with its shots. ``cache`` is a folder for what is to be kept between runs.
    ``board`` is the storyboard, None where only its take is known.
    """

    guide: Guide
    press: Press
    film: Film | None
    take: Take
    timeline: Timeline
    take_folder: Path
    wording: Wording
    look: Look
    cache: Path
    board: Storyboard | None = None

    @cached_property
    def screens(self) -> Mapping[Figure, Picture]:
        """Whole screens, for pages that show a part of them and have the rest at hand."""
        return self.press.whole_pictures(self.guide.figures)

    @cached_property
    def pictures(self) -> Mapping[Figure, Picture]:
        """What matters of each screen as PNG, for documents that show that alone."""
        return self.press.cropped_pictures(self.guide.figures)

    @cached_property
    def picture_paths(self) -> Mapping[Figure, str]:
        """Where a document beside them finds the pictures, each named by its content."""
        return {figure: _path(picture) for figure, picture in self.pictures.items()}

    @cached_property
    def picture_files(self) -> dict[str, bytes]:
        """The pictures as files, for forms whose documents show them."""
        return {_path(picture): picture.data for picture in self.pictures.values()}


class Form(Protocol):
    """A function that makes a form; an entry point of the group ``storycast.forms`` names it."""

    def __call__(self, material: Material, /) -> Mapping[str, bytes]:
        """The form's files by their paths in the guide's folder; the first is the one to open.

        It writes nothing there: all forms are made before any is written. The same material gives
        the same bytes. Raises `StorycastError` where it cannot be made.
        """


def _path(picture: Picture) -> str:
    return f"{PICTURES}/{picture.name}"
