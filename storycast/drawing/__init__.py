"""Drawing: what is laid over a clean shot, in film and guide alike."""

from __future__ import annotations

from storycast.drawing.layer import Frame
from storycast.drawing.overlay import draw_mark, draw_pointer, draw_press, load_shot

__all__ = ["Frame", "draw_mark", "draw_pointer", "draw_press", "load_shot"]
