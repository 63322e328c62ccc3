from __future__ import annotations

import base64
import html
import json
from urllib.parse import quote

import pytest

from recorder.secrecy import HIDDEN, Secret, Secrets

_VALUE = "Zk7 <va&ult>/92"


@pytest.mark.parametrize(
    "written",
    [
        _VALUE,
        _VALUE.upper(),
        quote(_VALUE),
        quote(_VALUE, safe=""),
        quote(quote(_VALUE, safe=""), safe=""),
        _VALUE.replace(" ", "+").replace("<", "%3c").replace(">", "%3e").replace("&", "%26")
        .replace("/", "%2f"),
        json.dumps(_VALUE)[1:-1],
        html.escape(_VALUE),
        _VALUE.encode().hex(),
    ],
)  # fmt: skip
def test_value_is_hidden_in_every_form(written: str) -> None:
    assert Secrets({"KEY": _VALUE}).hide(f"(is {written}!)") == f"(is {HIDDEN}!)"


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("P@ssw0rd!", "P%40ssw0rd!"),  # as JavaScript's encodeURIComponent
        ("P@ss*word1", "P%40ss*word1"),  # as URLSearchParams, and forms
        ("tok en/+=9", "tok%20en/+=9"),  # as addresses
        ("a<b&c'd\"9", r"a\u003cb\u0026c'd\"9"),  # as Go
        ("a<b&c'd\"9", "a&lt;b&amp;c'd&quot;9"),  # as attributes
        ("a<b&c'd\"9", "a&amp;lt;b&amp;amp;c&#039;d&#x22;9"),
        ('a\\b"c', r"a\\\\b\\\"c"),
        ("für é☃𝄞", "f%C3%BCr%20%c3%a9%E2%98%83%F0%9D%84%9E"),
        ("für é☃𝄞", r"f\u00fcr \u00e9\u2603\ud834\udd1e"),
        ("für é☃𝄞", "f&uuml;r&nbsp;&eacute;&#9731;&#x1D11E;"),
    ],
)
def test_some_characters_are_escaped_and_others_are_not(value: str, written: str) -> None:
    secrets = Secrets({"KEY": value})
    assert secrets.hide(f"(is {written}!)") == f"(is {HIDDEN}!)"
    assert all(
        secrets.may_begin(f"(is {written[:count]}") == count for count in range(1, len(written))
    )


def test_text_that_only_looks_like_a_secret_is_searched_quickly() -> None:
    secrets = Secrets({"KEY": '<\\ab  "c', "OTHER": "%&x x"})
    for text in ("\\" * 9000, " " * 9000, "%25" * 9000, "&amp;" * 9000):
        assert secrets.hide(text) == text


@pytest.mark.parametrize("before", ["", "a", "ab"])
def test_nothing_is_read_off_longer_base64(before: str) -> None:
    packed = base64.b64encode(f"{before}{_VALUE} and so on".encode()).decode()
    hidden = Secrets({"KEY": _VALUE}).hide(packed)
    assert HIDDEN in hidden
    assert len(hidden) < len(packed) - len(_VALUE)


def test_word_is_no_part_of_another_one() -> None:
    secrets = Secrets({"KEY": "admin"})
    assert secrets.hide("Admin of the administration, admin.") == "*** of the administration, ***."


def test_pattern_is_hidden_and_what_matches_nothing_is_not() -> None:
    secrets = Secrets()
    secrets.add_pattern(r"\w*@school\.edu|x*")
    assert secrets.hide("to ada@school.edu") == "to ***"
    assert secrets


def test_what_stands_under_some_keys_stays() -> None:
    told = {"shot": "1234", "title": "1234", "more": ("1234", {"n": 1234})}
    hidden = Secrets({"PIN": "1234"}).hide_all(told, ["shot"])
    assert hidden == {"shot": "1234", "title": "***", "more": ("***", {"n": 1234})}


def test_keys_that_somebody_chose_are_hidden_and_others_stay() -> None:
    told = {"data": {"application/json": {"data": 1, "metadata": [{"data": "data"}]}}}
    hidden = Secrets({"WORD": "data"}).hide_all(told)
    assert hidden == {"data": {"application/json": {"***": 1, "metadata": [{"***": "***"}]}}}


def test_lines_of_a_few_characters_stay() -> None:
    secrets = Secrets({"KEY": '{\n  "id": "Zk7-vault"\n}\n', "ONE": " pin4 \n"})
    assert secrets.hide('d = { "id": "Zk7-vault" } # pin4') == "d = { *** } # ***"


def test_end_of_a_text_may_begin_a_value() -> None:
    secrets = Secrets({"KEY": "Zk7-vault"})
    assert [secrets.may_begin(text) for text in ("key Zk7", "key zK7-v", "key", "Zk7-vault")] == [
        3, 5, 0, 0,
    ]  # fmt: skip


def test_secret_can_be_joined_and_is_not_shown() -> None:
    secret = Secret("Zk7-vault")
    assert repr([secret]) == "['***']"
    assert f"?key={secret}" + secret == "?key=Zk7-vaultZk7-vault"
    assert "vault" not in repr(Secrets({"KEY": secret}))
