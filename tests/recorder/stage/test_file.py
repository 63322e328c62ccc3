from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from recorder import StoryboardError, read_storyboard
from recorder.front_matter import read_front_matter
from recorder.stage.file import read_stage
from recorder.stage.settings import PrepareSettings, ServiceSettings
from tests.recorder.conftest import Board
from tests.recorder.stage.crew import open_here

_STAGE = """
[services.web]
command = ["python3", "-m", "http.server", "{port}", "--bind", "127.0.0.1"]
folder = "site"
"""


@pytest.fixture
def stages(board: Board) -> Path:
    """The folder of stages beside the storyboard; what they serve is beside them."""
    folder = board.path.parent / "stages"
    (folder / "site").mkdir(parents=True)
    (folder / "web.toml").write_text(_STAGE)
    return folder


@pytest.mark.parametrize("named", ["stages/web.toml", {"file": "stages/web.toml", "reuse": True}])
def test_stage_of_a_file_lies_beside_that(board: Board, stages: Path, named: Any) -> None:
    read = read_storyboard(board.write("# Say.", "1", stage=named))
    stage = read.front.stage
    assert stage is not None
    assert list(stage.parts) == ["web"]
    assert stage.reuse == isinstance(named, dict)
    with open_here(stage, board.path.parent) as opened:
        assert opened.folder.name == "folder"
    assert stages.is_dir()


def test_changed_stage_is_another_storyboard_and_its_reuse_is_not(
    board: Board, stages: Path
) -> None:
    plain = read_storyboard(board.write("# Say.", "1", stage="stages/web.toml")).code
    reused = {"file": "stages/web.toml", "reuse": True}
    assert read_storyboard(board.write("# Say.", "1", stage=reused)).code == plain
    (stages / "web.toml").write_text(_STAGE + 'ready = "/index.html"\n')
    assert read_storyboard(board.path).code != plain


def test_stage_that_uses_nothing_new_keeps_its_name() -> None:
    front = read_front_matter({"stage": {"command": ["a"], "version": {"url": "/"}}}, "board")
    assert front.stage is not None
    assert list(front.stage.model_dump()) == [
        "command", "url", "folder", "environment", "port", "ready", "ready_timeout_s", "install",
        "version",
    ]  # fmt: skip


@pytest.mark.usefixtures("stages")
@pytest.mark.parametrize(
    ("stage", "message"),
    [
        ("stages/none.toml", "none.toml cannot be read: No such file"),
        ({"file": 5}, "'storycast.stage.file' is not valid"),
        ({"file": "stages/web.toml", "port": 1}, "'storycast.stage.port' is unknown"),
    ],
)
def test_wrong_reference_is_told(board: Board, stage: Any, message: str) -> None:
    path = board.write("# Say.", "1", stage=stage)
    with pytest.raises(StoryboardError) as caught:
        read_storyboard(path)
    assert message in caught.value.message


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("services", "cannot be read", ""),
        ('file = "x"', "the key 'file' belongs to the storyboard", ""),
        ("", "needs either 'command' or 'url', or 'services'", ""),
        ('[services.web]\ncomand = ["a"]', "'services.web.comand' is unknown", "'command'"),
        ("[services.web]", "'services.web' is not valid: needs either", ""),
        (
            'command = ["a"]\nready = {url = "/", loog = "x"}',
            "'ready.loog' is unknown",
            "'log'",
        ),
        ('command = ["a"]\nready = {}', "needs one of 'url', 'port'", ""),
        ('command = ["a"]\nready = {port = true, status = [200]}', "has a 'status'", ""),
        ('command = ["a"]\nready = {log = "("}', "no regular expression", ""),
        ('command = ["{dta.port}"]', "'{dta.port}' names no service", ""),
        ('folder = "x"\n[services.web]\ncommand = ["a"]', "'folder' belongs to one of them", ""),
        ('url = "x"\n[services.web]\ncommand = ["a"]', "has both 'url' and 'services'", ""),
        ('shows = "wb"\n[services.web]\ncommand = ["a"]', "Did you mean 'web'?", ""),
        ('secrets = ["A=b"]\ncommand = ["a"]', "'secrets.0' is not valid", ""),
        (
            '[services.a]\ncommand = ["a"]\nport = 80\n[services.b]\ncommand = ["a"]\nport = 80',
            "services 'a' and 'b' both have port 80",
            "",
        ),
    ],
)
def test_wrong_file_is_told(tmp_path: Path, text: str, message: str, hint: str) -> None:
    path = tmp_path / "stage.toml"
    path.write_text(text)
    with pytest.raises(StoryboardError) as caught:
        read_stage(path)
    assert message in caught.value.message
    assert caught.value.message.startswith((f"{path}: ", f"The stage file {path} "))
    assert hint in caught.value.hint


def test_stage_of_the_reference_is_valid(tmp_path: Path) -> None:
    reference = Path(__file__).parents[3] / "docs" / "reference" / "stage.md"
    text = reference.read_text(encoding="utf-8")
    example = text.partition("```toml\n")[2].partition("```")[0]
    path = tmp_path / "shop.toml"
    path.write_text(example, encoding="utf-8")
    stage = read_stage(path)
    assert list(stage.parts) == ["database", "web"]
    assert stage.shown == "web"
    keys = {key for model in (type(stage), ServiceSettings) for key in model.model_fields}
    keys |= set(PrepareSettings.model_fields)
    assert {key for key in keys if f"`{key}`" not in text} == {"file", "reuse"}
