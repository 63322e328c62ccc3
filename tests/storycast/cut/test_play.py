"""What is seen of each kind of action."""

from __future__ import annotations

from itertools import pairwise

import pytest

from recorder.front_matter import HighlightStyle
from recorder.take import (
    ActionKind,
    Box,
    Choice,
    Dialog,
    DialogKind,
    Frame,
    Keystroke,
    Patch,
    Point,
    Scroll,
)
from storycast.drawing import button_centre
from storycast.film.frame import view_at
from storycast.timeline import CardKind, Clip, PromptKind
from tests.storycast.cut.scene import OPEN, A, B, C, action, cue, film, moment, step, target

FIELD = Box(x=100, y=50, width=80, height=20)
WORDS = "These are words enough to see all of what is done here and there"


def _typed(text: str) -> tuple[Keystroke, ...]:
    return tuple(
        Keystroke(text=text[: end + 1], patch=Patch(shot=f"key{end}", box=FIELD))
        for end in range(len(text))
    )


def _clip(*done: object, **settings: object) -> Clip:
    actions = [each for each in done if hasattr(each, "kind")]
    steps = [step(1, OPEN), step(2, *actions)]  # type: ignore[arg-type]
    return film(steps, [cue("2", WORDS)], **settings).clips[1]


def test_text_appears_key_by_key() -> None:
    typing = action(ActionKind.TYPE, A, B, target("Name"), text="Ada L", keystrokes=_typed("Ada L"))
    clip = _clip(typing)
    keys = [picture for picture in clip.pictures if picture.box is not None]
    assert [picture.shot for picture in keys] == [f"key{number}" for number in range(5)]
    assert keys[0].at_ms > clip.presses[0].at_ms
    assert all(later.at_ms > earlier.at_ms for earlier, later in pairwise(keys))
    assert (clip.pictures[-1].shot, clip.pictures[-1].box) == ("b", None)
    assert clip.pictures[-1].at_ms > keys[-1].at_ms
    assert clip.marks[0].end_ms >= clip.pictures[-1].at_ms


def test_what_is_typed_to_the_focus_needs_no_click() -> None:
    """A button of an editor's menu leaves the focus in the text."""
    bold = action(ActionKind.CLICK, A, B, target("Bold", x=600))
    text = target("Letter")
    typing = action(
        ActionKind.TYPE, B, C, text, text="Ada L", keystrokes=_typed("Ada L"), focused=True
    )
    clip = _clip(bold, typing)
    assert [press.point.x for press in clip.presses] == [640]
    assert len([picture for picture in clip.pictures if picture.box is not None]) == 5


def test_pointer_is_not_seen_while_text_is_typed_below_it() -> None:
    typing = action(ActionKind.TYPE, A, B, target("Name"), text="Ada L", keystrokes=_typed("Ada L"))
    clicking = action(ActionKind.CLICK, B, C, target("Save", x=600))
    clip = _clip(typing, clicking)
    keys = [picture.at_ms for picture in clip.pictures if picture.box is not None]
    moves_ms = next(glide.start_ms for glide in clip.glides if glide.goal.x > 600)
    assert view_at(clip, keys[0] - 20).pointer == FIELD.centre
    assert all(view_at(clip, at_ms).pointer is None for at_ms in (*keys, moves_ms - 20))
    assert view_at(clip, moves_ms + 20).pointer is not None


def test_field_that_a_key_has_led_to_is_not_clicked() -> None:
    tab = action(ActionKind.KEY, A, B, keys=("Tab",))
    typing = action(ActionKind.TYPE, B, C, target("Name"), text="Ada", keystrokes=_typed("Ada"))
    clip = _clip(tab, typing)
    assert not clip.presses
    assert [picture.shot for picture in clip.pictures if picture.box] == ["key0", "key1", "key2"]
    clicking = action(ActionKind.CLICK, A, B, target("Bold", x=600))
    assert len(_clip(clicking, typing).presses) == 2


def test_pointer_stays_hidden_until_it_is_pressed_again() -> None:
    typing = action(ActionKind.TYPE, A, B, target("Name"), text="Ada", keystrokes=_typed("Ada"))
    again = action(ActionKind.CLICK, B, C, target("Name"))
    first, second = film(
        [step(1, OPEN), step(2, typing), step(3, again)],
        [cue("2", WORDS), cue("3", WORDS)],
    ).clips[1:]
    assert view_at(first, first.duration_ms - 20).pointer is None
    assert view_at(second, 0).pointer is None
    assert view_at(second, second.presses[0].at_ms).pointer == FIELD.centre


def test_what_is_dragged_goes_with_the_pointer() -> None:
    drag = action(ActionKind.DRAG, A, B, target("A task"), to=Point(x=500, y=300))
    clip = _clip(drag)
    (taken,) = clip.drags
    assert (taken.box, taken.origin) == (FIELD, FIELD.centre)
    ((box, way),) = view_at(clip, taken.end_ms - 1).drags
    assert (box, round(way.x), round(way.y)) == (FIELD, 360, 240)
    assert not view_at(clip, taken.end_ms).drags
    assert clip.pictures[-1].at_ms >= taken.end_ms


def test_slider_stays_while_its_handle_is_dragged() -> None:
    drag = action(ActionKind.DRAG, A, B, target("Volume"), to=Point(x=170, y=60))
    assert not _clip(drag).drags


def test_long_text_is_typed_faster() -> None:
    def length(letters: int) -> int:
        typing = action(ActionKind.TYPE, A, B, target("Name"), keystrokes=_typed("x" * letters))
        clip = _clip(typing)
        return clip.pictures[-1].at_ms - clip.presses[0].at_ms

    assert length(200) < 3 * length(20)


def test_typing_is_over_before_the_next_word() -> None:
    typing = action(ActionKind.TYPE, A, B, target("Name"), keystrokes=_typed("x" * 24))
    click = action(ActionKind.CLICK, B, C, target("Save", 600))
    told = [cue("2", "Write it and then press Save now please", "Save")]
    clip = film([step(1, OPEN), step(2, typing, click)], told).clips[1]
    saved = clip.speech[0].at_ms + 5 * 300
    assert clip.presses[-1].at_ms == saved
    assert all(picture.at_ms < saved for picture in clip.pictures if picture.box is not None)


def test_pressed_keys_are_shown_as_caps_one_after_the_other() -> None:
    copy = action(ActionKind.KEY, A, A, keys=("Control", "c"))
    paste = action(ActionKind.KEY, A, B, keys=("Control", "v"))
    clip = _clip(copy, paste)
    assert [caps.keys for caps in clip.caps] == [("Ctrl", "C"), ("Ctrl", "V")]
    assert clip.caps[0].end_ms <= clip.caps[1].start_ms
    assert clip.caps[1].start_ms < clip.pictures[-1].at_ms < clip.caps[1].end_ms


@pytest.mark.parametrize("address", ["/", "/#end"])
def test_scrolled_content_glides(address: str) -> None:
    after = moment("b", address)  # a link to a place in the page changes the address as well
    scroll = Scroll(
        box=Box(x=0, y=0, width=1280, height=720),
        origin=Point(x=0, y=0),
        goal=Point(x=0, y=900),
        shots=((Point(x=0, y=450), "between"),),
    )
    clip = _clip(action(ActionKind.SCROLL, A, after, scroll=scroll))
    (roll,) = clip.rolls
    assert [(point.y, shot) for point, shot in roll.shots] == [
        (0, "a"),
        (450, "between"),
        (900, "b"),
    ]
    assert clip.pictures[-1].at_ms == roll.end_ms
    assert clip.pictures[-1].fade_ms == 0


def test_choice_opens_the_list_and_goes_to_the_option() -> None:
    choice = Choice(options=("Red", "Green", "Blue"), before=0, after=2)
    chosen = action(ActionKind.CHOOSE, A, B, target("Colour"), text="Blue", choice=choice)
    clip = _clip(chosen)
    (menu,) = clip.menus
    assert menu.options == choice.options
    assert menu.places[-1][1] == 2
    first, second = clip.presses
    assert first.at_ms <= menu.start_ms < second.at_ms < menu.end_ms
    assert clip.glides[-2].goal == second.point or clip.glides[-1].goal == second.point
    assert clip.pictures[-1].at_ms >= menu.end_ms


def test_upload_opens_a_dialog_and_goes_to_its_button() -> None:
    upload = action(ActionKind.UPLOAD, A, B, target("Picture"), text="cat.png\ndog.png")
    clip = _clip(upload)
    (prompt,) = clip.prompts
    assert (prompt.kind, prompt.text) == (PromptKind.FILE, "cat.png\ndog.png")
    ((lit_ms, _),) = prompt.answers
    first, second = clip.presses
    assert first.at_ms < prompt.start_ms < lit_ms < second.at_ms < prompt.end_ms
    assert prompt.pressed_ms == second.at_ms
    assert second.point == button_centre(prompt, (1280, 720))
    assert second.point in {glide.goal for glide in clip.glides}
    assert clip.pictures[-1].at_ms >= prompt.end_ms


def test_upload_without_a_place_on_the_page_opens_the_dialog_as_well() -> None:
    hidden = target("Picture").model_copy(update={"box": Box(x=0, y=0, width=0, height=0)})
    clip = _clip(action(ActionKind.UPLOAD, A, B, hidden, text="cat.png"))
    assert [prompt.text for prompt in clip.prompts] == ["cat.png"]


@pytest.mark.parametrize(("kind", "accepted"), [("accept", True), ("dismiss", False)])
def test_dialog_is_there_until_it_is_answered(kind: str, accepted: bool) -> None:
    asked = moment("a", dialog=Dialog(text="Sure?", kind=DialogKind.CONFIRM))
    click = action(ActionKind.CLICK, A, asked, target("Delete"))
    answer = action(ActionKind(kind), asked, B)
    clip = _clip(click, answer)
    (prompt,) = clip.prompts
    assert (prompt.text, prompt.accepted) == ("Sure?", accepted)
    assert clip.presses[0].at_ms < prompt.start_ms
    assert prompt.pressed_ms == clip.presses[1].at_ms < prompt.end_ms


def test_dialog_stays_from_step_to_step() -> None:
    asked = moment("a", dialog=Dialog(text="Name?", kind=DialogKind.PROMPT, answer="x"))
    click = action(ActionKind.CLICK, A, asked, target("Rename"))
    typed = action(ActionKind.ANSWER, asked, asked, text="Ada")
    answer = action(ActionKind.ACCEPT, asked, B)
    steps = [step(1, OPEN), step(2, click), step(3, typed, answer)]
    clips = film(steps, [cue(str(number), WORDS) for number in (2, 3)]).clips
    assert clips[1].prompts[0].end_ms > clips[1].duration_ms
    (prompt,) = clips[2].prompts
    assert prompt.start_ms < 0
    assert [text for _, text in prompt.answers] == ["x", "A", "Ad", "Ada"]
    assert prompt.end_ms < clips[2].duration_ms


def test_what_moved_by_itself_is_shown_at_its_own_pace() -> None:
    frames = tuple(
        Frame(at_ms=40 * number, patch=Patch(shot=f"frame{number}", box=FIELD))
        for number in range(5)
    )
    clip = _clip(action(ActionKind.CLICK, A, B, target("Open"), frames=frames))
    moving = [picture for picture in clip.pictures if picture.box is not None]
    assert [picture.at_ms - moving[0].at_ms for picture in moving] == [0, 40, 80, 120, 160]
    assert clip.pictures[-1].shot == "b"


def test_targets_are_pointed_out_as_the_storyboard_says() -> None:
    first = action(ActionKind.CLICK, A, B, target("Go"))
    second = action(ActionKind.HIGHLIGHT, B, B, target("Result", 600), style="spotlight")
    third = action(ActionKind.CLICK, B, C, target("On", 300))
    marks = _clip(first, second, third, highlight="number").marks
    assert [mark.style for mark in marks] == [
        HighlightStyle.NUMBER, HighlightStyle.SPOTLIGHT, HighlightStyle.NUMBER
    ]  # fmt: skip
    assert marks[0].number == "1"
    assert _clip(first, highlight="none").marks == ()


def test_target_without_a_size_has_no_pointer_and_no_mark() -> None:
    nothing = target("Ghost").model_copy(update={"box": Box(x=5, y=5, width=0, height=0)})
    clip = _clip(action(ActionKind.CLICK, A, B, nothing))
    assert not clip.marks
    assert not clip.presses
    assert clip.pictures[-1].shot == "b"


def test_pointer_goes_around_what_is_pointed_out() -> None:
    there = target("Read", 600).model_copy(update={"box": Box(x=560, y=30, width=160, height=60)})
    go = action(ActionKind.CLICK, A, A, target("Left", 100))
    read = action(ActionKind.HIGHLIGHT, A, A, there, seconds=4)
    on = action(ActionKind.CLICK, A, B, target("Right", 1100))
    steps = [step(1, OPEN), step(2, go, read, on)]
    clip = film(steps, [cue("2", "Go now", "Go")]).clips[1]
    glide = next(each for each in clip.glides if each.goal.x > 1100)
    mark = next(each for each in clip.marks if each.box == there.box)
    if mark.end_ms > glide.start_ms:
        assert not any(
            560 <= glide.point(part / 20).x <= 720 and 30 <= glide.point(part / 20).y <= 90
            for part in range(21)
        )


def test_title_and_scenes_have_cards() -> None:
    steps = [step(1, OPEN), step(2, scene="One"), step(3, scene="Two")]
    long = "word " * 40
    cues = [cue(str(number), long.strip()) for number in (1, 2, 3)]
    clips = film(steps, cues, cards=True, end_card="Bye").clips
    cards = [[(card.kind, card.heading) for card in clip.cards] for clip in clips]
    assert cards[0] == [(CardKind.TITLE, "A film"), (CardKind.SCENE, "One")]
    assert cards[1] == []
    assert cards[2] == [(CardKind.SCENE, "Two"), (CardKind.END, "Bye")]
    assert clips[0].cards[0].start_ms == 0
    assert clips[2].duration_ms >= clips[2].cards[-1].end_ms


def test_last_picture_is_seen_before_the_end_card() -> None:
    last = step(2, action(ActionKind.CLICK, A, B, target("Save")), end=C)
    clip = film([step(1, OPEN), last], [cue("2", "Save it")], end_card="Bye").clips[-1]
    card, picture = clip.cards[-1], clip.pictures[-1]
    assert picture.shot == "c"
    assert card.start_ms >= picture.at_ms + picture.fade_ms + 1500
    assert card.end_ms == clip.duration_ms


def test_zoom_by_hand_stays_until_it_is_taken_back() -> None:
    near = action(ActionKind.ZOOM, A, A, target("Detail", 600))
    back = action(ActionKind.ZOOM, A, A)
    steps = [step(1, OPEN), step(2, near), step(3, back)]
    clips = film(steps, [cue(str(number), WORDS) for number in (2, 3)], zoom="off").clips
    (move,) = clips[1].moves
    assert move.goal.width < 640
    assert clips[2].framed == move.goal
    assert clips[2].moves[-1].goal.width == 1280


def test_camera_has_arrived_before_an_early_press() -> None:
    """The pointer is at the target already, and the first word names it."""
    pressed = action(ActionKind.CLICK, A, A, target("Save", x=600))
    told = step(3, pressed).model_copy(update={"prose": WORDS})
    cues = [cue("2", "Save"), cue("3", f"Save {WORDS}", bold="Save")]
    clip = film([step(1, OPEN), step(2, pressed), told], cues).clips[2]
    (move, *_) = clip.moves
    assert clip.presses[0].at_ms < 900
    assert move.end_ms - move.start_ms > 0
    assert move.end_ms < clip.presses[0].at_ms


def test_film_without_words_or_actions_has_a_defined_end() -> None:
    (clip,) = film([step(1, OPEN)], []).clips
    assert clip.duration_ms >= 1500
