from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer

from narration import pyttsx3_driver
from storycast.cli import COMMANDS, app
from storycast.film import ffmpeg
from storycast.starter import write_starter
from tests.storycast.studio import Studio, edit, run

_REFERENCE = Path(__file__).parents[2] / "docs" / "reference" / "command-line.md"
_ROOT: Any = typer.main.get_command(app)
_COMMANDS: dict[str, Any] = _ROOT.commands


def _every_command() -> dict[str, Any]:
    """All commands by their names; those of a group by both."""
    below = {
        f"{name} {part}": command
        for name, group in _COMMANDS.items()
        for part, command in getattr(group, "commands", {}).items()
    }
    plain = {name: each for name, each in _COMMANDS.items() if not hasattr(each, "commands")}
    return plain | below


def _real_options() -> set[tuple[str, str]]:
    context = typer.Context(_ROOT, **_ROOT.context_settings)
    return {
        (name, option)
        for name, command in _every_command().items()
        for parameter in command.get_params(typer.Context(command, parent=context))
        for option in (*parameter.opts, *parameter.secondary_opts)
        if option.startswith("-")
    }


def _documented_options() -> set[tuple[str, str]]:
    table = _REFERENCE.read_text(encoding="utf-8").partition("## Options")[2].partition("\n## ")[0]
    rows = (line.split("|")[1:3] for line in table.splitlines() if line.startswith("| `-"))
    return {
        (command, option)
        for options, commands in rows
        for command in re.findall(r"`(\w+(?: \w+)?)`", commands)
        for option in re.findall(r"`(--?[\w-]+)", options)
    }


def test_every_option_is_documented() -> None:
    assert _real_options() - _documented_options() == set()


def test_no_option_is_documented_that_does_not_exist() -> None:
    assert _documented_options() - _real_options() == set()
    real = {option for _, option in _real_options()}
    written = re.findall(r"(?<![\w-])--[a-z][\w-]*", _REFERENCE.read_text(encoding="utf-8"))
    assert set(written) - real == set()


def test_commands_are_documented_as_they_are() -> None:
    text = _REFERENCE.read_text(encoding="utf-8")
    told = re.findall(r"^\| `storycast (stage \w+|\w+)", text, re.MULTILINE)
    assert set(told) == set(_every_command())


def test_help_tells_every_command() -> None:
    result = run("--help")
    assert result.exit_code == 0
    assert all(name in result.stdout for name in _COMMANDS)


@pytest.fixture
def studio(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Studio:
    """A storyboard of which an edition is published, made up of a single file."""
    studio = Studio(tmp_path)
    monkeypatch.setenv("STORYCAST_CACHE", str(studio.cache))
    write_starter(studio.board)
    studio.published.mkdir(parents=True)
    (studio.published / "film.mp4").write_text("published")
    return studio


def _fail(studio: Studio, *options: str | Path, command: str = "make") -> tuple[int, str]:
    """Run a command that must fail; check how, and return exit code and what was told."""
    before = studio.contents()
    words = options or (studio.board,)
    result = run(command, *words, "--output", studio.output)
    assert "Traceback" not in result.stderr
    lines = [line for line in result.stderr.splitlines() if not line.endswith(" …")]
    assert [line.partition(": ")[0] for line in lines] in (["error"], ["error", "hint"]), lines
    assert not result.stdout
    assert studio.contents() == before
    assert not studio.drafts()
    return result.exit_code, result.stderr


def test_each_command_is_found_in_its_module() -> None:
    commands = [each.callback for each in app.registered_commands if each.callback]
    homes = {each.__name__: each.__module__.rpartition(".")[2] for each in commands}
    assert homes == COMMANDS


def test_command_that_is_called_is_there_with_its_options() -> None:
    for command in COMMANDS:
        told = subprocess.run(
            [sys.executable, "-c", "from storycast.cli import main; main()", command, "-h"],
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        assert f" {command} [OPTIONS]" in told


def test_missing_file_is_named(studio: Studio) -> None:
    code, told = _fail(studio, studio.folder / "nowhere.ipynb")
    assert code == 2
    assert "There is no file" in told
    assert "nowhere.ipynb" in told


@pytest.mark.parametrize("content", ["Just words.", "{}", "[1]", '{"nbformat": 4}', "\xff"])
def test_file_that_is_no_notebook_is_told(studio: Studio, content: str) -> None:
    studio.board.write_text(content, encoding="latin-1")
    code, told = _fail(studio)
    assert code == 2
    assert "my board.ipynb is not a Jupyter notebook" in told


@pytest.mark.parametrize(
    ("kind", "reason"), [("markdown", "has no prose"), ("code", "has no action")]
)
def test_storyboard_without_words_or_deeds_is_told(studio: Studio, kind: str, reason: str) -> None:
    def drop(notebook: Any) -> None:
        notebook["cells"] = [cell for cell in notebook["cells"] if cell["cell_type"] != kind]

    edit(studio.board, drop)
    code, told = _fail(studio)
    assert code == 2
    assert f"my board.ipynb {reason}" in told


def test_unknown_front_matter_is_told_with_the_nearest(studio: Studio) -> None:
    edit(studio.board, lambda notebook: notebook["metadata"]["storycast"].update(langauge="en"))
    code, told = _fail(studio)
    assert code == 2
    assert "'storycast.langauge' is unknown" in told
    assert "Did you mean 'language'?" in told


def test_unknown_parameter_is_told_with_the_nearest(studio: Studio) -> None:
    code, told = _fail(studio, studio.board, "-p", "bas_url=http://localhost")
    assert code == 2
    assert "has no parameter 'bas_url'" in told
    assert "Did you mean 'base_url'?" in told


@pytest.mark.parametrize(
    "words",
    [
        ("make",),
        ("make", "board.ipynb", "-p", "novalue"),
        ("make", "board.ipynb", "--nonsense"),
        ("film", "board.ipynb"),
        ("new", "board", "--url", "localhost"),
        ("make", "one/board.ipynb", "two/Board.ipynb"),
    ],
)
def test_wrong_use_is_told(tmp_path: Path, words: tuple[str, ...]) -> None:
    options = ("--output", tmp_path) if words[0] == "make" else ()
    result = run(*words, *options)
    assert result.exit_code == 2
    assert "rror" in result.stderr
    assert "Traceback" not in result.stderr
    assert not list(tmp_path.iterdir())


def test_new_names_the_storyboard_that_it_wrote(tmp_path: Path) -> None:
    path = tmp_path / "my board.ipynb"
    assert json.loads(run("new", path, "--json").stdout) == {"storyboard": str(path)}
    again = run("new", path, "--json")
    assert again.exit_code == 1
    assert "is there already" in json.loads(again.stdout)["error"]
    assert f'storycast make "{tmp_path / "other one.ipynb"}"' in (
        run("new", tmp_path / "other one").stdout
    )


def test_application_that_is_not_installed_is_told_with_its_installation(studio: Studio) -> None:
    stage = {"command": ["no-such-program"], "install": "pip install no-such"}
    edit(studio.board, lambda notebook: notebook["metadata"]["storycast"].update(stage=stage))
    code, told = _fail(studio, command="record")
    assert code == 1
    assert "there is no command 'no-such-program'" in told
    assert "Install it with: pip install no-such" in told


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The only folder on the search path, with Chromium and its driver, and without ffmpeg."""
    folder = tmp_path / "programs"
    folder.mkdir()
    for names in (("chromium", "google-chrome"), ("chromedriver",)):
        found = next(path for path in map(shutil.which, names) if path)
        (folder / Path(found).name).symlink_to(found)
    monkeypatch.setenv("PATH", str(folder))
    # Selenium Manager looks for what is missing; here it finds nothing.
    monkeypatch.setenv("SE_OFFLINE", "true")
    monkeypatch.setenv("SE_CACHE_PATH", str(tmp_path / "selenium"))
    ffmpeg.version.cache_clear()
    yield folder
    ffmpeg.version.cache_clear()


@pytest.mark.parametrize(
    ("lost", "missing"), [("chromedriver", "(chromedriver)"), ("*", "Chromium")]
)
def test_missing_browser_is_told_with_its_installation(
    studio: Studio, programs: Path, lost: str, missing: str
) -> None:
    for path in programs.glob(lost):
        path.unlink()
    code, told = _fail(studio)
    assert code == 1
    assert f"{missing} is not installed." in told
    assert "apt-get install chromium chromium-driver" in told


@pytest.mark.usefixtures("programs")
def test_missing_ffmpeg_is_told_before_anything_is_filmed(studio: Studio) -> None:
    code, told = _fail(studio)
    assert code == 1
    assert told == "error: ffmpeg is not installed.\nhint: apt-get install ffmpeg\n"


def test_missing_voice_is_told_before_anything_is_filmed(
    studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> str:
        raise RuntimeError

    monkeypatch.setattr(pyttsx3_driver, "espeak_version", fail)
    code, told = _fail(studio)
    assert code == 1
    assert "Filming" not in told
    assert "espeak-ng is not installed" in told
    assert "apt-get install libespeak-ng1" in told


@pytest.mark.parametrize(
    ("voice", "hint"), [("pytsx3", "Did you mean pyttsx3?"), ("pyttsx3:nobody", "")]
)
def test_unknown_voice_is_told_before_anything_is_filmed(
    studio: Studio, voice: str, hint: str
) -> None:
    code, told = _fail(studio, studio.board, "--voice", voice)
    assert code == 1
    assert "Filming" not in told
    assert voice.removeprefix("pyttsx3:") in told
    assert hint in told


@pytest.mark.parametrize("output", ["/sys/storycast", "film.mp4"])
def test_output_that_cannot_be_written_is_told(studio: Studio, output: str) -> None:
    result = run("make", studio.board, "--output", studio.published / output)
    assert result.exit_code == 1
    assert re.search(r"^error: The output folder .* cannot be written: .*\.$", result.stderr, re.M)
    assert "hint: Choose another one with --output." in result.stderr


def test_error_comes_with_its_traceback_for_those_who_want_it(studio: Studio) -> None:
    result = run("make", studio.folder / "nowhere.ipynb", "--debug", "--json")
    assert result.exit_code == 2
    assert result.stderr.startswith("Traceback")
    assert "error: There is no file" in result.stderr
    assert set(json.loads(result.stdout)) == {"board", "error", "hint"}


def test_own_mistake_is_no_traceback(studio: Studio, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("storycast.make.make", lambda *_: 1 // 0)
    code, told = _fail(studio)
    assert code == 1
    assert "Storycast itself has failed: ZeroDivisionError" in told
    assert "report" in told


def test_storyboard_that_fails_does_not_keep_others_from_being_told(studio: Studio) -> None:
    other = studio.folder / "other.ipynb"
    result = run("make", other, studio.folder / "third.ipynb", "--output", studio.output, "--json")
    assert result.exit_code == 2
    assert [json.loads(line)["board"] for line in result.stdout.splitlines()] == ["other", "third"]
