"""Preparation: imports what takes long, while something else is waited for."""

from __future__ import annotations

import contextlib
import importlib
import sys
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["import_in_background", "without"]


@contextlib.contextmanager
def without(module: str) -> Iterator[None]:
    """Let imports in the block do without a module that they only use where it is there."""
    if module in sys.modules:
        yield
        return
    # Python's documentation of sys.modules: None makes the module's import fail.
    sys.modules[module] = None  # type: ignore[assignment]
    try:
        yield
    finally:
        del sys.modules[module]


def import_in_background(*modules: str) -> None:
    """Begin to import modules; who imports one meanwhile waits for it.

    One that cannot be imported is left to who imports it next.
    """
    threading.Thread(target=_import, args=(modules,), daemon=True).start()


def _import(modules: tuple[str, ...]) -> None:
    # Jsonschema, which nbformat imports, would read a grammar of addresses for a second.
    with without("rfc3987_syntax"):
        for module in modules:
            with contextlib.suppress(Exception):
                importlib.import_module(module)
