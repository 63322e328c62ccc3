"""The poster: the first picture of a film that shows something."""

from __future__ import annotations

import shutil
from pathlib import Path

from storycast.cache import content_name, made_once, written_whole
from storycast.film.excerpt import excerpt
from storycast.film.form import SIZE, Format, check_timeline
from storycast.film.frame import view_at
from storycast.film.segment import segment_name
from storycast.look import DEFAULT_LOOK, Look
from storycast.timeline import Clip, Timeline

__all__ = ["write_poster"]


def write_poster(
    timeline: Timeline,
    *,
    take_folder: Path,
    out: Path,
    cache: Path,
    look: Look = DEFAULT_LOOK,
    size: tuple[int, int] = SIZE,
) -> None:
    """Write the film's first picture that shows something to ``out``, a PNG, kept in ``cache``.

    Raises ``FilmError`` where the timeline is empty or a shot is missing.
    """
    check_timeline(timeline)
    form = Format(timeline.viewport, size, look=look)
    shown = [_last_picture(clip) for clip in timeline.clips]

    def make(draft: Path) -> None:
        from storycast.drawing import encode_png  # noqa: PLC0415 - only where something is drawn
        from storycast.film.composite import Composer  # noqa: PLC0415

        composer = Composer(take_folder / "shots", timeline.viewport, size, look)
        frame = composer.blank()
        for clip in shown:
            view = view_at(clip, 0)
            composer.draw(view.page, frame)
            if not composer.is_blank(view):
                break
        draft.write_bytes(encode_png(frame))

    name = content_name(*(segment_name(clip, form) for clip in shown))
    poster = made_once(cache / f"{name}.png", make)
    with written_whole(out) as draft:
        shutil.copyfile(poster, draft)


def _last_picture(clip: Clip) -> Clip:
    """What ``clip`` shows in the end, without cards."""
    return excerpt(clip.model_copy(update={"cards": ()}), clip.duration_ms, clip.duration_ms)
