"""The templates: how a guide is laid out, in files beside this module."""

from __future__ import annotations

from collections.abc import Callable
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

__all__ = ["load_templates", "read_source"]


def load_templates(
    finalize: Callable[[Any], Any] | None = None, **filters: Callable[..., Any]
) -> Environment:
    """The templates with ``filters``; HTML is escaped, ``finalize`` may escape the others."""
    templates = Environment(
        loader=PackageLoader("storycast.guide"),
        autoescape=select_autoescape(("html",)),
        finalize=finalize,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    templates.filters |= filters
    return templates


def read_source(name: str) -> Markup:
    """A style sheet or a script of ours, which stands in the page as it is in its file."""
    file = files("storycast.guide").joinpath("templates", name)
    return Markup(file.read_text(encoding="utf-8"))  # noqa: S704 - a file of this package
