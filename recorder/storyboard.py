"""The storyboard: a notebook read as scenes and steps, before anything is run."""

from __future__ import annotations

import ast
import hashlib
import json
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any, TypeAlias

from markdown_it import MarkdownIt

from recorder.errors import ParameterError, StoryboardError, nearest
from recorder.front_matter import FrontMatter, read_front_matter
from recorder.stage.file import fetch_stage
from recorder.take import Step

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from markdown_it.token import Token

    from recorder.take import Action, Moment

    _Cell: TypeAlias = Mapping[str, Any]
    Retell: TypeAlias = Callable[[str], str]

__all__ = [
    "CodeCell",
    "PlannedStep",
    "ProseBlock",
    "Storyboard",
    "check_parameters",
    "read_storyboard",
]

_OLDEST = 4
_TOLD = {
    "actors", "film", "forms", "goal", "lexicon", "needs", "outcome", "pitch", "rate", "raw_html",
    "tags", "text_masks", "title", "voice", "voices",
}  # fmt: skip
"""Settings that say how a take is told, and not what is filmed."""

_LATER = {"hidden", "hidden_text", "hosts"}
"""Settings that there were not from the beginning."""

_KERNEL = "python3"


@dataclass(frozen=True)
class CodeCell:
    """A code cell: its place in the notebook (0 is the first cell), its id and its source."""

    index: int
    id: str
    source: str


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


@dataclass(frozen=True)
class Storyboard:
    """A notebook read as a storyboard.

    ``parameters`` are the names that its cell tagged ``parameters`` assigns; ``kernel`` is the
    Jupyter kernel that it wants; ``texts`` are its Markdown cells, by their places.

    A translation is ``told_in`` another language, and says ``sayings`` where the code of highlights
    says something else.
    """

    path: Path
    front: FrontMatter
    title: str
    steps: tuple[PlannedStep, ...]
    cells: tuple[CodeCell, ...]
    parameters: frozenset[str]
    kernel: str = _KERNEL
    texts: Mapping[int, str] = field(default_factory=dict)
    told_in: str = ""
    sayings: Mapping[str, str] = field(default_factory=dict)

    @property
    def language(self) -> str:
        """The language of its prose."""
        return self.told_in or self.front.language

    @property
    def films_itself(self) -> bool:
        """Whether the application is filmed for it; a translation may tell another one's take."""
        return self.language == self.front.language

    def filmed_in(self, language: str) -> Storyboard:
        """The same storyboard, of an application that speaks ``language``."""
        return replace(self, front=self.front.model_copy(update={"language": language}))

    @property
    def edition(self) -> str:
        """Where what is made of it goes: its name, and the language of a translation."""
        return f"{self.name}/{self.told_in}" if self.told_in else self.name

    @property
    def name(self) -> str:
        """The notebook's file name without its ending."""
        return self.path.stem

    @property
    def code(self) -> str:
        """A name for all that decides what is filmed; the prose is no part of it."""
        # What has no key that came later keeps its name, and so its takes.
        unsaid = {key for key in _LATER if not getattr(self.front, key)}
        front = self.front.model_dump_json(exclude=_TOLD | unsaid)
        sources = [cell.source for cell in self.cells]
        return hashlib.sha256(repr((front, sources)).encode()).hexdigest()[:32]


def read_storyboard(path: Path, retell: Retell | None = None) -> Storyboard:
    """Read the notebook at ``path`` and check what can be checked without running it.

    ``retell`` says the Markdown of a cell in other words.

    Raises `StoryboardError`: no such file, not a notebook, a name that no folder can have, bad
    metadata, no prose, no code.
    """
    _require_name(path)
    notebook = _read_notebook(path)
    metadata = fetch_stage(notebook["metadata"].get("storycast", {}), path.parent)
    front = read_front_matter(metadata, str(path))
    for cell in notebook["cells"]:
        if retell is not None and cell["cell_type"] == "markdown":
            cell["source"] = retell(cell["source"])
    title, steps = _plan(notebook["cells"])
    if not any(step.prose for step in steps):
        raise StoryboardError(
            f"{path} has no prose: there is nothing to say.",
            "Write a Markdown cell above each code cell that tells what it does.",
        )
    if not any(step.cells for step in steps):
        raise StoryboardError(
            f"{path} has no action: there is nothing to film.",
            "Write a code cell that drives the browser (see 'storycast new').",
        )
    return Storyboard(
        path=path,
        front=front,
        title=front.title or title or path.stem,
        steps=steps,
        cells=tuple(_code_cells(notebook["cells"])),
        parameters=frozenset(_parameters(notebook["cells"])),
        kernel=notebook["metadata"].get("kernelspec", {}).get("name") or _KERNEL,
        texts={
            index: cell["source"]
            for index, cell in enumerate(notebook["cells"])
            if cell["cell_type"] == "markdown"
        },
    )


def check_parameters(board: Storyboard, names: Iterable[str]) -> None:
    """Raise `ParameterError` where the storyboard has no parameter of one of these names."""
    known = set(board.parameters)
    if board.front.stage is not None:
        known.add("base_url")
    for name in names:
        if name not in known:
            raise ParameterError(
                f"{board.path} has no parameter {name!r}.",
                nearest(name, known),
            )


def _require_name(path: Path) -> None:
    """Refuse a storyboard whose output would lie outside of its folder, or hidden in it."""
    if path.stem.startswith("."):
        raise StoryboardError(
            f"{path} cannot be a storyboard: what is made of it would be called {path.stem!r}.",
            "Give the notebook a name that does not begin with a dot.",
        )


def _read_notebook(path: Path) -> dict[str, Any]:
    """The notebook's JSON, each cell's source in one piece.

    nbformat is not needed for that, and takes longer to import than a storyboard to read.
    """
    if not path.is_file():
        raise StoryboardError(f"There is no file {path}.", "Check the path, or 'storycast new' it.")
    try:
        notebook: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        if notebook["nbformat"] < _OLDEST:
            raise ValueError(f"it is of format {notebook['nbformat']}")
        notebook["metadata"].get("storycast")
        for cell in notebook["cells"]:
            cell["source"] = "".join(cell["source"])
            cell["metadata"].get("tags")
    except KeyError as error:
        raise _not_a_notebook(path, f"it has no {error}") from error
    except (ValueError, TypeError, AttributeError) as error:
        raise _not_a_notebook(path, str(error).splitlines()[0]) from error
    return notebook


def _not_a_notebook(path: Path, reason: str) -> StoryboardError:
    return StoryboardError(
        f"{path} is not a Jupyter notebook: {reason}.",
        "A storyboard is a notebook (.ipynb) as JupyterLab saves it.",
    )


def _is_tagged(cell: _Cell, tag: str) -> bool:
    return tag in cell["metadata"].get("tags", ())


def _code_cells(cells: Iterable[_Cell]) -> Iterator[CodeCell]:
    for index, cell in enumerate(cells):
        if cell["cell_type"] == "code":
            yield CodeCell(index, cell.get("id", ""), cell["source"])


def _parameters(cells: Iterable[_Cell]) -> Iterator[str]:
    for cell in cells:
        if cell["cell_type"] == "code" and _is_tagged(cell, "parameters"):
            yield from _assigned_names(cell["source"])


def _assigned_names(source: str) -> Iterator[str]:
    try:
        statements = ast.parse(source).body
    except SyntaxError:
        return
    for statement in statements:
        if isinstance(statement, ast.Assign):
            targets = statement.targets
        elif isinstance(statement, ast.AnnAssign):
            targets = [statement.target]
        else:
            continue
        yield from (target.id for target in targets if isinstance(target, ast.Name))


@dataclass
class _Draft:
    """A step while its cells are read."""

    scene: str
    title: str = ""
    prose: list[ProseBlock] = field(default_factory=list)
    cells: list[int] = field(default_factory=list)


def _plan(cells: Iterable[_Cell]) -> tuple[str, tuple[PlannedStep, ...]]:
    """The notebook's title and its steps.

    A step begins at a heading, and at prose that follows code; so it is what stands between. Code
    before any prose belongs to the first step. The cell of parameters belongs to none.
    """
    title = ""
    drafts = [_Draft(scene="")]
    for index, cell in enumerate(cells):
        if cell["cell_type"] == "code":
            if cell["source"].strip() and not _is_tagged(cell, "parameters"):
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
