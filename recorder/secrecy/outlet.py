"""The outlet: what a kernel prints, shows and answers, without what nobody may read."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from IPython.core.interactiveshell import InteractiveShell

    from recorder.secrecy.secret import Secrets

__all__ = ["Outlet", "is_binary"]

_BINARY = ("image/", "audio/", "video/", "application/pdf", "application/octet-stream")


def is_binary(kind: str) -> bool:
    """Whether what a notebook keeps under this media type is no text."""
    return kind.startswith(_BINARY) and not kind.startswith("image/svg")


class Outlet:
    """Stands where messages leave the kernel, and where text is printed piece by piece."""

    def __init__(self, shell: InteractiveShell, secrets: Secrets) -> None:
        self._secrets = secrets
        self._streams = [_Stream(stream, secrets) for stream in (sys.stdout, sys.stderr)]
        self._session: Any = getattr(getattr(shell, "kernel", None), "session", None)
        if self._session is not None:
            self._send: Callable[..., Any] = self._session.send
            self._session.send = self._send_hidden

    def flush(self) -> None:
        """A cell has ended: what was held back was no beginning of a secret."""
        for stream in self._streams:
            stream.flush()

    def close(self) -> None:
        """Hide no more."""
        for stream in self._streams:
            stream.close()
        if self._session is not None:
            del self._session.send

    def _send_hidden(
        self, stream: Any, message: Any, content: Any = None, *rest: Any, **options: Any
    ) -> Any:
        if isinstance(message, dict):
            message = {**message, "content": self._hide(message.get("content"))}
        return self._send(stream, message, self._hide(content), *rest, **options)

    def _hide(self, content: Any) -> Any:
        return self._secrets.hide_all(content, is_binary)


class _Stream:
    """Passes text on as it is printed, but for an end that a secret may begin with."""

    def __init__(self, stream: Any, secrets: Secrets) -> None:
        self._stream = stream
        self._write: Callable[[str], int] = stream.write
        self._secrets = secrets
        self._held = ""
        stream.write = self.write

    def write(self, text: str) -> int:
        """Print ``text``, in the place of the stream's own method."""
        if not (self._secrets and isinstance(text, str)):
            return self._write(text)
        told = self._secrets.hide(self._held + text)
        end = len(told) - self._secrets.may_begin(told)
        self._held = told[end:]
        if end:
            self._write(told[:end])
        return len(text)

    def flush(self) -> None:
        """Print what was held back."""
        held, self._held = self._held, ""
        if held:
            self._write(held)

    def close(self) -> None:
        """Let the stream print by itself again."""
        self.flush()
        del self._stream.write
