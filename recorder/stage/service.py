"""A service of a stage: one command that runs until it is stopped, or what runs elsewhere."""

from __future__ import annotations

import re
import signal
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from recorder.disk import tell_full
from recorder.errors import StageError
from recorder.kept_process import End, KeptProcess
from recorder.secrecy import Secrets
from recorder.stage.place import PREPARED, Place, copy_folder, refuse_taken
from recorder.stage.program import fill, require_program
from recorder.stage.readiness import attempts, find_reason
from recorder.stage.settings import ONLY, ServiceSettings

__all__ = ["Service", "describe_end", "last_lines"]

_LOG_LINES = 8
_STOP_LIMIT_S = 15.0
_TAKEN = re.compile(r"address already in use|EADDRINUSE|port \d+ is (?:already )?in use", re.I)
_TAKEN_ADVICE = (
    " Another service or program has the port that it asks for: "
    "write {port} in its command, which is one that is free."
)


@dataclass
class Service:
    """A service at its place; ``names`` are what is filled in, ``log`` is what it prints."""

    name: str
    settings: ServiceSettings
    place: Place
    names: Mapping[str, str]
    environment: Mapping[str, str]
    secrets: Secrets
    log: Path
    process: KeptProcess | None = field(default=None, init=False)
    ready: bool = field(default=False, init=False)

    @property
    def title(self) -> str:
        """What it is called in a sentence."""
        if self.name == ONLY:
            return f"The stage's command {self.settings.command[0]!r}"
        return f"The stage's service {self.name!r}"

    def fill(self, words: Iterable[str]) -> list[str]:
        """The words with its places in them."""
        return fill(words, self.names)

    def read_log(self) -> str:
        """What it has printed so far."""
        return self.log.read_text(encoding="utf-8", errors="replace") if self.log.exists() else ""

    def start(self, *, beside: Path, before: Iterable[KeptProcess]) -> None:
        """Start it in a copy of its folder, which lies ``beside``. Raises `StageError`.

        ``before`` are services that should end after it.
        """
        if self.settings.url:
            return
        refuse_taken(self.place.port, f"the stage ({self.settings.command[0]})")
        self._seed(beside)
        command = self.fill(self.settings.command)
        require_program(command[0], self.environment["PATH"], self.settings.install)
        with self.log.open("wb") as sink:
            self.process = KeptProcess(
                command,
                folder=self.place.folder,
                environment=self.environment,
                log=sink,
                end=End(
                    remove=[self.place.scratch.parent],
                    last=self.place.scratch.parent.parent,
                    hide=list(self.secrets.values),
                ),
                before=before,
            )

    def stop(self) -> None:
        """Ask it to end, and end all that came of it."""
        process, self.process = self.process, None
        if process is None:
            return
        if self.settings.stop and process.exit_code() is None:
            self._ask_to_end(process)
        process.stop()

    def await_ready(self, others: Iterable[Service]) -> None:
        """Wait until it is ready; one that runs elsewhere is asked once.

        Raises `StageError`: it is not ready in time, or has ended, or one of ``others`` has.
        """
        if self.settings.url:
            self._require_foreign()
            return
        reason = "nothing answered"
        for left in attempts(self.settings):
            for each in (self, *others):
                told = each.tell_end(
                    "before it was ready" if each is self else "before the stage was ready"
                )
                if told:
                    raise StageError(told)
            reason = find_reason(self, left)
            if not reason:
                self.ready = True
                return
        subject = "The stage" if self.name == ONLY else self.title
        raise StageError(
            f"{subject} was not ready after {self.settings.ready_timeout_s:g} s: "
            f"{reason}.{self.last_lines()}",
            "Check 'ready' of the stage, or allow more time with 'ready_timeout_s'.",
        )

    def tell_end(self, when: str) -> str:
        """That it has ended, how, and what it printed last; "" where it has not."""
        code = self.process.exit_code() if self.process else None
        if code is None:
            return ""
        full = tell_full(self.place.scratch, self.log.parent)
        taken = _TAKEN_ADVICE if _TAKEN.search(self.last_lines()) else ""
        return f"{self.title} {describe_end(code)} {when}.{full}{taken}{self.last_lines()}"

    def last_lines(self) -> str:
        """The last lines of its log, without secrets, to be put after a sentence."""
        return last_lines(self.read_log(), self.secrets)

    def _seed(self, beside: Path) -> None:
        self.place.scratch.mkdir(parents=True)
        seed = self.settings.folder
        if seed == PREPARED:
            return
        if not seed:
            self.place.folder.mkdir()
            return
        copy_folder(beside / seed, self.place.folder)

    def _ask_to_end(self, process: KeptProcess) -> None:
        with self.log.open("ab") as sink:
            asking = KeptProcess(
                self.fill(self.settings.stop),
                folder=self.place.folder,
                environment=self.environment,
                log=sink,
                end=End(hide=list(self.secrets.values)),
            )
        if asking.wait(_STOP_LIMIT_S) == 0:
            process.wait(_STOP_LIMIT_S)
        asking.stop()

    def _require_foreign(self) -> None:
        reason = find_reason(self, self.settings.ready_timeout_s)
        if reason:
            where = "" if self.name == ONLY else f" ({self.name})"
            raise StageError(
                f"The stage at {self.settings.url}{where} does not answer: {reason}.",
                "Start the application, or give another address with -p base_url=….",
            )
        self.ready = True


def describe_end(code: int) -> str:
    """How a command has ended, for a sentence; beyond 128 the keeper tells of a signal."""
    number = -code if code < 0 else code - 128
    try:
        return f"was ended by {signal.Signals(number).name}"
    except ValueError:
        return f"ended with exit code {code}"


def last_lines(log: str, secrets: Secrets) -> str:
    """The last lines of a log, without secrets, to be put after a sentence."""
    lines = secrets.hide(log).splitlines()[-_LOG_LINES:]
    return "".join(["\nIts last lines were:", *(f"\n  {line}" for line in lines)]) if lines else ""
