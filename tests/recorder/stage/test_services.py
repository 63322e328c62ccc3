from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path
from typing import Any

import psutil
import pytest

from recorder import Stage, StageError
from tests.recorder.stage.crew import SERVER, Family, open_here, python, several

_SLEEP = "import time; time.sleep(600)"
_LISTEN = """
import signal, socket, sys, pathlib
signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})
listener = socket.create_server(("127.0.0.1", int(sys.argv[1])))
print("listening", flush=True)
signal.sigwait({signal.SIGTERM})
with pathlib.Path(sys.argv[2]).open("a") as ends:
    ends.write(sys.argv[3] + "\\n")
"""
"""Listens on a port until it is told to end; then adds its name to a file."""


def listener(ends: Path, name: str, **others: Any) -> dict[str, Any]:
    """A service that listens, and writes down its end."""
    command = python(_LISTEN, "{port}", str(ends), name)
    return {"command": command, "ready": {"port": True}, **others}


def read(stage: Stage, path: str = "/") -> str:
    """What a stage answers."""
    with urllib.request.urlopen(stage.base_url + path) as answer:  # noqa: S310 - the stage's own
        return str(answer.read().decode())


def test_services_know_each_other_and_the_last_one_is_shown(tmp_path: Path) -> None:
    write = (
        "import sys, pathlib, os\n"
        "pathlib.Path('index.html').write_text(' '.join(sys.argv[2:]))\n"
        "os.execvp('python3', ['python3', '-m', 'http.server', sys.argv[1]])"
    )
    told = python(write, "{port}", "{first.port}", "{first.base_url}", "{second.port}", "{port}")
    stage = several({"first": {"command": SERVER}, "second": {"command": told}})
    with open_here(stage, tmp_path) as opened:
        port, base_url, *own = read(opened).split()
        assert opened.base_url.endswith(own[0])
    assert base_url == f"http://127.0.0.1:{port}"
    assert own[0] == own[1] != port


def test_service_that_is_shown_can_be_named(tmp_path: Path) -> None:
    services = {"web": {"command": SERVER}, "other": {"command": SERVER}}
    with open_here(several(services, shows="web"), tmp_path) as stage:
        assert stage.base_url == stage.services[0].place.base_url


def test_each_service_has_a_log(tmp_path: Path) -> None:
    with open_here(several({"one": {"command": SERVER}, "two": {"command": SERVER}}), tmp_path):
        pass
    logs = {path.name: path.read_text() for path in tmp_path.glob("stage*.log")}
    assert sorted(logs) == ["stage.one.log", "stage.two.log"]
    assert all("GET /" in log for log in logs.values())


@pytest.mark.usefixtures("temporary")
@pytest.mark.parametrize(
    "ready",
    [
        "/",
        {"url": "/missing", "status": [404]},
        {"port": True},
        {"log": "^Serving HTTP on"},
        {
            "command": [
                "python3",
                "-c",
                "import socket as s; s.create_connection(('127.0.0.1', {port}))",
            ]
        },
    ],
)
def test_every_kind_of_readiness_waits_for_the_service(
    tmp_path: Path, family: Family, ready: Any
) -> None:
    late = (
        "import time, os, sys; time.sleep(0.4)\n"
        "os.execvp('python3', ['python3', '-u', '-m', 'http.server', sys.argv[1]])"
    )
    stage = several({"web": {"command": python(late, "{port}"), "ready": ready}})
    with open_here(stage, tmp_path) as opened:
        assert "Directory listing" in read(opened)
    assert family() == set()


@pytest.mark.parametrize(
    ("ready", "reason"),
    [
        ({"url": "/", "status": [404]}, r"/ at port \d+: it answered 200 OK"),
        ({"url": "/missing"}, r"/missing at port \d+: it answered 404 File not found"),
        ({"log": "never"}, "its log has nothing that matches 'never'"),
        ({"command": ["false"]}, "'false' ended with exit code 1"),
        ({"command": ["sleep", "600"]}, "'sleep' has not ended"),
    ],
)
def test_what_was_waited_for_in_vain_is_told(
    tmp_path: Path, family: Family, ready: Any, reason: str
) -> None:
    stage = several({"web": {"command": SERVER, "ready": ready, "ready_timeout_s": 2}})
    with pytest.raises(StageError) as caught:
        open_here(stage, tmp_path)
    told = rf"service 'web' was not ready after 2 s: {reason}\."
    assert re.search(told, caught.value.message)
    assert family() == set()


def test_service_that_listens_elsewhere_is_told_where_it_was_looked_for(tmp_path: Path) -> None:
    elsewhere = python(_SLEEP)
    web = {"command": elsewhere, "ready": {"url": "/"}, "ready_timeout_s": 0.3}
    with pytest.raises(StageError, match=r": / at port \d+: .*Connection refused"):
        open_here(several({"web": web}), tmp_path)


def test_port_that_nothing_listens_on_is_told(tmp_path: Path) -> None:
    web = {"command": ["sleep", "600"], "ready": {"port": True}, "ready_timeout_s": 0.3}
    with pytest.raises(StageError, match="nothing listens on port"):
        open_here(several({"web": web}), tmp_path)


def test_redirection_is_an_answer_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "site" / "below").mkdir(parents=True)
    web = {"command": SERVER, "folder": "site", "ready": {"url": "/below", "status": [301]}}
    with open_here(several({"web": web}), tmp_path) as stage:
        assert "Directory listing" in read(stage, "/below/")


def test_services_end_in_the_other_order(tmp_path: Path) -> None:
    ends = tmp_path / "ends"
    with open_here(several({name: listener(ends, name) for name in ("a", "b", "c")}), tmp_path):
        pass
    assert ends.read_text().split() == ["c", "b", "a"]


def test_service_is_asked_to_end_by_its_own_command(tmp_path: Path, family: Family) -> None:
    ends = tmp_path / "ends"
    stop = ["sh", "-c", f"echo asked {{port}} >> {ends}; kill $(cat {{scratch}}/pid)"]
    script = (
        f"import os, pathlib, sys; pathlib.Path(sys.argv[4]).write_text(str(os.getpid())){_LISTEN}"
    )
    command = python(script, "{port}", str(ends), "ended", "{scratch}/pid")
    web = {"command": command, "ready": {"port": True}, "stop": stop}
    with open_here(several({"web": web}), tmp_path) as stage:
        port = stage.services[0].place.port
    assert ends.read_text().splitlines() == [f"asked {port}", "ended"]
    assert family() == set()


@pytest.mark.parametrize("stop", [["false"], ["no-such-program"]])
def test_service_ends_although_its_own_command_fails(
    tmp_path: Path, family: Family, stop: list[str]
) -> None:
    with open_here(several({"web": {"command": SERVER, "stop": stop}}), tmp_path):
        pass
    assert family() == set()


@pytest.mark.usefixtures("temporary")
def test_service_that_fails_to_start_ends_those_before_it(tmp_path: Path, family: Family) -> None:
    services = {
        "data": {"command": SERVER},
        "web": {"command": ["sh", "-c", "echo no licence; exit 3"]},
    }
    with pytest.raises(StageError) as caught:
        open_here(several(services), tmp_path)
    assert caught.value.message == (
        "The stage's service 'web' ended with exit code 3 before it was ready.\n"
        "Its last lines were:\n  no licence"
    )
    assert family() == set()


def test_service_whose_port_is_taken_is_told_of_a_free_one(tmp_path: Path) -> None:
    script = (
        "import http.server, sys; "
        "http.server.test(http.server.SimpleHTTPRequestHandler, port=int(sys.argv[1]))"
    )
    both = {
        "data": {"command": SERVER},
        "web": {"command": python(script, "{data.port}"), "ready": {"log": "never"}},
    }
    with pytest.raises(
        StageError, match=r"the port that it asks for: write \{port\} in its command"
    ):
        open_here(several(both), tmp_path)


def test_service_that_ends_while_others_start_is_named(tmp_path: Path, family: Family) -> None:
    once = python(
        "import http.server as h, sys\n"
        "h.HTTPServer(('127.0.0.1', int(sys.argv[1])), h.SimpleHTTPRequestHandler).handle_request()"
        "\nprint('that was all')",
        "{port}",
    )
    never = {"command": python(_SLEEP), "ready_timeout_s": 20}
    with pytest.raises(StageError) as caught:
        open_here(several({"data": {"command": once}, "web": never}), tmp_path)
    assert "service 'data' ended with exit code 0 before the stage was ready." in str(caught.value)
    assert "that was all" in str(caught.value)
    assert family() == set()


def test_service_that_was_killed_after_it_was_ready_is_named(
    tmp_path: Path, family: Family
) -> None:
    services = {"data": {"command": SERVER}, "web": {"command": SERVER}}
    with open_here(several(services), tmp_path) as stage:
        assert stage.tell_loss(asked=True) == ""
        port = str(stage.services[0].place.port)
        [victim] = [
            each for each in family() if port in each.cmdline() and "--" not in each.cmdline()
        ]
        victim.kill()
        assert stage.services[0].process is not None
        stage.services[0].process.wait(10)
        told = stage.tell_loss()
    assert told.startswith("The stage's service 'data' was ended by SIGKILL while it was filmed.")
    assert "GET /" in told
    assert family() == set()


def test_stage_that_answers_no_more_is_told(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as there:
        address = f"http://127.0.0.1:{there.getsockname()[1]}"
        stage = several({"web": {"url": address, "ready": {"command": ["true"]}}})
        with open_here(stage, tmp_path) as opened:
            there.close()
            told = opened.tell_loss(asked=True)
    assert told.startswith(f"The stage does not answer any more at {address}: ")


def test_port_that_an_earlier_service_has_taken_is_refused(tmp_path: Path, family: Family) -> None:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    thief = {"command": ["python3", "-m", "http.server", str(port)], "ready": {"log": "Serving"}}
    thief["command"].insert(1, "-u")  # type: ignore[attr-defined]
    with pytest.raises(StageError, match=f"Something else answers on port {port}"):
        open_here(several({"thief": thief, "web": {"command": SERVER, "port": port}}), tmp_path)
    assert family() == set()


def test_missing_folder_of_a_service_is_named_before_any_starts(tmp_path: Path) -> None:
    started = tmp_path / "started"
    data = {"command": ["sh", "-c", f"touch {started}; exec sleep 600"], "ready": {"log": "."}}
    web = {"command": SERVER, "folder": "nowhere"}
    with pytest.raises(StageError) as caught:
        open_here(several({"data": data, "web": web}), tmp_path)
    assert caught.value.message == (
        f"The stage's folder {tmp_path}/nowhere of its service 'web' does not exist."
    )
    assert "beside the file" in caught.value.hint
    assert not started.exists()


@pytest.mark.usefixtures("temporary")
def test_killed_owner_leaves_no_process_port_or_file(tmp_path: Path) -> None:
    ends = tmp_path / "ends"
    services = {name: listener(ends, name) for name in ("a", "b", "c")}
    script = (
        "import sys, json, pathlib, time\n"
        "from recorder import StageSettings, open_stage\n"
        f"folder = pathlib.Path({str(tmp_path)!r})\n"
        "settings = StageSettings.model_validate(json.loads(sys.argv[1]))\n"
        "stage = open_stage(settings, beside=folder, log=folder / 'stage.log')\n"
        "print(*[each.place.port for each in stage.services], flush=True)\n"
        "time.sleep(600)"
    )
    settings = several(services).model_dump_json()
    owner = subprocess.Popen([sys.executable, "-c", script, settings], stdout=subprocess.PIPE)
    with owner:
        assert owner.stdout is not None
        ports = [int(word) for word in owner.stdout.readline().split()]
        started = psutil.Process(owner.pid).children(recursive=True)
        assert len(started) == 6
        os.kill(owner.pid, signal.SIGKILL)
    _, alive = psutil.wait_procs(started, timeout=20)
    assert alive == []
    assert ends.read_text().split() == ["c", "b", "a"]
    for port in ports:
        with socket.socket() as probe:
            assert probe.connect_ex(("127.0.0.1", port)) != 0


def test_command_ends_where_its_keeper_is_killed(tmp_path: Path, family: Family) -> None:
    with open_here(several({"web": {"command": SERVER}}), tmp_path) as stage:
        started = family()
        assert stage.services[0].process is not None
        os.kill(stage.services[0].process.pid, signal.SIGKILL)
        _, alive = psutil.wait_procs(started, timeout=20)
    assert alive == []
