"""The signer: whose step it is, and whose screen a picture shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from recorder.take import Step
from storycast.guide.model import Beside, Figure
from storycast.guide.view import View
from storycast.halves import Halves
from storycast.timeline import Person
from storycast.wording import Wording

__all__ = ["Signer", "find_doers"]


def find_doers(step: Step, people: Mapping[str, Person]) -> tuple[Person, ...]:
    """Who does a step, in the order in which they begin; ``people`` are a take's by their keys."""
    keys = dict.fromkeys(action.actor for action in step.actions if not action.implied)
    return tuple(people[key] for key in keys if key in people)


@dataclass(frozen=True)
class Signer:
    """Says of a take's pictures whose screen they show."""

    people: Mapping[str, Person]
    viewport: tuple[int, int]
    wording: Wording

    def sign(self, figure: Figure, view: View, *, is_named: bool) -> Figure:
        """``figure`` with whose screen it shows, in its caption where ``is_named``."""
        person = self.people.get(view.moment.actor)
        if view.beside is not None:
            return self._with_beside(figure, view, person)
        if person is None:
            return figure
        told = self.wording.gettext("The screen of {name}. {picture}")
        alt = told.format(name=person.name, picture=figure.alt)
        parts = (person.name if is_named else "", figure.caption)
        caption = " · ".join(part for part in parts if part)
        return replace(figure, person=person, alt=alt, caption=caption)

    def _with_beside(self, figure: Figure, view: View, person: Person | None) -> Figure:
        """A picture of two screens, which has room for nothing else."""
        if view.beside is None:
            return figure
        moment, is_left = view.beside.after, view.beside.is_left
        beside = Beside(moment, self.people.get(moment.actor), is_left)
        both = [each.name if each else "" for each in (person, beside.person)]
        left, right = reversed(both) if is_left else both
        told = self.wording.gettext(
            "The screens of {left} and {right} beside each other. {picture}"
        )
        alt = told.format(left=left, right=right, picture=figure.alt)
        area = Halves(self.viewport).content(self.viewport)
        return replace(figure, person=person, beside=beside, alt=alt, area=area)
