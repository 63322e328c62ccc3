"""What a Chromium page shows that nobody may see, in all its frames, by the DevTools protocol."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import websocket
from selenium.common.exceptions import WebDriverException

from recorder.area import read_area
from recorder.page_script import open_world, page_function, script_call, selector_error
from recorder.structure import open_frame

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from recorder.area import Area
    from recorder.page_script import Commander

__all__ = ["find_hidden"]


def find_hidden(
    command: Commander,
    address: str,
    wishes: Mapping[str, Any],
    window: Sequence[float],
    *,
    shut: bool,
) -> Iterator[Area]:
    """See `recorder.inspector.Inspector.find_hidden`; ``address`` is where the browser listens."""
    frame = command("Page.getFrameTree")["frameTree"]["frame"]["id"]
    return _Look(command, address, wishes, shut=shut).into(frame, [0, 0, 1], window)


@dataclass(frozen=True)
class _Look:
    """One look at a page, and at the frames of other origins in it."""

    command: Commander
    address: str
    wishes: Mapping[str, Any]
    shut: bool

    def into(self, frame: str, corner: Sequence[float], clip: Sequence[float]) -> Iterator[Area]:
        """What is found in the document of a frame, and in those that it holds."""
        context = open_world(self.command, frame)
        seen = self._evaluate(
            script_call("hidden", self.wishes, corner, clip), context, returnByValue=True
        )["value"]
        yield from map(read_area, seen["areas"])
        if self.shut:
            yield from self._shut_trees(context, corner, clip)
        if seen["foreign"]:
            for inner, shown in zip(self._foreign(context), seen["foreign"], strict=False):
                yield from self._inside(inner, shown["corner"], shown["clip"])

    def _evaluate(self, expression: str, context: int, **options: object) -> dict[str, Any]:
        answer = self.command(
            "Runtime.evaluate", expression=expression, contextId=context, **options
        )
        return _result(answer)

    def _foreign(self, context: int) -> Iterator[str]:
        """DevTools' ids of the frames that the document itself cannot ask."""
        found = self._evaluate(script_call("foreign"), context)
        listed = self.command(
            "Runtime.getProperties", objectId=found["objectId"], ownProperties=True
        )["result"]
        for each in listed:
            if each["name"].isdecimal():
                node = self.command("DOM.describeNode", objectId=each["value"]["objectId"])["node"]
                yield node.get("frameId", "")

    def _inside(self, frame: str, corner: Sequence[float], clip: Sequence[float]) -> Iterator[Area]:
        try:  # one of another origin, but of the same site, is in the same process
            yield from list(replace(self, shut=False).into(frame, corner, clip))
        except WebDriverException:
            # One that has not been loaded, or is leaving, shows nothing.
            with contextlib.suppress(WebDriverException, websocket.WebSocketException, OSError):
                if not self.address:
                    return
                with open_frame(self.address, frame) as command:
                    inner = _Look(command, self.address, self.wishes, shut=True)
                    yield from list(inner.into(frame, corner, clip))

    def _shut_trees(
        self, context: int, corner: Sequence[float], clip: Sequence[float]
    ) -> Iterator[Area]:
        """What is found in closed shadow trees, which no script can see."""
        root = self.command("DOM.getDocument", depth=-1, pierce=True)["root"]
        for number in _closed(root):
            shadow = self.command(
                "DOM.resolveNode", backendNodeId=number, executionContextId=context
            )["object"]["objectId"]
            arguments = [{"value": each} for each in (self.wishes, corner, clip, True)]
            answer = self.command(
                "Runtime.callFunctionOn",
                objectId=shadow,
                functionDeclaration=page_function("hidden"),
                arguments=arguments,
                returnByValue=True,
            )
            yield from map(read_area, _result(answer)["value"]["areas"])


def _result(answer: Mapping[str, Any]) -> dict[str, Any]:
    result: dict[str, Any] = answer["result"]
    if "exceptionDetails" in answer:
        told = result.get("description", "")
        raise selector_error(told) or WebDriverException(f"hidden.js: {told}")
    return result


def _closed(node: Mapping[str, Any]) -> Iterator[int]:
    """DevTools' numbers of the closed shadow roots below a node."""
    for shadow in node.get("shadowRoots", ()):
        if shadow.get("shadowRootType") == "closed":
            yield shadow["backendNodeId"]
    inner = node.get("contentDocument")
    for each in (
        *node.get("shadowRoots", ()), *node.get("children", ()), *([inner] if inner else ()),
    ):  # fmt: skip
        yield from _closed(each)
