"""Cards: the title and each scene's heading, shown before what they announce."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from storycast.timeline import Card, CardKind

if TYPE_CHECKING:
    from storycast.cut.pace import Pace

__all__ = ["OpeningCards", "end_card", "opening_cards"]


@dataclass(frozen=True)
class OpeningCards:
    """The cards that a clip begins with.

    ``length`` is how long they are seen in all, ``speech_ms`` when words may begin (both 0 where
    there is no card), ``fade_ms`` how long the last takes to go.
    """

    cards: tuple[Card, ...] = ()
    length: int = 0
    speech_ms: int = 0
    fade_ms: int = 0


def opening_cards(title: str, scene: str, pace: Pace) -> OpeningCards:
    """The cards before a step: of the film (where ``title`` is not empty) and of its scene."""
    cards: list[Card] = []
    if title:
        cards.append(_card(CardKind.TITLE, title, 0, pace.title_card, pace))
    if scene and scene != title:
        start_ms = cards[-1].end_ms - pace.card_fade if cards else 0
        cards.append(_card(CardKind.SCENE, scene, start_ms, pace.scene_card, pace))
    if not cards:
        return OpeningCards()
    cards[0] = cards[0].model_copy(update={"fade_in_ms": 0 if title else pace.card_fade})
    speech_ms = cards[-1].start_ms + 3 * pace.card_fade
    return OpeningCards(tuple(cards), cards[-1].end_ms, speech_ms, pace.card_fade)


def end_card(text: str, duration_ms: int, pace: Pace) -> Card:
    """The card after ``duration_ms`` of the last clip."""
    end_ms = duration_ms + pace.end_card
    return Card(
        start_ms=duration_ms - pace.card_fade,
        end_ms=end_ms,
        kind=CardKind.END,
        heading=text,
        fade_in_ms=pace.card_fade,
    )


def _card(kind: CardKind, heading: str, start_ms: int, length: int, pace: Pace) -> Card:
    return Card(
        start_ms=start_ms,
        end_ms=start_ms + length,
        kind=kind,
        heading=heading,
        fade_in_ms=pace.card_fade,
        fade_out_ms=pace.card_fade,
    )
