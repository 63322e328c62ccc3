"""The structure of a page, with its frames: also of those that live in processes of their own."""

from __future__ import annotations

import contextlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import websocket
from selenium.common.exceptions import WebDriverException

from recorder.page_script import page_function
from recorder.snapshot import CAPTURED_STYLES, Corner, Snapshot, SnapshotReader

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from recorder.page_script import Commander
    from recorder.snapshot import Node

__all__ = ["FOREIGN", "Structure", "open_frame", "read_structure"]

FOREIGN = -1
"""What stands for DevTools' number of a node that only another process knows."""

_LIMIT_S = 5.0


@dataclass(frozen=True)
class Structure:
    """What a page is made of; ``numbers`` are DevTools' ``backendNodeId`` of each node.

    Frames of other sites come last, with `FOREIGN` numbers. Closed shadow trees are told because
    no script in the page can watch them.
    """

    snapshot: Snapshot
    numbers: tuple[int, ...]
    has_closed_trees: bool


def read_structure(
    command: Commander, address: str, corner: Corner | None = None, *, ratio: float = 1.0
) -> Structure:
    """Read what a page is made of.

    Frames of other sites are asked at ``address``, where the browser listens (host and port), and
    are left out where that is empty. ``corner`` is how the window shows a page that is a frame;
    ``ratio`` is how many of the browser's own pixels of layout there are to a CSS pixel.
    """
    captured = command("DOMSnapshot.captureSnapshot", computedStyles=list(CAPTURED_STYLES))
    if ratio != 1:
        _measure_in_css_pixels(captured["documents"], ratio)
    reader = SnapshotReader(captured, lambda frame: _ask_scale(command, frame), corner)
    found: list[tuple[int, Node]] = []
    for document in captured["documents"]:
        found += reader.nodes(_tree(command, captured["strings"][document["frameId"]]))
    for frame, inside in reader.foreign.items() if address else ():
        # One that has not been loaded, or is leaving, has nothing to tell.
        with contextlib.suppress(WebDriverException, websocket.WebSocketException, OSError):
            page = _read_foreign(command, address, frame, inside, ratio).snapshot
            found += ((FOREIGN, node) for node in page.nodes)
    return Structure(
        snapshot=Snapshot(nodes=tuple(node for _, node in found)),
        numbers=tuple(number for number, _ in found),
        has_closed_trees=reader.has_closed_trees,
    )


def _measure_in_css_pixels(documents: Sequence[dict[str, Any]], ratio: float) -> None:
    for document in documents:
        layout = document["layout"]
        layout["bounds"] = [[length / ratio for length in bounds] for bounds in layout["bounds"]]
        for name in ("scrollOffsetX", "scrollOffsetY"):
            document[name] = document.get(name, 0) / ratio


def _tree(command: Commander, frame: str) -> Sequence[Mapping[str, Any]]:
    try:
        nodes: Sequence[Mapping[str, Any]]
        nodes = command("Accessibility.getFullAXTree", frameId=frame)["nodes"]
    except WebDriverException:  # it was left meanwhile
        return ()
    return nodes


def _ask_scale(command: Commander, frame: int) -> tuple[float, float]:
    """How a frame is scaled: by transforms, and by CSS zoom."""
    with contextlib.suppress(WebDriverException):
        element = command("DOM.resolveNode", backendNodeId=frame)["object"]["objectId"]
        answer = command(
            "Runtime.callFunctionOn",
            objectId=element,
            functionDeclaration=page_function("scale"),
            returnByValue=True,
        )
        transform, zoom = answer["result"]["value"]
        return transform, zoom
    return 1.0, 1.0


def _read_foreign(
    command: Commander, address: str, frame: int, corner: Corner, ratio: float
) -> Structure:
    target = command("DOM.describeNode", backendNodeId=frame)["node"]["frameId"]
    with open_frame(address, target) as inside:
        return read_structure(inside, address, corner, ratio=ratio)


@contextlib.contextmanager
def open_frame(address: str, frame: str) -> Iterator[Commander]:
    """Send commands to a frame of another site, by DevTools' id of it.

    Raises ``OSError`` or ``WebSocketException`` where it cannot be reached at ``address``.
    """
    # Chromium lets no page connect, and tells pages by their origin.
    connection = websocket.create_connection(
        f"ws://{address}/devtools/page/{frame}", suppress_origin=True, timeout=_LIMIT_S
    )
    with contextlib.closing(connection):
        yield _Direct(connection)


class _Direct:
    """Sends commands to a frame past chromedriver, which reaches the window's own only."""

    def __init__(self, connection: websocket.WebSocket) -> None:
        self._connection = connection
        self._number = 0

    def __call__(self, name: str, **params: object) -> dict[str, Any]:
        self._number += 1
        self._connection.send(json.dumps({"id": self._number, "method": name, "params": params}))
        while True:
            answer = json.loads(self._connection.recv())
            if answer.get("id") != self._number:
                continue
            if "error" in answer:
                raise WebDriverException(f"{name}: {answer['error'].get('message', '')}")
            result: dict[str, Any] = answer["result"]
            return result
