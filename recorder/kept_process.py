"""A process that does not outlive its owner: started through the keeper."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from recorder import keeper

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from typing import IO

__all__ = ["End", "KeptProcess", "keeper_command"]


@dataclass(frozen=True)
class End:
    """What the keeper does with folders when the command has ended, and hides of what it prints.

    ``keep`` is a folder's draft and the folder: it is moved there if the command ended well.
    ``remove`` are folders that are removed; where ``last`` is empty then and the command was ended,
    so is the folder that it lies in. ``hide`` are variables whose values nobody may read.
    """

    remove: Sequence[Path] = ()
    last: Path | None = None
    keep: tuple[Path, Path] | None = None
    hide: Sequence[str] = ()

    @property
    def options(self) -> list[str]:
        """The same for the keeper's command line."""
        removed = [word for folder in self.remove for word in ("--remove", str(folder))]
        last = ["--last", str(self.last)] if self.last else []
        kept = ["--keep", *map(str, self.keep)] if self.keep else []
        hidden = [word for name in self.hide for word in ("--hide", name)]
        return [*removed, *last, *kept, *hidden]


def keeper_command(command: Sequence[str], *, end: End | None = None) -> list[str]:
    """The command line that runs ``command`` under the keeper."""
    options = end.options if end else []
    return [sys.executable, "-I", keeper.__file__, *options, "--", *command]


class KeptProcess:
    """A running command; it and all that came of it end with `stop`, or with this process.

    Where this process is killed, those ``before`` end after it.
    """

    def __init__(
        self,
        command: Sequence[str],
        *,
        folder: Path,
        environment: Mapping[str, str],
        log: IO[bytes],
        end: End | None = None,
        before: Iterable[KeptProcess] = (),
    ) -> None:
        self._process = subprocess.Popen(
            keeper_command(command, end=end),
            cwd=folder,
            env=dict(environment),
            stdin=subprocess.PIPE,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            # Those end when their standard input does, of which this one's keeper has an end, too.
            pass_fds=[handle for other in before for handle in other.handles],
        )

    @property
    def pid(self) -> int:
        """The keeper's process id."""
        return self._process.pid

    @property
    def handles(self) -> tuple[int, ...]:
        """The file that is open for as long as the command should run; Windows can share none."""
        stream = self._process.stdin
        if stream is None or stream.closed or sys.platform == "win32":
            return ()
        return (stream.fileno(),)

    def exit_code(self) -> int | None:
        """The command's exit code, or None while it runs."""
        return self._process.poll()

    def wait(self, timeout_s: float) -> int | None:
        """The command's exit code, or None where it runs longer than that."""
        try:
            return self._process.wait(timeout_s)
        except subprocess.TimeoutExpired:
            return None

    def stop(self) -> None:
        """End the command and all that came of it; return when nothing is left."""
        if self._process.stdin is not None:
            self._process.stdin.close()
        if self.wait(3 * keeper.GRACE_S) is None:
            self._process.kill()
            self._process.wait()
