"""Bring files to the desk (upload): keep what a person brings, and their word on where it comes from; never a fetch."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from typing import Any, BinaryIO

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from sources.archive import incoming, storage
from sources.archive.incoming import Incoming, TooLarge
from sources.capturing import archive_room, keeping_bytes, preserving, stated_addresses
from sources.formats import article, charset
from sources.formats.files import kinds, reader_names
from sources.formats.files.kinds import FileKind
from sources.models import Bringing, Capture, Document, FetchAttempt, FormUpload
from sources.models.vocabulary import Outcome, SourceAct, SourceVerb
from workbench.desk import audit, hidden_rows
from workbench.desk.models import User
from workbench.desk.refusal import NOT_KEPT, Refusal
from workbench.desk.roles import require

LONGEST_NAME = 255  # characters, as file systems have it
LONGEST_URL, LONGEST_ACCOUNT, LONGEST_OBTAINED = 2_048, 200, 2_000  # characters
UNSEEN = re.compile(r"[\x00-\x1f\x7f]")


@dataclass(frozen=True)
class StatedOrigin:
    """Where a file comes from, by the word of the person who brings it: nobody at the desk has seen it there."""

    url: str = ""
    account: str = ""
    seen_at: datetime | None = None
    obtained: str = ""


MAY_RUN = {kinds.KINDS[name].media_type for name in ("unknown", "text")}
NOTHING_STATED = StatedOrigin()


@dataclass(frozen=True)
class Sender:
    """Who brings a file: a person of the desk, or somebody whom ``asked_by`` gave a link, known by a name alone."""

    by: User | None
    asked_by: User
    given_by: str = ""


class Upload:
    """A file that comes up piece by piece. What goes wrong with it is kept for later, so that the others go on."""

    def __init__(self, name: str) -> None:
        self.name = safe_name(name)
        self._problem: TooLarge | OSError | None = None
        self._coming: Incoming | None = None

    def write(self, piece: bytes) -> None:
        """Add what came next; once something went wrong, the rest is let go."""
        if self._problem is not None:
            return
        try:
            self._coming = self._coming or Incoming(self.name)
            self._coming.write(piece)
        except (TooLarge, OSError) as problem:
            self._problem = problem
            self.close()

    def whole(self) -> Incoming:
        """Return the file, all of which has come. Raises ``Refusal``, as ``bring`` does."""
        if self._problem is not None:
            raise refusal(self._problem)
        if self._coming is None:
            raise Refusal(_("This file is empty: it has no bytes."), "empty", field="files")
        return self._coming

    def close(self) -> None:
        """Remove what has come."""
        if self._coming is not None:
            self._coming.close()


@dataclass(frozen=True)
class Brought:
    """What became of one file: the document that it is, or what was wrong with it."""

    name: str
    document: Document | None = None
    problem: str = ""


def bring_each(
    uploads: Iterable[Upload], *, by: User, said: StatedOrigin = NOTHING_STATED, instead_of: Document | None = None
) -> list[Brought]:
    """Keep each file of a form that is not sent yet, and say what became of it: one that is refused stops no other."""
    found = []
    for upload in uploads:
        try:
            document = bring(upload.whole(), upload.name, by=by, said=said, instead_of=instead_of, on_form=True)
            found.append(Brought(upload.name, document))
        except Refusal as problem:
            found.append(Brought(upload.name, problem=str(problem)))
    return found


def brought_by(person: User, keys: Iterable[int]) -> list[Document]:
    """Return those of some documents that a person has brought, in the order given."""
    asked = list(dict.fromkeys(keys))
    mine = Bringing.objects.filter(by=person, capture__document__in=asked).values("capture__document")
    found = Document.objects.filter(pk__in=mine).in_bulk()
    return [found[key] for key in asked if key in found]


def ending_of_another(row: Bringing) -> str:
    """Return the ending of a file's name where it stands for another kind than the bytes are; else nothing."""
    return kinds.ending_of_another(row.file_name, row.media_type)


def for_everybody(rows: Sequence[Bringing]) -> list[Bringing]:
    """Return those of some bringings that everybody may know of; where a file has none such, all of it."""
    if len(rows) < 2:
        return list(rows)
    with hidden_rows.read_by(lambda: None):
        public = set(Bringing.objects.filter(pk__in=[row.pk for row in rows]).values_list("pk", flat=True))
    known = {row.capture_id for row in rows if row.pk in public}
    return [row for row in rows if row.pk in public or row.capture_id not in known]


def is_program(capture: Capture, names: Iterable[str]) -> bool:
    """Return whether a brought file may be run as a program, by a name that it came under or by its first bytes."""
    if any(kinds.is_program(name) for name in names):
        return True
    if capture.content_type not in MAY_RUN:
        return False
    try:
        with closing(preserving.opened(capture)) as pieces:
            return kinds.is_program("", next(pieces, b""))
    except preserving.LOST:
        return False


def lately_by(person: User, most: int) -> list[Bringing]:
    """Return how a person brought the files that they brought last, each file once and the newest first."""
    rows = Bringing.objects.filter(by=person).select_related("capture__document").order_by("-pk")[: 2 * most]
    newest: dict[int, Bringing] = {}
    for row in rows:
        newest.setdefault(row.capture.document_id, row)
    return list(newest.values())[:most]


@transaction.atomic
def send(documents: Iterable[Document], *, by: User, openly: bool = True) -> None:
    """Send the form with files that a person brought: from now on others may see them, and what this person says.

    Where the form is not sent ``openly``, their word on a file that others have brought too stays out of its addresses.
    """
    require(by, SourceAct.GATHER)
    waiting = (
        FormUpload.objects.waiting().of(by).filter(bringing__capture__document__in=[each.pk for each in documents])
    )
    for upload in waiting.select_for_update(of=("self",)).select_related("bringing__capture__document"):
        upload.sent_at = timezone.now()
        upload.save(update_fields=["sent_at"])
        document = upload.bringing.capture.document
        if openly:
            stated_addresses.note(document, upload.bringing.said_url)
        audit.record(by, SourceVerb.SENT_FILE, upload.bringing, chain=audit.name_of(document))


def is_private(document: Document, person: User) -> bool:
    """Say whether a person has a document on a form that they did not send: nobody else sees that they brought it."""
    return FormUpload.objects.waiting().of(person).filter(bringing__capture__document=document).exists()


@transaction.atomic
def tell(document: Document, *, by: User, said: StatedOrigin, instead_of: Document | None = None) -> None:
    """Add a person's word on a file of a form that they have brought before: where it comes from.

    What they have said of it already is not said twice. Raises as ``bring`` does.
    """
    require(by, SourceAct.GATHER)
    said = _checked(said)
    last = Bringing.objects.filter(by=by, capture__document=document).order_by("-pk").first()
    if last is None:
        raise Refusal(_("You have not brought this file."), "not_brought", field="files")
    told = StatedOrigin(last.said_url, last.said_account, last.seen_at, last.obtained)
    if (said, instead_of) in ((NOTHING_STATED, None), (told, last.instead_of)):
        return
    _note(last.capture, Sender(by, by), last.file_name, last.media_type, said, instead_of, on_form=True)


def bring(
    stream: BinaryIO | Incoming,
    name: str,
    *,
    by: User,
    said: StatedOrigin = NOTHING_STATED,
    instead_of: Document | None = None,
    on_form: bool = False,
) -> Document:
    """Keep a file, and return its document: a new one, or the one that has the same bytes; read by a worker.

    The document is named by the hash of the bytes (RFC 6920), never by the address that the person gives for it. A
    file ``on_form`` is seen by nobody else until the form is sent (``send``). ``instead_of`` is a document that we
    could not fetch, and that the file is to show. Raises ``Refusal`` (codes
    ``empty``, ``too_large``, ``not_kept``, ``bad_url``, ``too_long``, ``future``) and ``NotPermitted``.
    """
    require(by, SourceAct.GATHER)
    said = _checked(said)
    name = safe_name(name)
    given = stream if isinstance(stream, Incoming) else received(stream, name)
    with closing(given):
        if not given.size:
            raise Refusal(_("This file is empty: it has no bytes."), "empty", field="files")
        return _kept(given, name, Sender(by, by), said, instead_of=instead_of, on_form=on_form)


def receive(
    stream: BinaryIO | Incoming, name: str, *, given_by: str, asked_by: User, said: StatedOrigin = NOTHING_STATED
) -> Document:
    """Keep a file that somebody without an account sent through a link which a person of the desk gave them.

    Nobody at the desk brought it: the log says that it came, and ``given_by`` who is said to have sent it. Raises
    ``Refusal`` as ``bring`` does.
    """
    said = _checked(said)
    name = safe_name(name)
    with closing(stream if isinstance(stream, Incoming) else received(stream, name)) as given:
        if not given.size:
            raise Refusal(_("This file is empty: it has no bytes."), "empty", field="files")
        return _kept(given, name, Sender(None, asked_by, given_by), said)


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
    is_page = kind.media_type in reader_names.SAVED_PAGES
    return article.READER if is_page else reader_names.NAMES.get(kind.media_type, reader_names.NONE)


@transaction.atomic
def _kept(
    given: Incoming,
    name: str,
    sender: Sender,
    said: StatedOrigin,
    *,
    instead_of: Document | None = None,
    on_form: bool = False,
) -> Document:
    title = name or str(_("File without a name"))
    columns = {"last_outcome": Outcome.BROUGHT, "title": title}
    document, _new = keeping_bytes.document_of(given.sha256, by=sender.asked_by, **columns)
    capture = document.captures.order_by("pk").first() or _captured(document, given)
    _note(capture, sender, name, given.kind.media_type, said, instead_of, on_form=on_form)
    return document


def _note(
    capture: Capture,
    sender: Sender,
    name: str,
    media_type: str,
    said: StatedOrigin,
    instead_of: Document | None,
    *,
    on_form: bool,
) -> None:
    """Write down that a person brought these bytes, and where they say it comes from."""
    row = Bringing.objects.create(
        capture=capture,
        by=sender.by,
        given_by=sender.given_by,
        file_name=name,
        media_type=media_type,
        said_url=said.url,
        said_account=said.account,
        seen_at=said.seen_at,
        obtained=said.obtained,
        instead_of=instead_of,
    )
    if on_form:
        FormUpload.objects.create(bringing=row)
    if not on_form or not Bringing.objects.filter(capture__document=capture.document_id).exclude(by=sender.by).exists():
        stated_addresses.note(capture.document, said.url)
    facts: dict[str, Any] = {
        "file": name,
        "said_to_be_from": said.url,
        "account": said.account,
        "seen": said.seen_at and said.seen_at.isoformat(),
        "obtained": said.obtained,
        "instead_of": instead_of and audit.name_of(instead_of),
        "given_by": sender.given_by,
    }
    told = {key: value for key, value in facts.items() if value}
    verb = SourceVerb.BROUGHT_FILE if sender.by else SourceVerb.RECEIVED_FILE
    chain = audit.name_of(capture.document)
    audit.record(sender.by, verb, row, chain=chain, sha256=capture.sha256, **told)


def _captured(document: Document, given: Incoming) -> Capture:
    reason = _("A person brought this file.")  # who, the row of the bringing says: others may bring the same bytes
    attempt = FetchAttempt.objects.create(document=document, outcome=Outcome.BROUGHT, reason=reason)
    try:
        kept = preserving.keep_brought(document.url, given)
    except archive_room.NotKept as problem:
        raise Refusal(str(problem), NOT_KEPT, field="files") from problem
    return preserving.note(attempt, kept, to_read=True, reader=reader_for(given.kind))


def _checked(said: StatedOrigin) -> StatedOrigin:
    """Return what was said, without space around it. Raises ``Refusal``."""
    said = StatedOrigin(said.url.strip(), said.account.strip(), said.seen_at, said.obtained.strip())
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
