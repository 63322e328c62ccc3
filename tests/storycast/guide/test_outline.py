from __future__ import annotations

from narration.track import Cue, Track
from recorder.take import Action, ActionKind, Step, Target
from storycast.guide.model import Chapter as GuideChapter
from storycast.guide.model import Guide, Line, Speech
from storycast.guide.node_tree import NodeTree
from storycast.guide.outline import outline_guide
from storycast.timeline import Chapter
from storycast.timeline import Speech as Heard
from storycast.wording import ENGLISH
from tests.storycast.guide.board import (
    Changes,
    action,
    moment,
    node,
    step,
    take,
    target,
    timeline,
    track,
)

A, B = moment("a"), moment("b")
CLICK = action(ActionKind.CLICK, A, B, target("Add task"))


def _outline(*steps: Step, title: str = "Add a task") -> Guide:
    return outline_guide(
        take(*steps, title=title), timeline(*steps), track(), compare=Changes(), wording=ENGLISH
    )


def _numbers(guide: Guide) -> list[int | None]:
    return [step.number for scene in guide.scenes for step in scene.steps]


def test_only_steps_with_actions_are_numbered_and_through_all_scenes() -> None:
    guide = _outline(
        step(1, scene="One", prose="Read this."),
        step(2, CLICK, scene="One"),
        step(3, scene="Two"),
        step(4, CLICK, scene="Two"),
        step(5, CLICK, scene="Two"),
    )
    assert _numbers(guide) == [None, 1, None, 2, 3]
    assert [scene.title for scene in guide.scenes] == ["One", "Two"]


def test_prose_before_the_first_scene_introduces() -> None:
    guide = _outline(step(1, scene="Add a task"), step(2, CLICK, scene="One"))
    assert [told.prose for told in guide.introduction] == ["Do it."]
    assert len(guide.scenes) == 1


def test_steps_without_a_heading_stand_under_one_of_our_own() -> None:
    guide = _outline(step(1, CLICK, scene="Add a task"))
    assert [scene.title for scene in guide.scenes] == ["Steps"]


def test_step_that_neither_says_nor_does_anything_is_left_out() -> None:
    silent = Step(number=1, scene="One", title="", prose=" ", cells=(0,), end=A)
    assert _numbers(_outline(silent, step(2, CLICK, scene="One"))) == [1]


def test_step_starts_where_its_clip_does() -> None:
    guide = _outline(step(1, CLICK), step(2, CLICK))
    assert [told.start_ms for told in guide.scenes[0].steps] == [0, 10_000]


def test_step_that_the_film_leaves_out_has_no_time() -> None:
    steps = (step(1, CLICK), step(2, CLICK))
    guide = outline_guide(
        take(*steps), timeline(steps[0]), track(), compare=Changes(), wording=ENGLISH
    )
    assert [told.start_ms for told in guide.scenes[0].steps] == [0, None]


def test_several_marks_are_numbered_and_one_is_not() -> None:
    other = action(ActionKind.CLICK, B, B, target("Save", x=600))
    guide = _outline(step(1, CLICK), step(2, CLICK, other))
    one, many = guide.figures
    assert [mark.number for mark in one.marks] == [None]
    assert [mark.number for mark in many.marks] == [1, 2]
    assert (one.caption, many.caption) == ("", "1 Add task · 2 Save")


def test_dialog_is_told_because_no_picture_shows_it() -> None:
    asked = moment("b", dialog="Delete\nit?")
    guide = _outline(
        step(1, action(ActionKind.DISMISS, asked, A), action(ActionKind.OPEN, A, asked))
    )
    assert guide.figures[0].caption == "The browser asks: “Delete it?”"


def test_chapters_hold_their_steps() -> None:
    steps = (step(1, CLICK, scene="One"), step(2, scene="Two"), step(3, CLICK, scene="Two"))
    chapters = (
        Chapter(title="One", start_ms=0, end_ms=10_000),
        Chapter(title="Two", start_ms=10_000, end_ms=30_000),
    )
    guide = outline_guide(
        take(*steps), timeline(*steps, chapters=chapters), track(),
        compare=Changes(), wording=ENGLISH,
    )  # fmt: skip
    assert [(chapter.title, chapter.start_ms) for chapter in guide.chapters] == [
        ("One", 0),
        ("Two", 10_000),
    ]
    assert isinstance(guide.chapters[0], GuideChapter)
    assert [told.number for told in guide.chapters[1].steps] == [2]


def test_transcript_gives_each_sentence_its_time_in_the_film() -> None:
    steps = (step(1, CLICK, scene="One"), step(2, CLICK, scene="Two"))
    film = timeline(*steps)
    spoken = (Heard(at_ms=300, cue=0, audio=""), Heard(at_ms=900, cue=1, audio=""))
    clips = (film.clips[0], film.clips[1].model_copy(update={"speech": spoken}))
    cues = tuple(
        Cue(passage="2", written=text, spoken=text, audio="", duration_ms=1, pause_ms=0, words=())
        for text in ("First.", "Second.")
    )
    guide = outline_guide(
        take(*steps),
        film.model_copy(update={"clips": clips}),
        Track(language="de", voice="none", sample_rate=22050, cues=cues),
        compare=Changes(),
        wording=ENGLISH,
    )
    assert guide.transcript == (Speech("Two", (Line(10_300, "First."), Line(10_900, "Second."))),)
    assert guide.spoken_language == "de"


def _styled(style: str, *targets: Target) -> tuple[Action, ...]:
    return tuple(
        action(ActionKind.HIGHLIGHT, A, A, each).model_copy(update={"style": style})
        for each in targets
    )


def test_numbers_count_through_a_step_that_is_pointed_out_by_numbers() -> None:
    name, add = target("Task name", "textbox"), target("Add task", x=300)
    guide = _outline(
        step(1, *_styled("number", name, add)), step(2, *_styled("number", name)), step(3, CLICK)
    )
    marks = [
        [mark.number for mark in figure.marks]
        for told in guide.scenes[0].steps
        for figure in told.figures
        if figure.marks
    ]
    assert marks == [[1, 2], [1], [None]]


def test_what_is_not_pointed_out_has_no_number_and_is_told_of_as_shown() -> None:
    guide = _outline(step(1, *_styled("none", target("Task name", "textbox"))))
    (figure,) = (figure for figure in guide.figures if figure.marks)
    assert figure.marks[0].number is None
    assert "it shows" in figure.alt
    assert "marked" not in figure.alt


def test_field_without_a_name_is_called_as_the_label_beside_it() -> None:
    label = (
        node("LabelText", "", 1, (100, 80, 100, 20)),
        node("StaticText", "New name", 2, (100, 80, 80, 20)),
        node("textbox", "", 1, (100, 100, 100, 40)),
    )
    page = NodeTree(label, (1280, 720))
    typed = action(ActionKind.TYPE, A, A, target("", "textbox"), text="tea")
    guide = outline_guide(
        take(step(1, typed)),
        timeline(),
        track(),
        compare=Changes(),
        wording=ENGLISH,
        read=lambda _: page,
    )
    (told,) = guide.scenes[0].steps
    assert told.entries[0].label == "Type in “New name”"
    assert "the text field “New name” is marked" in told.figures[0].alt
