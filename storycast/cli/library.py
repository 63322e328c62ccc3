"""Commands that put all guides together for those who look for one."""

from __future__ import annotations

import webbrowser
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from storycast.cli.application import app, attempt
from storycast.cli.option import Debug, Json, cache_folder
from storycast.ending import FAILED, Ending, explain
from storycast.terminal import Terminal

if TYPE_CHECKING:
    from storycast.site import Built

# What a command does is imported when it is called: nobody waits for what another one needs.

__all__ = ["serve", "site"]

_OUTPUT = Path("output")
_Outputs = Annotated[
    list[Path] | None,
    typer.Argument(metavar="OUTPUT", help="Folders that guides were published to."),
]
_To = Annotated[Path, typer.Option("--to", help="The site's folder.")]
_BaseUrl = Annotated[
    str, typer.Option("--base-url", help="Where the site will be found; for feed and site map.")
]
_Title = Annotated[str, typer.Option("--title", help="The library's title.")]
_Course = Annotated[
    Path | None, typer.Option("--course", help="A file that orders the guides (course.toml).")
]
_SiteLanguage = Annotated[
    str, typer.Option("--language", "-l", metavar="TAG", help="The language of the site itself.")
]


@app.command()
def site(
    outputs: _Outputs = None,
    to: _To = Path("site"),
    base_url: _BaseUrl = "",
    title: _Title = "",
    course: _Course = None,
    language: _SiteLanguage = "en",
    as_json: Json = False,
    debug: Debug = False,
) -> None:
    """Make a library of all published guides: plain files that need no server."""
    terminal = Terminal(as_json=as_json)
    left_out: list[str] = []

    def build() -> None:
        from storycast.site import Wishes, build_site  # noqa: PLC0415 - see above

        chosen = Wishes(
            outputs=tuple(outputs or [_OUTPUT]),
            to=to,
            cache=cache_folder(),
            language=language,
            title=title,
            base_url=base_url,
            course=course,
        )
        built = build_site(chosen)
        left_out.extend(built.damaged)
        _tell(built, terminal)

    code = attempt(build, terminal, debug=debug)
    raise typer.Exit(FAILED if left_out else code)


@app.command()
def serve(
    outputs: _Outputs = None,
    to: _To = Path("site"),
    port: Annotated[int, typer.Option("--port", help="Where it listens; 0 is any free one.")] = 0,
    show: Annotated[bool, typer.Option("--open", help="Open it in the browser, too.")] = False,
    title: _Title = "",
    course: _Course = None,
    language: _SiteLanguage = "en",
    as_json: Json = False,
    debug: Debug = False,
) -> None:
    """Make the library and show it on this machine; pages load again when a guide is made again."""
    terminal = Terminal(as_json=as_json)

    def run() -> None:
        from storycast.site import Wishes  # noqa: PLC0415 - see above
        from storycast.site.serve import open_server  # noqa: PLC0415

        chosen = Wishes(
            outputs=tuple(outputs or [_OUTPUT]),
            to=to,
            cache=cache_folder(),
            language=language,
            title=title,
            course=course,
        )
        with open_server(chosen, port, partial(_tell, terminal=terminal)) as server:
            terminal.tell(f"{server.url} shows it until Ctrl-C", {"url": server.url})
            if show:
                webbrowser.open(server.url)
            server.watch(partial(_tell_error, terminal=terminal))

    raise typer.Exit(attempt(run, terminal, debug=debug))


def _tell(built: Built, terminal: Terminal) -> None:
    for sentence in built.damaged:
        terminal.tell_failure(Ending(FAILED, sentence, "Publish it again."))
    terminal.tell_notes(built.notes)
    facts = {
        "site": str(built.folder),
        "guides": built.guides,
        "editions": built.editions,
        "changed": len(built.changed),
        "notes": list(built.notes),
    }
    counted = f"{_count(built.guides, 'guide')} in {_count(built.editions, 'edition')}"
    changed = f"{_count(len(built.changed), 'file')} changed" if built.changed else "all is current"
    terminal.tell(f"{built.folder / 'index.html'}: {counted}, {changed}", facts)


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def _tell_error(error: Exception, terminal: Terminal) -> None:
    terminal.tell_failure(explain(error))
