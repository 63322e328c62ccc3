"""Commands that keep a stage up while an author works on its pages."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from storycast.cli.application import app, attempt
from storycast.cli.option import Debug, Json
from storycast.terminal import Terminal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from storycast.staging import StageState

# What a command does is imported when it is called: nobody waits for what another one needs.

__all__ = ["down", "logs", "stage", "status", "up"]

stage = typer.Typer(
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Put a stage up to work on its pages, look at it, and put it down.",
)
app.add_typer(stage, name="stage")

_File = Annotated[
    Path, typer.Argument(metavar="STAGE", help="A stage file (.toml), or a storyboard.")
]
_AnyFile = Annotated[
    Path | None,
    typer.Argument(metavar="[STAGE]", help="A stage file or storyboard; all, if not given."),
]


@stage.command()
def up(file: _File, as_json: Json = False, debug: Debug = False) -> None:
    """Start a stage, and keep it up until 'stage down'."""
    terminal = Terminal(as_json=as_json)

    def run() -> None:
        from storycast.staging import put_up  # noqa: PLC0415 - see above

        state, was_up = put_up(file)
        told = "was up already" if was_up else "is up"
        lines = [f"{file} {told}: {state.base_url}", *_tell_services(state)]
        terminal.tell("\n".join(lines), {**_facts(state), "already": was_up})

    raise typer.Exit(attempt(run, terminal, debug=debug))


@stage.command()
def down(
    file: Annotated[
        Path | None,
        typer.Argument(metavar="[STAGE]", help="A stage file (.toml), or a storyboard."),
    ] = None,
    every: Annotated[
        bool, typer.Option("--all", help="End all stages that are up, of all projects.")
    ] = False,
    as_json: Json = False,
    debug: Debug = False,
) -> None:
    """End a stage, or all that are up; its services end in the other order."""
    terminal = Terminal(as_json=as_json)

    def run() -> None:
        from storycast.errors import StorycastError  # noqa: PLC0415 - see above
        from storycast.staging import put_down  # noqa: PLC0415

        if (file is None) is not every:
            what = "no stage" if file is None else "both a stage and --all"
            raise StorycastError(
                f"'storycast stage down' was given {what}.",
                "Name the one that is to end, or give --all; 'storycast stage status' lists them.",
            )
        ended = list(put_down(file))
        for name, was_up in ended:
            told = "is down" if was_up else "was not up"
            terminal.tell(f"{name} {told}", {"stage": name, "was_up": was_up})
        if not ended and not as_json:
            terminal.tell("No stage was up", {})

    raise typer.Exit(attempt(run, terminal, debug=debug))


@stage.command()
def status(file: _AnyFile = None, as_json: Json = False, debug: Debug = False) -> None:
    """Tell which stages are up, and how their services are."""
    terminal = Terminal(as_json=as_json)

    def run() -> None:
        from storycast.staging import told_stages  # noqa: PLC0415 - see above

        states = told_stages(file)
        for state in states:
            version = f", version {state.version}" if state.version else ""
            since = f"{state.since:%Y-%m-%d %H:%M:%S}"
            lines = [f"{state.file}: {state.base_url}, up since {since}{version}"]
            terminal.tell("\n".join([*lines, *_tell_services(state)]), _facts(state))
        if not states and not as_json:
            terminal.tell(f"{file or 'No stage'} is {'not ' if file else ''}up", {})

    raise typer.Exit(attempt(run, terminal, debug=debug))


@stage.command()
def logs(
    file: _File,
    service: Annotated[str, typer.Argument(metavar="[SERVICE]", help="All, if not given.")] = "",
    as_json: Json = False,
    debug: Debug = False,
) -> None:
    """Print what the services of a stage that is up have printed."""
    terminal = Terminal(as_json=as_json)

    def run() -> None:
        from storycast.staging import read_log  # noqa: PLC0415 - see above

        for name, text in read_log(file, service):
            shown = text if service else "\n".join([f"{name}:", *_indent(text)])
            terminal.tell(shown.rstrip("\n"), {"service": name, "log": text})

    raise typer.Exit(attempt(run, terminal, debug=debug))


def _tell_services(state: StageState) -> Iterator[str]:
    width = max(len(each.name) for each in state.services)
    for each in state.services:
        where = f"port {each.port}  pid {each.pid}" if each.pid else each.base_url
        yield f"  {each.name:<{width}}  {where}  {'ready' if each.ready else each.ended}"


def _indent(text: str) -> Iterator[str]:
    yield from (f"  {line}" for line in text.splitlines())


def _facts(state: StageState) -> dict[str, object]:
    told = state.model_dump(mode="json", exclude={"file", "started", "pid"})
    return {"stage": state.file, **told}
