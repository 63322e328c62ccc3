"""Searches one file with all that it holds, and says where in it things were found."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path

from storycast.sweep.canary import Canary
from storycast.sweep.kind import Kind, kind_of
from storycast.sweep.misread import find_read
from storycast.sweep.model import Data, Find, Item, Seen, Text, Trail, Unread
from storycast.sweep.ocr import Reader
from storycast.sweep.reading import open_all
from storycast.sweep.search import Hit, find_raw, find_written
from storycast.sweep.steps import step_at, step_of

__all__ = ["FileSearch", "Terms"]

_LARGEST = 2 << 30
_HIDDEN = "•••"


@dataclass(frozen=True)
class Terms:
    """What is searched for, and who reads pictures (None: nobody does)."""

    canaries: Sequence[Canary]
    allow: Sequence[str]
    reader: Reader | None


@dataclass
class _Scene:
    """Something that a film shows from ``start_ms`` on."""

    hit: Hit
    start_ms: float
    step: int | None


@dataclass
class FileSearch:
    """The search of one file; ``unread`` is what could not be searched, and why."""

    path: Path
    terms: Terms
    unread: list[tuple[str, str]] = field(default_factory=list)
    pictures: int = 0
    left_out: int = 0
    _found: list[tuple[Trail, str, Hit]] = field(default_factory=list)
    _raw: list[tuple[Trail, Hit]] = field(default_factory=list)
    _film: Trail = ()
    _scenes: dict[tuple[str, str], _Scene] = field(default_factory=dict)

    def run(self) -> list[Find]:
        """Search the file; return what was found, and nowhere a value itself."""
        named = Text(str(self.path).replace("/", "\n"), (), whole=True)
        self._search(named, "its name")
        try:
            content = self._read()
        except OSError as error:
            self.unread.append((self._masked(str(self.path)), f"{error.strerror}"))
        else:
            for item in open_all(
                Data(content, (), self.path), reads_pictures=self.terms.reader is not None
            ):
                self._take(item)
            self._end_scenes(None)
        self.unread = [(self._masked(file), reason) for file, reason in self.unread]
        return list(self._finds())

    def _read(self) -> bytes:
        if not self.path.is_file():
            raise OSError(0, "it is no file, or a link to a folder")
        if self.path.stat().st_size > _LARGEST:
            raise OSError(0, "it is larger than 2 GB")
        return self.path.read_bytes()

    def _take(self, item: Item) -> None:
        match item:
            case Data():
                if kind_of(item.content) is not Kind.TEXT:
                    hits = find_raw(item.content, self.terms.canaries)
                    self._raw += ((item.trail, hit) for hit in hits)
            case Text():
                self._search(item)
            case Seen():
                self._look(item)
            case Unread(chosen=True):
                self.left_out += 1
            case Unread():
                self.unread.append((", ".join((str(self.path), *item.trail)), item.reason))

    def _search(self, text: Text, place: str = "") -> None:
        for hit in find_written(text.content, self.terms.canaries, self.terms.allow):
            self._found.append((text.trail, place or _line_of(text, hit.line), hit))

    def _look(self, seen: Seen) -> None:
        if self.terms.reader is None:
            return
        self.pictures += 1
        lines = self.terms.reader.read(seen.luma, lossy=seen.lossy)
        hits: dict[tuple[str, str], Hit] = {}
        for _, own in groupby(lines, lambda line: line.way):
            text = "\n".join(line.text for line in own)
            for hit in find_read(text, self.terms.canaries, self.terms.allow):
                hits.setdefault((hit.kind, hit.hint), hit)
        if seen.at_ms is not None:
            self._show(seen, seen.at_ms, hits)
            return
        step = step_of(self.path) if not seen.trail else None
        place = f"step {step}" if step is not None else ""
        self._found += ((seen.trail, place, hit) for hit in hits.values())

    def _show(self, seen: Seen, at_ms: float, hits: dict[tuple[str, str], Hit]) -> None:
        """Keep in mind what a film shows, until it does no longer."""
        if seen.trail != self._film:
            self._end_scenes(None)
            self._film = seen.trail
        self._end_scenes(at_ms, hits)
        for key, hit in hits.items():
            step = step_at(self.path, at_ms) if seen.lossy and not seen.trail else None
            self._scenes.setdefault(key, _Scene(hit, at_ms, step))

    def _end_scenes(
        self, at_ms: float | None, hits: dict[tuple[str, str], Hit] | None = None
    ) -> None:
        for key in [key for key in self._scenes if key not in (hits or {})]:
            scene = self._scenes.pop(key)
            start, end = _clock(scene.start_ms), "" if at_ms is None else _clock(at_ms)
            span = f"{start} to {end}" if end not in ("", start) else start
            step = "" if scene.step is None else f" (step {scene.step})"
            self._found.append((self._film, f"{span}{step}", scene.hit))

    def _finds(self) -> Iterator[Find]:
        known = {hit.kind for _, _, hit in self._found}
        raw = ((trail, "", hit) for trail, hit in self._raw if hit.kind not in known)
        told: set[tuple[str, str, str]] = set()
        for trail, place, hit in (*self._found, *raw):
            where = self._masked(", ".join(part for part in (*trail, place) if part))
            if (where, hit.kind, hit.hint) not in told:
                told.add((where, hit.kind, hit.hint))
                yield Find(self._masked(str(self.path)), where, hit.kind, hit.hint, hit.form)

    def _masked(self, place: str) -> str:
        """A place without what was found, as names of files and members may be what is sought."""
        for written in sorted({hit.written for _, _, hit in self._found if hit.written}, key=len):
            place = _without(place, written)
        for canary in self.terms.canaries:
            place = _without(place, canary.plain)
        hidden = any(find_written(place, self.terms.canaries, self.terms.allow))
        return f"{_HIDDEN} (its name is not to be shown)" if hidden else place


def _without(place: str, value: str) -> str:
    start = place.casefold().find(value.casefold())
    while start >= 0 and len(place.casefold()) == len(place):
        place = f"{place[:start]}{_HIDDEN}{place[start + len(value) :]}"
        start = place.casefold().find(value.casefold())
    return place


def _line_of(text: Text, line: int) -> str:
    if text.whole:
        return ""
    if not text.marks:
        return f"line {line + 1}"
    return next((place for first, place in reversed(text.marks) if first <= line), "")


def _clock(at_ms: float) -> str:
    minutes, seconds = divmod(int(at_ms / 1000), 60)
    return f"{minutes}:{seconds:02}"
