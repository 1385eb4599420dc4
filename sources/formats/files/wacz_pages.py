"""Open a web archive in a ZIP file (WACZ 1.1.1): its list of pages, its archives, and the digests that it names."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sources.formats.file_text import Fact
from sources.formats.files.line_text import one_line
from sources.formats.files.zip_members import Members
from sources.formats.unreadable import Unreadable

ABOUT, LISTS = "datapackage.json", ("pages/pages.jsonl", "pages/extraPages.jsonl")
ARCHIVES, ENDINGS = "archive/", (".warc", ".warc.gz")
MOST_ABOUT, MOST_LIST = 10_000_000, 50_000_000  # bytes
MOST_ARCHIVES, MOST_PAGES, MOST_LISTED = 200, 10_000, 50
LONGEST_LINE = 5_000_000  # bytes of a page in the list, with its text
MOST_VALUE = 500  # characters


@dataclass(frozen=True)
class ListedPage:
    """A page in the list of an archive, as the tool that made it describes it."""

    url: str = ""
    title: str = ""
    taken: str = ""
    text: str = ""


class Package:
    """A web archive in a ZIP file. Raises ``Unreadable`` where it is none."""

    def __init__(self, body: bytes) -> None:
        self._members = Members(body)
        self._about = self._read_about()
        self.pages = [page for name in LISTS if name in self._members.names for page in self._list(name)]
        self.main = self._main()
        self._wrong: list[str] = []
        self._right = 0

    def archives(self) -> Iterator[Iterator[bytes]]:
        """Yield the bytes of each archive in it, in pieces; the digest of each is checked on the way."""
        names = [name for name in self._members.names if name.startswith(ARCHIVES) and name.lower().endswith(ENDINGS)]
        if not names:
            raise Unreadable("not_text", "The file is a ZIP file, but it holds no web archive.")
        for name in sorted(names)[:MOST_ARCHIVES]:
            yield self._checked(name)

    def facts(self) -> Iterator[Fact]:
        """Yield what the package says of itself, and whether its archives have the digests that it names."""
        for name in ("title", "software", "created"):
            if value := _words(self._about, name):
                yield Fact("wacz", name, value)
        if self._right and not self._wrong:
            yield Fact("wacz", "digests", "The archives have the digests that the package names.")
        for name in self._wrong[:MOST_LISTED]:
            yield Fact("wacz", "digests", f"{name} does NOT have the digest that the package names.")
        for page in self.pages[:MOST_LISTED]:
            yield Fact("wacz", "page", f"{page.url} {page.title}".strip())

    def _checked(self, name: str) -> Iterator[bytes]:
        made = hashlib.sha256()
        for piece in self._members.pieces(name):
            made.update(piece)
            yield piece
        named = [each for each in _dicts(self._about.get("resources")) if each.get("path") == name]
        said = _words(named[0], "hash") if named else ""
        if said.startswith("sha256:"):
            is_right = said == f"sha256:{made.hexdigest()}"
            self._right += is_right
            self._wrong += [] if is_right else [one_line(name)[:MOST_VALUE]]

    def _read_about(self) -> Mapping[str, Any]:
        if ABOUT not in self._members.names:
            return {}
        found = _json(self._members.read(ABOUT, MOST_ABOUT))
        return found if isinstance(found, dict) else {}

    def _list(self, name: str) -> Iterator[ListedPage]:
        lines = self._members.read(name, MOST_LIST).splitlines()
        for line in lines[:MOST_PAGES]:
            found = _json(line) if len(line) <= LONGEST_LINE else None
            if isinstance(found, dict) and _words(found, "url"):
                text = found.get("text")
                yield ListedPage(
                    _words(found, "url"),
                    _words(found, "title"),
                    _words(found, "ts"),
                    text if isinstance(text, str) else "",
                )

    def _main(self) -> ListedPage:
        url = _words(self._about, "mainPageUrl")
        named = [page for page in self.pages if page.url == url]
        return (named or ([ListedPage(url)] if url else []) or self.pages or [ListedPage()])[0]


def _json(content: bytes) -> Any:
    try:
        return json.loads(content)
    except (ValueError, RecursionError):
        return None


def _dicts(value: object) -> list[dict[str, Any]]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def _words(found: Mapping[str, Any], name: str) -> str:
    value = found.get(name)
    return one_line(value)[:MOST_VALUE] if isinstance(value, str) else ""
