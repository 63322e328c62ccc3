"""The film: segments, sound, captions and chapters, joined; and its poster."""

from __future__ import annotations

from storycast.film.bed import Bed
from storycast.film.render import render_film, write_poster
from storycast.film.segment import SIZE

__all__ = ["SIZE", "Bed", "render_film", "write_poster"]
