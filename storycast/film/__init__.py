"""The film: clips, sound, captions and chapters, joined; and its poster."""

from __future__ import annotations

from storycast.film.bed import Bed
from storycast.film.clip import SIZE
from storycast.film.render import render_film, write_poster

__all__ = ["SIZE", "Bed", "render_film", "write_poster"]
