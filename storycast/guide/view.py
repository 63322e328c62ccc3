"""The view: which moments of a step are worth a picture, and what is marked in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from recorder.front_matter import HighlightStyle
from recorder.take import Action, ActionKind, Beside, Box, Moment, Step, Target
from storycast.geometry import area, holds_box, likeness, within

__all__ = ["Compare", "Spot", "View", "choose_views", "visible_share"]

_ALIKE = 0.005
"""Pictures that differ in less than this share show the reader the same."""

_ANOTHER = 0.1
"""Pictures that differ in more than this share show the reader another page."""

_UNMOVED = 0.5
"""A place that changed less than this still holds what it held, pressed or not."""

_COVERED = 0.5
"""Pictures that differ in more than this share: a dialog dims the page, or it was left."""

_STRIP = 16
"""CSS pixels below a field: less than the next line of a text."""

_RIM = 4
"""CSS pixels: as wide as borders and outlines are."""

_SAME = 0.8
"""Targets that share more than this much of what they cover are one place to a reader."""

_WHOLE_PAGE = 0.8
"""A target that covers more than this share of the viewport is no place to point at."""

_FILLED = {ActionKind.TYPE, ActionKind.CLEAR, ActionKind.CHOOSE, ActionKind.UPLOAD}
_UNPOINTED = {
    ActionKind.SCROLL, ActionKind.KEY, ActionKind.SCRIPT, ActionKind.HOLD, ActionKind.WINDOW,
}  # fmt: skip
_CHANGING_ROLES = {
    "checkbox", "combobox", "listbox", "radio", "searchbox", "slider", "spinbutton", "switch",
    "textbox",
}  # fmt: skip
_PRESSED_ROLES = {"button", "checkbox", "link", "menuitem", "option", "radio", "switch", "tab"}

_MANNERS = {HighlightStyle.NUMBER: HighlightStyle.RING, HighlightStyle.NONE: HighlightStyle.RING}
"""Styles that go together in one picture; a light would dim the others, an arrow hide some."""


class Compare(Protocol):
    """How two moments are compared."""

    def __call__(self, one: Moment, other: Moment, box: Box | None = None) -> float:
        """How much changed from one to the other, 0 to 1: the form in ``box``, or the page."""


class Spot(NamedTuple):
    """A target, and how it is pointed out."""

    target: Target
    style: HighlightStyle = HighlightStyle.RING


@dataclass(frozen=True)
class View:
    """A picture to be: the page at ``moment``, with ``spots`` pointed out in this order.

    ``result`` views show what came of a step rather than where to act; what came of it ``beside``
    is seen at their side.
    """

    moment: Moment
    spots: tuple[Spot, ...] = ()
    result: bool = False
    beside: Beside | None = None

    @property
    def targets(self) -> tuple[Target, ...]:
        """What is pointed out."""
        return tuple(spot.target for spot in self.spots)


def choose_views(
    steps: Sequence[Step],
    viewport: tuple[int, int],
    compare: Compare,
    highlight: HighlightStyle = HighlightStyle.RING,
) -> tuple[tuple[View, ...], ...]:
    """The views of each step; ``highlight`` is how targets are pointed out that say nothing else.

    A step shows where to act; several targets share a view while all of them can be seen in it.
    What came of it is shown besides where the page became another, or the scene ends, and never
    where it looks like the view before or like the one that follows.
    """
    acted = [_acted_views(step, viewport, compare, highlight) for step in steps]
    chosen: list[tuple[View, ...]] = []
    latest: View | None = None
    for index, (step, views) in enumerate(zip(steps, acted, strict=True)):
        latest = views[-1] if views else latest
        least = _ANOTHER if views and _acts_on(steps, index) else _ALIKE
        follows = acted[index + 1][:1] if views and _continues(steps, index) else ()
        beside = _changed_beside(step)
        if step.end and beside is not None:
            latest = View(step.end, result=True, beside=beside)
            chosen.append((*views, latest))
        elif step.end and _tells_more(step.end, latest, follows, least, compare):
            latest = View(step.end, result=bool(views))
            chosen.append((*views, latest))
        else:
            chosen.append(views)
    return tuple(chosen)


def _changed_beside(step: Step) -> Beside | None:
    """What a step led to on the screen beside; None where that is as it was."""
    seen = [action.beside for action in step.actions if action.beside is not None]
    last = step.actions[-1].beside if step.actions else None
    if last is None or step.end is None or step.end.actor != step.actions[-1].actor:
        return None
    changed = any(each.before.shot != each.after.shot for each in seen)
    return last if changed else None


def visible_share(box: Box, viewport: tuple[int, int]) -> float:
    """How much of the viewport ``box`` covers, 0 to 1; 0 where nothing of it is seen."""
    seen = within(box, viewport)
    return area(seen) / (viewport[0] * viewport[1]) if seen else 0.0


def _continues(steps: Sequence[Step], index: int) -> bool:
    """Whether the next step belongs to the same scene."""
    return index + 1 < len(steps) and steps[index + 1].scene == steps[index].scene


def _acts_on(steps: Sequence[Step], index: int) -> bool:
    """Whether something is still done in the same scene after this step."""
    scene = steps[index].scene
    for step in steps[index + 1 :]:
        if step.scene != scene:
            return False
        if step.actions:
            return True
    return False


def _tells_more(
    end: Moment, latest: View | None, follows: Sequence[View], least: float, compare: Compare
) -> bool:
    if latest is not None and _alike(latest, end, least, compare):
        return False
    return not any(_alike(view, end, _ANOTHER, compare) for view in follows)


def _alike(view: View, moment: Moment, least: float, compare: Compare) -> bool:
    """Whether a view shows the same person's page much as it is at a moment."""
    return view.moment.actor == moment.actor and compare(view.moment, moment) < least


def _acted_views(
    step: Step, viewport: tuple[int, int], compare: Compare, highlight: HighlightStyle
) -> tuple[View, ...]:
    views: list[View] = []
    for action in step.actions:
        if action.target is None or not _is_pointed_at(action, action.target, viewport):
            continue
        style = HighlightStyle(action.style) if action.style else highlight
        spot = Spot(action.target, style)
        view = View(_telling_moment(action, compare), (spot,))
        is_here = bool(views) and views[-1].moment.actor == view.moment.actor
        if is_here and action.kind in _FILLED and _leads_into(views[-1].targets, action.target):
            views.pop()  # the field that was clicked into
        elif is_here and _still_shows(views[-1], view.moment, compare):
            spots = _joined(views[-1].spots, spot, wins=bool(action.style))
            if len({_MANNERS.get(each.style, each.style) for each in spots}) == 1:
                views.pop()
                view = View(view.moment, spots)
        views.append(view)
    return tuple(views)


def _is_pointed_at(action: Action, target: Target, viewport: tuple[int, int]) -> bool:
    if action.implied or action.kind in _UNPOINTED:
        return False
    return 0 < visible_share(target.box, viewport) <= _WHOLE_PAGE


def _telling_moment(action: Action, compare: Compare) -> Moment:
    """Before the action; but a field is shown filled, if it is where and as large as it was."""
    before, after, target = action.before, action.after, action.target
    if before is None or target is None:
        return after
    stays = (
        action.kind in _FILLED
        and before.scroll == after.scroll
        and compare(before, after) < _ANOTHER
        and compare(before, after, _strip_below(target.box)) < _UNMOVED
    )
    return after if stays else before


def _strip_below(box: Box) -> Box:
    """Where a field that grew with its text would now reach."""
    return Box(x=box.x, y=box.y + box.height, width=box.width, height=_STRIP)


def _still_shows(view: View, later: Moment, compare: Compare) -> bool:
    """Whether everything marked in ``view`` can be marked in the picture of ``later`` as well."""
    change = compare(view.moment, later)
    if view.moment.scroll != later.scroll or change > _COVERED:
        return False
    return all(
        (change < _ANOTHER and target.role in _CHANGING_ROLES)
        or compare(view.moment, later, _inside(target.box)) < _UNMOVED
        for target in view.targets
    )


def _inside(box: Box) -> Box:
    """The box without its rim, where pages show what is focused, pressed or open."""
    rim = min(_RIM, box.width / 4, box.height / 4)
    return Box(x=box.x + rim, y=box.y + rim, width=box.width - 2 * rim, height=box.height - 2 * rim)


def _joined(spots: tuple[Spot, ...], spot: Spot, *, wins: bool) -> tuple[Spot, ...]:
    """``spots`` and ``spot``; where its place is among them, only its style may win."""
    same = [_is_same_place(known.target.box, spot.target.box) for known in spots]
    if not any(same):
        return (*spots, spot)
    style = (spot if wins else spots[same.index(True)]).style
    return tuple(
        known._replace(style=style) if is_same else known
        for known, is_same in zip(spots, same, strict=True)
    )


def _leads_into(targets: tuple[Target, ...], field: Target) -> bool:
    """Whether ``targets`` are ``field`` alone, or a line of the text in it."""
    if len(targets) != 1:
        return False
    is_text = targets[0].role not in _PRESSED_ROLES
    return _is_same_place(targets[0].box, field.box) or (
        is_text and holds_box(field.box, targets[0].box)
    )


def _is_same_place(one: Box, other: Box) -> bool:
    """Whether what two boxes share is most of what they cover: an element and its wrapper."""
    return likeness(one, other) >= _SAME
