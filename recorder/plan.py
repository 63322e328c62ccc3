"""The plan: a notebook's cells as the steps of a storyboard, before anything is filmed."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any, TypeAlias

from markdown_it import MarkdownIt

from recorder.take import Step

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from markdown_it.token import Token

    from recorder.take import Action, Moment

    _Cell: TypeAlias = Mapping[str, Any]

__all__ = ["PlannedStep", "ProseBlock", "is_tagged", "plan_steps"]


@dataclass(frozen=True)
class ProseBlock:
    """Prose of one Markdown cell: its text, the cell's place, and the line (0 is the first)."""

    text: str
    cell: int
    line: int


@dataclass(frozen=True)
class PlannedStep:
    """A step as the storyboard writes it; ``cells`` are the places of its code cells.

    ``blocks`` are its prose, and where that stands.
    """

    number: int
    scene: str
    title: str
    blocks: tuple[ProseBlock, ...]
    cells: tuple[int, ...]

    @property
    def prose(self) -> str:
        """All of its prose, as Markdown."""
        return "\n\n".join(block.text for block in self.blocks)

    def filmed(self, actions: tuple[Action, ...] = (), end: Moment | None = None) -> Step:
        """The step as it was filmed: with what was done, and what the page showed at its end."""
        return Step(
            number=self.number,
            scene=self.scene,
            title=self.title,
            prose=self.prose,
            cells=self.cells,
            actions=actions,
            end=end,
        )


def is_tagged(cell: _Cell, tag: str) -> bool:
    """Whether a notebook's cell has this tag."""
    return tag in cell["metadata"].get("tags", ())


@dataclass
class _Draft:
    """A step while its cells are read."""

    scene: str
    title: str = ""
    prose: list[ProseBlock] = field(default_factory=list)
    cells: list[int] = field(default_factory=list)


def plan_steps(cells: Iterable[_Cell]) -> tuple[str, tuple[PlannedStep, ...]]:
    """The notebook's title and its steps.

    A step begins at a heading, and at prose that follows code; so it is what stands between. Code
    before any prose belongs to the first step. The cell of parameters belongs to none.
    """
    title = ""
    drafts = [_Draft(scene="")]
    for index, cell in enumerate(cells):
        if cell["cell_type"] == "code":
            if cell["source"].strip() and not is_tagged(cell, "parameters"):
                drafts[-1].cells.append(index)
        elif cell["cell_type"] == "markdown":
            for level, text, line in _blocks(cell["source"]):
                block = ProseBlock(text, index, line)
                current = drafts[-1]
                if level == 1 and not title:
                    title = text
                elif level in (1, 2):
                    drafts.append(_Draft(scene=text))
                elif level:
                    drafts.append(_Draft(scene=current.scene, title=text))
                elif text and current.cells:
                    drafts.append(_Draft(scene=current.scene, prose=[block]))
                elif text:
                    current.prose.append(block)
    return title, _number(_join_opening(drafts), title)


def _join_opening(drafts: list[_Draft]) -> list[_Draft]:
    """Give code that stands before any prose to the first step that has some."""
    told = [draft for draft in drafts if draft.prose or draft.cells]
    if len(told) > 1 and not (told[0].prose or told[0].scene):
        opening = told.pop(0)
        told[0].cells[:0] = opening.cells
    return told


def _number(drafts: list[_Draft], title: str) -> tuple[PlannedStep, ...]:
    steps = (
        PlannedStep(0, draft.scene or title, draft.title, tuple(draft.prose), tuple(draft.cells))
        for draft in drafts
    )
    return tuple(replace(step, number=number) for number, step in enumerate(steps, start=1))


def _blocks(markdown: str) -> Iterator[tuple[int, str, int]]:
    """A cell's headings (level, text, line) and the prose between them (level 0), in order."""
    lines = markdown.splitlines()
    tokens = MarkdownIt().parse(markdown)
    position = 0
    for token, inline in pairwise(tokens):
        if token.type == "heading_open" and token.level == 0 and token.map:
            yield _prose(lines, position, token.map[0])
            if text := _plain_text(inline):  # one that says nothing heads nothing
                yield int(token.tag[1:]), text, token.map[0]
            position = token.map[1]
    yield _prose(lines, position, len(lines))


def _prose(lines: Sequence[str], start: int, end: int) -> tuple[int, str, int]:
    while start < end and not lines[start].strip():
        start += 1
    return 0, "\n".join(lines[start:end]).strip(), start


def _plain_text(inline: Token) -> str:
    children = inline.children or ()
    return "".join(child.content or " " * (child.type == "softbreak") for child in children).strip()
