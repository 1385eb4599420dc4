"""What a page that a person saved says: its article, where it is from and when it was saved."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from sources.formats.article import EVER, Article
from sources.formats.file_text import Fact

ADDRESS, TAKEN = "address", "saved at"  # names of the facts that every saved page shares
LONGEST_ADDRESS = 2_048
LONGEST_DATE = 100  # characters


@dataclass(frozen=True)
class Saved:
    """Where a saved page says that it is from, when it was saved and with what: words of the file, not of a server."""

    standard: str = "html"
    address: str = ""
    taken: str = ""

    def facts(self) -> tuple[Fact, ...]:
        """Return what it says as facts."""
        told = ((ADDRESS, web_address(self.address)), (TAKEN, moment(self.taken)))
        return tuple(Fact(self.standard, name, value) for name, value in told if value)


@dataclass(frozen=True)
class PageCopy:
    """The article of a page that a person saved, what the file says of itself, and a sentence on how it was read."""

    article: Article
    facts: tuple[Fact, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class Reference:
    """What is known of a saved page beside its bytes: a person's word on its address, and the latest date it may have.

    The address in the file comes first.
    """

    url: str = ""
    latest: datetime = EVER


def web_address(value: str) -> str:
    """Return an address of the web, or nothing: a file may name anything as its origin."""
    value = value.strip()
    is_web = value.lower().startswith(("http://", "https://")) and len(value) <= LONGEST_ADDRESS
    return value if is_web and value.isprintable() and not set(value) & set(" <>\"'`") else ""


def moment(written: str) -> str:
    """Return a time in ISO 8601 as far as it can be read: mail, ISO 8601, or as JavaScript writes one."""
    written = " ".join(written.split())[:LONGEST_DATE]
    for reader in (datetime.fromisoformat, _of_script, parsedate_to_datetime):
        try:
            found = reader(written.partition(" (")[0])
            return (found.astimezone(UTC) if found.tzinfo else found).isoformat()
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
    return ""


def _of_script(written: str) -> datetime:
    """Read a time as JavaScript writes it: “Fri Nov 20 2026 11:00:00 GMT+0100”."""
    return datetime.strptime(written, "%a %b %d %Y %H:%M:%S GMT%z")
