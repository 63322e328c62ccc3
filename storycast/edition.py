"""An edition: what is to be made of one storyboard, and with which choices."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from contextlib import AbstractContextManager
    from pathlib import Path

    from recorder.storyboard import Storyboard

__all__ = [
    "FILM",
    "POSTER",
    "VERIFICATION",
    "Choices",
    "Edition",
    "Monitor",
    "baseline_folder",
    "outputs",
]

FILM = "film.mp4"
POSTER = "poster.png"
VERIFICATION = "verify.json"


@dataclass(frozen=True)
class Choices:
    """What the user chose on the command line.

    ``output`` is the folder that storyboards' folders are in, ``cache`` what is kept between runs;
    ``voice`` stands in for the storyboard's own where it is given. Without ``verify`` a film is
    published whatever can be measured in it. With ``constant_frame_rate`` it stores every frame,
    with ``burn_captions`` captions are part of its pictures. ``forms`` are what the guide is
    published in besides the storyboard's own.
    """

    output: Path
    cache: Path
    voice: str | None = None
    parameters: Mapping[str, object] = field(default_factory=dict)
    film_again: bool = True
    embed_film: bool = False
    verify: bool = True
    constant_frame_rate: bool = False
    burn_captions: bool = False
    forms: Sequence[str] = ()


@dataclass(frozen=True)
class Edition:
    """What has come of one storyboard: what was made anew, and where all of it is.

    ``made`` names take, track, film and guide; ``seconds`` is how long each took, those included
    that turned out to be current; ``film_s`` is how long the film is (0 without one). ``notes`` are
    what its maker should know and can be lived with.
    """

    board: str
    folder: Path
    made: tuple[str, ...]
    paths: Mapping[str, Path]
    seconds: Mapping[str, float]
    film_s: float
    notes: tuple[str, ...] = ()


class Monitor(Protocol):
    """Is told what is being done."""

    def task(self, board: str, doing: str) -> AbstractContextManager[Callable[[int, int], None]]:
        """Announce something that takes time; gives what to call with how much of it is done."""


_FILES = {
    "film": FILM,
    "poster": POSTER,
    "chapters": "chapters.vtt",
    "chapters_text": "chapters.txt",
    "verification": VERIFICATION,
    "guide": "guide.html",
    "markdown": "guide.md",
    "myst": "guide.myst.md",
    "pdf": "guide.pdf",
    "docx": "guide.docx",
    "checklist": "checklist.html",
    "ouxml": "guide.xml",
    "animations": "animations",
    "card": "guide.json",
    "transcript": "transcript.txt",
    "notebook": "notebook.ipynb",
    "timeline": "timeline.json",
    "take": "take",
    "track": "track",
}


def baseline_folder(board: Storyboard) -> Path:
    """Where the baseline of ``board`` is: beside it, and reviewed like it."""
    return board.path.parent / "baselines" / board.edition


def outputs(folder: Path) -> dict[str, Path]:
    """What is published in ``folder``, by its name in results."""
    found = {name: folder / file for name, file in _FILES.items() if (folder / file).exists()}
    for path in sorted(folder.glob("captions.*")):
        found[f"captions_{path.suffix[1:]}"] = path
    return found
