"""Commands that look at the machine."""

from __future__ import annotations

import typer

from storycast.cli.application import app, attempt
from storycast.cli.option import Debug, Json, cache_folder
from storycast.ending import FAILED
from storycast.terminal import Terminal

# What a command does is imported when it is called: nobody waits for what another one needs.

__all__ = ["doctor"]


@app.command()
def doctor(as_json: Json = False, debug: Debug = False) -> None:
    """Tell what this machine lacks, and the command that installs it."""
    terminal = Terminal(as_json=as_json)
    lacking = []

    def look() -> None:
        from storycast.doctor import examine  # noqa: PLC0415 - see above

        for finding in examine(cache_folder()):
            terminal.tell(str(finding), finding.facts)
            if finding.needed and not finding.good:
                lacking.append(finding)

    code = attempt(look, terminal, debug=debug)
    raise typer.Exit(FAILED if lacking else code)
