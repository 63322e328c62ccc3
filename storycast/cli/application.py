"""The application that commands belong to, and how each of them ends."""

from __future__ import annotations

import sys
import traceback
from typing import TYPE_CHECKING

import typer

from storycast.ending import DONE, explain

if TYPE_CHECKING:
    from collections.abc import Callable

    from storycast.terminal import Terminal

__all__ = ["app", "attempt"]

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Narrated screencasts and how-to guides of web applications, made from notebooks.",
)


@app.callback()
def _be_a_group() -> None:
    """Without this, an application of one command would not ask for its name."""


def attempt(work: Callable[[], None], terminal: Terminal, *, debug: bool, board: str = "") -> int:
    """Do ``work``; tell what fails in a sentence, and return the exit code."""
    try:
        work()
    except (Exception, KeyboardInterrupt) as error:
        if debug:
            traceback.print_exc()
        ending = explain(error)
        terminal.tell_failure(ending, board)
        if isinstance(error, KeyboardInterrupt):
            sys.exit(ending.code)
        return ending.code
    return DONE
