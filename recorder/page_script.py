"""The recorder's own scripts: run in a page, out of the reach of the page's scripts."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from selenium.common.exceptions import JavascriptException
from selenium.webdriver.remote.command import Command

from recorder.errors import UNREACHABLE_HINT, TakeError

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "Commander",
    "Executor",
    "developer_command",
    "open_world",
    "page_function",
    "run_in_frame",
    "run_in_page",
    "script_call",
    "selector_error",
]

_FOLDER = Path(__file__).parent / "page"
_WORLD = "storycast"
_INVALID = re.compile(r"'([^']*)' is not a valid selector")
_USES = {
    "settle": ("watch", "documents", "guarded"),
    "guarded": ("fields", "private_field"),
    "fields": ("private_field",),
    "hidden": ("inside", "fields", "matches"),
    "whereabouts": ("matches",),
    "steady": ("documents",),
    "movement": ("documents",),
    "glide": ("steady", "steady_end", "inside"),
    "target": ("inside", "sight", "private_field"),
    "watch": ("inside",),
    "freeze": ("documents",),
    "structure": ("inside", "role", "name", "states", "written", "private_field"),
    "name": ("written",),
    "told": ("role", "name"),
    "nodepath": ("path",),
}


class Commander(Protocol):
    """Sends commands of the DevTools protocol to one page or frame."""

    def __call__(self, name: str, **params: object) -> dict[str, Any]:
        """Return a command's result. Raises ``WebDriverException`` where it is refused."""


class Executor(Protocol):
    """Sends a WebDriver command to the browser, unobserved."""

    def __call__(self, command: str, params: Mapping[str, Any] | None = None) -> Any:
        """Return the value that the browser answers."""


@cache
def _source(name: str) -> str:
    source = (_FOLDER / f"{name}.js").read_text(encoding="utf-8")
    functions = (f"function {used}() {{\n{_source(used)}\n}}\n" for used in _USES.get(name, ()))
    return "".join(functions) + source


def page_function(name: str) -> str:
    """One of the recorder's scripts as a JavaScript function, to be called on an object."""
    return f"function () {{\n{_source(name)}\n}}"


def open_world(command: Commander, frame: str) -> int:
    """The context of the recorder's own world in a frame, by DevTools' id of that."""
    made = command("Page.createIsolatedWorld", frameId=frame, worldName=_WORLD)
    context: int = made["executionContextId"]
    return context


def script_call(name: str, *arguments: object) -> str:
    """A script with its arguments, as an expression that any document can be given."""
    return f"(function () {{\n{_source(name)}\n}})(...{json.dumps(arguments)})"


def developer_command(execute: Executor, name: str, **params: object) -> dict[str, Any]:
    """Send a command of the Chrome DevTools protocol; return its result."""
    answer = execute("executeCdpCommand", {"cmd": name, "params": params})
    if answer is None:  # a dialog opened before the browser could answer
        raise JavascriptException(f"{name} was interrupted")
    result: dict[str, Any] = answer
    return result


def run_in_page(
    execute: Executor,
    name: str,
    *arguments: object,
    address: str | None = None,
    isolated: bool = True,
) -> Any:
    """Run a script in the window's outermost document and return what it returns.

    It shares the document with the page's scripts and nothing else (an isolated world, unless
    ``isolated`` is false), whatever frame the driver looks into and however short the storyboard's
    time limit for scripts is. What it keeps there under a symbol stays until the document is left.
    Raises `TakeError` where there is no document but the browser's own error page, or another than
    at ``address``.
    """
    frame = _find_frame(execute, address)
    options: dict[str, object] = {}
    if isolated:
        world = developer_command(
            execute, "Page.createIsolatedWorld", frameId=frame, worldName=_WORLD
        )
        options["contextId"] = world["executionContextId"]
    answer = developer_command(
        execute,
        "Runtime.evaluate",
        expression=script_call(name, *arguments),
        awaitPromise=True,
        returnByValue=True,
        **options,
    )
    if "exceptionDetails" in answer:
        raise JavascriptException(f"{name}.js: {answer['result'].get('description', '')}")
    return answer["result"].get("value")


def _find_frame(execute: Executor, address: str | None) -> str:
    """The outermost frame's id."""
    frame = developer_command(execute, "Page.getFrameTree")["frameTree"]["frame"]
    if "unreachableUrl" in frame:
        raise TakeError(
            f"{frame['unreachableUrl']} cannot be reached: Chromium shows an error page.",
            UNREACHABLE_HINT,
        )
    if address is not None and frame["url"] + frame.get("urlFragment", "") != address:
        raise TakeError(f"{address} was left.")
    identifier: str = frame["id"]
    return identifier


def selector_error(told: str) -> TakeError | None:
    """What a script has failed by, told as ``told``, where that is a selector of ``hidden``."""
    wrong = _INVALID.search(told)
    return wrong and TakeError(
        f"{wrong[1]!r} is no CSS selector, so what it should hide would be seen.",
        "Correct 'hidden' in the storyboard's metadata.",
    )


def run_in_frame(execute: Executor, name: str, *arguments: object) -> Any:
    """Run a script in the document that the driver looks into; it can be given elements."""
    return execute(Command.W3C_EXECUTE_SCRIPT, {"script": _source(name), "args": list(arguments)})
