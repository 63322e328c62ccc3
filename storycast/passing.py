"""What passes: texts that differ from take to take by nature, such as times and generated ids."""

from __future__ import annotations

import re
from collections.abc import Sequence

__all__ = ["PASSED", "hide_passing"]

PASSED = "⋯"
"""Stands for what differs from take to take."""

_CLOCK = r"\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?(?:\s?[AaPp]\.?[Mm]\.?)?"
_PASSING = re.compile(
    rf"(?:\b\d{{1,4}}[-/.]\d{{1,2}}[-/.]\d{{1,4}}(?:,?\s+|T))?(?<![\w:](?<!T)){_CLOCK}(?:Z|\b)"
    r"|\b(?:\d+|an?|a few)\s+(?:second|minute|hour|day|week|month|year)s?\s+ago\b"
    r"|\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b"
    r"|\b(?=[0-9a-f]*\d)(?=[0-9a-f]*[a-f])[0-9a-f]{12,}\b"
)
_UNSEEN = dict.fromkeys(map(ord, "\u200b\u2060\ufeff\u00ad"))  # where a line may break


def hide_passing(text: str, masks: Sequence[re.Pattern[str]] = ()) -> str:
    """Return a text with "⋯" for each time of day, moment, age and generated id in it.

    So it is for what matches one of ``masks``. White space counts as one space, and what only says
    where a line may break as none.
    """
    for pattern in (*masks, _PASSING):
        text = pattern.sub(PASSED, text)
    return " ".join(text.translate(_UNSEEN).split())
