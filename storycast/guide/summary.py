"""The summary: a step's prose in one line, as contents and screen readers tell it."""

from __future__ import annotations

import re
from collections.abc import Collection

from recorder.take import Step
from storycast.cut.anchor import is_called
from storycast.guide.prose import Passage, read_passages

__all__ = ["summarise_prose", "summarise_step"]

_LONGEST = 64
_CLAUSE = re.compile(r".+?(?:[.!?:؟](?=\s)|[\u3002\uff01\uff1f\uff1a]|$)")
_END = " .:\u3002\uff1a\u00a0\u202f"


def summarise_step(step: Step) -> str:
    """The heading of ``step``, or else what says most of its prose."""
    targets = [action.target for action in step.actions if action.target and not action.implied]
    passage = next(read_passages(step.prose), Passage(""))
    acted = {name for name in passage.bold if any(is_called(name, each) for each in targets)}
    return step.title or _summarise(passage, acted)


def summarise_prose(markdown: str) -> str:
    """The first sentence as plain text, shortened."""
    return _summarise(next(read_passages(markdown), Passage("")), ())


def _summarise(passage: Passage, acted: Collection[str]) -> str:
    """The first clause that names what is ``acted`` on and says more, or else the first."""
    first, *others = (
        each[0].lstrip().rstrip(_END) for each in _CLAUSE.finditer(passage.text or " ")
    )
    clauses = [first, *(each[:1].upper() + each[1:] for each in others)]  # some follow a colon
    told = (each for each in clauses if any(_says_more(each, name) for name in acted))
    text = next(told, first)
    if len(text) <= _LONGEST:
        return text
    return text[:_LONGEST].rsplit(" ", 1)[0].rstrip(",;") + "…"


def _says_more(clause: str, name: str) -> bool:
    return name in clause and name != clause
