from __future__ import annotations

import contextlib
import io
import sys
from types import SimpleNamespace
from typing import Any, cast

import pytest

from recorder.secrecy import Secrets
from recorder.secrecy.outlet import Outlet


class _Session:
    """What a kernel sends its messages by."""

    def __init__(self) -> None:
        self.sent: list[Any] = []

    def send(self, _stream: object, message: Any, content: Any = None, **_: Any) -> None:
        """Keep what is sent."""
        self.sent.append(content if content is not None else message["content"])


@pytest.fixture
def session() -> _Session:
    """A kernel's session."""
    return _Session()


def _outlet(session: _Session) -> Outlet:
    shell = SimpleNamespace(kernel=SimpleNamespace(session=session))
    return Outlet(cast("Any", shell), Secrets({"KEY": "Zk7-vault-92"}))


def test_messages_tell_no_secret(session: _Session) -> None:
    outlet = _outlet(session)
    picture = {
        "data": {"image/png": "Zk7-vault-92", "text/html": "<b>Zk7-vault-92</b>"},
        "metadata": {"image/png": {"alt": "Zk7-vault-92"}},
    }
    session.send(
        None, "error", content={"evalue": "no Zk7-vault-92", "traceback": ["Zk7-vault-92"]}
    )
    session.send(None, {"content": picture})
    assert session.sent == [
        {"evalue": "no ***", "traceback": ["***"]},
        {
            "data": {"image/png": "Zk7-vault-92", "text/html": "<b>***</b>"},
            "metadata": {"image/png": {"alt": "***"}},
        },
    ]
    outlet.close()
    session.send(None, "stream", content={"text": "Zk7-vault-92"})
    assert session.sent[-1] == {"text": "Zk7-vault-92"}


def test_secret_is_hidden_that_is_printed_letter_by_letter(session: _Session) -> None:
    with contextlib.redirect_stdout(io.StringIO()) as printed:
        outlet = _outlet(session)
        for letter in "is Zk7-vault-92, Zk7":
            sys.stdout.write(letter)
        assert printed.getvalue() == "is ***, "
        outlet.flush()
        outlet.close()
    assert printed.getvalue() == "is ***, Zk7"
