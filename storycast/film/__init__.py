"""The film: segments, sound, captions and chapters, joined; and its poster.

Sound begins to be made before what draws pictures is imported.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from recorder.lazy import lazy_names

if TYPE_CHECKING:
    from storycast.film.bed import Bed
    from storycast.film.form import SIZE
    from storycast.film.poster import write_poster
    from storycast.film.render import render_film

__all__ = ["SIZE", "Bed", "render_film", "write_poster"]

_HOMES = {
    "bed": ("Bed",),
    "form": ("SIZE",),
    "poster": ("write_poster",),
    "render": ("render_film",),
}
"""Which names each module has."""

__getattr__ = lazy_names(__name__, _HOMES)
