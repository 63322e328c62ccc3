"""Work ahead: while a storyboard is filmed, what is certain already is spoken, drawn and encoded.

It goes to the cache, where the stages that follow find it; they know nothing of it. What turns out
otherwise in the end was made in vain, and they make it as it should be.
"""

from __future__ import annotations

import threading
from concurrent.futures import CancelledError
from functools import cached_property
from typing import TYPE_CHECKING, Self

from narration import NarrationError
from recorder.errors import RecorderError
from recorder.take import MANIFEST, Browser, Step, Take
from recorder.take_writer import JOURNAL, read_journal
from storycast.change import changed_box
from storycast.cut import cut
from storycast.errors import StorycastError
from storycast.priority import give_way
from storycast.script import spoken_passages
from storycast.wording import open_wording

if TYPE_CHECKING:
    from storycast.film.composite import Composer
    from storycast.film.form import Format
    from storycast.job import Job
    from storycast.timeline import Clip, Timeline

__all__ = ["Ahead"]

_LOOK_S = 0.1


class Ahead:
    """Works ahead of a job, as a context, for as long as its storyboard is filmed.

    Nothing that fails here is told: the stage whose work it is meets it again, and tells it.
    """

    def __init__(self, job: Job) -> None:
        self._job = job
        self._look, self._terms = job.look, job.terms
        # Papermill changes the working folder, of all threads, to the storyboard's.
        self._take_folder = (job.desk.work / "take").resolve()
        self._cache, self._clips = job.choices.cache.resolve(), job.clips.resolve()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="ahead")
        self._done: set[str] = set()
        self._filmed = 0

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._stop.set()
        self._thread.join()

    def _run(self) -> None:
        give_way()  # filming goes first: what is late there holds up everything
        try:
            self._speak()
            while not self._stop.wait(_LOOK_S) and not (self._take_folder / MANIFEST).exists():
                for clip in self._certain_clips():
                    self._make(clip)
        except (StorycastError, RecorderError, NarrationError, CancelledError, OSError):
            return

    def _speak(self) -> None:
        """Speak the storyboard's prose; what highlights say is known when they are filmed."""
        from narration.narrator import speak_passages  # noqa: PLC0415 - while the stage starts

        for passage in spoken_passages(self._take(())):
            if self._stop.is_set():
                raise CancelledError
            speak_passages(
                (passage,),
                voice=self._job.voice,
                cache=self._cache / "speech",
                language=self._job.board.language,
                terms=self._terms,
            )

    def _certain_clips(self) -> list[Clip]:
        """The clips of steps that another one has followed: it decides where the camera goes."""
        steps = read_journal(self._take_folder / JOURNAL)
        if len(steps) < 2 or len(steps) == self._filmed:
            return []
        self._filmed = len(steps)
        timeline = self._cut(self._take(steps))
        return [clip for clip in timeline.clips if clip.step < steps[-1].number]

    def _cut(self, take: Take) -> Timeline:
        from narration.narrator import speak_passages  # noqa: PLC0415 - see above

        job = self._job
        track = speak_passages(
            spoken_passages(take),
            voice=job.voice,
            cache=self._cache / "speech",
            language=take.language,
            terms=self._terms,
        )
        changes = changed_box(self._take_folder, take.viewport, self._cache / "changes")
        film, wording = job.board.front.film, open_wording(track.language)
        return cut(take, track, film, changes=changes, wording=wording)

    def _make(self, clip: Clip) -> None:
        from storycast.film.reel import cut_up  # noqa: PLC0415 - see above
        from storycast.film.segment import make_segment, segment_name  # noqa: PLC0415

        form, composer = self._means
        for shown in dict.fromkeys(piece.shown for piece in cut_up(clip, form)):
            name = segment_name(shown, form)
            if name not in self._done and not (self._take_folder / MANIFEST).exists():
                self._done.add(name)
                folder = self._clips
                make_segment(shown, form, composer=lambda: composer, folder=folder, stop=self._stop)

    @cached_property
    def _means(self) -> tuple[Format, Composer]:
        from storycast.film.composite import Composer  # noqa: PLC0415
        from storycast.film.form import Format  # noqa: PLC0415 - see above

        form = Format(
            viewport=self._job.board.front.viewport,
            look=self._look,
            constant=self._job.choices.constant_frame_rate,
        )
        folder = self._take_folder / "shots"
        return form, Composer(folder, form.viewport, form.size, form.look)

    def _take(self, filmed: tuple[Step, ...]) -> Take:
        """The take as far as it is filmed; the steps that follow have no actions yet."""
        board, known = self._job.board, {step.number: step for step in filmed}
        return Take(
            storyboard=board.name,
            code=board.code,
            title=board.title,
            language=board.language,
            viewport=board.front.viewport,
            scale=board.front.scale,
            browser=Browser(name="", version=""),
            steps=tuple(known.get(step.number) or step.filmed() for step in board.steps),
        )
