"""The storyboards of hard pages are filmed from end to end, and say what was done to what."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from recorder import read_storyboard, record
from recorder.take import ActionKind

if TYPE_CHECKING:
    from recorder import Take
    from recorder.take import Action

_HERE = Path(__file__).parent


def _film(name: str, folder: Path) -> Take:
    take = record(read_storyboard(_HERE / f"{name}.ipynb"), folder=folder)
    assert all(moment.settled for moment in take.moments)
    return take


def _done(take: Take) -> list[tuple[str, str]]:
    """What was done, and the name of what it was done to."""
    return [(action.kind, _name(action)) for step in take.steps for action in step.actions]


def _name(action: Action) -> str:
    return action.target.name or action.target.text if action.target else ""


def _typed(take: Take) -> list[tuple[str, int]]:
    """What was typed, and how many states of the field were seen meanwhile."""
    return [
        (action.text, len(action.keystrokes))
        for step in take.steps
        for action in step.actions
        if action.kind is ActionKind.TYPE
    ]


def test_frames_and_shadow_trees(tmp_path: Path) -> None:
    """Nested, scrolled, scaled, of another site; open, nested and closed."""
    take = _film("frames", tmp_path)
    assert _done(take) == [
        ("open", ""),
        ("click", "Add a pen"),
        ("scroll", ""),
        ("type", "Voucher"),
        ("type", "Card holder"),
        ("click", "Pay now"),
        ("click", "Confirm at the bank"),
        ("click", "Settings"),
        ("click", "Notifications"),
        ("click", "Name"),
        ("type", "Name"),
        ("click", "Save"),
    ]
    assert _typed(take) == [("PEN", 3), ("Ada", 3), ("Ada", 3)]


def test_editors_and_files(tmp_path: Path) -> None:
    """CodeMirror 6, ProseMirror, contenteditable; a hidden field for files, and files saved."""
    take = _film("editors", tmp_path)
    assert _typed(take) == [
        ("print(1)", 8),
        ("print(2)", 8),
        ("Dear ", 5),
        ("Ada", 3),
        ("Buy milk", 8),
    ]
    assert ("upload", "Choose a picture") in _done(take)
    assert [(saved.name, saved.size) for saved in take.downloads] == [
        ("report.csv", 22),
        ("summary.txt", 11),
    ]


def test_drag_lists_and_keys(tmp_path: Path) -> None:
    """Native and pointer drag, canvas, menus, lists that grow; a page that reloads itself."""
    take = _film("lists", tmp_path)
    done = _done(take)
    assert [name for kind, name in done if kind == "drag"] == ["Write", "Volume", "Sheet"]
    assert [name for kind, name in done if kind == "key"] == [
        "",
        "First",
        "I agree",
        "I agree",
        "Send",
    ]
    assert {("click", "Open it"), ("context_click", "Message 4"), ("click", "Copy line")} <= {*done}
    scrolls = [action.scroll for step in take.steps for action in step.actions if action.scroll]
    assert [scroll.goal.y - scroll.origin.y for scroll in scrolls][:1] == [900]
    assert take.steps[-1].end is not None
    assert take.steps[-1].end.address == "/keys.html?sent=Ada"
