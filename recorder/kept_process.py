"""A process that does not outlive its owner: started through the keeper."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from recorder import keeper

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import IO

__all__ = ["KeptProcess", "keeper_command"]


def keeper_command(command: Sequence[str], *, remove: Sequence[Path] = ()) -> list[str]:
    """The command line that runs ``command`` under the keeper and removes folders afterwards."""
    folders = [word for folder in remove for word in ("--remove", str(folder))]
    return [sys.executable, "-I", keeper.__file__, *folders, "--", *command]


class KeptProcess:
    """A running command; it and all that came of it end with `stop`, or with this process."""

    def __init__(
        self,
        command: Sequence[str],
        *,
        folder: Path,
        environment: Mapping[str, str],
        log: IO[bytes],
        remove: Sequence[Path] = (),
    ) -> None:
        self._process = subprocess.Popen(
            keeper_command(command, remove=remove),
            cwd=folder,
            env=dict(environment),
            stdin=subprocess.PIPE,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )

    @property
    def pid(self) -> int:
        """The keeper's process id."""
        return self._process.pid

    def exit_code(self) -> int | None:
        """The command's exit code, or None while it runs."""
        return self._process.poll()

    def stop(self) -> None:
        """End the command and all that came of it; return when nothing is left."""
        if self._process.stdin is not None:
            self._process.stdin.close()
        try:
            self._process.wait(timeout=3 * keeper.GRACE_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
