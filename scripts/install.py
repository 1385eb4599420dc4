"""Install the packages of a requirements file: by uv, which takes half as long, or by pip where uv cannot.

pip stays the measure. What somebody has set for it (a mirror, a proxy, a certificate) holds for uv as well, and a
setting that uv has no word for leaves the work to pip. So does whatever goes wrong with uv.

Usage: .venv/bin/python scripts/install.py requirements.txt
"""

from __future__ import annotations

import ast
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

UV = "uv==0.13.9"
PIP = [sys.executable, "-m", "pip"]
QUIETLY = ["install", "-qq", "--disable-pip-version-check", "--no-input"]
# Settings of pip and the variables by which uv has them, with what stands between two values of one.
SAME = {
    "index-url": ("UV_DEFAULT_INDEX", " "),
    "extra-index-url": ("UV_INDEX", " "),
    "find-links": ("UV_FIND_LINKS", ","),
    "constraint": ("UV_CONSTRAINT", " "),
    "cert": ("SSL_CERT_FILE", ""),
    "default-timeout": ("UV_HTTP_TIMEOUT", ""),
    "timeout": ("UV_HTTP_TIMEOUT", ""),
}
# These say nothing of where packages come from, or which.
OF_PIP_ALONE = {
    *("break-system-packages", "cache-dir", "disable-pip-version-check", "no-cache-dir", "no-color", "no-input"),
    *("no-warn-script-location", "progress-bar", "quiet", "require-virtualenv", "retries", "root-user-action"),
}


def main(requirements: str) -> int:
    """Install them; return 0, or what pip ended with."""
    settings = settings_of_uv(said_by_pip())
    if settings is not None and installed_by_uv(requirements, settings):
        return 0
    return subprocess.call([*PIP, *QUIETLY, "-r", requirements])


def said_by_pip() -> str:
    """Return what is set for pip, in files and variables, a line each: ``global.index-url='https://…'``."""
    return subprocess.run([*PIP, "config", "list"], check=False, capture_output=True, text=True).stdout


def settings_of_uv(said: str) -> dict[str, str] | None:
    """Return the same settings as variables for uv; None where one of them has no such variable.

    A variable of pip (``:env:``) holds before its files, as with pip itself.
    """
    settings = {"UV_INDEX_STRATEGY": "unsafe-best-match"}  # as pip: of all indexes, and we name each version
    for line in sorted(said.splitlines(), key=lambda line: line.startswith(":env:")):
        name, _equals, value = line.partition("=")
        section, _dot, name = name.rpartition(".")
        if section not in {":env:", "global", "install"} or name in OF_PIP_ALONE:
            continue
        if name not in SAME:
            return None
        variable, between = SAME[name]
        values = ast.literal_eval(value).split()
        if len(values) > 1 and not between:
            return None
        settings[variable] = between.join(values)
    return settings


def installed_by_uv(requirements: str, settings: dict[str, str]) -> bool:
    """Say whether uv has installed them. It is had for this alone, and keeps its downloads as pip does."""
    with tempfile.TemporaryDirectory() as folder:
        uv = [Path(folder, "bin", "uv"), "pip", "install", "--quiet", "--compile-bytecode", "--python", sys.executable]
        return silent([*PIP, *QUIETLY, "--only-binary", ":all:", "--target", folder, UV], {}) and silent(
            [*uv, "-r", requirements], settings
        )


def silent(command: Sequence[str | Path], settings: dict[str, str]) -> bool:
    """Say whether a program ends well; what it says is left to pip, which is asked next."""
    done = subprocess.run(command, check=False, env=os.environ | settings, stderr=subprocess.DEVNULL)
    return done.returncode == 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
