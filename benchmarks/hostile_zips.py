"""Office files and web archives that are bombs, lies or traps, for the benchmark of uploads."""

from __future__ import annotations

import gzip
import io
import struct
import zipfile
from collections.abc import Callable

from tests.sources.formats.files import samples
from tests.sources.formats.files.samples import members, zipped

MANY = 320_000_000  # bytes that a bomb unpacks to
PORT = 18_999
CANARY = f"http://127.0.0.1:{PORT}/canary"  # an address that must never be asked
LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE z [<!ENTITY a "ha">'
    + "".join(f"<!ENTITY {chr(98 + at)} '{f'&{chr(97 + at)};' * 10}'>" for at in range(9))
    + "]>"
)
OUTSIDE = '<?xml version="1.0"?><!DOCTYPE z [<!ENTITY x SYSTEM "file:///etc/hostname"><!ENTITY y SYSTEM "{canary}">]>'
RELATIONS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" TargetMode="External" Target="{canary}" Type="http://schemas.openxmlformats.org/'
    'officeDocument/2006/relationships/attachedTemplate"/></Relationships>'
)
SHEET = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{0}</worksheet>'
SHEET_AT = "xl/worksheets/sheet1.xml"
HEAD = (
    b"WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: https://example.org/\r\nWARC-Date: 2026-11-20T10:00:00Z\r\n"
)


def changed(packed: bytes, name: str, content: bytes | str) -> bytes:
    """Return a ZIP file with one member in place of another, or added."""
    return zipped({**members(packed), name: content})


def sheet(rows: str) -> bytes:
    """Return a workbook whose first sheet is this markup."""
    return changed(samples.workbook(), SHEET_AT, SHEET.format(rows))


def with_method(method: int) -> bytes:
    """Return a Word file whose members are packed by another method."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as made:
        for name, content in members(samples.word()).items():
            made.writestr(name, content)
    return out.getvalue()


def with_flag(packed: bytes, flag: int) -> bytes:
    """Return a ZIP file of which each entry says that it is encrypted."""
    changed_bytes = bytearray(packed)
    for magic, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = changed_bytes.find(magic)
        while place >= 0:
            changed_bytes[place + at] |= flag
            place = changed_bytes.find(magic, place + 4)
    return bytes(changed_bytes)


def understated(packed: bytes) -> bytes:
    """Return a ZIP file whose directory says that every member has ten bytes."""
    changed_bytes = bytearray(packed)
    place = changed_bytes.find(b"PK\x01\x02")
    while place >= 0:
        changed_bytes[place + 24 : place + 28] = struct.pack("<I", 10)
        place = changed_bytes.find(b"PK\x01\x02", place + 4)
    return bytes(changed_bytes)


def overlapping(number: int) -> bytes:
    """Return a ZIP file in which many entries of the directory share the bytes of one member."""
    one = zipped({"word/document.xml": b" " * 10_000_000})
    start = one.find(b"PK\x01\x02")
    end = one.find(b"PK\x05\x06")
    entry = one[start:end]
    tail = bytearray(one[end:])
    tail[8:12] = struct.pack("<HH", number, number)
    tail[12:16] = struct.pack("<I", len(entry) * number)
    return one[:start] + entry * number + bytes(tail)


def nested(depth: int) -> bytes:
    """Return a ZIP file in a ZIP file, and so on."""
    body = samples.word()
    for _level in range(depth):
        body = zipped({"word/document.xml": body})
    return body


def record(headers: bytes, block: bytes) -> bytes:
    """Return a WARC record with these further headers and block, however they fit together."""
    return HEAD + headers + b"\r\n" + block + b"\r\n\r\n"


FILES: dict[str, Callable[[], bytes]] = {
    "bomb.docx": lambda: changed(samples.word(), "word/document.xml", b" " * MANY),
    "bomb-of-media.docx": lambda: changed(samples.word(), "word/media/a.png", b"\x00" * MANY),
    "bomb-of-styles.docx": lambda: changed(samples.word(), "word/styles.xml", b"<a>" + b"<b/>" * 7_000_000 + b"</a>"),
    "laughs.docx": lambda: changed(samples.word(), "word/document.xml", LAUGHS + "<z>&j;</z>"),
    "outside.docx": lambda: changed(
        samples.word(), "word/document.xml", OUTSIDE.format(canary=CANARY) + "<z>&x;&y;</z>"
    ),
    "template.docx": lambda: changed(samples.word(), "word/_rels/settings.xml.rels", RELATIONS.format(canary=CANARY)),
    "deep.docx": lambda: changed(samples.word(), "word/document.xml", "<a>" * 100_000),
    "macro.docx": lambda: changed(samples.word(), "word/vbaProject.bin", b"Shell calc"),
    "climbing.docx": lambda: changed(samples.word(), "../../../../tmp/escaped-from-docx", b"x"),
    "no-types.docx": lambda: zipped({"word/document.xml": "<a/>"}),
    "lzma.docx": lambda: with_method(zipfile.ZIP_LZMA),
    "bzip2.docx": lambda: with_method(zipfile.ZIP_BZIP2),
    "encrypted.docx": lambda: with_flag(samples.word(), 1),
    "understated.docx": lambda: understated(changed(samples.word(), "word/document.xml", b" " * 50_000_000)),
    "overlapping.docx": lambda: overlapping(10_000),
    "nested.docx": lambda: nested(50),
    "entries.docx": lambda: zipped({f"word/{number}": b"" for number in range(60_000)}),
    "bomb.odt": lambda: changed(samples.opendocument(), "content.xml", b"<a>" + b" " * MANY),
    "laughs.odt": lambda: samples.opendocument("<text:p>&j;</text:p>", LAUGHS),
    "outside.odt": lambda: samples.opendocument("<text:p>&x;&y;</text:p>", OUTSIDE.format(canary=CANARY)),
    "deep.odt": lambda: samples.opendocument("<text:section>" * 100_000),
    "wide.odt": lambda: samples.opendocument("<text:p>word</text:p>" * 1_000_000),
    "bomb.xlsx": lambda: changed(samples.workbook(), SHEET_AT, b"<a>" + b"<row/>" * 70_000_000),
    "laughs.xlsx": lambda: changed(samples.workbook(), SHEET_AT, LAUGHS + "<z>&j;</z>"),
    "strings.xlsx": lambda: changed(
        samples.workbook(), "xl/sharedStrings.xml", "<sst>" + "<si><t>a</t></si>" * 1_500_000
    ),
    "far.xlsx": lambda: sheet('<sheetData><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'),
    "wide.xlsx": lambda: sheet(
        "<sheetData>"
        + "".join(f'<row r="{at}"><c r="XFD{at}"><v>1</v></c></row>' for at in range(1, 300_000))
        + "</sheetData>"
    ),
    "lying.xlsx": lambda: sheet(
        '<dimension ref="A1:XFD1048576"/><sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData>'
    ),
    "numbers.xlsx": lambda: sheet(
        '<sheetData><row r="1"><c r="A1"><v>1e999999</v></c><c r="B1" t="d"><v>9999-99-99</v></c>'
        '<c r="C1" s="999999"><v>1</v></c><c r="ZZZZ99999999999"><v>1</v></c></row></sheetData>'
    ),
    "formula.xlsx": lambda: sheet(
        '<sheetData><row r="1"><c r="A1"><f>WEBSERVICE("x")</f><v>=cmd|x</v></c></row></sheetData>'
    ),
    "bomb.wacz": lambda: samples.wacz(gzip.compress(b"\x00" * MANY, 1)),
    "stored-bomb.wacz": lambda: samples.wacz(b"WARC/1.1\r\n" + b" " * MANY),
    "list.wacz": lambda: changed(samples.wacz(samples.warc()), "pages/pages.jsonl", b'{"url":"' + b"a" * 60_000_000),
    "deep-list.wacz": lambda: changed(samples.wacz(samples.warc()), "datapackage.json", "[" * 1_000_000),
    "no-archive.wacz": lambda: zipped({"datapackage.json": "{}"}),
    "climbing.wacz": lambda: zipped({"datapackage.json": "{}", "archive/../../../../tmp/escaped.warc": samples.warc()}),
    "bomb.warc.gz": lambda: gzip.compress(record(b"Content-Length: 1000000000\r\n", b"\x00" * MANY), 1),
    "in-bomb.warc": lambda: record(
        b"Content-Length: 500000\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n\r\n" + gzip.compress(b" " * MANY, 1),
    ),
    "endless-head.warc": lambda: HEAD + b"X: " + b"a" * 20_000_000,
    "negative.warc": lambda: record(b"Content-Length: -5\r\n", b"HTTP/1.1 200 OK\r\n\r\nhello"),
    "huge.warc": lambda: record(b"Content-Length: 99999999999999999999\r\n", b"HTTP/1.1 200 OK\r\n\r\nhello"),
    "chunks.warc": lambda: record(
        b"Content-Length: 90\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\nfffffffff\r\nx",
    ),
    "records.warc": lambda: record(b"Content-Length: 0\r\n", b"") * 100_000,
    "twice-packed.warc.gz": lambda: gzip.compress(gzip.compress(samples.warc())),
    "canary.warc": lambda: samples.warc({CANARY: samples.MARKUP.replace("<p>", f"<p><img src='{CANARY}'>")}),
}
