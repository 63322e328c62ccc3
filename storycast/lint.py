"""Lint: what a storyboard's prose would be better without, told before a browser opens."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path

from narration import Sentence, Track, open_voice
from narration.narrator import speak_passages
from narration.track import Passage
from recorder.snapshot import Snapshot, read_snapshot
from recorder.storyboard import PlannedStep, ProseBlock, Storyboard
from recorder.take import Take
from storycast.cut import cut
from storycast.cut.pace import Pace
from storycast.naming import FilmedStep, locate_sentences
from storycast.reach import Use, read_reach, tell_uses
from storycast.script import find_take, passage_key, spoken_passages, step_of

__all__ = ["Finding", "Linted", "lint"]

_MOST_WORDS = {"ja": 60, "zh": 60}
_MOST_WORDS_ELSE = 25
"""What is heard once has to be held in the head until its end. Han and kana are words each."""

_MOST_SENTENCES = 6
"""While more is said, one picture is looked at for half a minute."""

_COMMENT = re.compile(r"<!--\s*(.*?)\s*-->", re.DOTALL)
_KNOWN = re.compile(r"action(\s+\d+)?|pause\s+\d*\.?\d+\s*s?")
_MEANT = re.compile(r"(action|pause)\b", re.IGNORECASE)


@dataclass(frozen=True, order=True)
class Finding:
    """What could be better, and where: cells and lines count from 1. ``rule`` is its short name."""

    cell: int
    line: int
    rule: str
    message: str


@dataclass(frozen=True)
class Linted:
    """What was found in a storyboard.

    ``film_s`` is about how many seconds its film will have, ``words`` how many are spoken.
    ``compared`` tells that its names were looked for in the last take. ``reach`` is what its code
    imports, opens and runs.
    """

    path: Path
    findings: tuple[Finding, ...]
    film_s: float
    words: int
    compared: bool
    reach: tuple[Use, ...] = ()

    def lines(self) -> Iterator[str]:
        """Tell it to people; each finding is a line that editors can follow."""
        for finding in self.findings:
            yield f"{self.path}, cell {finding.cell}, line {finding.line}: {finding.message}"
        minutes, seconds = divmod(round(self.film_s), 60)
        count = len(self.findings)
        told = f"{count} finding{'s' if count > 1 else ''}" if count else "nothing is wrong"
        yield f"{self.path}: {told}; about {minutes}:{seconds:02} of film, {self.words} words"
        if not self.compared:
            yield "(Names in bold are looked for on the page once the storyboard has been filmed.)"
        yield "Running it runs its code, which reaches for:"
        yield from tell_uses(self.reach)

    @property
    def facts(self) -> dict[str, object]:
        """The same for machines."""
        return {
            "storyboard": str(self.path),
            "film_s": round(self.film_s, 1),
            "words": self.words,
            "compared": self.compared,
            "findings": [asdict(finding) for finding in self.findings],
            "reach": [asdict(use) for use in self.reach],
        }


def lint(board: Storyboard, *, take_folder: Path) -> Linted:
    """Read the prose of ``board`` and tell what is hard to follow, and about how long it will be.

    Where its take is in ``take_folder``, names in bold are looked for in what was filmed. Nothing
    is run, opened or spoken.
    """
    take = find_take(board, take_folder)
    steps = {step.number: step for step in take.steps} if take is not None else {}
    findings: list[Finding] = []
    for planned in board.steps:
        step = steps.get(planned.number)
        filmed = FilmedStep(step, partial(_read, take_folder)) if step is not None else None
        findings += _step(planned, board.language, filmed)
    track = _speak(board, take)
    return Linted(
        path=board.path,
        findings=tuple(sorted(findings)),
        film_s=_length_ms(board, track, take) / 1000,
        words=sum(len(cue.words) for cue in track.cues),
        compared=take is not None,
        reach=read_reach(board),
    )


def _read(take_folder: Path, name: str) -> Snapshot | None:
    path = take_folder / "snapshots" / f"{name}.json.gz"
    return read_snapshot(path) if path.exists() else None


def _step(planned: PlannedStep, language: str, filmed: FilmedStep | None) -> Iterator[Finding]:
    said = 0
    for block in planned.blocks:
        yield from _comments(block)
        for sentence, line in locate_sentences(block, language):
            said += 1
            place = (block.cell + 1, block.line + line + 1)
            yield from _sentence(sentence, place, language, filmed)
    if planned.blocks and said > _MOST_SENTENCES:
        first = planned.blocks[0]
        yield Finding(
            first.cell + 1,
            first.line + 1,
            "long-step",
            f"This step is told in {said} sentences: divide it, so that the picture changes.",
        )
    if planned.cells and not said:
        yield Finding(
            planned.cells[0] + 1, 1, "silent-step", "Nothing is said about what happens here."
        )


def _comments(block: ProseBlock) -> Iterator[Finding]:
    for comment in _COMMENT.finditer(block.text):
        if _MEANT.match(comment[1]) and not _KNOWN.fullmatch(comment[1]):
            line = block.line + block.text.count("\n", 0, comment.start())
            yield Finding(
                block.cell + 1,
                line + 1,
                "comment",
                f"The comment {comment[1]!r} is not understood: write <!-- pause 1.5 -->, "
                "<!-- action --> or <!-- action 2 -->.",
            )


def _sentence(
    sentence: Sentence, place: tuple[int, int], language: str, filmed: FilmedStep | None
) -> Iterator[Finding]:
    begins = " ".join(sentence.written.split()[:5])
    count = len(sentence.words)
    if count > _MOST_WORDS.get(language.partition("-")[0].lower(), _MOST_WORDS_ELSE):
        yield Finding(
            *place,
            "long-sentence",
            f"The sentence “{begins} …” has {count} words: make two of it.",
        )
    for name in sentence.names:
        if filmed is not None and filmed.step.actions and not filmed.shows(name.text):
            yield Finding(
                *place,
                "unknown-name",
                f"Nothing on the page is called “{name.text}”: "
                "bold is for what the reader can find there.",
            )


def _speak(board: Storyboard, take: Take | None) -> Track:
    """What will be said, in about the time that it takes."""
    passages = (
        spoken_passages(take)
        if take is not None
        else tuple(
            Passage(key=passage_key(step.number), markdown=step.prose) for step in board.steps
        )
    )
    language = board.language
    with tempfile.TemporaryDirectory() as cache:
        voice = open_voice("none", language=language, rate_wpm=board.front.rate)
        return speak_passages(passages, voice=voice, cache=Path(cache), language=language)


def _length_ms(board: Storyboard, track: Track, take: Take | None) -> int:
    """How long the film will be: exactly but for the voice, where it was filmed before."""
    if take is not None and take.moments:
        return cut(take, track, board.front.film).duration_ms
    pace = Pace()
    total_ms = pace.title_card if board.front.film.cards else 0
    total_ms += pace.end_card if board.front.film.end_card else 0
    for step in board.steps:
        cues = [cue for cue in track.cues if step_of(cue.passage) == step.number]
        spoken_ms = sum(cue.duration_ms + cue.pause_ms for cue in cues)
        total_ms += pace.lead + max(spoken_ms, pace.silent_step)
    return total_ms
