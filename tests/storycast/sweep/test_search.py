from __future__ import annotations

import base64
import html
import json
from urllib.parse import quote

import pytest

from storycast.errors import StorycastError
from storycast.sweep.canary import make_canaries
from storycast.sweep.decoding import decodings, text_of
from storycast.sweep.search import Hit, find_raw, find_written

_VALUE = "aß3/x+Q&9Lz"
_CANARY = make_canaries([("the secret", _VALUE)])
_PACKED = _VALUE.encode()


def _find(text: str, value: str = _VALUE) -> list[Hit]:
    return find_written(text, make_canaries([("the secret", value)]), ())


@pytest.mark.parametrize(
    ("written", "form"),
    [
        (_VALUE, ""),
        (_VALUE.upper().replace("SS", "ß"), ""),
        (quote(_VALUE, safe=""), "percent-encoded"),
        (quote(quote(_VALUE, safe=""), safe=""), "in several encodings"),
        (html.escape(_VALUE), "as HTML"),
        ("".join(f"&#x{ord(letter):X};" for letter in _VALUE), "as HTML"),
        (json.dumps(_VALUE), "as JSON"),
        (json.dumps(html.escape(_VALUE)), "in several encodings"),
        (html.escape(json.dumps(quote(html.escape(_VALUE)))), "in several encodings"),
        (_PACKED.hex(), "as hex"),
        (_PACKED.hex(" ").upper(), "as hex"),
        (base64.b64encode(_PACKED).decode(), "as base64"),
        (base64.b64encode(b"user:" + _PACKED + b"; more").decode(), "as base64"),
        (base64.urlsafe_b64encode(b"me:" + _PACKED + b"; more").decode(), "as base64"),
        (_VALUE[::-1], "reversed"),
        ("".join(f"={byte:02X}" for byte in _PACKED), "quoted-printable"),
    ],
)
def test_secret_is_found_in_every_form(written: str, form: str) -> None:
    [hit] = [hit for hit in _find(f"one\ntwo\nso {written}.") if hit.kind == "the secret"]
    assert (hit.line, hit.form) == (2, form)


@pytest.mark.parametrize(
    "written",
    ["Xy7pQ\n  r9Kd", "Xy7p-\nQr9Kd", "> Xy7\n> pQr\n> 9Kd", '"Xy7pQ" +\n"r9Kd"', "Xy7pQ=\nr9Kd"],
)
def test_secret_that_goes_on_in_the_next_line_is_found(written: str) -> None:
    [hit] = _find(f"one\n{written}\ntwo", "Xy7pQr9Kd")
    assert (hit.line, hit.form) == (1, "over several lines")


def test_base64_in_lines_is_found() -> None:
    packed = base64.encodebytes(b"x" * 50 + _PACKED + b"y" * 50).decode()
    assert [hit.form for hit in _find(packed)] == ["as base64, over several lines"]


@pytest.mark.parametrize("text", ["We are mastering it.", "a postmaster", "masterful"])
def test_secret_of_letters_is_no_part_of_a_word(text: str) -> None:
    assert not _find(text, "master")
    assert _find(f"{text} user:master", "master")


def test_words_that_follow_each_other_are_no_secret() -> None:
    assert not _find("In summer 2024 we met.", "summer2024")


def test_hint_is_two_characters_and_the_length() -> None:
    [hit] = _find(f"{_VALUE} is it")
    assert hit.hint == "aß… (11 characters)"
    assert _VALUE not in repr(hit)
    assert _VALUE not in repr(_CANARY)
    assert _VALUE not in repr(_CANARY[0].needles)


@pytest.mark.parametrize("value", ["12345", "  abc  ", "     "])
def test_short_secret_is_refused_and_not_told(value: str) -> None:
    with pytest.raises(StorycastError) as told:
        make_canaries([("the secret PIN", value)])
    assert str(told.value) == (
        "the secret PIN has fewer than 6 characters, so it would be found by chance."
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "cp1252", "gb18030"])
def test_bytes_are_searched_in_the_usual_encodings(encoding: str) -> None:
    value = "geheim-7" if encoding == "cp1252" else "geheim-猫7"
    if encoding == "cp1252":
        value = "gehéim-7"
    canaries = make_canaries([("the secret", value)])
    assert find_raw(b"\x00\x01" + value.encode(encoding) + b"\xff", canaries)
    assert not find_raw(b"\x00\x01\xff", canaries)


@pytest.mark.parametrize(
    ("encoding", "bom"),
    [("utf-8", b""), ("utf-8", b"\xef\xbb\xbf"), ("utf-16-le", b"\xff\xfe"), ("utf-16-le", b""),
     ("utf-16-be", b""), ("utf-32-be", b"\0\0\xfe\xff"), ("cp1252", b"")],
)  # fmt: skip
def test_text_is_known_in_any_encoding(encoding: str, bom: bytes) -> None:
    assert text_of(bom + "Ein schönes Wort\n".encode(encoding)) == "Ein schönes Wort\n"


@pytest.mark.parametrize("content", [b"\x00\x01\x02\x80\xff", b"\x9d\x02\xfe", bytes(range(256))])
def test_what_is_no_text_is_none(content: bytes) -> None:
    assert text_of(content) is None


def test_decodings_keep_lines() -> None:
    text = "one%0Atwo &#10; \\u000a\nthree\u2028four"
    assert {told.count("\n") for _, told in decodings(text)} == {1}


def test_letters_of_the_same_look_are_one() -> None:
    assert _find("its \uff4f\ufb00ice-77 here", "office-77")
    assert _find("its off\u00adice\u200b-77 here", "office-77")
