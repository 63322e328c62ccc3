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
from storycast.guide.forms.form import Material
from storycast.guide.markdown import render_markdown

__all__ = ["make_docx"]

_SOME_DAY = date(1980, 1, 1)  # the first that a ZIP file can tell
_READ = "commonmark+pipe_tables+strikeout"
_HTML = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
_DOTS_PER_METRE = 96 / 0.0254  # CSS pixels
_PNG_HEADER = 33  # bytes: signature and first chunk
_INSTALL = "Install the extra: pip install 'storycast[docx]'."


def make_docx(material: Material) -> Mapping[str, bytes]:
    """``guide.docx``. Raises `StorycastError` where pandoc is not installed, or fails."""
    text = render_markdown(
        material.guide, None, pictures=material.picture_paths, wording=material.wording
    )
    read = _READ
    if material.guide.allows_html:  # which pandoc knows in HTML alone
        text, read = _HTML.render(text), "html"
    guide, day = material.guide, material.guide.about.filmed_on or _SOME_DAY
    moment = int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp())
    with tempfile.TemporaryDirectory(prefix="storycast-docx-") as name:
        for path, content in material.picture_files.items():
            (Path(name) / path).parent.mkdir(exist_ok=True)
            (Path(name) / path).write_bytes(_dense(content, material.take.scale))
        words = [
            _pandoc(), f"--from={read}", "--to=docx", "--output=-",
            "--metadata", f"title-meta={guide.title}", "--metadata", f"lang={guide.language}",
            "--metadata", f"dir={material.wording.direction}",
        ]  # fmt: skip
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
    return {"guide.docx": done.stdout}


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
