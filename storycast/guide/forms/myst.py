"""The guide as MyST Markdown: figures, keys and boxes as directives and roles."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import partial

from markupsafe import Markup

from storycast.guide.enclosure import data_pictures
from storycast.guide.forms.form import PICTURES, Material
from storycast.guide.markdown import as_address, as_bullet, as_entry, as_prose, as_value, escape
from storycast.guide.model import Entry
from storycast.guide.words import tell_doers
from storycast.template import load_templates
from storycast.wording import Wording

__all__ = ["make_myst"]

_SPECIAL = re.compile(r"([{}@%])")
_FENCE = Markup("```````")  # longer than those inside


def make_myst(material: Material) -> Mapping[str, bytes]:
    """``guide.myst.md`` and its pictures."""
    text = _TEMPLATES.get_template("guide.myst.md").render(
        guide=material.guide,
        film=material.film and material.film.name,
        pictures=material.picture_paths,
        widths={figure: picture.size[0] for figure, picture in material.pictures.items()},
        wording=material.wording,
        fence=_FENCE,
        doers=partial(tell_doers, wording=material.wording),
        _=material.wording.gettext,
    )
    text, enclosed = data_pictures(f"{text.rstrip()}\n", PICTURES)
    return {"guide.myst.md": text.encode(), **material.picture_files, **enclosed}


def _escape(value: object) -> str:
    """What MyST reads as a role or a citation stands for itself as well."""
    return value if isinstance(value, Markup) else _SPECIAL.sub(r"\\\1", escape(value))


def _quoted(value: object) -> Markup:
    """A value of YAML, which reads JSON."""
    return Markup(json.dumps(value, ensure_ascii=False))  # noqa: S704 - in quotes


def _value(entry: Entry, wording: Wording) -> Markup:
    return as_value(entry, wording, key=_key)


def _key(key: str) -> str:
    return "{kbd}`" + key.replace("`", "'") + "`"


_TEMPLATES = load_templates(
    "storycast.guide.forms",
    finalize=_escape,
    prose=as_prose,
    address=as_address,
    bullet=as_bullet,
    indented=as_entry,
    quoted=_quoted,
    value=_value,
)
