from __future__ import annotations

import pytest

from recorder.fence.host import Fence, check_host, host_of


@pytest.mark.parametrize(
    ("hosts", "address", "allowed"),
    [
        (("example.org",), "https://example.org/page", True),
        (("example.org",), "http://example.org:8080/", True),
        (("example.org",), "https://EXAMPLE.org./", True),
        (("example.org",), "https://www.example.org/", False),
        (("example.org",), "https://example.org@elsewhere.net/", False),
        (("example.org",), "https://example.org.elsewhere.net/", False),
        (("example.org",), "view-source:https://elsewhere.net/", False),
        (("*.example.org",), "wss://a.b.example.org/", True),
        (("*.example.org",), "https://example.org/", False),
        (("*.example.org",), "https://badexample.org/", False),
        (("example.org:8443",), "https://example.org:8443/", True),
        (("example.org:443",), "https://example.org/", True),
        (("example.org:8443",), "https://example.org/", False),
        (("bücher.example",), "https://xn--bcher-kva.example/", True),
        (("xn--bcher-kva.example",), "https://bücher.example/", True),
        (("[2001:db8::1]",), "http://[2001:db8::1]:80/", True),
        (("192.168.0.5",), "http://192.168.0.6/", False),
        (("localhost:80",), "http://[::1]/", True),
        (("127.0.0.1",), "http://hub.localhost:8000/", True),
        (("*",), "https://example.org/", True),
        ((), "data:text/plain,hello", True),
        ((), "about:blank", True),
        ((), "file:///tmp/page.html", True),
        ((), "https://example.org/", False),
        ((), "http://example.org:99999/", False),
    ],
)
def test_address_is_inside_where_its_host_is_listed(
    hosts: tuple[str, ...], address: str, allowed: bool
) -> None:
    assert Fence.around((), hosts).allows(address) is allowed


def test_stage_on_this_machine_is_its_ports_by_all_names_of_the_machine() -> None:
    fence = Fence.around(("http://127.0.0.1:8000", "http://127.0.0.1:9000"), ())
    assert fence.allows("http://localhost:8000/lab")
    assert fence.allows("ws://[::1]:9000/")
    assert not fence.allows("http://127.0.0.1:631/")
    assert not fence.allows("http://127.0.0.2:8000/")


def test_stage_elsewhere_is_its_host_on_every_port() -> None:
    fence = Fence.around(("http://app.example.org",), ())
    assert fence.allows("https://app.example.org/")
    assert not fence.allows("https://example.org/")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("https://example.org/a", "is an address; what is wanted is its host: 'example.org'"),
        ("example.org/a", "is an address; what is wanted is its host: 'example.org'"),
        ("*.*", "is no host"),
        ("example.org;evil", "is no host"),
        ("example.org:http", "is no host"),
        ("", "is no host"),
    ],
)
def test_what_is_no_host_is_refused(text: str, told: str) -> None:
    with pytest.raises(ValueError, match=told.replace("*", r"\*")):
        check_host(text)


def test_host_is_told_with_a_port_that_is_not_the_usual_one() -> None:
    assert host_of("https://example.org/") == "example.org"
    assert host_of("https://example.org:443") == "example.org"
    assert host_of("http://[::1]:8000/") == "[::1]:8000"
