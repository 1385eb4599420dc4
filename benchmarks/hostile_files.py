"""200 hostile files of every kind that a desk takes: bombs, lies, traps, names; good ones cut, mangled or renamed."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from benchmarks import hostile_media, hostile_texts, hostile_zips
from benchmarks.hostile_media import film, id3, pages, picture, sound
from tests.sources.formats.files import samples

NUMBER = 200
NAMES = (
    *(
        "../../../../tmp/escaped",
        "..\\..\\windows.txt",
        "/etc/passwd",
        "كشف الحساب.pdf",
        "a\x00b.txt",
        "x" * 5_000 + ".txt",
    ),
    *(
        "CON",
        ".htaccess",
        "\u202efdp.exe",
        "a\nSet-Cookie: b.txt",
        "",
        "%2e%2e%2f.txt",
        "<script>alert(1)</script>.txt",
    ),
    *("'; DROP TABLE x; --.txt", "😀👩‍👩‍👧.txt", "~root", "|id", "$(id).txt", "con\u0301.txt", " . "),
)
GOOD: dict[str, Callable[[], bytes]] = {
    "good.docx": samples.word,
    "good.odt": samples.opendocument,
    "good.xlsx": samples.workbook,
    "good.eml": samples.mail,
    "good.html": samples.single_file,
    "good.mhtml": samples.mhtml,
    "good.warc.gz": samples.warc,
    "good.wacz": lambda: samples.wacz(samples.warc()),
    "good.pdf": lambda: pages(3),
    "good.png": lambda: picture("PNG"),
    "good.jpg": lambda: picture("JPEG"),
    "good.gif": lambda: picture("GIF"),
    "good.webp": lambda: picture("WEBP"),
    "good.tiff": lambda: picture("TIFF"),
    "good.wav": sound,
    "good.mp3": lambda: id3(b"TIT2\x00\x00\x00\x06\x00\x00\x03title", 26),
    "good.mp4": film,
}


@dataclass(frozen=True)
class HostileFile:
    """A file as somebody brings it: what is hostile about it, its name, and its bytes, made when they are needed."""

    what: str
    name: str
    make: Callable[[], bytes]


def made() -> Iterator[HostileFile]:
    """Yield the files, always the same ones."""
    special = hostile_zips.FILES | hostile_texts.FILES | hostile_media.FILES
    listed = [
        HostileFile("nothing", "empty.pdf", bytes),
        *(HostileFile(f"name {at}", name, f"The text of number {at}.".encode) for at, name in enumerate(NAMES)),
        *(HostileFile(name, name, make) for name, make in special.items()),
    ]
    yield from listed
    rest = spoiled()
    for _number in range(NUMBER - len(listed)):
        yield next(rest)


def spoiled() -> Iterator[HostileFile]:
    """Yield good files that were cut, renamed or mangled, without an end."""
    names = list(GOOD)
    for round_ in range(1_000):
        for at, name in enumerate(names):
            other = names[(at + 1 + round_) % len(names)]
            way = ("cut", "mangled", "renamed")[(at + round_) % 3]
            yield HostileFile(
                f"{way} {name} {round_}",
                other if way == "renamed" else name,
                lambda n=name, w=way, s=round_: _spoil(n, w, s),
            )


def _spoil(name: str, way: str, seed: int) -> bytes:
    body = GOOD[name]()
    if way == "cut":
        return body[: len(body) * (seed % 9 + 1) // 10]
    if way == "renamed":
        return body
    chance, mangled = random.Random(f"{name} {seed}"), bytearray(body)
    for _place in range(max(1, len(body) // 200)):
        mangled[chance.randrange(len(body))] = chance.randrange(256)
    return bytes(mangled)
