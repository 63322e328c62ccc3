"""What a command leaves behind: processes, ports and temporary files.

Linux only: of a process whose parents are gone, only its environment tells who started it.
"""

from __future__ import annotations

import subprocess
import threading
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryFile

import psutil

__all__ = ["Left", "Watch"]

_MARK = "STORYCAST_WATCHED"
_INTERVAL_S = 1.0
_PATIENCE_S = 10.0


@dataclass(frozen=True)
class Left:
    """How many processes run on, how many ports are listened at, how many files lie about."""

    processes: int
    ports: int
    files: int

    def __bool__(self) -> bool:
        """Whether anything is left."""
        return bool(self.processes or self.ports or self.files)


@dataclass
class Watch:
    """Runs one command with a folder for temporary files of its own, below ``desk``."""

    desk: Path
    _mark: str = field(default_factory=lambda: uuid.uuid4().hex)
    _seen: set[psutil.Process] = field(default_factory=set)
    _ports: set[int] = field(default_factory=set)

    def run(
        self,
        command: Sequence[str],
        *,
        output: Path,
        environment: Mapping[str, str],
        meanwhile: Callable[[psutil.Process], None] = lambda _: None,
    ) -> tuple[int, str]:
        """Run ``command`` to its end; return its exit code and what it said on standard error.

        ``meanwhile`` is called with its process, beside it.
        """
        self._temporary.mkdir(exist_ok=True)
        own = {**environment, _MARK: self._mark, "TMPDIR": str(self._temporary)}
        with TemporaryFile("w+", encoding="utf-8") as said:  # elsewhere: that disk may be full
            running = subprocess.Popen(
                [*command, "--output", str(output)], env=own, stdout=said, stderr=said
            )
            beside = threading.Thread(target=meanwhile, args=(psutil.Process(running.pid),))
            beside.start()
            while running.poll() is None:
                self._look(running.pid)
                try:
                    running.wait(_INTERVAL_S)
                except subprocess.TimeoutExpired:
                    continue
            beside.join()
            said.seek(0)
            return running.returncode, said.read()

    def left(self) -> Left:
        """What is left once the command has ended; what is just ending is given time for that."""
        self._seen.update(each for each in psutil.process_iter() if self._is_own(each))
        _, alive = psutil.wait_procs(self._seen, timeout=_PATIENCE_S)
        open_ports = {
            each.laddr.port
            for each in psutil.net_connections("tcp")
            if each.laddr and each.status == psutil.CONN_LISTEN and not self._is_another(each.pid)
        }
        files = [path for path in self._temporary.rglob("*") if not path.is_dir()]
        return Left(len(alive), len(self._ports & open_ports), len(files))

    @property
    def _temporary(self) -> Path:
        return self.desk / "tmp"

    def _look(self, pid: int) -> None:
        try:
            family = psutil.Process(pid).children(recursive=True)
        except psutil.Error:
            return
        for process in family:
            self._seen.add(process)
            try:
                held = process.net_connections("tcp")
            except psutil.Error:
                continue
            self._ports.update(
                each.laddr.port for each in held if each.status == psutil.CONN_LISTEN
            )

    def _is_another(self, pid: int | None) -> bool:
        """Whether a process is another watch's, which may have got a port that was free again."""
        try:
            return pid is not None and _read_mark(psutil.Process(pid)) not in ("", self._mark)
        except psutil.Error:
            return False

    def _is_own(self, process: psutil.Process) -> bool:
        try:
            return _read_mark(process) == self._mark
        except psutil.Error:
            return False


def _read_mark(process: psutil.Process) -> str:
    return process.environ().get(_MARK, "")
