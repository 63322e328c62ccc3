"""JupyterLab with OpenRefine and Adminer, which run already, at addresses of its own."""

import os


def _entry(title: str, port: str, path: str) -> dict:
    return {
        "command": [],
        "port": int(os.environ[port]),
        "absolute_url": False,
        "launcher_entry": {"title": title, "path_info": path},
    }


c = get_config()  # noqa: F821 - Jupyter's own
c.ServerProxy.servers = {
    "openrefine": _entry("OpenRefine", "OPENREFINE_PORT", "openrefine/"),
    "adminer": _entry("Adminer", "ADMINER_PORT", "adminer/adminer/"),
}
