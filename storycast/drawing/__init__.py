"""Drawing: what is laid over a clean shot, in film and guide alike."""

from __future__ import annotations

from storycast.drawing.badge import draw_badge
from storycast.drawing.caps import draw_caps
from storycast.drawing.caption import draw_caption
from storycast.drawing.card import draw_card
from storycast.drawing.drag import draw_drag
from storycast.drawing.layer import Frame, plain_frame
from storycast.drawing.mark import draw_mark
from storycast.drawing.menu import draw_menu, option_centre
from storycast.drawing.overlay import draw_pointer, draw_press
from storycast.drawing.png import encode_png, load_shot
from storycast.drawing.prompt import button_centre, draw_prompt
from storycast.drawing.spotlight import draw_spotlights
from storycast.drawing.tag import draw_call, draw_tag

__all__ = [
    "Frame",
    "button_centre",
    "draw_badge",
    "draw_call",
    "draw_caps",
    "draw_caption",
    "draw_card",
    "draw_drag",
    "draw_mark",
    "draw_menu",
    "draw_pointer",
    "draw_press",
    "draw_prompt",
    "draw_spotlights",
    "draw_tag",
    "encode_png",
    "load_shot",
    "option_centre",
    "plain_frame",
]
