from __future__ import annotations

from pathlib import Path

import pytest

from storycast.errors import StorycastError
from storycast.site.course import Course, Courses, Part, find_seats, read_courses


def _write(folder: Path, text: str) -> Path:
    path = folder / "course.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_courses_are_read_with_their_parts(tmp_path: Path) -> None:
    path = _write(
        tmp_path,
        'title = "Guides"\n[[course]]\ntitle = "One"\nguides = ["a"]\n'
        '[[course.part]]\ntitle = "Later"\nguides = ["b", "c"]\n',
    )
    courses = read_courses(path)
    assert courses.title == "Guides"
    assert courses.course[0].all_guides == ("a", "b", "c")
    assert [part.title for part in courses.course[0].parts] == ["", "Later"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("title =", "is no TOML"),
        ("[[course]]\nguides = []", "course 1 title: this is missing"),
        ('[[course]]\ntitle = "A"\nguide = ["a"]', "course 1 guide: a course file has no such key"),
        ('[[course]]\ntitle = "A"\nguides = ["a", "a"]', "names 'a' twice"),
    ],
)
def test_what_is_no_course_is_told_in_a_sentence(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(StorycastError, match=told):
        read_courses(_write(tmp_path, text))


def test_missing_course_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(StorycastError, match="cannot be read: No such file"):
        read_courses(tmp_path / "course.toml")


def test_neighbours_are_the_guides_that_are_published() -> None:
    course = Course(title="One", guides=("a",), part=(Part(guides=("gone", "b")),))
    seats = find_seats(Courses(course=(course,)), frozenset({"a", "b", "other"}))
    assert {name: (seat.before, seat.number, seat.after) for name, seat in seats.items()} == {
        "a": ("", 1, "b"),
        "b": ("a", 2, ""),
    }
    assert seats["a"].total == 2


def test_course_of_guides_that_are_not_published_seats_nobody() -> None:
    course = Course(title="One", guides=("gone",))
    assert find_seats(Courses(course=(course,)), frozenset({"other"})) == {}
