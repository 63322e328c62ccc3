"""Starts a release of JupyterLab, with a folder of files to look at.

    python -m tests.applications.jupyterlab.start --port 8888 --version 4.0.13 --scratch FOLDER

It shows the current folder; where that is empty, files are copied to it.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
from pathlib import Path

from tests.applications.installation import become, install_python

_SEED = Path(__file__).parent / "files"
_NO_NEWS = {
    "@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": False}
}
_PLACES = (
    "IPYTHONDIR",
    "JUPYTERLAB_SETTINGS_DIR",
    "JUPYTERLAB_WORKSPACES_DIR",
    "JUPYTER_CONFIG_DIR",
    "JUPYTER_DATA_DIR",
    "JUPYTER_RUNTIME_DIR",
)


def main() -> None:
    """Install the release where it is missing, and become it."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--version", default=os.environ.get("JUPYTERLAB_VERSION", "4.0.13"))
    parser.add_argument("--scratch", type=Path, required=True, help="for settings and the like")
    options = parser.parse_args()
    environment = install_python(f"jupyterlab-{options.version}", f"jupyterlab=={options.version}")
    settings = environment / "share" / "jupyter" / "lab" / "settings"
    settings.mkdir(parents=True, exist_ok=True)
    (settings / "overrides.json").write_text(json.dumps(_NO_NEWS), encoding="utf-8")
    if not any(Path.cwd().iterdir()):
        shutil.copytree(_SEED, Path.cwd(), dirs_exist_ok=True)
    become(
        environment / "bin" / "jupyter-lab",
        "--no-browser",
        "--allow-root",
        "--ip=127.0.0.1",
        f"--port={options.port}",
        "--port-retries=0",
        f"--ServerApp.root_dir={Path.cwd()}",
        "--IdentityProvider.token=",
        environment={name: str(options.scratch.resolve() / name.lower()) for name in _PLACES},
    )


if __name__ == "__main__":
    main()
