"""What is shipped is as it should be: storyboards, their translations, their captions."""

from __future__ import annotations

from pathlib import Path

import pytest

from narration import Passage, TimedCue, as_srt, as_webvtt, open_voice, segment_captions
from narration.narrator import speak_passages
from recorder.storyboard import Storyboard
from storycast.lint import lint
from storycast.script import passage_key
from storycast.translation import find_languages, read_told
from storycast.verify.caption import find_faults
from storycast.verify.claim import parse_webvtt

_ROOT = Path(__file__).resolve().parents[2]
_BOARDS = sorted((_ROOT / "storyboards").glob("*.ipynb"))
_TOLD = [(path, tag) for path in _BOARDS for tag in ("", *find_languages(path))]


def _read(path: Path, language: str) -> Storyboard:
    return read_told(path, language)[0]


def test_there_are_five_languages() -> None:
    assert {tag for _, tag in _TOLD} == {"", "ar", "de", "fr", "ja"}


@pytest.mark.parametrize(
    ("path", "language"), _TOLD, ids=lambda value: getattr(value, "stem", value)
)
def test_captions_keep_all_rules(path: Path, language: str, tmp_path: Path) -> None:
    board = _read(path, language)
    passages = [Passage(key=passage_key(step.number), markdown=step.prose) for step in board.steps]
    voice = open_voice("pyttsx3", language=board.language)
    track = speak_passages(passages, voice=voice, cache=tmp_path, language=board.language)
    voice.close()
    timed, at_ms = [], 0
    for cue in track.cues:
        timed.append(TimedCue(cue, at_ms))
        at_ms += cue.duration_ms + cue.pause_ms
    captions = segment_captions(timed, language=board.language)
    texts = parse_webvtt(as_webvtt(captions, board.language))
    assert [fault.text for fault in find_faults(texts, frame_ms=1000 / 30)] == []
    assert as_srt(captions).count("-->") == len(texts)


@pytest.mark.parametrize(
    ("path", "language"), _TOLD, ids=lambda value: getattr(value, "stem", value)
)
def test_nothing_is_left_to_translate_or_to_mend(path: Path, language: str, tmp_path: Path) -> None:
    board, review = read_told(path, language)
    if review is not None:
        assert (review.missing, review.fuzzy, review.doubtful) == ((), (), ())
    found = [finding.message for finding in lint(board, take_folder=tmp_path).findings]
    assert found == []
