"""The alt text: what a picture shows and where, for those who do not see it."""

from __future__ import annotations

from recorder.front_matter import HighlightStyle
from recorder.take import Box, Moment, Target
from storycast.guide.view import View
from storycast.guide.words import place_names, role_names
from storycast.passing import PASSED, hide_passing
from storycast.wording import Wording

__all__ = ["describe_view", "name_target"]

_LONGEST_NAME = 60
_LABELLED = {"button", "link", "menuitem", "menuitemcheckbox", "menuitemradio", "option", "tab"}


def describe_view(
    view: View, viewport: tuple[int, int], wording: Wording, *, first: int = 1
) -> str:
    """One sentence: the page, what is marked on it, and where in the picture that lies.

    ``first`` is the number of the first mark where there are several.
    """
    page = _page(view.moment, wording)
    if not view.targets:
        return (
            wording.gettext("{page} after this step.").format(page=page)
            if view.result
            else f"{page}."
        )
    marked = [spot.target for spot in view.spots if spot.style is not HighlightStyle.NONE]
    targets = marked or view.targets
    if len(targets) == 1:
        sentence = (
            wording.gettext("{page}; {thing} is marked, {place}.")
            if marked
            else wording.gettext("{page}; it shows {thing}, {place}.")
        )
        return sentence.format(
            page=page,
            thing=_thing(targets[0], wording),
            place=_place(targets[0].box, viewport, wording),
        )
    things = (
        wording.gettext("{number} {thing}, {place}").format(
            number=number,
            thing=_thing(target, wording),
            place=_place(target.box, viewport, wording),
        )
        for number, target in enumerate(targets, start=first)
    )
    sentence = (
        wording.gettext("{page}; marked are {things}.")
        if marked
        else wording.gettext("{page}; it shows {things}.")
    )
    return sentence.format(page=page, things="; ".join(things))


def name_target(target: Target, wording: Wording) -> str:
    """What a reader who sees the target calls it: the text on it, its name, or else its kind."""
    seen = target.text if target.role in _LABELLED and len(target.text) <= _LONGEST_NAME else ""
    name = _shorten(seen) or _shorten(target.name or target.text)
    return name or _role(target, wording).capitalize()


def _shorten(name: str) -> str:
    lasting = hide_passing(name)  # else the guide would be another one after each take
    has_more = any(letter.isalnum() for letter in lasting)
    text = lasting.replace(PASSED, "…") if has_more else " ".join(name.split())
    return text if len(text) <= _LONGEST_NAME else text[: _LONGEST_NAME - 1].rstrip() + "…"


def _role(target: Target, wording: Wording) -> str:
    return role_names(wording).get(target.role, wording.gettext("area"))


def _thing(target: Target, wording: Wording) -> str:
    role, name = _role(target, wording), _shorten(target.name or target.text)
    if not name:
        return wording.gettext("the {role}").format(role=role)
    return wording.gettext("the {role} “{name}”").format(role=role, name=name)


def _page(moment: Moment, wording: Wording) -> str:
    title = " ".join(moment.title.split())
    return (
        wording.gettext("The page “{title}”").format(title=title)
        if title
        else wording.gettext("The page")
    )


def _place(box: Box, viewport: tuple[int, int], wording: Wording) -> str:
    """Which ninth of the picture the middle of ``box`` lies in."""
    row = _third(box.centre.y, viewport[1])
    return place_names(wording)[row][_third(box.centre.x, viewport[0])]


def _third(place: float, length: int) -> int:
    return min(2, max(0, int(place * 3 / length)))
