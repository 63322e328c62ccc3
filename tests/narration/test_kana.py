from __future__ import annotations

import pytest

from narration import read_prose
from narration.kana import read_kanji

pytest.importorskip("sudachipy")
pytest.importorskip("sudachidict_small")


def test_kanji_are_read_as_they_are_said() -> None:
    (sentence,) = read_prose("新しいセルに、命令を**入力**します。", language="ja")
    assert sentence.written == "新しいセルに、命令を入力します。"
    assert sentence.spoken == "アタラシイセルに、メイレイをニュウリョクします。"
    told = {sentence.written[word.start : word.end]: word.spoken for word in sentence.words}
    assert told["新しい"] == "アタラシイ"
    assert told["入力"] == "ニュウリョク"


def test_marks_behind_kanji_stay() -> None:
    (sentence,) = read_prose("ノートを作り、File を開きます。", language="ja")
    assert "ツクリ、File" in sentence.spoken


def test_chinese_is_left_alone() -> None:
    (sentence,) = read_prose("打开文件。", language="zh")
    assert sentence.spoken == "打开文件。"


def test_text_without_kanji_needs_no_dictionary() -> None:
    assert read_kanji("カタカナ and words") == {}
