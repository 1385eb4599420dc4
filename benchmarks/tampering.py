"""Tampering: a package is made by the product and tampered with in every way; how many our verifier does not notice.

Each tampering is done as it is, and again with everything that depends on it recomputed: the hashes (1), the index and
the list of pages too (2), the chain too (3). Beside us `warcio check` and `wacz validate` look at the same files.
"""

from __future__ import annotations

import contextlib
import io
import json
import re
import tempfile
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from wacz.main import main as validate
from warcio.cli import main as warcio

from benchmarks import authority, forging
from benchmarks.desk import desk
from benchmarks.measuring import arguments, files, report, say
from sources.archive import trust, verify, wacz

KINDS = (".wacz", ".warc", ".warc.gz", ".warc.gz.bad")
# Files of others are named for what they are, and these of warcio's tests are broken on purpose (its test_check.py).
NAMED_BROKEN = re.compile(r"invalid|tamper|broken|corrupt|forged|truncated", re.IGNORECASE)
BROKEN = {
    *("example-bad-non-chunked.warc.gz", "example-bad.warc.gz.bad", "example-digest.warc", "example-trunc.warc"),
    "example-wrong-chunks.warc.gz",
}


class Seen(NamedTuple):
    """What was said of a file: whether each takes it for sound; None when it has nothing to say.

    ``ours`` is of who asks for stamps that lead to the root that the desk named, ``plain`` of who asks for nothing.
    """

    ours: bool
    plain: bool
    wacz: bool | None
    warcio: bool | None


def main() -> None:
    """Take the figures."""
    data = arguments(str(__doc__)).data
    with tempfile.TemporaryDirectory(prefix="tampering-") as name:
        folder = Path(name)
        made = packaged(folder)
        root = trust.certificates((folder / "authority" / "root.pem").read_text())[0].fingerprint
        sound = looked_at(folder, (folder / "package.wacz").read_bytes(), root)
        if sound != Seen(ours=True, plain=True, wacz=True, warcio=True):
            raise SystemExit(f"The package is not taken for sound before anything is done to it: {sound}")
        rows = dict(matrix(folder, (folder / "package.wacz").read_bytes(), root))
        others = dict(of_others(folder, data))
    missed = [name for name, seen in rows.items() if seen.ours]
    missed += [name for name, (seen, good) in others.items() if seen.ours and not good]
    wrong = [name for name, (seen, good) in others.items() if seen.ours != good]
    report(
        missed=len(missed),
        tamperings=len(rows),
        missed_rows=missed,
        missed_without_root=[name for name, seen in rows.items() if seen.plain],
        package=made,
        others=len(others),
        others_wrong=wrong,
        reference={
            "wacz validate": missed_by("wacz", rows, others),
            "warcio check": missed_by("warcio", rows, others),
        },
    )


def packaged(folder: Path) -> dict[str, Any]:
    """Have the product make a package; return what is in it."""
    say("fetching, sealing, stamping and handing over a package")
    with desk(WORKBENCH_SAMPLE="1", WORKBENCH_LOG_LEVEL="ERROR") as own:
        own.run("-m", "benchmarks.packaging", str(folder))
    about: dict[str, Any] = json.loads((folder / "package.json").read_text())
    return about


def matrix(folder: Path, package: bytes, root: str) -> Iterator[tuple[str, Seen]]:
    """Return what was seen of every tampering."""
    for name, tampered in forging.tamperings(package, restamped(folder)):
        seen = looked_at(folder, tampered, root)
        say(f"{'MISSED' if seen.ours else 'caught'}  {name}  (wacz {seen.wacz}, warcio {seen.warcio})")
        yield name, seen


def restamped(folder: Path) -> Callable[[str], tuple[bytes, bytes]]:
    """Return what a forger does who has an authority of their own: token and certificates on any hash."""
    keys = folder / "forger"
    keys.mkdir()
    (keys / "serial").write_text("01\n")
    authority.make_keys(keys, "RSA")

    def stamp(text: str) -> tuple[bytes, bytes]:
        return authority.stamped(keys, text), (keys / "signer.pem").read_bytes() + (keys / "root.pem").read_bytes()

    return stamp


def looked_at(folder: Path, package: bytes, root: str) -> Seen:
    """Return what the three say of a package. We get the root certificate that the desk names, as a receiver would."""
    path = folder / "tampered.wacz"
    path.write_bytes(package)
    out, plain = verify.check(path, root), verify.check(path)
    others = wacz_of(path), warcio_of(folder, package)
    return Seen(not out.faults and out.stamped, not plain.faults, *others)


def warcio_of(folder: Path, package: bytes) -> bool | None:
    """Return what `warcio check` says of the archive in a package; None when there is none."""
    try:
        with zipfile.ZipFile(io.BytesIO(package)) as opened:
            archive = opened.read(wacz.ARCHIVE)
    except (zipfile.BadZipFile, KeyError):
        return None
    path = folder / "archive.warc.gz"
    path.write_bytes(archive)
    return checked(path)


def checked(path: Path) -> bool:
    """Return whether `warcio check` takes a file for sound."""
    return quietly(lambda: warcio(["check", str(path)])) == 0


def wacz_of(path: Path) -> bool:
    """Return whether `wacz validate` takes a package for sound."""
    return quietly(lambda: validate(["validate", "-f", str(path)])) == 0


def quietly(program: Callable[[], Any]) -> int:
    """Return how a program ended that was run in here; whatever it raises is no yes."""
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        try:
            return int(program() or 0)
        except SystemExit as ended:
            return int(ended.code or 0) if not isinstance(ended.code, str) else 1
        except Exception:  # noqa: BLE001 -- they fail on broken files in ways of their own
            return 1


def of_others(folder: Path, data: Path) -> Iterator[tuple[str, tuple[Seen, bool]]]:
    """Return what was seen of files that others made, and whether each is sound."""
    # Where neither archive is there, both names lead to the same files.
    given = dict.fromkeys(file for kind in ("wacz", "warc") for file in files(data, kind) if file[0].endswith(KINDS))
    for number, (name, content) in enumerate(given):
        path = folder / f"other-{number}-{Path(name).name}"
        path.write_bytes(content)
        ours = not verify.check(path).faults
        is_package = name.endswith(".wacz")
        seen = Seen(ours, ours, wacz_of(path) if is_package else None, None if is_package else checked(path))
        good = Path(name).name not in BROKEN and not NAMED_BROKEN.search(name)
        say(f"{'right' if ours == good else 'WRONG'}   {name}: {'sound' if good else 'broken'}; {seen}")
        yield f"{number} {name}", (seen, good)


def missed_by(who: str, rows: dict[str, Seen], others: dict[str, tuple[Seen, bool]]) -> dict[str, Any]:
    """Return how many tamperings another program takes for sound, and which files of others it judges wrongly."""
    judged = Counter(getattr(seen, who) for seen in rows.values())
    wrong = [name for name, (seen, good) in others.items() if getattr(seen, who) not in {None, good}]
    return {"missed": judged[True], "others_wrong": wrong}


if __name__ == "__main__":
    main()
