from __future__ import annotations

import pytest

from recorder.take import ActionKind
from storycast.guide.prose import render_prose
from storycast.key_name import names_keys, pressed_names, split_keys
from storycast.wording import ENGLISH, open_wording
from tests.storycast.guide.board import action, moment, step, target

A = moment("a")


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("Shift+Enter", ("Shift", "Enter")),
        ("Ctrl + Shift + S", ("Ctrl", "Shift", "S")),
        ("⌘K", ("⌘", "K")),
        ("⌘⇧P", ("⌘", "⇧", "P")),
        ("Alt+F4", ("Alt", "F4")),
        ("Control+PageUp", ("Control", "PageUp")),
        ("Black+White", ()),
        ("A+B", ()),
        ("Ctrl+", ()),
        ("Shift", ()),
        ("Enter", ()),
    ],
)
def test_keys_together_are_known_by_their_names(text: str, keys: tuple[str, ...]) -> None:
    assert split_keys(text, ()) == keys


def test_keys_are_known_by_what_keyboards_of_the_language_print() -> None:
    assert split_keys("Strg+Umschalt+Entf", (), open_wording("de")) == ("Strg", "Umschalt", "Entf")
    assert split_keys("Strg+S", ()) == ()


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("Strg+A", ("Control", "A")),
        ("Ctrl A", ("Control", "a")),
        ("⌘K", ("Meta", "K")),
        ("Umschalt + Entf", ("Shift", "Delete")),
        ("Retour arrière", ("Backspace",)),
        ("Left arrow", ("Arrow left",)),
        ("Échap", ("Escape",)),
    ],
)
def test_pressed_keys_are_known_in_every_language(text: str, keys: tuple[str, ...]) -> None:
    assert names_keys(text, keys)
    assert not names_keys(text, (*keys, "B"))
    assert not names_keys(text, ("F1",) * len(keys))


def test_key_alone_is_one_only_where_the_step_presses_it() -> None:
    pressed = pressed_names(step(1, action(ActionKind.KEY, A, A, keys=("Escape",))), ENGLISH)
    assert split_keys("Esc", pressed) == ("Esc",)
    assert split_keys("escape", pressed) == ("escape",)
    assert split_keys("Home", pressed) == ()


def test_button_with_the_name_of_a_pressed_key_is_a_button() -> None:
    both = step(
        1,
        action(ActionKind.KEY, A, A, keys=("Enter",)),
        action(ActionKind.CLICK, A, A, target("Enter")),
    )
    assert split_keys("Enter", pressed_names(both, ENGLISH)) == ()


def test_keys_in_lists_tables_and_boxes_become_caps() -> None:
    caps = '<span class="keys"><kbd>Ctrl</kbd>+<kbd>S</kbd></span>'
    for markdown in (
        "Press **Ctrl+S**.",
        "- **Ctrl+S**",
        "|a|\n|-|\n|**Ctrl+S**|",
        ":::{note}\n**Ctrl+S**\n:::",
    ):
        assert caps in render_prose(markdown, pressed=())


def test_other_bold_words_code_and_links_are_no_caps() -> None:
    for markdown in ("**Save**", "`Ctrl+S`", "[**Ctrl+S**](https://example.org)", "**`Ctrl+S`**"):
        assert "<kbd>" not in render_prose(markdown, pressed=())


def test_caps_stay_where_html_is_allowed() -> None:
    page = render_prose("Press **Ctrl+S** <i>now</i>.", pressed=(), allows_html=True)
    assert '<span class="keys"><kbd>Ctrl</kbd>+<kbd>S</kbd></span> <i>now</i>' in page


def test_prose_without_known_keys_keeps_them_bold() -> None:
    assert render_prose("**Ctrl+S**") == "<p><strong>Ctrl+S</strong></p>\n"
