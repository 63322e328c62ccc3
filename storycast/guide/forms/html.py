"""The page as a form."""

from __future__ import annotations

from collections.abc import Mapping

from storycast.guide.forms.form import Material
from storycast.guide.page import render_page

__all__ = ["make_html"]


def make_html(material: Material) -> Mapping[str, bytes]:
    """``guide.html``, which needs nothing beside it but the film."""
    page = render_page(
        material.guide, material.film, pictures=material.screens, wording=material.wording
    )
    return {"guide.html": page.encode()}
