from __future__ import annotations

from narration import errors
from narration.errors import NarrationError, UnknownVoiceError


def test_error_says_what_failed_and_then_what_to_do() -> None:
    error = UnknownVoiceError("There is no voice engine 'x'.", "Known: none.")
    assert str(error) == "There is no voice engine 'x'. Known: none."
    assert (error.message, error.hint) == ("There is no voice engine 'x'.", "Known: none.")


def test_error_without_a_hint_is_its_message() -> None:
    assert str(NarrationError("It failed.")) == "It failed."


def test_every_error_stands_in_the_tree_of_the_docstring() -> None:
    assert errors.__doc__
    for name in errors.__all__:
        assert issubclass(getattr(errors, name), NarrationError)
        assert name in errors.__doc__
