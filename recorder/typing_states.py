"""The states of a field while it is typed into."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from selenium.common.exceptions import WebDriverException
from selenium.webdriver.remote.command import Command

from recorder.action_chain import press_keys
from recorder.secrecy import DOTS
from recorder.take import Box, Keystroke, shot_path
from recorder.typing_pieces import split_typing

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from concurrent.futures import Future

    from recorder.camera import Camera
    from recorder.gesture import Gesture
    from recorder.page_script import Executor
    from recorder.patching import Change, Patcher
    from recorder.take import Moment, Patch

    Send = Callable[[str, Mapping[str, Any]], Any]

__all__ = ["Typist"]

# A list of completions opens below its field and may be wider.
_MARGIN = Box(x=8, y=8, width=200, height=320)


class Typist:
    """Types texts piece by piece, with a picture of each state."""

    def __init__(self, execute: Executor, camera: Camera) -> None:
        self._execute = execute
        self._camera = camera
        self._pending: tuple[Gesture, ...] = ()

    def type(
        self, gesture: Gesture, send: Send, *, before: Moment, box: Box, secret: bool
    ) -> tuple[Any, tuple[Keystroke, ...]]:
        """Type the text of ``gesture`` into the field at ``box``.

        Returns the browser's last response and the field's states. Where the page becomes another,
        the rest is typed at once; where a dialog opens, it waits for `catch_up`. What is secret is
        typed at once, and shown as dots whose number does not tell its length.
        """
        pieces = (gesture,) if secret else split_typing(gesture)
        if len(pieces) < 2 and not secret:
            return send(gesture.command, gesture.params), ()
        # They need OpenCV, whose import takes a while: only who types pays for it.
        from recorder.patching import Patcher, cut_region  # noqa: PLC0415
        from recorder.picture import read_picture  # noqa: PLC0415

        viewport, scale = self._camera.format
        region = cut_region(box, viewport, margin=_MARGIN)
        start = read_picture(shot_path(self._camera.folder, before))
        patcher = Patcher(start, scale, self._camera.writer)
        try:
            type_all = self._type_unseen if secret else self._type
            response, states = type_all(pieces, send, region, patcher)
            patches = [state.result() for state in states]
        finally:
            patcher.close()
        texts = [
            DOTS[: end + 1] if secret else "".join(piece.text for piece in pieces[: end + 1])
            for end in range(len(patches))
        ]
        return response, tuple(
            Keystroke(text=text, patch=patch) for text, patch in zip(texts, patches, strict=True)
        )

    def catch_up(self, send: Send) -> None:
        """A dialog was answered: type what it kept from being typed, as the browser would."""
        rest, self._pending = self._pending, ()
        if rest and not self._is_interrupted():
            self._press_all(rest, send)

    def _type(
        self, pieces: tuple[Gesture, ...], send: Send, region: Box, patcher: Patcher
    ) -> tuple[Any, list[Future[Patch | None]]]:
        states: list[Future[Patch | None]] = []
        response = None
        for number, piece in enumerate(pieces):
            response = self._press(piece, send, first=number == 0)
            change = self._look(region, patcher)
            if change is None:
                self._pending = pieces[number + 1 :]
                if self._pending and not self._is_interrupted():
                    response = self._press_all(self._pending, send)
                    self._pending = ()
                break
            region = change.region
            states.append(patcher.keep(change))
        return response, states

    def _type_unseen(
        self, pieces: tuple[Gesture, ...], send: Send, region: Box, patcher: Patcher
    ) -> tuple[Any, list[Future[Patch | None]]]:
        response = [send(piece.command, piece.params) for piece in pieces][-1]
        return response, [
            patcher.keep(patcher.compare(png, region)) for png in self._camera.glimpse_dots(region)
        ]

    def _look(self, region: Box, patcher: Patcher) -> Change | None:
        """What has changed in ``region``; in all that is seen where the change goes beyond it."""
        png = self._camera.glimpse(region)
        change = None if png is None else patcher.compare(png, region)
        viewport, _ = self._camera.format
        if change is None or not change.is_cut(viewport):
            return change
        return self._look(Box(x=0, y=0, width=viewport[0], height=viewport[1]), patcher)

    def _press_all(self, rest: tuple[Gesture, ...], send: Send) -> Any:
        if rest[0].command == Command.SEND_KEYS_TO_ELEMENT:
            text = "".join(piece.text for piece in rest)
            whole = {**rest[0].params, "text": text, "value": list(text)}
            return self._press(replace(rest[0], params=whole, text=text), send)
        return [send(piece.command, piece.params) for piece in rest][-1]

    def _press(self, piece: Gesture, send: Send, *, first: bool = False) -> Any:
        """Type a piece as a part of all: a field that passes the focus on keeps that."""
        if first or piece.command != Command.SEND_KEYS_TO_ELEMENT or self._has_focus(piece):
            return send(piece.command, piece.params)
        return send(Command.W3C_ACTIONS, press_keys(piece.text))

    def _has_focus(self, piece: Gesture) -> bool:
        try:
            focused = self._execute(Command.W3C_GET_ACTIVE_ELEMENT)
        except WebDriverException:
            return False
        return getattr(focused, "id", None) == piece.element

    def _is_interrupted(self) -> bool:
        try:
            self._execute(Command.W3C_GET_ALERT_TEXT)
        except WebDriverException:
            return False
        return True
