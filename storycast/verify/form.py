"""The form: whether the file is whole, and of a kind that every browser plays."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from storycast.timeline import Timeline
from storycast.verify.container import Atom, Container
from storycast.verify.report import Check, Reading, judge

__all__ = ["LONGEST_GAP_MS", "check_form", "check_whole"]

LONGEST_GAP_MS = 1000.0
_ROUNDING_MS = 1.0  # what clocks of different ticks add


def check_whole(atoms: Sequence[Atom], size: int) -> Check:
    """Look whether a file of ``size`` bytes has all that its pieces say they hold."""
    missing = max((atom.end for atom in atoms), default=0) - size
    ok = missing <= 0 and {"moov", "mdat"} <= {atom.name for atom in atoms}
    bad = (
        f"The file is cut off: {missing} bytes are missing at its end."
        if missing > 0
        else "The file has no index or no content."
    )
    return Check(
        name="whole",
        ok=ok,
        sentence="The file is whole." if ok else bad,
        value=float(max(missing, 0)),
        unit="bytes missing",
        gate="0",
    )


def check_form(film: Container, atoms: Sequence[Atom], timeline: Timeline) -> Iterator[Check]:
    """Yield what the file says: codecs, size, index, duration and times of its frames."""
    yield _codecs(film)
    yield _size(film)
    yield _index(atoms)
    yield _duration(film, timeline)
    yield _timestamps(film, timeline)


def _codecs(film: Container) -> Check:
    audio = film.audio.codec if film.audio else "none"
    found = f"{film.video.codec} {film.video.pixels}, {audio}"
    ok = found == "h264 yuv420p, aac"
    return Check(
        name="codecs",
        ok=ok,
        sentence=f"The film is {found}{'.' if ok else ', which not every browser plays.'}",
        gate="H.264 4:2:0 and AAC",
    )


def _size(film: Container) -> Check:
    width, height = film.video.width, film.video.height
    square = film.video.aspect in ("1:1", "0:1", "N/A")
    ok = width % 2 == 0 and height % 2 == 0 and square
    shape = "" if square else f", with pixels of {film.video.aspect}"
    return Check(
        name="size",
        ok=ok,
        sentence=f"The picture is {width} by {height} pixels{shape}.",
        value=float(height),
        unit="lines",
        gate="even, square pixels",
    )


def _index(atoms: Sequence[Atom]) -> Check:
    names = [atom.name for atom in atoms]
    ok = names.index("moov") < names.index("mdat")
    bad = "The index stands behind the pictures: the film plays only once all of it is loaded."
    good = "The index stands in front, so that the film plays while it loads."
    return Check(name="index", ok=ok, sentence=good if ok else bad, gate="moov before mdat")


def _duration(film: Container, timeline: Timeline) -> Check:
    lengths = {"The film": film.duration_ms, "Its picture": film.video.duration_ms}
    if film.audio is not None:
        lengths["Its sound"] = film.audio.duration_ms
    expected = timeline.duration_ms
    frame_ms = film.video.frame_ms + _ROUNDING_MS
    return judge(
        "duration",
        [
            Reading(at_ms=expected, value=length - expected, text=name)
            for name, length in lengths.items()
        ],
        passes=lambda value: abs(value) <= frame_ms,
        badness=abs,
        unit="ms",
        gate=f"within {frame_ms:.0f}",
        good=f"The film lasts {film.duration_ms / 1000:.1f} s, as its timeline says.",
        bad=lambda worst: (
            f"{worst.text} lasts {(worst.value or 0) / 1000:+.3f} s against its timeline."
        ),
    )


def _timestamps(film: Container, timeline: Timeline) -> Check:
    times = [packet.at_ms for packet in film.video.packets]
    end_ms = max(float(timeline.duration_ms), times[-1])
    gaps = [
        Reading(at_ms=earlier, value=later - earlier)
        for earlier, later in pairwise([0.0, *times, end_ms])
    ]
    check = judge(
        "timestamps",
        gaps,
        passes=lambda value: value <= LONGEST_GAP_MS + _ROUNDING_MS,
        badness=lambda value: value,
        unit="ms",
        gate=f"<= {LONGEST_GAP_MS:.0f}, rising",
        good=f"{len(times)} frames, the longest of which stands for a second at most.",
        bad=lambda worst: (
            f"No frame for {worst.value or 0:.0f} ms from {worst.at_ms / 1000:.2f} s on."
        ),
    )
    check = check.model_copy(update={"readings": ()})
    if film.in_order:
        return check
    return check.model_copy(
        update={"ok": False, "sentence": "Frames do not follow one another in time."}
    )
