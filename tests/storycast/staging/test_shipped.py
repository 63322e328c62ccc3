from __future__ import annotations

import json
import subprocess
import urllib.request
from pathlib import Path

import pytest

from recorder.stage.file import read_stage
from tests.storycast.studio import run

_ROOT = Path(__file__).parents[3]
_STAGES = sorted((_ROOT / "storyboards" / "stages").glob("*.toml"))


@pytest.mark.parametrize("path", _STAGES, ids=lambda path: path.stem)
def test_shipped_stage_is_read_and_says_how_it_is_installed(path: Path) -> None:
    stage = read_stage(path)
    assert stage.application == path.stem
    assert stage.install == f"scripts/stages {path.stem}"
    assert any(path.with_suffix(ending).is_file() for ending in (".txt", ".npm.txt"))
    assert stage.version is not None
    folders = [each.folder for each in stage.parts.values()]
    folders += [stage.prepare.folder] if stage.prepare else []
    assert all((path.parent / each).is_dir() for each in folders if each != "{prepared}")


def test_unknown_application_is_told_with_those_that_there_are() -> None:
    script = _ROOT / "scripts" / "stages"
    done = subprocess.run([script, "nope"], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "there is no stage nope" in done.stderr
    assert "django-admin" in done.stderr


@pytest.mark.application
def test_library_is_installed_and_put_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    monkeypatch.setenv("LIBRARY_PASSWORD", "a long word")
    subprocess.run([_ROOT / "scripts" / "stages", "django-admin"], check=True)
    stage = _ROOT / "storyboards" / "stages" / "django-admin.toml"
    try:
        told = json.loads(run("stage", "up", stage, "--json").stdout)
        assert told["version"].startswith("5.2")
        with urllib.request.urlopen(f"{told['base_url']}/admin/login/") as answer:  # noqa: S310 - ours
            assert "Town library" in answer.read().decode()
    finally:
        run("stage", "down", stage)
