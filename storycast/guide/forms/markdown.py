"""The guide as CommonMark, with a folder of pictures."""

from __future__ import annotations

from collections.abc import Mapping

from storycast.guide.enclosure import data_pictures
from storycast.guide.forms.form import PICTURES, Material
from storycast.guide.markdown import render_markdown

__all__ = ["make_markdown"]


def make_markdown(material: Material) -> Mapping[str, bytes]:
    """``guide.md`` and its pictures."""
    text = render_markdown(
        material.guide,
        material.film.name if material.film else None,
        pictures=material.picture_paths,
        wording=material.wording,
    )
    text, enclosed = data_pictures(text, PICTURES)
    return {"guide.md": text.encode(), **material.picture_files, **enclosed}
