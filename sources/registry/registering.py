"""Register sources: add and change them, their other names, their domains and their reliability ratings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from sources.models import Document, Source, SourceDomain, SourceIdentity, SourceName, Standing
from sources.models.source import LONGEST_NAME, folded_name
from sources.models.vocabulary import Reliability, SourceAct, SourceKind, SourceVerb
from sources.web.addresses import Refused, site_of, without_www
from workbench.desk import audit, hidden_rows
from workbench.desk.models import User
from workbench.desk.refusal import Refusal
from workbench.desk.roles import require


@transaction.atomic
def add_source(
    name: str,
    kind: SourceKind,
    *,
    by: User,
    language: str = "",
    country: str = "",
    description: str = "",
    hosts: Iterable[str] = (),
) -> Source:
    """Add a source, with the domains on which it publishes. Raises ``Refusal``, ``NotPermitted``."""
    require(by, SourceAct.GATHER)
    name = checked_name(name)
    source = Source(
        pk=_hidden(name, kind),
        name=name,
        kind=kind,
        language=language.strip(),
        country=country.strip(),
        description=description.strip(),
        added_by=by,
        added_at=timezone.now(),
    )
    check(source)
    with _unless_added():
        source.save()
    audit.record(by, SourceVerb.ADDED_SOURCE, source, name=source.name, kind=kind)
    for host in hosts:
        _add_domain(source, host, by=by, field="hosts")
    return source


@transaction.atomic
def known_or_new(name: str, kind: SourceKind, *, by: User) -> Source:
    """Return the source that somebody names, added now if it is new to the desk, or to who names it."""
    known: Source | None = Source.objects.called(name).first()
    if known is not None:
        return known
    hidden = _hidden(name, kind)
    if hidden is not None:
        source = Source(pk=hidden, name=name, kind=kind, added_by=by, added_at=timezone.now())
        source.save()
        return source
    # Two people may name it for the first time at once; the unique columns then find the first one's row.
    source, _new = Source.objects.get_or_create(
        folded=folded_name(name), kind=kind, defaults={"name": name, "added_by": by}
    )
    return source


def _hidden(name: str, kind: SourceKind) -> int | None:
    """Return the key of a source that only people who see a restricted claim know, and show it from now on.

    Whoever adds it makes it theirs: nothing tells them that it was there.
    """
    with hidden_rows.everything():
        key = Source.objects.filter(folded=folded_name(name), kind=kind).values_list("pk", flat=True).first()
    if key is None or not hidden_rows.is_hidden(Source._meta.label, "id", key):
        return None
    hidden_rows.show(Source._meta.label, "id", key)
    return int(key)


def _check_open(source: Source) -> None:
    """Raise ``Refusal`` where a name, a domain or an owner could tell who a confidential source is."""
    if SourceIdentity.objects.filter(source=source).exists():
        problem = _("This source is confidential: a name, a domain or an owner could tell who it is.")
        raise Refusal(problem, "confidential")


def _make_way(source: Source) -> None:
    """Give another name to a source that the person who renames this one must not know of, and that has the name."""
    key = _hidden(source.name, SourceKind(source.kind))
    if key is not None and key != source.pk:
        other = Source.objects.get(pk=key)
        other.name = f"{other.name[: LONGEST_NAME - 20]} ({key})"
        other.save(update_fields=["name", "folded"])
        audit.record(None, SourceVerb.CHANGED_SOURCE, other, before={"name": source.name})


@transaction.atomic
def change_source(source: Source, *, by: User, changed: Iterable[str]) -> Source:
    """Save the changed fields of a source; the log keeps the values before. Raises ``Refusal``, ``NotPermitted``."""
    require(by, SourceAct.GATHER)
    source.name = checked_name(source.name)
    check(source)
    if {"name", "owner"} & set(changed):
        _check_open(source)
    before = Source.objects.select_for_update().get(pk=source.pk)
    fields = sorted(changed)
    _make_way(source)
    with _unless_added():
        source.save(update_fields=[*fields, "folded"])
    audit.record(
        by, SourceVerb.CHANGED_SOURCE, source, before={field: str(getattr(before, field) or "") for field in fields}
    )
    return source


def check(source: Source) -> None:
    """Raise ``Refusal`` where another source of this kind has this name, or the source is its own owner."""
    others = Source.objects.exclude(pk=source.pk)
    known = others.filter(folded=folded_name(checked_name(source.name)), kind=source.kind).first()
    if known is not None:
        message = _("This source already exists, as “%(source)s”.") % {"source": known}
        raise Refusal(message, "known", field="name")
    if source.pk and source.owner_id == source.pk:
        raise Refusal(_("A source cannot own itself."), "own_owner", field="owner")


@transaction.atomic
def add_name(source: Source, name: str, *, by: User, language: str = "") -> SourceName:
    """Add another name of a source, in any language or script. Raises ``Refusal``, ``NotPermitted``."""
    require(by, SourceAct.GATHER)
    _check_open(source)
    name = checked_name(name)
    if source.folded == folded_name(name) or source.names.filter(folded=folded_name(name)).exists():
        raise Refusal(_("This source already has this name."), "known", field="name")
    with _unless_added():
        added = SourceName.objects.create(source=source, name=name, language=language.strip())
    audit.record(by, SourceVerb.ADDED_NAME, source, name=name, language=language)
    return added


@transaction.atomic
def add_domain(source: Source, host: str, *, by: User) -> SourceDomain:
    """Add a domain on which a source publishes, given as a host or any address on it.

    Documents from there that have no source yet get this one. Raises ``Refusal``, ``NotPermitted``.
    """
    require(by, SourceAct.GATHER)
    return _add_domain(source, host, by=by, field="host")


def _add_domain(source: Source, host: str, *, by: User, field: str) -> SourceDomain:
    _check_open(source)
    site = _domain(host, field)
    known = SourceDomain.objects.filter(host=site).select_related("source").first()
    if known is not None:
        message = _("%(host)s is already a domain of %(source)s.") % {"host": site, "source": known.source}
        raise Refusal(message, "known", field=field)
    with _unless_added():
        added = SourceDomain.objects.create(source=source, host=site)
    under_it = Q(host=site) | Q(host__endswith=f".{site}")
    Document.objects.filter(under_it, source=None).update(source=source)
    audit.record(by, SourceVerb.ADDED_DOMAIN, source, host=site)
    return added


@transaction.atomic
def move_domain(domain: SourceDomain, *, by: User) -> SourceDomain:
    """Save a domain with its new source; documents keep the source that they have."""
    require(by, SourceAct.GATHER)
    before = SourceDomain.objects.select_for_update().select_related("source").get(pk=domain.pk)
    domain.save(update_fields=["source"])
    audit.record(by, SourceVerb.MOVED_DOMAIN, domain.source, host=domain.host, before=audit.name_of(before.source))
    return domain


@transaction.atomic
def state_standing(source: Source, *, by: User, reliability: Reliability, reason: str, interests: str = "") -> Standing:
    """Rate the reliability of a source today, with the reason; earlier ratings stay on record.

    Reliability is on the Admiralty scale (NATO AJP-2.1, annex A). Raises ``Refusal``, ``NotPermitted``.
    """
    require(by, SourceAct.GATHER)
    if not reason.strip():
        message = _("Give a reason: nobody can check a reliability rating without one.")
        raise Refusal(message, "no_reason", field="reason")
    standing = Standing.objects.create(
        source=source, reliability=reliability, reason=reason.strip(), interests=interests.strip(), stated_by=by
    )
    audit.record(by, SourceVerb.RATED_SOURCE, source, reliability=reliability, reason=standing.reason)
    return standing


def _domain(host: str, field: str) -> str:
    """Return the domain that a person typed or pasted as part of an address, without ``www``. Raises ``Refusal``."""
    try:
        return without_www(site_of(host))
    except Refused as reason:
        message = _("“%(host)s” is not a valid domain: %(reason)s") % {"host": host.strip()[:80], "reason": reason}
        raise Refusal(message, "not_a_site", field=field) from reason


@contextmanager
def _unless_added() -> Iterator[None]:
    """Raise ``Refusal`` where somebody else, or the same form sent twice, was faster after our checks."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        raise Refusal(_("This has just been added. Reload the page to see it."), "just_added") from error


def checked_name(name: str) -> str:
    """Return a name of a source as it is kept. Raises ``Refusal``: ``empty``, ``too_long``, ``null_character``."""
    name = " ".join(name.split())
    if not folded_name(name):
        raise Refusal(_("Enter a name for the source."), "empty", field="name")
    if len(name) > LONGEST_NAME:
        message = _("A name can have at most %(most)d characters.") % {"most": LONGEST_NAME}
        raise Refusal(message, "too_long", field="name")
    if "\0" in name:
        raise Refusal(_("The name contains a null character, which cannot be stored."), "null_character", field="name")
    return name
