"""The publication: a guide's files, written so that none is ever seen half replaced."""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from narration.track import Track
from recorder.front_matter import HighlightStyle
from recorder.replacement import write_whole
from recorder.take import Take
from storycast.cache import content_name, made_once, source_digest
from storycast.errors import StorycastError
from storycast.guide.abstract import write_card
from storycast.guide.card import CARD, Change
from storycast.guide.comparison import shot_comparison
from storycast.guide.crop import area_finder
from storycast.guide.enclosure import Enclosures
from storycast.guide.forms import Form, Material, open_forms
from storycast.guide.forms.form import PICTURES
from storycast.guide.forms.making import make_form
from storycast.guide.forms.place import require_places
from storycast.guide.markdown import render_transcript
from storycast.guide.model import About, Guide
from storycast.guide.node_tree import snapshot_reader
from storycast.guide.outline import outline_guide
from storycast.guide.page import Film, data_address
from storycast.guide.press import Press
from storycast.look import DEFAULT_LOOK, Look
from storycast.people import find_people
from storycast.timeline import Timeline
from storycast.wording import Wording, open_wording

if TYPE_CHECKING:
    from recorder.storyboard import Storyboard

__all__ = ["publish_guide"]

_TRANSCRIPT = "transcript.txt"
_OURS = re.compile(r"[0-9a-f]{16}\.(?:png|jpeg|gif|webp)")
_POSTER_WIDTH = 1280  # pixels; the page is seldom wider
_POSTER_QUALITY = 90  # it is seen until the film is played
_FILM_TYPES = {".mp4": "video/mp4", ".webm": "video/webm"}


def publish_guide(
    take: Take,
    timeline: Timeline,
    track: Track,
    *,
    take_folder: Path,
    folder: Path,
    cache: Path,
    captions_vtt: str,
    chapters_vtt: str,
    film: str | None = "film.mp4",
    poster: Path | None = None,
    embed_film: bool = False,
    look: Look = DEFAULT_LOOK,
    highlight: HighlightStyle = HighlightStyle.RING,
    wording: Wording | None = None,
    forms: Sequence[str] = ("html", "markdown"),
    board: Storyboard | None = None,
    filmed_on: date | None = None,
    changes: tuple[Change, ...] = (),
) -> tuple[Path, ...]:
    """Write the guide in ``forms``, with ``transcript.txt`` and ``guide.json``.

    Pictures, and how much shots differ, are kept in ``cache``: only new ones are looked at, drawn
    and encoded.
    ``film`` is the film's name in ``folder``, where it need not be yet; with ``embed_film`` it
    must, and is put into the page. None is a guide without a film. ``poster`` is a picture of it,
    for as long as it is not played; ``highlight`` is how the film points targets out, and so does
    the guide. ``wording`` is what it says by itself, its own language's where it is None.
    ``board`` is the storyboard that tells what it is for; ``filmed_on`` and ``changes`` are what
    is known of the take and of the application since. The same input gives the same bytes.
    Everything is made before anything is written; what was published stays until then.

    Returns the documents' paths, then those of what is in folders. Raises ``StorycastError`` where
    a shot or the film to be embedded is missing, or a form cannot be made.
    """
    opened = open_forms(forms)
    take = Enclosures(board).enclose(take) if board else take
    wording = wording or open_wording(take.language)
    read = snapshot_reader(take_folder, take.viewport)
    guide = outline_guide(
        take,
        timeline,
        track,
        compare=shot_comparison(take_folder, take.scale, cache / "comparisons"),
        wording=wording,
        highlight=highlight,
        read=read,
        crop=area_finder(read, take.viewport),
        people=find_people(take, look),
    )
    shown = None
    if film:
        address = _embedded(folder / film) if embed_film else quote(film)
        shown = Film(film, address, captions_vtt, chapters_vtt, _poster(poster, cache / "pictures"))
    about = _about(take, board, filmed_on, timeline.duration_ms if film else 0)
    guide = _introduced(replace(guide, about=about), board)
    material = Material(
        guide=guide,
        press=Press(take_folder, take.viewport, take.scale, look, cache / "pictures"),
        film=shown,
        take=take,
        timeline=timeline,
        take_folder=take_folder,
        wording=wording,
        look=look,
        cache=cache,
        board=board,
    )
    made = _make_forms(opened, material)
    files = require_places(made)
    first = {name: next(iter(form)) for name, form in made.items() if form}
    card = write_card(material, forms=first, poster=poster.name if poster else "", changes=changes)
    files[_TRANSCRIPT] = render_transcript(guide).encode()
    files[CARD] = (card.model_dump_json(indent=1, exclude_defaults=True) + "\n").encode()
    return _write(folder, files)


def _about(take: Take, board: Storyboard | None, filmed_on: date | None, film_ms: int) -> About:
    browser = f"{take.browser.name.capitalize()} {take.browser.version}"
    tags = board.front.tags if board else ()
    return About(take.storyboard, filmed_on, take.application, browser, film_ms, tags)


def _introduced(guide: Guide, board: Storyboard | None) -> Guide:
    """``guide`` with what its storyboard's front matter tells the reader."""
    if board is None:
        return guide
    front = board.front
    return replace(
        guide,
        goal=front.goal,
        needs=front.needs,
        outcome=front.outcome,
        allows_html=front.raw_html,
    )


def _make_forms(forms: Mapping[str, Form], material: Material) -> dict[str, Mapping[str, bytes]]:
    """The files of all forms; several at once, for a browser and pandoc work beside us."""
    with ThreadPoolExecutor(max(1, len(forms))) as pool:
        made = pool.map(lambda each: make_form(each[0], each[1], material), forms.items())
        return dict(zip(forms, made, strict=True))


def _poster(path: Path | None, cache: Path) -> bytes | None:
    if path is None:
        return None
    content = path.read_bytes()

    def make(draft: Path) -> None:
        from PIL import Image  # noqa: PLC0415 - only for what is new

        with Image.open(io.BytesIO(content)) as picture:
            picture.thumbnail((_POSTER_WIDTH, _POSTER_WIDTH), Image.Resampling.LANCZOS)
            picture.save(draft, "WEBP", quality=_POSTER_QUALITY)

    name = content_name(hashlib.sha256(content).hexdigest(), source_digest(__name__))
    return made_once(cache / f"{name}.webp", make).read_bytes()


def _embedded(path: Path) -> str:
    try:
        return data_address(_FILM_TYPES.get(path.suffix, "video/mp4"), path.read_bytes())
    except OSError as error:
        raise StorycastError(
            f"The film {path} cannot be put into the guide: {error.strerror}.",
            "Render it first, or publish the guide with the film beside it.",
        ) from error


def _write(folder: Path, files: Mapping[str, bytes]) -> tuple[Path, ...]:
    """What lies in folders first, then the documents that show it, then away with old pictures."""
    below = sorted(name for name in files if "/" in name)
    documents = [name for name in files if "/" not in name]
    for name in (*below, *documents):
        write_whole(folder / name, files[name])
    for path in (folder / PICTURES).glob("*"):
        if _OURS.fullmatch(path.name) and f"{PICTURES}/{path.name}" not in files:
            path.unlink(missing_ok=True)
    return tuple(folder / name for name in (*documents, *below))
