"""Channels: where a kernel and who runs its cells talk to each other."""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from recorder.kept_process import End, KeptProcess

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["private_channels"]

_LONGEST = 100
"""How many bytes the path of a socket may have, without its number: macOS allows 104 in all."""

_WAIT = [sys.executable, "-I", "-S", "-c", "import signal; signal.pause()"]


@contextlib.contextmanager
def private_channels() -> Iterator[str]:
    """The path that the sockets' paths begin with, in a folder of this user and this take alone.

    In the storyboard's folder, which is Jupyter's own place for them, two takes at a time could
    choose the same names. The folder goes with this process, however that ends. "" where there are
    no such sockets, or the path is too long for one: then ports are used.
    """
    if sys.platform == "win32":
        yield ""
        return
    folder = Path(tempfile.mkdtemp(prefix="storycast-kernel-"))
    with contextlib.ExitStack() as stack:
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        path = str(folder / "channel")
        if len(os.fsencode(path)) > _LONGEST:
            yield ""
            return
        nowhere = stack.enter_context(Path(os.devnull).open("wb"))
        kept = KeptProcess(
            _WAIT, folder=folder, environment=os.environ, log=nowhere, end=End(remove=[folder])
        )
        stack.callback(kept.stop)
        yield path
