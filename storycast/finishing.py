"""Finishing: film and guide, out of take and track; each where it is stale, and both at once."""

from __future__ import annotations

import shutil
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

import storycast
from narration import as_srt, as_webvtt
from storycast.cache import content_name
from storycast.edition import FILM, POSTER, VERIFICATION, baseline_folder
from storycast.guide.forms.register import describe_forms
from storycast.guide.history import read_changes
from storycast.priority import give_way
from storycast.provenance import digest_file, digest_package

# What draws, encodes and lays out is imported where something is stale (storycast.make).

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from recorder.storyboard import Storyboard
    from storycast.job import Job
    from storycast.verify import Ear

__all__ = ["name_pictures", "publish", "render", "render_and_publish"]

_TOLD_BY_GUIDES = {"actors", "goal", "needs", "outcome", "tags", "raw_html"}


@dataclass(frozen=True)
class _Film:
    """A film to be made: a name for all that it is made of, and the texts that lie beside it."""

    key: str
    texts: Mapping[str, str]
    captions: str


@dataclass(frozen=True)
class _Guide:
    """A guide that was made: a name for all that it was made of, and its files and folders."""

    key: str
    names: tuple[str, ...]


def name_pictures(board: Storyboard) -> str:
    """A name for the pictures in the prose of ``board``; "" where it has none.

    Raises `StorycastError` where one is missing.
    """
    if not any("![" in block.text for step in board.steps for block in step.blocks):
        return ""
    from storycast.guide.enclosure import Enclosures  # noqa: PLC0415 - see above

    return Enclosures(board).key


def render(job: Job) -> None:
    """Take and track to film, captions and chapters."""
    with _sound_begun(job):
        film = _stale_film(job)
        if film is not None:
            _write_poster(job)
            _note_film(job, film, _render(job, film))


def publish(job: Job) -> None:
    """Take and track to guide."""
    _note(job, _publish(job, FILM if job.desk.find(FILM).exists() else None))


def render_and_publish(job: Job) -> tuple[float, float]:
    """Take and track to film and guide at once, for neither needs the whole machine all the time.

    Returns how many seconds the film took, and how long the guide was waited for after it.
    """
    began = time.perf_counter()

    def publish_beside(film: _Film | None) -> _Guide | None:
        if film is not None:
            _write_poster(job)  # which the guide shows
        return _publish(job, FILM)

    # The film takes longer, and whoever waits for both waits for that.
    with (
        _sound_begun(job),
        ThreadPoolExecutor(1, thread_name_prefix="guide", initializer=give_way) as pool,
    ):
        film = _stale_film(job)
        guide = pool.submit(publish_beside, film)
        names = _render(job, film) if film is not None else ()
        rendered = time.perf_counter()
        published = guide.result()
    _note_film(job, film, names)
    _note(job, published)
    return rendered - began, time.perf_counter() - rendered


@contextmanager
def _sound_begun(job: Job) -> Iterator[None]:
    """Begin with the film's sound where its words are new: it takes longest where little else is.

    It goes to the cache, where whoever makes the film finds it, or meets again what failed.
    """
    if "track" not in job.desk.made:
        yield
        return
    from storycast.film.bed import Bed  # noqa: PLC0415 - see above
    from storycast.film.sound import make_sound  # noqa: PLC0415

    timeline, track, folder = job.timeline, job.track, job.desk.find("track")
    bed = Bed(*job.bed_files)
    with ThreadPoolExecutor(1, thread_name_prefix="sound") as pool:
        pool.submit(make_sound, timeline, track, folder, folder=job.clips, bed=bed)
        yield


def _stale_film(job: Job) -> _Film | None:
    """What the film is made of, unless it was made of just that."""
    language, captions = job.track.language, as_srt(job.captions)
    texts = {
        "timeline.json": job.shown.model_dump_json(indent=1, exclude_defaults=True),
        f"captions.{language}.vtt": as_webvtt(job.captions, language=language),
        f"captions.{language}.srt": captions,
        "chapters.vtt": job.chapters_vtt,
        "chapters.txt": job.chapters_txt,
    }
    heard = [digest_file(path) for path in job.bed_files]
    asked = repr((job.look, job.choices.verify, job.choices.constant_frame_rate, heard))
    key = content_name(digest_package(storycast), asked, *texts.values())
    return None if job.desk.is_current("film", key) else _Film(key, texts, captions)


def _write_poster(job: Job) -> None:
    from storycast.film import write_poster  # noqa: PLC0415 - see above

    write_poster(
        job.timeline,
        take_folder=job.take_folder,
        out=job.desk.work / POSTER,
        cache=job.choices.cache / "pictures",
        look=job.look,
    )


def _render(job: Job, film: _Film) -> tuple[str, ...]:
    """Make the film and what lies beside it; return the names of its files."""
    if not job.choices.verify:
        _make_film(job, film)
        return FILM, POSTER, *film.texts
    with ThreadPoolExecutor(1) as pool:
        listening = pool.submit(_open_ear, job.track.sample_rate)
        try:
            _make_film(job, film)
            _verify(job, listening.result())
        finally:
            if (ear := listening.result()) is not None:
                ear.close()
    return FILM, POSTER, VERIFICATION, *film.texts


def _make_film(job: Job, film: _Film) -> None:
    from storycast.film import Bed, render_film  # noqa: PLC0415 - see above

    desk = job.desk
    bed = Bed(*job.bed_files)
    for name, text in film.texts.items():
        (desk.work / name).write_text(text, encoding="utf-8")
    with job.monitor.task(job.board.edition, "Rendering") as update:
        render_film(
            job.shown,
            take_folder=job.take_folder,
            track_folder=desk.find("track"),
            captions=film.captions,
            out=desk.work / FILM,
            cache=job.clips,
            look=job.look,
            bed=bed,
            constant_frame_rate=job.choices.constant_frame_rate,
            progress=update,
        )


def _open_ear(rate: int) -> Ear | None:
    """Import what verifies, and start what listens, while the film is made."""
    from storycast.verify import Ear, VerifyError  # noqa: PLC0415 - see above

    with suppress(VerifyError):  # who listens without it is told
        return Ear(rate)
    return None


def _verify(job: Job, ear: Ear | None) -> None:
    """Open the finished film again; one that is not as it should be is not published."""
    from storycast.verify import verify_film  # noqa: PLC0415 - see above

    desk = job.desk
    with job.monitor.task(job.board.edition, "Verifying"):
        report = verify_film(
            desk.work / FILM,
            take=job.take_folder,
            track=desk.find("track"),
            cache=job.choices.cache / "sights",
            ear=ear,
        )
    text = report.model_dump_json(indent=1)
    (desk.work / VERIFICATION).write_text(text, encoding="utf-8")


def _publish(job: Job, film_name: str | None) -> _Guide | None:
    """Make the guide, of a film of this name that need not be there yet, unless it is current."""
    desk = job.desk
    forms, changes = job.forms, read_changes(baseline_folder(job.board))
    key = content_name(
        digest_package(storycast),
        job.take.model_dump_json(),
        job.track.model_dump_json(),
        job.timeline.model_dump_json(),
        repr((film_name, job.choices.embed_film, job.look, job.board.front.film.highlight)),
        digest_file(desk.find(FILM)) if job.choices.embed_film else "",
        repr((sorted(describe_forms(forms)), job.filmed_on, changes)),
        job.board.front.model_dump_json(include=_TOLD_BY_GUIDES),
        repr((job.board.front.film.theme, sorted(job.board.texts.items()))),
        name_pictures(job.board),
    )
    if desk.is_current("guide", key):
        return None
    from storycast.guide import publish_guide  # noqa: PLC0415 - see above
    from storycast.template import keep_compiled  # noqa: PLC0415

    keep_compiled(job.choices.cache / "templates" / digest_package(storycast))

    if job.choices.embed_film and film_name and not (desk.work / FILM).exists():
        shutil.copyfile(desk.folder / FILM, desk.work / FILM)
    with job.monitor.task(job.board.edition, "Publishing"):
        written = publish_guide(
            job.take,
            job.timeline,
            job.track,
            take_folder=job.take_folder,
            folder=desk.work,
            cache=job.choices.cache,
            captions_vtt=as_webvtt(job.captions, language=job.track.language),
            chapters_vtt=job.chapters_vtt,
            film=film_name,
            poster=desk.find(POSTER) if film_name else None,
            embed_film=job.choices.embed_film,
            look=job.look,
            highlight=job.board.front.film.highlight,
            forms=forms,
            board=job.board,
            filmed_on=job.filmed_on,
            changes=changes,
        )
    names = dict.fromkeys(path.relative_to(desk.work).parts[0] for path in written)
    return _Guide(key, tuple(names))


def _note_film(job: Job, film: _Film | None, names: tuple[str, ...]) -> None:
    if film is not None:
        job.desk.note("film", film.key, *names)


def _note(job: Job, guide: _Guide | None) -> None:
    if guide is not None:
        job.desk.note("guide", guide.key, *guide.names)
