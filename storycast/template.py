"""Templates: how a page is laid out, in a package's folder ``templates``."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jinja2
from jinja2 import (
    BytecodeCache,
    Environment,
    FileSystemBytecodeCache,
    PackageLoader,
    StrictUndefined,
    select_autoescape,
)
from markupsafe import Markup

if TYPE_CHECKING:
    from jinja2.bccache import Bucket

__all__ = ["keep_compiled", "load_templates", "read_source"]


class _Compiled(BytecodeCache):
    """Keeps compiled templates in the folder of `keep_compiled`, for environments of one kind."""

    kept: FileSystemBytecodeCache | None = None

    def __init__(self, kind: str) -> None:
        self._kind = kind

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        return super().get_cache_key(f"{jinja2.__version__} {self._kind} {name}", filename)

    def load_bytecode(self, bucket: Bucket) -> None:
        if _Compiled.kept is not None:
            _Compiled.kept.load_bytecode(bucket)

    def dump_bytecode(self, bucket: Bucket) -> None:
        if _Compiled.kept is not None:
            with suppress(OSError):  # the next run compiles it again
                _Compiled.kept.dump_bytecode(bucket)


def keep_compiled(folder: Path) -> None:
    """From now on keep templates in ``folder`` when they are compiled, and take them from there.

    It is for this same program alone: they depend on its filters.
    """
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
    _Compiled.kept = FileSystemBytecodeCache(str(folder))


def load_templates(
    package: str, finalize: Callable[[Any], Any] | None = None, **filters: Callable[..., Any]
) -> Environment:
    """A package's templates; HTML is escaped, ``finalize`` may escape the others."""
    kind = f"{package} {getattr(finalize, '__qualname__', '')} {sorted(filters)}"
    templates = Environment(
        loader=PackageLoader(package),
        autoescape=select_autoescape(("html",)),
        finalize=finalize,
        bytecode_cache=_Compiled(kind),
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
