"""The publication: a guide's files, written so that none is ever seen half replaced."""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote

from PIL import Image

from narration.track import Track
from recorder.front_matter import HighlightStyle
from recorder.replacement import write_whole
from recorder.take import Take
from storycast.cache import content_name, made_once, source_digest
from storycast.errors import StorycastError
from storycast.guide.crop import area_finder
from storycast.guide.foreground import snapshot_reader
from storycast.guide.markdown import render_markdown, render_transcript
from storycast.guide.outline import outline_guide
from storycast.guide.page import Film, data_address, render_page
from storycast.guide.picture import shot_comparison
from storycast.guide.press import Press
from storycast.look import DEFAULT_LOOK, Look
from storycast.timeline import Timeline
from storycast.wording import Wording, open_wording

__all__ = ["publish_guide"]

_PICTURES = "pictures"
_OURS = re.compile(r"[0-9a-f]{16}\.png")
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
) -> tuple[Path, ...]:
    """Write ``guide.html``, ``guide.md`` with its pictures, and ``transcript.txt``.

    Pictures, and how much shots differ, are kept in ``cache``: only new ones are looked at, drawn
    and encoded.
    ``film`` is the film's name in ``folder``, where it need not be yet; with ``embed_film`` it
    must, and is put into the page. None is a guide without a film. ``poster`` is a picture of it,
    for as long as it is not played; ``highlight`` is how the film points targets out, and so does
    the guide. ``wording`` is what it says by itself, its own language's where it is None. The same
    input gives the same bytes. Everything is made before anything is written; what was published
    stays until then.

    Returns the documents' paths, then the pictures'. Raises ``StorycastError`` where a shot or
    the film to be embedded is missing.
    """
    wording = wording or open_wording(take.language)
    guide = outline_guide(
        take,
        timeline,
        track,
        compare=shot_comparison(take_folder, take.scale, cache / "comparisons"),
        wording=wording,
        highlight=highlight,
        read=snapshot_reader(take_folder),
        crop=area_finder(take_folder, take.viewport),
    )
    shown = None
    if film:
        address = _embedded(folder / film) if embed_film else quote(film)
        shown = Film(film, address, captions_vtt, chapters_vtt, _poster(poster, cache / "pictures"))
    press = Press(take_folder, take.viewport, take.scale, look, cache / "pictures")
    whole, cropped = (
        make(guide.figures) for make in (press.whole_pictures, press.cropped_pictures)
    )
    files = {picture.name: picture.data for picture in cropped.values()}
    names = {figure: f"{_PICTURES}/{picture.name}" for figure, picture in cropped.items()}
    documents = {
        "guide.html": render_page(guide, shown, pictures=whole, wording=wording),
        "guide.md": render_markdown(guide, film, pictures=names, wording=wording),
        "transcript.txt": render_transcript(guide),
    }
    return _write(folder, documents, files)


def _poster(path: Path | None, cache: Path) -> bytes | None:
    if path is None:
        return None
    content = path.read_bytes()

    def make(draft: Path) -> None:
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


def _write(
    folder: Path, documents: Mapping[str, str], pictures: Mapping[str, bytes]
) -> tuple[Path, ...]:
    """Pictures first, then the documents that show them, then away with what none shows."""
    (folder / _PICTURES).mkdir(parents=True, exist_ok=True)
    shown = tuple(folder / _PICTURES / name for name in sorted(pictures))
    for path in shown:
        write_whole(path, pictures[path.name])
    for name, text in documents.items():
        write_whole(folder / name, text.encode())
    for path in (folder / _PICTURES).iterdir():
        if _OURS.fullmatch(path.name) and path.name not in pictures:
            path.unlink(missing_ok=True)
    return (*(folder / name for name in documents), *shown)
