"""The course: in which order guides are to be read, from a file that people write."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from storycast.errors import StorycastError

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

__all__ = ["COURSES", "Course", "Courses", "Part", "Seat", "find_seats", "read_courses"]

COURSES = "course.toml"
_WRONG = {
    "extra_forbidden": "a course file has no such key",
    "missing": "this is missing",
    "string_type": "this must be a text",
    "tuple_type": "this must be a list",
}


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Part(_Model):
    """Guides that belong together; ``guides`` are names of storyboards, in the order of reading."""

    title: str = ""
    guides: tuple[str, ...] = ()


class Course(_Model):
    """Guides to be read one after the other: ``guides``, and then those of each part."""

    title: str = Field(min_length=1)
    text: str = ""
    guides: tuple[str, ...] = ()
    part: tuple[Part, ...] = ()

    @property
    def parts(self) -> tuple[Part, ...]:
        """All of it in parts; the first has no title where guides stand before all parts."""
        return (Part(guides=self.guides), *self.part) if self.guides else self.part

    @property
    def all_guides(self) -> tuple[str, ...]:
        """The names of its storyboards, in the order of reading."""
        return tuple(name for part in self.parts for name in part.guides)


class Courses(_Model):
    """The whole file: the library's title, and its courses."""

    title: str = ""
    course: tuple[Course, ...] = ()


@dataclass(frozen=True)
class Seat:
    """A guide's place in a course: ``number`` (from 1) of ``total``, and its neighbours' names."""

    course: Course
    number: int
    total: int
    before: str = ""
    after: str = ""


def read_courses(path: Path) -> Courses:
    """The courses in a file; `StorycastError` where it is none, or names a guide twice."""
    hint = "docs/guides/library.md shows what a course file looks like."
    try:
        courses = Courses.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise StorycastError(
            f"{path} cannot be read: {error.strerror}.", "Name another course file with --course."
        ) from error
    except ValidationError as error:
        first = error.errors()[0]
        place = " ".join(str(part + 1 if isinstance(part, int) else part) for part in first["loc"])
        raise StorycastError(f"{path}: {place}: {_tell(first)}.", hint) from error
    except ValueError as error:  # no TOML, or no UTF-8
        raise StorycastError(f"{path} is no TOML: {error}.", hint) from error
    seen: set[str] = set()
    for name in (name for course in courses.course for name in course.all_guides):
        if name in seen:
            raise StorycastError(f"{path} names {name!r} twice, so what follows it is unknown.")
        seen.add(name)
    return courses


def _tell(found: ErrorDetails) -> str:
    return _WRONG.get(found["type"]) or found["msg"]


def find_seats(courses: Courses, published: frozenset[str]) -> dict[str, Seat]:
    """The seat of each guide that is in a course; those that are not published are skipped."""
    seats = {}
    for course in courses.course:
        names = [name for name in course.all_guides if name in published]
        for index, (before, name, after) in enumerate(
            zip(["", *names], names, [*names[1:], ""], strict=False), start=1
        ):
            seats[name] = Seat(course, index, len(names), before, after)
    return seats
