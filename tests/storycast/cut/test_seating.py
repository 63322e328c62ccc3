"""Whose screen a film shows, and when."""

from __future__ import annotations

import pytest

from narration.track import Track
from recorder.front_matter import FilmSettings, Zoom
from recorder.take import Action, ActionKind, Beside, Box, Point, Step, Take
from storycast.cut import cut
from storycast.cut.seating import place_tags
from storycast.film.frame import view_at
from storycast.timeline import Clip, Corner, Mark, Person, Seat, Timeline

from .scene import action, cue, film, moment, step, target

_ANN, _BEN = Person(name="Ann", colour="#225de5"), Person(name="Ben", colour="#e04a00")
_PEOPLE = {"ann": _ANN, "ben": _BEN}

A1, A2, A3 = (moment(f"a{number}", actor="ann") for number in (1, 2, 3))
B1, B2 = (moment(f"b{number}", actor="ben") for number in (1, 2))
_CLICK = ActionKind.CLICK


def _film(*steps: Step, cards: bool = False) -> Timeline:
    take = Take.model_validate(
        {
            "storyboard": "s", "title": "A film", "language": "en", "viewport": (1280, 720),
            "scale": 2, "browser": {"name": "c", "version": "1"}, "steps": steps,
        }
    )  # fmt: skip
    cues = tuple(cue(str(each.number), "They do it now, all of it") for each in steps)
    track = Track(language="en", voice="v", sample_rate=22050, cues=cues)
    return cut(take, track, FilmSettings(cards=cards, zoom=Zoom.OFF), people=_PEOPLE)


def _click(before: object, after: object, x: float = 100, **facts: object) -> Action:
    return action(_CLICK, before, after, target("Go", x), **facts)  # type: ignore[arg-type]


def test_each_step_is_seen_on_the_screen_of_who_does_it() -> None:
    made = _film(step(1, _click(A1, A2)), step(2, _click(B1, B2)), step(3, _click(A2, A3)))
    assert [clip.seats[0].person for clip in made.clips] == [_ANN, _BEN, _ANN]
    assert [clip.pictures[0].shot for clip in made.clips] == ["a1", "b1", "a2"]
    assert all(len(clip.seats) == 1 and clip.seats[0].called_ms == 0 for clip in made.clips)


def test_who_goes_on_is_not_named_again() -> None:
    first, second = _film(step(1, _click(A1, A2)), step(2, _click(A2, A3))).clips
    assert first.seats[0].called_ms == 0
    assert second.seats[0].called_ms is None


def test_name_waits_for_the_card_to_go() -> None:
    [clip] = _film(step(1, _click(A1, A2)), cards=True).clips
    assert clip.cards
    assert clip.seats[0].called_ms == clip.cards[-1].end_ms


def test_pointer_is_where_its_owner_left_it() -> None:
    made = _film(
        step(1, _click(A1, A2, 300)), step(2, _click(B1, B2, 700)), step(3, _click(A2, A3, 500))
    )
    glides = [clip.glides for clip in made.clips]
    assert glides[0][-1].goal.x == 340
    assert glides[1][0].goal == Point(x=640, y=432)  # Ben's, seen for the first time
    assert glides[2][0].start_ms == glides[2][0].end_ms == 0
    assert glides[2][0].goal.x == 340
    assert glides[2][-1].goal.x == 540


def test_two_may_act_in_one_step() -> None:
    [clip] = _film(step(1, _click(A1, A2), _click(B1, B2))).clips
    first, second = clip.seats
    assert (first.person, second.person) == (_ANN, _BEN)
    assert second.called_ms == second.at_ms > clip.presses[0].at_ms
    assert clip.presses[1].at_ms - second.at_ms >= 500
    assert all(mark.end_ms <= second.at_ms or mark.start_ms >= second.at_ms for mark in clip.marks)


def test_two_screens_are_seen_beside_each_other_while_one_acts() -> None:
    beside = Beside(before=B1, after=B2)
    made = _film(step(1, _click(A1, A2, beside=beside)), step(2, _click(A2, A3)))
    first, second = made.clips
    shown = [(seat.person, seat.beside and seat.beside.shot) for seat in first.seats]
    assert shown == [(_ANN, "b1"), (_ANN, "b2")]
    assert first.seats[0].beside is not None
    assert first.seats[0].beside.person == _BEN
    assert first.seats[1].at_ms > first.presses[0].at_ms
    assert [seat.beside for seat in second.seats] == [None]
    assert second.seats[0].called_ms is not None  # whose screen it is that stays


def test_who_is_beside_acts_next() -> None:
    made = _film(
        step(1, _click(A1, A2, beside=Beside(before=B1, after=B1))),
        step(2, _click(B1, B2, beside=Beside(before=A2, after=A2, is_left=True))),
    )
    [seat] = made.clips[1].seats
    assert seat.person == _BEN
    assert seat.beside is not None
    assert (seat.beside.shot, seat.beside.is_left) == ("a2", True)
    assert seat.beside.pointer == Point(x=140, y=60)
    view = view_at(made.clips[1], 0)
    assert view.seat is not None
    assert view.seat.beside is not None


def test_film_without_people_tells_of_none() -> None:
    plain = film([step(1, _click(moment("a"), moment("b")))], [cue("1", "Do it")])
    assert plain.clips[0].seats == ()
    assert "seats" not in plain.model_dump_json(exclude_defaults=True)


@pytest.mark.parametrize(
    ("boxes", "corner"),
    [
        ([], Corner.TOP_RIGHT),
        ([(1000, 10)], Corner.TOP_LEFT),
        ([(1000, 10), (10, 10)], Corner.BOTTOM_RIGHT),
        ([(1000, 10), (10, 10), (1200, 690)], Corner.BOTTOM_LEFT),
    ],
)
def test_tag_covers_nothing_that_is_pointed_out(
    boxes: list[tuple[float, float]], corner: Corner
) -> None:
    marks = tuple(
        Mark(start_ms=0, end_ms=9, box=Box(x=x, y=y, width=60, height=20)) for x, y in boxes
    )
    clip = Clip(
        step=1, start_ms=0, duration_ms=1000, pictures=(), marks=marks,
        seats=(Seat(at_ms=0, person=_ANN),),
    )  # fmt: skip
    assert place_tags(clip, (1280, 720)).seats[0].corner == corner
