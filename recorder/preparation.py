"""Preparation: imports what takes long, while something else is waited for."""

from __future__ import annotations

import contextlib
import importlib
import sys
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["SLOW_FORMATS", "import_in_background", "without"]

SLOW_FORMATS = (
    "fqdn",
    "isoduration",
    "jsonpointer",
    "rfc3339_validator",
    "rfc3986_validator",
    "rfc3987",
    "rfc3987_syntax",
    "uri_template",
    "webcolors",
)
"""What jsonschema, which nbformat imports, would check addresses, times and colours with: notebooks
have none, and to read one of the grammars takes a second."""


@contextlib.contextmanager
def without(*modules: str) -> Iterator[None]:
    """Let imports in the block do without modules that they only use where these are there."""
    absent = [name for name in modules if name not in sys.modules]
    for name in absent:
        # Python's documentation of sys.modules: None makes the module's import fail.
        sys.modules[name] = None  # type: ignore[assignment]
    try:
        yield
    finally:
        for name in absent:
            del sys.modules[name]


def import_in_background(*modules: str) -> None:
    """Begin to import modules; who imports one meanwhile waits for it.

    One that cannot be imported is left to who imports it next.
    """
    threading.Thread(target=_import, args=(modules,), daemon=True).start()


def _import(modules: tuple[str, ...]) -> None:
    with without(*SLOW_FORMATS):
        for module in modules:
            with contextlib.suppress(Exception):
                importlib.import_module(module)
