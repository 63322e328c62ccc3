"""The command that looks for what must not be published."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from storycast.cli.application import app, attempt
from storycast.cli.option import Debug, Json, cache_folder
from storycast.ending import DONE, FAILED
from storycast.errors import StorycastError
from storycast.terminal import Terminal

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from storycast.sweep import Swept, Wishes

# What a command does is imported when it is called: nobody waits for what another one needs.

__all__ = ["sweep"]


@app.command()
def sweep(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(metavar="PATH", help="Files and folders; output unless given."),
    ] = None,
    secret: Annotated[
        list[str] | None,
        typer.Option("--secret", metavar="NAME", help="The variable that holds a secret."),
    ] = None,
    secrets: Annotated[
        Path | None, typer.Option("--secrets", metavar="FILE", help="A file, a secret a line.")
    ] = None,
    allow: Annotated[
        list[str] | None,
        typer.Option("--allow", metavar="PATTERN", help="What may be seen, such as *@school.org."),
    ] = None,
    no_ocr: Annotated[
        bool, typer.Option("--no-ocr", help="Do not read the words in pictures and films.")
    ] = False,
    as_json: Json = False,
    debug: Debug = False,
) -> None:
    """Look for secrets, tokens, e-mail addresses and cards in all that is to be published."""
    terminal = Terminal(as_json=as_json)
    unclean = []

    def look() -> None:
        from storycast.sweep import (  # noqa: PLC0415 - see above
            PROJECT,
            Wishes,
            read_secrets,
            read_settings,
        )
        from storycast.sweep import sweep as sweep_all  # noqa: PLC0415

        places = tuple(paths or [Path("output")])
        settings = read_settings(Path(PROJECT))
        named = tuple(_secret(name) for name in secret or ())
        wishes = Wishes(
            paths=places,
            secrets=(*named, *(read_secrets(secrets, places) if secrets else ())),
            allow=(*settings.allow, *(allow or ())),
            exclude=settings.exclude,
            reads_pictures=not no_ocr,
            cache=cache_folder() / "read",
        )
        with terminal.task(", ".join(str(place) for place in places), "Sweeping") as progress:
            swept = sweep_all(wishes, progress)
        terminal.tell("\n".join(_lines(swept, wishes)), swept.facts)
        if not swept.is_clean:
            unclean.append(swept)

    code = attempt(look, terminal, debug=debug)
    raise typer.Exit(max(code, FAILED if unclean else DONE))


def _secret(name: str) -> tuple[str, str]:
    value = os.environ.get(name)
    if not value:
        raise StorycastError(
            f"The environment has no variable {name}, or it is empty.",
            "--secret takes the name of a variable, never the secret itself.",
        )
    return f"the secret {name}", value


def _lines(swept: Swept, wishes: Wishes) -> Iterator[str]:
    yield from (str(find) for find in swept.finds)
    yield from (f"{place}: not swept: {reason}" for place, reason in swept.unread)
    counted = f"{_count(swept.files, 'file')} and {_count(swept.pictures, 'picture')} were read"
    for_what = f"for {_count(len(wishes.secrets), 'secret')} and for the usual shapes"
    yield f"{counted} {for_what}: {_verdict(swept)}"
    if not wishes.reads_pictures:
        yield f"Words in pictures were not read (--no-ocr): {_count(swept.left_out, 'picture')}."


def _verdict(swept: Swept) -> str:
    told: Sequence[str] = [
        f"{_count(len(swept.finds), 'find')}" if swept.finds else "nothing was found",
        *([f"{len(swept.unread)} could not be swept"] if swept.unread else []),
    ]
    return ", ".join(told) + "."


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"
