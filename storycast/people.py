"""People: what readers and viewers see of a take's actors, and in which colours."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from recorder.errors import nearest
from storycast.errors import StorycastError
from storycast.timeline import Person

if TYPE_CHECKING:
    from collections.abc import Mapping

    from recorder.front_matter import ActorSettings
    from recorder.storyboard import Storyboard
    from recorder.take import Actor, Take
    from storycast.look import Colour, Look

__all__ = ["dress", "find_people", "ink_on", "name_actors", "read_colour", "require_actors"]

_LIGHT: Colour = (255, 255, 255)
_DARK: Colour = (16, 18, 22)


def name_actors(actors: tuple[Actor, ...], told: Mapping[str, ActorSettings]) -> tuple[Actor, ...]:
    """``actors``, called and coloured as a storyboard's front matter tells."""
    named = []
    for actor in actors:
        own = told.get(actor.key)
        update = {"name": own.name, "colour": own.colour} if own else {}
        named.append(actor.model_copy(update={key: text for key, text in update.items() if text}))
    return tuple(named)


def require_actors(take: Take, board: Storyboard) -> None:
    """Raise `StorycastError` where ``board`` has a name for somebody who is not in ``take``."""
    known = [actor.key for actor in take.actors]
    for key in board.front.actors:
        if key not in known:
            raise StorycastError(
                f"{board.path}: the metadata key 'storycast.actors.{key}' names no actor.",
                nearest(key, known),
            )


def find_people(take: Take, look: Look) -> dict[str, Person]:
    """The people of ``take`` by their keys; who has no colour gets one of the look's."""
    colours = look.actor_colours
    return {
        actor.key: Person(
            name=actor.name or actor.key,
            colour=actor.colour.lower() or _written(colours[place % len(colours)]),
        )
        for place, actor in enumerate(take.actors)
    }


def dress(look: Look, person: Person | None) -> Look:
    """The look of what points at things on a person's screen."""
    if person is None:
        return look
    colour = read_colour(person.colour)
    return replace(
        look,
        ring_colour=colour,
        ripple_colour=colour,
        badge_text=ink_on(colour),
        pointer_colour=colour,
    )


def read_colour(written: str) -> Colour:
    """Red, green and blue of ``#rrggbb``."""
    red, green, blue = bytes.fromhex(written[1:])
    return red, green, blue


def ink_on(colour: Colour) -> Colour:
    """Light or dark, whichever can be read better on ``colour`` (WCAG 2.2, contrast ratio)."""
    light = _luminance(colour)
    on_dark, on_light = (1.05 / (light + 0.05), (light + 0.05) / (_luminance(_DARK) + 0.05))
    return _LIGHT if on_dark >= on_light else _DARK


def _luminance(colour: Colour) -> float:
    """Relative luminance, 0 to 1 (WCAG 2.2)."""
    shares = (part / 255 for part in colour)
    red, green, blue = (
        share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _written(colour: Colour) -> str:
    return f"#{bytes(colour).hex()}"
