"""Makes an edition of a storyboard: take, track, film and guide, each only where it is stale."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import narration
import storycast
from narration import TimedCue, as_srt, as_webvtt, narrate, open_voice, segment_captions
from narration.captions import Caption
from narration.track import MANIFEST as TRACK_MANIFEST
from narration.track import read_track
from recorder import read_take, record
from recorder.storyboard import check_parameters
from recorder.take import MANIFEST as TAKE_MANIFEST
from recorder.take_writer import NOTEBOOK
from storycast.cache import content_name
from storycast.cut import cut
from storycast.desk import Desk
from storycast.edition import Choices, Edition, Monitor, outputs
from storycast.errors import StorycastError
from storycast.film import render_film, write_poster
from storycast.guide import publish_guide
from storycast.provenance import digest_package
from storycast.script import retell, spoken_passages

if TYPE_CHECKING:
    from collections.abc import Sequence

    from narration.track import Track
    from recorder.storyboard import Storyboard
    from recorder.take import Take
    from storycast.timeline import Timeline

__all__ = ["Job", "Stage", "film", "make", "publish", "render", "speak"]

_FILM = "film.mp4"


@dataclass(frozen=True)
class Job:
    """One storyboard on its way through the stages, and what they share."""

    board: Storyboard
    desk: Desk
    choices: Choices
    monitor: Monitor

    @cached_property
    def take(self) -> Take:
        """The newest take, with the words that the storyboard has now."""
        try:
            filmed = read_take(self.desk.find("take"))
        except FileNotFoundError:
            raise StorycastError(
                f"{self.board.path} has not been filmed yet.", "Run 'storycast record' first."
            ) from None
        given = {name: str(value) for name, value in self.choices.parameters.items()}
        given.pop("base_url", None)
        told = retell(filmed, self.board)
        if told is None or (given and given != filmed.parameters):
            raise StorycastError(
                f"{self.board.path} is no longer what was filmed: its code or parameters differ.",
                "Film it again: 'storycast record', or 'storycast make' without --no-record.",
            )
        return told

    @cached_property
    def track(self) -> Track:
        """The newest track."""
        try:
            return read_track(self.desk.find("track"))
        except FileNotFoundError:
            raise StorycastError(
                f"{self.board.path} has not been spoken yet.", "Run 'storycast narrate' first."
            ) from None

    @cached_property
    def timeline(self) -> Timeline:
        """The timeline of the newest take and track."""
        return cut(self.take, self.track)

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


Stage = Callable[[Job], None]


def make(board: Storyboard, stages: Sequence[Stage], choices: Choices, monitor: Monitor) -> Edition:
    """Run ``stages`` on ``board`` and publish what they made, all at once.

    Nothing that was published is touched before the last stage has ended well. Raises
    `StorycastError`, `recorder.RecorderError` or `narration.NarrationError`.
    """
    check_parameters(board, choices.parameters)
    seconds: dict[str, float] = {}
    with Desk(board.name, output=choices.output, cache=choices.cache) as desk:
        job = Job(board, desk, choices, monitor)
        for stage in stages:
            began = time.perf_counter()
            stage(job)
            seconds[stage.__name__] = time.perf_counter() - began
        desk.publish()
        film_s = job.timeline.duration_ms / 1000 if render in stages else 0.0
        return Edition(board.name, desk.folder, desk.made, outputs(desk.folder), seconds, film_s)


def film(job: Job) -> None:
    """Storyboard to take."""
    if not job.choices.film_again:
        return
    folder = job.desk.work / "take"
    with job.monitor.task(job.board.name, "Filming") as update:
        record(job.board, folder=folder, parameters=job.choices.parameters, progress=update)
    published = job.desk.folder / "take" / TAKE_MANIFEST
    if published.exists() and published.read_bytes() == (folder / TAKE_MANIFEST).read_bytes():
        shutil.rmtree(folder)  # the application is as it was: so is everything made of it
    else:
        job.desk.note("take", job.board.code)


def speak(job: Job) -> None:
    """Take to track."""
    passages = spoken_passages(job.take)
    voice = open_voice(job.choices.voice or job.board.front.voice, language=job.take.language)
    key = content_name(
        voice.identity, job.take.language, digest_package(narration), *map(repr, passages)
    )
    if job.desk.is_current("track", key, [f"track/{TRACK_MANIFEST}"]):
        return
    try:
        with job.monitor.task(job.board.name, "Speaking") as update:
            narrate(
                passages,
                voice=voice,
                folder=job.desk.work / "track",
                cache=job.choices.cache / "speech",
                language=job.take.language,
                progress=update,
            )
    finally:
        voice.close()
    job.desk.note("track", key)


def render(job: Job) -> None:
    """Take and track to film, captions and chapters."""
    language = job.track.language
    texts = {
        "timeline.json": job.timeline.model_dump_json(indent=1, exclude_defaults=True),
        f"captions.{language}.vtt": as_webvtt(job.captions, language=language),
        f"captions.{language}.srt": as_srt(job.captions),
        "chapters.vtt": job.chapters_vtt,
    }
    key = content_name(digest_package(storycast), *texts.values())
    if job.desk.is_current("film", key, [_FILM, "poster.png", *texts]):
        return
    with job.monitor.task(job.board.name, "Rendering") as update:
        render_film(
            job.timeline,
            take_folder=job.desk.find("take"),
            track_folder=job.desk.find("track"),
            captions=texts[f"captions.{language}.srt"],
            out=job.desk.work / _FILM,
            cache=job.choices.cache / "clips",
            progress=update,
        )
        write_poster(
            job.timeline,
            take_folder=job.desk.find("take"),
            out=job.desk.work / "poster.png",
        )
    for name, text in texts.items():
        (job.desk.work / name).write_text(text, encoding="utf-8")
    job.desk.note("film", key)


def publish(job: Job) -> None:
    """Take and track to guide."""
    desk = job.desk
    film_name = _FILM if desk.find(_FILM).exists() else None
    captions = as_webvtt(job.captions, language=job.track.language)
    key = content_name(
        digest_package(storycast),
        job.take.model_dump_json(),
        job.track.model_dump_json(),
        job.timeline.model_dump_json(),
        repr((film_name, job.choices.embed_film)),
    )
    names = ["guide.html", "guide.md", "transcript.txt", NOTEBOOK]
    if desk.is_current("guide", key, names):
        return
    if job.choices.embed_film and film_name and not (desk.work / _FILM).exists():
        shutil.copyfile(desk.folder / _FILM, desk.work / _FILM)
    with job.monitor.task(job.board.name, "Publishing"):
        publish_guide(
            job.take,
            job.timeline,
            job.track,
            take_folder=desk.find("take"),
            folder=desk.work,
            captions_vtt=captions,
            chapters_vtt=job.chapters_vtt,
            film=film_name,
            embed_film=job.choices.embed_film,
        )
        shutil.copyfile(desk.find("take") / NOTEBOOK, desk.work / NOTEBOOK)
    desk.note("guide", key)
