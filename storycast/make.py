"""Makes an edition of a storyboard: take, track, film and guide, each only where it is stale."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from contextlib import ExitStack, closing
from functools import cache, partial
from threading import Thread
from typing import TYPE_CHECKING

import narration
from recorder.fence.blocked import read_blocked
from recorder.storyboard import check_parameters
from recorder.take import MANIFEST as TAKE_MANIFEST
from recorder.take import read_take
from storycast.cache import content_name
from storycast.day import today
from storycast.desk import Desk
from storycast.edition import Choices, Edition, Monitor, baseline_folder, outputs
from storycast.finishing import name_pictures, publish, render, render_and_publish
from storycast.guide.forms.register import choose_forms
from storycast.job import Job
from storycast.provenance import digest_package
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

_HEALER = "storycast.drift.healing.healer:open_healer"


def make(board: Storyboard, stages: Sequence[Stage], choices: Choices, monitor: Monitor) -> Edition:
    """Run ``stages`` on ``board`` and publish what they made, all at once.

    Nothing that was published is touched before the last stage has ended well. Raises
    `StorycastError`, `recorder.RecorderError` or `narration.NarrationError`.
    """
    _check(board, stages, choices)
    with ExitStack() as stack:
        desk = Desk(board.edition, output=choices.output, cache=choices.cache, lock=board.name)
        stack.enter_context(desk)
        job = stack.enter_context(closing(Job(board, desk, choices, monitor)))
        if film in stages and choices.film_again and board.films_itself:
            _look_ahead(job, stages)
            if render in stages and not choices.burn_captions:  # these depend on what follows
                from storycast.ahead import Ahead  # noqa: PLC0415 - see above

                stack.enter_context(Ahead(job))
        meanwhile = partial(_get_ready, job, stack) if render in stages else None
        seconds = _run(job, stages, meanwhile)
        film_s = job.timeline.duration_ms / 1000 if render in stages else 0.0
        notes = [*_unread(job)] if speak in stages else []
        if film in stages:
            notes += _healing_notes(read_take(job.take_folder))
            notes += read_blocked(job.take_folder).notes()
        desk.publish()
        paths = outputs(desk.folder)
        return Edition(board.edition, desk.folder, desk.made, paths, seconds, film_s, tuple(notes))


def _check(board: Storyboard, stages: Sequence[Stage], choices: Choices) -> None:
    """Tell before anything is made what a stage could only tell after it."""
    check_parameters(board, choices.parameters)
    choose_forms(board.front.forms, choices.forms)
    if publish in stages:
        name_pictures(board)  # which looks for them


def _run(
    job: Job, stages: Sequence[Stage], meanwhile: Callable[[], None] | None
) -> dict[str, float]:
    """Run ``stages``; returns how many seconds each was waited for, by what it makes."""
    seconds: dict[str, float] = {}
    at_once = {render, publish} <= set(stages) and not job.choices.embed_film
    for stage in stages:
        began = time.perf_counter()
        if at_once and stage is render:
            seconds["film"], seconds["guide"] = render_and_publish(job)
        elif not (at_once and stage is publish):
            speak(job, meanwhile) if stage is speak else stage(job)
            seconds[_RESULTS[stage]] = time.perf_counter() - began
    return seconds


def _look_ahead(job: Job, stages: Sequence[Stage]) -> None:
    """Find out before anything is filmed what would only be missed meanwhile or afterwards."""
    from recorder.browser_choice import choose_browser, find_browser  # noqa: PLC0415 - see above
    from recorder.remote import find_server  # noqa: PLC0415

    server = find_server()
    if server is not None:
        server.require_ready()
    else:
        find_browser(choose_browser(job.board.front.browser))
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
    from recorder.recording import record  # noqa: PLC0415 - see above

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


def speak(job: Job, meanwhile: Callable[[], None] | None = None) -> None:
    """Take to track; ``meanwhile`` is done while the voice starts."""
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
    from narration.narrator import narrate  # noqa: PLC0415 - see above

    begin = cache(meanwhile or (lambda: None))

    def tell(done: int, total: int) -> None:
        update(done, total)
        begin()

    with job.monitor.task(job.board.edition, "Speaking") as update:
        track = narrate(
            passages,
            voice=job.voice,
            folder=job.desk.work / "track",
            cache=job.choices.cache / "speech",
            language=job.take.language,
            terms=job.terms,
            progress=tell,
        )
    job.desk.note("track", key, "track")
    job.keep_track(track)


def _get_ready(job: Job, stack: ExitStack) -> None:
    """Begin to start and to import what makes films; what is not needed ends with ``stack``."""

    def start() -> None:
        from storycast.film.sound_command import get_ready  # noqa: PLC0415 - see above

        get_ready(job.voice.sample_rate, job.clips)
        import narration.sound  # noqa: F401, PLC0415 - it has numpy do without threads
        import storycast.cut  # noqa: PLC0415
        import storycast.film.sound  # noqa: F401, PLC0415

    def end() -> None:
        thread.join()
        from storycast.film.process import stop_ahead  # noqa: PLC0415 - see above

        stop_ahead()

    thread = Thread(target=start)
    stack.callback(end)
    thread.start()


def _unread(job: Job) -> tuple[str, ...]:
    """What a person has still to read, where a person is the voice."""
    voice = job.board.front.voice
    if job.choices.voice or isinstance(voice, str) or not voice.recorded:
        return ()
    return compare(job.board, job.take, job.terms)


_RESULTS: dict[Stage, str] = {film: "take", speak: "track", render: "film", publish: "guide"}
