"""Animations: each step as a small moving picture that shows where the pointer goes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import pairwise
from pathlib import Path

from PIL import Image

from recorder.take import Box
from storycast.cache import content_name, made_once, source_digest
from storycast.film.composite import Composer
from storycast.film.frame import PRESS_MS, View, view_at
from storycast.guide.forms.form import Material
from storycast.timeline import Clip

__all__ = ["make_animation"]

_WIDTH = 800  # pixels
_QUALITY = 60
_ON_THE_WAY = (0.0, 0.35, 0.5, 0.65, 1.0)  # the pointer is slow at both ends of its way
_PRESSED = (0.0, 0.3, 0.6, 1.0)
_SHORTEST_MS = 80
_LONGEST_MS = 1200  # nobody waits for speech here
_LAST_MS = 2000
_MOST_FRAMES = 24
_MAKERS = (
    "storycast.look", "storycast.drawing", "storycast.film.frame", "storycast.film.seat",
    "storycast.film.composite", "storycast.people", "storycast.halves",
)  # fmt: skip

_Frames = Sequence[tuple[View, int]]
"""What is seen, and for how many milliseconds."""


def make_animation(material: Material) -> Mapping[str, bytes]:
    """``animations/step-N.webp`` for each step that the film shows; drawn once for all times."""
    steps = (step for scene in material.guide.scenes for step in scene.steps if step.number)
    names = {step.start_ms: step.anchor for step in steps}
    clips = [clip for clip in material.timeline.clips if clip.start_ms in names]
    width, height = material.guide.viewport
    size = (_WIDTH, round(_WIDTH * height / width))
    composer = Composer(material.take_folder / "shots", (width, height), size, material.look)
    with ThreadPoolExecutor(2) as pool:
        made = list(pool.map(partial(_animate, material, composer, size), clips))
    return {
        f"animations/{names[clip.start_ms]}.webp": animation
        for clip, animation in zip(clips, made, strict=True)
    }


def _animate(material: Material, composer: Composer, size: tuple[int, int], clip: Clip) -> bytes:
    shown = clip.model_copy(
        update={
            "start_ms": 0,
            "speech": (),
            "cards": (),
            "captions": (),
            "moves": (),
            "framed": _framing(clip),
        }
    )
    name = content_name(
        shown.model_dump_json(), repr((size, material.look)), source_digest(__name__, *_MAKERS)
    )
    path = material.cache / "animations" / f"{name}.webp"
    return made_once(path, partial(_write, composer, _frames(shown))).read_bytes()


def _framing(clip: Clip) -> Box | None:
    """What the camera frames wherever the pointer acts; None for the whole page."""
    acted = [press.at_ms for press in clip.presses] or [glide.end_ms for glide in clip.glides]
    framed = {repr(camera): camera for camera in (view_at(clip, at).camera for at in acted)}
    return framed.popitem()[1] if len(framed) == 1 else None


def _frames(clip: Clip) -> _Frames:
    seen: list[tuple[float, View]] = []
    for at_ms in sorted(set(_moments(clip))):
        view = view_at(clip, at_ms)
        if not seen or view != seen[-1][1]:
            seen.append((at_ms, view))
    if len(seen) > _MOST_FRAMES:
        last = len(seen) - 1
        seen = [seen[round(place * last / (_MOST_FRAMES - 1))] for place in range(_MOST_FRAMES)]
    lengths = (after - before for (before, _), (after, _) in pairwise(seen))
    times = [round(min(max(length, _SHORTEST_MS), _LONGEST_MS)) for length in lengths]
    return [(view, time) for (_, view), time in zip(seen, [*times, _LAST_MS], strict=True)]


def _moments(clip: Clip) -> Iterator[float]:
    """When something is as it is worth seeing, in milliseconds."""
    last = clip.duration_ms - 1
    yield from (0.0, last)
    for glide in clip.glides:
        yield from (glide.start_ms + (glide.end_ms - glide.start_ms) * part for part in _ON_THE_WAY)
    for press in clip.presses:
        yield from (press.at_ms + PRESS_MS * part for part in _PRESSED)
    yield from (min(seat.at_ms + 150.0, last) for seat in clip.seats)
    for picture in clip.pictures:
        yield min(picture.at_ms + picture.fade_ms, last)
    for roll in clip.rolls:
        yield from (roll.start_ms + (roll.end_ms - roll.start_ms) * part for part in _ON_THE_WAY)
    for start_ms, end_ms in (
        *((mark.start_ms, mark.end_ms) for mark in clip.marks),
        *((caps.start_ms, caps.end_ms) for caps in clip.caps),
        *((menu.start_ms, menu.end_ms) for menu in clip.menus),
        *((prompt.start_ms, prompt.end_ms) for prompt in clip.prompts),
    ):
        yield from ((start_ms + end_ms) / 2, end_ms)
    for menu in clip.menus:
        yield from (at_ms for at_ms, _ in menu.places)
    for prompt in clip.prompts:
        yield from (at_ms for at_ms, _ in prompt.answers)


def _write(composer: Composer, frames: _Frames, draft: Path) -> None:
    canvas, pictures = composer.blank(), []
    for view, _ in frames:
        composer.draw(view, canvas)
        pictures.append(Image.fromarray(canvas.copy()))
    pictures[0].save(
        draft,
        "WEBP",
        save_all=True,
        append_images=pictures[1:],
        duration=[milliseconds for _, milliseconds in frames],
        loop=0,
        quality=_QUALITY,
        method=2,
    )
