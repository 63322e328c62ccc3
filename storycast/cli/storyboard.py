"""Commands that start, read and translate storyboards."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from storycast.cli.application import app, attempt
from storycast.cli.option import Boards, Debug, Json, Output
from storycast.ending import DONE, FAILED
from storycast.terminal import Terminal

# What a command does is imported when it is called: nobody waits for what another one needs.

__all__ = ["lint", "new", "translate"]


@app.command()
def lint(
    boards: Boards,
    output: Output = Path("output"),
    as_json: Json = False,
    debug: Debug = False,
) -> None:
    """Tell what is hard to follow in the prose of storyboards, and about how long each will be."""
    terminal = Terminal(as_json=as_json)
    found: list[object] = []

    def read(path: Path) -> None:
        from recorder.storyboard import read_storyboard  # noqa: PLC0415 - see above
        from storycast.lint import lint as look  # noqa: PLC0415

        board = read_storyboard(path)
        linted = look(board, take_folder=output / board.name / "take")
        terminal.tell("\n".join(linted.lines()), linted.facts)
        found.extend(linted.findings)

    codes = [attempt(partial(read, path), terminal, debug=debug) for path in boards]
    raise typer.Exit(max([*codes, FAILED if found else DONE]))


@app.command()
def translate(
    boards: Boards,
    language: Annotated[
        list[str], typer.Option("--language", "-l", metavar="TAG", help="Such as fr or pt-BR.")
    ],
    as_json: Json = False,
    debug: Debug = False,
) -> None:
    """Make or update the catalogue (STORYBOARD.TAG.po) from which a translation is made."""
    terminal = Terminal(as_json=as_json)

    def update(path: Path, tag: str) -> None:
        from storycast.translation import update_catalogue  # noqa: PLC0415 - see above

        told = update_catalogue(path, tag)
        terminal.tell("\n".join(told.lines()), told.facts)

    codes = [
        attempt(partial(update, path, tag), terminal, debug=debug)
        for path in boards
        for tag in language
    ]
    raise typer.Exit(max(codes))


@app.command()
def new(
    path: Annotated[
        Path, typer.Argument(metavar="PATH", help="The notebook to write, such as board.ipynb.")
    ],
    url: Annotated[str, typer.Option("--url", help="Where the application runs.")] = "",
    title: Annotated[str, typer.Option("--title", help="What the reader will do.")] = "",
    as_json: Json = False,
    debug: Debug = False,
) -> None:
    """Start a storyboard: a notebook that can be filmed and be changed into yours."""
    if url and not url.startswith(("http://", "https://")):
        raise typer.BadParameter(f"{url!r} is no address (https://…)", param_hint="--url")
    terminal = Terminal(as_json=as_json)

    def start() -> None:
        from storycast.starter import write_starter  # noqa: PLC0415 - see above

        written = str(write_starter(path, url=url, title=title))
        shown = f'"{written}"' if " " in written else written
        terminal.tell(f"{written} is there; now: storycast make {shown}", {"storyboard": written})

    raise typer.Exit(attempt(start, terminal, debug=debug))
