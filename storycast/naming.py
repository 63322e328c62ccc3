"""Names: what the prose calls by name, and whether a step's pages have anything of that name."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

from narration import Sentence, read_prose
from recorder.snapshot import Snapshot
from recorder.storyboard import ProseBlock
from recorder.take import Moment, Step
from storycast.cut.anchor import is_named, plain_name

__all__ = ["FilmedStep", "locate_sentences"]


@dataclass(frozen=True)
class FilmedStep:
    """A step as it was filmed, and what could be seen meanwhile.

    ``read`` gives the snapshot of a name; None where it is missing.
    """

    step: Step
    read: Callable[[str], Snapshot | None]

    def shows(self, name: str) -> bool:
        """Whether something is called ``name`` that was acted on, or seen on the page."""
        if any(is_named(name, action) for action in self.step.actions):
            return True
        return self.is_seen(name)

    def is_seen(self, name: str) -> bool:
        """Whether something on the page is called ``name``."""
        wanted = f" {plain_name(name)} "
        return any(wanted in text for text in self._texts)

    def is_called(self, name: str) -> bool:
        """Whether something on the page is called just ``name``, and no more."""
        return f" {plain_name(name)} " in self._texts

    @cached_property
    def _texts(self) -> frozenset[str]:
        moments: list[Moment | None] = [self.step.end]
        for action in self.step.actions:
            moments += action.moments
        names = {moment.snapshot for moment in moments if moment is not None}
        snapshots = (self.read(name) for name in sorted(names))
        nodes = (node for snapshot in snapshots if snapshot for node in snapshot.nodes)
        return frozenset(
            f" {plain_name(text)} "
            for node in nodes
            for text in (node.name, node.value, node.role)
            if text
        )


def locate_sentences(block: ProseBlock, language: str) -> Iterator[tuple[Sentence, int]]:
    """Yield the sentences of ``block``, each with its line (0 is the first)."""
    position = 0
    for sentence in read_prose(block.text, language=language):
        words = re.findall(r"\w+", sentence.written)[:4]
        found = re.compile(r"\W+".join(map(re.escape, words))).search(block.text, position)
        if found is not None:
            position = found.start() + 1
        yield sentence, block.text.count("\n", 0, found.start() if found else position)
