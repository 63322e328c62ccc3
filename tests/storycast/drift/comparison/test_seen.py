from __future__ import annotations

from collections.abc import Sequence

from recorder.snapshot import Node
from storycast.drift.comparison.element import Element
from storycast.drift.comparison.finder import find_differences
from storycast.drift.comparison.match import match
from storycast.drift.comparison.seen import is_seen, keep_seen
from storycast.drift.comparison.words import tell

from .sketch import node, sketch

_TITLE = node("heading", "Books", (0, 0, 400, 30))
_FOOT = node("button", "Close", (0, 270, 80, 30))


def _told(before: Sequence[Node], after: Sequence[Node]) -> list[str]:
    was, is_now = sketch(_TITLE, *before, _FOOT), sketch(_TITLE, *after, _FOOT)
    pairs = match(was, is_now)
    return [
        tell(each) for each in keep_seen(find_differences(was, is_now, pairs), was, is_now, pairs)
    ]


def _row(top: float, *words: str) -> list[Node]:
    cells = [node("cell", word, (80 * number, top, 80, 20), 3) for number, word in enumerate(words)]
    texts = [
        node("StaticText", word, (80 * number, top, 60, 16), 4) for number, word in enumerate(words)
    ]
    inner = [each for pair in zip(cells, texts, strict=True) for each in pair]
    return [node("row", " ".join(words), (0, top, 400, 20), 2), *inner]


def test_same_words_in_other_markup_are_nothing_new() -> None:
    text = node("StaticText", "Welcome back", (0, 40, 120, 20))
    pieces = [
        node("strong", "Welcome", (0, 40, 70, 20)),
        node("emphasis", "back", (75, 40, 45, 20)),
    ]
    assert _told([text], pieces) == []


def test_what_takes_the_place_of_another_is_called_otherwise() -> None:
    before = node("link", "Delete", (100, 40, 60, 20))
    after = node("link", "Move to trash", (100, 40, 70, 20))
    assert _told([before], [after]) == ["The link “Delete” is now called “Move to trash”."]


def test_landmark_without_words_is_not_told() -> None:
    around = node("group", "", (0, 40, 200, 40))
    inner = node("button", "Save", (0, 40, 80, 20), 2)
    assert _told([node("button", "Save", (0, 40, 80, 20))], [around, inner]) == []


def test_new_row_is_told_although_its_words_stood_there() -> None:
    table = node("table", "", (0, 40, 400, 100))
    rows = [_row(40, "Emma", "Austen", "0"), _row(60, "Persuasion", "Austen", "1")]
    pushed = [_row(60, "Emma", "Austen", "0"), _row(80, "Persuasion", "Austen", "1")]
    before = [table, *rows[0], *rows[1]]
    after = [table, *_row(40, "Ivanhoe", "Scott", "0"), *pushed[0], *pushed[1]]
    (told,) = _told(before, after)
    assert told.startswith("The row “Ivanhoe Scott 0” is new")


def test_what_is_for_screen_readers_alone_is_not_seen() -> None:
    assert _told([], [node("button", "Skip to content", (0, 40, 1, 1))]) == []


def test_what_is_held_by_something_unseen_is_not_seen() -> None:
    hidden = node("group", "Hidden", (0, 40, 1, 1))
    inner = node("button", "Save", (0, 40, 80, 20), 2)
    assert not is_seen(_named(sketch(hidden, inner), "Save"))


def test_icon_on_a_button_is_not_told_besides() -> None:
    button = node("button", "Save", (0, 40, 80, 20))
    icon = node("image", "Disk", (4, 44, 12, 12), 2)
    assert _told([button, icon], [button]) == []


def test_another_order_in_the_markup_alone_is_not_told() -> None:
    items = [
        node("listitem", word, (100 * place, 40, 90, 20), 2) for place, word in enumerate("ABC")
    ]
    items_around = node("list", "", (0, 40, 300, 20))
    turned = [items[2], items[0], items[1]]
    assert _told([items_around, *items], [items_around, *turned]) == []


def _named(elements: Sequence[Element], name: str) -> Element:
    return next(each for each in elements if each.name == name)


def test_long_names_are_told_where_they_differ() -> None:
    name = "Name: Untitled.ipynb Size: 72 B Created: today Modified: today Writable: true {}"
    before, after = (
        node("option", name.format(end), (0, 40, 90, 20)) for end in ("Kernel", "Shell")
    )
    (told,) = _told([before], [after])
    assert told.endswith("is now called “…Writable: true Shell”.")
