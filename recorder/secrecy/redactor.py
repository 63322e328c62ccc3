"""The redactor: asks a page where it shows what nobody may see."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from recorder.secrecy.form import sources_of

if TYPE_CHECKING:
    from recorder.area import Area
    from recorder.inspector import Inspector
    from recorder.secrecy.secret import Secrets
    from recorder.take import Locator

__all__ = ["Mask", "Redactor"]


@dataclass(frozen=True)
class Mask:
    """An element that was given: where it was then (see ``whereabouts.js``), and its locator."""

    page: str
    path: tuple[tuple[int, ...], ...]
    place: int
    locator: Locator | None


@dataclass
class Redactor:
    """Knows what is to be hidden in one browser, and finds it on the page.

    ``viewport`` in CSS pixels; ``selectors`` are CSS. Without a wish only fields for passwords and
    the like are hidden.
    """

    inspector: Inspector
    secrets: Secrets
    viewport: tuple[int, int]
    selectors: tuple[str, ...] = ()
    masks: list[Mask] = field(default_factory=list)

    @property
    def has_wishes(self) -> bool:
        """Whether anything is to be hidden besides what a page itself tells to be private."""
        return bool(self.secrets or self.selectors or self.masks)

    def add(self, mask: Mask) -> None:
        """Hide an element from now on."""
        self.masks.append(mask)
        self.find(shut=False, new=mask)

    def find(self, *, shut: bool, new: Mask | None = None) -> tuple[Area, ...]:
        """Where the page shows what nobody may see; in closed shadow trees, too, where ``shut``.

        A ``new`` mask is where it was when it was given, others where they were seen last, or where
        their locators find them.

        Raises ``WebDriverException`` where the page is left meanwhile, `TakeError` where a
        selector is none.
        """
        window = (0, 0, *self.viewport)
        return tuple(self.inspector.find_hidden(self._wishes(new), window, shut=shut))

    def _wishes(self, new: Mask | None) -> dict[str, Any]:
        return {
            "sources": sources_of(self.secrets.lines, self.secrets.patterns.values()),
            "values": list(self.secrets.lines),
            "selectors": list(self.selectors),
            "masks": [
                {
                    "number": number,
                    "page": mask.page,
                    "path": mask.path if mask is new else None,
                    "by": mask.locator.by if mask.locator and mask.place >= 0 else "",
                    "value": mask.locator.value if mask.locator else "",
                    "place": mask.place,
                }
                for number, mask in enumerate(self.masks)
            ],
        }
