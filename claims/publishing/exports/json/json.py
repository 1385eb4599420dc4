"""The JSON export of a report: the text that was hashed when it was published, byte for byte."""

from __future__ import annotations

from claims.models import Report
from claims.publishing.exports.format import Format


def render(report: Report) -> bytes:
    """Return the bytes whose SHA-256 the report prints."""
    return report.content.encode()


FORMAT = Format("json", "application/json", "json", render)
