from __future__ import annotations

import multiprocessing
from pathlib import Path

import pytest

from narration import (
    Passage,
    Speech,
    Track,
    UnknownVoiceError,
    Voice,
    cue_path,
    narrate,
    open_voice,
    read_track,
)
from narration.narrator import PARAGRAPH_PAUSE_MS, SENTENCE_PAUSE_MS
from narration.sound import measure_ms, read_wav

_PASSAGES = (
    Passage(key="1", markdown="# Sign in\n\nSelect **Log in**, e.g. with JupyterLab. Then wait."),
    Passage(key="2", markdown="```python\nno_words()\n```"),
    Passage(key="3", markdown="Then wait.\n\n- Press Ctrl+S → done."),
)


class _UnusedVoice:
    """A voice that must not be needed."""

    name = "pyttsx3"
    sample_rate = 22050
    workers = 2

    def __init__(self, identity: str) -> None:
        self.identity = identity

    def speak(self, text: str) -> Speech:
        raise AssertionError(f"spoken again: {text}")

    def close(self) -> None:
        raise AssertionError("closed by someone else than who opened it")


def _narrate(voice: Voice, folder: Path, *, cache: Path | None = None) -> Track:
    cache = cache or folder.parent / "cache"
    return narrate(_PASSAGES, voice=voice, folder=folder, cache=cache, language="en")


def _contents(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_every_sentence_is_a_cue_of_its_passage(voice: Voice, tmp_path: Path) -> None:
    track = _narrate(voice, tmp_path / "track")
    assert [(cue.passage, cue.written) for cue in track.cues] == [
        ("1", "Select Log in, e.g. with JupyterLab."),
        ("1", "Then wait."),
        ("3", "Then wait."),
        ("3", "Press Ctrl+S → done."),
    ]
    assert track.cues[0].spoken == "Select Log in, for example with Jupyter Lab."
    assert [name.text for name in track.cues[0].names] == ["Log in"]
    assert (track.language, track.voice, track.sample_rate) == ("en", "pyttsx3", 22050)


def test_track_on_disk_is_the_one_returned(voice: Voice, tmp_path: Path) -> None:
    track = _narrate(voice, tmp_path / "track")
    assert read_track(tmp_path / "track") == track


def test_pause_is_longer_at_the_end_of_a_paragraph(voice: Voice, tmp_path: Path) -> None:
    pauses = [cue.pause_ms for cue in _narrate(voice, tmp_path / "track").cues]
    assert pauses == [SENTENCE_PAUSE_MS, *[PARAGRAPH_PAUSE_MS] * 3]


@pytest.mark.parametrize(
    ("markdown", "pauses"),
    [
        ("One. <!-- pause 1.5 --> Two.", [SENTENCE_PAUSE_MS + 1500, PARAGRAPH_PAUSE_MS]),
        ("One. Two. <!-- pause 2 -->", [SENTENCE_PAUSE_MS, PARAGRAPH_PAUSE_MS + 2000]),
        ("One, <!-- pause 2s --> or so. Two.", [SENTENCE_PAUSE_MS + 2000, PARAGRAPH_PAUSE_MS]),
        ("One.\n\n<!-- pause 1 -->\n\nTwo.", [PARAGRAPH_PAUSE_MS + 1000, PARAGRAPH_PAUSE_MS]),
        ("One.\n\n<!-- pause 1 --> <!-- pause .5 -->\n<!-- pause 3 -->\n\nTwo.",
         [PARAGRAPH_PAUSE_MS + 4500, PARAGRAPH_PAUSE_MS]),
        ("- One.\n\n  <!-- pause 1 -->\n- Two.", [PARAGRAPH_PAUSE_MS + 1000, PARAGRAPH_PAUSE_MS]),
        ("<!-- pause 3 -->\n\nOne. Two.", [SENTENCE_PAUSE_MS, PARAGRAPH_PAUSE_MS]),
        ("One. <!-- pause --> <!-- TODO pause 3 --> Two.", [SENTENCE_PAUSE_MS, PARAGRAPH_PAUSE_MS]),
    ],
)  # fmt: skip
def test_pause_is_as_long_as_a_comment_asks(
    tmp_path: Path, markdown: str, pauses: list[int]
) -> None:
    track = narrate(
        [Passage(key="1", markdown=markdown)],
        voice=open_voice("none", language="en"),
        folder=tmp_path / "track",
        cache=tmp_path / "cache",
        language="en",
    )
    assert [cue.pause_ms for cue in track.cues] == pauses
    assert [cue.written for cue in track.cues][-1] == "Two."


def test_pause_at_the_start_of_a_passage_follows_the_one_before(tmp_path: Path) -> None:
    passages = [
        Passage(key="1", markdown="One."),
        Passage(key="2", markdown="<!-- pause 2 -->\n\nTwo."),
    ]
    track = narrate(
        passages,
        voice=open_voice("none", language="en"),
        folder=tmp_path / "track",
        cache=tmp_path / "cache",
        language="en",
    )
    assert [cue.pause_ms for cue in track.cues] == [PARAGRAPH_PAUSE_MS + 2000, PARAGRAPH_PAUSE_MS]


def test_words_are_timed_as_they_are_written(voice: Voice, tmp_path: Path) -> None:
    for cue in _narrate(voice, tmp_path / "track").cues:
        written = [cue.written[word.start : word.end] for word in cue.words]
        assert written == cue.written.split()
        edges = [edge for word in cue.words for edge in (word.start_ms, word.end_ms)]
        assert edges == sorted(edges)
        assert (edges[0], edges[-1]) == (0, cue.duration_ms)


def test_sound_of_a_cue_lasts_as_long_as_it_says(voice: Voice, tmp_path: Path) -> None:
    for cue in _narrate(voice, tmp_path / "track").cues:
        samples = read_wav(cue_path(tmp_path / "track", cue))
        assert measure_ms(samples, 22050) == cue.duration_ms
        assert samples.any()


def test_same_passages_give_the_same_bytes(voice: Voice, tmp_path: Path) -> None:
    _narrate(voice, tmp_path / "one", cache=tmp_path / "cache-one")
    _narrate(voice, tmp_path / "two", cache=tmp_path / "cache-two")
    assert _contents(tmp_path / "one") == _contents(tmp_path / "two")
    assert len(_contents(tmp_path / "one")) == 4


def test_cached_speech_needs_no_engine(voice: Voice, tmp_path: Path) -> None:
    track = _narrate(voice, tmp_path / "track")
    unused = _UnusedVoice(voice.identity)
    assert _narrate(unused, tmp_path / "track") == track
    assert _narrate(unused, tmp_path / "other") == track


def test_passages_without_a_sentence_need_no_engine(tmp_path: Path) -> None:
    unused = _UnusedVoice("x")
    silent = [Passage(key="1", markdown="# Heading")]
    track = narrate(silent, voice=unused, folder=tmp_path, cache=tmp_path / "c", language="en")
    assert track.cues == ()


def test_sounds_that_the_track_no_longer_uses_are_removed(voice: Voice, tmp_path: Path) -> None:
    folder = tmp_path / "track"
    old = _narrate(voice, folder)
    new = narrate(_PASSAGES[2:], voice=voice, folder=folder, cache=tmp_path / "c", language="en")
    used = {f"{cue.audio}.wav" for cue in new.cues}
    assert {path.name for path in (folder / "cues").iterdir()} == used
    assert len({cue.audio for cue in old.cues} & {cue.audio for cue in new.cues}) == 2


def test_failure_leaves_the_track_that_was_there(voice: Voice, tmp_path: Path) -> None:
    folder = tmp_path / "track"
    _narrate(voice, folder)
    before = _contents(folder)
    failing = open_voice("pyttsx3:nobody", language="en")
    with pytest.raises(UnknownVoiceError, match="no voice 'nobody'"):
        _narrate(failing, folder)
    assert _contents(folder) == before


def test_progress_counts_up_to_all_different_sentences(voice: Voice, tmp_path: Path) -> None:
    heard: list[tuple[int, int]] = []

    def note(done: int, total: int) -> None:
        heard.append((done, total))

    narrate(
        _PASSAGES,
        voice=voice,
        folder=tmp_path / "track",
        cache=tmp_path / "cache",
        language="en",
        progress=note,
    )
    assert heard == [(0, 3), (1, 3), (2, 3), (3, 3)]


def test_many_sentences_are_spoken_by_several_workers_in_order(
    voice: Voice, tmp_path: Path
) -> None:
    passages = [Passage(key=str(number), markdown=f"Step {number}.") for number in range(60)]
    track = narrate(
        passages, voice=voice, folder=tmp_path / "track", cache=tmp_path / "c", language="en"
    )
    assert [cue.written for cue in track.cues] == [f"Step {number}." for number in range(60)]


def test_silent_voice_leaves_times_and_no_sound(tmp_path: Path) -> None:
    track = _narrate(open_voice("none", language="en"), tmp_path / "track")
    assert all(cue.audio == "" and cue.duration_ms > 0 and cue.words for cue in track.cues)
    assert list(_contents(tmp_path / "track")) == ["track.json"]


def test_processes_share_a_cache(tmp_path: Path) -> None:
    folders = [tmp_path / name for name in ("one", "two", "three")]
    context = multiprocessing.get_context("spawn")
    with context.Pool(3) as pool:
        pool.map(_narrate_here, folders)
    first, *others = map(_contents, folders)
    assert all(other == first for other in others)
    assert not [name for name in _contents(tmp_path / "cache") if Path(name).name.startswith(".")]


def _narrate_here(folder: Path) -> None:
    voice = open_voice("pyttsx3", language="en")
    _narrate(voice, folder)
    voice.close()
