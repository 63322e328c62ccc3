"""Captions: whether they can be read, and are in the film as they are beside it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

from storycast.verify.claim import Text
from storycast.verify.container import Container
from storycast.verify.report import Check, Reading, judge, skip

__all__ = ["check_captions", "find_faults", "parse_timed_text", "read_captions"]

LINE_COLUMNS, LINES, COLUMNS_A_SECOND = 42, 2, 20.0
SHORTEST_MS, LONGEST_MS, GAP_FRAMES = 5000 / 6, 7000.0, 2
"""The rules of Netflix's timed text guide; Han and kana fill two columns."""

_ROUNDING_MS = 1.0
_TOGETHER_MS = 40.0  # the same caption may begin that much apart in two files: a frame of 25


def read_captions(film: Path, container: Container) -> tuple[Text, ...]:
    """Return the captions in ``film`` itself."""
    texts: list[Text] = []
    with film.open("rb") as file:
        for packet in container.captions.packets if container.captions else ():
            file.seek(packet.at_byte)
            lines = parse_timed_text(file.read(packet.size))
            if lines:
                texts.append(Text(packet.at_ms, packet.at_ms + packet.duration_ms, lines))
    return tuple(texts)


def parse_timed_text(sample: bytes) -> tuple[str, ...]:
    """Return the lines of a sample of timed text (3GPP TS 26.245): its length, then its text."""
    length = int.from_bytes(sample[:2], "big")
    return tuple(sample[2 : 2 + length].decode(errors="replace").split("\n")) if length else ()


def check_captions(
    beside: Sequence[Text] | None, inside: Sequence[Text], *, frame_ms: float
) -> Iterator[Check]:
    """Yield the checks of captions: ``beside`` the film (None: no file) and ``inside`` of it."""
    if not beside and not inside:
        yield skip("captions", "The film has no captions.")
        yield skip("captions-inside", "The film has no captions.")
        return
    yield _check_rules(
        [*(beside or ()), *inside], (*_all_faults((beside or (), inside), frame_ms),)
    )
    yield _check_inside(beside, inside)


def _all_faults(tracks: Sequence[Sequence[Text]], frame_ms: float) -> Iterator[Reading]:
    for texts in tracks:
        yield from find_faults(texts, frame_ms=frame_ms)


def find_faults(texts: Sequence[Text], *, frame_ms: float) -> Iterator[Reading]:
    """Yield where ``texts`` break a rule; the text of each reading says which."""
    for text in texts:
        for what, value in _own_faults(text):
            yield Reading(at_ms=text.start_ms, value=value, text=f"“{_flat(text)}” {what}")
    least_ms = GAP_FRAMES * frame_ms - _ROUNDING_MS
    for earlier, later in pairwise(texts):
        gap_ms = later.start_ms - earlier.end_ms
        if gap_ms < least_ms:
            what = "overlaps the one before" if gap_ms < 0 else "follows too soon"
            yield Reading(at_ms=later.start_ms, value=gap_ms, text=f"“{_flat(later)}” {what}")


def _own_faults(text: Text) -> Iterator[tuple[str, float]]:
    lasts_ms = text.end_ms - text.start_ms
    widest = max(map(_columns, text.lines), default=0)
    speed = _speed(text)
    if len(text.lines) > LINES:
        yield f"has {len(text.lines)} lines", len(text.lines)
    if widest > LINE_COLUMNS:
        yield f"has a line of {widest} characters", widest
    if speed > COLUMNS_A_SECOND:
        yield f"asks to read {speed:.1f} characters a second", speed
    if lasts_ms < SHORTEST_MS - _ROUNDING_MS:
        yield f"stands for {lasts_ms:.0f} ms only", lasts_ms
    if lasts_ms > LONGEST_MS + _ROUNDING_MS:
        yield f"stands for {lasts_ms / 1000:.1f} s", lasts_ms


def _speed(text: Text) -> float:
    """How many characters a second it asks to read."""
    lasts_ms = text.end_ms - text.start_ms + _ROUNDING_MS
    return sum(map(_columns, text.lines)) * 1000 / max(lasts_ms, 1.0)


def _columns(line: str) -> int:
    widths = (
        0
        if unicodedata.category(sign) in ("Mn", "Me", "Cf")
        else 1 + (unicodedata.east_asian_width(sign) in ("W", "F"))
        for sign in line
    )
    return sum(widths)


def _flat(text: Text) -> str:
    return " ".join(" ".join(text.lines).split())


def _check_rules(texts: Sequence[Text], faults: Sequence[Reading]) -> Check:
    fastest = max(texts, key=_speed)
    speed = Reading(at_ms=fastest.start_ms, value=round(_speed(fastest), 1), text=_flat(fastest))
    first = faults[0] if faults else speed
    more = f" ({len(faults)} faults in all)" if len(faults) > 1 else ""
    return Check(
        name="captions",
        ok=not faults,
        sentence=f"At {first.at_ms / 1000:.2f} s {first.text}.{more}"
        if faults
        else "The captions can be read: the figure is the fastest one's.",
        value=speed.value,
        unit="characters/s",
        gate=f"{LINES} x {LINE_COLUMNS}, {COLUMNS_A_SECOND:.0f}/s, 5/6 to 7 s, {GAP_FRAMES} frames",
        worst=first,
        readings=tuple(faults),
    )


def _check_inside(beside: Sequence[Text] | None, inside: Sequence[Text]) -> Check:
    if beside is None:
        return skip("captions-inside", "There is no captions.<language>.vtt beside the film.")
    if len(beside) != len(inside):
        return Check(
            name="captions-inside",
            ok=False,
            sentence=f"The film has {len(inside)} captions, and the file beside it {len(beside)}.",
            value=float(len(inside)),
            unit="captions",
            gate=str(len(beside)),
        )
    return judge(
        "captions-inside",
        [
            Reading(at_ms=own.start_ms, value=_apart_ms(own, other), text=_flat(own))
            for own, other in zip(beside, inside, strict=True)
        ],
        passes=lambda value: value <= _TOGETHER_MS,
        badness=lambda value: value,
        unit="ms apart",
        gate=f"same text, <= {_TOGETHER_MS:.0f}",
        good=f"The film has the same {len(inside)} captions as the file beside it.",
        bad=lambda worst: (
            f"“{worst.text}” stands beside the film at {worst.at_ms / 1000:.2f} s,"
            " and in it is another text or time."
        ),
    )


def _apart_ms(own: Text, other: Text) -> float | None:
    if _flat(own) != _flat(other):
        return None
    return max(abs(own.start_ms - other.start_ms), abs(own.end_ms - other.end_ms))
