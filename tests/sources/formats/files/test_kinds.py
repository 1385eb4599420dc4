import gzip
import io
import zipfile

import pytest

from sources.formats.files import kinds

HTML = b"<!DOCTYPE html><html><script>alert(1)</script></html>"


def zipped(*names, first=b""):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        if first:
            package.writestr("mimetype", first)
        for name in names:
            package.writestr(name, "x")
    return out.getvalue()


MAIL = b"Received: from a\r\nFrom: a@example.org\r\nSubject: Bridge\r\n\r\nClosed."
SAVED = (
    b"From: <Saved by Blink>\r\nSnapshot-Content-Location: https://a.example\r\nMIME-Version: 1.0\r\n"
    b'Content-Type: multipart/related;\r\n\tboundary="x"\r\n\r\n'
)


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"%PDF-1.7\n", "pdf"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "jpeg"),
        (b"\x89PNG\r\n\x1a\n", "png"),
        (b"GIF89a", "gif"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "webp"),
        (b"RIFF\x00\x00\x00\x00WAVEfmt ", "wav"),
        (b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic", "heic"),
        (b"\x00\x00\x00\x18ftypisom\x00\x00\x02\x00isomiso2", "mp4"),
        (b"\x00\x00\x00\x14ftypqt  \x00\x00\x00\x00qt  ", "mov"),
        (b"\x00\x00\x00\x18ftypM4A \x00\x00\x00\x00M4A ", "m4a"),
        (b"\x1aE\xdf\xa3\x01\x00\x00\x00\x00\x00\x00\x1fB\x82\x84webm", "webm"),
        (b"ID3\x03\x00", "mp3"),
        (b"\xff\xfb\x90\x00", "mp3"),
        (b"OggS\x00\x02", "ogg"),
        (zipped("[Content_Types].xml", "_rels/.rels", "word/document.xml"), "docx"),
        (zipped("[Content_Types].xml", "xl/workbook.xml"), "xlsx"),
        (zipped("content.xml", first=b"application/vnd.oasis.opendocument.text"), "odt"),
        (zipped("datapackage.json", "archive/data.warc.gz"), "wacz"),
        (zipped("a.txt"), "zip"),
        (b"WARC/1.1\r\n", "warc"),
        (gzip.compress(b"WARC/1.1\r\nWARC-Type: warcinfo", mtime=0), "warc"),
        (gzip.compress(b"anything else", mtime=0), "gzip"),
        (b"\x1f\x8bbroken", "gzip"),
        (HTML, "html"),
        (b"\xef\xbb\xbf \n<HTML lang=fr>", "html"),
        (b"<!-- saved from url=(0019)https://a.example/ -->\n<html>", "html"),
        (b'<?xml version="1.0"?><svg onload="alert(1)">', "svg"),
        (b"<svg><script>alert(1)</script></svg>", "svg"),
        (b"<?xml version='1.0'?><rss/>", "xml"),
        (SAVED, "mhtml"),
        (MAIL, "eml"),
        (b"WEBVTT\n\n00:01.000 --> 00:02.000\nHello", "vtt"),
        (b"1\r\n00:00:01,000 --> 00:00:02,000\r\nHello", "srt"),
        ("Le pont est fermé.".encode(), "text"),
        ("الجسر مغلق".encode("utf-16"), "text"),
        (b"Note: the bridge is closed.", "text"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
        (b"{\\rtf1", "rtf"),
        (b"\x00\x01\x02\x03", "unknown"),
        (b"", "unknown"),
    ],
)
def test_the_kind_of_a_file_is_that_of_its_bytes(body, kind):
    assert kinds.sniff_bytes(body).name == kind
    assert kinds.sniff_file(io.BytesIO(body)).name == kind


@pytest.mark.parametrize("name", ["photo.png", "تقرير.pdf", "page.html", "../../x.exe", ""])
def test_a_name_changes_nothing_where_the_bytes_say_what_it_is(name):
    assert kinds.sniff_bytes(b"%PDF-1.4", name).name == "pdf"
    assert kinds.sniff_bytes(HTML, name).name == "html"


def test_between_kinds_of_text_the_name_decides():
    assert kinds.sniff_bytes(b"a;b\n1;2", "figures.CSV").name == "csv"
    assert kinds.sniff_bytes(b'{"a": 1}', "a.json").name == "json"
    assert kinds.sniff_bytes(b"a;b\n1;2", "figures.pdf").name == "text"


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"GIF89a/*" + HTML + b"*/", "gif"),
        (b"\x89PNG\r\n\x1a\n" + HTML + b"%PDF-1.4", "png"),
        (b"\xff\xd8\xff" + zipped("word/document.xml"), "jpeg"),
        (b"<html>" + b"%PDF-1.4", "pdf"),
    ],
)
def test_a_polyglot_is_what_its_first_bytes_are_and_a_page_only_where_nothing_else_is(body, kind):
    assert kinds.sniff_bytes(body).name == kind


def test_media_types_tell_the_kinds_apart():
    assert len({kind.media_type for kind in kinds.KINDS.values()}) == len(kinds.KINDS)


@pytest.mark.timeout(5)
@pytest.mark.parametrize(
    "hostile",
    [
        b"<!-- -->" * 8_000,
        b"<!--" * 16_000,
        b"PK\x03\x04" + b"\xff" * 30 + b"PK\x03\x04\xff\xff" * 10_000,
        b"1\n" * 30_000,
        b"a:" * 30_000,
        b"From: a\r\n" * 7_000,
        gzip.compress(bytes(50_000_000)),
    ],
    ids=["comments", "open_comments", "entries", "cues", "headers", "mail", "bomb"],
)
def test_hostile_bytes_are_sniffed_at_once(hostile):
    assert kinds.sniff_bytes(hostile)


@pytest.mark.parametrize(
    ("name", "media_type", "ending"),
    [
        ("wrong.pdf", "image/jpeg", "pdf"),
        ("a.JPG", "image/jpeg", ""),
        ("a.jpg", "image/webp", "jpg"),
        ("a.docx", "application/zip", ""),
        ("a.docx", "application/pdf", "docx"),
        ("a.mp4", "video/quicktime", ""),
        ("a.txt", "text/html", ""),
        ("a.eml", "text/plain", ""),
        ("a.png", "application/octet-stream", "png"),
        ("a.exe", "application/octet-stream", ""),
        ("pdf", "image/jpeg", ""),
    ],
)
def test_a_name_that_stands_for_another_kind_of_file_is_noticed(name, media_type, ending):
    assert kinds.ending_of_another(name, media_type) == ending
