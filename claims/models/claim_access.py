"""Restricted claims: who may see a claim that only named people see, and what is hidden from everybody else."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any, ClassVar

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from claims.models import hidden_watches, shown_bringings
from claims.models.attribution import Appearance, Attribution
from claims.models.claim import Claim
from claims.models.discussion import DiscussionNote
from claims.models.evidence import Evidence
from claims.models.personal_link import PersonalLink
from claims.models.proposal import MADE
from sources.models import Bringing, Document, DocumentAddress, Reading, Search, Source
from sources.models.document import NOTE
from sources.models.vocabulary import AddressKind
from workbench.desk import hidden_rows
from workbench.desk.compiled_queries import CompiledQuery, listed, one_of
from workbench.desk.declarations import HiddenRows
from workbench.desk.four_eyes import Proposal, ProposalQuerySet
from workbench.desk.guards import append_only, frozen
from workbench.desk.models import User
from workbench.desk.named_reader import NamedReader, NamedReaderQuerySet, ended_by_a_person, named_for
from workbench.desk.vocabulary import ProposalState

HIDDEN = (
    *("claims.Claim", "sources.Search", "sources.Document", "sources.Source", *shown_bringings.OF_OTHERS),
    *("workbench.LogEntry", "workbench.LogHead"),
    *hidden_watches.MODELS,
)


CITED_IN = "passage__reading__capture__document"
BRINGINGS, NOTES = "sources.Bringing", "sources.Reading"


class ClaimAccessQuerySet(NamedReaderQuerySet):
    def hidden_from(self, person: int | None) -> list[int]:
        """Return the keys of the claims that a person may not see."""
        return _hidden_claims(person) if person else _restricted_claims()

    def readers(self, claim: Claim) -> models.QuerySet[User]:
        """Return the people who may see a claim; nobody in particular where it is not restricted."""
        return User.objects.filter(pk__in=self.standing().filter(claim=claim).values("person"))

    def is_restricted(self, claim: Claim) -> bool:
        """Say whether only named people see a claim."""
        return self.standing().filter(claim=claim).exists()

    def among(self, people: models.QuerySet[User], claim: Claim) -> models.QuerySet[User]:
        """Return those of some people who see a claim."""
        standing = ClaimAccess.objects.standing().filter(claim=claim)
        return people.filter(~Exists(standing) | Exists(standing.filter(person=OuterRef("pk"))))

    def citing(self, claim: Claim) -> dict[str, str]:
        """Return how a page that a claim cites is watched: for whom, and in which chain of the log.

        For a restricted claim it is that of the claim: everybody reads the chain of the page.
        """
        name = f"{claim._meta.model_name} {claim.pk}"
        return {"cited_in": name, "chain": name if self.is_restricted(claim) else ""}

    def have_same_readers(self, claim: Claim, other: Claim) -> bool:
        """Say whether two claims are seen by the same people: by everybody, or by the same people named."""
        named = self.standing().filter(claim__in=[claim, other]).values_list("claim", "person")
        return len({frozenset(person for key, person in named if key == each.pk) for each in (claim, other)}) == 1

    def kept(self, claim: int, *, by: User) -> set[int]:
        """Return the pages, texts and files that were brought for restricted claims alone, and not for this one.

        Who brought one too, and sees none of these claims, does not learn of them.
        """
        with hidden_rows.everything():
            every, hides = self.hidden_from(None), self.hidden_from(by.pk)
            kept, unknown = ([key for key in keys if key != claim] for keys in (every, hides))
            return brought_for(kept) - brought_for(unknown) if kept else set()

    def ended(self, claims: Collection[int], person: int | None) -> datetime | None:
        """Return when a person was last removed from one of these claims."""
        found: datetime | None = _ended.first(listed(claims), person) if person else None
        return found

    def lost(self) -> list[int]:
        """Return the keys of the restricted claims of which nobody is left who may see them and has an account."""
        able = ClaimAccess.objects.standing().filter(claim=OuterRef("claim"), person__is_active=True)
        return list(self.standing().exclude(Exists(able)).order_by("claim").values_list("claim", flat=True).distinct())


class ClaimAccess(NamedReader):
    """That a person may see a restricted claim. A claim with such a row that has not ended is restricted."""

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="accesses", verbose_name=_("claim"))

    objects: ClassVar[Any] = ClaimAccessQuerySet.as_manager()

    class Meta(NamedReader.Meta):
        verbose_name = _("person who sees a restricted claim")
        verbose_name_plural = _("people who see restricted claims")
        constraints = [
            models.UniqueConstraint("claim", "person", condition=Q(ended_at=None), name="named_once_per_claim"),
            ended_by_a_person("access_ended_by_a_person"),
        ]
        triggers = [*named_for("claim_id")]


class ClaimFile(models.Model):
    """That somebody brought a file for a claim, from the moment at which it came up. Append-only."""

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="files", verbose_name=_("claim"))
    document = models.ForeignKey(Document, models.PROTECT, related_name="+", verbose_name=_("document"))
    by = models.ForeignKey(  # nobody where it came by a personal link
        User, models.PROTECT, null=True, related_name="+", verbose_name=_("brought by")
    )
    at = models.DateTimeField(_("brought at"), auto_now_add=True)

    class Meta:
        verbose_name = _("file for a claim")
        verbose_name_plural = _("files for claims")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint("claim", "document", "by", name="file_once_per_claim_and_person")]
        triggers = [*append_only()]

    def __str__(self) -> str:
        return str(self.document)


class AccessGrant(Proposal):
    """An administrator’s proposal to let somebody see a claim of which everybody who saw it has left."""

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="access_grants", verbose_name=_("claim"))
    person = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("person"))
    reason = models.TextField(_("reason"))
    made: models.OneToOneField[Any, Any] = models.OneToOneField(
        ClaimAccess, models.PROTECT, null=True, related_name="grant", verbose_name=_("access"), editable=False
    )

    objects: ClassVar[Any] = ProposalQuerySet.as_manager()

    class Meta(Proposal.Meta):
        verbose_name = _("proposed access to a restricted claim")
        verbose_name_plural = _("proposed accesses to restricted claims")
        constraints = [
            *Proposal.Meta.constraints,
            models.CheckConstraint(condition=MADE, name="access_is_made_when_agreed"),
            models.CheckConstraint(condition=~Q(reason=""), name="access_grant_has_a_reason"),
            models.UniqueConstraint("claim", condition=Q(state=ProposalState.PROPOSED), name="one_access_proposed"),
        ]
        triggers = [
            *Proposal.Meta.triggers,
            frozen("claim_id", "person_id", "reason"),
            frozen("made_id", once="OLD.state <> 'proposed'", name="made_stays"),
        ]

    def __str__(self) -> str:
        return str(self.claim_id)


def hidden_from(person: int | None) -> Mapping[str, Mapping[str, Collection[int | str]]]:
    """Return what is hidden from a person: restricted claims, and what the desk has because of them alone."""
    claims = ClaimAccess.objects.hidden_from(person)
    if not claims:
        return {}
    named = listed(claims)
    searches, sources, brought = _searches(named), _sources(named), brought_for(claims)
    own = brought - _given_by(person, claims, brought) if person else brought
    shared = shown_bringings.shared(brought, own, person, since=ClaimAccess.objects.ended(claims, person))
    documents = sorted(brought - shared)
    keys = {
        "claim": claims,
        "search": searches,
        "document": documents,
        "source": sources,
        "discussionnote": _first_notes(named),
    }
    names = [f"{kind} {key}" for kind, found in keys.items() for key in found]
    others, entries = shown_bringings.of_others(shared, person), shown_bringings.entries_of_others(shared, person)
    others = {**others, BRINGINGS: [*others.get(BRINGINGS, ()), *_on_forms_for(named), *_by_links_of(named)]}
    others = {**others, NOTES: [*others.get(NOTES, ()), *_notes_for(named)]}
    watches = hidden_watches.of(claims)
    return {
        "claims.Claim": {"id": claims},
        "sources.Search": {"id": searches},
        "sources.Document": {"id": documents},
        **{label: {"id": found} for label, found in others.items()},
        "sources.Source": {"id": sources},
        "sources.Watch": {"id": watches.keys},
        "sources.Touch": {"passage_id": watches.passages},
        "workbench.LogEntry": {"chain": names, "subject": names, "id": [*entries, *watches.entries]},
        "workbench.LogHead": {"chain": names},
    }


def only_of_restricted(search: Any) -> Q:
    """Return whether a search was run for restricted claims and for no other, given its key."""
    links = Claim.searches.through.objects.filter(search=search)
    restricted = Exists(ClaimAccess.objects.standing().filter(claim=OuterRef("claim")))
    return Q(Exists(links)) & ~Q(Exists(links.filter(~restricted)))


@CompiledQuery
def _searches(claims: str) -> models.QuerySet[Any]:
    """The searches that were run for these claims and for no other."""
    links = Claim.searches.through.objects
    others = links.filter(search=OuterRef("pk")).exclude(one_of("claim", claims))
    mine = links.filter(one_of("claim", claims)).values("search")
    return Search.objects.filter(~Exists(others), pk__in=mine).order_by("pk").values_list("pk", flat=True)


@CompiledQuery
def _first_notes(claims: str) -> models.QuerySet[Any]:
    notes: models.QuerySet[Any] = DiscussionNote.objects.filter(one_of("claim", claims)).first_ones()
    return notes.values_list("pk", flat=True)


def brought_for(claims: Collection[int]) -> set[int]:
    """Return the pages, texts and files that were brought for these claims and for no other, and where they lead.

    What the desk gathers by itself is not among them, nor what is the same article as something it gathered, nor what
    others brought first, for something else. A file is of a claim once it is brought on its page, or cited there.
    """
    named = listed(claims)
    found = new = set(_own(named))
    while new:
        new = {*_tied_alone(listed(new), named)} - found
        found |= new
    return found | set(_led_to(listed(found), named)) if found else found


@CompiledQuery
def _own(claims: str) -> models.QuerySet[Any]:
    """The documents that were put on these claims, and that nobody else brought."""
    people = _people_of(claims)
    by_link = ClaimFile.objects.filter(one_of("claim", claims), document=OuterRef("pk"), by=None)
    by_others = Bringing.objects.filter(capture__document=OuterRef("pk"), by__isnull=False).exclude(by__in=people)
    put = _put_by(OuterRef("asked_by"), OuterRef("pk"), claims) | Q(Exists(by_link)) & ~Q(Exists(by_others))
    own = _alone(claims).filter(Q(asked_by__in=people) | put)
    mine = Appearance.objects.filter(one_of("claim", claims), document__isnull=False).values("document")
    files = Evidence.objects.confirmed().filter(one_of("claim", claims), **{f"{CITED_IN}__url__startswith": "ni:"})
    given = ClaimFile.objects.filter(one_of("claim", claims)).values("document")
    first = own.filter(Q(pk__in=mine) | Q(pk__in=files.values(CITED_IN)) | Q(pk__in=given))
    return first.order_by().values_list("pk", flat=True)


@CompiledQuery
def _tied_alone(documents: str, claims: str) -> models.QuerySet[Any]:
    rows = _alone(claims).filter(_tied_to(documents), asked_by__in=_people_of(claims))
    return rows.order_by().values_list("pk", flat=True)


@CompiledQuery
def _led_to(documents: str, claims: str) -> models.QuerySet[Any]:
    ends = Document.objects.filter(one_of("pk", documents), leads_to__isnull=False).values("leads_to")
    rows = Document.objects.filter(~_of_others(claims), pk__in=ends, feed=None, asked_by=None)
    return rows.order_by().values_list("pk", flat=True)


def _people_of(claims: str) -> models.QuerySet[Any, Any]:
    """Return who was ever named for these claims."""
    return ClaimAccess.objects.filter(one_of("claim", claims)).values("person")


def _put_by(person: Any, document: Any, claims: str) -> Q:
    """Return whether a person put a document on one of these claims, or brought or cited it there."""
    put = Appearance.objects.filter(one_of("claim", claims), document=document, asserted_by=person)
    cited = Evidence.objects.filter(
        Q(asserted_by=person) | Q(settled_by=person), one_of("claim", claims), **{CITED_IN: document}
    )
    files = ClaimFile.objects.filter(one_of("claim", claims), document=document, by=person)
    return Q(Exists(put)) | Q(Exists(cited)) | Q(Exists(files))


def _of_others(claims: str) -> Exists:
    """Return whether a document appears in other claims than these."""
    return Exists(Appearance.objects.filter(document=OuterRef("pk")).exclude(one_of("claim", claims)))


def _alone(claims: str) -> models.QuerySet[Document]:
    """Return the documents that people brought, and that no other claim than these appears in, cites or was given."""
    cited = Evidence.objects.confirmed().filter(**{CITED_IN: OuterRef("pk")}).exclude(one_of("claim", claims))
    given = ClaimFile.objects.filter(document=OuterRef("pk")).exclude(one_of("claim", claims))
    brought = Document.objects.filter(feed=None, duplicates=None, asked_by__isnull=False)
    return brought.filter(~_of_others(claims), ~Exists(cited), ~Exists(given))


def _tied_to(documents: str) -> Q:
    """Return which files were brought in place of some documents; of files, the pages that they are said to show."""
    files = Bringing.objects.filter(one_of("instead_of", documents)).values("capture__document")
    pages = Bringing.objects.filter(one_of("capture__document", documents), instead_of__isnull=False)
    stated = DocumentAddress.objects.filter(one_of("document", documents), kind=AddressKind.STATED).values("url")
    return Q(pk__in=files) | Q(pk__in=pages.values("instead_of")) | Q(url__in=stated)


def _given_by(person: int, claims: Collection[int], among: Collection[int]) -> set[int]:
    """Return those of some documents that a person gave to these claims themselves: the claims have them now.

    They brought them for a claim, put them on it or cited them there; and what they brought in place of these.
    """
    found = set(_put(person, listed(claims), listed(among))) if among else set()
    return found | set(_tied(listed(found))) if found else found


@CompiledQuery
def _put(person: int, claims: str, among: str) -> models.QuerySet[Any]:
    put = Document.objects.filter(_put_by(person, OuterRef("pk"), claims), one_of("pk", among))
    return put.order_by().values_list("pk", flat=True)


@CompiledQuery
def _tied(documents: str) -> models.QuerySet[Any]:
    return Document.objects.filter(_tied_to(documents)).order_by().values_list("pk", flat=True)


@CompiledQuery
def _on_forms_for(claims: str) -> models.QuerySet[Any]:
    """The bringings on forms for these claims and for no other: also where others have the file as well."""
    given = ClaimFile.objects.filter(document=OuterRef("capture__document"), by=OuterRef("by"))
    mine = one_of("claim", claims)
    rows = Bringing.objects.filter(Exists(given.filter(mine)), ~Exists(given.exclude(mine)))
    return rows.filter(upload__isnull=False).order_by("pk").values_list("pk", flat=True)


@CompiledQuery
def _by_links_of(claims: str) -> models.QuerySet[Any]:
    """The bringings by personal links of these claims and of no other: also where others have the file as well.

    Whoever was asked is named there, and that the desk asked them.
    """
    found = OuterRef("capture__document")
    links = PersonalLink.objects.filter(Q(document=found) | Q(file=found), to_whom=OuterRef("given_by"))
    mine = one_of("claim", claims)
    rows = Bringing.objects.filter(Exists(links.filter(mine)), ~Exists(links.exclude(mine)))
    return rows.filter(by=None).order_by("pk").values_list("pk", flat=True)


@CompiledQuery
def _notes_for(claims: str) -> models.QuerySet[Any]:
    """The notes on files that are cited in these claims and in no other: also on files that everybody sees."""
    cited = Evidence.objects.confirmed().filter(passage__reading=OuterRef("pk"))
    mine = one_of("claim", claims)
    notes = Reading.objects.filter(Exists(cited.filter(mine)), ~Exists(cited.exclude(mine)), reader__startswith=NOTE)
    return notes.order_by("pk").values_list("pk", flat=True)


@CompiledQuery
def _sources(claims: str) -> models.QuerySet[Any]:
    """The sources that people who see these claims named there first, and that the desk has nowhere else."""
    mine = Attribution.objects.filter(one_of("appearance__claim", claims)).values("source")
    claimants = Claim.objects.filter(one_of("pk", claims)).values("claimant")
    found = Source.objects.filter(Q(pk__in=mine) | Q(pk__in=claimants), added_by__in=_people_of(claims))
    used = [
        Attribution.objects.filter(source=OuterRef("pk")).exclude(one_of("appearance__claim", claims)),
        Claim.objects.filter(claimant=OuterRef("pk")).exclude(one_of("pk", claims)),
        *(
            apps.get_model("sources", name)._default_manager.filter(source=OuterRef("pk"))
            for name in ("Document", "Feed", "Discovery", "SourceName", "SourceDomain", "Standing")
        ),
    ]
    for rows in used:
        found = found.filter(~Exists(rows))
    return found.order_by("pk").values_list("pk", flat=True)


@CompiledQuery
def _hidden_claims(person: int) -> models.QuerySet[Any]:
    """Restricted claims that a person may not see: every request asks for them."""
    mine = ClaimAccess.objects.standing().filter(person=person).values("claim")
    return (
        ClaimAccess.objects.standing()
        .exclude(claim__in=mine)
        .order_by("claim")
        .values_list("claim", flat=True)
        .distinct()
    )


@CompiledQuery
def _restricted_claims() -> models.QuerySet[Any]:
    return ClaimAccess.objects.standing().order_by("claim").values_list("claim", flat=True).distinct()


@CompiledQuery
def _ended(claims: str, person: int) -> models.QuerySet[Any]:
    rows = ClaimAccess.objects.filter(one_of("claim", claims), person=person, ended_at__isnull=False)
    return rows.order_by("-ended_at").values_list("ended_at", flat=True)


HIDDEN_ROWS = [HiddenRows(HIDDEN, hidden_from)]
UNSENT_WORDS = [only_of_restricted]
