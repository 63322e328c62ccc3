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
