"""Bring files to the desk (upload): keep what a person brings, and their word on where it comes from; never a fetch."""

from __future__ import annotations

import re
import unicodedata
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from typing import Any, BinaryIO

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from sources.archive import incoming, storage
from sources.archive.incoming import Incoming, TooLarge
from sources.capturing import archive_room, preserving, stated_addresses
from sources.formats import charset, html
from sources.formats.files import pages, registry
from sources.formats.files.kinds import FileKind
from sources.models import Bringing, Capture, Document, FetchAttempt
from sources.models.vocabulary import Outcome, SourceAct, SourceVerb
from workbench.desk import audit
from workbench.desk.models import User
from workbench.desk.refusal import NOT_KEPT, Refusal
from workbench.desk.roles import require

LONGEST_NAME = 255  # characters, as file systems have it
LONGEST_URL, LONGEST_ACCOUNT, LONGEST_OBTAINED = 2_048, 200, 2_000  # characters
UNSEEN = re.compile(r"[\x00-\x1f\x7f]")


@dataclass(frozen=True)
class Said:
    """Where a file comes from, by the word of the person who brings it: nobody at the desk has seen it there."""

    url: str = ""
    account: str = ""
    seen_at: datetime | None = None
    obtained: str = ""


NOTHING_SAID = Said()


def bring(
    stream: BinaryIO | Incoming,
    name: str,
    *,
    by: User,
    said: Said = NOTHING_SAID,
    instead_of: Document | None = None,
) -> Document:
    """Keep a file, and return its document: a new one, or the one that has the same bytes; read by a worker.

    The document is named by the hash of the bytes (RFC 6920), never by the address that the person gives for it.
    ``instead_of`` is a document that we could not fetch, and that the file is to show. Raises ``Refusal`` (codes
    ``empty``, ``too_large``, ``not_kept``, ``bad_url``, ``too_long``, ``future``) and ``NotPermitted``.
    """
    require(by, SourceAct.GATHER)
    said = _checked(said)
    name = safe_name(name)
    given = stream if isinstance(stream, Incoming) else received(stream, name)
    with closing(given):
        if not given.size:
            raise Refusal(_("This file is empty: it has no bytes."), "empty", field="files")
        return _kept(given, name, by=by, said=said, instead_of=instead_of)


def received(stream: BinaryIO, name: str) -> Incoming:
    """Return a file that was read from a stream to its end. Raises ``Refusal``, as ``bring`` does."""
    try:
        return incoming.received(stream, name)
    except (TooLarge, OSError) as problem:
        raise refusal(problem) from problem


def refusal(problem: TooLarge | OSError) -> Refusal:
    """Return the refusal of a file that did not come in whole."""
    if isinstance(problem, TooLarge):
        message = _("This file is larger than %(most)d MB, the most that is allowed for its kind.")
        return Refusal(message % {"most": problem.megabytes}, "too_large", field="files")
    if isinstance(problem, storage.Full):
        return Refusal(_("The disk is full: this file was not kept. Tell an administrator."), NOT_KEPT, field="files")
    return Refusal(_("This file could not be kept.") + f" ({problem})", NOT_KEPT, field="files")


def safe_name(name: str) -> str:
    """Return the name of a file without folders and without signs that cannot be shown; it is never used as a path."""
    last = re.split(r"[/\\]", charset.clean(name))[-1]
    return unicodedata.normalize("NFC", UNSEEN.sub("", last)).strip(". ")[-LONGEST_NAME:]


def reader_for(kind: FileKind) -> str:
    """Return the name of the reader for a kind of file, also where none reads it."""
    return html.READER if kind.media_type in pages.READERS else registry.reader_of(kind) or registry.NONE


@transaction.atomic
def _kept(given: Incoming, name: str, *, by: User, said: Said, instead_of: Document | None) -> Document:
    uri = f"ni:///sha-256;{given.sha256}"
    document, _new = Document.objects.get_or_create(
        url=uri,
        defaults={
            "host": "",
            "due_at": None,
            "asked_by": by,
            "last_outcome": Outcome.BROUGHT,
            "title": name or str(_("File without a name")),
        },
    )
    capture = document.captures.order_by("pk").first() or _captured(document, given, by)
    Bringing.objects.create(
        capture=capture,
        by=by,
        file_name=name,
        media_type=given.kind.media_type,
        said_url=said.url,
        said_account=said.account,
        seen_at=said.seen_at,
        obtained=said.obtained,
        instead_of=instead_of,
    )
    stated_addresses.note(document, said.url)
    facts: dict[str, Any] = {
        "file": name,
        "said_to_be_from": said.url,
        "account": said.account,
        "seen": said.seen_at and said.seen_at.isoformat(),
        "obtained": said.obtained,
        "instead_of": instead_of and instead_of.url,
    }
    told = {key: value for key, value in facts.items() if value}
    audit.record(by, SourceVerb.BROUGHT_FILE, document, sha256=given.sha256, **told)
    return document


def _captured(document: Document, given: Incoming, by: User) -> Capture:
    attempt = FetchAttempt.objects.create(
        document=document, outcome=Outcome.BROUGHT, reason=_("Brought by %(person)s.") % {"person": by}
    )
    try:
        kept = preserving.keep_brought(document.url, given)
    except archive_room.NotKept as problem:
        raise Refusal(str(problem), NOT_KEPT, field="files") from problem
    return preserving.note(attempt, kept, to_read=True, reader=reader_for(given.kind))


def _checked(said: Said) -> Said:
    """Return what was said, without space around it. Raises ``Refusal``."""
    said = Said(said.url.strip(), said.account.strip(), said.seen_at, said.obtained.strip())
    if said.url and not re.match(r"https?://[^\s/]", said.url):
        raise Refusal(_("An address begins with http:// or https://."), "bad_url", field="said_url")
    if said.seen_at and said.seen_at > timezone.now():
        raise Refusal(_("This time is in the future."), "future", field="seen_at")
    lengths = (
        (said.url, LONGEST_URL, "said_url"),
        (said.account, LONGEST_ACCOUNT, "said_account"),
        (said.obtained, LONGEST_OBTAINED, "obtained"),
    )
    for text, most, field in lengths:
        if len(text) > most:
            message = _("At most %(most)d characters fit here. This has %(length)d.")
            raise Refusal(message % {"most": most, "length": len(text)}, "too_long", field=field)
        if "\0" in text:
            raise Refusal(
                _("The text contains a null character, which we cannot store."), "null_character", field=field
            )
    return said
