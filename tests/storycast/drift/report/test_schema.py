from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator, ValidationError

from recorder.take import Box
from storycast.drift import Change, Drift, Kind, Weight
from storycast.drift.model import Place
from storycast.drift.report.schema import as_schema

_PUBLISHED = Path(__file__).parents[4] / "docs" / "reference" / "drift.schema.json"


def test_published_schema_is_current() -> None:
    assert _PUBLISHED.read_text(encoding="utf-8") == as_schema(), "run scripts/schema"


def test_report_is_as_the_schema_says() -> None:
    place = Place(role="button", name="Keep", before=Box(x=0, y=0, width=1, height=1))
    change = Change(kind=Kind.REMOVED, weight=Weight.SHOWS, sentence="", step=1, place=place)
    drift = Drift(board="board", steps=1, changes=(change,))
    validator = Draft202012Validator(json.loads(as_schema()))
    report = json.loads(drift.model_dump_json())
    assert report["version"] == 1
    validator.validate(report)
    with pytest.raises(ValidationError):
        validator.validate(report | {"version": 2})
