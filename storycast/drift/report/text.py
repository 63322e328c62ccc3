"""Reports of drift: a line for each change in the terminal, Markdown for a pull request, JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from storycast.drift.model import Change, Drift, FalseSentence, Weight

__all__ = ["as_lines", "as_markdown", "tell_steps"]

_HEADS = {
    Weight.BREAKS: "What breaks the guide",
    Weight.SHOWS: "What a reader sees",
    Weight.ELSEWHERE: "Elsewhere on the page",
}
_MOST_LINES = 40
_MOST_ELSEWHERE = 10


def as_lines(drift: Drift) -> Iterator[str]:
    """Tell it to people, a line for each change, the heaviest first."""
    seen = [change for change in drift.changes if change.weight is not Weight.BELOW_NOTICE]
    if not drift.found:
        yield f"{drift.board}: no drift in {drift.steps} steps{_approved(drift)}"
    else:
        false = len(drift.false_sentences)
        told = f"{len(seen)} change{'s' if len(seen) != 1 else ''}"
        told += f", {false} sentence{'s' if false != 1 else ''} now false" if false else ""
        yield f"{drift.board}: {told}{_approved(drift)}"
    yield from (f"  storyboard: {each}" for each in drift.told)
    yield from (f"  note: {each}" for each in drift.notes)
    for sentence in drift.false_sentences:
        yield f"  {_place(sentence)}: {_tell_false(sentence)}"
        if sentence.corrected:
            yield f"    → {sentence.corrected}"
    for healed in drift.healed:
        place = f"cell {healed.cell}" + (f", line {healed.line}" if healed.line else "")
        yield f"  step {healed.step} ({place}): {healed.sentence} [healed]"
    for weight in _HEADS:
        own = [change for change in seen if change.weight is weight]
        most = _MOST_ELSEWHERE if weight is Weight.ELSEWHERE else len(own)
        for change in own[:most]:
            told = f"step {change.step}: {change.sentence} [{change.kind}, {weight}]"
            yield f"  {change.number}. {told}"
        if own[most:]:
            yield f"  … and {len(own) - most} more elsewhere on the page; the reports have them"
    if drift.consequences.sentence:
        yield f"  {drift.consequences.sentence}"


def as_markdown(drift: Drift) -> str:
    """Return a report that is short enough for a comment."""
    notes = [f"- {_escaped(each)}" for each in drift.notes]
    if not drift.found:
        head = f"**{_escaped(drift.board)}**: no drift in {drift.steps} steps{_approved(drift)}."
        return "\n".join([head, *([""] if notes else []), *notes]) + "\n"
    lines = [f"## Drift in {_escaped(drift.board)}", ""]
    lines += [f"- {_escaped(each)}" for each in drift.told]
    lines += [*notes, *([""] if notes or drift.told else [])]
    if drift.false_sentences:
        lines += ["### Sentences that are false now", ""]
        for sentence in drift.false_sentences:
            lines.append(f"- {_place(sentence)}: {_escaped(_tell_false(sentence))}")
            if sentence.corrected:
                lines.append(f"  - write: {_escaped(sentence.corrected)}")
        lines.append("")
    if drift.healed:
        lines += ["### Locators that fail", ""]
        lines += [f"- Step {each.step}: {_escaped(each.sentence)}" for each in drift.healed]
        lines.append("")
    for weight, head in _HEADS.items():
        own = [change for change in drift.changes if change.weight is weight]
        if own:
            lines += [f"### {head}", "", *_listed(own), ""]
    lines.append(_escaped(drift.consequences.sentence))
    return "\n".join(lines).rstrip() + "\n"


def tell_steps(numbers: Sequence[int]) -> str:
    """Return numbers of steps, three and more that follow each other as "3 to 7"."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(
        f"{run[0]} to {run[-1]}" if run[2:] else ", ".join(map(str, run)) for run in runs
    )


def _listed(changes: Sequence[Change]) -> Iterator[str]:
    for change in changes[:_MOST_LINES]:
        also = f" (also in steps {tell_steps(change.also)})" if change.also else ""
        yield f"- {change.number}\\. Step {change.step}: {_escaped(change.sentence)}{also}"
    if len(changes) > _MOST_LINES:
        yield f"- … and {len(changes) - _MOST_LINES} more"


def _approved(drift: Drift) -> str:
    """What is left out, in brackets."""
    plural = "s" if drift.approved != 1 else ""
    return f" ({drift.approved} approved change{plural} not told)" if drift.approved else ""


def _tell_false(sentence: FalseSentence) -> str:
    now = f"“{sentence.name}” is called “{sentence.now}” now"
    gone = f"nothing is called “{sentence.name}” any more"
    return f"“{sentence.sentence}” is false now: {now if sentence.now else gone}."


def _place(sentence: FalseSentence) -> str:
    return f"step {sentence.step} (cell {sentence.cell}, line {sentence.line})"


def _escaped(text: str) -> str:
    return "".join(f"\\{letter}" if letter in "\\`*_[]<>#|" else letter for letter in text)
