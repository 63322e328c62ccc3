"""The shelf: the published guides of one or more output folders, grouped by storyboard."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from storycast.cache import content_name
from storycast.errors import StorycastError
from storycast.guide.card import CARD, Card, read_card

__all__ = ["GUIDE", "Entry", "Shelf", "Volume", "read_shelf"]

GUIDE = "guide.html"
_PICTURES = "pictures"
_BESIDE = re.compile(r"captions\..+\.(vtt|srt)|chapters\.vtt|transcript\.txt|pictures/[^.].*")
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")
_NO_NAME = re.compile(r"^\.|[/\\:\x00-\x1f\x7f]|^$")


@dataclass(frozen=True, eq=False)
class Volume:
    """One edition of a guide as it is published.

    ``folder`` is where it was found; ``files`` are those of its files that belong into a library,
    by their paths in ``folder``, each with where it really is.
    """

    folder: Path
    card: Card
    files: dict[str, Path]

    @cached_property
    def place(self) -> str:
        """Its folder in the site, such as ``guides/board/fr``."""
        return "/".join(part for part in ("guides", self.card.board, self.card.edition) if part)

    @cached_property
    def digest(self) -> str:
        """A name for all that its card says."""
        return content_name(self.card.model_dump_json())

    @property
    def captions(self) -> str:
        """The name of its captions in the language of the film ("" without any)."""
        name = f"captions.{self.card.spoken_language}.vtt"
        return name if name in self.files else ""


@dataclass(frozen=True, eq=False)
class Entry:
    """A guide with all its editions; the storyboard's own is first."""

    board: str
    volumes: tuple[Volume, ...]

    def in_language(self, language: str) -> Volume:
        """The edition for readers of ``language``, else the storyboard's own."""
        return next((each for each in self.volumes if each.card.language == language), self.first)

    @property
    def first(self) -> Volume:
        """The storyboard's own edition, or what there is of it."""
        return self.volumes[0]


@dataclass(frozen=True)
class Shelf:
    """All guides by the names of their storyboards; ``damaged`` tells what had to be left out."""

    entries: tuple[Entry, ...]
    notes: tuple[str, ...] = ()
    damaged: tuple[str, ...] = ()

    @property
    def volumes(self) -> tuple[Volume, ...]:
        """Every edition of every guide."""
        return tuple(volume for entry in self.entries for volume in entry.volumes)


def read_shelf(outputs: Sequence[Path]) -> Shelf:
    """What is published in ``outputs``; a guide that cannot be read does not lose the others.

    Raises `StorycastError` where a folder is missing, or two guides have one name.
    """
    found: dict[str, Volume] = {}
    notes: list[str] = []
    damaged: list[str] = []
    for folder in (folder for output in outputs for folder in _published(output)):
        try:
            volume, missing = _without_missing(_read(folder))
        except StorycastError as error:
            damaged.append(f"{error.message} It is left out.")
            continue
        notes += missing
        other = found.setdefault(volume.place.casefold(), volume)
        if other is not volume:
            raise StorycastError(
                f"{other.folder} and {folder} are both published as {volume.place!r}.",
                "Rename one of the storyboards, or make a site of each output folder.",
            )
    return Shelf(tuple(_entries(found.values())), tuple(notes), tuple(damaged))


def _published(output: Path) -> Iterator[Path]:
    if not output.is_dir():
        raise StorycastError(f"There is no folder {output}.", "Make guides first: storycast make.")
    boards = _folders(output)
    for folder in (each for board in boards for each in (board, *_folders(board))):
        if os.path.exists(f"{folder}/{CARD}"):  # noqa: PTH110 - asked of all folders in every run
            yield folder


def _folders(folder: Path) -> list[Path]:
    below = _scan(folder)
    names = [each.name for each in below if each.is_dir() and not each.name.startswith(".")]
    return [folder / name for name in sorted(names)]


def _read(folder: Path) -> Volume:
    try:
        card = read_card(folder)
        _check_names(card, folder)
        files = _find_files(card, folder)
    except (OSError, ValueError) as error:  # a ValueError is what a path makes of a name with a NUL
        told = getattr(error, "strerror", None) or error
        raise StorycastError(f"{folder / CARD} cannot be read: {told}.") from error
    if GUIDE not in files:
        raise StorycastError(f"{folder} has no {GUIDE}.")
    # What comes in many files, such as animations, is made for other pages than a library's.
    single = {form: name for form, name in card.forms.items() if "/" not in name}
    parts = set(card.forms.values()) - set(single.values())
    kept = {name: path for name, path in files.items() if name not in parts}
    return Volume(folder, card.model_copy(update={"forms": single}), kept)


def _check_names(card: Card, folder: Path) -> None:
    """Names become folders and files of the site, so what is no such name is refused."""
    if _NO_NAME.search(card.board) or (card.edition and _NO_NAME.search(card.edition)):
        name = f"{card.board}/{card.edition}"
        raise StorycastError(f"{folder / CARD} names {name!r}, which is no name of a folder.")
    for tag in (card.language, card.spoken_language):
        if not _LANGUAGE.fullmatch(tag):
            raise StorycastError(f"{folder / CARD} names {tag!r}, which is no language.")


def _find_files(card: Card, folder: Path) -> dict[str, Path]:
    """The guide's files that are there, by their paths in its folder; none leads out of it."""
    plain = dict(_list_files(folder))
    files = {name: path for name, path in plain.items() if _BESIDE.fullmatch(name)}
    for name in sorted({GUIDE, card.film, card.poster, *card.forms.values()} - {""}):
        if name in plain:
            files[name] = plain[name]
            continue
        path = (folder / name).resolve()
        if not path.is_relative_to(folder.resolve()) or ".." in Path(name).parts:
            raise StorycastError(f"{folder / CARD} names {name!r}, which leaves its folder.")
        if path.is_file():
            files[Path(name).as_posix()] = path
    return files


def _list_files(folder: Path) -> Iterator[tuple[str, Path]]:
    """The files in ``folder`` and its pictures that are no links, by their paths in it."""
    entries = _scan(folder)
    pictures = (entry for entry in entries if entry.name == _PICTURES and entry.is_dir())
    below = [(f"{_PICTURES}/{each.name}", each) for entry in pictures for each in _scan(entry)]
    for name, entry in (*((entry.name, entry) for entry in entries), *below):
        if entry.is_file(follow_symlinks=False):
            yield name, Path(entry.path)


def _scan(folder: str | os.PathLike[str]) -> list[os.DirEntry[str]]:
    with os.scandir(folder) as entries:
        return list(entries)


def _without_missing(volume: Volume) -> tuple[Volume, list[str]]:
    """The same without what its card names and is not there, and a sentence for each such file."""
    card, files = volume.card, volume.files
    gone = {name for name in (card.film, card.poster, *card.forms.values()) if name} - files.keys()
    if not gone:
        return volume, []
    rest = {
        "film": "" if card.film in gone else card.film,
        "film_ms": 0 if card.film in gone else card.film_ms,
        "poster": "" if card.poster in gone else card.poster,
        "forms": {form: name for form, name in card.forms.items() if name not in gone},
    }
    told = [f"{volume.folder / name} is missing; the guide is shown without it." for name in gone]
    return replace(volume, card=card.model_copy(update=rest)), sorted(told)


def _entries(volumes: Iterable[Volume]) -> Iterator[Entry]:
    boards: dict[str, list[Volume]] = {}
    for volume in volumes:
        boards.setdefault(volume.card.board, []).append(volume)
    for board in sorted(boards):
        yield Entry(board, tuple(sorted(boards[board], key=_order)))


def _order(volume: Volume) -> tuple[bool, str, str, str]:
    card = volume.card
    return bool(card.edition), card.language, card.theme, card.edition
