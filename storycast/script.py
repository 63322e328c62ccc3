"""The script: which prose belongs to which step of a take, and what of it is spoken."""

from __future__ import annotations

from typing import TYPE_CHECKING

from narration.track import Passage

if TYPE_CHECKING:
    from recorder.storyboard import Storyboard
    from recorder.take import Take

__all__ = ["passage_key", "retell", "spoken_passages", "step_of"]


def retell(take: Take, board: Storyboard) -> Take | None:
    """``take`` with the words that ``board`` has now: title, scenes, prose.

    None where the storyboard's steps are no longer those that were filmed.
    """
    if [step.cells for step in board.steps] != [step.cells for step in take.steps]:
        return None
    steps = tuple(
        filmed.model_copy(
            update={"scene": planned.scene, "title": planned.title, "prose": planned.prose}
        )
        for filmed, planned in zip(take.steps, board.steps, strict=True)
    )
    words = {"title": board.title, "language": board.front.language, "steps": steps}
    return take.model_copy(update=words)


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
