from __future__ import annotations

import gzip
import io
import zipfile

import pytest

from recorder.errors import TakeError
from recorder.saved_file import clean_file
from recorder.secrecy import Secrets

_SECRETS = Secrets({"KEY": "Zk7-vault-92"})


def _zipped(text: str) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("keys.csv", text * 50)
    return content.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_text_is_rewritten(encoding: str) -> None:
    content = "clé,Zk7-vault-92\r\n".encode(encoding)
    assert clean_file("k.csv", content, _SECRETS).decode(encoding) == "clé,***\r\n"


@pytest.mark.parametrize(
    "content",
    [
        b"\0\1Zk7-vault-92\xff",
        b"\0\xff" + "Zk7-vault-92".encode("utf-16-le"),
        _zipped("Zk7-vault-92"),
        gzip.compress(b"Zk7-vault-92" * 9, mtime=0),
    ],
)
def test_other_file_with_a_secret_is_named(content: bytes) -> None:
    with pytest.raises(TakeError) as caught:
        clean_file("Zk7-vault-92.bin", content, _SECRETS)
    assert caught.value.message.startswith("The file ***.bin that was saved holds a secret, and is")


@pytest.mark.parametrize("content", [b"plain", b"\0\xff\x89PNG", _zipped("open"), b"PK\3\4 broken"])
def test_file_without_a_secret_stays_as_it_is(content: bytes) -> None:
    assert clean_file("f", content, _SECRETS) == content
