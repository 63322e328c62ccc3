"""A hub for a course: five users, and ngshare, through which they exchange assignments."""

from __future__ import annotations

import os
import socket
import sys
from pathlib import Path

_PORT = os.environ["HUB_PORT"]
_STATE = Path(os.environ["HUB_STATE"])
_FOLDER = Path(os.environ["HUB_FOLDER"])
_USERS = {"admin", "kevin", "abigail", "lawrence", "eric"}
_PROGRAMS = f"{Path(sys.executable).parent}:/usr/bin:/bin"


def _free_ports(count):
    probes = [socket.socket() for _ in range(count)]
    for probe in probes:
        probe.bind(("127.0.0.1", 0))
    ports = [probe.getsockname()[1] for probe in probes]
    for probe in probes:
        probe.close()
    return ports


_hub, _proxy, _ngshare = _free_ports(3)
for _user in _USERS:
    (_STATE / "homes" / _user).mkdir(parents=True, exist_ok=True)

c = get_config()  # noqa: F821 - JupyterHub's own
c.JupyterHub.bind_url = f"http://127.0.0.1:{_PORT}"
c.JupyterHub.hub_ip = "127.0.0.1"
c.JupyterHub.hub_port = _hub
c.ConfigurableHTTPProxy.api_url = f"http://127.0.0.1:{_proxy}"
c.ConfigurableHTTPProxy.pid_file = str(_STATE / "proxy.pid")
c.JupyterHub.db_url = f"sqlite:///{_STATE}/jupyterhub.sqlite"
c.JupyterHub.cookie_secret_file = str(_STATE / "cookie_secret")
c.JupyterHub.authenticator_class = "dummy"
c.DummyAuthenticator.password = "demo"  # noqa: S105 - of users that are made up
c.Authenticator.allowed_users = _USERS
c.Authenticator.admin_users = {"admin"}
c.JupyterHub.spawner_class = "simple"
c.SimpleLocalProcessSpawner.home_dir_template = f"{_STATE}/homes/{{username}}"
# Formgrader and feedback are shown in frames; terminals are login shells, which lose PATH.
c.Spawner.args = [
    "--allow-root",
    "--NotebookApp.tornado_settings="
    "{'headers': {'Content-Security-Policy': \"frame-ancestors 'self'\"}}",
    "--NotebookApp.terminado_settings="
    f"{{'shell_command': ['/bin/bash', '--rcfile', '{_FOLDER}/terminal.bashrc']}}",
    "--NotebookApp.show_banner=False",
]
c.Spawner.default_url = "/tree"
c.Spawner.http_timeout = 90
c.Spawner.start_timeout = 120
c.Spawner.environment = {
    "PATH": _PROGRAMS,
    "HUB_PROGRAMS": _PROGRAMS,
    "JUPYTERHUB_SINGLEUSER_APP": "notebook.notebookapp.NotebookApp",
    "JUPYTER_PREFER_ENV_PATH": "1",
    "JUPYTER_CONFIG_PATH": f"{_FOLDER}/jupyter",
    "PROXY_PUBLIC_URL": f"http://127.0.0.1:{_PORT}",
}
c.JupyterHub.services = [
    {
        "name": "ngshare",
        "url": f"http://127.0.0.1:{_ngshare}",
        "command": [
            sys.executable,
            f"{_FOLDER}/ngshare_loopback.py",
            "--admins",
            "admin",
            "--database",
            f"sqlite:///{_STATE}/ngshare.db",
            "--storage",
            f"{_STATE}/ngshare_files",
        ],
        "oauth_no_confirm": True,
    }
]
c.JupyterHub.load_roles = [
    {"name": "user", "scopes": ["self", "access:services!service=ngshare"]},
    {
        "name": "server",
        "scopes": [
            "users:activity!user",
            "access:servers!server",
            "read:users:name!user",
            "read:users:groups!user",
            "access:services!service=ngshare",
        ],
    },
]
