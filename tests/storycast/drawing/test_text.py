from __future__ import annotations

import math

import numpy as np
import pytest

from storycast.drawing.font import Face, choose_face, load_font, printable
from storycast.drawing.layer import Area, Easel
from storycast.drawing.text import Lettering, balance, is_right_to_left, shorten, width, wrap, write

_LETTERS = Lettering("DejaVu Sans", 16.0)


def test_width_grows_with_the_size_alone() -> None:
    one, two = (width("Storycast", Lettering("DejaVu Sans", size)) for size in (10.0, 35.0))
    assert two == pytest.approx(3.5 * one)


@pytest.mark.parametrize(
    "text", ["one two three four five " * 5, "x" * 200, "日本語の文章です。" * 9, "a\nb\n\nc"]
)
def test_no_line_is_wider_than_its_room(text: str) -> None:
    lines = wrap(text, _LETTERS, 120)
    assert all(width(line, _LETTERS) <= 120 for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


def test_line_ends_are_kept() -> None:
    assert wrap("a\n\nb", _LETTERS, 100) == ("a", "", "b")


def test_balanced_lines_are_as_few_and_more_equal() -> None:
    text = "Run cells and look at what they say about data"
    plain, calm = wrap(text, _LETTERS, 330), balance(text, _LETTERS, 330)
    assert len(plain) == len(calm)
    assert max(width(line, _LETTERS) for line in calm) <= max(
        width(line, _LETTERS) for line in plain
    )


def test_shortened_text_fits_and_says_so() -> None:
    assert shorten("short", _LETTERS, 200) == "short"
    cut = shorten("a rather long option of a list", _LETTERS, 100)
    assert cut.endswith("…")
    assert width(cut, _LETTERS) <= 100


def test_direction_is_that_of_the_first_letter() -> None:
    assert is_right_to_left("2. مرحبا")
    assert not is_right_to_left("2. Hello")
    assert not is_right_to_left("")


@pytest.mark.parametrize("size", [9.0, 21.5, 180.0])
@pytest.mark.parametrize("text", ["ÅÄÖ gjpqy", "العربية", "f"])
def test_text_is_never_clipped(size: float, text: str) -> None:
    lettering = Lettering("DejaVu Sans", size)
    rim = math.ceil(2 * size) + 2
    high, wide = math.ceil(4 * size), math.ceil(width(text, lettering) + 2 * rim)
    easel = Easel(Area(0, 0, wide, high))
    write(easel, text, (rim, high / 2), lettering, colour=(0, 0, 0))
    inked = easel.layer().keep < 255
    rows, columns, _ = np.nonzero(inked)
    assert rows.min() > high / 2 - 2 * size
    assert rows.max() < high / 2 + size - 1
    assert columns.min() > rim - size
    assert columns.max() < wide - rim + size - 1


def test_unknown_family_falls_back() -> None:
    assert choose_face("No Such Family", "abc") == choose_face("DejaVu Sans", "abc")


def test_bold_is_another_face() -> None:
    assert choose_face("DejaVu Sans", "a", bold=True) != choose_face("DejaVu Sans", "a")


def test_character_that_no_font_has_is_left_out() -> None:
    face = choose_face("DejaVu Sans", "a")
    assert printable(face, "a\U000f0000b c") == "ab c"


def test_line_end_in_a_line_is_a_space() -> None:
    assert width("a\nb\tc", _LETTERS) == width("a b c", _LETTERS)


def test_pillows_own_face_is_there_without_any_font() -> None:
    assert load_font(Face(), 20).getlength("abc") > 0
