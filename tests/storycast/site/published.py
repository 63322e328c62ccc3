"""Guides as they are published, for a library to be made of; each is small."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from PIL import Image

from storycast.guide.card import CARD, Card, Change, Passage
from storycast.site import Built, Wishes, build_site

__all__ = ["build", "make_card", "publish", "read_all"]

_GUIDE = """<!DOCTYPE html>
<html lang="{card.language}"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; media-src 'self'">
<title>Guide</title></head>
<body><header><!-- library --></header><main><h1>{card.board}</h1>{steps}</main></body></html>
"""


def make_card(board: str, edition: str = "", /, **told: object) -> Card:
    """A card that is complete, but for what ``told`` says otherwise."""
    language = edition or "en"
    known: dict[str, object] = {
        "board": board,
        "edition": edition,
        "title": board.replace("-", " ").capitalize(),
        "language": language,
        "spoken_language": language,
        "goal": "A form is filled in and sent.",
        "tags": ("forms",),
        "steps": 2,
        "film_ms": 12000,
        "filmed_on": date(2026, 3, 2),
        "application": "Tasks 1.2",
        "film": "film.mp4",
        "poster": "poster.png",
        "forms": {"html": "guide.html", "markdown": "guide.md"},
        "passages": (
            Passage(anchor="step-1", title="Open the list", text="Open the task list.", at_ms=0),
            Passage(anchor="step-2", title="", text="Select Add task.", at_ms=5000),
        ),
        "transcript": ((300, "Open the task list in your browser."), (5300, "Then add a task.")),
        "changes": (Change(on=date(2026, 5, 4), sentences=("“Add” is now “Add task”.",)),),
    }
    return Card.model_validate(known | told)


def publish(output: Path, board: str, edition: str = "", **told: object) -> Path:
    """Write what is published of a guide below ``output``; return its folder."""
    card = make_card(board, edition, **told)
    folder = output / board / edition
    (folder / "pictures").mkdir(parents=True, exist_ok=True)
    steps = "".join(f'<h2 id="{each.anchor}">{each.anchor}</h2>' for each in card.passages)
    (folder / "guide.html").write_text(_GUIDE.format(card=card, steps=steps))
    (folder / "guide.md").write_text(f"# {card.board}\n")
    (folder / "pictures" / "0123456789abcdef.png").write_bytes(b"picture")
    (folder / "film.mp4").write_bytes(b"film")
    (folder / f"captions.{card.spoken_language}.vtt").write_text("WEBVTT\n")
    (folder / "provenance.json").write_text("{}")
    Image.new("RGB", (1280, 720), (len(board) * 9 % 256, 90, 160)).save(folder / "poster.png")
    (folder / CARD).write_text(card.model_dump_json())
    return folder


def build(output: Path, **wishes: object) -> Built:
    """Make the site of ``output`` beside it."""
    folder = output.parent
    chosen = {"outputs": (output,), "to": folder / "site", "cache": folder / "cache"} | wishes
    return build_site(Wishes(**chosen))  # type: ignore[arg-type]  # whatever the test asks for


def read_all(folder: Path) -> dict[str, bytes]:
    """The files of a folder and below, by their paths from there."""
    paths = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}
