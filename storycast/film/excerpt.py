"""Excerpts: what moves in a clip, told from its own start on.

Between two movements everything stays as it is. So a movement looks the same wherever in the film
it happens, and whatever is said before and after it: its excerpt is the same, too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

from storycast.film.frame import (
    MARK_FADE_MS,
    PRESS_MS,
    PROMPT_FADE_MS,
    camera_at,
    pointer_at,
)
from storycast.film.seat import BESIDE_FADE_MS, CALL_MS
from storycast.timeline import (
    BurntCaption,
    CameraMove,
    Card,
    Clip,
    Drag,
    Glide,
    KeyCaps,
    Mark,
    Menu,
    Picture,
    Prompt,
    Roll,
    Seat,
)

__all__ = ["Span", "excerpt", "find_movements"]

Span = tuple[int, int]
"""From when to when something moves, in milliseconds; equal where it changes at once."""

_LEAST_REST_MS = 1000
"""Movements with less rest between them are one."""

_FAR_MS = 10_000
"""So long after an excerpt ends what it does not show the end of."""

_Moving = TypeVar("_Moving", CameraMove, Glide, KeyCaps, Menu, Roll)
_Shown = TypeVar("_Shown", BurntCaption, Card, Drag, Mark, Prompt)


def find_movements(clip: Clip) -> tuple[Span, ...]:
    """When what ``clip`` shows changes, in order; at all other times it rests.

    Spans begin within the clip, with the last moment of the rest before, and may end after it.
    """
    covered = [
        (card.start_ms + card.fade_in_ms, card.end_ms - card.fade_out_ms) for card in clip.cards
    ]
    movements: list[Span] = []
    for start_ms, end_ms in sorted(_changes(clip)):
        if end_ms <= 0 or start_ms >= clip.duration_ms:
            continue
        if any(begin < start_ms and end_ms < end for begin, end in covered):
            continue
        span = (max(start_ms - 1, 0), end_ms)
        if movements and start_ms < movements[-1][1] + _LEAST_REST_MS:
            before = movements.pop()
            span = (before[0], max(before[1], end_ms))
        movements.append(span)
    return tuple(movements)


def excerpt(clip: Clip, start_ms: int, end_ms: int) -> Clip:
    """Return what ``clip`` shows from ``start_ms`` to ``end_ms``: a movement, or a moment of rest.

    It is a clip of its own, whose times count from ``start_ms`` on, and tells nothing of what is
    seen before and after: excerpts that look the same are equal.
    """
    window = start_ms, end_ms
    pointer, shape = pointer_at(clip, start_ms)
    return Clip(
        step=0,
        start_ms=0,
        duration_ms=end_ms - start_ms,
        pictures=_pictures(clip.pictures, window),
        pointer=pointer,
        shape=shape,
        glides=_moving(clip.glides, window),
        presses=tuple(
            press.model_copy(update={"at_ms": press.at_ms - start_ms})
            for press in clip.presses
            if start_ms - PRESS_MS < press.at_ms <= end_ms
        ),
        drags=tuple(_shown(drag, window) for drag in clip.drags if _is_seen(drag, window)),
        marks=tuple(
            _shown(mark, window, MARK_FADE_MS, MARK_FADE_MS)
            for mark in clip.marks
            if _is_seen(mark, window)
        ),
        rolls=_moving(clip.rolls, window),
        caps=_moving(clip.caps, window),
        menus=tuple(_menu(menu, start_ms) for menu in clip.menus if _is_seen(menu, window)),
        prompts=tuple(_prompt(each, window) for each in clip.prompts if _is_seen(each, window)),
        cards=tuple(
            _shown(card, window, card.fade_in_ms, card.fade_out_ms)
            for card in clip.cards
            if _is_seen(card, window)
        ),
        captions=tuple(_shown(each, window) for each in clip.captions if _is_seen(each, window)),
        framed=camera_at(clip, start_ms)[0],
        moves=_moving(clip.moves, window),
        seats=_seats(clip.seats, window),
    )


def _changes(clip: Clip) -> Iterator[Span]:
    """Yield when something begins to change, and when that has ended."""
    yield from ((each.at_ms, each.at_ms + each.fade_ms) for each in clip.pictures)
    yield from ((press.at_ms, press.at_ms + PRESS_MS) for press in clip.presses)
    for kind in (clip.glides, clip.rolls, clip.caps, clip.menus, clip.moves):
        yield from ((each.start_ms, each.end_ms) for each in kind)
    for drag in clip.drags:
        yield from _ends(drag, 0, 0)
    for mark in clip.marks:
        yield from _ends(mark, MARK_FADE_MS, MARK_FADE_MS)
    for card in clip.cards:
        yield from _ends(card, card.fade_in_ms, card.fade_out_ms)
    for caption in clip.captions:
        yield from _ends(caption, 0, 0)
    for prompt in clip.prompts:
        yield from _ends(prompt, PROMPT_FADE_MS, PROMPT_FADE_MS)
        yield from ((at_ms, at_ms) for at_ms, _ in prompt.answers)
        if prompt.pressed_ms is not None:
            yield prompt.pressed_ms, prompt.pressed_ms
    for seat in clip.seats:
        yield seat.at_ms, seat.at_ms + BESIDE_FADE_MS
        if seat.called_ms is not None:
            yield seat.called_ms, seat.called_ms + CALL_MS


def _ends(shown: _Shown, rises_ms: int, falls_ms: int) -> tuple[Span, Span]:
    return (shown.start_ms, shown.start_ms + rises_ms), (shown.end_ms - falls_ms, shown.end_ms)


def _is_seen(shown: _Shown | Menu, window: Span) -> bool:
    return shown.start_ms <= window[1] and shown.end_ms > window[0]


def _shown(shown: _Shown, window: Span, rises_ms: int = 0, falls_ms: int = 0) -> _Shown:
    """The same with the times of a window; it has risen long before, and falls long after it."""
    start_ms, end_ms = window
    lasts = shown.end_ms - falls_ms > end_ms
    ends_ms = end_ms + _FAR_MS if lasts else shown.end_ms
    begins_ms = max(shown.start_ms - start_ms, -rises_ms)
    return shown.model_copy(update={"start_ms": begins_ms, "end_ms": ends_ms - start_ms})


def _moving(items: Sequence[_Moving], window: Span) -> tuple[_Moving, ...]:
    """Those of ``items`` that move within a window, with its times."""
    start_ms, end_ms = window
    return tuple(
        each.model_copy(
            update={"start_ms": each.start_ms - start_ms, "end_ms": each.end_ms - start_ms}
        )
        for each in items
        if (each.start_ms >= start_ms or each.end_ms > start_ms) and each.start_ms <= end_ms
    )


def _pictures(pictures: Sequence[Picture], window: Span) -> tuple[Picture, ...]:
    """The pictures from the one on that covers all when a window begins; it stands from then on."""
    start_ms, end_ms = window
    begun = [each for each in pictures if each.at_ms <= end_ms]
    covering = [
        place
        for place, each in enumerate(begun)
        if each.box is None and each.at_ms + each.fade_ms <= start_ms
    ]
    return tuple(
        each.model_copy(update={"at_ms": 0, "fade_ms": 0})
        if each.at_ms + each.fade_ms <= start_ms
        else each.model_copy(update={"at_ms": each.at_ms - start_ms})
        for each in begun[covering[-1] if covering else 0 :]
    )


def _menu(menu: Menu, start_ms: int) -> Menu:
    places = tuple((at_ms - start_ms, option) for at_ms, option in menu.places)
    times = {"start_ms": menu.start_ms - start_ms, "end_ms": menu.end_ms - start_ms}
    return menu.model_copy(update={**times, "places": places})


def _prompt(prompt: Prompt, window: Span) -> Prompt:
    start_ms, end_ms = window
    answers = [(max(at - start_ms, 0), text) for at, text in prompt.answers if at <= end_ms]
    pressed_ms = prompt.pressed_ms
    if pressed_ms is not None:
        pressed_ms = max(pressed_ms - start_ms, 0) if pressed_ms <= end_ms else None
    timed = _shown(prompt, window, PROMPT_FADE_MS, PROMPT_FADE_MS)
    return timed.model_copy(update={"answers": tuple(answers), "pressed_ms": pressed_ms})


def _seats(seats: Sequence[Seat], window: Span) -> tuple[Seat, ...]:
    """The seats from the one on that is taken when a window begins."""
    start_ms, end_ms = window
    begun = [each for each in seats if each.at_ms <= end_ms]
    taken = [place for place, each in enumerate(begun) if each.at_ms + BESIDE_FADE_MS <= start_ms]
    return tuple(_seat(each, start_ms) for each in begun[taken[-1] if taken else 0 :])


def _seat(seat: Seat, start_ms: int) -> Seat:
    called_ms = seat.called_ms
    if called_ms is not None:
        called_ms = called_ms - start_ms if called_ms + CALL_MS > start_ms else None
    return seat.model_copy(
        update={"at_ms": max(seat.at_ms - start_ms, -BESIDE_FADE_MS), "called_ms": called_ms}
    )
