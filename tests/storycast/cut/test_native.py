from __future__ import annotations

import pytest

from recorder.take import Action, ActionKind, Dialog, DialogKind, Moment
from storycast.cut.native import file_chooser, open_prompt
from storycast.key_cap import cap_label
from storycast.timeline import PromptKind
from storycast.wording import ENGLISH, open_wording


def _asking(kind: DialogKind, text: str = "Delete?") -> Moment:
    dialog = Dialog(text=text, kind=kind)
    return Moment(shot="a", snapshot="", address="/", title="Tasks", dialog=dialog)


@pytest.mark.parametrize(
    ("kind", "drawn", "buttons"),
    [
        (DialogKind.ALERT, PromptKind.ALERT, ("OK",)),
        (DialogKind.CONFIRM, PromptKind.CONFIRM, ("Cancel", "OK")),
        (DialogKind.PROMPT, PromptKind.PROMPT, ("Cancel", "OK")),
        (DialogKind.LEAVE, PromptKind.LEAVE, ("Stay", "Leave")),
    ],
)
def test_every_dialog_has_its_own_buttons(
    kind: DialogKind, drawn: PromptKind, buttons: tuple[str, ...]
) -> None:
    prompt = open_prompt(_asking(kind), 0, ENGLISH)
    assert prompt is not None
    assert (prompt.kind, prompt.buttons) == (drawn, buttons)


def test_dialog_that_says_nothing_says_what_the_browser_does() -> None:
    prompt = open_prompt(_asking(DialogKind.LEAVE, ""), 0, ENGLISH)
    assert prompt is not None
    assert (prompt.title, prompt.text) == ("Leave site?", "Changes you made may not be saved.")


def test_dialogs_and_keys_are_told_in_the_films_language() -> None:
    german = open_wording("de")
    asking = _asking(DialogKind.CONFIRM)
    prompt = open_prompt(asking, 0, german)
    assert prompt is not None
    assert (prompt.title, prompt.text) == ("Meldung dieser Seite", "Delete?")
    assert prompt.buttons == ("Abbrechen", "OK")
    upload = Action(kind=ActionKind.UPLOAD, cell=0, text="cat.png", after=asking)
    chooser = file_chooser(upload, 0, 1, 2, 3, wording=german)
    assert (chooser.title, chooser.buttons) == ("Datei öffnen", ("Abbrechen", "Öffnen"))
    assert [cap_label(key, german) for key in ("Control", "Page up", "s")] == [
        "Strg",
        "Bild ↑",
        "S",
    ]


def test_page_without_a_dialog_asks_nothing() -> None:
    calm = _asking(DialogKind.ALERT).model_copy(update={"dialog": None})
    assert open_prompt(calm, 0, ENGLISH) is None
