"""Make sources known: their names, their domains, and what the desk thinks of their reliability."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from sources.language.folding import fold
from sources.models import Document, Source, SourceDomain, SourceName, Standing
from sources.models.vocabulary import Reliability, SourceAct, SourceKind, SourceVerb
from sources.web.addresses import Refused, read
from workbench.desk import audit
from workbench.desk.models import User
from workbench.desk.roles import require

LONGEST_NAME = 200


class NotNamed(Exception):
    """The source cannot be made known like this. The message is fit to show to a person."""


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
    """Make a source known, with the hosts it publishes on. Raises ``NotNamed``, ``NotPermitted``."""
    require(by, SourceAct.GATHER)
    source = Source(
        name=_checked(name),
        kind=kind,
        language=language.strip(),
        country=country.strip(),
        description=description.strip(),
        added_by=by,
    )
    check(source)
    with _unless_added():
        source.save()
    audit.record(by, SourceVerb.ADDED_SOURCE, source, name=source.name, kind=kind)
    for host in hosts:
        add_domain(source, host, by=by)
    return source


@transaction.atomic
def change_source(source: Source, *, by: User, changed: Iterable[str]) -> Source:
    """Save a source as it was changed, with what stood in these fields before noted in the log.

    Raises ``NotNamed``, ``NotPermitted``.
    """
    require(by, SourceAct.GATHER)
    source.name = _checked(source.name)
    check(source)
    before = Source.objects.select_for_update().get(pk=source.pk)
    fields = sorted(changed)
    with _unless_added():
        source.save(update_fields=[*fields, "folded"])
    audit.record(
        by, SourceVerb.CHANGED_SOURCE, source, before={field: str(getattr(before, field) or "") for field in fields}
    )
    return source


def check(source: Source) -> None:
    """Raise ``NotNamed`` if another source of its kind has this name, or it is said to own itself."""
    others = Source.objects.exclude(pk=source.pk)
    known = others.filter(folded=fold(_checked(source.name))[:LONGEST_NAME], kind=source.kind).first()
    if known is not None:
        raise NotNamed(_("This source already exists, as “%(source)s”.") % {"source": known})
    if source.pk and source.owner_id == source.pk:
        raise NotNamed(_("A source cannot own itself."))


@transaction.atomic
def add_name(source: Source, name: str, *, by: User, language: str = "") -> SourceName:
    """Add another name of a source, in any language or script. Raises ``NotNamed``, ``NotPermitted``."""
    require(by, SourceAct.GATHER)
    name = _checked(name)
    if source.folded == fold(name)[:LONGEST_NAME] or source.names.filter(folded=fold(name)[:LONGEST_NAME]).exists():
        raise NotNamed(_("This source already has this name."))
    with _unless_added():
        added = SourceName.objects.create(source=source, name=name, language=language.strip())
    audit.record(by, SourceVerb.ADDED_NAME, source, name=name, language=language)
    return added


@transaction.atomic
def add_domain(source: Source, host: str, *, by: User) -> SourceDomain:
    """Add a host on which a source publishes, given as such or as any address on it.

    What was gathered from there and belongs to nobody yet becomes the source's. Raises ``NotNamed``, ``NotPermitted``.
    """
    require(by, SourceAct.GATHER)
    site = site_of(host)
    known = SourceDomain.objects.filter(host=site).select_related("source").first()
    if known is not None:
        raise NotNamed(_("%(host)s is already a domain of %(source)s.") % {"host": site, "source": known.source})
    with _unless_added():
        added = SourceDomain.objects.create(source=source, host=site)
    under_it = Q(host=site) | Q(host__endswith=f".{site}")
    Document.objects.filter(under_it, source=None).update(source=source)
    audit.record(by, SourceVerb.ADDED_DOMAIN, source, host=site)
    return added


@transaction.atomic
def move_domain(domain: SourceDomain, *, by: User) -> SourceDomain:
    """Save a domain with the source it was moved to; documents keep the source they were gathered for."""
    require(by, SourceAct.GATHER)
    before = SourceDomain.objects.select_for_update().select_related("source").get(pk=domain.pk)
    domain.save(update_fields=["source"])
    audit.record(by, SourceVerb.MOVED_DOMAIN, domain.source, host=domain.host, before=audit.name_of(before.source))
    return domain


@transaction.atomic
def state_standing(source: Source, *, by: User, reliability: Reliability, reason: str, interests: str = "") -> Standing:
    """Add what the desk thinks of a source today, and why; what it thought before stays on record.

    Reliability is on the Admiralty scale (NATO AJP-2.1, annex A). Raises ``NotNamed``, ``NotPermitted``.
    """
    require(by, SourceAct.GATHER)
    if not reason.strip():
        raise NotNamed(_("Give a reason: nobody can check a reliability rating without one."))
    standing = Standing.objects.create(
        source=source, reliability=reliability, reason=reason.strip(), interests=interests.strip(), stated_by=by
    )
    audit.record(by, SourceVerb.RATED_SOURCE, source, reliability=reliability, reason=standing.reason)
    return standing


def site_of(host: str) -> str:
    """Return the host that a person typed, or pasted as part of an address, as documents carry it; without ``www``.

    Raises ``NotNamed`` for what is no host.
    """
    text = host.strip()
    try:
        address = read(text if "://" in text else f"https://{text}/")
    except Refused as refusal:
        raise NotNamed(
            _("“%(host)s” is not a valid domain: %(reason)s") % {"host": text[:80], "reason": refusal}
        ) from refusal
    if "." not in address.host and ":" not in address.site:
        raise NotNamed(
            _("“%(host)s” is not a valid domain: it needs an ending, as in example.org.") % {"host": text[:80]}
        )
    return address.site.removeprefix("www.")


@contextmanager
def _unless_added() -> Iterator[None]:
    """Raise ``NotNamed`` where somebody else, or the same form sent twice, was first after all was checked."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        raise NotNamed(_("This has just been added.")) from error


def _checked(name: str) -> str:
    name = " ".join(name.split())
    if not fold(name):
        raise NotNamed(_("Enter a name for the source."))
    if len(name) > LONGEST_NAME:
        raise NotNamed(_("A name can have at most %(most)d characters.") % {"most": LONGEST_NAME})
    if "\0" in name:
        raise NotNamed(_("The name contains a null character, which cannot be stored."))
    return name
