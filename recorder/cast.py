"""The cast: the actors of a take, each with a browser of their own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from recorder.errors import RecorderError
from recorder.front_matter import COLOUR
from recorder.take import Actor

if TYPE_CHECKING:
    from recorder.filmed_driver import FilmedDriver

__all__ = ["Cast", "make_actor"]


@dataclass(frozen=True)
class _Player:
    """An actor, whose browser it is, and where in the storyboard they came.

    ``run`` counts the cells that had run until then.
    """

    actor: Actor
    driver: FilmedDriver
    cell: int | None
    run: int


class Cast:
    """Who plays in a take, in the order in which they came."""

    def __init__(self) -> None:
        self._players: dict[str, _Player] = {}

    @property
    def actors(self) -> tuple[Actor, ...]:
        """Everybody who has played."""
        return tuple(player.actor for player in self._players.values())

    def require_new(self, key: str, cell: int | None, run: int) -> None:
        """Raise `RecorderError` where somebody plays already who is called ``key``.

        A cell that runs again, and one whose browser was quit, may call them again.
        """
        known = self._players.get(key)
        if known is None or known.driver.observer is None:
            return
        if (known.cell, known.run) == (cell, run) or known.cell != cell:
            place = "" if known.cell is None else f", from cell {known.cell + 1} on"
            raise RecorderError(
                f"There is an actor {key!r} already{place}.",
                "Use the browser that actor() gave there, or call this actor otherwise.",
            )

    def admit(self, actor: Actor, driver: FilmedDriver, cell: int | None, run: int) -> None:
        """Let ``actor`` play."""
        self._players[actor.key] = _Player(actor, driver, cell, run)

    def find(self, key: str) -> FilmedDriver:
        """The browser of the actor ``key``. Raises `RecorderError` where nobody is called so."""
        if key not in self._players:
            known = ", ".join(map(repr, self._players)) or "nobody"
            raise RecorderError(f"There is no actor {key!r}; there is {known}.")
        return self._players[key].driver


def make_actor(key: str, name: str = "", colour: str = "") -> Actor:
    """An actor as the storyboard describes one.

    Raises `RecorderError` where there is no key, or the colour is none.
    """
    if not key.strip():
        raise RecorderError("An actor needs a name.", 'Such as: kevin = actor("kevin")')
    if colour and not COLOUR.fullmatch(colour):
        raise RecorderError(
            f"The actor {key!r} cannot have the colour {colour!r}.",
            "A colour is written #rrggbb, such as #1d4ed8.",
        )
    return Actor(key=key, name=name, colour=colour)
