"""The notebook as a form: prose, code, and under the cells the guide's pictures."""

from __future__ import annotations

import base64
import io
import warnings
from collections import defaultdict
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from recorder.preparation import SLOW_FORMATS, without
from recorder.take_writer import NOTEBOOK
from storycast.cache import content_name, made_once, source_digest
from storycast.errors import StorycastError
from storycast.guide.enclosure import Enclosures
from storycast.guide.forms.form import Material
from storycast.guide.markdown import escape
from storycast.guide.model import Figure, GuideStep
from storycast.guide.outline import told_steps
from storycast.guide.press import Picture
from storycast.guide.words import tell_doers

if TYPE_CHECKING:
    from recorder.storyboard import Storyboard
    from recorder.take import Step

__all__ = ["make_notebook"]


def make_notebook(material: Material) -> Mapping[str, bytes]:
    """``notebook.ipynb``: the storyboard's words of now, and the code as it was filmed.

    What else the cells gave (values, what they printed) is a matter of the machine that filmed, and
    left out. Raises `StorycastError` where the storyboard is not known or the notebook that ran
    cannot be read.
    """
    if material.board is None:
        raise StorycastError(
            "There is no storyboard to make a notebook of.", "Publish it by its storyboard."
        )
    with without(*SLOW_FORMATS):
        import nbformat  # noqa: PLC0415
    with warnings.catch_warnings():
        # A notebook from before cells had ids is as good as any other.
        warnings.simplefilter("ignore", nbformat.warnings.MissingIDFieldWarning)
        notebook = _read(material.take_folder / NOTEBOOK)
        notebook.cells = _tell(notebook.cells, material.board, _doers(material))
        if material.wording.direction == "rtl":
            _turn(notebook.cells)
        shown, outputs = _figures(material), _outputs(material)
        for place, cell in enumerate(notebook.cells):
            cell.setdefault("id", f"cell-{place}")
            if cell.cell_type == "code":
                cell.outputs = [outputs[figure] for figure in shown[place]]
        notebook.nbformat_minor = max(notebook.nbformat_minor, 5)  # which has the cells' ids
        # Not nbformat.writes, nor read: to compile its checks, which are only logged, takes longer
        # than all else here.
        text = nbformat.v4.writes_json(notebook)  # type: ignore[no-untyped-call]
    return {NOTEBOOK: f"{text.rstrip()}\n".encode()}


def _read(path: Path) -> Any:  # noqa: ANN401 - a NotebookNode
    import nbformat  # noqa: PLC0415 - see above

    try:
        read = nbformat.reader.reads(path.read_text(encoding="utf-8"))  # type: ignore[no-untyped-call]
        return nbformat.convert(read, 4)  # type: ignore[no-untyped-call]
    except FileNotFoundError as error:
        raise StorycastError(f"{path} is missing.", "Film it again: 'storycast record'.") from error
    except (ValueError, AttributeError, KeyError, TypeError, nbformat.ValidationError) as error:
        raise StorycastError(f"{path} is damaged.", "Film it again: 'storycast record'.") from error


def _doers(material: Material) -> dict[int, str]:
    """Who does each step, in words, by the steps' numbers in the storyboard."""
    steps = zip(told_steps(material.take), _steps(material), strict=True)
    return {
        step.number: tell_doers(guide_step.people, material.wording)
        for step, guide_step in steps
        if guide_step.people
    }


def _tell(ran: list[Any], board: Storyboard, doers: Mapping[int, str]) -> list[Any]:
    """The storyboard's cells with their words of now, its code cells as they ran."""
    cells: list[Any] = _read(board.path).cells
    enclosures = Enclosures(board)
    for index, text in board.texts.items():
        cells[index].source = enclosures.tell(text)
    for step in reversed([each for each in board.steps if each.blocks and each.number in doers]):
        block = step.blocks[0]
        lines = cells[block.cell].source.splitlines()
        lines[block.line : block.line] = [f"**{escape(doers[step.number])}**", ""]
        cells[block.cell].source = "\n".join(lines)
    code = iter([cell for cell in ran if cell.cell_type == "code"])
    return [next(code, cell) if cell.cell_type == "code" else cell for cell in cells]


def _turn(cells: list[Any]) -> None:
    """Have the prose run from right to left; Jupyter shows every notebook from left to right."""
    for cell in cells:
        if cell.cell_type == "markdown":
            cell.source = f'<div dir="rtl">\n\n{cell.source}\n\n</div>'


def _figures(material: Material) -> defaultdict[int, list[Figure]]:
    """The guide's pictures by the places of the cells that they belong to."""
    found: defaultdict[int, list[Figure]] = defaultdict(list)
    for step, guide_step in zip(told_steps(material.take), _steps(material), strict=True):
        for figure in guide_step.figures:
            found[_cell(step, figure)].append(figure)
    return found


def _steps(material: Material) -> Iterator[GuideStep]:
    yield from material.guide.introduction
    for scene in material.guide.scenes:
        yield from scene.steps


def _cell(step: Step, figure: Figure) -> int:
    acted = [each.cell for each in step.actions if figure.moment in (each.before, each.after)]
    return acted[0] if acted else step.cells[-1]


def _outputs(material: Material) -> dict[Figure, Any]:
    """What a cell gives that shows a picture of the guide."""
    from nbformat import from_dict  # noqa: PLC0415 - see above

    width = material.guide.viewport[0]
    with ThreadPoolExecutor() as pool:
        small = partial(_smaller, width=width, cache=material.cache / "pictures")
        pictures = pool.map(small, material.pictures.values())
        return {
            figure: from_dict(  # type: ignore[no-untyped-call]
                {
                    "output_type": "display_data",
                    "data": {
                        "image/png": base64.b64encode(picture).decode(),
                        "text/plain": figure.alt,
                    },
                    "metadata": {"image/png": {"alt": figure.alt, "width": full.size[0]}},
                }
            )
            for (figure, full), picture in zip(material.pictures.items(), pictures, strict=True)
        }


def _smaller(picture: Picture, width: int, cache: Path) -> bytes:
    """``picture`` at most ``width`` pixels wide: a notebook is opened as a whole."""

    def make(draft: Path) -> None:
        from PIL import Image  # noqa: PLC0415 - only for what is new

        with Image.open(io.BytesIO(picture.data)) as large:
            if large.width <= width:
                draft.write_bytes(picture.data)
                return
            height = round(large.height * width / large.width)
            small = large.convert("RGB").resize((width, height), Image.Resampling.BOX)
            small.quantize(256, dither=Image.Dither.NONE).save(draft, "PNG", optimize=False)

    name = content_name(picture.name, str(width), source_digest(__name__))
    return made_once(cache / f"{name}.png", make).read_bytes()
