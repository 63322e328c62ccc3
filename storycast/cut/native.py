"""What the browser draws itself, which no picture of a page shows: lists and dialogs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recorder.take import ActionKind, DialogKind, Point
from storycast.timeline import Menu, Prompt, PromptKind

if TYPE_CHECKING:
    from recorder.take import Action, Moment
    from storycast.cut.screen import Screen
    from storycast.wording import Wording

# Where things lie in them is known to what draws them, which few storyboards have to load.

__all__ = [
    "answer_prompt",
    "file_chooser",
    "lit_option",
    "open_menu",
    "open_prompt",
    "pressed_button",
]

_ALWAYS_MS = 60_000
"""Longer than any clip: what goes on in the next one."""


def open_prompt(moment: Moment, at_ms: int, wording: Wording) -> Prompt | None:
    """The dialog that is open in ``moment``, from then on; None where there is none."""
    dialog = moment.dialog
    if dialog is None:
        return None
    answers = ((at_ms, dialog.answer),) if dialog.kind is DialogKind.PROMPT else ()
    _, leaves = wording.gettext, dialog.kind is DialogKind.LEAVE
    kind = PromptKind.LEAVE if leaves else PromptKind(dialog.kind)
    unsaid = _("Changes you made may not be saved.") if leaves else ""
    return Prompt(
        start_ms=at_ms,
        end_ms=_ALWAYS_MS,
        kind=kind,
        title=_("Leave site?") if leaves else _("This page says"),
        text=dialog.text.strip() or unsaid,
        buttons=_buttons(kind, wording),
        answers=answers,
    )


def file_chooser(
    action: Action,
    opened_ms: int,
    lit_ms: int,
    pressed_ms: int,
    end_ms: int,
    *,
    wording: Wording,
) -> Prompt:
    """The dialog that ``action`` chooses its files in."""
    return Prompt(
        start_ms=opened_ms,
        end_ms=end_ms,
        kind=PromptKind.FILE,
        title=wording.gettext("Open file"),
        text=action.text,
        buttons=_buttons(PromptKind.FILE, wording),
        answers=((lit_ms, action.text),),
        pressed_ms=pressed_ms,
    )


def answer_prompt(prompt: Prompt, action: Action, at_ms: int) -> Prompt:
    """The dialog with the button pressed that ``action`` presses."""
    accepted = action.kind is ActionKind.ACCEPT
    return prompt.model_copy(update={"pressed_ms": at_ms, "accepted": accepted})


def pressed_button(prompt: Prompt, screen: Screen) -> Point:
    """Where the button of ``prompt`` lies that is pressed."""
    from storycast.drawing import button_centre  # noqa: PLC0415 - see above

    return button_centre(prompt, screen.viewport)


def open_menu(action: Action, opened_ms: int, lit_ms: int, end_ms: int) -> Menu | None:
    """The list that ``action`` chooses from, its option lit from ``lit_ms`` on."""
    choice, target = action.choice, action.target
    if choice is None or target is None:
        return None
    return Menu(
        start_ms=opened_ms,
        end_ms=end_ms,
        box=target.box,
        options=choice.options,
        disabled=choice.disabled,
        places=((opened_ms, choice.before), (lit_ms, choice.after)),
    )


def lit_option(menu: Menu, screen: Screen) -> Point | None:
    """Where the option lies that is lit last."""
    from storycast.drawing import option_centre  # noqa: PLC0415 - see above

    option = menu.places[-1][1]
    return None if option is None else option_centre(menu, option, screen.viewport)


def _buttons(kind: PromptKind, wording: Wording) -> tuple[str, ...]:
    """The buttons of a dialog, from left to right, as Chromium has them on Linux."""
    pgettext = wording.pgettext
    match kind:
        case PromptKind.ALERT:
            return (pgettext("button", "OK"),)
        case PromptKind.LEAVE:
            return pgettext("button", "Stay"), pgettext("button", "Leave")
        case PromptKind.FILE:
            return pgettext("button", "Cancel"), pgettext("button", "Open")
        case _:
            return pgettext("button", "Cancel"), pgettext("button", "OK")
