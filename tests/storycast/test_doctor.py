from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from narration import pyttsx3_driver
from storycast import doctor
from storycast.doctor import Finding, examine
from storycast.film import ffmpeg
from tests.storycast.studio import run

_NAMES = ["Python", "browser", "Firefox", "ffmpeg", "voice", "kernel", "cache", "sweep"]


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The cache's folder, which is not there yet; nothing is remembered of other tests."""
    folder = tmp_path / "cache"
    monkeypatch.setenv("STORYCAST_CACHE", str(folder))
    ffmpeg.version.cache_clear()
    yield folder
    ffmpeg.version.cache_clear()


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that is the whole search path, with nothing in it."""
    folder = tmp_path / "programs"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.setenv("SE_OFFLINE", "true")
    monkeypatch.setenv("SE_CACHE_PATH", str(tmp_path / "selenium"))
    return folder


def _write_program(path: Path, *lines: str) -> None:
    path.write_text("\n".join(["#!/bin/sh", *lines]))
    path.chmod(0o755)


def _say(word: str) -> str:
    return f"echo '{word}'"


def test_machine_that_can_film_lacks_nothing() -> None:
    result = run("doctor")
    assert result.exit_code == 0, result.stdout
    lines = result.stdout.splitlines()
    assert [line.split()[:2] for line in lines] == [["✓", name] for name in _NAMES]


def test_machines_are_told_the_same() -> None:
    result = run("doctor", "--json")
    told = [json.loads(line) for line in result.stdout.splitlines()]
    assert [finding["name"] for finding in told] == _NAMES
    assert all(set(finding) == {"name", "good", "found", "remedy", "needed"} for finding in told)
    assert not result.stderr


@pytest.mark.usefixtures("programs")
def test_all_that_is_missing_is_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> str:
        raise RuntimeError

    monkeypatch.setattr(pyttsx3_driver, "espeak_version", fail)
    result = run("doctor")
    assert result.exit_code == 1
    assert result.stdout.count("✗") == 3
    for package in ("chromium chromium-driver", "ffmpeg", "libespeak-ng1"):
        assert f"apt-get install {package}" in result.stdout


@pytest.mark.usefixtures("programs")
def test_what_only_sweeping_needs_is_told_and_is_no_failure() -> None:
    *_, found = examine(Path("cache"))
    assert found.name == "sweep"
    assert not found.good
    assert not found.needed
    assert found.remedy == "apt-get install tesseract-ocr poppler-utils"
    assert str(found).startswith("- sweep")


def test_browser_and_driver_of_other_versions_do_not_belong_together(programs: Path) -> None:
    _write_program(programs / "chromium", _say("Chromium 156.0.1"))
    _write_program(programs / "chromedriver", _say("ChromeDriver 155.0.1 (0af)"))
    found = doctor._browser()
    assert not found.good
    assert found.found == "Chromium 156.0.1 and chromedriver 155.0.1 do not belong together."
    assert "apt-get install" in found.remedy


def test_machine_without_firefox_films_all_the_same(programs: Path) -> None:
    found = doctor._firefox()
    assert (found.good, found.needed) == (False, False)
    assert found.found == "Firefox is not installed; Chromium films all the same."
    assert "apt-get install firefox-esr" in found.remedy
    assert not list(programs.iterdir())


def test_browser_that_does_not_start_is_not_good(programs: Path) -> None:
    _write_program(programs / "chromium", "exit 1")
    _write_program(programs / "chromedriver", _say("ChromeDriver 155.0.1 (0af)"))
    found = doctor._browser()
    assert not found.good
    assert found.found.endswith("chromium does not start.")


def test_ffmpeg_without_an_encoder_is_not_good(programs: Path) -> None:
    _write_program(programs / "ffmpeg", _say("ffmpeg version 6.1 Copyright (c)"), _say(" A aac"))
    found = doctor._ffmpeg()
    assert not found.good
    assert found.found == "ffmpeg version 6.1 has no encoder libx264."


def test_ffmpeg_that_crashes_is_not_good(programs: Path) -> None:
    _write_program(programs / "ffmpeg", "echo 'no such library' >&2; exit 127")
    assert "no such library" in doctor._ffmpeg().found


@pytest.mark.parametrize("program", ["/bin/false", "/no/such/python"])
def test_kernel_without_the_recorder_is_not_good(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, program: str
) -> None:
    folder = tmp_path / "kernels" / "python3"
    folder.mkdir(parents=True)
    spec = {"argv": [program, "-f", "{connection_file}"], "display_name": "Own", "language": "x"}
    (folder / "kernel.json").write_text(json.dumps(spec))
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path))
    found = doctor._kernel()
    assert not found.good
    assert found.found == f"The kernel 'Own' ({program}) does not know the recorder."
    assert found.remedy.startswith(sys.executable)


def test_cache_that_cannot_be_written_is_not_good(cache: Path) -> None:
    cache.touch()
    found = next(each for each in examine(cache) if each.name == "cache")
    assert not found.good
    assert "STORYCAST_CACHE" in found.remedy


def test_cache_is_looked_at_and_left_empty(cache: Path) -> None:
    assert doctor._cache(cache).good
    assert not list(cache.iterdir())
    shutil.rmtree(cache)


def test_finding_shows_its_remedy_below() -> None:
    assert str(Finding("cache", good=True, found="/cache")) == "✓ cache    /cache"
    assert str(Finding("cache", good=False, found="None.", remedy="Do.")).splitlines() == [
        "✗ cache    None.",
        "           Do.",
    ]
