"""Checking: a storyboard filmed again and held against what was approved of it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from recorder.errors import StageLostError, TakeError
from recorder.failure import read_failure
from recorder.replacement import write_whole
from recorder.take import read_take
from recorder.take_writer import JOURNAL, read_journal
from storycast.desk import FAILED
from storycast.drift import (
    Drift,
    FilmedTake,
    Learned,
    Stop,
    approve,
    approve_changes,
    as_junit,
    as_markdown,
    compare,
    find_consequences,
    learn,
    propose_patch,
    read_baseline,
    render_report,
    tell_origin,
)
from storycast.drift.baseline import Baseline
from storycast.drift.mask.notebook import write_front_matter
from storycast.drift.model import Change, Kind
from storycast.errors import StorycastError
from storycast.make import film, make
from storycast.script import retell

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from recorder.storyboard import Storyboard
    from storycast.edition import Choices, Monitor

__all__ = [
    "Checked",
    "Masks",
    "approve_single_changes",
    "approve_take",
    "check",
    "learn_masks",
]

_CHECK_AGAIN = "Run 'storycast check'; its report numbers the changes."
_REPORTS = {
    "json": "drift.json",
    "markdown": "drift.md",
    "junit": "drift.xml",
    "page": "drift.html",
    "patch": "drift.patch",
}


@dataclass(frozen=True)
class Checked:
    """What came of a check: the drift, and the reports' paths by their names.

    A storyboard that could not be filmed to its end ``is_broken``.
    """

    drift: Drift
    paths: dict[str, Path]
    is_broken: bool = False


def check(board: Storyboard, choices: Choices, monitor: Monitor, *, patch: bool = False) -> Checked:
    """Film ``board`` where that was chosen, and tell what differs from its baseline.

    The reports go to its output folder; where the storyboard could not be filmed to its end, they
    tell what was seen until then. With ``patch`` a diff of the notebook is among them that would
    have it say what things are called now. Raises `StorycastError` where it has no baseline, and
    what else filming raises.
    """
    baseline = read_baseline(board)
    _require_same(baseline, board)
    folder = choices.output / board.edition
    stop: Stop | None = None
    try:
        make(board, (film,), choices, monitor)
        filmed = _filmed(board, folder / "take")
    except StageLostError:
        raise  # which tells nothing of the application's pages
    except TakeError as error:
        stop, filmed = _stopped(board, baseline, folder / FAILED, error)
    with monitor.task(board.edition, "Comparing"):
        found = compare(board, baseline, filmed, stop, approved=baseline.approved)
        drift = found.model_copy(
            update={
                "baseline": baseline.name,
                "notes": (*tell_origin(baseline.take, filmed.take), *found.notes),
                "consequences": find_consequences(
                    found.changes, found.false_sentences, _editions(board)
                ),
            }
        )
    texts = {
        "json": drift.model_dump_json(indent=1) + "\n",
        "markdown": as_markdown(drift),
        "junit": as_junit(drift),
        "page": render_report(drift, baseline, filmed),
    }
    if patch:
        texts["patch"] = propose_patch(board.path, drift, baseline.take.steps)
    for name, text in texts.items():
        write_whole(folder / _REPORTS[name], text.encode())
    paths = {name: folder / _REPORTS[name] for name in texts}
    return Checked(drift, paths, is_broken=stop is not None)


def _editions(board: Storyboard) -> tuple[str, ...]:
    """All that is made of what ``board`` films, by their names."""
    from storycast.translation import find_languages  # noqa: PLC0415 - it needs gettext's reader

    if board.told_in:
        return (board.edition,)
    return (board.name, *(f"{board.name}/{language}" for language in find_languages(board.path)))


def _stopped(
    board: Storyboard, baseline: Baseline, folder: Path, error: TakeError
) -> tuple[Stop, FilmedTake]:
    """Where and why a take has stopped, and as much of it as there is."""
    failure = read_failure(folder)
    if failure is None:
        raise error
    planned = next((step for step in board.steps if failure.cell in step.cells), None)
    steps = read_journal(folder / JOURNAL)
    if planned is not None:
        # What the page showed when the step began is all that is known of it.
        seen = [step.end for step in steps if step.end is not None]
        steps = (*steps, planned.filmed(end=seen[-1] if seen else None))
    take = baseline.take.model_copy(update={"steps": steps})
    place = (-1 if failure.cell is None else failure.cell, failure.line or 0)
    stop = Stop(planned.number if planned else None, f"{failure.reason} ({failure.place})", place)
    return stop, FilmedTake(folder, take)


def approve_take(
    board: Storyboard, output: Path, *, steps: Collection[int] = (), comment: str = ""
) -> Path:
    """Make the last take of ``board`` its baseline; return the baseline's folder.

    Raises `StorycastError` where there is none, or it is of another state of the storyboard.
    """
    filmed = _filmed(board, output / board.edition / "take")
    changes = [
        change
        for change in _differences(board, filmed)
        if change.number and (not steps or {change.step, *change.also} & set(steps))
    ]
    return approve(board, filmed, steps=steps, comment=comment, changes=changes)


def _differences(board: Storyboard, filmed: FilmedTake) -> tuple[Change, ...]:
    """What ``filmed`` differs in from the baseline, where there is one that can be compared."""
    try:
        baseline = read_baseline(board)
        _require_same(baseline, board)
    except StorycastError:
        return ()
    return compare(board, baseline, filmed, None, approved=baseline.approved).changes


def approve_single_changes(
    board: Storyboard, output: Path, changes: Sequence[str], *, comment: str = ""
) -> tuple[Change, ...]:
    """Approve changes of the last check of ``board``, by their numbers or ids; return them.

    Raises `StorycastError` where that check told of no such change, or the baseline is another now.
    """
    baseline = read_baseline(board)
    folder = output / board.edition
    drift = _last_check(board, folder / _REPORTS["json"])
    if drift.baseline != baseline.name:
        raise StorycastError(
            f"The baseline of {board.path} is no longer what was compared in the last check.",
            _CHECK_AGAIN,
        )
    chosen = tuple(_find_change(board, drift, each) for each in changes)
    approve_changes(baseline, chosen, comment)
    return chosen


def _last_check(board: Storyboard, path: Path) -> Drift:
    try:
        return Drift.model_validate_json(path.read_bytes())
    except FileNotFoundError as error:
        raise StorycastError(f"{board.path} was not checked yet.", _CHECK_AGAIN) from error
    except ValueError as error:
        raise StorycastError(
            f"{path} is damaged, or of another Storycast.", _CHECK_AGAIN
        ) from error


def _find_change(board: Storyboard, drift: Drift, asked: str) -> Change:
    reported = [each for each in drift.changes if each.number]
    found = [each for each in reported if each.id == asked]
    found += [each for each in reported if str(each.number) == asked]
    if not found:
        count = len(reported)
        told = f"{count} change{'s' if count != 1 else ''}" if count else "no change"
        raise StorycastError(
            f"The last check of {board.path} told of {told}, and none is {asked!r}.", _CHECK_AGAIN
        )
    if found[0].kind is Kind.UNREACHABLE:
        raise StorycastError(
            f"Change {asked} cannot be approved: the storyboard could not be filmed to its end.",
            "Correct the storyboard or the application, and film it again.",
        )
    return found[0]


@dataclass(frozen=True)
class Masks:
    """What two takes differ in, and what the storyboard's metadata would say to mask that.

    ``settings`` holds the storyboard's own masks as well; it is empty where there are none to add.
    """

    learned: Learned
    settings: dict[str, list[str]]


def learn_masks(
    board: Storyboard,
    parameters: Mapping[str, object],
    monitor: Monitor,
    *,
    write: bool = False,
) -> Masks:
    """Film ``board`` twice, and find the masks that hide what differs by itself.

    Nothing is published. With ``write`` the masks are put into the notebook. Raises what filming
    raises, and `StorycastError` where the notebook cannot be changed without moving more in it.
    """
    with TemporaryDirectory(prefix="storycast-mask-") as name:
        filmed = [
            _film_aside(board, Path(name) / f"take-{number}", parameters, monitor)
            for number in (1, 2)
        ]
        with monitor.task(board.edition, "Comparing"):
            learned = learn(board, *filmed)
    front = board.front
    settings = {
        key: [*own, *more]
        for key, own, more in (
            ("masks", front.masks, learned.masks),
            ("text_masks", front.text_masks, learned.text_masks),
        )
        if more
    }
    if write and settings:
        write_front_matter(board.path, settings)
    return Masks(learned, settings)


def _film_aside(
    board: Storyboard, folder: Path, parameters: Mapping[str, object], monitor: Monitor
) -> FilmedTake:
    """Film into a folder that is removed afterwards, so that its failures are told without one."""
    from recorder.recording import record  # noqa: PLC0415 - who compares takes films none

    with monitor.task(board.edition, "Filming") as update:
        try:
            take = record(
                board, folder=folder, parameters=parameters, outlines=True, progress=update
            )
        except TakeError as error:
            hint = "'storycast record' keeps a picture of what the page showed then."
            raise TakeError(error.message, hint) from error
    return FilmedTake(folder, take)


def _filmed(board: Storyboard, folder: Path) -> FilmedTake:
    hint = "Film it again: 'storycast record'."
    try:
        take = retell(read_take(folder), board)
    except (FileNotFoundError, ValueError) as error:
        raise StorycastError(f"{board.path} has no take in {folder}.", hint) from error
    if take is None:
        raise StorycastError(f"{board.path} is no longer what was filmed.", hint)
    return FilmedTake(folder, take)


def _require_same(baseline: Baseline, board: Storyboard) -> None:
    """Refuse what cannot be compared: pages of another size or scale."""
    take, front = baseline.take, board.front
    if (take.viewport, take.scale) != (front.viewport, front.scale):
        raise StorycastError(
            f"The baseline of {board.path} is of {_size(take.viewport)} pixels at scale "
            f"{take.scale}, and the storyboard asks for {_size(front.viewport)} at {front.scale}.",
            "Film it, look at what came of it, and approve that.",
        )


def _size(viewport: tuple[int, int]) -> str:
    return f"{viewport[0]} by {viewport[1]}"
