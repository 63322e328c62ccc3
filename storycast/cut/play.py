"""Plays a step's actions: says what is seen of each, from the moment it was given."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

from recorder.front_matter import HighlightStyle
from recorder.take import ActionKind, Box, Point
from storycast.cut.hand import Hand
from storycast.cut.native import (
    answer_prompt,
    file_chooser,
    lit_option,
    open_menu,
    open_prompt,
    pressed_button,
)
from storycast.cut.need import has_place, is_in_field, is_tab, place_of, roll_length, typing_length
from storycast.cut.screen import Screen
from storycast.cut.seating import Seating
from storycast.key_cap import cap_label
from storycast.timeline import (
    CursorShape,
    Drag,
    KeyCaps,
    Mark,
    Menu,
    Picture,
    PressKind,
    Prompt,
    Roll,
)

if TYPE_CHECKING:
    from recorder.take import Action, Moment
    from storycast.cut.schedule import Slot

__all__ = ["Play"]

_Shown = TypeVar("_Shown", Mark, KeyCaps)

_UNPRESSED = frozenset({ActionKind.HOVER})
_STAYING = frozenset({ActionKind.TYPE, ActionKind.CLEAR, ActionKind.CHOOSE, ActionKind.HIGHLIGHT})
_ANSWERS = frozenset({ActionKind.ACCEPT, ActionKind.DISMISS})
_PRESSES = {
    ActionKind.DOUBLE_CLICK: PressKind.DOUBLE,
    ActionKind.CONTEXT_CLICK: PressKind.CONTEXT,
}
_SHAPES = {"pointer": CursorShape.HAND, "text": CursorShape.TEXT}
_LARGEST_MARK = 0.5
"""A target that fills more of the viewport than this is not ringed: it is the whole picture."""


@dataclass
class Play:
    """What is seen of a step; times are milliseconds from the clip's start.

    ``said`` tells how long what an action says takes; ``covered_ms`` is how long cards cover what
    is seen. ``results`` are when each action's result is seen; ``has_turned`` tells that the step
    begins on another screen than the one before ended on.
    """

    screen: Screen
    actions: Sequence[Action]
    said: Callable[[int], int]
    covered_ms: int = 0
    results: list[int] = field(default_factory=list)
    has_turned: bool = False
    _pictures: list[Picture] = field(default_factory=list)
    _drags: list[Drag] = field(default_factory=list)
    _marks: list[Mark] = field(default_factory=list)
    _rolls: list[Roll] = field(default_factory=list)
    _caps: list[KeyCaps] = field(default_factory=list)
    _menus: list[Menu] = field(default_factory=list)
    _prompts: list[Prompt] = field(default_factory=list)
    _numbers: int = 0
    _hand: Hand = field(init=False)
    _seating: Seating = field(init=False)

    def __post_init__(self) -> None:
        self._seating = Seating(self.screen, self.covered_ms)
        self._hand = Hand(self.screen, self._marks)
        self._pictures.append(Picture(at_ms=0, shot=self.screen.moment.shot))

    def parts(self, duration_ms: int) -> dict[str, Any]:
        """What a clip of this length shows, by its fields' names."""
        prompts = [*self._prompts]
        if self.screen.prompt is not None:
            prompts.append(self.screen.prompt)
            self.screen.prompt = self.screen.prompt.model_copy(
                update={
                    "start_ms": self.screen.prompt.start_ms - duration_ms,
                    "answers": tuple(
                        (at_ms - duration_ms, text) for at_ms, text in self.screen.prompt.answers
                    ),
                }
            )
        return {
            "pictures": tuple(self._pictures),
            "glides": tuple(self._hand.glides),
            "presses": tuple(self._hand.presses),
            "drags": tuple(self._drags),
            "marks": tuple(self._marks),
            "rolls": tuple(self._rolls),
            "caps": tuple(self._caps),
            "menus": tuple(self._menus),
            "prompts": tuple(prompts),
            "seats": tuple(self._seating.seats),
        }

    def skip(self, action: Action) -> None:
        """Leave the screen as ``action`` leaves it, without showing anything."""
        screen = self.screen
        seen = action.before or action.after
        if seen.actor != screen.moment.actor:
            screen.turn_to(seen)
        goal = place_of(action)
        if action.kind in _ANSWERS and screen.prompt is not None:
            goal = pressed_button(answer_prompt(screen.prompt, action, 0), screen)
            screen.prompt, screen.pointer = None, goal
        elif has_place(action) and goal is not None and not is_in_field(screen, action):
            screen.pointer = action.to or goal
            menu = open_menu(action, 0, 1, 2)
            if menu is not None:
                screen.pointer = lit_option(menu, screen) or screen.pointer
            if action.kind is ActionKind.UPLOAD and action.text:
                chooser = file_chooser(action, 0, 1, 2, 3, wording=screen.wording)
                screen.pointer = pressed_button(chooser, screen)
        screen.moment = action.after
        screen.tabbed = is_tab(action)
        if action.after.dialog is not None and screen.prompt is None:
            screen.prompt = open_prompt(action.after, 0, screen.wording)

    def act(self, place: int, slot: Slot) -> None:
        """Show one action in its slot."""
        screen, pace, action = self.screen, self.screen.pace, self.actions[place]
        begins = action.before
        if begins is None and action.actor != screen.moment.actor:
            begins = action.after  # somebody opens their first page: there is no other to be seen
        if begins is not None and not screen.shows(begins):
            self._show(begins, slot.free_ms)
        self._seating.seat(action, self._opened(slot.free_ms))
        shown_ms = self._pictures[-1].at_ms
        if action.kind in _ANSWERS and screen.prompt is not None:
            self._answer(action, screen.prompt, slot)
        elif has_place(action):
            self._point(action, slot)
        reaction = pace.reaction.squeezed(slot.after_hurry)
        moving_ms = slot.at_ms if action.kind is ActionKind.SCROLL else slot.at_ms + reaction
        result_ms = self._move(action, slot, moving_ms)
        self._become(action, result_ms)
        self._seating.notice(action, result_ms + pace.noticed.squeezed(slot.after_hurry))
        self.results.append(result_ms)
        length = round(action.seconds * 1000) or self.said(place) or pace.result
        self._mark(action, slot.at_ms, shown_ms, length, result_ms)
        screen.tabbed = is_tab(action)

    def end(self, moment: Moment | None, free_ms: int) -> int:
        """Show what the page has become in the end; returns when all has been seen."""
        is_here = moment is not None and moment.actor == self.screen.moment.actor
        if moment is not None and is_here and not self.screen.shows(moment):
            self._show(moment, free_ms)
            free_ms += self.screen.pace.result
        return free_ms

    def _move(self, action: Action, slot: Slot, start_ms: int) -> int:
        """Show what moves because of an action; returns when what it led to is seen."""
        pace = self.screen.pace
        if action.keys:
            self._press_keys(action, slot.at_ms)
        if action.keystrokes:
            length = typing_length(len(action.keystrokes), pace).squeezed(slot.after_hurry)
            start_ms = slot.at_ms
            if self._hand.presses and self._hand.presses[-1].at_ms == slot.at_ms:
                start_ms += pace.reach.squeezed(slot.after_hurry)
            self._hand.hide(start_ms)
            for number, stroke in enumerate(action.keystrokes):
                if stroke.patch is not None:
                    at_ms = start_ms + round(length * number / len(action.keystrokes))
                    self._lay(stroke.patch.shot, stroke.patch.box, at_ms)
            start_ms += length
        elif action.choice is not None and action.choice.after is not None:
            start_ms = self._choose(action, slot)
        elif action.kind is ActionKind.UPLOAD and action.text:
            start_ms = self._choose_files(action, slot)
        if action.to is not None and self._hand.glides:
            start_ms = max(start_ms, self._hand.glides[-1].end_ms)
        if action.scroll is not None and action.before is not None:
            length = roll_length(action.scroll, pace).squeezed(slot.after_hurry)
            self._roll(action, action.before, start_ms, start_ms + length)
            start_ms += length
        if action.frames:
            for frame in action.frames:
                if frame.patch is not None:
                    self._lay(frame.patch.shot, frame.patch.box, start_ms + frame.at_ms)
            start_ms += action.frames[-1].at_ms
        return start_ms

    def _become(self, action: Action, at_ms: int) -> None:
        """The page is now what the action made of it."""
        screen = self.screen
        moved = bool(action.scroll or action.frames or action.keystrokes)
        if moved or not screen.shows(action.after):
            self._show(action.after, at_ms, cut=moved, rolled=bool(action.scroll))
            if action.kind not in _STAYING:
                self._hand.change_shape(CursorShape.ARROW, at_ms + screen.pace.fade)
        else:
            screen.moment = action.after
        dialog = action.after.dialog
        if dialog is None:
            self._close(at_ms)
        elif screen.prompt is None:
            screen.prompt = open_prompt(action.after, at_ms, screen.wording)
        elif action.kind is ActionKind.ANSWER:
            typed = tuple(
                (at_ms + round(60 * number), action.text[: number + 1])
                for number in range(len(action.text))
            )
            answers = (*screen.prompt.answers, *typed)
            screen.prompt = screen.prompt.model_copy(update={"answers": answers})

    def _close(self, at_ms: int) -> None:
        """No dialog is open any more."""
        prompt, self.screen.prompt = self.screen.prompt, None
        if prompt is not None:
            self._prompts.append(prompt.model_copy(update={"end_ms": at_ms}))

    def _answer(self, action: Action, prompt: Prompt, slot: Slot) -> None:
        answered = answer_prompt(prompt, action, slot.at_ms)
        self.screen.prompt = answered
        self._hand.go(pressed_button(answered, self.screen), slot, CursorShape.ARROW)
        if self.screen.pointer is not None:
            self._hand.press(slot.at_ms, self.screen.pointer)

    def _press_keys(self, action: Action, at_ms: int) -> None:
        pace = self.screen.pace
        start_ms = max(0, at_ms - pace.caps_before)
        if self._caps and self._caps[-1].end_ms > start_ms:
            last = self._caps[-1]
            self._caps[-1] = last.model_copy(update={"end_ms": max(start_ms, last.start_ms + 1)})
        keys = tuple(cap_label(key, self.screen.wording) for key in action.keys)
        self._caps.append(KeyCaps(start_ms=start_ms, end_ms=at_ms + pace.caps, keys=keys))

    def _choose(self, action: Action, slot: Slot) -> int:
        """Open the list, go to the option, press it; returns when the list is closed."""
        length = self.screen.pace.choosing.squeezed(slot.after_hurry)
        opened_ms, end_ms = slot.at_ms + length // 10, slot.at_ms + length
        lit_ms, press_ms = slot.at_ms + round(length * 0.6), slot.at_ms + round(length * 0.85)
        menu = open_menu(action, opened_ms, lit_ms, end_ms)
        if menu is None:
            return slot.at_ms
        self._menus.append(menu)
        goal = lit_option(menu, self.screen)
        if goal is not None and self.screen.pointer is not None:
            self._hand.glide(
                self.screen.pointer, goal, opened_ms + length // 10, lit_ms, CursorShape.ARROW
            )
            self._hand.press(press_ms, goal)
        return end_ms

    def _choose_files(self, action: Action, slot: Slot) -> int:
        """Open the dialog, choose the files, press its button; returns when it is closed."""
        length = self.screen.pace.choosing_files.squeezed(slot.after_hurry)
        opened_ms, end_ms = slot.at_ms + length // 8, slot.at_ms + length
        lit_ms, press_ms = slot.at_ms + round(length * 0.5), slot.at_ms + round(length * 0.85)
        chooser = file_chooser(
            action, opened_ms, lit_ms, press_ms, end_ms, wording=self.screen.wording
        )
        self._prompts.append(chooser)
        if self.screen.pointer is not None:
            goal = pressed_button(chooser, self.screen)
            self._hand.glide(self.screen.pointer, goal, lit_ms, press_ms - 60, CursorShape.ARROW)
            self._hand.press(press_ms, goal)
        return end_ms

    def _roll(self, action: Action, before: Moment, start_ms: int, end_ms: int) -> None:
        scroll = action.scroll
        if scroll is None:
            return
        shots = (
            (scroll.origin, before.shot),
            *scroll.shots,
            (scroll.goal, action.after.shot),
        )
        self._rolls.append(
            Roll(
                start_ms=start_ms,
                end_ms=end_ms,
                box=scroll.box,
                shots=shots,
                fixed=scroll.fixed,
            )
        )

    def _lay(self, shot: str, box: Box, at_ms: int) -> None:
        self._pictures.append(Picture(at_ms=at_ms, shot=shot, box=box))

    def _show(self, moment: Moment, at_ms: int, *, cut: bool = False, rolled: bool = False) -> None:
        """Show a moment from now on; what has ``rolled`` to where it is now never fades in."""
        old = self.screen.moment
        if moment.actor != old.actor:
            at_ms = self._turn(moment, at_ms)
        other_page = (old.actor, old.address) != (moment.actor, moment.address)
        fade = self.screen.pace.page_fade if other_page else self.screen.pace.fade
        if at_ms <= 0:
            self._pictures.clear()
            at_ms, cut = 0, True
        if self._pictures:
            at_ms = max(at_ms, self._pictures[-1].at_ms)
        fade_ms = 0 if rolled or (cut and not (other_page and at_ms)) else fade
        self._pictures.append(Picture(at_ms=at_ms, shot=moment.shot, fade_ms=fade_ms))
        self.screen.moment = moment

    def _opened(self, at_ms: int) -> int:
        """A time, or the step's beginning where nothing could be done before."""
        opening_ms = max(self.covered_ms, self.screen.pace.between.natural)
        return 0 if at_ms <= opening_ms else at_ms

    def _turn(self, moment: Moment, at_ms: int) -> int:
        """Go to the screen of another person; returns when: at once where nothing was done yet."""
        at_ms = self._opened(at_ms)
        self._close(at_ms)
        self._marks[:] = [_ended(mark, at_ms) for mark in self._marks if mark.start_ms < at_ms]
        self._caps[:] = [_ended(caps, at_ms) for caps in self._caps if caps.start_ms < at_ms]
        self.has_turned = self.has_turned or not at_ms
        self.screen.turn_to(moment)
        prompt, pointer = self.screen.prompt, self.screen.pointer
        if prompt is not None:
            answers = tuple((at_ms, text) for _, text in prompt.answers[-1:])
            update = {"start_ms": at_ms, "answers": answers}
            self.screen.prompt = prompt.model_copy(update=update)
        if pointer is not None:
            self._hand.glide(pointer, pointer, at_ms, at_ms, self.screen.shape)
        self._seating.turn(moment, at_ms)
        return at_ms

    def _point(self, action: Action, slot: Slot) -> None:
        """Bring the pointer to the action's place, press there, and drag it on."""
        screen, pace, goal = self.screen, self.screen.pace, place_of(action)
        if goal is None or screen.pointer is None or is_in_field(screen, action):
            return
        cursor = action.target.cursor if action.target else "auto"
        shape = _SHAPES.get(cursor, CursorShape.ARROW)
        self._hand.go(goal, slot, shape, action.target.box if action.target else None)
        if action.kind not in _UNPRESSED:
            kind = _PRESSES.get(action.kind, PressKind.SINGLE)
            self._hand.press(slot.at_ms, goal, kind)
        if action.to is not None:
            start_ms = slot.at_ms + pace.reaction.squeezed(slot.after_hurry)
            end_ms = start_ms + pace.drag.squeezed(slot.after_hurry)
            self._hand.glide(goal, action.to, start_ms, end_ms, shape)
            if action.target and self._is_taken_along(action.target.box, action.to):
                self._drags.append(
                    Drag(start_ms=start_ms, end_ms=end_ms, box=action.target.box, origin=goal)
                )

    def _mark(
        self, action: Action, at_ms: int, shown_ms: int, length_ms: int, result_ms: int
    ) -> None:
        """Point at the target while the picture in which it has that place is seen."""
        pace, target = self.screen.pace, action.target
        style = HighlightStyle(action.style) if action.style else self.screen.settings.highlight
        unmarked = style is HighlightStyle.NONE or action.kind is ActionKind.ZOOM
        if target is None or unmarked or not self._is_worth_marking(target.box):
            return
        stays = action.kind in _STAYING or action.before == action.after
        end_ms = at_ms + (pace.ring_after if stays else pace.reaction.natural)
        if action.keystrokes:
            end_ms = max(end_ms, result_ms)
        if action.kind is ActionKind.HIGHLIGHT:
            end_ms = at_ms + length_ms
        start_ms = max(at_ms - pace.ring_before, shown_ms, 0)
        if action.before is not None and not stays and self._pictures[-1].at_ms > at_ms:
            end_ms = min(end_ms, self._pictures[-1].at_ms + self._pictures[-1].fade_ms)
        if end_ms > start_ms:
            self._numbers += style is HighlightStyle.NUMBER
            number = str(self._numbers) if style is HighlightStyle.NUMBER else ""
            self._marks.append(
                Mark(start_ms=start_ms, end_ms=end_ms, box=target.box, style=style, number=number)
            )

    def _is_taken_along(self, box: Box, goal: Point) -> bool:
        """Whether what is dragged goes with the pointer: a slider's handle moves in its own box."""
        return self._is_worth_marking(box) and not box.holds(goal)

    def _is_worth_marking(self, box: Box) -> bool:
        width, height = self.screen.viewport
        return 0 < box.width * box.height <= width * height * _LARGEST_MARK


def _ended(shown: _Shown, end_ms: int) -> _Shown:
    """What is not seen any more from ``end_ms`` on."""
    return shown.model_copy(update={"end_ms": min(shown.end_ms, end_ms)})
