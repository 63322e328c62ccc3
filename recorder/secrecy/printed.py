"""What is kept beside a take as others wrote it: logs and the notebook, with nothing to be read."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

from recorder.replacement import write_whole
from recorder.secrecy.outlet import is_binary
from recorder.secrecy.source import find_names, read_known

if TYPE_CHECKING:
    from pathlib import Path

    from recorder.secrecy.secret import Secrets
    from recorder.storyboard import Storyboard

__all__ = ["hide_logs", "hide_notebook", "secrets_of"]


def secrets_of(board: Storyboard) -> Secrets:
    """What is to be hidden of ``board`` from its first cell on.

    That are the stage's secrets, those that its code names, as far as they are set, and the text
    that its front matter hides.
    """
    secrets = read_known(find_names(cell.source for cell in board.cells), beside=board.path.parent)
    for name in board.front.stage.secrets if board.front.stage else ():
        if value := os.environ.get(name, "").strip():
            secrets.add(name, value)
    for pattern in board.front.hidden_text:
        secrets.add_pattern(pattern)
    return secrets


def hide_logs(folder: Path, secrets: Secrets) -> None:
    """Hide what the stage's services have printed into their logs in ``folder``."""
    for path in folder.glob("stage*.log") if secrets else ():
        printed = path.read_text(encoding="utf-8", errors="surrogateescape")
        hidden = secrets.hide(printed)
        if hidden != printed:
            write_whole(path, hidden.encode(errors="surrogateescape"))


def hide_notebook(path: Path, secrets: Secrets) -> None:
    """Hide it in the sources, outputs and metadata of a notebook."""
    if not secrets or not path.exists():
        return
    notebook = json.loads(path.read_bytes())
    hidden = secrets.hide_all(notebook, is_binary)
    if hidden != notebook:
        text = json.dumps(hidden, indent=1, ensure_ascii=False) + "\n"
        write_whole(path, text.encode())
