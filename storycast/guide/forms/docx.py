"""The guide as a Word document, which pandoc makes of the Markdown."""

from __future__ import annotations

import os
import struct
import subprocess
import tempfile
import zlib
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path

from markdown_it import MarkdownIt

from storycast.errors import StorycastError
from storycast.guide.forms.docx_file import finish
from storycast.guide.forms.form import Material
from storycast.guide.markdown import render_markdown
from storycast.guide.model import Figure
from storycast.template import read_source

__all__ = ["make_docx"]

_SOME_DAY = date(1980, 1, 1)  # the first that a ZIP file can tell
_READ = "commonmark+alerts+footnotes+pipe_tables+strikeout+task_lists+tex_math_dollars"
_HTML = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
_DOTS_PER_METRE = 96 / 0.0254  # CSS pixels
_FILTER = "docx.lua"
_PNG_HEADER = 33  # bytes: signature and first chunk
_INSTALL = "Install the extra: pip install 'storycast[docx]'."


def make_docx(material: Material) -> Mapping[str, bytes]:
    """``guide.docx``. Raises `StorycastError` where pandoc is not installed, or fails."""
    text = render_markdown(
        material.guide,
        None,
        pictures={
            figure: _address(figure, path) for figure, path in material.picture_paths.items()
        },
        wording=material.wording,
    )
    read = _READ
    if material.guide.allows_html:  # which pandoc knows in HTML alone
        text, read = _HTML.render(text), "html"
    words = [
        _pandoc(), f"--from={read}", "--to=docx", "--output=-", f"--lua-filter={_FILTER}",
        "--metadata", f"lang={material.guide.language}",
        "--metadata", f"dir={material.wording.direction}",
    ]  # fmt: skip
    return {"guide.docx": finish(_convert(words, text, material), material.guide.title)}


def _convert(words: list[str], text: str, material: Material) -> bytes:
    """What pandoc makes of ``text``, in a folder where it finds the pictures."""
    day = material.guide.about.filmed_on or _SOME_DAY
    moment = int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp())
    with tempfile.TemporaryDirectory(prefix="storycast-docx-") as name:
        (Path(name) / _FILTER).write_text(
            read_source("storycast.guide.forms", _FILTER), encoding="utf-8"
        )
        for path, content in material.picture_files.items():
            (Path(name) / path).parent.mkdir(exist_ok=True)
            (Path(name) / path).write_bytes(_dense(content, material.take.scale))
        done = subprocess.run(
            words,
            cwd=name,
            input=text.encode(),
            capture_output=True,
            check=False,
            env=os.environ | {"SOURCE_DATE_EPOCH": str(moment)},
        )
    if done.returncode:
        reason = done.stderr.decode(errors="replace").strip().splitlines()
        raise StorycastError(f"Pandoc made no document: {reason[-1] if reason else 'it failed'}.")
    return done.stdout


def _address(figure: Figure, path: str) -> str:
    """Where the picture is, and for the filter whether the line below it is its caption."""
    return f"{path}#captioned" if figure.caption and not figure.is_result else path


def _dense(png: bytes, scale: int) -> bytes:
    """``png`` with its density, so that it is as large on paper as on a screen."""
    density = round(_DOTS_PER_METRE * scale)
    chunk = b"pHYs" + struct.pack(">IIB", density, density, 1)
    told = struct.pack(">I", len(chunk) - 4) + chunk + struct.pack(">I", zlib.crc32(chunk))
    return png[:_PNG_HEADER] + told + png[_PNG_HEADER:]


def _pandoc() -> str:
    try:
        import pypandoc  # noqa: PLC0415 - it is an extra

        return str(pypandoc.get_pandoc_path())
    except (ImportError, OSError) as error:
        raise StorycastError(
            "The form 'docx' needs pandoc, which is not installed.", _INSTALL
        ) from error
