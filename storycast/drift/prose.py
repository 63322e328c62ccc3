"""Prose: what a storyboard calls things, and which of its sentences are false now."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from storycast.cut.anchor import is_named, plain_name
from storycast.drift.model import Change, FalseSentence, Kind
from storycast.naming import FilmedStep, locate_sentences

if TYPE_CHECKING:
    from recorder.storyboard import Storyboard
    from recorder.take import Step
    from storycast.drift.baseline import Pages

__all__ = ["find_false_sentences", "is_told_of"]


def is_told_of(board: Storyboard, name: str) -> bool:
    """Whether the prose of ``board`` calls anything by this name."""
    wanted = plain_name(name)
    return any(
        plain_name(each.text) == wanted
        for planned in board.steps
        for block in planned.blocks
        for sentence, _ in locate_sentences(block, board.language)
        for each in sentence.names
    )


def find_false_sentences(
    board: Storyboard,
    pages: tuple[Pages, Pages],
    pair: tuple[Step, Step],
    changes: Sequence[Change],
) -> Iterator[FalseSentence]:
    """Yield the sentences of a step that name what is called otherwise now, or is gone.

    ``pages`` and ``pair`` are baseline and take, and the step in both of them.
    """
    (old, new), (one, other) = pages, pair
    planned = next((each for each in board.steps if each.number == other.number), None)
    if planned is None:
        return
    was, is_now = FilmedStep(one, old.snapshot), FilmedStep(other, new.snapshot)
    for block in planned.blocks:
        for sentence, line in locate_sentences(block, board.language):
            for name in sentence.names:
                now = _called_now(name.text, changes)
                has_more = bool(now) and not is_now.is_called(name.text)
                still_shows = not has_more and _still_shows(is_now, name.text, other)
                if not was.shows(name.text) or still_shows:
                    continue
                written = sentence.written
                corrected = written[: name.start] + now + written[name.end :] if now else ""
                yield FalseSentence(
                    step=other.number,
                    cell=block.cell + 1,
                    line=block.line + line + 1,
                    sentence=written,
                    name=name.text,
                    now=now,
                    corrected=corrected,
                )


def _still_shows(filmed: FilmedStep, name: str, step: Step) -> bool:
    """Whether something is called so; a locator alone that has the word does not count."""
    if not filmed.shows(name):
        return False
    acted = [action for action in step.actions if is_named(name, action)]
    words = f" {plain_name(name)} "
    told = any(
        words in f" {plain_name(text)} "
        for action in acted
        if action.target is not None
        for text in (action.target.name, action.target.text)
    )
    pressed = any(action.keys for action in acted)
    return told or pressed or not acted or filmed.is_seen(name)


def _called_now(name: str, changes: Sequence[Change]) -> str:
    """What is now called otherwise than ``name``; empty where nothing of that name was renamed."""
    wanted = plain_name(name)
    renamed = (change for change in changes if change.kind in (Kind.RENAMED, Kind.TEXT))
    return next((each.after for each in renamed if plain_name(each.before) == wanted), "")
