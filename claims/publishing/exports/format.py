"""What every export format declares."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from claims.models import Report


class NotExported(Exception):
    """This report is not available in this format: the message tells a person, ``http_status`` a machine."""

    def __init__(self, message: str, http_status: int) -> None:
        super().__init__(message)
        self.http_status = http_status


@dataclass(frozen=True)
class Format:
    """A format in which anybody may download a report.

    ``name`` stands in the address, ``ending`` in the name of the file. ``render`` raises ``NotExported``.
    """

    name: str
    content_type: str
    ending: str
    render: Callable[[Report], bytes]
