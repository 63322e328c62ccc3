"""The starter: a first storyboard that can be filmed, to be changed into another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from recorder.replacement import write_whole
from storycast.errors import StorycastError

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["write_starter"]

_KERNEL = {"name": "python3", "display_name": "Python 3 (ipykernel)", "language": "python"}
_SITE = "site"
_PAGE = """\
<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Notes</title>
<style>
  body { font: 18px sans-serif; max-width: 40em; margin: 3em auto; }
  input, button { font: inherit; padding: .5em; }
</style>
<h1>Notes</h1>
<form onsubmit="list.append(Object.assign(document.createElement('li'),
    {textContent: note.value})); note.value = ''; return false">
  <label>Note <input id="note"></label>
  <button id="add">Keep</button>
</form>
<ul id="list"></ul>
</html>
"""
_OWN_FRONT = {
    "goal": "You want to keep a note for later.",
    "needs": ["The page of notes, open in your browser."],
    "outcome": "Your note is in the list.",
    "tags": ["notes"],
}
_OTHER_FRONT = {
    "goal": "Say here in a sentence what the reader wants.",
    "needs": ["Say here what they must have before they begin, a sentence each."],
    "outcome": "Say here what they have at the end.",
    "tags": ["a word that a library sorts guides by"],
}
_OWN = (
    "Type a few words into the field **Note**.",
    'browser.find_element(By.ID, "note").send_keys("Water the plants")',
    "Select **Keep**, and your note is in the list.",
    'browser.find_element(By.ID, "add").click()',
)
_OTHER = (
    "Say here what the reader does next, and put the **name of what they select** in bold.",
    'browser.find_element(By.TAG_NAME, "body")  # find it, then .click() or .send_keys("…")',
)


def write_starter(path: Path, *, url: str = "", title: str = "") -> Path:
    """Write a storyboard of the application at ``url``; without one, of a small page beside it.

    Returns the notebook's path. Raises `StorycastError` where a file is there already.
    """
    path = path if path.suffix == ".ipynb" else path.with_name(f"{path.name}.ipynb")
    if path.exists():
        raise StorycastError(f"{path} is there already.", "Choose another name, or remove it.")
    site = "" if url else _write_site(path)
    notebook = _notebook(url, site, title or path.stem.replace("-", " ").capitalize())
    write_whole(path, nbformat.writes(notebook).encode())  # type: ignore[no-untyped-call]
    return path


def _write_site(board: Path) -> str:
    """Write the page beside ``board``, where no other is replaced by it; return its folder."""
    for name in (_SITE, f"{board.stem}-{_SITE}"):
        page = board.parent / name / "index.html"
        if not page.parent.exists():
            write_whole(page, _PAGE.encode())
        if page.is_file() and page.read_bytes() == _PAGE.encode():
            return name
    raise StorycastError(
        f"{page.parent} is there already, with another page.", "Choose another name, or remove it."
    )


def _notebook(url: str, site: str, title: str) -> Any:  # noqa: ANN401 - a NotebookNode
    stage: dict[str, Any] = {"url": url}
    if not url:
        command = ["python3", "-m", "http.server", "{port}", "--bind", "127.0.0.1"]
        stage = {"command": command, "folder": site}
    opening = (
        "from recorder import open_browser\n"
        "from selenium.webdriver.common.by import By\n\n"
        "browser = open_browser(base_url)"
    )
    cells = [
        new_markdown_cell(f"# {title}\n\nSay in a sentence what this is about."),  # type: ignore[no-untyped-call]
        new_code_cell('base_url = ""', metadata={"tags": ["parameters"]}),  # type: ignore[no-untyped-call]
        new_markdown_cell("## First scene\n\nOpen the page in your browser."),  # type: ignore[no-untyped-call]
        new_code_cell(opening),  # type: ignore[no-untyped-call]
    ]
    for place, source in enumerate(_OTHER if url else _OWN):
        make = new_code_cell if place % 2 else new_markdown_cell
        cells.append(make(source))  # type: ignore[no-untyped-call]
    for number, cell in enumerate(cells):
        cell.id = f"cell-{number}"  # nbformat's own are random
    front = {"language": "en", **(_OTHER_FRONT if url else _OWN_FRONT), "stage": stage}
    metadata = {"kernelspec": _KERNEL, "storycast": front}
    return new_notebook(cells=cells, metadata=metadata)  # type: ignore[no-untyped-call]
