"""The preview: a step's picture, put under its cell in the notebook."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from IPython.display import display
from PIL import Image

from recorder.take import shot_path

if TYPE_CHECKING:
    from pathlib import Path

    from recorder.take import Step

__all__ = ["show_preview"]

_SCALE = 2  # a picture under a cell has half as many pixels each way as its shot


def show_preview(step: Step, folder: Path) -> None:
    """Put the picture of what the page shows now under the running cell.

    ``folder`` is the take's. Nothing is put there where nothing is open yet.
    """
    if step.end is None:
        return
    with Image.open(shot_path(folder, step.end)) as shot:
        picture = shot.convert("RGB").reduce(_SCALE)
    content = io.BytesIO()
    picture.save(content, "PNG", compress_level=4)
    text = f"Step {step.number}: {step.end.title}"
    display(  # type: ignore[no-untyped-call]
        {"image/png": content.getvalue(), "text/plain": text},
        raw=True,
        metadata={"image/png": {"width": picture.width, "alt": text}},
    )
