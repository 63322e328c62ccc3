"""Starts the library, a small Django admin, as a stage: installed, seeded anew, in the foreground.

The database lies in the current folder and is made afresh. Sign in as admin with admin.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
from pathlib import Path

from tests.applications.installation import become, install_python

_ROOT = Path(__file__).resolve().parents[3]
_MANAGE = _ROOT / "storyboards" / "stages" / "library" / "manage.py"


def main() -> None:
    """Install what is missing, fill the database, and become the server."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, required=True, help="where it answers, on 127.0.0.1")
    parser.add_argument(
        "--django",
        default=os.environ.get("DJANGO_VERSION", "5.2"),
        metavar="VERSION",
        help="such as 4.2 or 5.2",
    )
    options = parser.parse_args()
    if not re.fullmatch(r"\d+(\.\d+)*", options.django):
        parser.error(f"{options.django!r} is no version")
    environment = install_python(f"django-{options.django}", f"django=={options.django}.*")
    python = environment / "bin" / "python"
    subprocess.run([python, _MANAGE, "seed"], check=True)
    address = f"127.0.0.1:{options.port}"
    # Without --insecure Django serves no style sheets unless it is in debug mode.
    become(python, str(_MANAGE), "runserver", address, "--noreload", "--insecure")


if __name__ == "__main__":
    main()
