"""What every benchmark shares: its arguments, data packed or unpacked, and the one line of figures at its end."""

from __future__ import annotations

import argparse
import gzip
import json
import os
import platform
import sys
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings

PACKED = (".tar.gz", ".tgz", ".tar")


def arguments(about: str, **more: Any) -> argparse.Namespace:
    """Return the arguments of a benchmark: ``--data``, where it has any, and numbers with their usual values."""
    parser = argparse.ArgumentParser(description=about)
    needed = more.pop("data", True)
    parser.add_argument("--data", type=Path, required=needed, help="a folder or file of the layout of ../shared/data")
    for name, usual in more.items():
        parser.add_argument(f"--{name}", type=type(usual), default=usual, help=f"usually {usual}")
    return parser.parse_args()


def without_apps() -> None:
    """Let messages be made where no application is set up: they stay in English."""
    if not settings.configured:
        settings.configure(USE_I18N=False)


def say(words: str) -> None:
    """Tell the progress to whoever watches."""
    sys.stderr.write(f"{words}\n")
    sys.stderr.flush()


def report(**figures: Any) -> None:
    """Print the figures as the last line of the output."""
    sys.stdout.write(json.dumps(figures | {"machine": machine()}, ensure_ascii=False) + "\n")
    sys.stdout.flush()


def machine() -> str:
    """Return what the figures were taken on, in a few words."""
    return f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}, CPython {platform.python_version()}"


def files(data: Path, name: str) -> Iterator[tuple[str, bytes]]:
    """Return the path and content of every file of an archive, which is given as such, unpacked, or in a folder.

    ``name`` is that of the archive without its ending.
    """
    if data.is_file():
        yield from _packed(data)
        return
    for ending in PACKED:
        if (data / f"{name}{ending}").is_file():
            yield from _packed(data / f"{name}{ending}")
            return
    folder = data / name if (data / name).is_dir() else data
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield path.relative_to(folder).as_posix(), path.read_bytes()


def read(data: Path, name: str) -> bytes:
    """Return the content of one file of a folder, whether packed as ``.gz`` or not. ``name`` has no such ending."""
    for path in (data / f"{name}.gz", data / name):
        if path.is_file():
            content = path.read_bytes()
            return gzip.decompress(content) if content.startswith(b"\x1f\x8b") else content
    raise SystemExit(f"There is no {name} in the data.")


def _packed(path: Path) -> Iterator[tuple[str, bytes]]:
    with tarfile.open(path) as archive:
        for member in archive:
            content = archive.extractfile(member) if member.isfile() else None
            if content is not None:
                yield member.name.removeprefix("./"), content.read()
