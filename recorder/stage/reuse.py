"""Reuse: a stage that stays up between the storyboards that may find it as another has left it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from recorder.stage.stage import Stage, open_stage

if TYPE_CHECKING:
    from recorder.stage.settings import StageSettings

__all__ = ["borrow_stage", "reused_stages"]


class _Shelf:
    """At most one stage, which nobody uses just now."""

    def __init__(self) -> None:
        self.key: tuple[str, Path] | None = None
        self.stage: Stage | None = None
        self.is_open = False

    def clear(self) -> None:
        """Stop the stage."""
        stage, self.stage, self.key = self.stage, None, None
        if stage is not None:
            stage.stop()

    def take(self, key: tuple[str, Path]) -> Stage | None:
        """The stage, where it is the one that is asked for and all of it runs; else stop it."""
        if self.stage is None or self.key != key or self.stage.tell_loss():
            self.clear()
            return None
        stage, self.stage = self.stage, None
        return stage


_shelf = _Shelf()


@contextmanager
def reused_stages() -> Iterator[None]:
    """Within this, stages of storyboards that say so stay up for the next one."""
    _shelf.is_open = True
    try:
        yield
    finally:
        _shelf.is_open = False
        _shelf.clear()


@contextmanager
def borrow_stage(settings: StageSettings, *, beside: Path, log: Path) -> Iterator[Stage]:
    """A stage as `open_stage` gives it, or one that is up; it stops, or stays up, afterwards."""
    key = (settings.model_dump_json(), settings.folder_beside(beside).resolve())
    if not (_shelf.is_open and settings.reuse):
        _shelf.clear()
        with open_stage(settings, beside=beside, log=log) as stage:
            yield stage
        return
    used = _shelf.take(key)
    read = {each.name: len(each.read_log()) for each in used.services} if used else {}
    stage = used or open_stage(settings, beside=beside)
    try:
        yield stage
    except BaseException:
        _copy_logs(stage, read, log)
        stage.stop()
        raise
    _copy_logs(stage, read, log)
    _shelf.key, _shelf.stage = key, stage


def _copy_logs(stage: Stage, read: dict[str, int], log: Path) -> None:
    """Put what services have printed since then beside the take."""
    for service in stage.services:
        if service.settings.url:
            continue  # what runs elsewhere prints there
        name = service.log.name.replace("stage", log.stem, 1)
        printed = service.read_log()[read.get(service.name, 0) :]
        log.with_name(name).write_text(printed, encoding="utf-8")
