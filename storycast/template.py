"""Templates: how a page is laid out, in a package's folder ``templates``."""

from __future__ import annotations

from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import Any

from jinja2 import (
    Environment,
    FileSystemBytecodeCache,
    PackageLoader,
    StrictUndefined,
    select_autoescape,
)
from markupsafe import Markup

__all__ = ["load_templates", "read_source"]


def load_templates(
    package: str,
    finalize: Callable[[Any], Any] | None = None,
    compiled: Path | None = None,
    **filters: Callable[..., Any],
) -> Environment:
    """A package's templates; HTML is escaped, ``finalize`` may escape the others.

    ``compiled`` is a folder that keeps them for the next run, for this same program alone.
    """
    if compiled:
        compiled.mkdir(parents=True, exist_ok=True)
    templates = Environment(
        loader=PackageLoader(package),
        autoescape=select_autoescape(("html",)),
        finalize=finalize,
        bytecode_cache=FileSystemBytecodeCache(str(compiled)) if compiled else None,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    templates.filters |= filters
    return templates


def read_source(package: str, name: str) -> Markup:
    """A style sheet or a script of ours, which stands in the page as it is in its file."""
    file = files(package).joinpath("templates", name)
    return Markup(file.read_text(encoding="utf-8"))  # noqa: S704 - a file of this package
