"""JUnit: drift as the results of tests, a test for each step, for whatever reads such files."""

from __future__ import annotations

from collections import defaultdict
from xml.etree.ElementTree import Element, SubElement, tostring

from storycast.drift.model import Drift, Weight

__all__ = ["as_junit"]


def as_junit(drift: Drift) -> str:
    """Return the report as JUnit XML: a step has failed in which something has changed."""
    told: dict[int, list[str]] = defaultdict(list)
    for change in drift.changes:
        if change.weight is not Weight.BELOW_NOTICE:
            told[change.step].append(f"{change.sentence} ({change.kind}, {change.weight})")
    for sentence in drift.false_sentences:
        told[sentence.step].append(f"False now: {sentence.sentence}")
    for healed in drift.healed:
        told[healed.step].append(healed.sentence)
    count = max([drift.steps, *told])
    suite = Element("testsuite", name=drift.board, tests=str(count), failures=str(len(told)))
    for number in range(1, count + 1):
        case = SubElement(suite, "testcase", classname=drift.board, name=f"step {number}")
        if number in told:
            failure = SubElement(case, "failure", message=told[number][0], type="drift")
            failure.text = "\n".join(told[number])
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(suite, encoding="unicode") + "\n"
