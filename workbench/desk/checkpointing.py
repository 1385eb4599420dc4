"""Make checkpoints of the log: number new entries in its tree, sign the root, have it stamped; note who holds one."""

from __future__ import annotations

import base64
import contextlib
from collections.abc import Generator
from datetime import UTC, datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from workbench.desk import actor, audit, declarations, hidden_rows, log_tree, signing_key
from workbench.desk.anchors import Checkpoint, LogLeaf, SigningKey, Witness
from workbench.desk.models import LogEntry, User
from workbench.desk.refusal import Refusal
from workbench.desk.roles import require
from workbench.desk.vocabulary import DeskAct, DeskVerb
from workbench.desk.work_queue import Next, WorkQuerySet
from workbench.transparency.signed_note import TIME, Note

MOST_AT_ONCE = 50_000  # entries that one checkpoint adds to the tree: about two seconds


def due() -> WorkQuerySet:
    """Return the checkpoints for a worker; open one where log or captures have grown and the last one is old."""
    rows: WorkQuerySet = Checkpoint.objects.all()
    last = Checkpoint.objects.made().first()
    is_old = last is None or last.made_at < timezone.now() - settings.CHECKPOINT_EVERY
    if is_old and _has_grown(last):
        ask()
    return rows


def ask() -> None:
    """Have a worker make a checkpoint soon, over everything that is committed by then."""
    with contextlib.suppress(IntegrityError), transaction.atomic():  # one is already open: it will be over this too
        Checkpoint.objects.create()


def step(row: Checkpoint) -> Generator[None, None, Next]:
    """Make a checkpoint; then have it stamped, where an authority is set."""
    token = declarations.timestamp()(row.text) if row.text else None
    yield
    if not row.text:
        if _fill(row):
            row.save(update_fields=["size", "text", "key", "heads", "made_at"])
        return timezone.now()
    if token is not None:
        row.token, row.certificates, row.stamped_at = token.answer, token.certificates, token.stamped_at
        row.authority = token.authority
        actor.speak_for(None)
        row.save(update_fields=["token", "certificates", "stamped_at", "authority"])
    return None


@hidden_rows.everything()
@transaction.atomic
def now() -> Checkpoint:
    """Return a checkpoint over everything that this transaction sees: the newest one, if nothing happened since.

    Raises ``Refusal`` (codes ``no_key`` and ``catching_up``).
    """
    row = Checkpoint()
    if not _fill(row):
        message = _("The log is being anchored for the first time. Try again in a few minutes.")
        raise Refusal(message, "catching_up")
    newest: Checkpoint | None = Checkpoint.objects.made().first()
    if newest is not None and _same(newest, row):
        return newest
    row.save()
    return row


@hidden_rows.everything()
@transaction.atomic
def make(*, by: User) -> Checkpoint:
    """Make a checkpoint because a person wants one. Raises ``NotPermitted`` and ``Refusal``."""
    require(by, DeskAct.MAKE_CHECKPOINT)
    return now()


@transaction.atomic
def note_witness(checkpoint: Checkpoint, *, by: User, kind: str, holder: str) -> Witness:
    """Note who holds a checkpoint outside this machine. Raises ``NotPermitted``."""
    require(by, DeskAct.NOTE_WITNESS)
    witness = Witness.objects.create(checkpoint=checkpoint, kind=kind, holder=holder, noted_by=by)
    audit.record(by, DeskVerb.NOTED_WITNESS, checkpoint, kind=kind, holder=holder, line=checkpoint.line)
    return witness


def rotate() -> SigningKey:
    """Replace the key of the desk; the old key signs the new one. Raises ``Refusal`` (code ``no_key``).

    The file takes its place last: if that fails, the desk goes on with the old key.
    """
    old, new, draft = signing_key.replace()
    with transaction.atomic():
        before = _registered(signing_key.public(old))
        statement = signing_key.ENDORSES.format(old=before.public, new=signing_key.public(new))
        key = _registered(signing_key.public(new), before, base64.b64encode(old.sign(statement.encode())).decode())
    draft.replace(settings.SIGNING_KEY)
    return key


def replace_lost() -> SigningKey:
    """Begin to sign with a key that no key before has signed, because that one is lost; the log keeps it.

    Raises ``Refusal`` (codes ``not_lost`` and ``no_key``).
    """
    new, draft = signing_key.after_loss()
    with transaction.atomic():
        lost = SigningKey.objects.latest("pk").public
        actor.speak_for(None)
        key = SigningKey.objects.create(public=signing_key.public(new))
        audit.record(None, DeskVerb.LOST_SIGNING_KEY, key, public=key.public, before=lost)
    draft.replace(settings.SIGNING_KEY)
    return key


def origin() -> str:
    """Return the name of this log: the desk’s public address without its scheme (C2SP tlog-checkpoint)."""
    read = urlsplit(settings.DESK_URL)
    return f"{read.netloc}{read.path.rstrip('/')}/log"


@hidden_rows.everything()
def _has_grown(last: Checkpoint | None) -> bool:
    newest = LogLeaf.objects.aggregate(newest=Max("entry"))["newest"] or 0
    return LogEntry.objects.filter(pk__gt=newest).exists() or (last is not None and last.heads != _heads())


@hidden_rows.everything()
def _heads() -> dict[str, list[int | str]]:
    return {name: list(chain.newest()) for name, chain in declarations.anchored().items()}


def _fill(row: Checkpoint) -> bool:
    """Make the checkpoint of a row that nobody else sees or changes.

    Return False where so many entries were new that more of them wait: a checkpoint is over the whole log.
    """
    private = signing_key.load()
    at = _alone()
    row.key = _registered(signing_key.public(private))
    if _number_entries() == MOST_AT_ONCE:
        return False
    row.size, row.made_at = log_tree.size(), at
    row.heads = _heads()
    told = [f"{name} {number}:{digest}" for name, (number, digest) in row.heads.items()]
    note = Note(origin(), row.size, log_tree.root(row.size), (f"{TIME} {_iso(row.made_at)}", *told))
    row.text = signing_key.signed(note, private).text
    actor.speak_for(None)
    return True


def _alone() -> datetime:
    """Wait until nobody else extends the tree, and return the time by the clock that log entries carry.

    A lock on the table would need more rights than to add rows.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('workbench log tree'))")
        cursor.execute("SELECT clock_timestamp()")
        at: datetime = cursor.fetchone()[0]
    return at


def _number_entries() -> int:
    """Give entries without a place in the tree the next numbers, and keep the hashes of blocks that this completes.

    A function of the owner does it: the programs only read the tree.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT workbench_extend_log_tree(%s, %s)", [log_tree.LATE, MOST_AT_ONCE])
        return int(cursor.fetchone()[0])


def _registered(public: str, before: SigningKey | None = None, endorsement: str = "") -> SigningKey:
    """Return the row of a public key; add and log it where it is new."""
    known = SigningKey.objects.filter(public=public).first()
    if known is not None:
        return known
    actor.speak_for(None)
    key = SigningKey.objects.create(public=public, before=before, endorsement=endorsement)
    audit.record(None, DeskVerb.NEW_SIGNING_KEY, key, public=public, before=before.public if before else "")
    return key


def _same(one: Checkpoint, other: Checkpoint) -> bool:
    """Return whether two checkpoints say the same, but for their time."""
    told = [
        (note.origin, note.size, note.root, row.heads, row.key_id)
        for row, note in ((one, one.note), (other, other.note))
    ]
    return told[0] == told[1]


def _iso(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
