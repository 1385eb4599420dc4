"""What an export format declares: its name in addresses, its content type, its file ending and how it is made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from claims.models import Report


@dataclass(frozen=True)
class Format:
    """A format in which anybody may download a report.

    ``name`` is part of the address, ``ending`` of the file name. ``render`` raises ``Refusal``: code ``retracted`` for
    a format that ends with a retraction, ``unavailable`` where this server cannot make it.
    """

    name: str
    content_type: str
    ending: str
    render: Callable[[Report], bytes]
    mark: str = ""  # in the file name, where two formats have one ending
