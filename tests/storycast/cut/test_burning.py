from __future__ import annotations

from typing import Any

import pytest

from narration import Caption
from recorder.take import Box, Point
from storycast.cut import burn_captions
from storycast.film.excerpt import find_movements
from storycast.film.frame import view_at
from storycast.timeline import (
    CameraMove,
    CaptionPlace,
    Clip,
    KeyCaps,
    Mark,
    Picture,
    Press,
    Prompt,
    PromptKind,
    Timeline,
)

_BELOW = Box(x=500, y=650, width=100, height=30)
_ABOVE = Box(x=500, y=40, width=100, height=30)


def _film(**shown: Any) -> Timeline:
    clips = tuple(
        Clip(
            step=number + 1,
            start_ms=number * 4000,
            duration_ms=4000,
            **{"pictures": (Picture(at_ms=0, shot="a"),), **(shown if number == 0 else {})},
        )
        for number in range(2)
    )
    return Timeline(title="", language="en", viewport=(1280, 720), clips=clips, chapters=())


def _place(**shown: Any) -> CaptionPlace:
    burnt = burn_captions(_film(**shown), [Caption(1000, 3000, ("Hello",))])
    return burnt.clips[0].captions[0].place


def test_captions_are_seen_in_their_clips() -> None:
    captions = [Caption(1000, 3000, ("One",)), Caption(3080, 5000, ("Two", "lines"))]
    first, second = burn_captions(_film(), captions).clips
    assert [(each.start_ms, each.end_ms) for each in first.captions] == [(1000, 3000), (3080, 4000)]
    assert [(each.start_ms, each.end_ms) for each in second.captions] == [(0, 1000)]
    assert view_at(first, 999).caption is None
    shown = view_at(second, 500).caption
    assert shown is not None
    assert shown.lines == ("Two", "lines")
    assert 999 in {start_ms for start_ms, _ in find_movements(first)}


def _mark(box: Box, start_ms: int = 1500) -> Mark:
    return Mark(start_ms=start_ms, end_ms=start_ms + 1000, box=box)


def _prompt(start_ms: int) -> Prompt:
    return Prompt(
        start_ms=start_ms,
        end_ms=start_ms + 2000,
        kind=PromptKind.ALERT,
        title="This page says",
        text="?",
        buttons=("OK",),
    )


@pytest.mark.parametrize(
    ("shown", "place"),
    [
        ({}, "low"),
        ({"marks": (_mark(_ABOVE),)}, "low"),
        ({"marks": (_mark(_BELOW),)}, "raised"),
        ({"marks": (_mark(_BELOW, 3500),)}, "low"),
        ({"marks": (_mark(Box(x=0, y=690, width=90, height=20)),)}, "low"),
        ({"marks": (_mark(Box(x=500, y=560, width=100, height=150)),)}, "high"),
        ({"presses": (Press(at_ms=2000, point=Point(x=600, y=700)),)}, "raised"),
        ({"presses": (Press(at_ms=3200, point=Point(x=600, y=700)),)}, "low"),
        ({"caps": (KeyCaps(start_ms=900, end_ms=2000, keys=("Enter",)),)}, "raised"),
        (
            {"marks": (_mark(Box(x=9, y=500, width=900, height=200)),), "prompts": (_prompt(0),)},
            "low",
        ),
        (
            {"pictures": (Picture(at_ms=0, shot="a"), Picture(at_ms=1500, shot="b", box=_BELOW))},
            "raised",
        ),
        ({"marks": (_mark(_BELOW),), "framed": Box(x=320, y=360, width=640, height=360)}, "high"),
        (
            {
                "marks": (_mark(_ABOVE),),
                "moves": (
                    CameraMove(
                        start_ms=0,
                        end_ms=500,
                        origin=Box(x=0, y=0, width=1280, height=720),
                        goal=Box(x=400, y=0, width=142, height=80),
                    ),
                ),
            },
            "high",
        ),
    ],
)
def test_caption_leaves_alone_what_is_shown_meanwhile(shown: dict[str, Any], place: str) -> None:
    assert _place(**shown) == place
