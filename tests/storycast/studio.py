"""A folder with a storyboard, a cache and output, and the command line that works on them."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

import psutil
from typer.testing import CliRunner, Result

from storycast.cli import app

__all__ = ["Studio", "edit", "run"]


# What a shell starts in the background ignores Ctrl-C, and so would this.
_MAIN = """
import signal
from storycast.cli import main
signal.signal(signal.SIGINT, signal.default_int_handler)
main()
"""


@dataclass(frozen=True)
class Studio:
    """Where everything of a test lies."""

    folder: Path

    @property
    def board(self) -> Path:
        return self.folder / "my board.ipynb"

    @property
    def output(self) -> Path:
        return self.folder / "output"

    @property
    def published(self) -> Path:
        return self.output / self.board.stem

    @property
    def cache(self) -> Path:
        return self.folder / "cache"

    def copy(self, folder: Path) -> Studio:
        """All of this studio, in another folder."""
        shutil.copytree(self.folder, folder)
        return Studio(folder)

    def say(self, words: str) -> None:
        """Change a sentence of the storyboard."""
        edit(self.board, lambda notebook: notebook["cells"][4].update(source=words))

    def change_page(self, *changes: tuple[str, str]) -> None:
        """Replace texts of the page that is filmed."""
        path = self.folder / "site" / "index.html"
        text = path.read_text(encoding="utf-8")
        for old, new in changes:
            assert old in text
            text = text.replace(old, new)
        path.write_text(text, encoding="utf-8")

    def run(self, command: str, *options: str) -> Result:
        """Run a command on the storyboard in this process."""
        return run(command, self.board, "--output", self.output, *options)

    def again(self, *options: str) -> dict[str, Any]:
        """Make without filming; return the result."""
        result = self.run("make", "--no-record", "--json", *options)
        assert result.exit_code == 0, result.output
        told: dict[str, Any] = json.loads(result.stdout)
        return told

    def start(self, *words: str | Path) -> subprocess.CompletedProcess[str]:
        """Run a command in a process of its own, and wait for its end."""
        with self.open(*words) as process:
            stdout, stderr = process.communicate()
        return subprocess.CompletedProcess(words, process.returncode, stdout, stderr)

    def open(
        self,
        *words: str | Path,
        stdout: int = subprocess.PIPE,
        stderr: int = subprocess.PIPE,
        environment: Mapping[str, str] = MappingProxyType({}),
    ) -> subprocess.Popen[str]:
        """Start a command in a process of its own, which leads a session."""
        own = {"STORYCAST_CACHE": str(self.cache), "STUDIO": str(self.folder)}
        return subprocess.Popen(
            [sys.executable, "-c", _MAIN, *map(str, words)],
            cwd=self.folder,
            env=os.environ | own | dict(environment),
            stdout=stdout,
            stderr=stderr,
            text=True,
            start_new_session=True,
        )

    def contents(self) -> dict[str, str]:
        """A digest of each published file, and of whatever else lies there."""
        return {
            path.relative_to(self.published).as_posix(): hashlib.sha256(
                path.read_bytes()
            ).hexdigest()
            for path in self.published.rglob("*")
            if path.is_file()
        }

    def processes(self) -> Sequence[psutil.Process]:
        """All that commands have started here, whoever their parents are now."""
        return [process for process in psutil.process_iter() if self._is_own(process)]

    def _is_own(self, process: psutil.Process) -> bool:
        try:
            return process.environ().get("STUDIO") == str(self.folder)
        except psutil.Error:
            return False

    def drafts(self) -> Sequence[Path]:
        """What killed runs have left."""
        return [*self.output.rglob(".*"), *self.cache.rglob(".*")]


def run(*words: str | Path) -> Result:
    """Run a command in this process."""
    return CliRunner().invoke(app, [str(word) for word in words])


def edit(path: Path, change: Callable[[Any], None]) -> None:
    """Change what the JSON file at ``path`` holds."""
    content = json.loads(path.read_text(encoding="utf-8"))
    change(content)
    path.write_text(json.dumps(content), encoding="utf-8")
