"""Restricted claims: who may see a claim that only named people see, and what is hidden from everybody else."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, ClassVar, Self

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from claims.models import shown_bringings
from claims.models.attribution import Appearance, Attribution
from claims.models.claim import Claim
from claims.models.discussion import DiscussionNote
from claims.models.evidence import Evidence
from claims.models.proposal import MADE
from sources.models import Bringing, Document, Search, Source
from workbench.desk import hidden_rows
from workbench.desk.declarations import HiddenRows
from workbench.desk.four_eyes import Proposal, ProposalQuerySet
from workbench.desk.guards import append_only, frozen
from workbench.desk.models import User
from workbench.desk.vocabulary import ProposalState

HIDDEN = (
    *("claims.Claim", "sources.Search", "sources.Document", "sources.Source", *shown_bringings.OF_OTHERS),
    *("workbench.LogEntry", "workbench.LogHead"),
)


CITED_IN = "passage__reading__capture__document"


class ClaimAccessQuerySet(models.QuerySet["ClaimAccess"]):
    def standing(self) -> Self:
        """The rows that say who may see a claim now."""
        return self.filter(ended_at=None)

    def hidden_from(self, person: int | None) -> list[int]:
        """Return the keys of the claims that a person may not see."""
        mine = self.standing().filter(person=person).values("claim") if person else ClaimAccess.objects.none()
        found = self.standing().exclude(claim__in=mine) if person else self.standing()
        return list(found.order_by("claim").values_list("claim", flat=True).distinct())

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

    def have_same_readers(self, claim: Claim, other: Claim) -> bool:
        """Say whether two claims are seen by the same people: by everybody, or by the same people named."""
        named = self.standing().filter(claim__in=[claim, other]).values_list("claim", "person")
        return len({frozenset(person for key, person in named if key == each.pk) for each in (claim, other)}) == 1

    def keep(self, document: int, claim: Claim, *, by: User) -> bool:
        """Say whether a page, text or file was brought for restricted claims alone, and not for this one.

        Who brought it too, and sees none of these claims, does not learn of them.
        """
        with hidden_rows.everything():
            every, hides = self.hidden_from(None), self.hidden_from(by.pk)
            kept, unknown = ([key for key in keys if key != claim.pk] for keys in (every, hides))
            return document in brought_for(kept) and document not in brought_for(unknown)

    def lost(self) -> list[int]:
        """Return the keys of the restricted claims of which nobody is left who may see them and has an account."""
        able = ClaimAccess.objects.standing().filter(claim=OuterRef("claim"), person__is_active=True)
        return list(self.standing().exclude(Exists(able)).order_by("claim").values_list("claim", flat=True).distinct())


class ClaimAccess(models.Model):
    """That a person may see a restricted claim. A claim with such a row that has not ended is restricted."""

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="accesses", verbose_name=_("claim"))
    person = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("person"))
    given_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("named by"))
    given_at = models.DateTimeField(_("named at"), auto_now_add=True)
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("removed by"))
    ended_at = models.DateTimeField(_("removed at"), null=True)

    objects = ClaimAccessQuerySet.as_manager()

    class Meta:
        verbose_name = _("person who sees a restricted claim")
        verbose_name_plural = _("people who see restricted claims")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint("claim", "person", condition=Q(ended_at=None), name="named_once_per_claim"),
            models.CheckConstraint(
                condition=Q(ended_by=None, ended_at=None) | Q(ended_by__isnull=False, ended_at__isnull=False),
                name="access_ended_by_a_person",
            ),
        ]
        triggers = [
            *append_only(updates=True),
            frozen("claim_id", "person_id", "given_by_id", "given_at"),
            frozen("ended_by_id", "ended_at", once="OLD.ended_at IS NOT NULL", name="ended_once"),
        ]

    def __str__(self) -> str:
        return str(self.person)


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
    searches, sources, brought = _searches(claims), _sources(claims), brought_for(claims)
    shared = shown_bringings.shared(brought, person)
    documents = sorted(brought - shared)
    notes = list(DiscussionNote.objects.filter(claim__in=claims).first_ones().values_list("pk", flat=True))
    keys = {
        "claim": claims,
        "search": searches,
        "document": documents,
        "source": sources,
        "discussionnote": notes,
    }
    names = [f"{kind} {key}" for kind, found in keys.items() for key in found]
    others, entries = shown_bringings.of_others(shared, person), shown_bringings.entries_of_others(shared, person)
    return {
        "claims.Claim": {"id": claims},
        "sources.Search": {"id": searches},
        "sources.Document": {"id": documents},
        **{label: {"id": found} for label, found in others.items()},
        "sources.Source": {"id": sources},
        "workbench.LogEntry": {"chain": names, "subject": names, "id": entries},
        "workbench.LogHead": {"chain": names},
    }


def only_of_restricted(search: Any) -> Q:
    """Return whether a search was run for restricted claims and for no other, given its key."""
    links = Claim.searches.through.objects.filter(search=search)
    restricted = Exists(ClaimAccess.objects.standing().filter(claim=OuterRef("claim")))
    return Q(Exists(links)) & ~Q(Exists(links.filter(~restricted)))


def _searches(claims: Collection[int]) -> list[int]:
    """Return the searches that were run for these claims and for no other."""
    links = Claim.searches.through.objects
    others = links.filter(search=OuterRef("pk")).exclude(claim__in=claims)
    mine = links.filter(claim__in=claims).values("search")
    return list(Search.objects.filter(~Exists(others), pk__in=mine).order_by("pk").values_list("pk", flat=True))


def brought_for(claims: Collection[int]) -> set[int]:
    """Return the pages, texts and files that were brought for these claims and for no other, and where they lead.

    What the desk gathers by itself is not among them, nor what is the same article as something it gathered. A file
    is of a claim once it is brought on its page, or cited there.
    """
    alone = _alone(claims)
    mine = Appearance.objects.filter(claim__in=claims, document__isnull=False).values("document")
    files = Evidence.objects.confirmed().filter(claim__in=claims, **{f"{CITED_IN}__url__startswith": "ni:"})
    given = ClaimFile.objects.filter(claim__in=claims).values("document")
    first = alone.filter(Q(pk__in=mine) | Q(pk__in=files.values(CITED_IN)) | Q(pk__in=given))
    found = new = set(first.order_by().values_list("pk", flat=True))
    people = ClaimAccess.objects.filter(claim__in=claims).values("person")
    while new:
        new = _tied_to(new, alone.filter(asked_by__in=people)) - found
        found |= new
    ends = Document.objects.filter(pk__in=found, leads_to__isnull=False).values("leads_to")
    led_to = Document.objects.filter(~_of_others(claims), pk__in=ends, feed=None, asked_by=None)
    return found | set(led_to.order_by().values_list("pk", flat=True)) if found else found


def _of_others(claims: Collection[int]) -> Exists:
    """Return whether a document appears in other claims than these."""
    return Exists(Appearance.objects.filter(document=OuterRef("pk")).exclude(claim__in=claims))


def _alone(claims: Collection[int]) -> models.QuerySet[Document]:
    """Return the documents that people brought, and that no other claim than these appears in, cites or was given."""
    cited = Evidence.objects.confirmed().filter(**{CITED_IN: OuterRef("pk")}).exclude(claim__in=claims)
    given = ClaimFile.objects.filter(document=OuterRef("pk")).exclude(claim__in=claims)
    brought = Document.objects.filter(feed=None, duplicates=None, asked_by__isnull=False)
    return brought.filter(~_of_others(claims), ~Exists(cited), ~Exists(given))


def _tied_to(documents: Collection[int], among: models.QuerySet[Document]) -> set[int]:
    """Return the files that were brought in place of some documents, and the pages in whose place these were."""
    files = Bringing.objects.filter(instead_of__in=documents).values("capture__document")
    pages = Bringing.objects.filter(capture__document__in=documents, instead_of__isnull=False).values("instead_of")
    return set(among.filter(Q(pk__in=files) | Q(pk__in=pages)).order_by().values_list("pk", flat=True))


def _sources(claims: Collection[int]) -> list[int]:
    """Return the sources that people who see these claims named there first, and that the desk has nowhere else."""
    mine = Attribution.objects.filter(appearance__claim__in=claims).values("source")
    claimants = Claim.objects.filter(pk__in=claims).values("claimant")
    people = ClaimAccess.objects.filter(claim__in=claims).values("person")
    found = Source.objects.filter(Q(pk__in=mine) | Q(pk__in=claimants), added_by__in=people)
    used = [
        Attribution.objects.filter(source=OuterRef("pk")).exclude(appearance__claim__in=claims),
        Claim.objects.filter(claimant=OuterRef("pk")).exclude(pk__in=claims),
        *(
            apps.get_model("sources", name)._default_manager.filter(source=OuterRef("pk"))
            for name in ("Document", "Feed", "Discovery", "SourceName", "SourceDomain", "Standing")
        ),
    ]
    for rows in used:
        found = found.filter(~Exists(rows))
    return list(found.order_by("pk").values_list("pk", flat=True))


HIDDEN_ROWS = [HiddenRows(HIDDEN, hidden_from)]
UNSENT_WORDS = [only_of_restricted]
