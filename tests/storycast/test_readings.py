from __future__ import annotations

import json
import re
from typing import Any

import numpy as np

from narration.sound import write_wav
from tests.storycast.studio import Studio, edit


def _use(studio: Studio, voice: dict[str, str]) -> None:
    def change(notebook: dict[str, Any]) -> None:
        notebook["metadata"]["storycast"]["voice"] = voice

    edit(studio.board, change)


def test_script_is_read_file_by_file(studio: Studio) -> None:
    _use(studio, {"recorded": "takes", "otherwise": "none"})
    result = studio.run("narrate", "--script")
    assert result.exit_code == 0, result.output
    script = (studio.board.parent / "takes" / "script.md").read_text()
    names = re.findall(r"^(\d+-[0-9a-f]{8}\.wav)$", script, re.MULTILINE)
    assert len(names) > 2

    first = studio.again()
    assert first["made"] == ["track", "film", "guide"]
    assert len(first["notes"]) == len(names)
    assert all(note.startswith("not read yet: ") for note in first["notes"])

    tone = (np.sin(np.arange(96000) * 0.05) * 9000).astype(np.int16)
    for name in (*names, "099-0123abcd.wav"):
        write_wav(studio.board.parent / "takes" / name, tone, 48000)
    second = studio.again()
    assert second["made"] == ["track", "film", "guide"]
    assert second["notes"] == ["of no sentence any more: 099-0123abcd.wav"]
    track = json.loads((studio.published / "track" / "track.json").read_text())
    assert {cue["duration_ms"] for cue in track["cues"]} <= set(range(1950, 2010))
    assert studio.again()["made"] == []

    assert "(is there)" in _script_again(studio)


def _script_again(studio: Studio) -> str:
    assert studio.run("narrate", "--script").exit_code == 0
    return (studio.board.parent / "takes" / "script.md").read_text()


def test_folder_that_is_not_there_is_told(studio: Studio) -> None:
    _use(studio, {"recorded": "takes"})
    result = studio.run("make", "--no-record")
    assert result.exit_code == 1
    assert "There is no folder" in result.stderr
    assert "storycast narrate --script" in result.stderr


def test_voice_that_is_both_is_told(studio: Studio) -> None:
    _use(studio, {"recorded": "takes", "command": "say"})
    result = studio.run("make", "--no-record")
    assert result.exit_code == 2
    assert "storycast.voice" in result.stderr
