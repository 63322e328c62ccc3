"""Words: a difference told in the sentence that a person would write."""

from __future__ import annotations

from storycast.drift.comparison.difference import Difference
from storycast.drift.comparison.element import Element
from storycast.drift.model import Kind
from storycast.guide.words import role_names
from storycast.wording import ENGLISH

__all__ = ["name_element", "tell", "tell_role"]

_LONGEST = 60
_FEW = 2
_PARTS = frozenset(
    {"navigation", "complementary", "region", "search", "form", "banner", "contentinfo"}
)
"""Parts of a page, which stand at one of its sides."""

_LONGEST_PART = 40
_MEMBERS = 4  # so many of what an element holds are named, the others counted
_CONTEXT = 12  # letters before the first that differs
_ROLES = {
    **role_names(ENGLISH),
    "banner": "header",
    "cell": "cell",
    "columnheader": "column",
    "complementary": "side panel",
    "contentinfo": "footer",
    "gridcell": "cell",
    "LabelText": "label",
    "list": "list",
    "main": "main part",
    "navigation": "navigation",
    "page": "page",
    "paragraph": "paragraph",
    "region": "area",
    "rowgroup": "group of rows",
    "rowheader": "row's head",
    "strong": "text",
    "text": "text",
    "alert": "message",
    "Details": "section",
    "DisclosureTriangle": "section",
    "DisclosureTriangleGrouped": "section",
    "status": "message",
}
_STATES = {
    ("disabled", "true"): "is disabled now",
    ("disabled", "false"): "is enabled now",
    ("checked", "true"): "is ticked now",
    ("checked", "false"): "is not ticked any more",
    ("checked", "mixed"): "is half ticked now",
    ("expanded", "true"): "is open now",
    ("expanded", "false"): "is closed now",
    ("selected", "true"): "is selected now",
    ("selected", "false"): "is not selected any more",
    ("pressed", "true"): "is pressed now",
    ("pressed", "false"): "is not pressed any more",
    ("required", "true"): "has to be filled in now",
    ("required", "false"): "may be left empty now",
    ("readonly", "true"): "cannot be changed any more",
    ("readonly", "false"): "can be changed now",
    ("invalid", "true"): "is marked as wrong now",
    ("invalid", "false"): "is not marked as wrong any more",
}
_STYLES = {
    "color": "is written in another colour",
    "background-color": "has another background",
    "visibility": "is seen otherwise",
}


def tell_role(role: str) -> str:
    """Return what people call an element of this role."""
    return _ROLES.get(role, role)


def name_element(element: Element) -> str:
    """Return what to call an element: its role and name."""
    role = tell_role(element.role)
    content = element.content
    if element.role == "page":
        return f"the {role}"
    if not content:
        before = _before(element)
        return f"the {role} after “{_short(before)}”" if before else f"the {role}"
    if not any(map(str.isalpha, content)) and (holder := _holder(element)):
        return f"the {role} “{content}” in {holder}"
    return f"the {role} “{_short(content)}”"


def _holder(element: Element) -> str:
    """The part of the page that a sign or a number stands in; empty where none has a name."""
    for above in element.ancestors:
        if above.role == "page":
            break
        if above.name:
            return name_element(above)
        if above.role in _PARTS:
            return f"the {tell_role(above.role)}"
    return ""


def _before(element: Element) -> str:
    """The words that stand before something without a name."""
    siblings = element.parent.children if element.parent else [element]
    names = [each.name for each in siblings if each.place < element.place]
    return next((name for name in reversed(names) if any(map(str.isalnum, name))), "")


def tell(difference: Difference) -> str:
    """Return what has become of an element: a sentence without its place."""
    element = difference.old or difference.new
    assert element is not None  # noqa: S101 - one of both is there
    if difference.kind is Kind.RESIZED and element.content in difference.element.content:
        element = difference.element  # what says more, such as “Add another tag” where it was “Add”
    thing = name_element(element)
    told = _tell(difference, thing)
    return told[0].upper() + told[1:] + "."


def _tell(difference: Difference, thing: str) -> str:
    before, after, count = difference.before, difference.after, len(difference.along)
    match difference.kind:
        case Kind.RENAMED:
            named = _short(after) if _short(after) != _short(before) else _around(after, before)
            return f"{thing} is now called “{named}”{_tell_others(difference)}"
        case Kind.TEXT:
            return _tell_text(difference, thing)
        case Kind.ADDED:
            return f"{thing} is new{_holding(difference)}"
        case Kind.REMOVED:
            return f"{thing} is gone{_holding(difference)}"
        case Kind.STATE:
            if difference.what == "role":
                return f"{thing} is a {_ROLES.get(after, after)} now"
            told = _STATES.get((difference.what, after.lower()))
            return f"{thing} {told or f'is {difference.what}: {after}, which was {before}'}"
        case Kind.RESTYLED:
            return f"{thing} {_tell_style(difference)}{_tell_alike(difference)}"
        case Kind.MOVED:
            others = f", and {count} more with it" if count else ""
            return f"{thing} has moved {_tell_way(difference)}{others}"
        case Kind.RESIZED:
            return f"{thing} is {_tell_size(difference)}"
        case Kind.REORDERED:
            return f"{thing} {_tell_order(difference)}"
        case _:
            others = f", and {count} more do" if count else ""
            return f"{thing} looks different{others}"


def _tell_text(difference: Difference, thing: str) -> str:
    before = _around(difference.before, difference.after)
    after = _around(difference.after, difference.before)
    if difference.element.role == "page":
        return f"the page's title is now “{after}”, which was “{before}”"
    if difference.what == "value":
        now = f"holds “{after}” now" if after else "is empty now"
        return f"{thing} {now}" + (f", which held “{before}”" if before else "")
    if not after:
        return f"{thing} says nothing any more"
    return f"{thing} now reads “{after}”" + (
        f", where it read “{before}”" if before[:1] == "…" else ""
    )


def _tell_style(difference: Difference) -> str:
    changed = ((difference.what, difference.before, difference.after), *difference.more)
    return " and ".join(_tell_property(*each) for each in changed)


def _tell_property(name: str, before: str, after: str) -> str:
    if name == "font-size":
        return "is written " + ("larger" if _grows(before, after) else "smaller")
    if name == "font-weight":
        return "is written " + ("bolder" if _grows(before, after) else "lighter")
    if name == "opacity":
        return "is " + ("less pale" if _grows(before, after) else "paler")
    return _STYLES.get(name, f"has another {name}")


def _grows(before: str, after: str) -> bool:
    def number(text: str) -> float:
        try:
            return float(text.removesuffix("px"))
        except ValueError:
            return 0.0

    return number(after) > number(before)


def _tell_size(difference: Difference) -> str:
    old, new = difference.old, difference.new
    assert old is not None  # noqa: S101 - both are there
    assert new is not None  # noqa: S101
    was, is_now = old.box, new.box
    larger = is_now.width * is_now.height > was.width * was.height
    return (
        f"{'larger' if larger else 'smaller'}: {is_now.width:.0f} by {is_now.height:.0f} pixels, "
        f"which were {was.width:.0f} by {was.height:.0f}"
    )


def _tell_others(difference: Difference) -> str:
    """What else was renamed: to the same name, or in the same way."""
    count = len(difference.along)
    if not count:
        return ""
    if all(each.name == difference.after for each in difference.along):
        return f", as {count} more are"
    names = dict.fromkeys(each.name for each in difference.along if each.name)
    told = [f"“{_short(name, _LONGEST_PART)}”" for name in names if name != difference.after]
    more = [f"{count - len(told[:_MEMBERS])} more"] if count > len(told[:_MEMBERS]) else []
    *first, last = [*told[:_MEMBERS], *more]
    others = f"{', '.join(first)} and {last}" if first else last
    return f", and {others} {'are' if count > 1 else 'is'} called otherwise in the same way"


def _tell_alike(difference: Difference) -> str:
    """What else is drawn so: how many of its role, and the first of each other role."""
    roles: dict[str, list[Element]] = {difference.element.role: []}
    for each in difference.along:
        if _stands_alone(each, difference):
            roles.setdefault(each.role, []).append(each)
    own, *others = roles.values()
    told = f", and {len(own)} more do" if own else ""
    for first, *more in others[:_MEMBERS]:
        told += f", as does {name_element(first)}" + (f" with {len(more)} more" if more else "")
    left = sum(map(len, others[_MEMBERS:]))
    return told + (f", and {left} more" if left else "")


def _stands_alone(element: Element, difference: Difference) -> bool:
    """Whether it is no part of what is told of already."""
    told = {difference.old, difference.new, *difference.along}
    return told.isdisjoint(element.ancestors)


def _tell_order(difference: Difference) -> str:
    """After what it comes now; of many, only that they stand otherwise."""
    new = difference.element
    count = sum(each.parent is new.parent for each in difference.along)
    if count > _FEW:
        return f"and {count} more stand in another order"
    siblings = [each for each in new.parent.children if each.content] if new.parent else []
    place = siblings.index(new) if new in siblings else 0
    if difference.what == "before" and place + 1 < len(siblings):
        return f"comes before {name_element(siblings[place + 1])} now"
    return f"comes after {name_element(siblings[place - 1])} now" if place else "comes first now"


def _tell_way(difference: Difference) -> str:
    """From which side of the page to which other it has moved, or else how far."""
    old, new = difference.old, difference.new
    assert old is not None  # noqa: S101 - both are there
    assert new is not None  # noqa: S101
    sides = _side(old), _side(new)
    if all(sides) and sides[0] != sides[1]:
        return f"from the {sides[0]} to the {sides[1]}"
    return _way(float(difference.before), float(difference.after))


def _side(element: Element) -> str:
    """At which side of its page a part of it stands; empty where that cannot be said."""
    page = next((each for each in element.ancestors if each.role == "page"), None)
    if page is None or element.role not in _PARTS:
        return ""
    box, width = element.box, page.box.width
    if box.width > width / 2:
        return "top" if box.y + box.height < page.box.height / 3 else ""
    middle = box.x + box.width / 2
    return "left" if middle < width / 3 else "right" if middle > 2 * width / 3 else ""


def _way(right: float, down: float) -> str:
    parts = []
    if round(abs(down)):
        parts.append(f"{'down' if down > 0 else 'up'} by {abs(down):.0f}")
    if round(abs(right)):
        parts.append(f"to the {'right' if right > 0 else 'left'} by {abs(right):.0f}")
    return f"{' and '.join(parts) or 'a little'} pixels"


def _holding(difference: Difference) -> str:
    """What it holds, or what goes with it: the first by their names, the others counted."""
    count, own = len(difference.along), difference.element.content
    names = dict.fromkeys(each.name for each in difference.along if each.name)
    told = [f"“{_short(name, _LONGEST_PART)}”" for name in names if name != own][:_MEMBERS]
    if not told:
        return f", with {count} more" if count else ""
    left = count - len(told)
    if left > 0:
        return f", with {', '.join(told)} and {left} more"
    return f", with {', '.join(told[:-1])} and {told[-1]}" if told[1:] else f", with {told[0]}"


def _short(text: str, longest: int = _LONGEST) -> str:
    return text if len(text) <= longest else f"{text[:longest].rstrip()}…"


def _around(text: str, other: str) -> str:
    """The part of a long text in which it differs from another."""
    if len(text) <= _LONGEST:
        return text
    pairs = enumerate(zip(text, other, strict=False))
    alike = next((place for place, (one, two) in pairs if one != two), min(len(text), len(other)))
    start = 0 if alike < _LONGEST // 2 else text.rfind(" ", 0, alike - _CONTEXT) + 1
    return ("…" if start else "") + _short(text[start:])
