"""Options that several commands have, and what the values given for them mean."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any
from urllib.parse import urlsplit

import typer
from platformdirs import user_cache_path

from storycast.edition import Choices

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = [
    "Boards",
    "Browser",
    "BurnCaptions",
    "ConstantFrameRate",
    "Debug",
    "EmbedFilm",
    "Forms",
    "Json",
    "Language",
    "NoRecord",
    "NoVerify",
    "Output",
    "Parameter",
    "Remote",
    "Script",
    "StageAddress",
    "VoiceName",
    "cache_folder",
    "choose",
    "read_parameters",
]

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


def _use_remote(url: str | None) -> str | None:
    if url and urlsplit(url).scheme not in ("http", "https"):
        raise typer.BadParameter(f"{url!r} is no address (http://…)", param_hint="--remote")
    return _hand_down("REMOTE_VARIABLE", url)


def _use_stage_address(host: str | None) -> str | None:
    return _hand_down("ADDRESS_VARIABLE", host)


def _use_browser(kind: str | None) -> str | None:
    if kind:
        from recorder.browser_choice import BROWSER_VARIABLE, choose_browser  # noqa: PLC0415
        from recorder.errors import BrowserError  # noqa: PLC0415
        from recorder.front_matter import BrowserKind  # noqa: PLC0415

        try:
            choose_browser(BrowserKind.CHROMIUM, kind)
        except BrowserError as error:
            raise typer.BadParameter(error.message, param_hint="--browser") from error
        os.environ[BROWSER_VARIABLE] = kind
    return kind


def _hand_down(name: str, value: str | None) -> str | None:
    """Tell those that film, which are processes of their own, by the variable called ``name``."""
    if value:
        from recorder.remote import server  # noqa: PLC0415 - most commands need no recorder

        os.environ[getattr(server, name)] = value
    return value


Remote = Annotated[
    str | None,
    typer.Option(
        "--remote",
        metavar="URL",
        help="A WebDriver server, such as a Selenium Grid, to film with.",
        callback=_use_remote,
    ),
]
Browser = Annotated[
    str | None,
    typer.Option(
        "--browser",
        metavar="NAME",
        help="The browser that films, if not the storyboard's: chromium or firefox.",
        callback=_use_browser,
    ),
]
StageAddress = Annotated[
    str | None,
    typer.Option(
        "--stage-address",
        metavar="HOST",
        help="Where browsers of that server find this machine.",
        callback=_use_stage_address,
    ),
]
Forms = Annotated[
    list[str] | None,
    typer.Option(
        "--form", metavar="NAME", help="A form of the guide besides the storyboard's, or all."
    ),
]
EmbedFilm = Annotated[bool, typer.Option("--embed-film", help="Put the film into the guide.")]


def cache_folder() -> Path:
    """Where what is kept between runs lies."""
    chosen = os.environ.get("STORYCAST_CACHE")
    return Path(chosen) if chosen else user_cache_path("storycast")


def choose(output: Path, **chosen: Any) -> Choices:  # noqa: ANN401 - the fields of Choices
    """What was chosen on the command line; ``chosen`` are fields of `Choices`."""
    return Choices(output=output, cache=cache_folder(), **chosen)


def read_parameters(given: Sequence[str] | None) -> dict[str, object]:
    """The storyboard's parameters; each is given as NAME=VALUE."""
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
