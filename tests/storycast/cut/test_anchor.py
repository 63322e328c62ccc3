"""Anchors: names in the prose find the actions that are done to them."""

from __future__ import annotations

import pytest

from narration.track import Cue, Hint, Name, SpokenWord
from recorder.take import Action, ActionKind, Box, Moment, Target
from storycast.cut.anchor import Anchor, find_anchors

MOMENT = Moment(shot="a", snapshot="b", address="/", title="")


def _cue(text: str, *names: str) -> Cue:
    """A cue whose words last 100 ms each and follow one another."""
    words = []
    position = 0
    for place, word in enumerate(text.split(" ")):
        words.append(
            SpokenWord(
                start=position,
                end=position + len(word),
                start_ms=100 * place,
                end_ms=100 * place + 90,
            )
        )
        position += len(word) + 1
    spans = []
    start = 0
    for name in names:
        start = text.index(name, start)
        spans.append(Name(text=name, start=start, end=start + len(name)))
        start += len(name)
    return Cue(
        passage="1",
        written=text,
        spoken=text,
        audio="",
        duration_ms=100 * len(words),
        pause_ms=0,
        words=tuple(words),
        names=tuple(spans),
    )


def _click(name: str, *, kind: ActionKind = ActionKind.CLICK, text: str = "") -> Action:
    box = Box(x=0, y=0, width=10, height=10)
    target = Target(box=box, role="button", name=name, text=name, tag="button")
    return Action(kind=kind, cell=0, target=target, text=text, after=MOMENT)


def test_a_bold_name_anchors_the_action_done_to_what_it_names() -> None:
    """The click on Save happens as "Save" is spoken."""
    cue = _cue("Now choose Save to keep it", "Save")
    assert find_anchors([_click("Save")], [(0, cue)]) == {0: Anchor(0, 200)}


@pytest.mark.parametrize("name", ["Ctrl+A", "Strg+A", "⌃A"])
def test_keys_are_anchored_by_their_names_in_any_language(name: str) -> None:
    pressed = Action(kind=ActionKind.KEY, cell=0, keys=("Control", "A"), after=MOMENT)
    cue = _cue(f"Now press {name} twice", name)
    assert find_anchors([pressed], [(0, cue)]) == {0: Anchor(0, 200)}


def test_names_are_taken_in_order() -> None:
    """Two clicks on the same button belong to its first and its second mention."""
    cue = _cue("Press Next and then Next again", "Next", "Next")
    assert find_anchors([_click("Next"), _click("Next")], [(0, cue)]) == {
        0: Anchor(0, 100),
        1: Anchor(0, 400),
    }


def test_a_name_that_no_action_is_done_to_anchors_nothing() -> None:
    """Bold words may also just stress something."""
    cue = _cue("This is very important", "very")
    assert find_anchors([_click("Save")], [(0, cue)]) == {}


@pytest.mark.parametrize(
    ("bold", "called"),
    [
        ("save", "Save"),
        ("Rename Notebook…", "Rename Notebook..."),
        ("Python 3", "Python 3 (ipykernel) Python 3 (ipykernel)"),
        ("Save button", "Save"),
    ],
)
def test_names_match_whatever_their_case_and_punctuation(bold: str, called: str) -> None:
    """People write what they read on the page, more or less."""
    assert find_anchors([_click(called)], [(0, _cue(f"Choose {bold} now", bold))]) == {
        0: Anchor(0, 100)
    }


def test_a_short_name_matches_only_the_whole() -> None:
    """The button "Look OK up" is not what "OK" names."""
    cue = _cue("Press OK now", "OK")
    assert find_anchors([_click("Look OK up")], [(0, cue)]) == {}


def test_a_chord_in_bold_anchors_the_keys_that_are_pressed() -> None:
    """People call Control and s "Ctrl+S"."""
    press = Action(kind=ActionKind.KEY, cell=0, keys=("Control", "s"), after=MOMENT)
    cue = _cue("Press Ctrl+S to save", "Ctrl+S")
    assert find_anchors([press], [(0, cue)]) == {0: Anchor(0, 100)}


def test_what_is_typed_anchors_the_typing() -> None:
    """The text in bold is the text that is typed."""
    typing = _click("Name", kind=ActionKind.TYPE, text="Buy milk")
    cue = _cue("Enter Buy milk here", "Buy milk")
    assert find_anchors([typing], [(0, cue)]) == {0: Anchor(0, 100)}


def test_a_comment_moves_an_anchor() -> None:
    """The click happens where the author says, whatever is in bold."""
    cue = _cue("Choose Save when you are done", "Save")
    hinted = cue.model_copy(update={"hints": (Hint(text="action 1", start=25),)})
    assert find_anchors([_click("Save")], [(0, hinted)]) == {0: Anchor(0, 500)}


def test_a_comment_anchors_what_has_no_name() -> None:
    """The first action without an anchor."""
    cue = _cue("Choose Save and wait", "Save")
    hinted = cue.model_copy(update={"hints": (Hint(text="action", start=16),)})
    actions = [_click("Save"), _click("")]
    assert find_anchors(actions, [(0, hinted)]) == {0: Anchor(0, 100), 1: Anchor(0, 300)}


def test_what_the_browser_does_by_itself_has_no_anchor() -> None:
    """A target that is scrolled into view is named for its click."""
    scroll = Action(kind=ActionKind.SCROLL, cell=0, implied=True, after=MOMENT)
    cue = _cue("Choose Save now", "Save")
    assert find_anchors([scroll, _click("Save")], [(0, cue)]) == {1: Anchor(0, 100)}
