"""Confidential sources: add one under a pseudonym, name who may read the name, and show it to them."""

from __future__ import annotations

import json
import os
import secrets
import stat
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.db import connection, transaction
from django.utils.translation import gettext as _

from sources.models import IdentityReader, Source, SourceIdentity
from sources.models.source import folded_name
from sources.models.vocabulary import SourceAct, SourceKind, SourceVerb
from sources.registry import registering
from workbench.desk import audit, hidden_rows
from workbench.desk.models import LogEntry, User
from workbench.desk.refusal import Refusal
from workbench.desk.roles import NotPermitted, require
from workbench.transparency import commitments

MOST_SHOWN = 100  # entries
NAME = "name"  # of the field that the salted hash binds


@transaction.atomic
def add_confidential(name: str, kind: SourceKind, *, by: User, country: str = "", description: str = "") -> Source:
    """Add a source that all but named people know by a pseudonym; at first only who adds it reads the name.

    Nothing compares the name with others, so nothing tells whether the desk knows it already. Raises ``Refusal`` (codes
    of ``registering.checked_name``; ``no_key`` where the key that encrypts names cannot be used), ``NotPermitted``.
    """
    require(by, SourceAct.GATHER)
    name, salt = registering.checked_name(name), secrets.token_hex(commitments.SHORTEST_SALT // 2)
    source = Source.objects.create(
        name=_pseudonym(kind), kind=kind, country=country.strip(), description=description.strip(), added_by=by
    )
    identity = SourceIdentity.objects.create(
        source=source,
        ciphertext=_key().encrypt(json.dumps({"salt": salt, NAME: name}).encode()).decode(),
        commitment=commitments.commitment(salt, NAME, name),
        made_by=by,
    )
    audit.record(by, SourceVerb.ADDED_CONFIDENTIAL, source, name=source.name, kind=kind, bound=identity.commitment)
    _give(identity, by, by=by)
    return source


@transaction.atomic
def reveal(source: Source, *, by: User) -> str:
    """Return who a confidential source is, to somebody who may know it; the log keeps that they looked.

    Raises ``NotPermitted``, and ``Refusal`` (code ``no_key``) where the name cannot be decrypted.
    """
    identity = _hold(source, by=by)
    name = opened(identity)[NAME]
    audit.record(by, SourceVerb.READ_IDENTITY, identity)
    return name


@transaction.atomic
def let_read(source: Source, person: User, *, by: User) -> IdentityReader:
    """Let somebody read who a confidential source is. Raises ``Refusal`` (code ``no_account``), ``NotPermitted``."""
    identity = _hold(source, by=by)
    if not person.is_active:
        raise Refusal(_("This account is closed."), "no_account", field="person")
    return _give(identity, person, by=by)


@transaction.atomic
def stop(source: Source, person: User, *, by: User) -> None:
    """Let somebody no longer read who a confidential source is. Raises ``Refusal`` (``last``), ``NotPermitted``."""
    identity = _hold(source, by=by)
    reader = identity.readers.standing().filter(person=person).first()
    if reader is None:
        return
    if not identity.readers.standing().filter(person__is_active=True).exclude(person=person).exists():
        raise Refusal(_("Nobody else knows this source. Name somebody else first."), "last")
    reader.end(by=by)
    audit.record(by, SourceVerb.REMOVED_READER, identity, person=audit.name_of(person))


def knows(source: Source, person: User) -> bool:
    """Say whether a person may read who a source is; nobody does of a source that is not confidential."""
    return IdentityReader.objects.standing().filter(identity__source=source, person=person).exists()


def history(source: Source) -> list[LogEntry]:
    """Return who looked and who was named, the newest first: an entry that no other page shows."""
    identity = SourceIdentity.objects.get(source=source)
    with hidden_rows.everything():
        return list(LogEntry.objects.filter(chain=audit.name_of(identity)).order_by("-seq")[:MOST_SHOWN])


def opened(identity: SourceIdentity) -> dict[str, str]:
    """Return the name of a confidential source and the salt of its hash. Raises ``Refusal`` (code ``no_key``)."""
    try:
        found: dict[str, str] = json.loads(_key().decrypt(identity.ciphertext.encode()))
    except InvalidToken as problem:
        raise Refusal(_("The key with which this name was encrypted is lost."), "no_key") from problem
    return found


def _hold(source: Source, *, by: User) -> SourceIdentity:
    """Lock the identity of a source that a person may know, and return it."""
    Source.objects.select_for_update(no_key=True).get(pk=source.pk)
    identity = SourceIdentity.objects.filter(source=source).first()
    if identity is None or not knows(source, by):
        raise NotPermitted(_("Only the people who are named for it may know who this source is."))
    return identity


def _give(identity: SourceIdentity, person: User, *, by: User) -> IdentityReader:
    reader, new = IdentityReader.objects.get_or_create(
        identity=identity, person=person, ended_at=None, defaults={"given_by": by}
    )
    if new:
        audit.record(by, SourceVerb.NAMED_READER, identity, person=audit.name_of(person))
    return reader


def _pseudonym(kind: SourceKind) -> str:
    """Return the next free pseudonym. One person at a time takes one, until their transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('pseudonyms of sources', 0))")
    number = SourceIdentity.objects.count()
    while True:
        number += 1
        name = _("Confidential source %(number)d") % {"number": number}
        if not Source.objects.filter(folded=folded_name(name), kind=kind).exists():
            return name


def _key() -> Fernet:
    """Return the key that encrypts names, made on first use unless a setting names its file.

    Raises ``Refusal`` (code ``no_key``) where the file cannot be used; nothing replaces a lost key by itself.
    """
    path: Path = settings.IDENTITY_KEY
    try:
        if not path.exists() and settings.IDENTITY_KEY_IS_OURS and not SourceIdentity.objects.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                file.write(Fernet.generate_key())
        if path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
            raise Refusal(_("Others on this machine can read the key for names: “chmod 600” its file."), "no_key")
        return Fernet(path.read_bytes().strip())
    except (OSError, ValueError) as problem:
        raise Refusal(_("The key that encrypts names of confidential sources cannot be used."), "no_key") from problem
