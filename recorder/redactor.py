"""The redactor: asks a page where it shows what nobody may see."""

from __future__ import annotations

import contextlib
import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import websocket
from selenium.common.exceptions import WebDriverException

from recorder.area import Area, Look
from recorder.errors import TakeError
from recorder.page_script import open_world, page_function, script_call
from recorder.secret_form import sources_of
from recorder.structure import open_frame
from recorder.take import Box, Locator

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from recorder.page_script import Commander
    from recorder.secrecy import Secrets

__all__ = ["Mask", "Redactor"]

_INVALID = re.compile(r"'([^']*)' is not a valid selector")


@dataclass(frozen=True)
class Mask:
    """An element that was given: where it was then (see ``whereabouts.js``), and its locator."""

    page: str
    path: tuple[tuple[int, ...], ...]
    place: int
    locator: Locator | None


@dataclass
class Redactor:
    """Knows what is to be hidden in one browser, and finds it on the page.

    ``viewport`` in CSS pixels; ``selectors`` are CSS; ``address`` is where the browser listens
    (host and port). Without a wish only fields for passwords and the like are hidden.
    """

    command: Commander
    secrets: Secrets
    viewport: tuple[int, int]
    selectors: tuple[str, ...] = ()
    address: str = ""
    masks: list[Mask] = field(default_factory=list)

    @property
    def has_wishes(self) -> bool:
        """Whether anything is to be hidden besides what a page itself tells to be private."""
        return bool(self.secrets or self.selectors or self.masks)

    def add(self, mask: Mask) -> None:
        """Hide an element from now on."""
        self.masks.append(mask)
        self.find(shut=False, new=mask)

    def find(self, *, shut: bool, new: Mask | None = None) -> tuple[Area, ...]:
        """Where the page shows what nobody may see; in closed shadow trees, too, where ``shut``.

        A ``new`` mask is where it was when it was given, others where they were seen last, or where
        their locators find them.

        Raises ``WebDriverException`` where the page is left meanwhile, `TakeError` where a
        selector is none.
        """
        frame = self.command("Page.getFrameTree")["frameTree"]["frame"]["id"]
        window = [0, 0, *self.viewport]
        look = _Look(self.command, self.address, self._wishes(new), shut=shut)
        return tuple(look.into(frame, [0, 0, 1], window))

    def _wishes(self, new: Mask | None) -> dict[str, Any]:
        return {
            "sources": sources_of(self.secrets),
            "values": list(self.secrets.lines),
            "selectors": list(self.selectors),
            "masks": [
                {
                    "number": number,
                    "page": mask.page,
                    "path": mask.path if mask is new else None,
                    "by": mask.locator.by if mask.locator and mask.place >= 0 else "",
                    "value": mask.locator.value if mask.locator else "",
                    "place": mask.place,
                }
                for number, mask in enumerate(self.masks)
            ],
        }


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
        yield from map(_read, seen["areas"])
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
            yield from map(_read, _result(answer)["value"]["areas"])


def _result(answer: Mapping[str, Any]) -> dict[str, Any]:
    result: dict[str, Any] = answer["result"]
    if "exceptionDetails" in answer:
        told = result.get("description", "")
        if wrong := _INVALID.search(told):
            raise TakeError(
                f"{wrong[1]!r} is no CSS selector, so what it should hide would be seen.",
                "Correct 'hidden' in the storyboard's metadata.",
            )
        raise WebDriverException(f"hidden.js: {told}")
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


def _read(area: Mapping[str, Any]) -> Area:
    look = area["look"]
    return Area(
        is_field=area["kind"] == "dots",
        whole=tuple(map(_box, area["whole"])),
        parts=tuple(map(_box, area["parts"])),
        text=area["text"],
        look=Look(**look) if look else None,
    )


def _box(edges: Sequence[float]) -> Box:
    left, top, right, bottom = edges
    return Box(x=left, y=top, width=right - left, height=bottom - top)
