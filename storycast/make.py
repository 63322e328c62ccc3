"""Makes an edition of a storyboard: take, track, film and guide, each only where it is stale."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from contextlib import ExitStack, closing
from typing import TYPE_CHECKING

import narration
import storycast
from narration import as_srt, as_webvtt
from recorder.fence.blocked import read_blocked
from recorder.preparation import import_in_background
from recorder.storyboard import check_parameters
from recorder.take import MANIFEST as TAKE_MANIFEST
from recorder.take import read_take
from storycast.ahead import Ahead
from storycast.cache import content_name
from storycast.day import today
from storycast.desk import Desk
from storycast.edition import (
    FILM,
    POSTER,
    VERIFICATION,
    Choices,
    Edition,
    Monitor,
    baseline_folder,
    outputs,
)
from storycast.guide.abstract import read_changes
from storycast.guide.forms.register import choose_forms, describe_forms
from storycast.job import Job
from storycast.provenance import digest_file, digest_package
from storycast.readings import compare
from storycast.script import find_take, spoken_passages

# What records, speaks, draws and lays out is imported by the stage that needs it: where nothing
# is stale none does, and the command is over before they would be loaded.

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date
    from pathlib import Path

    from recorder.storyboard import Storyboard
    from recorder.take import Healing, Take, Target

__all__ = ["Stage", "film", "make", "publish", "render", "speak"]

Stage = Callable[[Job], None]

_TOLD_BY_GUIDES = {"goal", "needs", "outcome", "tags", "raw_html"}
_HEALER = "storycast.drift.healing.healer:open_healer"


def make(board: Storyboard, stages: Sequence[Stage], choices: Choices, monitor: Monitor) -> Edition:
    """Run ``stages`` on ``board`` and publish what they made, all at once.

    Nothing that was published is touched before the last stage has ended well. Raises
    `StorycastError`, `recorder.RecorderError` or `narration.NarrationError`.
    """
    check_parameters(board, choices.parameters)
    seconds: dict[str, float] = {}
    choose_forms(board.front.forms, choices.forms)  # which tells before anything is made
    with ExitStack() as stack:
        desk = Desk(board.edition, output=choices.output, cache=choices.cache, lock=board.name)
        stack.enter_context(desk)
        job = stack.enter_context(closing(Job(board, desk, choices, monitor)))
        if film in stages and choices.film_again and board.films_itself:
            _look_ahead(job, stages)
            if render in stages and not choices.burn_captions:  # these depend on what follows
                stack.enter_context(Ahead(job))
        for stage in stages:
            began = time.perf_counter()
            stage(job)
            seconds[_RESULTS[stage]] = time.perf_counter() - began
        film_s = job.timeline.duration_ms / 1000 if render in stages else 0.0
        notes = [*_unread(job)] if speak in stages else []
        if film in stages:
            notes += _healing_notes(read_take(job.take_folder))
            notes += read_blocked(job.take_folder).notes()
        desk.publish()
        paths = outputs(desk.folder)
        return Edition(board.edition, desk.folder, desk.made, paths, seconds, film_s, tuple(notes))


def _look_ahead(job: Job, stages: Sequence[Stage]) -> None:
    """Find out before anything is filmed what would only be missed meanwhile or afterwards."""
    from recorder.browser import find_programs  # noqa: PLC0415 - see above
    from recorder.remote import find_server  # noqa: PLC0415

    server = find_server()
    if server is not None:
        server.require_ready()
    else:
        find_programs()
    if render in stages:
        from storycast.film import ffmpeg  # noqa: PLC0415 - see above

        ffmpeg.version()
        from storycast.film import Bed  # noqa: PLC0415

        Bed(*job.bed_files).check()
    if speak in stages:
        job.voice.speak("1")  # only an engine that speaks tells whether it has the voice


def film(job: Job) -> None:
    """Storyboard to take."""
    if not (job.choices.film_again and job.board.films_itself):
        return
    from recorder.record import record  # noqa: PLC0415 - see above

    folder, published = job.desk.work / "take", job.desk.folder / "take"
    baseline = baseline_folder(job.board)
    with job.monitor.task(job.board.edition, "Filming") as update:
        record(
            job.board,
            folder=folder,
            parameters=job.choices.parameters,
            healer=_HEALER if baseline.is_dir() else "",
            progress=update,
        )
    _require_confirmed(job, folder)
    manifest = (folder / TAKE_MANIFEST).read_bytes()
    if (
        job.desk.is_current("take", job.board.code)
        and manifest == (published / TAKE_MANIFEST).read_bytes()
        and read_blocked(folder).names == read_blocked(published).names
    ):
        shutil.rmtree(folder)  # the application is as it was: so is everything made of it
    else:
        job.desk.note("take", job.board.code, "take", on=_first_day(job, folder))


def _first_day(job: Job, folder: Path) -> date:
    """The day of the take in ``folder``: an older one's, where that differs in words alone."""
    before = find_take(job.board, job.desk.folder / "take")
    if before is not None and before == read_take(folder):
        return job.desk.filmed_on or today()
    return today()


def _require_confirmed(job: Job, folder: Path) -> None:
    """Refuse a take in which something was found again that did not do what it did before."""
    if any(True for _ in _healed(read_take(folder))):
        from storycast.drift.healing.confirmation import confirm  # noqa: PLC0415 - see above

        confirm(job.board, folder)


def _healed(take: Take) -> Iterator[tuple[int, Target, Healing]]:
    for step in take.steps:
        for target in (action.target for action in step.actions):
            if target is not None and target.healed is not None:
                yield step.number, target, target.healed


def _healing_notes(take: Take) -> Iterator[str]:
    """What was found although its locator fails, once for each locator of a step."""
    told = dict.fromkeys(
        f"Step {number} is healed: {target.locator} finds nothing any more, {healed.locator} was "
        f"taken, known by {healed.reason}. 'storycast check --patch' proposes the change."
        for number, target, healed in _healed(take)
    )
    yield from told


def speak(job: Job) -> None:
    """Take to track."""
    passages = spoken_passages(job.take)
    key = content_name(
        job.voice.identity,
        job.take.language,
        digest_package(narration),
        repr(sorted(job.terms.items())),
        *map(repr, passages),
    )
    if job.desk.is_current("track", key):
        return
    import_in_background("storycast.film", "storycast.verify")  # while the voice starts
    from narration.narrator import narrate  # noqa: PLC0415 - see above

    with job.monitor.task(job.board.edition, "Speaking") as update:
        narrate(
            passages,
            voice=job.voice,
            folder=job.desk.work / "track",
            cache=job.choices.cache / "speech",
            language=job.take.language,
            terms=job.terms,
            progress=update,
        )
    job.desk.note("track", key, "track")


def _unread(job: Job) -> tuple[str, ...]:
    """What a person has still to read, where a person is the voice."""
    voice = job.board.front.voice
    if job.choices.voice or isinstance(voice, str) or not voice.recorded:
        return ()
    return compare(job.board, job.take, job.terms)


def render(job: Job) -> None:
    """Take and track to film, captions and chapters."""
    language, desk = job.track.language, job.desk
    texts = {
        "timeline.json": job.shown.model_dump_json(indent=1, exclude_defaults=True),
        f"captions.{language}.vtt": as_webvtt(job.captions, language=language),
        f"captions.{language}.srt": as_srt(job.captions),
        "chapters.vtt": job.chapters_vtt,
        "chapters.txt": job.chapters_txt,
    }
    heard = [digest_file(path) for path in job.bed_files]
    asked = repr((job.look, job.choices.verify, job.choices.constant_frame_rate, heard))
    key = content_name(digest_package(storycast), asked, *texts.values())
    if desk.is_current("film", key):
        return
    from storycast.film import Bed, render_film, write_poster  # noqa: PLC0415 - see above

    bed = Bed(*job.bed_files)
    take = job.take_folder
    with job.monitor.task(job.board.edition, "Rendering") as update:
        render_film(
            job.shown,
            take_folder=take,
            track_folder=desk.find("track"),
            captions=texts[f"captions.{language}.srt"],
            out=desk.work / FILM,
            cache=job.choices.cache / "clips",
            look=job.look,
            bed=bed,
            constant_frame_rate=job.choices.constant_frame_rate,
            progress=update,
        )
        write_poster(job.timeline, take_folder=take, out=desk.work / POSTER, look=job.look)
    for name, text in texts.items():
        (desk.work / name).write_text(text, encoding="utf-8")
    verified = (VERIFICATION,) if job.choices.verify else ()
    if verified:
        _verify(job)
    desk.note("film", key, FILM, POSTER, *verified, *texts)


def _verify(job: Job) -> None:
    """Open the finished film again; one that is not as it should be is not published."""
    from storycast.verify import verify_film  # noqa: PLC0415 - see above

    desk = job.desk
    with job.monitor.task(job.board.edition, "Verifying"):
        report = verify_film(
            desk.work / FILM,
            take=job.take_folder,
            track=desk.find("track"),
            cache=job.choices.cache / "sights",
        )
    text = report.model_dump_json(indent=1)
    (desk.work / VERIFICATION).write_text(text, encoding="utf-8")


def publish(job: Job) -> None:
    """Take and track to guide."""
    desk = job.desk
    film_name = FILM if desk.find(FILM).exists() else None
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
    )
    if desk.is_current("guide", key):
        return
    from storycast.guide import publish_guide  # noqa: PLC0415 - see above

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
    desk.note(
        "guide", key, *dict.fromkeys(path.relative_to(desk.work).parts[0] for path in written)
    )


_RESULTS: dict[Stage, str] = {film: "take", speak: "track", render: "film", publish: "guide"}
