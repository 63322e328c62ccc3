"""The file chooser: the browser's own dialog for files, of which WebDriver knows nothing."""

from __future__ import annotations

import itertools
import json
import select
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import websocket

from recorder.errors import BrowserError, RecorderError

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["FileChooser", "require_files"]

_CONNECT_LIMIT_S = 5.0
_OPENS = "Page.fileChooserOpened"
_ATTACHED = "Target.attachedToTarget"
_SEVERAL = "selectMultiple"


def require_files(paths: Sequence[str | Path]) -> tuple[Path, ...]:
    """The files at ``paths``, whole; raises `RecorderError` where one is missing, or all are."""
    files = tuple(Path(path).absolute() for path in paths)
    if not files:
        raise RecorderError("choose_files() is given no file to choose.")
    for file in files:
        if not file.is_file():
            raise RecorderError(
                f"There is no file {file} to choose.",
                "What the browser saves is in browser.download_folder: wait until it is there.",
            )
    return files


class FileChooser:
    """Answers the first dialog for files that opens in a window, instead of a person.

    ``address`` is where the browser's own protocol is spoken (host and port), ``window``
    WebDriver's handle. It holds in all frames of the window, as long as it is not closed.
    """

    def __init__(self, address: str, window: str, files: Sequence[Path]) -> None:
        self.files = tuple(files)
        self.is_answered = False
        self._numbers = itertools.count(1)
        self._pending: dict[int, str] = {}
        self._opened: tuple[str, dict[str, Any]] | None = None
        try:
            self._connection: Any = websocket.create_connection(
                f"ws://{address}/devtools/page/{window}",
                suppress_origin=True,
                timeout=_CONNECT_LIMIT_S,
            )
            self._intercept("")
            self._finish()
        except (OSError, ValueError, websocket.WebSocketException) as error:
            raise BrowserError(f"The browser cannot be asked for its dialogs: {error}.") from error

    @property
    def names(self) -> tuple[str, ...]:
        """What the files are called."""
        return tuple(file.name for file in self.files)

    def answer(self, limit_s: float) -> bool:
        """Choose the files where a dialog opens within ``limit_s`` seconds; whether one did.

        Raises `RecorderError` where it does not take them.
        """
        if self.is_answered:
            return False
        deadline = time.monotonic() + limit_s
        while self._opened is None and (wait_s := deadline - time.monotonic()) > 0:
            if select.select([self._connection.sock], [], [], wait_s)[0]:
                self._hear()
        if self._opened is None:
            return False
        session, told = self._opened
        if len(self.files) > 1 and told["mode"] != _SEVERAL:
            raise RecorderError(f"The dialog takes one file, and is given {len(self.files)}.")
        paths = [str(file) for file in self.files]
        self._send(
            "DOM.setFileInputFiles", session, files=paths, backendNodeId=told["backendNodeId"]
        )
        self._finish()
        self.is_answered = True
        return True

    def close(self) -> None:
        """Leave dialogs to the browser again."""
        self._connection.close()

    def _intercept(self, session: str) -> None:
        """Be told of dialogs, and of frames of other origins, which are pages of their own."""
        self._send("Page.enable", session)
        self._send("Page.setInterceptFileChooserDialog", session, enabled=True)
        self._send(
            "Target.setAutoAttach",
            session,
            autoAttach=True,
            waitForDebuggerOnStart=False,
            flatten=True,
        )

    def _send(self, method: str, session: str, **params: object) -> None:
        number = next(self._numbers)
        self._pending[number] = method
        message = {"id": number, "method": method, "params": params}
        self._connection.send(json.dumps(message | ({"sessionId": session} if session else {})))

    def _finish(self) -> None:
        """Wait until all has been done that was asked for."""
        while self._pending:
            self._hear()

    def _hear(self) -> None:
        message = json.loads(self._connection.recv())
        session, told = message.get("sessionId", ""), message.get("params", {})
        if message.get("method") == _OPENS and self._opened is None:
            self._opened = session, told
        elif message.get("method") == _ATTACHED and told["targetInfo"]["type"] == "iframe":
            self._intercept(told["sessionId"])
        method = self._pending.pop(message.get("id", 0), "")
        if "error" in message and method == "DOM.setFileInputFiles":
            raise RecorderError(f"The page does not take the files: {message['error']['message']}.")
