from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from storycast.drawing import Frame, draw_card
from storycast.look import DEFAULT_LOOK, Look, load_look
from storycast.timeline import Card, CardKind

_HEADINGS = [
    "Go",
    "How the regional administrator reconciles figures " * 3,
    "Donau" * 30,
    "界" * 90,
]


def _card(kind: CardKind, heading: str = "Your first notebook", line: str = "") -> Card:
    return Card(start_ms=0, end_ms=1000, kind=kind, heading=heading, line=line)


def _drawn(
    card: Card,
    *,
    strength: float = 1.0,
    look: Look = DEFAULT_LOOK,
    size: tuple[int, int] = (640, 360),
) -> Frame:
    frame = np.full((size[1], size[0], 3), 120, np.uint8)
    draw_card(frame, card, look=look, strength=strength)
    return frame


@pytest.mark.parametrize("kind", list(CardKind))
@pytest.mark.parametrize("heading", _HEADINGS)
@pytest.mark.parametrize("size", [(640, 360), (360, 640), (480, 480)])
def test_words_keep_away_from_the_edges(
    kind: CardKind, heading: str, size: tuple[int, int]
) -> None:
    look = Look(card_accent=DEFAULT_LOOK.card_colour)
    frame = _drawn(_card(kind, heading, "A line below " * 12), look=look, size=size)
    inked = np.abs(frame.astype(int) - look.card_colour).max(axis=2) > 8
    assert not inked[:, :8].any()
    assert not inked[:, -8:].any()
    assert not inked[:8].any()
    assert not inked[-8:].any()
    assert inked.any() or heading.startswith("界")


@pytest.mark.parametrize("kind", list(CardKind))
def test_card_of_strength_zero_is_not_there(kind: CardKind) -> None:
    assert (_drawn(_card(kind), strength=0.0) == 120).all()


def test_card_lets_through_what_lies_below() -> None:
    frame = _drawn(_card(CardKind.TITLE), strength=0.5)
    assert frame[2, 2].tolist() == [round((120 + side) / 2) for side in DEFAULT_LOOK.card_colour]


def test_each_kind_looks_different() -> None:
    title, scene, end = (_drawn(_card(kind, line="2")) for kind in CardKind)
    assert not np.array_equal(title, scene)
    assert not np.array_equal(title, end)


def test_same_card_is_drawn_with_the_same_bytes() -> None:
    drawn = [_drawn(_card(CardKind.END, line="docs.example.org")).tobytes() for _ in range(2)]
    assert drawn[0] == drawn[1]


def test_drawing_on_a_frame_leaves_the_next_card_clean() -> None:
    frame = _drawn(_card(CardKind.TITLE))
    frame[:] = 0
    assert _drawn(_card(CardKind.TITLE)).any()


def test_logo_stands_on_the_first_and_the_last_card(tmp_path: Path) -> None:
    Image.new("RGBA", (200, 100), (10, 200, 30, 255)).save(tmp_path / "logo.png")
    (tmp_path / "ours.toml").write_text('logo = "logo.png"\n')
    look = load_look("ours.toml", tmp_path)
    seen = {
        kind: (_drawn(_card(kind), look=look) == (10, 200, 30)).all(axis=2).any()
        for kind in CardKind
    }
    assert seen == {CardKind.TITLE: True, CardKind.SCENE: False, CardKind.END: True}


def test_words_from_right_to_left_begin_at_the_right() -> None:
    look = Look(card_accent=DEFAULT_LOOK.card_colour)
    frame = _drawn(_card(CardKind.TITLE, "مرحبا"), look=look)
    inked = np.abs(frame.astype(int) - look.card_colour).max(axis=2) > 60
    assert np.nonzero(inked)[1].min() > 320
