"""Commands that make films and guides, and measure them."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from storycast.cli.application import app, attempt
from storycast.cli.option import (
    Boards,
    Browser,
    BurnCaptions,
    ConstantFrameRate,
    Debug,
    EmbedFilm,
    Forms,
    Json,
    Language,
    NoRecord,
    NoVerify,
    Output,
    Parameter,
    Remote,
    Script,
    StageAddress,
    VoiceName,
    choose,
    read_parameters,
)
from storycast.ending import DONE, FAILED, USAGE, Ending
from storycast.terminal import Terminal

if TYPE_CHECKING:
    from storycast.edition import Choices

# What a command does is imported when it is called: nobody waits for what another one needs.

__all__ = ["make", "narrate", "publish", "record", "render", "verify"]


@app.command()
def make(
    boards: Boards,
    output: Output = Path("output"),
    parameter: Parameter = None,
    voice: VoiceName = None,
    no_record: NoRecord = False,
    no_verify: NoVerify = False,
    burn_captions: BurnCaptions = False,
    constant_frame_rate: ConstantFrameRate = False,
    embed_film: EmbedFilm = False,
    form: Forms = None,
    language: Language = None,
    _browser: Browser = None,
    _remote: Remote = None,
    _stage_address: StageAddress = None,
    as_json: Json = False,
    debug: Debug = False,
) -> None:
    """Make film and guide of each storyboard; only what is stale is made again."""
    choices = choose(
        output,
        voice=voice,
        parameters=read_parameters(parameter),
        film_again=not no_record,
        verify=not no_verify,
        burn_captions=burn_captions,
        constant_frame_rate=constant_frame_rate,
        embed_film=embed_film,
        forms=form or (),
    )
    every = ("film", "speak", "render", "publish")
    _run(boards, every, choices, languages=language, as_json=as_json, debug=debug)


@app.command()
def record(
    boards: Boards,
    output: Output = Path("output"),
    parameter: Parameter = None,
    language: Language = None,
    _browser: Browser = None,
    _remote: Remote = None,
    _stage_address: StageAddress = None,
    as_json: Json = False,
    debug: Debug = False,
) -> None:
    """Film each storyboard: storyboard to take."""
    choices = choose(output, parameters=read_parameters(parameter))
    _run(boards, ("film",), choices, languages=language, as_json=as_json, debug=debug)


@app.command()
def narrate(
    boards: Boards,
    output: Output = Path("output"),
    voice: VoiceName = None,
    script: Script = False,
    language: Language = None,
    as_json: Json = False,
    debug: Debug = False,
) -> None:
    """Speak the prose of each storyboard that was filmed: take to track."""
    if script:
        _write_scripts(boards, output, as_json=as_json, debug=debug)
    _run(
        boards,
        ("speak",),
        choose(output, voice=voice),
        languages=language,
        as_json=as_json,
        debug=debug,
    )


@app.command()
def render(
    boards: Boards,
    output: Output = Path("output"),
    no_verify: NoVerify = False,
    burn_captions: BurnCaptions = False,
    constant_frame_rate: ConstantFrameRate = False,
    language: Language = None,
    as_json: Json = False,
    debug: Debug = False,
) -> None:
    """Make the film of each storyboard that was filmed and spoken."""
    choices = choose(
        output,
        verify=not no_verify,
        burn_captions=burn_captions,
        constant_frame_rate=constant_frame_rate,
    )
    _run(boards, ("render",), choices, languages=language, as_json=as_json, debug=debug)


@app.command()
def publish(
    boards: Boards,
    output: Output = Path("output"),
    embed_film: EmbedFilm = False,
    form: Forms = None,
    language: Language = None,
    as_json: Json = False,
    debug: Debug = False,
) -> None:
    """Make the guide of each storyboard that was filmed and spoken."""
    choices = choose(output, embed_film=embed_film, forms=form or ())
    _run(boards, ("publish",), choices, languages=language, as_json=as_json, debug=debug)


@app.command()
def verify(
    films: Annotated[
        list[Path], typer.Argument(metavar="FILM", help="Films, or the folders they are in.")
    ],
    as_json: Json = False,
    debug: Debug = False,
) -> None:
    """Open finished films again and measure whether they are as they should be."""
    terminal = Terminal(as_json=as_json)
    faulty = []

    def measure(film: Path) -> None:
        from storycast.verify.command import verify as measured  # noqa: PLC0415 - see above

        if measured(film, as_json=as_json):
            faulty.append(film)

    codes = [attempt(partial(measure, film), terminal, debug=debug) for film in films]
    raise typer.Exit(max([*codes, FAILED if faulty else DONE]))


def _run(
    boards: Sequence[Path],
    stages: Sequence[str],
    choices: Choices,
    *,
    languages: Sequence[str] | None,
    as_json: bool,
    debug: bool,
) -> None:
    """Run stages on every edition; one that fails does not keep the others from being made."""
    paths = list({path.resolve(): path for path in boards}.values())
    _refuse_namesakes(paths, Terminal(as_json=as_json))
    editions = [(path, tag) for path in paths for tag in _languages(path, languages)]
    terminal = Terminal(as_json=as_json, boards=len(editions))
    codes: dict[Path, int] = {}
    with ExitStack() as stack:
        if choices.film_again:
            from recorder.stage import reused_stages  # noqa: PLC0415 - see above

            stack.enter_context(reused_stages())
        for path, language in editions:
            if codes.get(path, DONE) != DONE and languages is None:
                continue  # a translation stands on what its storyboard is
            work = partial(_make, path, language, stages, choices, terminal)
            code = attempt(work, terminal, debug=debug, board=path.stem)
            codes[path] = max(code, codes.get(path, DONE))
    raise typer.Exit(max(codes.values()))


def _languages(path: Path, asked: Sequence[str] | None) -> Sequence[str]:
    """The languages to make ``path`` in; an empty one is its own."""
    if asked:
        return asked
    from storycast.translation.board import find_languages  # noqa: PLC0415 - see above

    return ("", *find_languages(path))


def _make(
    path: Path, language: str, stages: Sequence[str], choices: Choices, terminal: Terminal
) -> None:
    from storycast import make  # noqa: PLC0415 - see above
    from storycast.translation.board import read_told  # noqa: PLC0415

    terminal.begin()
    board, review = read_told(path, language)
    if stages == ("film",) and not board.films_itself:
        return
    if board.told_in and board.films_itself:
        told = {**choices.parameters, "language": board.told_in}
        choices = replace(choices, parameters=told)
    chosen = [getattr(make, stage) for stage in stages]
    edition = make.make(board, chosen, choices, terminal)
    notes = tuple(review.notes()) if review and "speak" in stages else ()
    terminal.tell_edition(replace(edition, notes=(*edition.notes, *notes)))


def _write_scripts(boards: Sequence[Path], output: Path, *, as_json: bool, debug: bool) -> NoReturn:
    """Write what is to be read aloud of every storyboard, and end."""
    terminal = Terminal(as_json=as_json)

    def write(path: Path) -> None:
        from recorder.storyboard import read_storyboard  # noqa: PLC0415 - see above
        from storycast.readings import write_script  # noqa: PLC0415
        from storycast.script import find_take  # noqa: PLC0415
        from storycast.terms import read_terms  # noqa: PLC0415

        board = read_storyboard(path)
        take = find_take(board, output / board.name / "take")
        terms = read_terms(board.path.parent, board.language, board.front.lexicon)
        written = str(write_script(board, take, terms))
        terminal.tell(f"{written} is there to be read aloud", {"script": written})

    raise typer.Exit(max(attempt(partial(write, path), terminal, debug=debug) for path in boards))


def _refuse_namesakes(paths: Sequence[Path], terminal: Terminal) -> None:
    """Storyboards of one name would replace each other's output."""
    names: dict[str, Path] = {}
    for path in paths:
        other = names.setdefault(path.stem.casefold(), path)
        if other != path:
            message = f"{other} and {path} would both be published as {path.stem!r}."
            hint = "Rename one of them, or make each with an --output of its own."
            terminal.tell_failure(Ending(USAGE, message, hint), path.stem)
            raise typer.Exit(USAGE)
