"""The checklist: what there is to do on one sheet of paper, with boxes to tick."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from functools import partial

from storycast.guide.forms.form import Material
from storycast.guide.prose import render_prose
from storycast.guide.words import tell_doers, tell_times
from storycast.template import load_templates, read_source

__all__ = ["make_checklist"]

_PACKAGE = "storycast.guide.forms"
_TEMPLATES = load_templates(_PACKAGE, prose=render_prose)


def make_checklist(material: Material) -> Mapping[str, bytes]:
    """``checklist.html``: every step in a line, with what is typed and pressed; no pictures."""
    style = read_source(_PACKAGE, "checklist.css")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    page = _TEMPLATES.get_template("checklist.html").render(
        guide=material.guide,
        _=material.wording.gettext,
        doers=partial(tell_doers, wording=material.wording),
        times=partial(tell_times, wording=material.wording),
        direction=material.wording.direction,
        style=style,
        policy=f"default-src 'none'; style-src 'sha256-{digest}'",
    )
    return {"checklist.html": page.encode()}
