"""Install the packages of a requirements file: by uv, which takes half as long, or by pip where uv cannot.

What is set for pip (a mirror, a certificate, a folder for downloads) holds for uv as well. A setting that uv has no
word for leaves the work to pip. So does whatever goes wrong with uv.

Usage: .venv/bin/python scripts/install.py requirements.txt
"""

from __future__ import annotations

import ast
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

UV = "uv==0.13.9"
PIP = [sys.executable, "-m", "pip"]
QUIETLY = ["install", "-qq", "--disable-pip-version-check", "--no-input"]
HERE = Path(sys.prefix)  # the environment; a folder for temporary files may not allow programs to run
# Settings of pip and the variables by which uv has them, with what stands between two values of one.
SAME = {
    "index-url": ("UV_DEFAULT_INDEX", " "),
    "extra-index-url": ("UV_INDEX", " "),
    "find-links": ("UV_FIND_LINKS", ","),
    "constraint": ("UV_CONSTRAINT", " "),
    "cert": ("SSL_CERT_FILE", ""),
    "default-timeout": ("UV_HTTP_TIMEOUT", ""),
    "timeout": ("UV_HTTP_TIMEOUT", ""),
    "cache-dir": ("UV_CACHE_DIR", ""),
    "no-cache-dir": ("UV_NO_CACHE", ""),
}
# These say nothing of where packages come from, or which.
OF_PIP_ALONE = {
    *("break-system-packages", "config-file", "disable-pip-version-check", "no-color", "no-input", "no-python-version"),
    *("no-warn-script-location", "progress-bar", "quiet", "require-virtualenv", "retries", "root-user-action"),
}


def main(requirements: str) -> int:
    """Install them; return 0, or what pip ended with."""
    settings = settings_of_uv(said_by_pip())
    if settings is not None and installed_by_uv(requirements, settings):
        return 0
    return subprocess.call([*PIP, *QUIETLY, "-r", requirements])


def said_by_pip() -> str | None:
    """Return what is set for pip, in files and variables, a line each: ``global.index-url='https://…'``.

    None if pip ends with an error. With ``PIP_QUIET``, pip prints no settings, so that is turned off.
    """
    spoken = os.environ | {"PIP_QUIET": "0"}
    said = subprocess.run([*PIP, "config", "list"], check=False, capture_output=True, text=True, env=spoken)
    return said.stdout if said.returncode == 0 else None


def settings_of_uv(said: str | None) -> dict[str, str] | None:
    """Return the same settings as variables for uv; None where one of them has no such variable.

    A variable of pip (``:env:``) holds before its files, and an empty one does not count, as with pip itself.
    """
    if said is None:
        return None
    settings = {"UV_INDEX_STRATEGY": "unsafe-best-match"}  # as pip: of all indexes, and we name each version
    for line in sorted(said.splitlines(), key=lambda line: line.startswith(":env:")):
        name, _equals, value = line.partition("=")
        section, _dot, name = name.rpartition(".")
        if section not in {":env:", "global", "install"} or name in OF_PIP_ALONE:
            continue
        values = ast.literal_eval(value).split()
        if not values:
            continue
        if name not in SAME:
            return None
        variable, between = SAME[name]
        if len(values) > 1 and not between:
            return None
        settings[variable] = between.join(values)
    return settings


def installed_by_uv(requirements: str, settings: Mapping[str, str]) -> bool:
    """Say whether uv has installed them. It is had for this alone."""
    with tempfile.TemporaryDirectory(dir=HERE) as folder:
        uv = [Path(folder, "bin", "uv"), "pip", "install", "--no-config", "--quiet", "--compile-bytecode"]
        had = silent([*PIP, *QUIETLY, "--retries", "1", "--only-binary", ":all:", "--target", folder, UV], {})
        return had and silent([*uv, "--python", sys.executable, "-r", requirements], settings)


def silent(command: Sequence[str | Path], settings: Mapping[str, str]) -> bool:
    """Say whether a program ends well; what it says is left to pip, which is asked next.

    What somebody has set for uv elsewhere does not count: pip would not know of it.
    """
    kept = {name: value for name, value in os.environ.items() if not name.startswith("UV_")}
    try:
        return subprocess.run(command, check=False, env=kept | settings, stderr=subprocess.DEVNULL).returncode == 0
    except OSError:  # it cannot be run here
        return False


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
