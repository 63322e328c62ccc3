"""The command line: one verb for each thing that is done."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from platformdirs import user_cache_path

from narration import NarrationError
from recorder import ParameterError, RecorderError, StoryboardError, read_storyboard
from storycast import make as stages
from storycast.doctor import examine, tell_findings
from storycast.edition import Choices
from storycast.errors import StorycastError
from storycast.starter import write_starter
from storycast.terminal import Terminal

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

__all__ = ["app", "main"]

DONE, FAILED, USAGE = 0, 1, 2
INTERRUPTED = 130  # what shells give for Ctrl-C

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Narrated screencasts and how-to guides of web applications, made from notebooks.",
)

Boards = Annotated[list[Path], typer.Argument(help="Storyboards: notebooks (.ipynb).")]
Output = Annotated[Path, typer.Option("--output", "-o", help="Where storyboards' folders go.")]
Parameter = Annotated[
    list[str] | None, typer.Option("--parameter", "-p", metavar="NAME=VALUE", help="A parameter.")
]
VoiceName = Annotated[
    str | None, typer.Option("--voice", help="Who speaks: pyttsx3, pyttsx3:VOICE, none.")
]
Json = Annotated[bool, typer.Option("--json", help="Results as JSON, one line a storyboard.")]
Debug = Annotated[bool, typer.Option("--debug", help="Show the traceback of an error.")]
NoRecord = Annotated[bool, typer.Option("--no-record", help="Use the take that is there.")]
EmbedFilm = Annotated[bool, typer.Option("--embed-film", help="Put the film into the guide.")]


@app.command()
def make(
    boards: Boards,
    output: Output = Path("output"),
    parameter: Parameter = None,
    voice: VoiceName = None,
    no_record: NoRecord = False,
    embed_film: EmbedFilm = False,
    as_json: Json = False,
    debug: Debug = False,
) -> None:
    """Make film and guide of each storyboard; only what is stale is made again."""
    choices = _choices(
        output,
        voice=voice,
        parameters=_parameters(parameter),
        film_again=not no_record,
        embed_film=embed_film,
    )
    every = (stages.film, stages.speak, stages.render, stages.publish)
    _run(boards, every, choices, as_json=as_json, debug=debug)


@app.command()
def record(
    boards: Boards,
    output: Output = Path("output"),
    parameter: Parameter = None,
    as_json: Json = False,
    debug: Debug = False,
) -> None:
    """Film each storyboard: storyboard to take."""
    choices = _choices(output, parameters=_parameters(parameter))
    _run(boards, (stages.film,), choices, as_json=as_json, debug=debug)


@app.command()
def narrate(
    boards: Boards,
    output: Output = Path("output"),
    voice: VoiceName = None,
    as_json: Json = False,
    debug: Debug = False,
) -> None:
    """Speak the prose of each storyboard that was filmed: take to track."""
    choices = _choices(output, voice=voice)
    _run(boards, (stages.speak,), choices, as_json=as_json, debug=debug)


@app.command()
def render(
    boards: Boards,
    output: Output = Path("output"),
    as_json: Json = False,
    debug: Debug = False,
) -> None:
    """Make the film of each storyboard that was filmed and spoken."""
    _run(boards, (stages.render,), _choices(output), as_json=as_json, debug=debug)


@app.command()
def publish(
    boards: Boards,
    output: Output = Path("output"),
    embed_film: EmbedFilm = False,
    as_json: Json = False,
    debug: Debug = False,
) -> None:
    """Make the guide of each storyboard that was filmed and spoken."""
    choices = _choices(output, embed_film=embed_film)
    _run(boards, (stages.publish,), choices, as_json=as_json, debug=debug)


@app.command()
def new(
    path: Annotated[Path, typer.Argument(help="The notebook to write, such as board.ipynb.")],
    url: Annotated[str, typer.Option("--url", help="Where the application runs.")] = "",
    title: Annotated[str, typer.Option("--title", help="What the reader will do.")] = "",
    as_json: Json = False,
    debug: Debug = False,
) -> None:
    """Start a storyboard: a notebook that can be filmed and be changed into yours."""
    terminal = Terminal(as_json=as_json)

    def start() -> None:
        written = write_starter(path, url=url, title=title)
        next_command = f"storycast make {written}"
        terminal.tell(f"{written} is there; now: {next_command}", {"storyboard": str(written)})

    raise typer.Exit(_attempt(start, terminal, debug=debug))


@app.command()
def doctor(as_json: Json = False) -> None:
    """Tell what this machine lacks, and the command that installs it."""
    findings = examine()
    text, facts = tell_findings(findings)
    Terminal(as_json=as_json).tell(text, facts)
    raise typer.Exit(DONE if all(finding.good for finding in findings) else FAILED)


def main() -> None:
    """Run the command line of this process."""
    app()


def _choices(output: Path, **chosen: Any) -> Choices:  # noqa: ANN401 - the fields of Choices
    cache = os.environ.get("STORYCAST_CACHE")
    return Choices(
        output=output, cache=Path(cache) if cache else user_cache_path("storycast"), **chosen
    )


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
    chosen: Sequence[stages.Stage],
    choices: Choices,
    *,
    as_json: bool,
    debug: bool,
) -> None:
    """Run stages on every storyboard; one that fails does not keep the others from being made."""
    terminal = Terminal(as_json=as_json)
    codes = []
    for path in boards:

        def work(path: Path = path) -> None:
            board = read_storyboard(path)
            terminal.tell_edition(stages.make(board, chosen, choices, terminal))

        codes.append(_attempt(work, terminal, debug=debug, board=path.stem))
    raise typer.Exit(max(codes))


def _attempt(work: Callable[[], None], terminal: Terminal, *, debug: bool, board: str = "") -> int:
    """Do ``work``; tell what fails in a sentence, and return the exit code."""
    try:
        work()
    except (StorycastError, RecorderError, NarrationError) as error:
        if debug:
            raise
        terminal.tell_error(error.message, error.hint, board)
        missing = isinstance(error, ParameterError | StoryboardError)
        return USAGE if missing else FAILED
    except OSError as error:
        if debug:
            raise
        where = f"{error.filename}: " if error.filename else ""
        terminal.tell_error(f"{where}{error.strerror or error}.", "", board)
        return FAILED
    except KeyboardInterrupt:
        terminal.tell_error("Stopped; what was published is as it was.", "", board)
        sys.exit(INTERRUPTED)
    return DONE
