"""Kana: how Japanese words with kanji are read, for voices that know kana alone."""

from __future__ import annotations

import re
from functools import cache
from importlib.util import find_spec
from typing import Any

__all__ = ["read_kanji"]

_KANJI = re.compile("[\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")


def read_kanji(text: str) -> dict[int, tuple[int, str]]:
    """Return where each word of ``text`` with kanji starts, where it ends, and its kana.

    Empty where the extra ``japanese`` (SudachiPy and a dictionary) is not installed: a voice then
    gets what is written.
    """
    tokenizer = _tokenizer()
    if tokenizer is None or not _KANJI.search(text):
        return {}
    return {
        word.begin(): (word.end(), word.reading_form())
        for word in tokenizer.tokenize(text)
        if _KANJI.search(word.surface()) and word.reading_form()
    }


@cache
def _tokenizer() -> Any:  # noqa: ANN401 - SudachiPy has no types
    if find_spec("sudachipy") is None or find_spec("sudachidict_small") is None:
        return None
    import sudachipy  # noqa: PLC0415 - an extra, and only Japanese needs it

    dictionary = sudachipy.Dictionary(dict="small")
    return dictionary.tokenizer(mode=sudachipy.SplitMode.C)
