"""What every benchmark shares: its arguments, data packed or unpacked, and the one line of figures at its end."""

from __future__ import annotations

import argparse
import gzip
import json
import os
import platform
import sys
import tarfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NoReturn

from django.conf import settings

PACKED = (".tar.gz", ".tgz", ".tar")
UNUSABLE = 2  # how a benchmark ends when the data are not there or not of the layout


def arguments(about: str, **more: Any) -> argparse.Namespace:
    """Return the arguments of a benchmark: ``--data``, where it has any, and numbers with their usual values."""
    parser = argparse.ArgumentParser(description=about)
    needed = more.pop("data", True)
    parser.add_argument(
        "--data", type=_absolute, required=needed, help="a folder or file of the layout of ../shared/data"
    )
    for name, usual in more.items():
        parser.add_argument(f"--{name}", type=type(usual), default=usual, help=f"usually {usual}")
    given = parser.parse_args()
    if needed and not given.data.exists():
        unusable(f"There is no {given.data}.")
    return given


def unusable(why: str) -> NoReturn:
    """End the benchmark, saying what is wrong with the data."""
    say(why)
    raise SystemExit(UNUSABLE)


def without_apps() -> None:
    """Let messages be made, and pages be parsed apart, where no application is set up; messages stay in English."""
    if not settings.configured:
        settings.configure(USE_I18N=False, ROOT=Path(__file__).parents[1])


def say(words: str) -> None:
    """Tell the progress on the terminal."""
    sys.stderr.write(f"{words}\n")
    sys.stderr.flush()


def report(**figures: Any) -> None:
    """Print the figures as the last line of the output."""
    sys.stdout.write(json.dumps(figures | {"machine": machine()}, allow_nan=False) + "\n")
    sys.stdout.flush()


def share(part: int, whole: int) -> float | None:
    """Return a part as a share of the whole; None where there is nothing to have a share of."""
    return part / whole if whole else None


def machine() -> str:
    """Return what the figures were taken on, in a few words."""
    return f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}, CPython {platform.python_version()}"


def files(data: Path, name: str) -> Iterator[tuple[str, bytes]]:
    """Return the path and content of every file of an archive, which is given as such, unpacked, or in a folder.

    ``name`` is that of the archive without its ending. A file that is no archive stands for itself. What hides behind
    a dot, as file managers leave it about, is no part of the data.
    """
    for path, content in _every(data, name):
        if not Path(path).name.startswith("."):
            yield path.removeprefix("./"), content


def _every(data: Path, name: str) -> Iterator[tuple[str, bytes]]:
    if data.is_file():
        yield from _packed(data) if data.name.endswith(PACKED) else [(data.name, data.read_bytes())]
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
    """Return the content of one file of a folder, whether packed as ``.gz`` or not; nothing when it is not there.

    ``name`` has no such ending.
    """
    found = next((path for path in (data / f"{name}.gz", data / name) if path.is_file()), None)
    return unpacked(found.name, found.read_bytes()) if found else b""


def unpacked(name: str, content: bytes) -> bytes:
    """Return the content of a file decompressed, if it is compressed."""
    if not content.startswith(b"\x1f\x8b"):
        return content
    try:
        return gzip.decompress(content)
    except (OSError, EOFError, zlib.error) as error:
        unusable(f"{name} cannot be read: {error}")


def _packed(path: Path) -> Iterator[tuple[str, bytes]]:
    try:
        with tarfile.open(path) as archive:
            for member in archive:
                content = archive.extractfile(member) if member.isfile() else None
                if content is not None:
                    yield member.name, content.read()
    except (tarfile.TarError, OSError, EOFError, zlib.error) as error:
        unusable(f"{path.name} cannot be read: {error}")


def _absolute(path: str) -> Path:
    return Path(path).expanduser().absolute()
