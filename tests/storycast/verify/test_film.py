from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from recorder.take import Box
from storycast.errors import StorycastError
from storycast.timeline import Timeline
from storycast.verify import Ear, FaultyFilmError, VerifyError, check_film, verify_film
from storycast.verify.container import Container, read_container
from storycast.verify.frame import Frame, decode
from storycast.verify.question import key_frames
from tests.storycast.sample import SAMPLE_RATE
from tests.storycast.verify import damage
from tests.storycast.verify.edition import Made, make_edition


def _faults(made: Made) -> dict[str, str]:
    return {check.name: check.sentence for check in check_film(made.film).faults}


def test_a_film_as_it_is_made_has_no_fault(original: Made) -> None:
    report = check_film(original.film)
    assert report.ok, report.faults
    values = {check.name: check.value for check in report.checks}
    assert abs(values["cue-onset"] or 0) < 1
    assert 0 <= (values["press-onset"] or 0) < 34
    assert (values["sharpness"] or 0) > 0.99
    assert (values["cues-heard"] or 0) > 0.9


def test_every_check_measures_something_in_a_film_that_has_all(original: Made) -> None:
    lacking = [check.name for check in check_film(original.film).checks if not check.gate]
    assert lacking == ["chapters-youtube"]


@pytest.mark.parametrize(
    ("spoil", "fault", "says"),
    [
        (lambda made: damage.spoil_sound(made, "adelay=120"), "cue-onset", "120 ms too late"),
        (lambda made: damage.spoil_sound(made, "atempo=0.998"), "cue-drift", "drifts away"),
        (lambda made: damage.spoil_sound(made, "volume=-6dB"), "loudness", "too quiet"),
        (
            lambda made: damage.spoil_sound(made, "volume=0:enable='between(t,3,5)'"),
            "cues-heard",
            "“It is empty & waiting.” (step 1, 3.10 s)",
        ),
        (
            lambda made: damage.spoil_pictures(
                made, "drawbox=t=fill:color=black:enable='between(t,3.5,4.5)'"
            ),
            "blank",
            "From 4.00 s on (step 1)",
        ),
        (damage.blur, "sharpness", "blurred"),
        (
            lambda made: damage.delay_frames(made, 7490, 7930, 150),
            "press-onset",
            "The click of step 2 (7.50 s) is seen 150 ms too late",
        ),
        (damage.hasten_captions, "captions", "asks to read 35"),
        (damage.drop_chapter, "chapters", "has 1 chapters"),
        (damage.cut_off, "whole", "cut off"),
    ],
    ids=[
        "sound-late", "sound-drifts", "sound-quiet", "cue-missing", "second-black", "blurred",
        "click-late", "captions-fast", "chapter-dropped", "cut-off",
    ],
)  # fmt: skip
def test_damage_fails_for_its_own_reason_only(
    made: Made, spoil: Callable[[Made], None], fault: str, says: str
) -> None:
    spoil(made)
    report = check_film(made.film)
    faults = {check.name: check.sentence for check in report.faults}
    assert set(faults) == {fault}, faults
    assert says in faults[fault]
    assert check_film(made.film, cache=made.seen) == report


def test_what_the_camera_frames_is_measured_where_it_is_seen(tmp_path: Path) -> None:
    near = make_edition(tmp_path, framed=Box(x=60, y=60, width=640, height=360))
    checks = {check.name: check for check in check_film(near.film).checks}
    assert all(check.ok for check in checks.values()), checks
    assert checks["press-onset"].value is not None
    assert (checks["sharpness"].value or 0) > 0.99


@pytest.fixture
def decoded(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, int]]:
    """The first frame and the number of those that were decoded in one go."""
    runs: list[tuple[int, int]] = []

    def counted(film: Path, container: Container, first: int, count: int) -> Iterator[Frame]:
        runs.append((first, count))
        return decode(film, container, first, count)

    monkeypatch.setattr("storycast.verify.question.decode", counted)
    return runs


def test_what_was_seen_once_is_not_decoded_again(
    made: Made, decoded: list[tuple[int, int]]
) -> None:
    cache = made.folder / "sights"
    report = check_film(made.film, cache=cache)
    assert sum(count for _, count in decoded) == report.checks[0].value
    decoded.clear()
    assert check_film(made.film, cache=cache) == report
    assert not decoded
    for path in sorted(cache.iterdir()):
        before = path.read_bytes()
        path.write_text("damaged")
        assert check_film(made.film, cache=cache) == report
        assert path.read_bytes() == before
    assert {first for first, _ in decoded} <= set(key_frames(read_container(made.film)))
    assert report == check_film(made.film)


def test_film_is_heard_by_what_listened_before_it_was_there(original: Made) -> None:
    report = check_film(original.film)
    for rate in (SAMPLE_RATE, 8000):
        ear = Ear(rate)
        try:
            assert check_film(original.film, ear=ear) == report
        finally:
            ear.close()


def test_shot_that_was_missing_is_looked_at_when_it_is_there(made: Made) -> None:
    cache = made.folder / "sights"
    report = check_film(made.film, cache=cache)
    (made.folder / "take").rename(made.folder / "away")
    assert check_film(made.film, cache=cache) != report
    (made.folder / "away").rename(made.folder / "take")
    assert check_film(made.film, cache=cache) == report


def test_late_frames_are_told_of_where_they_are_worst(made: Made) -> None:
    damage.delay_frames(made, 7490, 7930, 150)
    (fault,) = check_film(made.film).faults
    assert fault.worst is not None
    assert (fault.worst.step, fault.worst.at_ms) == (2, 7500)
    assert [round(reading.value or 0) for reading in fault.readings] == [150, 0]


def test_faulty_film_is_an_error_where_that_is_asked_for(made: Made) -> None:
    damage.drop_chapter(made)
    with pytest.raises(FaultyFilmError, match="1 chapters") as caught:
        verify_film(made.film)
    assert isinstance(caught.value, StorycastError)
    assert not caught.value.report.ok
    assert "storycast verify" in caught.value.hint


def test_film_without_speech_is_not_measured_for_it(made: Made) -> None:
    timeline = made.sample.timeline
    mute = [clip.model_copy(update={"speech": ()}) for clip in timeline.clips]
    _replan(made, timeline.model_copy(update={"clips": tuple(mute)}))
    report = check_film(made.film)
    skipped = {check.name for check in report.checks if check.sentence == "The film has no speech."}
    assert skipped == {"cues-heard", "cue-onset", "cue-drift", "loudness", "true-peak"}
    assert report.ok


def test_film_can_be_measured_without_take_and_track(made: Made) -> None:
    shutil.rmtree(made.folder / "take")
    shutil.rmtree(made.folder / "track")
    report = check_film(made.film)
    assert report.ok
    assert {check.name for check in report.checks if not check.gate} >= {"sharpness", "cues-heard"}


def test_take_and_track_may_lie_elsewhere(made: Made) -> None:
    elsewhere = made.folder / "elsewhere"
    elsewhere.mkdir()
    for name in ("take", "track"):
        (made.folder / name).rename(elsewhere / name)
    report = check_film(made.film, take=elsewhere / "take", track=elsewhere / "track")
    assert report.ok
    assert [check.name for check in report.checks if not check.gate] == ["chapters-youtube"]


def test_sound_of_a_cue_that_is_not_there_counts_as_not_heard(made: Made) -> None:
    (made.folder / "track" / "cues" / f"{'2' * 16}.wav").unlink()
    assert set(_faults(made)) == {"cues-heard"}


def test_missing_film_is_told_in_a_sentence(made: Made) -> None:
    made.film.unlink()
    with pytest.raises(VerifyError, match="There is no film"):
        check_film(made.film)


def test_missing_timeline_is_told_in_a_sentence(made: Made) -> None:
    (made.folder / "timeline.json").unlink()
    with pytest.raises(VerifyError, match="There is no timeline") as caught:
        check_film(made.film)
    assert caught.value.hint


def test_damaged_timeline_is_told_in_a_sentence(made: Made) -> None:
    (made.folder / "timeline.json").write_text("{", encoding="utf-8")
    with pytest.raises(VerifyError, match="cannot be read as a timeline"):
        check_film(made.film)


def test_timeline_of_another_film_is_refused(made: Made) -> None:
    _replan(made, made.sample.timeline.model_copy(update={"title": "Another"}))
    with pytest.raises(VerifyError, match="of another film: “Another”"):
        check_film(made.film)


def test_timeline_of_another_track_is_refused(made: Made) -> None:
    clip = made.sample.timeline.clips[0]
    other = clip.speech[0].model_copy(update={"audio": "9" * 16})
    first = clip.model_copy(update={"speech": (other,)})
    _replan(made, made.sample.timeline.model_copy(update={"clips": (first,)}))
    with pytest.raises(VerifyError, match="which the track beside the film does not have"):
        check_film(made.film)


def test_file_without_pictures_is_no_film(made: Made) -> None:
    damage.drop_pictures(made)
    with pytest.raises(VerifyError, match="has no pictures"):
        check_film(made.film)


def test_longer_timeline_than_film_is_a_fault(made: Made) -> None:
    last = made.sample.timeline.clips[-1].model_copy(update={"duration_ms": 3200})
    clips = (*made.sample.timeline.clips[:-1], last)
    _replan(made, made.sample.timeline.model_copy(update={"clips": clips}))
    faults = _faults(made)
    assert set(faults) == {"duration"}
    assert "-0.200 s" in faults["duration"]


def _replan(made: Made, timeline: Timeline) -> None:
    (made.folder / "timeline.json").write_text(timeline.model_dump_json(), encoding="utf-8")
