from __future__ import annotations

import random
import string

import pytest

from storycast.sweep.shape import find_shapes, is_allowed

_LETTERS = string.ascii_letters + string.digits
_RANDOM = random.Random(4)  # noqa: S311 - nobody's token


def _some(count: int, letters: str = _LETTERS) -> str:
    return "".join(_RANDOM.choice(letters) for _ in range(count))


# Put together here, so that no scanner takes this file for a leak.
_TOKENS = [
    ("private key", "-----BEGIN " + "OPENSSH PRIVATE KEY-----"),
    ("JSON web token", "ey" + "J" + f"{_some(20)}.ey" + "J" + f"{_some(30)}.{_some(43)}"),
    ("GitHub token", "gh" + "p_" + _some(36)),
    ("GitHub token", "github" + "_pat_" + _some(82)),
    ("GitLab token", "gl" + "pat-" + _some(20)),
    ("AWS access key", "AK" + "IA" + _some(16, string.ascii_uppercase + "234567")),
    ("Slack token", "xo" + "xb-" + "123456789012-" + _some(24)),
    ("Google key", "AI" + "za" + _some(35)),
    ("OpenAI or Anthropic key", "s" + "k-proj-" + _some(48)),
    ("OpenAI or Anthropic key", "s" + "k-" + _some(48)),
    ("Hugging Face token", "h" + "f_" + _some(34, string.ascii_letters)),
    ("Stripe key", "sk" + "_live_" + _some(24)),
    ("e-mail address", "anna.o-brien+course@mail.uni-bonn.de"),
    ("e-mail address", "anna@schüler.org"),
    ("payment card", "4111 1111 1111 1111"),
    ("payment card", "5555-5555-5555-4444"),
    ("payment card", "378282246310005"),
    ("IBAN", "DE89 3704 0044 0532 0130 00"),
    ("IBAN", "GB82WEST12345698765432"),
]


@pytest.mark.parametrize(("kind", "value"), _TOKENS)
def test_usual_shape_is_found(kind: str, value: str) -> None:
    [match] = find_shapes(f'so "{value}" it is')
    assert (match.kind, match.value, match.start) == (kind, value, 4)


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("Authorization: Bearer abc.def-123", "Authorization header", "abc.def-123"),
        ('{"authorization": "Basic dXNlcjpwYXNz"}', "Authorization header", "dXNlcjpwYXNz"),
        ("see https://anna:s3cret@lab.org/", "password in an address", "s3cret"),
        ("http://localhost:8888/lab?token=0123456789abcdef", "token in an address",
         "0123456789abcdef"),
    ],
)  # fmt: skip
def test_only_the_value_itself_is_told(text: str, kind: str, value: str) -> None:
    [match] = find_shapes(text)
    assert (match.kind, match.value) == (kind, value)


@pytest.mark.parametrize(
    "text",
    [
        "4111 1111 1111 1112",  # wrong check digit
        "0.4111111111111111",
        "id-4111111111111111-x",
        "4111111111111111abc",
        "0000 0000 0000 0000",
        "DE88 3704 0044 0532 0130 00",
        "icon@2x.png",
        "react@18.2.0/umd",
        "a @property of it",
        "@media screen",
        "ask-the-teacher-what-it-means-to-be-here",
        "http://localhost:8888/lab?token=xxxxxxxxxx",
        "https://docs.org:443/a@b",
        "M 12 12 4111 1111 L",
    ],
)
def test_what_only_looks_like_it_is_not_found(text: str) -> None:
    assert not list(find_shapes(text))


def test_addresses_for_examples_are_allowed() -> None:
    assert is_allowed("Anna@Example.com", ())
    assert is_allowed("anna@mail.example.org", ())
    assert is_allowed("anna@school.test", ())
    assert not is_allowed("anna@myexample.com", ())
    assert not is_allowed("anna@school.org", ())
    assert is_allowed("anna@school.org", ("*@SCHOOL.org",))
