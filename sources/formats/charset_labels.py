"""Find what a page or feed says about its own character set: HTTP header, meta element, XML declaration, language."""

from __future__ import annotations

import re
from collections.abc import Iterator

import webencodings

PRESCAN = 16_384  # bytes; the HTML standard (13.2.3.2) asks for 1024, real pages declare later, after their scripts

LABEL = re.compile(r"charset\s*+=\s*+(?:\"([^\"]*)\"|'([^']*)'|([^\s\"';][^\s;]*))", re.IGNORECASE)
_XML = re.compile(rb"\s*<\?xml\s[^>]{0,200}?encoding\s*=\s*[\"']\s*([\w.:-]{1,40})\s*[\"']", re.IGNORECASE)
_LANGUAGE = re.compile(
    rb"<(?:html|body|rss|feed|channel)\b[^>]{0,600}?\s(?:xml:)?lang\s*=\s*[\"']?([a-z][\w-]{1,30})"
    rb"|<(?:dc:)?language>\s*(?:<!\[CDATA\[)?\s*([a-z][\w-]{1,30})",
    re.IGNORECASE,
)
# What the prescan of the standard steps over or looks into: a comment, a tag with its attributes, other markup.
_TOKEN = re.compile(
    rb"<!--(?:>|->|.*?(?:-->|\Z))"
    rb"|<(/?[a-z][^\s/>]*+)((?:[^>\"'=]|=\s*+\"[^\"]*+\"|=\s*+'[^']*+'|=\s*+|[\"'])*+)>"
    rb"|<[!/?][^>]*+>",
    re.IGNORECASE | re.DOTALL,
)
_ATTRIBUTE = re.compile(rb"([^\s>/=][^\s>/=]*+)(?:\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)'|([^\s>\"'][^\s>]*+)))?")

# The encoding that pages of a language are in when nothing declares it and they are not UTF-8: the table of locales of
# the HTML standard (13.2.3.2, step 9), in full. For all other languages it is windows-1252.
_BY_ENCODING = {
    "windows-1256": "ar fa",
    "windows-1254": "az ku tr",
    "windows-1251": "ba be bg kk ky mk ru sah sr tg tt uk",
    "windows-1250": "cs hr sk",
    "iso-8859-7": "el",
    "windows-1257": "et lt lv",
    "windows-1255": "he",
    "iso-8859-2": "hu pl sl",
    "shift_jis": "ja",
    "euc-kr": "ko",
    "windows-874": "th",
    "windows-1258": "vi",
    "gbk": "zh-hans zh-cn zh-sg zh",
    "big5": "zh-hant zh-hk zh-mo zh-tw",
}
USUAL = {language: name for name, languages in _BY_ENCODING.items() for language in languages.split()}
LAST_RESORT = "windows-1252"


def declared(body: bytes, content_type: str) -> list[str]:
    """Return the encodings that the header, the XML declaration and a meta element declare, in this order, each once.

    They are named as the Encoding Standard names them. Labels that browsers do not know are left out.
    """
    head = body[:PRESCAN]
    xml = _XML.match(head.removeprefix(b"\xef\xbb\xbf"))
    named = [_known(LABEL.search(content_type)), _in_content(xml[1].decode() if xml else ""), _meta(head)]
    return [name for name in dict.fromkeys(named) if name]


def usual(body: bytes) -> str:
    """Return the encoding in which pages of the language that a page declares usually are; empty without a language."""
    found = _LANGUAGE.search(body[:PRESCAN])
    if not found:
        return ""
    tag = (found[1] or found[2]).decode("ascii", "replace").lower().replace("_", "-")
    parts = tag.split("-")
    tags = ["-".join(parts[:2]), parts[0]]
    return next((USUAL[each] for each in tags if each in USUAL), LAST_RESORT)


def _known(match: re.Match[str] | None) -> str:
    """Return the standard's name of a declared label, or nothing for one that browsers do not know."""
    label = next((group for group in match.groups() if group), "") if match else ""
    encoding = webencodings.lookup(label)
    return encoding.name if encoding else ""


def _in_content(label: str) -> str:
    """Return the standard's name of a label inside the content; UTF-16 there can only be UTF-8 (13.2.3.2)."""
    encoding = webencodings.lookup(label.strip("\t\n\f\r "))
    if encoding is None:
        return ""
    return "utf-8" if encoding.name.startswith("utf-16") else encoding.name


def _meta(head: bytes) -> str:
    """Return the encoding that the first meta element with a known one declares."""
    return next((name for attributes in _metas(head) if (name := _of_meta(attributes))), "")


def _metas(head: bytes) -> Iterator[bytes]:
    """Yield the attributes of each meta element, tag by tag, so that comments and values of attributes are no tags."""
    for token in _TOKEN.finditer(head):
        if (token[1] or b"").lower() == b"meta":
            yield token[2]


def _of_meta(attributes: bytes) -> str:
    """Return the encoding declared by the attributes of one meta element, if any."""
    values: dict[str, str] = {}
    for name, *quoted in _ATTRIBUTE.findall(attributes):
        values.setdefault(name.decode("ascii", "replace").lower(), b"".join(quoted).decode("ascii", "replace"))
    if "charset" in values:
        return _in_content(values["charset"])
    if values.get("http-equiv", "").lower() != "content-type":
        return ""
    found = LABEL.search(values.get("content", ""))
    return _in_content(next((group for group in found.groups() if group), "")) if found else ""
