"""Exporters: what ``jupyter nbconvert --to storycast_guide`` makes of a notebook of Storycast.

Nbconvert finds them by entry points; nobody else imports this.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nbconvert.exporters import Exporter
from nbconvert.utils.exceptions import ConversionException
from traitlets import Unicode, default

from narration.errors import NarrationError
from recorder.errors import RecorderError
from recorder.take_writer import NOTEBOOK
from storycast.errors import StorycastError
from storycast.guide.card import CARD, Card, read_card
from storycast.guide.forms.form import PICTURES

if TYPE_CHECKING:
    from nbformat import NotebookNode

__all__ = ["GuideExporter", "MarkdownExporter", "PdfExporter"]


class GuideExporter(Exporter):
    """The guide as a page: of a storyboard that was filmed, or of the notebook of its guide."""

    form = "html"
    export_from_notebook = "Storycast guide (HTML)"
    output_mimetype = "text/html"
    output = Unicode(help="The folder that storyboards' folders are in.").tag(config=True)

    @default("output")
    def _default_output(self) -> str:
        return os.environ.get("STORYCAST_OUTPUT", "output")

    @default("file_extension")
    def _default_extension(self) -> str:
        return ".html"

    def from_notebook_node(
        self, nb: NotebookNode, resources: Any | None = None, **options: Any
    ) -> tuple[Any, dict[str, Any]]:
        """The form's document, and in ``resources`` its pictures.

        Raises ``ConversionException`` where nothing was filmed of the notebook, or what was is not
        what it says now.
        """
        _, given = super().from_notebook_node(nb, resources, **options)
        told = given.get("metadata", {})
        path = Path(told.get("path", "")) / f"{told.get('name', '')}.ipynb"
        try:
            folder = self._publish(path)
            document = self._document(folder)
        except (StorycastError, RecorderError, NarrationError) as error:
            raise ConversionException(f"{error.message} {error.hint}".strip()) from error
        given["outputs"] = dict(self._pictures(folder))
        content = document.read_bytes()
        is_text = self.output_mimetype.startswith("text/")
        return content.decode() if is_text else content, dict(given)

    def _publish(self, path: Path) -> Path:
        """The folder of the guide of ``path``; a storyboard's is brought up to date."""
        if path.name == NOTEBOOK and (path.parent / CARD).exists():
            return path.parent
        from recorder.storyboard import read_storyboard  # noqa: PLC0415 - of a storyboard alone
        from storycast.cli.option import choose  # noqa: PLC0415
        from storycast.make import make, publish  # noqa: PLC0415

        board = read_storyboard(path)
        card = _card(Path(self.output) / board.name)
        known = tuple(card.forms) if card else ()
        choices = choose(Path(self.output), forms=(*known, self.form))
        return make(board, (publish,), choices, _Silence()).folder

    def _document(self, folder: Path) -> Path:
        name = read_card(folder).forms.get(self.form, "")
        if not name:
            raise StorycastError(
                f"The guide in {folder} was not published as {self.form}.",
                f"Publish it again: 'storycast publish --form {self.form}'.",
            )
        return folder / name

    def _pictures(self, _folder: Path) -> Iterator[tuple[str, bytes]]:
        """What the document shows and does not hold, by its path beside it."""
        yield from ()


class MarkdownExporter(GuideExporter):
    """The guide as CommonMark, with its pictures."""

    form = "markdown"
    export_from_notebook = "Storycast guide (Markdown)"
    output_mimetype = "text/markdown"

    @default("file_extension")
    def _default_extension(self) -> str:
        return ".md"

    def _pictures(self, folder: Path) -> Iterator[tuple[str, bytes]]:
        for path in sorted((folder / PICTURES).iterdir()):
            yield f"{PICTURES}/{path.name}", path.read_bytes()


class PdfExporter(GuideExporter):
    """The guide as PDF."""

    form = "pdf"
    export_from_notebook = "Storycast guide (PDF)"
    output_mimetype = "application/pdf"

    @default("file_extension")
    def _default_extension(self) -> str:
        return ".pdf"


class _Silence:
    """A monitor that tells nobody: nbconvert has a log of its own."""

    @contextmanager
    def task(self, _board: str, _doing: str) -> Iterator[Callable[[int, int], None]]:
        yield lambda _done, _all: None


def _card(folder: Path) -> Card | None:
    try:
        return read_card(folder)
    except FileNotFoundError:
        return None
