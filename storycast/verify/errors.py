"""What keeps a film from being verified, or says that it is not as it should be.

::

    StorycastError
    └── VerifyError          the film cannot be measured: a file is missing, or is another film's
        └── FaultyFilmError  it was measured, and something is wrong with it
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from storycast.errors import StorycastError

if TYPE_CHECKING:
    from storycast.verify.report import Report

__all__ = ["FaultyFilmError", "VerifyError"]


class VerifyError(StorycastError):
    """A film cannot be measured."""


class FaultyFilmError(VerifyError):
    """A film was measured and is not as it should be; ``report`` says in what."""

    def __init__(self, report: Report) -> None:
        faults = report.faults
        more = f" ({len(faults) - 1} more)" if len(faults) > 1 else ""
        super().__init__(
            f"The film is not as it should be: {faults[0].sentence}{more}",
            "Look at all that was measured with: storycast verify FILM",
        )
        self.report = report
