"""A finished film, opened again: everything about it that can be measured is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

from storycast.timeline import Clip
from storycast.verify.caption import check_captions, read_captions
from storycast.verify.chapter import check_chapters
from storycast.verify.claim import Claim, read_claim
from storycast.verify.container import Atom, Container, read_atoms, read_container
from storycast.verify.errors import FaultyFilmError, VerifyError
from storycast.verify.form import check_form, check_whole
from storycast.verify.listen import Ear
from storycast.verify.picture import check_blank, check_opening
from storycast.verify.press import check_presses
from storycast.verify.report import Check, Report
from storycast.verify.sharpness import check_sharpness
from storycast.verify.sight import Seen, look
from storycast.verify.sound import check_sound

__all__ = ["check_film", "verify_film"]


def verify_film(
    film: Path,
    *,
    take: Path | None = None,
    track: Path | None = None,
    cache: Path | None = None,
    ear: Ear | None = None,
) -> Report:
    """Measure ``film`` and return the report, which has no fault.

    Raises ``FaultyFilmError`` where it has one, and ``VerifyError`` as `check_film` does.
    """
    report = check_film(film, take=take, track=track, cache=cache, ear=ear)
    if not report.ok:
        raise FaultyFilmError(report)
    return report


def check_film(
    film: Path,
    *,
    take: Path | None = None,
    track: Path | None = None,
    cache: Path | None = None,
    ear: Ear | None = None,
) -> Report:
    """Measure ``film`` against what lies beside it; return the report, whatever it says.

    Beside the film lie ``timeline.json`` and, where there are such, ``track/``, ``take/shots/``,
    ``captions.<language>.vtt`` and ``chapters.vtt``; ``take`` and ``track`` say where those two
    folders lie elsewhere. What is seen is kept in ``cache`` for films that hold the same bytes.
    ``ear`` listens, where it was started while the film was made. A file that is cut off is not
    measured further.

    Raises ``VerifyError`` where the film or its timeline is missing or cannot be read, or the
    timeline is another film's.
    """
    if not film.is_file():
        raise VerifyError(f"There is no film {film}.", "Give the film, such as film.mp4.")
    claim = read_claim(film, take=take, track=track)
    atoms = read_atoms(film)
    whole = check_whole(atoms, film.stat().st_size)
    if not whole.ok:
        return Report.of(film.name, claim.timeline.duration_ms, (whole,))
    with ThreadPoolExecutor(1) as pool:
        sound = pool.submit(lambda: tuple(check_sound(film, claim, has_sound=True, ear=ear)))
        container = read_container(film)
        _refuse_other(film, claim, container)
        checks = tuple(_checks(film, claim, container, atoms, sound, cache))
    return Report.of(film.name, container.duration_ms, checks)


def _refuse_other(film: Path, claim: Claim, container: Container) -> None:
    own, planned = container.title.strip(), " ".join(claim.timeline.title.split())
    if own and own != planned:
        raise VerifyError(
            f"The timeline beside {film} is of another film: “{planned}”, not “{own}”.",
            "Put the film beside the files that it was published with.",
        )
    if not claim.timeline.clips:
        raise VerifyError("The timeline beside the film has no clips.", "Make the film again.")


def _checks(
    film: Path,
    claim: Claim,
    container: Container,
    atoms: tuple[Atom, ...],
    sound: Future[tuple[Check, ...]],
    cache: Path | None,
) -> Iterator[Check]:
    """Yield all checks; pictures are decoded while the ``sound`` is, where there is one."""
    timeline = claim.timeline
    seen = look(film, container, timeline, claim.shots, cache)
    yield _check_decoded(seen.frames, len(container.video.packets))
    yield from check_form(container, atoms, timeline)
    others = (*_check_sights(timeline.clips, seen), *_check_texts(film, claim, container))
    if container.audio is None:
        yield from check_sound(film, claim, has_sound=False)
    else:
        yield from sound.result()
    yield from others


def _check_texts(film: Path, claim: Claim, container: Container) -> Iterator[Check]:
    captions = read_captions(film, container)
    yield from check_captions(claim.captions, captions, frame_ms=container.video.frame_ms)
    yield from check_chapters(claim.timeline.chapters, container.chapters, claim.chapters)


def _check_sights(clips: Sequence[Clip], seen: Seen) -> Iterator[Check]:
    sights = seen.clips
    yield check_presses(clips, [sight.presses for sight in sights])
    pages = sum(sight.blank_pages for sight in sights)
    yield check_blank(clips, [sight.blank for sight in sights], pages)
    yield check_opening(clips[0], seen.opening)
    yield check_sharpness(clips, [sight.likeness for sight in sights])


def _check_decoded(decoded: int, stored: int) -> Check:
    ok = decoded == stored
    bad = f"Only {decoded} of {stored} frames can be decoded: the file is damaged."
    return Check(
        name="whole",
        ok=ok,
        sentence=f"The file is whole: all {stored} frames can be decoded." if ok else bad,
        value=float(decoded),
        unit="frames",
        gate=str(stored),
    )
