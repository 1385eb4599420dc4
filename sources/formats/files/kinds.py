"""Sniff the kind of a file (magic numbers): by its first and last bytes; its name decides between texts alone.

What a server, a browser or a name says of a file is not asked where its bytes say something else.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import BinaryIO

HEAD = 1 << 16  # bytes at the beginning and at the end that are looked at
PICTURE, AUDIO, VIDEO, PAGE, DOCUMENT, TEXT, ARCHIVE, UNKNOWN = (
    *("picture", "audio", "video", "page", "document", "text", "archive"),
    "unknown",
)


@dataclass(frozen=True)
class FileKind:
    """A kind of file: its short name, the media type by which readers are found, and what it is for a person."""

    name: str
    media_type: str
    group: str


_LISTED = (
    FileKind("pdf", "application/pdf", DOCUMENT),
    FileKind("jpeg", "image/jpeg", PICTURE),
    FileKind("png", "image/png", PICTURE),
    FileKind("webp", "image/webp", PICTURE),
    FileKind("heic", "image/heic", PICTURE),
    FileKind("avif", "image/avif", PICTURE),
    FileKind("gif", "image/gif", PICTURE),
    FileKind("tiff", "image/tiff", PICTURE),
    FileKind("bmp", "image/bmp", PICTURE),
    FileKind("svg", "image/svg+xml", PICTURE),
    FileKind("mp3", "audio/mpeg", AUDIO),
    FileKind("m4a", "audio/mp4", AUDIO),
    FileKind("aac", "audio/aac", AUDIO),
    FileKind("amr", "audio/amr", AUDIO),
    FileKind("flac", "audio/flac", AUDIO),
    FileKind("ogg", "audio/ogg", AUDIO),
    FileKind("wav", "audio/wav", AUDIO),
    FileKind("mp4", "video/mp4", VIDEO),
    FileKind("mov", "video/quicktime", VIDEO),
    FileKind("3gp", "video/3gpp", VIDEO),
    FileKind("webm", "video/webm", VIDEO),
    FileKind("mkv", "video/x-matroska", VIDEO),
    FileKind("ogv", "video/ogg", VIDEO),
    FileKind("avi", "video/x-msvideo", VIDEO),
    FileKind("mpeg", "video/mpeg", VIDEO),
    FileKind("ts", "video/mp2t", VIDEO),
    FileKind("html", "text/html", PAGE),
    FileKind("mhtml", "multipart/related", PAGE),
    FileKind("warc", "application/warc", ARCHIVE),
    FileKind("wacz", "application/wacz", ARCHIVE),
    FileKind("zip", "application/zip", ARCHIVE),
    FileKind("gzip", "application/gzip", ARCHIVE),
    FileKind("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", DOCUMENT),
    FileKind("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", DOCUMENT),
    FileKind("pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation", DOCUMENT),
    FileKind("odt", "application/vnd.oasis.opendocument.text", DOCUMENT),
    FileKind("ods", "application/vnd.oasis.opendocument.spreadsheet", DOCUMENT),
    FileKind("odp", "application/vnd.oasis.opendocument.presentation", DOCUMENT),
    FileKind("epub", "application/epub+zip", DOCUMENT),
    FileKind("ole", "application/x-ole-storage", DOCUMENT),
    FileKind("rtf", "application/rtf", DOCUMENT),
    FileKind("eml", "message/rfc822", DOCUMENT),
    FileKind("vtt", "text/vtt", TEXT),
    FileKind("srt", "application/x-subrip", TEXT),
    FileKind("csv", "text/csv", TEXT),
    FileKind("json", "application/json", TEXT),
    FileKind("xml", "application/xml", TEXT),
    FileKind("text", "text/plain", TEXT),
    FileKind("unknown", "application/octet-stream", UNKNOWN),
)
KINDS = {kind.name: kind for kind in _LISTED}

# The first bytes of a file, where they decide alone.
BEGINS = (
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
    (b"II*\x00", "tiff"),
    (b"MM\x00*", "tiff"),
    (b"fLaC", "flac"),
    (b"#!AMR", "amr"),
    (b"ID3", "mp3"),
    (b"\x00\x00\x01\xba", "mpeg"),
    (b"\x00\x00\x01\xb3", "mpeg"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
    (b"{\\rtf", "rtf"),
    (b"WARC/", "warc"),
)
RIFF = {b"WEBP": "webp", b"WAVE": "wav", b"AVI ": "avi"}
# The brands of ISO base media files (ISO/IEC 14496-12); every other one is taken for MP4.
BRANDS = {
    **dict.fromkeys((b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"), "heic"),
    **dict.fromkeys((b"avif", b"avis"), "avif"),
    **dict.fromkeys((b"M4A ", b"M4B ", b"F4A "), "m4a"),
    **dict.fromkeys((b"3gp4", b"3gp5", b"3gp6", b"3gp7", b"3g2a"), "3gp"),
    b"qt  ": "mov",
}
LONGEST_ENTRY = 40  # bytes of a name that are looked at; whose name is longer is none of those below
LAYERS = {2, 4}  # III and II of MPEG audio, as bits of a frame; the byte order mark of UTF-16 looks like I
# What the names of entries in a ZIP file say, the most telling first.
ENTRIES = (
    (b"word/", "docx"),
    (b"xl/", "xlsx"),
    (b"ppt/", "pptx"),
    (b"datapackage.json", "wacz"),
)
OPEN_DOCUMENT = {b"text": "odt", b"spreadsheet": "ods", b"presentation": "odp"}
_OPEN_DOCUMENT = re.compile(rb"mimetypeapplication/vnd\.oasis\.opendocument\.(text|spreadsheet|presentation)")
_MARKUP = re.compile(
    rb"<(?:!doctype html|html|head|body|title|meta|script|article|div|p|h1|table)[\s>/]", re.IGNORECASE
)
_HEADER = re.compile(rb"(?:From |[!-9;-~]{1,60}:)")
_MAIL = re.compile(
    rb"^(?:From|Received|Return-Path|Message-ID|Delivered-To|MIME-Version):", re.IGNORECASE | re.MULTILINE
)
_CUE = re.compile(rb"\s*\d+\s*\r?\n\d{1,3}:\d\d:\d\d[,.]\d{3} --> ")
_BINARY = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_WIDE = (b"\xff\xfe", b"\xfe\xff")  # text in UTF-16 has null bytes

# Endings of names that are not called like the kind of file that they stand for.
CALLED = {
    **dict.fromkeys(("jpg", "jpe", "jfif"), "jpeg"),
    **dict.fromkeys(("doc", "xls", "ppt"), "ole"),
    **dict.fromkeys(("htm", "xhtml"), "html"),
    "tif": "tiff",
    "m4v": "mp4",
    "oga": "ogg",
    "opus": "ogg",
    "txt": "text",
    "mht": "mhtml",
    "gz": "gzip",
}
# The first bytes of programs, and endings of names by which systems run a file whatever it holds.
PROGRAM_BEGINS = (b"MZ", b"\x7fELF", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe", b"\xce\xfa\xed\xfe", b"#!/", b"dex\n")
_PROGRAMS = (
    "exe com scr pif msi msp dll cpl bat cmd ps1 vbs vbe js jse wsf wsh hta lnk url reg jar apk app dmg "
    "pkg deb rpm sh bash command desktop elf run docm xlsm pptm xlsb iso img "
)
PROGRAM_ENDINGS = frozenset(_PROGRAMS.split())
_ALIKE = {AUDIO: VIDEO, PAGE: TEXT}  # groups whose names are often taken for each other
_IN_ZIP = {"zip", "docx", "xlsx", "pptx", "odt", "ods", "odp", "epub", "wacz"}


def sniff(head: bytes, tail: bytes = b"", name: str = "") -> FileKind:
    """Return the kind of a file by its first and last ``HEAD`` bytes, and by its name between kinds of text."""
    begins = next((kind for magic, kind in BEGINS if head.startswith(magic)), "")
    found = begins or _container(head, tail) or _stream(head) or _written(head, name)
    return KINDS[found or "unknown"]


def sniff_file(file: BinaryIO, name: str = "") -> FileKind:
    """Return the kind of an open file, and leave it at its beginning."""
    size = file.seek(0, 2)
    file.seek(max(0, size - HEAD))
    tail = file.read(HEAD)
    file.seek(0)
    head = file.read(HEAD)
    file.seek(0)
    return sniff(head, tail, name)


def sniff_bytes(body: bytes, name: str = "") -> FileKind:
    """Return the kind of a whole file."""
    return sniff(body[:HEAD], body[-HEAD:], name)


def _container(head: bytes, tail: bytes) -> str:
    """Return the kind of a file that holds parts of several kinds, by the parts it names; empty for no such file."""
    if head[:4] == b"RIFF":
        return RIFF.get(head[8:12], "unknown")
    if head[4:8] == b"ftyp":
        return _brand(head)
    if head.startswith(b"\x1aE\xdf\xa3"):
        return "webm" if b"webm" in head[:64] else "mkv"
    if head.startswith(b"OggS"):
        return "ogv" if b"theora" in head[:256] else "ogg"
    if head.startswith(b"PK\x03\x04"):
        return _zipped(head, tail)
    if head.startswith(b"\x1f\x8b"):
        return "warc" if _inflated(head).startswith(b"WARC/") else "gzip"
    return "pdf" if b"%PDF-" in head[:1024] else ""


def _brand(head: bytes) -> str:
    """Return the kind of an ISO base media file: by its major brand, or the first compatible one that tells."""
    size = min(max(int.from_bytes(head[:4]), 16), 256)
    brands = [head[at : at + 4] for at in (8, *range(16, size, 4))]
    return next((BRANDS[brand] for brand in brands if brand in BRANDS), "mp4")


def _zipped(head: bytes, tail: bytes) -> str:
    if found := _OPEN_DOCUMENT.search(head[:200]):
        return OPEN_DOCUMENT[found[1]]
    if b"mimetypeapplication/epub+zip" in head[:200]:
        return "epub"
    named = set(_entries(head)) | set(_entries(tail))
    return next((kind for start, kind in ENTRIES if any(name.startswith(start) for name in named)), "zip")


def _entries(piece: bytes) -> Iterable[bytes]:
    """Yield the names of entries in a piece of a ZIP file: from local headers and from the central directory."""
    for magic, length_at, name_at in ((b"PK\x03\x04", 26, 30), (b"PK\x01\x02", 28, 46)):
        at = piece.find(magic)
        while at >= 0:
            length = min(int.from_bytes(piece[at + length_at : at + length_at + 2], "little"), LONGEST_ENTRY)
            yield piece[at + name_at : at + name_at + length]
            at = piece.find(magic, at + 4)


def _inflated(head: bytes) -> bytes:
    try:
        return zlib.decompressobj(31).decompress(head, 64)
    except zlib.error:
        return b""


def _stream(head: bytes) -> str:
    """Return the kind of sound or film whose frames begin at once."""
    if head[:1] == b"G" and len(head) > 376 and head[188:189] == head[376:377] == b"G":
        return "ts"
    if head[:1] == b"\xff" and head[1:2] and head[1] & 0xE0 == 0xE0:
        return "aac" if head[1] & 0xF6 == 0xF0 else "mp3" if head[1] & 0x06 in LAYERS else ""
    return "bmp" if head[:2] == b"BM" and head[6:10] == b"\x00\x00\x00\x00" and len(head) > 26 else ""


def _written(head: bytes, name: str) -> str:
    """Return the kind of a file of text; empty for what is no text."""
    if not head or (_BINARY.search(head) and not head.startswith(_WIDE)):
        return ""
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if text.startswith((b"<?xml", b"<svg", b"<!DOCTYPE svg")):
        return _marked_up(text)
    if _MARKUP.match(_without_comments(text)):
        return "html"
    if text.startswith(b"WEBVTT"):
        return "vtt"
    if _CUE.match(text):
        return "srt"
    if _HEADER.match(text) and (kind := _mail(text)):
        return kind
    return _by_name(text, name)


def _without_comments(text: bytes) -> bytes:
    """Return a text without the comments at its beginning. An expression would take hours over hostile ones."""
    while text.startswith(b"<!--") and (end := text.find(b"-->")) >= 0:
        text = text[end + 3 :].lstrip()
    return text


def _marked_up(text: bytes) -> str:
    if re.search(rb"<svg[\s>]", text[:4096], re.IGNORECASE):
        return "svg"
    return "html" if re.search(rb"<html[\s>]", text[:4096], re.IGNORECASE) else "xml"


def _mail(text: bytes) -> str:
    """Return whether headers of a message begin the text: those of a saved page (MHTML), or of mail."""
    headers = re.split(rb"\r?\n\r?\n", text, maxsplit=1)[0]
    if re.search(rb"^content-type:\s*multipart/related", headers, re.IGNORECASE | re.MULTILINE) and (
        re.search(rb"^(?:snapshot-content-location:|from: <saved by)", headers, re.IGNORECASE | re.MULTILINE)
    ):
        return "mhtml"
    return "eml" if len(set(map(bytes.lower, _MAIL.findall(headers)))) > 1 else ""


def _by_name(text: bytes, name: str) -> str:
    ending = name.rpartition(".")[2].lower()
    if ending == "csv":
        return "csv"
    return "json" if ending == "json" and text[:1] in (b"{", b"[") else "text"


def ending_of_another(name: str, media_type: str) -> str:
    """Return the ending of a file's name where it stands for another kind than the file's bytes show; else nothing."""
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    claimed = KINDS.get(CALLED.get(ending, ending))
    found = next((kind for kind in _LISTED if kind.media_type == media_type), KINDS["unknown"])
    return "" if claimed is None or _may_be(claimed, found) else ending


def is_program(name: str, head: bytes = b"") -> bool:
    """Return whether a file may be run as a program: by the ending of its name, or by its first bytes."""
    return name.rpartition(".")[2].lower() in PROGRAM_ENDINGS or head.startswith(PROGRAM_BEGINS)


def _may_be(claimed: FileKind, found: FileKind) -> bool:
    """Say whether a name may stand for these bytes: containers, and texts of all kinds, are named loosely."""
    if claimed == found or {"zip"} < {claimed.name, found.name} <= _IN_ZIP:
        return True
    groups = {_ALIKE.get(kind.group, kind.group) for kind in (claimed, found)}
    return groups in ({VIDEO}, {TEXT}) or (claimed.name == "eml" and groups == {DOCUMENT, TEXT})
