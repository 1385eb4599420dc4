"""Files as programs make them: documents of an office, mail, saved pages and web archives."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Mapping
from email.message import EmailMessage

import docx
import openpyxl
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

URL = "https://example.org/bridge"
TAKEN = "2026-11-20T10:00:00Z"
SAID = (
    "The bridge over the river was closed on Monday morning, the regional road authority said in a statement.",
    "Engineers had found cracks in two of its seven piers, and the repairs will take until the end of March.",
    "About 12,400 vehicles cross the bridge each day, according to the ministry of transport in the capital.",
)
MARKUP = (
    "<html lang='en'><head><title>Bridge closed</title></head><body><article><h1>Bridge closed</h1>"
    + "".join(f"<p>{line}</p>" for line in SAID)
    + "</article></body></html>"
)
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TEXT_NS = 'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
TABLE_NS = 'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
OFFICE_NS = 'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'


def zipped(members: Mapping[str, bytes | str]) -> bytes:
    """Return a ZIP file with these members."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as made:
        for name, content in members.items():
            made.writestr(name, content, zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED)
    return out.getvalue()


def members(packed: bytes) -> dict[str, bytes]:
    """Return the members of a ZIP file, to change some."""
    with zipfile.ZipFile(io.BytesIO(packed)) as made:
        return {name: made.read(name) for name in made.namelist()}


def word() -> bytes:
    """Return a Word file with a title, paragraphs and a table."""
    document = docx.Document()
    document.add_heading("Bridge closed", 0)
    for line in SAID:
        document.add_paragraph(line)
    table = document.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "Vehicles", "12,400"
    document.core_properties.author = "Road authority"
    document.core_properties.last_modified_by = "Jane"
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def opendocument(lines: str | None = None, doctype: str = "") -> bytes:
    """Return an OpenDocument text."""
    said = "".join(f"<text:p>{line}</text:p>" for line in SAID) if lines is None else lines
    content = f"<office:document-content {OFFICE_NS} {TEXT_NS} {TABLE_NS}><office:body><office:text>"
    meta = f"<office:document-meta {OFFICE_NS}><office:meta><generator>LibreOffice</generator></office:meta>"
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": f"{doctype}{content}{said}</office:text></office:body></office:document-content>",
            "meta.xml": f"{meta}</office:document-meta>",
        }
    )


def workbook() -> bytes:
    """Return a workbook with numbers, dates and a hidden sheet."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Traffic"
    sheet.append(["Year", "Vehicles", "Change"])
    sheet.append([2026, 12400, -0.125])
    sheet["B2"].number_format, sheet["C2"].number_format = "#,##0", "0.0%"
    book.create_sheet("Notes").sheet_state = "hidden"
    book["Notes"]["D7"] = "Counted in March"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def mail() -> bytes:
    """Return a message with a text, an attachment and the servers on its way."""
    message = EmailMessage()
    message["Received"] = "from relay.example by mx.example; Mon, 02 Nov 2026 10:00:05 +0000"
    message["From"], message["To"] = "Yollar Müdürlüğü <press@roads.example>", "desk@news.example"
    message["Date"], message["Subject"] = "Mon, 02 Nov 2026 10:00:00 +0000", "Köprü kapandı"
    message.set_content("\n\n".join(SAID))
    message.add_attachment(b"%PDF-1.7", maintype="application", subtype="pdf", filename="كشف.pdf")
    return message.as_bytes()


def single_file(url: str = URL) -> bytes:
    """Return a page as SingleFile saves it."""
    comment = (
        f"<!--\n Page saved with SingleFile \n url: {url} \n saved date: Fri Nov 20 2026 11:00:00 GMT+0100 (CET)\n-->"
    )
    return MARKUP.replace(
        "<head>", f"<head>{comment}<style>b{{src:url(data:font/woff2;base64,{'A' * 9_000})}}</style>"
    ).encode()


def mhtml() -> bytes:
    """Return a page as Chromium saves it in one file."""
    head = f"From: <Saved by Blink>\r\nSnapshot-Content-Location: {URL}\r\nSubject: Bridge\r\n"
    head += "Date: Fri, 20 Nov 2026 10:00:00 +0000\r\nMIME-Version: 1.0\r\n"
    head += 'Content-Type: multipart/related; type="text/html"; boundary="----b"\r\n\r\n'
    part = f"------b\r\nContent-Type: text/html\r\nContent-Location: {URL}\r\n\r\n{MARKUP}\r\n"
    picture = "------b\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n"
    return f"{head}{part}{picture}------b--\r\n".encode()


def warc(pages: Mapping[str, str] | None = None, is_packed: bool = True) -> bytes:
    """Return a WARC file with an answer for each page."""
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=is_packed, warc_version="1.1")
    writer.write_record(writer.create_warcinfo_record("made.warc.gz", {"software": "Test crawler 1"}))
    for url, markup in (pages or {URL: MARKUP}).items():
        head = StatusAndHeaders("200 OK", [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.1")
        writer.write_record(
            writer.create_warc_record(
                url, "response", io.BytesIO(markup.encode()), http_headers=head, warc_headers_dict={"WARC-Date": TAKEN}
            )
        )
    return out.getvalue()


def wacz(archive: bytes, *, text: str = "", url: str = URL, digest: str = "") -> bytes:
    """Return a web archive as ArchiveWeb.page packs it."""
    pages = [
        {"format": "json-pages-1.0", "id": "pages"},
        {"url": url, "title": "Bridge closed", "ts": TAKEN, "text": text},
    ]
    named = digest or hashlib.sha256(archive).hexdigest()
    resource = {
        "name": "data.warc.gz",
        "path": "archive/data.warc.gz",
        "hash": f"sha256:{named}",
        "bytes": len(archive),
    }
    about = {"profile": "data-package", "wacz_version": "1.1.1", "software": "ArchiveWeb.page", "resources": [resource]}
    return zipped(
        {
            "datapackage.json": json.dumps(about),
            "pages/pages.jsonl": "\n".join(map(json.dumps, pages)),
            "archive/data.warc.gz": archive,
        }
    )
