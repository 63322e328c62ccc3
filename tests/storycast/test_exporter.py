from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.storycast.studio import Studio

pytest.importorskip("nbconvert")


def _convert(studio: Studio, form: str, notebook: Path) -> subprocess.CompletedProcess[str]:
    """Run nbconvert as a user does, in the studio's folder."""
    path = notebook.relative_to(studio.folder)  # nbconvert would read its brackets as a pattern
    words = ["nbconvert", "--to", form, str(path), "--output-dir", "out"]
    return subprocess.run(
        [str(Path(sys.executable).with_name("jupyter")), *words],
        cwd=studio.folder,
        env=os.environ | {"STORYCAST_CACHE": str(studio.cache)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_storyboard_is_converted_to_the_page_of_its_guide(studio: Studio) -> None:
    before = studio.contents()
    done = _convert(studio, "storycast_guide", studio.board)
    assert done.returncode == 0, done.stderr
    page = (studio.folder / "out" / f"{studio.board.stem}.html").read_bytes()
    assert page == (studio.published / "guide.html").read_bytes()
    assert studio.contents() == before


def test_notebook_of_a_guide_is_converted_without_its_storyboard(studio: Studio) -> None:
    board = shutil.copytree(studio.published, studio.folder / "elsewhere")
    done = _convert(studio, "storycast_markdown", board / "notebook.ipynb")
    assert done.returncode == 0, done.stderr
    text = (studio.folder / "out" / "notebook.md").read_text(encoding="utf-8")
    assert text == (studio.published / "guide.md").read_text(encoding="utf-8")
    pictures = {path.name for path in (studio.folder / "out" / "pictures").iterdir()}
    assert pictures == {path.name for path in (studio.published / "pictures").iterdir()}


def test_what_was_not_published_is_told(studio: Studio) -> None:
    done = _convert(studio, "storycast_pdf", studio.published / "notebook.ipynb")
    assert done.returncode == 1
    assert "was not published as pdf" in done.stderr
    assert "storycast publish --form pdf" in done.stderr
    shutil.rmtree(studio.published / "take")
    done = _convert(studio, "storycast_guide", studio.board)
    assert done.returncode == 1
    assert "has not been filmed yet" in done.stderr
