"""The claim: what the files beside a film say that it shows and tells."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from pathlib import Path

from pydantic import ValidationError

from narration.track import Cue, Track, cue_path, read_track
from storycast.timeline import Timeline, read_timeline
from storycast.verify.errors import VerifyError

__all__ = ["Claim", "Said", "Text", "parse_webvtt", "read_claim"]


@dataclass(frozen=True)
class Text:
    """What stands on the screen, or in the list of chapters, from when to when."""

    start_ms: float
    end_ms: float
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Said:
    """A sentence that is heard from ``at_ms`` of the film on, in ``step``; ``sound`` is its WAV."""

    at_ms: int
    step: int
    text: str
    sound: Path


@dataclass(frozen=True)
class Claim:
    """All that is said of a film beside it; what has no file is None, and ``said`` empty.

    ``has_speech`` is whether anything should be heard; ``shots`` is the folder of the take's shots.
    """

    timeline: Timeline
    said: tuple[Said, ...]
    has_speech: bool
    captions: tuple[Text, ...] | None
    chapters: tuple[Text, ...] | None
    shots: Path


def read_claim(film: Path, *, take: Path | None = None, track: Path | None = None) -> Claim:
    """Read what lies beside ``film``; ``take`` and ``track`` say where those lie elsewhere.

    Raises ``VerifyError`` where there is no timeline, or what is there cannot be read.
    """
    folder = film.parent
    timeline = _timeline(folder / "timeline.json")
    return Claim(
        timeline=timeline,
        said=tuple(_said(timeline, track or folder / "track")),
        has_speech=any(speech.audio for clip in timeline.clips for speech in clip.speech),
        captions=_texts(_captions(folder, timeline.language)),
        chapters=_texts(folder / "chapters.vtt"),
        shots=(take or _take(folder)) / "shots",
    )


def _take(folder: Path) -> Path:
    """The take beside the film; a translation's is the storyboard's, above it."""
    own = folder / "take"
    return own if own.exists() else folder.parent / "take"


def _timeline(path: Path) -> Timeline:
    try:
        return read_timeline(path)
    except FileNotFoundError as error:
        raise VerifyError(
            f"There is no timeline beside the film: {path} is missing.",
            "Make the film again; it is published with its timeline.",
        ) from error
    except (OSError, ValidationError) as error:
        raise VerifyError(
            f"{path} cannot be read as a timeline.", "Make the film again."
        ) from error


def _said(timeline: Timeline, folder: Path) -> Iterator[Said]:
    track = _track(folder)
    if track is None:
        return
    for clip in timeline.clips:
        for speech in clip.speech:
            if speech.audio:
                cue = _cue(track, speech.cue, speech.audio)
                yield Said(
                    at_ms=clip.start_ms + speech.at_ms,
                    step=clip.step,
                    text=cue.written,
                    sound=cue_path(folder, cue),
                )


def _track(folder: Path) -> Track | None:
    try:
        return read_track(folder)
    except FileNotFoundError:
        return None
    except (OSError, ValidationError) as error:
        raise VerifyError(f"The track in {folder} cannot be read.", "Narrate again.") from error


def _cue(track: Track, number: int, audio: str) -> Cue:
    if number >= len(track.cues) or track.cues[number].audio != audio:
        raise VerifyError(
            f"The timeline speaks cue {number}, which the track beside the film does not have.",
            "They belong to different films: make the film again.",
        )
    return track.cues[number]


def _captions(folder: Path, language: str) -> Path:
    """The captions in the film's language, or the only ones that there are."""
    path = folder / f"captions.{language}.vtt"
    return path if path.exists() else next(iter(sorted(folder.glob("captions.*.vtt"))), path)


def _texts(path: Path) -> tuple[Text, ...] | None:
    try:
        return parse_webvtt(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise VerifyError(f"{path} cannot be read as WebVTT.", "Make the film again.") from error


_STAMP = r"(?:(\d+):)?(\d\d):(\d\d)\.(\d{3})"
_TAG = re.compile(r"<[^>]*>")
_SPAN = re.compile(rf"^{_STAMP} +--> +{_STAMP}")


def parse_webvtt(text: str) -> tuple[Text, ...]:
    """Return the cues of a WebVTT file: their times and lines, as a reader sees them."""
    return tuple(cue for block in re.split(r"\n{2,}", text) if (cue := _parse(block)))


def _parse(block: str) -> Text | None:
    lines = block.splitlines()
    for number, line in enumerate(lines):
        span = _SPAN.match(line)
        if span:
            texts = (_TAG.sub("", line) for line in lines[number + 1 :])
            shown = tuple(unescape(text) for text in texts if text.strip())
            return Text(_milliseconds(span.groups()[:4]), _milliseconds(span.groups()[4:]), shown)
    return None


def _milliseconds(parts: tuple[str | None, ...]) -> float:
    hours, minutes, seconds, rest = (int(part or 0) for part in parts)
    return float(((hours * 60 + minutes) * 60 + seconds) * 1000 + rest)
