from __future__ import annotations

from recorder.take import Action, ActionKind, Download
from storycast.guide.entry import list_entries
from storycast.guide.model import Entry
from storycast.guide.words import tell_times
from storycast.wording import ENGLISH, open_wording
from tests.storycast.guide.board import action, moment, step, target

A = moment("a")
NAME = target("Task name", "textbox")


def _entries(*actions: Action, prose: str = "Do it.") -> tuple[Entry, ...]:
    return list_entries(step(1, *actions, prose=prose), ENGLISH)


def test_typed_text_is_listed_even_if_the_prose_says_it() -> None:
    typed = action(ActionKind.TYPE, A, A, NAME, text="milk")
    entry = Entry("Type in “Task name”", "milk", literal=True)
    assert _entries(typed, prose="Type milk.") == (entry,)


def test_of_a_password_the_field_is_listed_unless_the_prose_names_it() -> None:
    field = target("Password", "textbox", kind="password")
    typed = action(ActionKind.TYPE, A, A, field, text="••••••••")
    assert _entries(typed) == (Entry("Type in “Password”", "your own"),)
    assert _entries(typed, prose="Type your password.") == ()


def test_of_a_secret_nothing_is_to_be_copied() -> None:
    typed = action(ActionKind.TYPE, A, A, NAME, text="key ••••••••")
    assert _entries(typed) == (Entry("Type in “Task name”", "your own"),)


def test_choice_is_listed_unless_the_prose_says_it() -> None:
    chosen = action(ActionKind.CHOOSE, A, A, text="Blue")
    assert _entries(chosen) == (Entry("Choose", "Blue", literal=True),)
    assert _entries(chosen, prose="Choose **Blue**.") == ()


def test_keys_are_listed_unless_the_prose_says_them() -> None:
    pressed = action(ActionKind.KEY, A, A, keys=("Control", "s"))
    assert _entries(pressed, prose="Save this.") == (Entry("Press", keys=("Ctrl", "S")),)
    assert _entries(pressed, prose="Press `Control`+`S`.") == ()


def test_key_pressed_often_is_listed_once_with_its_count() -> None:
    pressed = action(ActionKind.KEY, A, A, keys=("ArrowDown",))
    assert _entries(pressed, pressed, pressed) == (Entry("Press", keys=("ArrowDown",), times=3),)


def test_outside_address_is_listed_and_one_of_the_stage_is_not() -> None:
    outside = moment("b", address="https://example.org/")
    assert _entries(action(ActionKind.OPEN, None, A)) == ()
    assert _entries(action(ActionKind.OPEN, None, outside)) == (
        Entry("Open", "https://example.org/", literal=True),
    )


def test_saved_file_is_listed_after_what_saved_it() -> None:
    click = action(ActionKind.CLICK, A, A, target("Export"))
    saving = click.model_copy(update={"downloads": (Download(name="a.csv", file="x", size=3),)})
    assert _entries(saving) == (Entry("Saved", "a.csv"),)
    assert _entries(saving, prose="") == (Entry("Select", "Export"), Entry("Saved", "a.csv"))


def test_step_without_prose_lists_what_is_done() -> None:
    click = action(ActionKind.CLICK, A, A, target("Add task"))
    assert _entries(click) == ()
    assert _entries(click, prose="") == (Entry("Select", "Add task"),)


def test_key_that_the_prose_names_in_english_is_not_listed_in_another_language() -> None:
    pressed = step(
        1, action(ActionKind.KEY, A, A, keys=("Control", "a")), prose="Press **Ctrl+A**."
    )
    assert list_entries(pressed, open_wording("de")) == ()
    silent = step(1, action(ActionKind.KEY, A, A, keys=("Control", "a")), prose="Press it.")
    (entry,) = list_entries(silent, open_wording("de"))
    assert entry.keys == ("Strg", "A")


def test_times_are_counted_as_the_language_counts() -> None:
    arabic = open_wording("ar")
    assert tell_times(2, arabic) == "مرتان"
    assert tell_times(3, arabic) == "3 مرات"
    assert tell_times(3, open_wording("de")) == "3-mal"
