"""Firefox's inspector: looks into its pages by WebDriver BiDi."""

from __future__ import annotations

import base64
import json
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from selenium.common.exceptions import JavascriptException, WebDriverException
from selenium.webdriver.remote.command import Command

from recorder.area import read_area
from recorder.errors import UNREACHABLE_HINT, TakeError
from recorder.firefox.cookie import read_cookie, write_cookie
from recorder.gesture import ELEMENT_KEY
from recorder.page_script import page_function, run_in_frame, script_call, selector_error
from recorder.readable_name import readable_name
from recorder.snapshot import STYLES, Node, Snapshot
from recorder.structure import FOREIGN, Structure

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from recorder.area import Area
    from recorder.firefox.bidi import Bidi
    from recorder.page_script import Executor
    from recorder.take import Box

__all__ = ["FirefoxInspector"]

_WORLD = "storycast"
_WHOLE = (0.0, 0.0, 1.0)
_UNREACHABLE, _LEFT = "unreachable", "left"  # elsewhere.js


class FirefoxInspector:
    """An `Inspector` of a Firefox; ``execute`` sends WebDriver's commands to it."""

    def __init__(self, execute: Executor, bidi: Bidi) -> None:
        self._execute = execute
        self._bidi = bidi

    @property
    def _window(self) -> str:
        window: str = self._execute(Command.W3C_GET_CURRENT_WINDOW_HANDLE)
        return window

    def run(
        self, name: str, *arguments: object, address: str | None = None, isolated: bool = True
    ) -> Any:
        """See `Inspector.run`."""
        elsewhere, call = script_call("elsewhere", address), script_call(name, *arguments)
        expression = f"(async () => {elsewhere} || JSON.stringify(['', await {call}]))()"
        answer = self._evaluate(self._window, expression, isolated=isolated)
        wrong, value = json.loads(answer["value"])
        if wrong == _UNREACHABLE:
            raise TakeError(
                f"{value} cannot be reached: Firefox shows an error page.", UNREACHABLE_HINT
            )
        if wrong == _LEFT:
            raise TakeError(f"{value} was left.")
        return value

    def show(self) -> None:
        """See `Inspector.show`."""
        self._bidi.send("browsingContext.activate", context=self._window)

    def fit(self, viewport: tuple[int, int], scale: int) -> None:
        """See `Inspector.fit`."""
        width, height = viewport
        self._bidi.send(
            "browsingContext.setViewport",
            context=self._window,
            viewport={"width": width, "height": height},
            devicePixelRatio=scale,
        )

    def capture(self, region: Box | None = None) -> bytes:
        """See `Inspector.capture`."""
        clip = {"clip": {"type": "box", **region.model_dump()}} if region else {}
        answer = self._bidi.send(
            "browsingContext.captureScreenshot", context=self._window, origin="viewport", **clip
        )
        return base64.b64decode(answer["data"])

    def structure(self) -> Structure:
        """See `Inspector.structure`; numbers are places in what ``structure.js`` found."""
        window = self._window
        found = list(self._nodes(window, _WHOLE))
        return Structure(
            snapshot=Snapshot(nodes=tuple(node for _, node, _ in found)),
            numbers=tuple(number for number, _, _ in found),
            has_closed_trees=any(is_shut for _, _, is_shut in found),
        )

    def path_of(self, number: int) -> list[int]:
        """See `Inspector.path_of`."""
        path: list[int] = self.run("nodepath", number)
        return path

    def tell(self, element: str) -> tuple[str, str] | None:
        """See `Inspector.tell`: by the same rules as those of a structure."""
        try:
            role, name = run_in_frame(self._execute, "told", {ELEMENT_KEY: element})
        except WebDriverException:
            return None
        return role, name

    def find_hidden(
        self, wishes: Mapping[str, Any], window: Sequence[float], *, shut: bool
    ) -> Iterator[Area]:
        """See `Inspector.find_hidden`."""
        yield from list(self._areas(self._window, wishes, _WHOLE, window, shut=shut))

    def stop_movement(self) -> None:
        """See `Inspector.stop_movement`."""
        self.run("freeze", True)

    def resume_movement(self) -> None:
        """See `Inspector.resume_movement`."""
        self.run("freeze", False)

    def cookies(self) -> list[dict[str, Any]]:
        """See `Inspector.cookies`."""
        return [read_cookie(each) for each in self._bidi.send("storage.getCookies")["cookies"]]

    def set_cookies(self, cookies: Sequence[Mapping[str, Any]]) -> None:
        """See `Inspector.set_cookies`."""
        for each in cookies:
            self._bidi.send("storage.setCookie", cookie=write_cookie(each))

    @contextmanager
    def preloading(self, script: str) -> Iterator[None]:
        """See `Inspector.preloading`."""
        added = self._bidi.send(
            "script.addPreloadScript",
            functionDeclaration=f"() => {{ {script} }}",
            contexts=[self._window],
        )
        try:
            yield
        finally:
            self._bidi.send("script.removePreloadScript", script=added["script"])

    def _nodes(self, context: str, corner: Sequence[float]) -> Iterator[tuple[int, Node, bool]]:
        """What a document and all that it holds are made of: number, node, whether trees are shut.

        Frames of other sites come last, with `FOREIGN` numbers.
        """
        hosts, trees = self._closed_trees(context)
        found = self._call(context, "structure", corner, hosts, trees, STYLES)
        for number, node in enumerate(found["nodes"]):
            yield number, _read_node(node), bool(trees)
        for inner, place in zip(
            self._foreign(context, found["frames"]), found["frames"], strict=False
        ):
            # One that has not been loaded, or is leaving, has nothing to tell.
            with suppress(WebDriverException):
                inside = list(self._nodes(inner, place))
                yield from ((FOREIGN, node, is_shut) for _, node, is_shut in inside)

    def _areas(
        self,
        context: str,
        wishes: Mapping[str, Any],
        corner: Sequence[float],
        clip: Sequence[float],
        *,
        shut: bool,
    ) -> Iterator[Area]:
        """What is to be hidden of a document and of all that it holds."""
        seen = self._call(context, "hidden", wishes, corner, clip)
        yield from map(read_area, seen["areas"])
        if shut:
            for tree in self._closed_trees(context)[1]:
                told = self._call(context, "hidden", wishes, corner, clip, True, this=tree)
                yield from map(read_area, told["areas"])
        for inner, shown in zip(
            self._foreign(context, seen["foreign"]), seen["foreign"], strict=False
        ):
            with suppress(WebDriverException):
                yield from list(
                    self._areas(inner, wishes, shown["corner"], shown["clip"], shut=True)
                )

    def _foreign(self, context: str, wanted: Sequence[object]) -> list[str]:
        """The contexts of the frames that a document cannot ask itself."""
        if not wanted:
            return []
        windows = f"{script_call('foreign')}.map((frame) => frame.contentWindow)"
        return [each["value"]["context"] for each in self._evaluate(context, windows)["value"]]

    def _closed_trees(self, context: str) -> tuple[list[_Node], list[_Node]]:
        """The elements that hold closed shadow trees, and those trees."""
        options = {"includeShadowTree": "all", "maxDomDepth": 0}
        found = self._evaluate(context, script_call("hosts"), serializationOptions=options)
        shut = [
            (_Node(host["sharedId"]), _Node(tree["sharedId"]))
            for host in found["value"]
            if (tree := host["value"].get("shadowRoot")) and tree["value"]["mode"] == "closed"
        ]
        return [host for host, _ in shut], [tree for _, tree in shut]

    def _call(self, context: str, name: str, *arguments: object, this: _Node | None = None) -> Any:
        """Run a script that is given nodes in a document; return what it returns."""
        answer = self._bidi.send(
            "script.callFunction",
            functionDeclaration=(
                f"function (...given) {{ return JSON.stringify(({page_function(name)})"
                ".apply(this, given)); }"
            ),
            arguments=[_argument(each) for each in arguments],
            **({"this": _argument(this)} if this else {}),
            target={"context": context, "sandbox": _WORLD},
            awaitPromise=True,
        )
        return json.loads(_value(name, answer)["value"])

    def _evaluate(
        self, context: str, expression: str, *, isolated: bool = True, **options: object
    ) -> dict[str, Any]:
        world = {"sandbox": _WORLD} if isolated else {}
        answer = self._bidi.send(
            "script.evaluate",
            expression=expression,
            target={"context": context, **world},
            awaitPromise=True,
            **options,
        )
        return _value("script", answer)


@dataclass(frozen=True)
class _Node:
    """A node of a page, by BiDi's name of it."""

    identifier: str


def _read_node(told: Mapping[str, Any]) -> Node:
    title = told.get("attributes", {}).get("title", "")
    return Node.model_validate({**told, "name": readable_name(told["name"], title)})


def _argument(given: object) -> dict[str, Any]:
    """What a script is given, as BiDi writes it: nodes by their names, all else as JSON."""
    if isinstance(given, _Node):
        return {"sharedId": given.identifier}
    if isinstance(given, (list, tuple)):
        return {"type": "array", "value": [_argument(each) for each in given]}
    if isinstance(given, dict):
        pairs = [[key, _argument(each)] for key, each in given.items()]
        return {"type": "object", "value": pairs}
    if given is None:
        return {"type": "null"}
    if isinstance(given, bool):
        return {"type": "boolean", "value": given}
    return {"type": "string" if isinstance(given, str) else "number", "value": given}


def _value(name: str, answer: Mapping[str, Any]) -> dict[str, Any]:
    if answer["type"] == "exception":
        told = answer["exceptionDetails"]["text"]
        raise selector_error(told) or JavascriptException(f"{name}.js: {told}")
    value: dict[str, Any] = answer["result"]
    return value
