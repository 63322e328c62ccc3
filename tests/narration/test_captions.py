from __future__ import annotations

import random
import re
from io import StringIO
from itertools import pairwise

import pysubs2
import pytest
import webvtt

from narration import Caption, Cue, Name, SpokenWord, TimedCue
from narration.captions import GAP_MS, as_srt, as_transcript, as_webvtt, segment_captions
from narration.layout import LINE_COLUMNS, LINES, LONGEST_MS, SHORTEST_MS
from narration.phrase import count_columns
from narration.word import time_words

_LONG = (
    "When you have selected the name of the assignment in the table that lists every assignment "
    "of this course, you can open the notebook editor by choosing the pencil at the end of the row."
)
_UGLY = (
    _LONG,
    "OK.",
    "Yes. No. Maybe.",
    "Go to https://example.org/" + "a-very/long_address/" * 12 + "index.html?x=1&y=<2> now.",
    "x" * 300,
    "the of a to in " * 30,
    "保存ボタンを押すと、変更がすべてのコースメンバーに公開され、以前のバージョンは履歴に残ります。",
    "ภาษาไทยไม่เว้นวรรคระหว่างคำ" * 6,
    "انقر على زر الحفظ ثم انتظر حتى تظهر الرسالة، هل ترى القائمة؟",
    "— … —",
    "a --> b & <c> </c> {\\an8}",
    "e\u0301" * 120,
    "« Enregistrer » : bien ! " * 8,
)


def _cue(text: str, *, letter_ms: int = 60, passage: str = "1", name: str = "") -> Cue:
    duration_ms = max(1, letter_ms * len(text))
    start = text.find(name)
    return Cue(
        passage=passage,
        written=text,
        spoken=text,
        audio="",
        duration_ms=duration_ms,
        pause_ms=250,
        words=tuple(
            SpokenWord(start=word.start, end=word.end, start_ms=word.start_ms, end_ms=word.end_ms)
            for word in time_words(text, (), duration_ms)
        ),
        names=(Name(text=name, start=start, end=start + len(name)),) if name else (),
    )


def _in_a_row(cues: list[Cue], *, pause_ms: int = 250) -> list[TimedCue]:
    timed: list[TimedCue] = []
    at_ms = 0
    for cue in cues:
        timed.append(TimedCue(cue, at_ms))
        at_ms += cue.duration_ms + pause_ms
    return timed


def _captions(*texts: str, letter_ms: int = 60, pause_ms: int = 250) -> tuple[Caption, ...]:
    cues = [_cue(text, letter_ms=letter_ms) for text in texts]
    return segment_captions(_in_a_row(cues, pause_ms=pause_ms))


def _random_texts(seed: int) -> list[str]:
    chance = random.Random(seed)  # noqa: S311 (texts to try, not secrets)
    letters = "aetoin  ,.&<->é保す。…/"
    return [
        "".join(chance.choices(letters, k=chance.randint(1, 400))).strip() or "x"
        for _ in range(chance.randint(1, 12))
    ]


_CASES = [
    *([text] for text in _UGLY),
    list(_UGLY),
    *(_random_texts(seed) for seed in range(40)),
]


@pytest.mark.parametrize("letter_ms", [5, 60, 400])
@pytest.mark.parametrize("texts", _CASES, ids=str)
def test_captions_of_any_text_keep_the_rules(texts: list[str], letter_ms: int) -> None:
    captions = _captions(*texts, letter_ms=letter_ms)
    for caption in captions:
        assert 1 <= len(caption.lines) <= LINES
        assert all(0 < count_columns(line) <= LINE_COLUMNS for line in caption.lines)
        assert all(line == line.strip() and "\n" not in line for line in caption.lines)
        assert 0 < caption.end_ms - caption.start_ms <= LONGEST_MS
    for caption, following in pairwise(captions):
        assert following.start_ms - caption.end_ms >= GAP_MS


@pytest.mark.parametrize("texts", _CASES, ids=str)
def test_captions_of_any_text_lose_no_sign(texts: list[str]) -> None:
    shown = "".join("".join(caption.lines) for caption in _captions(*texts))
    assert shown.replace(" ", "") == "".join(texts).replace(" ", "")


def test_captions_can_be_read_in_the_time_they_stand() -> None:
    for caption in _captions(*[_LONG] * 4, "Save your changes.", "Now collect the submissions."):
        columns = sum(map(count_columns, caption.lines))
        seconds = (caption.end_ms - caption.start_ms) / 1000
        assert columns / seconds <= 20
        assert caption.end_ms - caption.start_ms >= SHORTEST_MS


def test_no_line_ends_with_an_article_or_preposition() -> None:
    lines = [line for caption in _captions(*[_LONG] * 2) for line in caption.lines]
    last_words = {line.rpartition(" ")[2] for line in lines}
    assert not last_words & {"the", "a", "of", "in", "by", "at", "this", "that", "every"}


def test_caption_begins_with_its_first_word() -> None:
    (cue,) = _in_a_row([_cue(_LONG)])
    starts = {word.start_ms for word in cue.cue.words}
    assert {caption.start_ms for caption in segment_captions([cue])} <= starts


def test_short_sentences_share_a_caption() -> None:
    first, *_ = _captions("OK.", "Yes.", "Then go on with what you did before all of this.")
    assert first.lines == ("OK. Yes.",)


def test_short_sentence_stays_long_enough_where_there_is_room() -> None:
    first, second = _captions("OK.", "Yes.", pause_ms=2000)
    assert first.end_ms - first.start_ms == SHORTEST_MS
    assert second.lines == ("Yes.",)


def test_caption_stays_through_a_short_pause() -> None:
    first, second = _captions("Save all of your changes now.", "Then close the page again.")
    assert second.start_ms - first.end_ms == GAP_MS


def test_caption_goes_in_a_long_pause() -> None:
    first, second = _captions("Save all of your changes now.", "Then close it.", pause_ms=5000)
    assert second.start_ms - first.end_ms > 4000


def test_name_of_a_thing_is_not_broken() -> None:
    text = "In this course please select the button Add new assignment there."
    (caption,) = segment_captions([TimedCue(_cue(text, name="Add new assignment"), 0)])
    assert any("Add new assignment" in line for line in caption.lines)


def test_long_address_is_cut_after_a_slash() -> None:
    address = "https://example.org/" + "folder/" * 10
    lines = [line for caption in _captions(f"Open {address} now.") for line in caption.lines]
    assert any(line.endswith("/") for line in lines)


def test_words_that_are_not_spoken_are_shown() -> None:
    cue = _cue("Save → done")
    cue = cue.model_copy(update={"words": (cue.words[0], cue.words[2])})
    (caption,) = segment_captions([TimedCue(cue, 0)])
    assert caption.lines == ("Save → done",)


def test_cue_without_word_times_is_divided_by_letters() -> None:
    cue = _cue(_LONG).model_copy(update={"words": ()})
    captions = segment_captions([TimedCue(cue, 0)])
    assert len(captions) > 1
    assert captions[-1].end_ms >= cue.duration_ms


def test_no_cues_give_no_captions() -> None:
    assert segment_captions([]) == ()
    assert segment_captions([TimedCue(_cue(""), 0)]) == ()
    assert as_webvtt((), "en").startswith("WEBVTT\n")
    assert as_srt(()) == ""


@pytest.mark.parametrize("texts", [[_LONG, "OK."], ["a --> b & <c>"]], ids=str)
def test_webvtt_is_read_back_by_others(texts: list[str]) -> None:
    captions = _captions(*texts)
    written = as_webvtt(captions, "en")
    read = webvtt.from_buffer(StringIO(written)).captions
    assert [cue.text for cue in read] == [
        "\n".join(caption.lines).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        for caption in captions
    ]
    times = [(cue.start_in_seconds * 1000 + int(cue.start[-3:])) for cue in read]
    assert times == [caption.start_ms for caption in captions]
    assert len(pysubs2.SSAFile.from_string(written, format_="vtt")) == len(captions)


def test_each_word_in_webvtt_has_its_time() -> None:
    caption = Caption(
        1000, 4000, ("Save & go,", "or <not>."), (((0, 1000), (5, 1500), (7, 2000)), ((0, 2500),))
    )
    written = as_webvtt([caption], "en")
    assert "Save <00:00:01.500>&amp; <00:00:02.000>go,\n<00:00:02.500>or &lt;not&gt;.\n" in written


def test_times_of_words_rise_and_lie_within_their_caption() -> None:
    cues = [TimedCue(_cue(_LONG), 700), TimedCue(_cue("保存して、次へ進みます。"), 30_000)]
    captions = segment_captions(cues)
    assert sum(len(line) for caption in captions for line in caption.times) > 20
    for block in as_webvtt(captions, "en").split("\n\n")[1:]:
        stamps = re.findall(r"\d\d:\d\d:\d\d\.\d{3}", block)
        first, last, *inside = stamps
        assert [first, *inside, last] == sorted({first, *inside, last})


def test_word_that_is_heard_out_of_its_caption_has_no_time() -> None:
    caption = Caption(1000, 2000, ("one two",), (((0, 900), (4, 2100)),))
    assert "one two\n" in as_webvtt([caption], "en")


def test_srt_is_read_back_by_others() -> None:
    captions = _captions(_LONG, "Save & close.", "保存します。")
    read = pysubs2.SSAFile.from_string(as_srt(captions), format_="srt")
    assert [(event.start, event.end, event.plaintext) for event in read] == [
        (caption.start_ms, caption.end_ms, "\n".join(caption.lines)) for caption in captions
    ]


def test_times_beyond_an_hour_are_written_in_full() -> None:
    caption = Caption(3_723_004, 36_000_000, ("x",))
    assert "01:02:03.004 --> 10:00:00.000" in as_webvtt([caption], "en")
    assert "01:02:03,004 --> 10:00:00,000" in as_srt([caption])


def test_transcript_has_a_paragraph_for_each_passage() -> None:
    cues = [_cue("One."), _cue("Two."), _cue("Three.", passage="2")]
    assert as_transcript(cues) == "One. Two.\n\nThree.\n"


def test_japanese_lines_end_with_a_phrase() -> None:
    text = "ノートブックは、メモとコードとその結果を一つのページにまとめます。"
    (caption,) = segment_captions([TimedCue(_cue(text, letter_ms=150), 0)], language="ja")
    assert caption.lines[0].endswith(("は、", "その", "結果を", "コードと"))


def test_fast_speech_is_divided_so_that_it_can_be_read() -> None:
    cues = _in_a_row([_cue(_LONG, letter_ms=50)], pause_ms=1000)
    for caption in segment_captions(cues):
        columns = sum(map(count_columns, caption.lines))
        assert columns * 1000 / (caption.end_ms - caption.start_ms) <= 20.05


def test_caption_of_a_fast_sentence_stays_into_the_next_one() -> None:
    cues = _in_a_row(
        [_cue("Tracez-en maintenant un graphique.", letter_ms=46), _cue(_LONG)], pause_ms=0
    )
    first, second = segment_captions(cues)[:2]
    assert first.end_ms - first.start_ms >= 34 * 50
    assert second.start_ms >= first.end_ms + GAP_MS
