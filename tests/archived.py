"""Captures whose bytes are in an archive."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from sources.archive import warc
from sources.models import Capture
from tests import make

ADDRESS = "https://courier.example/bridge"


def archived(
    folder: Path, body: bytes | str, content_type="text/html; charset=utf-8", headers=(), **changes
) -> Capture:
    """A capture of what a server answered, stored in the archive at a folder."""
    payload = body.encode() if isinstance(body, str) else body
    out = BytesIO()
    head = StatusAndHeaders("200 OK", [("Content-Type", content_type), *headers], protocol="HTTP/1.1")
    writer = WARCWriter(out, gzip=True)
    writer.write_record(writer.create_warc_record(ADDRESS, "response", payload=BytesIO(payload), http_headers=head))
    name, offset, length = warc.append(folder, out.getvalue())
    columns = {"content_type": content_type, "warc_file": name, "warc_offset": offset, "warc_length": length}
    return make.capture(**columns | changes)
