"""PDFs, pictures, sound and film that are bombs, lies or traps, for the benchmark of uploads."""

from __future__ import annotations

import io
import struct
import wave
import zlib
from collections.abc import Callable, Sequence

from PIL import Image

from benchmarks.hostile_zips import CANARY
from tests.sources.formats.files import samples

PNG = b"\x89PNG\r\n\x1a\n"
HALF_GIGABYTE = 500_000_000


def pdf(objects: Sequence[bytes], trailer: bytes = b"/Root 1 0 R") -> bytes:
    """Return a PDF of these objects, the first of which is its catalog."""
    out, places = b"%PDF-1.7\n", []
    for number, each in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(out)
    size = len(objects) + 1
    out += b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, table)
    return out + b"trailer\n<< /Size %d %s >>\nstartxref\n%d\n%%%%EOF\n" % (size, trailer, start)


def pages(
    number: int, content: bytes = b"BT /F1 12 Tf 72 700 Td (The bridge was closed.) Tj ET", more: bytes = b""
) -> bytes:
    """Return a PDF of so many pages that all show the same content."""
    kids = b" ".join(b"%d 0 R" % (5 + at) for at in range(number))
    page = (
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 3 0 R /Resources << /Font << /F1 4 0 R >> >>"
    )
    page += b" >>"
    return pdf(
        [
            b"<< /Type /Catalog /Pages 2 0 R %s >>" % more,
            b"<< /Type /Pages /Count %d /Kids [%s] >>" % (number, kids),
            stream(content),
            b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
            *[page] * number,
        ]
    )


def stream(content: bytes, more: bytes = b"") -> bytes:
    """Return a stream object."""
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(content), more, content)


def chunk(kind: bytes, content: bytes) -> bytes:
    """Return a chunk of a PNG."""
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def png(width: int, height: int, pixels: bytes, *more: bytes) -> bytes:
    """Return a PNG of one bit a pixel with this compressed content."""
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0))
    return PNG + head + b"".join(more) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def zeros(number: int) -> bytes:
    """Return so many zeros, compressed."""
    maker = zlib.compressobj(1)
    return b"".join(maker.compress(bytes(1_000_000)) for _piece in range(number // 1_000_000)) + maker.flush()


def picture(kind: str) -> bytes:
    """Return a small picture."""
    out = io.BytesIO()
    Image.new("RGB", (64, 48), (200, 10, 10)).save(out, kind)
    return out.getvalue()


def segment(marker: int, content: bytes, length: int | None = None) -> bytes:
    """Return a JPEG with a segment after its start; its length may be a lie."""
    made = picture("JPEG")
    told = struct.pack(">BBH", 0xFF, marker, len(content) + 2 if length is None else length)
    return made[:2] + told + content + made[2:]


def exif(entries: bytes, count: int, following: int = 0) -> bytes:
    """Return a JPEG with a directory of EXIF entries."""
    content = b"Exif\x00\x00MM\x00*\x00\x00\x00\x08" + struct.pack(">H", count) + entries + struct.pack(">I", following)
    return segment(0xE1, content)


def id3(content: bytes, size: int) -> bytes:
    """Return sound with an ID3 tag that says to have this size."""
    told = bytes((size >> shift) & 0x7F for shift in (21, 14, 7, 0))
    return b"ID3\x04\x00\x00" + told + content + b"\xff\xfb\x90\x00" + bytes(5_000)


def atom(kind: bytes, content: bytes, size: int | None = None) -> bytes:
    """Return a box of a film; its size may be a lie."""
    return struct.pack(">I", len(content) + 8 if size is None else size) + kind + content


def film(*boxes: bytes) -> bytes:
    """Return a film of these boxes."""
    return atom(b"ftyp", b"isom\x00\x00\x02\x00isommp41") + b"".join(boxes)


def nested_film(depth: int) -> bytes:
    """Return a film with boxes within boxes."""
    inside = b""
    for _level in range(depth):
        inside = atom(b"moov", inside)
    return film(inside)


def sound() -> bytes:
    """Return a second of silence."""
    out = io.BytesIO()
    with wave.open(out, "wb") as made:
        made.setparams((1, 2, 8_000, 8_000, "NONE", ""))
        made.writeframes(bytes(16_000))
    return out.getvalue()


PDFS: dict[str, Callable[[], bytes]] = {
    "pages.pdf": lambda: pages(10_000),
    "large.pdf": lambda: pages(3, b"% " + b"a" * 95_000_000),
    "bomb.pdf": lambda: pages(3) + stream(zeros(HALF_GIGABYTE), b"/Filter /FlateDecode"),
    "content-bomb.pdf": lambda: pdf(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Count 1 /Kids [4 0 R] >>",
            stream(zeros(HALF_GIGABYTE), b"/Filter /FlateDecode"),
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 3 0 R >>",
        ]
    ),
    "encrypted.pdf": lambda: pages(2).replace(
        b"/Root 1 0 R",
        b"/Root 1 0 R /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <%s> /U <%s> >> /ID [<00> <00>]"
        % (b"41" * 32, b"42" * 32),
    ),
    "truncated.pdf": lambda: pages(50)[:3_000],
    "no-table.pdf": lambda: pages(5).partition(b"xref")[0],
    "looping-pages.pdf": lambda: pdf(
        [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Count 9 /Kids [2 0 R 2 0 R] >>"]
    ),
    "looping-tables.pdf": lambda: pages(1).replace(b"/Root 1 0 R", b"/Root 1 0 R /Prev 9"),
    "script.pdf": lambda: pages(1, more=b"/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >>"),
    "launch.pdf": lambda: pages(1, more=b"/OpenAction << /S /Launch /F (/bin/sh) >>"),
    "address.pdf": lambda: pages(1, more=b"/OpenAction << /S /URI /URI (%s) >>" % CANARY.encode()),
    "huge-page.pdf": lambda: pages(1).replace(b"[0 0 612 792]", b"[0 0 9e9 9e9]"),
    "deep.pdf": lambda: pages(1, more=b"/X " + b"[" * 500_000 + b"]" * 500_000),
    "page.pdf": lambda: b"<html><script>alert(1)</script>" + pages(1),
    "packed.pdf": lambda: pages(1) + samples.word(),
}
PICTURES: dict[str, Callable[[], bytes]] = {
    "bomb.png": lambda: png(50_000, 50_000, zeros(50_000 * 6_251)),
    "promise.png": lambda: png(2_000_000_000, 2_000_000_000, zlib.compress(b"")),
    "text-bomb.png": lambda: png(
        8, 8, zlib.compress(bytes(16)), chunk(b"zTXt", b"Comment\x00\x00" + zeros(HALF_GIGABYTE))
    ),
    "chunks.png": lambda: png(8, 8, zlib.compress(bytes(16)), *[chunk(b"tEXt", b"a\x00b")] * 200_000),
    "checksum.png": lambda: png(8, 8, zlib.compress(bytes(16)))[:-6] + b"\x00" * 6,
    "page.png": lambda: png(8, 8, zlib.compress(bytes(16))) + b"<?php system('id') ?><script>alert(1)</script>",
    "looping-exif.jpg": lambda: exif(struct.pack(">HHII", 0x8769, 4, 1, 8), 1, following=8),
    "counting-exif.jpg": lambda: exif(struct.pack(">HHII", 0x010E, 2, 0xFFFFFFFF, 0xFFFFFFF0), 65_535),
    "negative-exif.jpg": lambda: exif(struct.pack(">HHII", 0x8825, 10, 0x7FFFFFFF, 0x80000000), 3),
    "short-segment.jpg": lambda: segment(0xE1, b"Exif\x00\x00", 1),
    "long-segment.jpg": lambda: segment(0xE1, b"Exif\x00\x00", 65_535),
    "credentials.jpg": lambda: segment(
        0xEB, b"JP\x00\x01\x00\x00\x00\x01" + struct.pack(">I", 0xFFFFFFFF) + b"jumbjumd" + b"\xff" * 500
    ),
    "credentials-loop.jpg": lambda: segment(0xEB, b"JP\x00\x01\x00\x00\x00\x01" + struct.pack(">I", 0) * 400),
    "icc.jpg": lambda: segment(0xE2, b"ICC_PROFILE\x00\x01\xff" + b"\xff" * 900),
    "xmp.jpg": lambda: segment(
        0xE1, b"http://ns.adobe.com/xap/1.0/\x00<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/hostname'>]><a>&b;</a>"
    ),
    "page.jpg": lambda: picture("JPEG") + b"<script>alert(1)</script>",
    "archive.gif": lambda: picture("GIF") + samples.word(),
    "promise.gif": lambda: (
        b"GIF89a\xff\xff\xff\xff\xf7\x00\x00" + bytes(768) + b"\x2c" + bytes(4) + b"\xff\xff\xff\xff\x00\x08"
    ),
    "frames.gif": lambda: (
        picture("GIF")[:-1] + (b"\x2c\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02\x44\x01\x00" * 100_000) + b";"
    ),
    "promise.webp": lambda: b"RIFF\xff\xff\xff\xffWEBPVP8X\x0a\x00\x00\x00" + b"\xff" * 10,
    "loop.tiff": lambda: (
        b"II*\x00\x08\x00\x00\x00\x01\x00" + struct.pack("<HHII", 0x014A, 4, 1, 8) + b"\x08\x00\x00\x00"
    ),
    "promise.bmp": lambda: (
        b"BM\xff\xff\xff\x7f\x00\x00\x00\x006\x00\x00\x00(\x00\x00\x00"
        + b"\xff\xff\xff\x7f" * 2
        + b"\x01\x00\x18"
        + bytes(30)
    ),
    "box.heic": lambda: (
        atom(b"ftyp", b"heic\x00\x00\x00\x00mif1heic")
        + atom(b"meta", b"\x00" * 4 + atom(b"iloc", b"\xff" * 64), 0xFFFFFFF0)
    ),
}
SOUND: dict[str, Callable[[], bytes]] = {
    "promise.mp3": lambda: id3(b"TIT2\x7f\x7f\x7f\x7f\x00\x00\x03title", 0x0FFFFFFF),
    "frames.mp3": lambda: id3(b"TIT2\x00\x00\x00\x00\x00\x00" * 100_000, 1_000_000),
    "picture.mp3": lambda: id3(
        b"APIC\x00\x01\x00\x00\x00\x00\x00image/svg+xml\x00\x03\x00<svg onload=alert(1)>", 20_000
    ),
    "promise.wav": lambda: b"RIFF\xff\xff\xff\xffWAVEfmt \xff\xff\xff\xff" + bytes(100),
    "endless.mp4": lambda: film(atom(b"moov", b"", 0), atom(b"mdat", b"", 1)),
    "nested.mp4": lambda: nested_film(5_000),
    "tracks.mp4": lambda: film(atom(b"moov", atom(b"trak", b"") * 100_000)),
    "promise.mkv": lambda: b"\x1aE\xdf\xa3\x01\xff\xff\xff\xff\xff\xff\xff" + b"\xff" * 200,
    "pages.ogg": lambda: b"OggS\x00\x02" + b"\xff" * 300,
}
FILES = PDFS | PICTURES | SOUND
