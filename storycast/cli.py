"""The command line: one verb for each thing that is done."""

from __future__ import annotations

import os
import signal
import sys
import traceback
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer
from platformdirs import user_cache_path

from storycast.edition import Choices
from storycast.ending import DONE, DRIFT, FAILED, USAGE, Ending, Terminated, explain
from storycast.terminal import Terminal

# What a command does is imported when it is called: nobody waits for what another one needs.

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from types import FrameType

__all__ = ["app", "main"]

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Narrated screencasts and how-to guides of web applications, made from notebooks.",
)

Boards = Annotated[list[Path], typer.Argument(metavar="STORYBOARD", help="Notebooks (.ipynb).")]
Output = Annotated[Path, typer.Option("--output", "-o", help="Where storyboards' folders go.")]
Parameter = Annotated[
    list[str] | None, typer.Option("--parameter", "-p", metavar="NAME=VALUE", help="A parameter.")
]
VoiceName = Annotated[
    str | None, typer.Option("--voice", help="Who speaks: pyttsx3, pyttsx3:VOICE, none.")
]
Language = Annotated[
    list[str] | None,
    typer.Option(
        "--language",
        "-l",
        metavar="TAG",
        help="A language, such as fr; without it the storyboard's own and all its translations.",
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Results as JSON, an object a line.")]
Debug = Annotated[bool, typer.Option("--debug", help="Show the traceback of an error too.")]
NoRecord = Annotated[bool, typer.Option("--no-record", help="Use the take that is there.")]
Script = Annotated[
    bool, typer.Option("--script", help="Write what a person is to read aloud, and speak nothing.")
]
ConstantFrameRate = Annotated[
    bool, typer.Option("--constant-frame-rate", help="Store every frame, as some editors ask.")
]
BurnCaptions = Annotated[
    bool, typer.Option("--burn-captions", help="Make captions part of the film's pictures.")
]
NoVerify = Annotated[bool, typer.Option("--no-verify", help="Publish the film unmeasured.")]
EmbedFilm = Annotated[bool, typer.Option("--embed-film", help="Put the film into the guide.")]


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
    language: Language = None,
    as_json: Json = False,
    debug: Debug = False,
) -> None:
    """Make film and guide of each storyboard; only what is stale is made again."""
    choices = _choices(
        output,
        voice=voice,
        parameters=_parameters(parameter),
        film_again=not no_record,
        verify=not no_verify,
        burn_captions=burn_captions,
        constant_frame_rate=constant_frame_rate,
        embed_film=embed_film,
    )
    every = ("film", "speak", "render", "publish")
    _run(boards, every, choices, languages=language, as_json=as_json, debug=debug)


@app.command()
def record(
    boards: Boards,
    output: Output = Path("output"),
    parameter: Parameter = None,
    language: Language = None,
    as_json: Json = False,
    debug: Debug = False,
) -> None:
    """Film each storyboard: storyboard to take."""
    choices = _choices(output, parameters=_parameters(parameter))
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
        _choices(output, voice=voice),
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
    choices = _choices(
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
    language: Language = None,
    as_json: Json = False,
    debug: Debug = False,
) -> None:
    """Make the guide of each storyboard that was filmed and spoken."""
    choices = _choices(output, embed_film=embed_film)
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

    codes = [_attempt(partial(measure, film), terminal, debug=debug) for film in films]
    raise typer.Exit(max([*codes, FAILED if faulty else DONE]))


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

    codes = [_attempt(partial(read, path), terminal, debug=debug) for path in boards]
    raise typer.Exit(max([*codes, FAILED if found else DONE]))


@app.command()
def check(
    boards: Boards,
    output: Output = Path("output"),
    parameter: Parameter = None,
    patch: Annotated[
        bool, typer.Option("--patch", help="Write a diff that corrects the prose, too.")
    ] = False,
    no_record: NoRecord = False,
    as_json: Json = False,
    debug: Debug = False,
) -> None:
    """Film each storyboard and tell what has changed since it was approved (exit code 3: drift)."""
    terminal = Terminal(as_json=as_json, boards=len(boards))
    choices = _choices(output, parameters=_parameters(parameter), film_again=not no_record)
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

    codes = [_attempt(partial(look, path), terminal, debug=debug) for path in boards]
    told = FAILED if broken else DRIFT if drifted else DONE
    raise typer.Exit(max(codes) or told)


@app.command()
def approve(
    boards: Boards,
    output: Output = Path("output"),
    step: Annotated[
        list[int] | None, typer.Option("--step", metavar="N", help="Only this step.")
    ] = None,
    comment: Annotated[str, typer.Option("--comment", help="Why, for the history.")] = "",
    as_json: Json = False,
    debug: Debug = False,
) -> None:
    """Make the last take of each storyboard the baseline that `check` holds others against."""
    terminal = Terminal(as_json=as_json)

    def take(path: Path) -> None:
        from recorder.storyboard import read_storyboard  # noqa: PLC0415 - see above
        from storycast.checking import approve_take  # noqa: PLC0415

        board = read_storyboard(path)
        folder = str(approve_take(board, output, steps=step or (), comment=comment))
        terminal.tell(f"{board.name} is approved: {folder}", {"baseline": folder})

    raise typer.Exit(max(_attempt(partial(take, path), terminal, debug=debug) for path in boards))


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
        _attempt(partial(update, path, tag), terminal, debug=debug)
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

    raise typer.Exit(_attempt(start, terminal, debug=debug))


@app.command()
def doctor(as_json: Json = False, debug: Debug = False) -> None:
    """Tell what this machine lacks, and the command that installs it."""
    terminal = Terminal(as_json=as_json)
    lacking = []

    def look() -> None:
        from storycast.doctor import examine  # noqa: PLC0415 - see above

        for finding in examine(_cache_folder()):
            terminal.tell(str(finding), finding.facts)
            if not finding.good:
                lacking.append(finding)

    code = _attempt(look, terminal, debug=debug)
    raise typer.Exit(FAILED if lacking else code)


def main() -> None:
    """Run the command line of this process."""
    for name in ("SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), _terminate)
    app()


def _terminate(_number: int, _frame: FrameType | None) -> None:
    raise Terminated


def _cache_folder() -> Path:
    chosen = os.environ.get("STORYCAST_CACHE")
    return Path(chosen) if chosen else user_cache_path("storycast")


def _choices(output: Path, **chosen: Any) -> Choices:  # noqa: ANN401 - the fields of Choices
    return Choices(output=output, cache=_cache_folder(), **chosen)


def _parameters(given: Sequence[str] | None) -> dict[str, object]:
    parameters: dict[str, object] = {}
    for pair in given or ():
        name, equals, value = pair.partition("=")
        if not equals or not name:
            raise typer.BadParameter(f"{pair!r} is not NAME=VALUE", param_hint="--parameter")
        parameters[name] = _value(value)
    return parameters


def _value(text: str) -> object:
    """A parameter's value as papermill's command line reads it: numbers and truth are such."""
    words = {"True": True, "False": False, "None": None}
    if text in words:
        return words[text]
    for kind in (int, float):
        try:
            return kind(text)
        except ValueError:
            continue
    return text


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
    for path, language in editions:
        if codes.get(path, DONE) != DONE and languages is None:
            continue  # a translation stands on what its storyboard is
        work = partial(_make, path, language, stages, choices, terminal)
        code = _attempt(work, terminal, debug=debug, board=path.stem)
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

    raise typer.Exit(max(_attempt(partial(write, path), terminal, debug=debug) for path in boards))


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


def _attempt(work: Callable[[], None], terminal: Terminal, *, debug: bool, board: str = "") -> int:
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
