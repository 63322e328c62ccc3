"""Readings: what a person is to read aloud for a storyboard, and what of it is there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from narration.prose import read_prose
from narration.track import Passage
from recorder.replacement import write_whole
from storycast.script import passage_key, spoken_passages

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from recorder.storyboard import Storyboard
    from recorder.take import Take

__all__ = ["compare", "readings_folder", "write_script"]

_SCRIPT = "script.md"


def readings_folder(board: Storyboard) -> Path:
    """Where the files of what was read are: as the storyboard says, or else beside it."""
    voice = board.front.voice
    name = "" if isinstance(voice, str) else voice.recorded
    return board.path.parent.resolve() / (name or f"{board.path.stem}-voice")


def compare(board: Storyboard, take: Take | None, terms: Mapping[str, str]) -> tuple[str, ...]:
    """Name the sentences that nobody has read yet, and the files that no sentence asks for."""
    from narration.voice_recorded import compare_readings  # noqa: PLC0415 - it needs numpy

    sentences = _sentences(board, take, terms)
    readings, outdated = compare_readings(readings_folder(board), sentences)
    missing = (
        f"not read yet: “{each.text}” ({each.name})" for each in readings if not each.is_there
    )
    return (*missing, *(f"of no sentence any more: {path.name}" for path in outdated))


def write_script(board: Storyboard, take: Take | None, terms: Mapping[str, str]) -> Path:
    """Write what is to be read aloud into the folder of readings; return the script's path.

    Without a ``take`` it lacks what highlights say.
    """
    from narration.voice_recorded import as_script, compare_readings  # noqa: PLC0415 - as above

    folder = readings_folder(board)
    readings, _ = compare_readings(folder, _sentences(board, take, terms))
    write_whole(folder / _SCRIPT, as_script(board.title, readings).encode())
    return folder / _SCRIPT


def _sentences(
    board: Storyboard, take: Take | None, terms: Mapping[str, str]
) -> Iterable[tuple[str, str]]:
    passages = tuple(
        Passage(key=passage_key(step.number), markdown=step.prose) for step in board.steps
    )
    if take is not None:
        passages = spoken_passages(take)
    for passage in passages:
        for each in read_prose(passage.markdown, language=board.language, terms=terms):
            yield each.written, each.spoken
