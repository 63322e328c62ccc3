"""The cut: what is shown lasts as long as its sentences need, and happens as they say it."""

from __future__ import annotations

from itertools import pairwise

import pytest

from narration.track import Name
from recorder.take import ActionKind, Box, Point
from storycast.cut.pace import Pace
from storycast.errors import CutError
from storycast.timeline import GRID_MS, CursorShape, PressKind
from tests.storycast.cut.scene import OPEN, WORD_MS, A, B, C, action, cue, film, step, target

PACE = Pace()


def test_clips_follow_one_another_on_the_grid() -> None:
    """So that frames fall together at every usual rate, and a clip can be kept."""
    steps = [step(1, OPEN), step(2, action(ActionKind.CLICK, A, B, target("Go")))]
    timeline = film(steps, [cue("1", "Open the page"), cue("2", "Now select Go please", "Go")])
    for clip, following in pairwise(timeline.clips):
        assert clip.start_ms + clip.duration_ms == following.start_ms
    assert all(clip.duration_ms % GRID_MS == 0 for clip in timeline.clips)
    assert timeline.duration_ms == sum(clip.duration_ms for clip in timeline.clips)


def test_a_clip_lasts_until_its_speech_has_ended() -> None:
    """Nothing is cut off, and the eye is given a moment."""
    timeline = film([step(1, OPEN)], [cue("1", "one two three"), cue("1", "four five")])
    (clip,) = timeline.clips
    end = clip.speech[-1].at_ms + 2 * WORD_MS
    assert end + PACE.tail <= clip.duration_ms < end + PACE.tail + GRID_MS


def test_a_step_lasts_as_long_as_the_pause_after_it() -> None:
    said = cue("1", "one two three").model_copy(update={"pause_ms": 3000})
    (clip,) = film([step(1, OPEN)], [said]).clips
    end = clip.speech[-1].at_ms + 3 * WORD_MS
    assert end + 3000 <= clip.duration_ms < end + 3000 + GRID_MS


def test_a_click_lands_as_its_name_is_spoken() -> None:
    """The pointer has arrived before, the ring is there, and the result follows."""
    click = action(ActionKind.CLICK, A, B, target("Save"))
    steps = [step(1, OPEN), step(2, click)]
    spoken = cue("2", "When you are done with all of it select Save now", "Save")
    clip = film(steps, [cue("1", "Open it"), spoken]).clips[1]
    spoken_ms = clip.speech[0].at_ms + 9 * WORD_MS
    (press,) = clip.presses
    assert press.at_ms == spoken_ms
    assert press.kind is PressKind.SINGLE
    assert clip.glides[0].end_ms <= press.at_ms
    assert clip.glides[0].shape is CursorShape.HAND
    assert clip.marks[0].start_ms < press.at_ms
    assert [picture.shot for picture in clip.pictures] == ["a", "b"]
    assert clip.pictures[1].at_ms == press.at_ms + PACE.reaction.natural


def test_the_first_word_waits_for_the_pointer() -> None:
    """Where the very first word is the name, speech begins later instead of the click."""
    click = action(ActionKind.CLICK, A, B, target("Save", 1100))
    steps = [step(1, OPEN), step(2, click)]
    clip = film(steps, [cue("1", "Open it"), cue("2", "Save it", "Save")]).clips[1]
    assert clip.speech[0].at_ms > PACE.lead
    assert clip.presses[0].at_ms == clip.speech[0].at_ms
    assert clip.glides[0].start_ms >= 0


def test_a_sentence_waits_until_what_came_before_has_been_seen() -> None:
    """Its click still lands as its word is spoken."""
    first = action(ActionKind.CLICK, A, B, target("Go", 100))
    second = action(ActionKind.CLICK, B, C, target("Stop", 900))
    cues = [cue("2", "Go", "Go"), cue("2", "Stop", "Stop")]
    clip = film([step(1, OPEN), step(2, first, second)], cues).clips[1]
    assert [press.at_ms for press in clip.presses] == [speech.at_ms for speech in clip.speech]
    assert clip.speech[1].at_ms > clip.speech[0].at_ms + WORD_MS + 250
    assert clip.presses[0].at_ms < clip.glides[-2].start_ms < clip.presses[1].at_ms


def test_actions_within_a_sentence_hurry() -> None:
    """Two words apart is time enough to get there."""
    first = action(ActionKind.CLICK, A, B, target("Go", 100))
    second = action(ActionKind.CLICK, B, C, target("Stop", 900))
    names = cue("2", "Now select Go and then Stop", "Go")
    stop = Name(text="Stop", start=names.written.index("Stop"), end=len(names.written))
    spoken = names.model_copy(update={"names": (*names.names, stop)})
    clip = film([step(1, OPEN), step(2, first, second)], [spoken]).clips[1]
    said = clip.speech[0].at_ms
    assert [press.at_ms - said for press in clip.presses] == [2 * WORD_MS, 5 * WORD_MS]


def test_two_clicks_in_one_word_are_an_error_that_names_the_sentence() -> None:
    """Nothing slips silently."""
    first = action(ActionKind.CLICK, A, B, target("Go", 100))
    second = action(ActionKind.CLICK, B, C, target("Go", 900))
    spoken = cue("2", "Go Go", "Go")
    again = spoken.model_copy(update={"names": (*spoken.names, Name(text="Go", start=1, end=2))})
    with pytest.raises(CutError, match='in the sentence "Go Go"') as caught:
        film([step(1, OPEN), step(2, first, second)], [again])
    assert "<!-- action -->" in caught.value.hint


def test_actions_without_an_anchor_keep_their_order() -> None:
    """What is not named happens one after the other while it is spoken."""
    first = action(ActionKind.CLICK, A, B, target("Go", 100))
    second = action(ActionKind.CLICK, B, C, target("Go", 900))
    clip = film([step(1, OPEN), step(2, first, second)], [cue("2", "Go", "Go")]).clips[1]
    assert [press.point.x for press in clip.presses] == [140, 940]
    assert clip.presses[0].at_ms < clip.glides[-2].start_ms < clip.presses[1].at_ms
    times = [picture.at_ms for picture in clip.pictures]
    assert times == sorted(set(times))
    assert [picture.shot for picture in clip.pictures] == ["a", "b", "c"]


def test_what_came_late_is_shown_before_the_next_action() -> None:
    """The page went on changing after an action: the reader sees what the next one begins with."""
    first = action(ActionKind.CLICK, A, B, target("Go"))
    second = action(ActionKind.CLICK, C, A, target("Back", 600))
    clip = film([step(1, OPEN), step(2, first, second)], [cue("2", "Go there and come back")])
    assert [picture.shot for picture in clip.clips[1].pictures] == ["a", "b", "c", "a"]


def test_a_step_ends_with_what_the_page_has_become() -> None:
    """What the storyboard waited for at the end of its cell is seen."""
    click = action(ActionKind.CLICK, A, B, target("Go"))
    clip = film([step(1, OPEN), step(2, click, end=C)], [cue("2", "Go")]).clips[1]
    assert clip.pictures[-1].shot == "c"
    assert clip.duration_ms >= clip.pictures[-1].at_ms + PACE.between.natural


def test_the_film_begins_with_the_first_picture() -> None:
    """Words before anything is open are heard over the first page, not over white."""
    timeline = film([step(1), step(2, OPEN)], [cue("1", "Welcome"), cue("2", "Open it")])
    assert [clip.pictures for clip in timeline.clips] == [timeline.clips[0].pictures] * 2
    assert timeline.clips[0].pictures[0].shot == "a"


def test_the_pointer_stays_where_it_is_from_clip_to_clip() -> None:
    """It does not jump."""
    click = action(ActionKind.CLICK, A, B, target("Go"))
    other = action(ActionKind.CLICK, B, C, target("On", 800))
    steps = [step(1, OPEN), step(2, click), step(3, other)]
    clips = film(steps, [cue("2", "Go"), cue("3", "On")]).clips
    assert clips[0].pointer is None
    assert clips[2].pointer == clips[1].glides[-1].goal
    assert clips[2].glides[0].origin == clips[2].pointer


def test_the_pointer_is_an_arrow_again_once_the_page_has_changed() -> None:
    """There is no link any more where it stands."""
    click = action(ActionKind.CLICK, A, B, target("Go"))
    clips = film([step(1, OPEN), step(2, click), step(3)], [cue("2", "Go"), cue("3", "On")])
    assert clips.clips[1].glides[-1].shape is CursorShape.ARROW
    assert clips.clips[2].shape is CursorShape.ARROW


def test_a_held_picture_stays() -> None:
    """hold(3) lasts three seconds."""
    hold = action(ActionKind.HOLD, A, A, seconds=3)
    clip = film([step(1, OPEN, hold)], [cue("1", "See")]).clips[0]
    assert clip.duration_ms >= 3000


def test_a_highlight_says_its_sentence_while_it_is_marked() -> None:
    """The ring is there from its sentence's first word to its last."""
    highlight = action(ActionKind.HIGHLIGHT, A, A, target("Save"), say="Look here")
    cues = [cue("1", "Open the page"), cue("1.1", "Look here")]
    clip = film([step(1, OPEN, highlight)], cues).clips[0]
    said, (mark,) = clip.speech[1], clip.marks
    assert mark.start_ms <= said.at_ms
    assert mark.end_ms >= said.at_ms + 2 * WORD_MS


def test_a_target_as_large_as_the_page_is_not_ringed() -> None:
    """A ring around everything points at nothing."""
    large = target("All").model_copy(update={"box": Box(x=0, y=0, width=1280, height=700)})
    click = action(ActionKind.CLICK, A, B, large)
    assert film([step(1, OPEN, click)], [cue("1", "Go")]).clips[0].marks == ()


def test_a_drag_presses_and_moves_on() -> None:
    """The result is seen once the pointer has come to the drag's end."""
    goal = Point(x=700, y=300)
    drag = action(ActionKind.DRAG, A, B, target("Card"), to=goal)
    clip = film([step(1, OPEN, drag)], [cue("1", "Drag it")]).clips[0]
    assert clip.glides[1].goal == goal
    assert clip.presses[0].at_ms < clip.glides[1].start_ms
    assert clip.pictures[-1].at_ms >= clip.glides[1].end_ms


def test_scenes_make_chapters_without_a_gap() -> None:
    """A chapter is a scene's clips together."""
    steps = [step(1, OPEN, scene="One"), step(2, scene="One"), step(3, scene="Two")]
    timeline = film(steps, [cue(str(number), "word") for number in (1, 2, 3)])
    assert [chapter.title for chapter in timeline.chapters] == ["One", "Two"]
    assert timeline.chapters[0].end_ms == timeline.chapters[1].start_ms
    assert timeline.chapters[-1].end_ms == timeline.duration_ms


def test_a_take_without_a_picture_cannot_befilm() -> None:
    """That is said, with what to do."""
    with pytest.raises(CutError, match="no picture"):
        film([step(1)], [cue("1", "Nothing to see")])


def test_chapter_without_a_heading_bears_the_title() -> None:
    timeline = film([step(1, OPEN, scene="")], [cue("1", "word")])
    assert timeline.title
    assert [chapter.title for chapter in timeline.chapters] == [timeline.title]
