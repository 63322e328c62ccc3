"""The storyboard: a notebook read as scenes and steps, before anything is run."""

from __future__ import annotations

import ast
import hashlib
import json
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, TypeAlias

from recorder.errors import ParameterError, StoryboardError, nearest
from recorder.front_matter import FrontMatter, read_front_matter
from recorder.plan import PlannedStep, ProseBlock, is_tagged, plan_steps
from recorder.stage.file import fetch_stage

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

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

_LATER = {"browser", "hidden", "hidden_text", "hosts"}
"""Settings that there were not from the beginning."""

_KERNEL = "python3"


@dataclass(frozen=True)
class CodeCell:
    """A code cell: its place in the notebook (0 is the first cell), its id and its source."""

    index: int
    id: str
    source: str


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
        fields = FrontMatter.model_fields
        unsaid = {key for key in _LATER if getattr(self.front, key) == fields[key].default}
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
    title, steps = plan_steps(notebook["cells"])
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


def _code_cells(cells: Iterable[_Cell]) -> Iterator[CodeCell]:
    for index, cell in enumerate(cells):
        if cell["cell_type"] == "code":
            yield CodeCell(index, cell.get("id", ""), cell["source"])


def _parameters(cells: Iterable[_Cell]) -> Iterator[str]:
    for cell in cells:
        if cell["cell_type"] == "code" and is_tagged(cell, "parameters"):
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
