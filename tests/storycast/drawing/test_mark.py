from __future__ import annotations

import numpy as np
import pytest

from recorder.front_matter import HighlightStyle
from recorder.take import Box
from storycast.drawing import Frame, draw_badge, draw_mark, draw_spotlights
from storycast.look import DEFAULT_LOOK, Look

_BOX = Box(x=160, y=90, width=80, height=30)
_SHOWN = [style for style in HighlightStyle if style is not HighlightStyle.NONE]
_BOXES = [
    _BOX,
    Box(x=-30, y=-20, width=60, height=40),
    Box(x=380, y=180, width=90, height=90),
    Box(x=-50, y=-50, width=500, height=400),
    Box(x=398.9, y=0, width=1, height=200),
]


def _page(shade: int = 200) -> Frame:
    return np.full((200, 400, 3), shade, np.uint8)


def _marked(box: Box, style: HighlightStyle, *, strength: float = 1.0, shade: int = 200) -> Frame:
    frame = _page(shade)
    draw_mark(
        frame, box, scale=1.0, look=DEFAULT_LOOK, strength=strength, style=style, number="3"
    )  # fmt: skip
    return frame


@pytest.mark.parametrize("style", _SHOWN)
@pytest.mark.parametrize("shade", [0, 255])
def test_every_style_is_seen_on_light_and_dark_pages(style: HighlightStyle, shade: int) -> None:
    assert np.abs(_marked(_BOX, style, shade=shade).astype(int) - shade).max() > 60


@pytest.mark.parametrize("style", _SHOWN)
def test_no_style_covers_the_middle_of_the_box(style: HighlightStyle) -> None:
    assert (_marked(_BOX, style)[98:112, 175:225] == 200).all()


@pytest.mark.parametrize("style", list(HighlightStyle))
@pytest.mark.parametrize("box", _BOXES)
def test_no_style_draws_outside_of_the_frame(style: HighlightStyle, box: Box) -> None:
    around = np.full((260, 460, 3), 200, np.uint8)
    draw_mark(around[30:230, 30:430], box, scale=1.0, look=DEFAULT_LOOK, style=style, number="1")
    around[30:230, 30:430] = 200
    assert (around == 200).all()


@pytest.mark.parametrize("style", list(HighlightStyle))
@pytest.mark.parametrize(
    "box",
    [
        Box(x=20, y=20, width=0, height=30),
        Box(x=20, y=20, width=30, height=0),
        Box(x=-500, y=20, width=30, height=30),
        Box(x=20, y=5000, width=30, height=30),
    ],
)
def test_box_without_size_or_outside_of_the_frame_has_no_mark(
    style: HighlightStyle, box: Box
) -> None:
    assert (_marked(box, style) == 200).all()


@pytest.mark.parametrize("style", list(HighlightStyle))
def test_mark_of_strength_zero_is_not_there(style: HighlightStyle) -> None:
    assert (_marked(_BOX, style, strength=0.0) == 200).all()


@pytest.mark.parametrize("style", list(HighlightStyle))
def test_same_mark_is_drawn_with_the_same_bytes(style: HighlightStyle) -> None:
    assert _marked(_BOX, style).tobytes() == _marked(_BOX, style).tobytes()


def test_style_none_draws_nothing() -> None:
    assert (_marked(_BOX, HighlightStyle.NONE) == 200).all()


@pytest.mark.parametrize(
    ("box", "side"),
    [
        (Box(x=20, y=90, width=40, height=20), "right"),
        (Box(x=340, y=90, width=40, height=20), "left"),
        (Box(x=10, y=10, width=380, height=40), "below"),
        (Box(x=10, y=150, width=380, height=40), "above"),
    ],
)
def test_arrow_comes_from_the_side_with_most_room(box: Box, side: str) -> None:
    rows, columns = np.nonzero((_marked(box, HighlightStyle.ARROW) != 200).any(axis=2))
    x, y = columns.mean(), rows.mean()
    assert {
        "right": x > box.x + box.width,
        "left": x < box.x,
        "below": y > box.y + box.height,
        "above": y < box.y,
    }[side]


@pytest.mark.parametrize("box", _BOXES)
def test_arrow_is_wholly_in_the_frame(box: Box) -> None:
    """Its coloured pixels are as many as where there is room for all of it, or nearly."""
    look = Look(arrow_length=60.0)
    large, small = np.full((1000, 1000, 3), 200, np.uint8), _page()
    draw_mark(
        large, Box(x=480, y=480, width=40, height=40), scale=1.0, look=look,
        style=HighlightStyle.ARROW,
    )  # fmt: skip
    draw_mark(small, box, scale=1.0, look=look, style=HighlightStyle.ARROW)
    inked = [(frame == look.ring_colour).all(axis=2).sum() for frame in (small, large)]
    assert inked[0] > 0.6 * inked[1]
    assert not (small[0] == look.ring_colour).all(axis=1).any()
    assert not (small[:, -1] == look.ring_colour).all(axis=1).any()


def test_spotlight_dims_as_much_as_the_look_says() -> None:
    frame = _marked(_BOX, HighlightStyle.SPOTLIGHT)
    assert frame[5, 5].tolist() == [round(200 * (1 - DEFAULT_LOOK.spotlight_strength))] * 3


def test_several_spotlights_dim_once() -> None:
    frame = _page()
    other = Box(x=20, y=20, width=60, height=30)
    draw_spotlights(frame, ((_BOX, 1.0), (other, 1.0)), scale=1.0, look=DEFAULT_LOOK)
    assert frame[190, 5].tolist() == _marked(_BOX, HighlightStyle.SPOTLIGHT)[190, 5].tolist()
    assert (frame[100:110, 180:220] == 200).all()
    assert (frame[30:40, 30:70] == 200).all()


def test_spotlight_that_fades_in_opens_beside_one_that_is_there() -> None:
    frame = _page()
    other = Box(x=20, y=20, width=60, height=30)
    draw_spotlights(frame, ((_BOX, 1.0), (other, 0.5)), scale=1.0, look=DEFAULT_LOOK)
    assert frame[190, 5, 0] < frame[35, 50, 0] < 200


def test_badge_lies_on_the_upper_left_corner_of_the_ring() -> None:
    frame = _page()
    draw_badge(frame, _BOX, "7", scale=1.0, look=DEFAULT_LOOK)
    rows, columns = np.nonzero((frame == DEFAULT_LOOK.ring_colour).all(axis=2))
    assert abs((columns.min() + columns.max()) / 2 - (_BOX.x - 6)) <= 1
    assert abs((rows.min() + rows.max()) / 2 - (_BOX.y - 6)) <= 1


@pytest.mark.parametrize("number", ["1", "12", "128"])
def test_badge_at_the_edge_is_wholly_in_the_frame(number: str) -> None:
    inside, edge = _page(), _page()
    draw_badge(inside, _BOX, number, scale=1.0, look=DEFAULT_LOOK)
    draw_badge(edge, Box(x=-9, y=-9, width=20, height=20), number, scale=1.0, look=DEFAULT_LOOK)
    inked = [(frame != 200).any(axis=2).sum() for frame in (inside, edge)]
    assert inked[0] == inked[1]


def test_badge_without_a_number_is_not_there() -> None:
    frame = _page()
    draw_badge(frame, _BOX, "", scale=1.0, look=DEFAULT_LOOK)
    assert (frame == 200).all()
