"""The script: which prose belongs to which step of a take, and what of it is spoken."""

from __future__ import annotations

from typing import TYPE_CHECKING

from narration.track import Passage
from recorder.take import read_take
from storycast.people import name_actors

if TYPE_CHECKING:
    from pathlib import Path

    from recorder.storyboard import Storyboard
    from recorder.take import Action, Moment, Take

__all__ = ["find_take", "passage_key", "retell", "spoken_passages", "step_of"]


def retell(take: Take, board: Storyboard) -> Take | None:
    """``take`` with the words that ``board`` has now: title, scenes, steps, prose, people's names.

    None where the storyboard's code is no longer what was filmed. Prose may come, go and divide
    steps: what was filmed belongs to its code cell, wherever that stands now.
    """
    filmed_cells = [cell for step in take.steps for cell in step.cells]
    cells = [cell for step in board.steps for cell in step.cells]
    if board.code != take.code or len(cells) != len(filmed_cells):
        return None
    moved = dict(zip(filmed_cells, cells, strict=True))
    actions: dict[int, list[Action]] = {}
    ends: dict[int, Moment | None] = {}
    for step in take.steps:
        for action in step.actions:
            cell = moved[action.cell]
            told = {"cell": cell, "say": board.sayings.get(action.say, action.say)}
            actions.setdefault(cell, []).append(action.model_copy(update=told))
            ends[cell] = action.after
        if step.cells:
            ends[moved[step.cells[-1]]] = step.end
    steps = tuple(
        planned.filmed(
            tuple(action for cell in planned.cells for action in actions.get(cell, ())),
            ends.get(planned.cells[-1]) if planned.cells else None,
        )
        for planned in board.steps
    )
    words = {
        "title": board.title,
        "language": board.language,
        "actors": name_actors(take.actors, board.front.actors),
        "steps": steps,
    }
    return take.model_copy(update=words)


def find_take(board: Storyboard, folder: Path) -> Take | None:
    """The take in ``folder``, told as ``board`` tells it now; None where there is none of it."""
    try:
        return retell(read_take(folder), board)
    except (FileNotFoundError, ValueError):  # it is damaged or newer: who makes the film tells
        return None


def spoken_passages(take: Take) -> tuple[Passage, ...]:
    """What is spoken, in order: each step's prose, then what its highlights say."""
    passages = []
    for step in take.steps:
        passages.append(Passage(key=passage_key(step.number), markdown=step.prose))
        for place, action in enumerate(step.actions):
            if action.say:
                passages.append(Passage(key=passage_key(step.number, place), markdown=action.say))
    return tuple(passages)


def passage_key(step: int, action: int | None = None) -> str:
    """The key of a step's prose, or of what one of its actions (0 is the first) says."""
    return str(step) if action is None else f"{step}.{action}"


def step_of(passage: str) -> int:
    """The number of the step that a passage belongs to."""
    return int(passage.partition(".")[0])
