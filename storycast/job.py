"""A job: one storyboard on its way through the stages, with what they share."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from pydantic import ValidationError

from narration import TimedCue, as_webvtt, open_voice, read_prose, segment_captions
from narration.captions import Caption
from narration.track import MANIFEST as TRACK_MANIFEST
from narration.track import read_track
from recorder.take import MANIFEST as TAKE_MANIFEST
from recorder.take import read_take
from storycast.change import changed_box
from storycast.clock import tell_time
from storycast.day import pinned_day
from storycast.errors import StorycastError
from storycast.guide.forms.register import choose_forms
from storycast.look import Look, load_look
from storycast.people import find_people, require_actors
from storycast.provenance import FILE, digest_file, read_provenance
from storycast.readings import readings_folder
from storycast.script import retell, spoken_passages
from storycast.terms import read_terms
from storycast.wording import open_wording

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date
    from pathlib import Path

    from narration.track import Track
    from narration.voice import Voice
    from recorder.storyboard import Storyboard
    from recorder.take import Take
    from storycast.desk import Desk
    from storycast.edition import Choices, Monitor
    from storycast.timeline import Timeline

__all__ = ["Job"]

_T = TypeVar("_T")
_FORMAT = 1
"""The version of takes and tracks that this Storycast reads."""
_FILM_AGAIN = "Film it again: 'storycast record', or 'storycast make' without --no-record."


@dataclass(frozen=True)
class Job:
    """One storyboard, the desk that it lies on, and what was chosen for it."""

    board: Storyboard
    desk: Desk
    choices: Choices
    monitor: Monitor

    @property
    def take_folder(self) -> Path:
        """Where the newest take is: a translation of what was filmed tells that."""
        if self.board.films_itself:
            return self.desk.find("take")
        return self.choices.output / self.board.name / "take"

    @property
    def clips(self) -> Path:
        """The folder in which segments and sounds are kept between runs."""
        return self.choices.cache / "clips"

    @cached_property
    def forms(self) -> tuple[str, ...]:
        """The forms of the guide: the storyboard's, and those that were asked for besides."""
        return choose_forms(self.board.front.forms, self.choices.forms)

    @property
    def filmed_on(self) -> date | None:
        """The day on which the newest take was first filmed as it is; None where nobody knows.

        What SOURCE_DATE_EPOCH says comes first.
        """
        if (day := pinned_day()) is not None:
            return day
        if self.board.films_itself:
            return self.desk.filmed_on
        published = read_provenance(self.take_folder.parent / FILE).stages.get("take")
        return published.on if published else None

    @cached_property
    def take(self) -> Take:
        """The newest take, with the words that the storyboard has now."""
        folder = self.take_folder
        filmed = _read(folder / TAKE_MANIFEST, read_take, again=_FILM_AGAIN)
        if filmed is None:
            raise StorycastError(
                f"{self.board.path} has not been filmed yet.", "Run 'storycast record' first."
            )
        _require_shots(filmed, folder)
        told = retell(filmed, self.board)
        given = {name: str(value) for name, value in self.choices.parameters.items()}
        given.pop("base_url", None)
        if told is None or (given and not filmed.was_given(given)):
            raise StorycastError(
                f"{self.board.path} is no longer what was filmed: "
                "its code, settings or parameters differ.",
                _FILM_AGAIN,
            )
        require_actors(told, self.board)
        return told

    @cached_property
    def track(self) -> Track:
        """The newest track, which says what the storyboard says now."""
        again = "Run 'storycast narrate' first."
        track = _read(self.desk.find("track") / TRACK_MANIFEST, read_track, again=again)
        if track is None:
            raise StorycastError(f"{self.board.path} has not been spoken yet.", again)
        said = [(cue.passage, cue.written) for cue in track.cues]
        if track.language != self.take.language or said != self._sentences():
            raise StorycastError(f"{self.board.path} has other words than were spoken.", again)
        return track

    def keep_track(self, track: Track) -> None:
        """Let ``track``, which was spoken just now, be the newest, without reading it again."""
        self.__dict__["track"] = track

    @cached_property
    def timeline(self) -> Timeline:
        """The timeline of the newest take and track."""
        from storycast.cut import cut  # noqa: PLC0415 - it draws, and a voice starts meanwhile

        changes = changed_box(self.take_folder, self.take.viewport, self.choices.cache / "changes")
        film, wording = self.board.front.film, open_wording(self.track.language)
        people = find_people(self.take, self.look)
        return cut(self.take, self.track, film, changes=changes, wording=wording, people=people)

    @cached_property
    def shown(self) -> Timeline:
        """The timeline with all that is drawn: with captions, where they are to be burnt in."""
        if not self.choices.burn_captions:
            return self.timeline
        from storycast.cut import burn_captions  # noqa: PLC0415 - see above

        return burn_captions(self.timeline, self.captions)

    @cached_property
    def look(self) -> Look:
        """The look of film and guide, which the storyboard's theme says."""
        return load_look(self.board.front.film.theme, self.board.path.parent)

    @property
    def bed_files(self) -> tuple[Path | None, Path | None]:
        """The files of music and click that are heard below the speech."""
        film, folder = self.board.front.film, self.board.path.parent
        music, click = (folder / name if name else None for name in (film.music, film.click))
        return music, click

    @cached_property
    def captions(self) -> tuple[Caption, ...]:
        """What is said, as captions."""
        timed = [
            TimedCue(self.track.cues[said.cue], clip.start_ms + said.at_ms)
            for clip in self.timeline.clips
            for said in clip.speech
        ]
        return segment_captions(timed, language=self.track.language)

    @cached_property
    def chapters_vtt(self) -> str:
        """The film's chapters as WebVTT."""
        chapters = [
            Caption(chapter.start_ms, chapter.end_ms, (chapter.title,))
            for chapter in self.timeline.chapters
        ]
        return as_webvtt(chapters, language=self.track.language)

    @property
    def chapters_txt(self) -> str:
        """The film's chapters as the lines that video platforms read in a description."""
        return "".join(
            f"{tell_time(chapter.start_ms)} {' '.join(chapter.title.split())}\n"
            for chapter in self.timeline.chapters
        )

    @cached_property
    def voice(self) -> Voice:
        """The voice that was chosen, or else the storyboard's own; `close` stops it."""
        front = self.board.front
        if self.choices.voice or isinstance(front.voice, str):
            return self._open_voice(self.choices.voice or str(front.voice))
        if front.voice.command:
            return self._open_voice(front.voice.command)
        from narration.voice_recorded import RecordedVoice  # noqa: PLC0415 - it needs numpy

        return RecordedVoice(readings_folder(self.board), self._open_voice(front.voice.otherwise))

    def _open_voice(self, spec: str | Sequence[str]) -> Voice:
        front = self.board.front
        return open_voice(
            spec, language=self.board.language, rate_wpm=front.rate, pitch=front.pitch
        )

    @cached_property
    def terms(self) -> dict[str, str]:
        """Words and how they are said: the project's, and the storyboard's own."""
        board = self.board
        return read_terms(board.path.parent, board.language, board.front.lexicon)

    def close(self) -> None:
        """Stop what was started for the job."""
        if "voice" in self.__dict__:
            self.voice.close()

    def _sentences(self) -> list[tuple[str, str]]:
        return [
            (passage.key, sentence.written)
            for passage in spoken_passages(self.take)
            for sentence in read_prose(passage.markdown, language=self.take.language)
        ]


def _read(manifest: Path, read: Callable[[Path], _T], *, again: str) -> _T | None:
    """What ``manifest`` and its folder hold; None where there is nothing."""
    try:
        return read(manifest.parent)
    except FileNotFoundError:
        return None
    except ValidationError as error:
        version = _version(manifest)
        if version is not None and version > _FORMAT:
            raise StorycastError(
                f"{manifest} was written by a newer Storycast (format {version}, this one reads "
                f"{_FORMAT}).",
                f"Install that Storycast. Or with this one: {again[0].lower()}{again[1:]}",
            ) from error
        raise StorycastError(f"{manifest} is damaged.", again) from error


def _version(manifest: Path) -> int | None:
    try:
        version = json.loads(manifest.read_bytes()).get("version")
    except (ValueError, AttributeError):
        return None
    return version if isinstance(version, int) else None


def _require_shots(take: Take, folder: Path) -> None:
    """Raise `StorycastError` where a shot is not what its name, which its content gave it, says."""
    for path in (folder / "shots" / f"{name}.png" for name in sorted(take.shots)):
        if digest_file(path) != path.stem:
            raise StorycastError(
                f"The take in {folder} is damaged: {path.name} is missing or was changed.",
                _FILM_AGAIN,
            )
