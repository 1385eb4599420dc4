"""Decode the bytes of a page by the character set (charset, encoding) that it declares, or guess it."""

from __future__ import annotations

import codecs
import re

import webencodings

PRESCAN = 16_384  # bytes; the HTML standard (13.2.3.2) asks for 1024, real pages declare later, after their scripts
BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16le"), (codecs.BOM_UTF16_BE, "utf-16be"))
LABEL = re.compile(r"charset\s*+=\s*+(?:\"([^\"]*)\"|'([^']*)'|([^\s\"';][^\s;]*))", re.IGNORECASE)
COMMENT = re.compile(rb"<!--.*?-->", re.DOTALL)
META = re.compile(rb"<meta(?=[\s/])((?:[^>\"'<]|\"[^\"]*\"|'[^']*')*+)>", re.IGNORECASE)
ATTRIBUTE = re.compile(rb"([^\s\"'>/=]++)(?:\s*+=\s*+(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]++)))?")
SPOKEN = re.compile(rb"<html[^>]{0,300}?\slang\s*=\s*[\"']?([a-z]{2})", re.IGNORECASE)

# What pages of a language are written in when they do not say and are not UTF-8 (HTML standard, 13.2.3.2, step 9).
USUAL = {
    b"ar": "windows-1256",
    b"fa": "windows-1256",
    b"tr": "windows-1254",
    b"ru": "windows-1251",
    b"el": "windows-1253",
}
LAST_RESORT = "windows-1252"

LOST = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufeff]")


def decode(body: bytes, content_type: str) -> str:
    """Return a page as text that a database can hold: broken bytes become U+FFFD; NUL and lone surrogates go."""
    encoding = webencodings.lookup(_name(body, content_type)) or webencodings.UTF8
    text, _used = webencodings.decode(body, encoding, errors="replace")
    return clean(text)


def clean(text: str) -> str:
    """Return a text without the characters that neither XML nor PostgreSQL takes, line ends as one newline."""
    return LOST.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def _name(body: bytes, content_type: str) -> str:
    """Return the label of the encoding: byte order mark, then HTTP header, then meta element, then a guess."""
    marked = next((label for mark, label in BOMS if body.startswith(mark)), "")
    return marked or _known(LABEL.search(content_type)) or _meta(body[:PRESCAN]) or _guess(body)


def _known(match: re.Match[str] | None) -> str:
    """Return the standard's name of a declared label, or nothing for one that browsers do not know."""
    label = next((group for group in match.groups() if group), "") if match else ""
    encoding = webencodings.lookup(label)
    return encoding.name if encoding else ""


def _meta(head: bytes) -> str:
    """Return the encoding a meta element declares; UTF-16 there can only be UTF-8 (HTML standard, 13.2.3.2)."""
    for element in META.finditer(COMMENT.sub(b"", head)):
        found = _declared(element[1])
        if found:
            return "utf-8" if found.startswith("utf-16") else found
    return ""


def _declared(attributes: bytes) -> str:
    """Return the encoding declared by the attributes of one meta element, if any."""
    values: dict[str, str] = {}
    for name, *quoted in ATTRIBUTE.findall(attributes):
        values.setdefault(name.decode("ascii", "replace").lower(), b"".join(quoted).decode("ascii", "replace"))
    if "charset" in values:
        encoding = webencodings.lookup(values["charset"])
        return encoding.name if encoding else ""
    if values.get("http-equiv", "").lower() == "content-type":
        return _known(LABEL.search(values.get("content", "")))
    return ""


def _guess(body: bytes) -> str:
    """Return UTF-8 when the bytes are valid UTF-8, else what pages in the declared language usually are."""
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        spoken = SPOKEN.search(body[:PRESCAN])
        return USUAL.get(spoken[1].lower(), LAST_RESORT) if spoken else LAST_RESORT
    return "utf-8"
