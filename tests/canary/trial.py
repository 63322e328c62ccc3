"""A trial: everything is made of a storyboard full of secrets, and swept for each of them."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

__all__ = ["KINDS", "Trial", "make_canaries"]

_HERE = Path(__file__).parent
_LIMIT_S = 3600.0

KINDS = {
    "TYPED": "typed into a field",
    "TEXT": "in the page's text",
    "VALUE": "in a field's value",
    "ATTRIBUTE": "in a tooltip",
    "ADDRESS": "in the address",
    "TITLE": "in the page's title",
    "FRAME": "in a frame",
    "SHADOW": "in a shadow tree",
    "PRINT": "printed by the notebook",
    "LOG": "in the application's log",
    "DOWNLOAD": "in a file that is downloaded",
    "ALERT": "in a dialog",
    "ERROR": "in the error that ends a take",
}
"""Each kind of secret, and where it is to be seen."""


def make_canaries() -> dict[str, str]:
    """A value for each variable; no two are alike, also as a machine reads them in pictures."""
    letters = "KMPRTWXYHNFDV"
    return {
        f"CANARY_{kind}": f"{letter * 2}q{number}{letter}{kind.lower()}x{73 + number}"
        for number, (kind, letter) in enumerate(zip(KINDS, letters, strict=True), 2)
    }


@dataclass(frozen=True)
class Trial:
    """A project below ``folder`` in which everything is made, with guards or without."""

    folder: Path
    canaries: Mapping[str, str]
    guarded: bool

    def run(self) -> dict[str, list[str]]:
        """Make everything; return for each kind the files in which it was found."""
        boards = self.folder / "storyboards"
        boards.mkdir(parents=True)
        for name in ("keys.ipynb", "failing.ipynb"):
            shutil.copyfile(_HERE / name, boards / name)
        shutil.copytree(_HERE / "site", boards / "site")
        told = [
            *self._storycast("make", "storyboards/keys.ipynb", "--json"),
            *self._storycast("approve", "storyboards/keys.ipynb"),
            *self._storycast("check", "storyboards/keys.ipynb"),
            *self._storycast("make", "storyboards/failing.ipynb", "--debug"),
        ]
        (self.folder / "output" / "terminal.txt").write_text("\n".join(told), encoding="utf-8")
        return self._sweep()

    def _storycast(self, *words: str) -> Iterator[str]:
        """What a command prints; its storyboard may be meant to fail."""
        done = self._run(*words)
        yield from (" ".join(words), done.stdout, done.stderr)

    def _sweep(self) -> dict[str, list[str]]:
        named = [word for name in self.canaries for word in ("--secret", name)]
        places = ["output", "storyboards/baselines"]
        swept = json.loads(self._run("sweep", *places, *named, "--json").stdout)
        found: dict[str, list[str]] = {kind: [] for kind in KINDS}
        for find in swept["finds"]:
            kind = find["kind"].removeprefix("the secret CANARY_")
            if kind in found:
                found[kind].append(find["file"])
        if swept["not_swept"]:
            raise ValueError(f"Not swept: {swept['not_swept']}")
        return {kind: list(dict.fromkeys(files)) for kind, files in found.items()}

    def _run(self, *words: str) -> subprocess.CompletedProcess[str]:
        paths = [] if self.guarded else [str(_HERE / "unguarded")]
        environment = {
            **os.environ,
            **self.canaries,
            "PYTHONPATH": os.pathsep.join(paths),
            "STORYCAST_CACHE": str(self.folder / "cache"),
        }
        return subprocess.run(
            [Path(sys.executable).with_name("storycast"), *words],
            cwd=self.folder,
            env=environment,
            capture_output=True,
            text=True,
            timeout=_LIMIT_S,
            check=False,
        )
