"""Commands that tell what has changed in an application, and keep what was approved."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from storycast.cli.application import app, attempt
from storycast.cli.option import (
    Boards,
    Browser,
    Debug,
    Json,
    NoRecord,
    Output,
    Parameter,
    Remote,
    StageAddress,
    choose,
    read_parameters,
)
from storycast.ending import DONE, DRIFT, FAILED
from storycast.terminal import Terminal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from storycast.checking import Masks

# What a command does is imported when it is called: nobody waits for what another one needs.

__all__ = ["approve", "check", "mask"]


@app.command()
def check(
    boards: Boards,
    output: Output = Path("output"),
    parameter: Parameter = None,
    patch: Annotated[
        bool, typer.Option("--patch", help="Write a diff that corrects the prose, too.")
    ] = False,
    no_record: NoRecord = False,
    _browser: Browser = None,
    _remote: Remote = None,
    _stage_address: StageAddress = None,
    as_json: Json = False,
    debug: Debug = False,
) -> None:
    """Film each storyboard and tell what has changed since it was approved (exit code 3: drift)."""
    terminal = Terminal(as_json=as_json, boards=len(boards))
    choices = choose(output, parameters=read_parameters(parameter), film_again=not no_record)
    drifted: list[Path] = []
    broken: list[Path] = []

    def look(path: Path) -> None:
        from recorder.storyboard import read_storyboard  # noqa: PLC0415 - see above
        from storycast.checking import check as held  # noqa: PLC0415
        from storycast.drift import as_lines  # noqa: PLC0415

        terminal.begin()
        checked = held(read_storyboard(path), choices, terminal, patch=patch)
        facts = checked.drift.model_dump(mode="json")
        reports = {name: str(where) for name, where in checked.paths.items()}
        found = checked.drift.found
        shown = [(name, reports[name]) for name in ("page", "patch") if found and name in reports]
        lines = [*as_lines(checked.drift), *(f"  {name:<8} {where}" for name, where in shown)]
        terminal.tell("\n".join(lines), {**facts, "reports": reports})
        if checked.is_broken:
            broken.append(path)
        elif checked.drift.found:
            drifted.append(path)

    from recorder.stage import reused_stages  # noqa: PLC0415 - see above

    with reused_stages():
        codes = [attempt(partial(look, path), terminal, debug=debug) for path in boards]
    told = FAILED if broken else DRIFT if drifted else DONE
    raise typer.Exit(max(codes) or told)


@app.command()
def approve(
    boards: Boards,
    output: Output = Path("output"),
    step: Annotated[
        list[int] | None, typer.Option("--step", metavar="N", help="Only this step.")
    ] = None,
    change: Annotated[
        list[str] | None,
        typer.Option("--change", metavar="N", help="Only this change of the last check."),
    ] = None,
    comment: Annotated[str, typer.Option("--comment", help="Why, for the history.")] = "",
    as_json: Json = False,
    debug: Debug = False,
) -> None:
    """Make the last take of each storyboard the baseline that `check` holds others against."""
    if change and (step or len(boards) > 1):
        raise typer.BadParameter(
            "changes are numbered for one storyboard, and are no steps", param_hint="--change"
        )
    terminal = Terminal(as_json=as_json)

    def take(path: Path) -> None:
        from recorder.storyboard import read_storyboard  # noqa: PLC0415 - see above
        from storycast.checking import approve_take  # noqa: PLC0415

        board = read_storyboard(path)
        folder = str(approve_take(board, output, steps=step or (), comment=comment))
        terminal.tell(f"{board.name} is approved: {folder}", {"baseline": folder})

    def take_changes(path: Path) -> None:
        from recorder.storyboard import read_storyboard  # noqa: PLC0415 - see above
        from storycast.checking import approve_single_changes  # noqa: PLC0415

        board = read_storyboard(path)
        for each in approve_single_changes(board, output, change or (), comment=comment):
            facts = {"board": board.name, "change": each.id, "sentence": each.sentence}
            terminal.tell(f"{board.name}: approved: {each.sentence}", facts)

    work = take_changes if change else take
    raise typer.Exit(max(attempt(partial(work, path), terminal, debug=debug) for path in boards))


@app.command()
def mask(
    boards: Boards,
    learn: Annotated[
        bool, typer.Option("--learn", help="Film twice, and propose masks of what differs.")
    ] = False,
    write: Annotated[
        bool, typer.Option("--write", help="Put the masks into the notebook, too.")
    ] = False,
    parameter: Parameter = None,
    _browser: Browser = None,
    _remote: Remote = None,
    _stage_address: StageAddress = None,
    as_json: Json = False,
    debug: Debug = False,
) -> None:
    """Propose masks of what differs from take to take although nothing has changed."""
    if not learn:
        raise typer.BadParameter("masks are learned by filming twice", param_hint="--learn")
    terminal = Terminal(as_json=as_json, boards=len(boards))
    parameters = read_parameters(parameter)

    def propose(path: Path) -> None:
        from recorder.storyboard import read_storyboard  # noqa: PLC0415 - see above
        from storycast.checking import learn_masks  # noqa: PLC0415

        terminal.begin()
        board = read_storyboard(path)
        masks = learn_masks(board, parameters, terminal, write=write)
        facts = {
            "board": board.name,
            "found": list(masks.learned.found),
            "masks": list(masks.learned.masks),
            "text_masks": list(masks.learned.text_masks),
            "settings": masks.settings,
            "remaining": list(masks.learned.remaining),
            "written": write and bool(masks.settings),
        }
        terminal.tell("\n".join(_tell_masks(path, masks, written=write)), facts)

    raise typer.Exit(max(attempt(partial(propose, path), terminal, debug=debug) for path in boards))


def _tell_masks(path: Path, masks: Masks, *, written: bool) -> Iterator[str]:
    learned = masks.learned
    if not learned.found:
        yield f"{path.stem}: Nothing differs between two takes."
        return
    yield f"{path.stem}: differs between two takes, although nothing has changed:"
    yield from (f"  {sentence}" for sentence in learned.found)
    if masks.settings:
        where = f"written into {path}" if written else "to be put into the notebook's metadata"
        yield f"Masks that hide it, {where}:"
        yield json.dumps({"storycast": masks.settings}, indent=2, ensure_ascii=False)
        yield "Where a page was not ready yet, a wait in the storyboard is better than a mask."
    if learned.remaining:
        yield "What no mask hides:"
        yield from (f"  {sentence}" for sentence in learned.remaining)
    else:
        yield "With these masks nothing differs."
