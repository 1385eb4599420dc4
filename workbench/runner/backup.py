"""Backups: a folder with dumps of the database, the archive, the keys, and a list of them with their SHA-256.

The archive only grows, so a second backup into the same folder copies what is new. Everything is written under another
name first and listed last: a backup that was cut off leaves the earlier one whole.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import Any

LIST = "backup.json"
FORM = 1  # of that list
ARCHIVE, KEYS = "archive", "keys"
UNFINISHED = ".unfinished"
PIECE = 2**20  # bytes read at a time


class NoBackup(Exception):
    """A folder cannot take a backup, or holds none that can be restored. The message may be shown to a person."""


@dataclass(frozen=True)
class File:
    """A file of a backup: its bytes and their SHA-256."""

    size: int
    sha256: str


@dataclass(frozen=True)
class Backup:
    """What a backup holds: its files by their paths in the folder, and what the desk was called when it was made."""

    made_at: str
    dump: str  # the newest one
    files: Mapping[str, File]
    desk: Mapping[str, str] = field(default_factory=dict)

    def below(self, folder: str) -> Iterator[tuple[str, str]]:
        """Yield the files of one folder: each by its path in the backup, and by its path in that folder."""
        for path in self.files:
            if path.startswith(f"{folder}/"):
                yield path, path.removeprefix(f"{folder}/")


NOTHING = Backup("", "", {})


def take(
    folder: Path,
    dump: Callable[[Path], None],
    archive: Path | None,
    keys: Iterable[Path],
    desk: Mapping[str, str],
    keep: int,
) -> Backup:
    """Make a backup into a folder of its own, and return it. ``keep`` dumps stay, the newest ones.

    The database goes first: the archive then has every capture that the dump names. Raises ``NoBackup`` and
    ``OSError``.
    """
    _require_own(folder, archive)
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    if not (folder / LIST).exists():
        _write(folder, NOTHING)  # this marks the folder as ours, should we be cut off
    earlier, now = read(folder), datetime.now(UTC)
    name = f"desk-{now:%Y-%m-%dT%H%M%S}Z.dump"
    draft = folder / (name + UNFINISHED)
    draft.touch(mode=0o600)
    dump(draft)
    files = {name: File(draft.stat().st_size, _hash(draft))}
    draft.replace(folder / name)
    files.update(_archived(folder, archive, earlier) if archive else {})
    for key in keys:
        files[f"{KEYS}/{key.name}"] = copied(key, folder / KEYS / key.name)
    older = sorted(path for path in earlier.files if path.endswith(".dump"))
    kept = older[-(keep - 1) :] if keep > 1 else []
    made = Backup(now.isoformat(), name, {**{path: earlier.files[path] for path in kept}, **files}, desk)
    _write(folder, made)
    for path in set(older) - set(kept):
        (folder / path).unlink(missing_ok=True)
    return made


def read(folder: Path) -> Backup:
    """Return what a folder holds by its list. Raises ``NoBackup`` where it is no backup, or one of a newer version."""
    try:
        found = json.loads((folder / LIST).read_text(encoding="utf-8"))
        if found.pop("form") != FORM:
            raise NoBackup(f"A newer version of the workbench made the backup in {folder}. Use that version.")
        files = {_safe(path): File(**file) for path, file in found.pop("files").items()}
        return Backup(files=files, **found)
    except FileNotFoundError as error:
        raise NoBackup(f"{folder} holds no backup: there is no {LIST}.") from error
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise NoBackup(f"{folder / LIST} is damaged: {error}") from error


def faults(folder: Path, backup: Backup) -> Iterator[str]:
    """Yield what is wrong with the files of a backup: which are missing, and which are not as they were listed."""
    for path, file in backup.files.items():
        place = folder / path
        if not place.is_file():
            yield f"{path} is missing."
        elif place.stat().st_size != file.size or _hash(place) != file.sha256:
            yield f"{path} is damaged: its SHA-256 is not the one in {LIST}."


def put_back(folder: Path, backup: Backup, target: Path) -> int:
    """Copy the archive of a backup to its place; return how many files. Raises ``OSError``."""
    number = 0
    for path, inside in backup.below(ARCHIVE):
        copied(folder / path, target / inside)
        number += 1
    return number


def _require_own(folder: Path, archive: Path | None) -> None:
    """Refuse a folder with other files, or one inside the archive, which would then hold its own copy."""
    if archive and (folder == archive or archive in folder.parents):
        raise NoBackup("A backup inside the archive would copy itself. Choose another folder, best on another disk.")
    if folder.exists() and not folder.is_dir():
        raise NoBackup(f"{folder} is a file. Name a folder.")
    if folder.is_dir() and not (folder / LIST).exists() and any(folder.iterdir()):
        raise NoBackup(f"{folder} holds other files and no backup. Choose an empty folder or a new one.")


def _archived(folder: Path, archive: Path, earlier: Backup) -> Iterator[tuple[str, File]]:
    """Copy the archive; yield each file by its path in the backup."""
    for path in _below(archive):
        inside = f"{ARCHIVE}/{path.relative_to(archive).as_posix()}"
        yield inside, copied(path, folder / inside, earlier.files.get(inside))


def _below(folder: Path) -> Iterator[Path]:
    """Yield the files in a folder, in a constant order; links are not followed."""
    for place, folders, names in os.walk(folder):
        folders.sort()
        yield from (Path(place, name) for name in sorted(names) if not Path(place, name).is_symlink())


def copied(source: Path, target: Path, earlier: File | None = None) -> File:
    """Copy a file unless an earlier backup has it with this size: files of the archive are only added to.

    Return its bytes and SHA-256. Nobody else may read the copy. Raises ``OSError``.
    """
    if earlier and target.is_file() and target.stat().st_size == earlier.size == source.stat().st_size:
        return earlier
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = target.with_name(target.name + UNFINISHED)
    hashed, size = hashlib.sha256(), 0
    with source.open("rb") as file, draft.open("wb") as copy:
        draft.chmod(0o600)
        while piece := file.read(PIECE):
            copy.write(piece)
            hashed.update(piece)
            size += len(piece)
        copy.flush()
        os.fsync(copy.fileno())
    shutil.copystat(source, draft)
    draft.chmod(0o600)
    draft.replace(target)
    return File(size, hashed.hexdigest())


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _write(folder: Path, backup: Backup) -> None:
    content: dict[str, Any] = {"form": FORM, **asdict(backup)}
    draft = folder / (LIST + UNFINISHED)
    draft.touch(mode=0o600)
    draft.write_text(json.dumps(content, indent=1, ensure_ascii=False), encoding="utf-8")
    draft.replace(folder / LIST)


def _safe(path: str) -> str:
    """Return a path of the list. Raises ``ValueError`` for one that leads out of the folder."""
    parts = PurePosixPath(path)
    if parts.is_absolute() or ".." in parts.parts:
        raise ValueError(f"{path} leads out of the backup")
    return path
