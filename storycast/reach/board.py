"""A storyboard's reach: that of its cells, of its stage, and the hosts that it lists."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from typing import TYPE_CHECKING

from storycast.reach.cell import CellReader
from storycast.reach.use import Kind, Use

if TYPE_CHECKING:
    from recorder.front_matter import FrontMatter
    from recorder.stage import StageSettings
    from recorder.storyboard import Storyboard

__all__ = ["read_reach"]


def read_reach(board: Storyboard) -> tuple[Use, ...]:
    """What running ``board`` reaches for, as far as its text tells; nothing is run.

    What code makes up while it runs, and what is in the modules that it imports, is not told.
    """
    reader = CellReader()
    for cell in board.cells:
        reader.read(cell.source, cell.index + 1)
    stage = board.front.stage
    code = (_mark_own(use, board) for use in reader.uses)
    return (*(_stage(stage) if stage else ()), *_front(board.front), *code)


def _mark_own(use: Use, board: Storyboard) -> Use:
    """A module that lies beside the storyboard is code to be read, too."""
    folder = board.path.parent
    found = next(
        (path for path in (folder / f"{use.what}.py", folder / use.what) if path.exists()), None
    )
    if use.kind is not Kind.MODULE or found is None:
        return use
    return Use(Kind.CODE, f"{found.name}, beside the storyboard", use.cell, use.line)


def _front(front: FrontMatter) -> Iterator[Use]:
    for host in front.hosts:
        yield Use(Kind.HOST, host)
    for voice in (front.voice, *front.voices.values()):
        if not isinstance(voice, str) and voice.command:
            yield Use(Kind.PROCESS, shlex.join(voice.command))


def _stage(stage: StageSettings) -> Iterator[Use]:
    if stage.prepare is not None:
        yield Use(Kind.STAGE, f"once: {shlex.join(stage.prepare.command)}")
    for service in stage.parts.values():
        for command in (service.command, service.stop):
            if command:
                yield Use(Kind.STAGE, shlex.join(command))
        if service.url:
            yield Use(Kind.STAGE, service.url)
    if stage.version is not None and stage.version.command:
        yield Use(Kind.STAGE, shlex.join(stage.version.command))
    for name in stage.secrets:
        yield Use(Kind.SECRET, name)
