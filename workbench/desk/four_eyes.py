"""Four eyes: proposals that take two people, the policy that a desk sets for them, and roles that are proposed."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta
from typing import Any, ClassVar, Self, TypeVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Value, When
from django.db.models.functions import Cast, Concat, Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from workbench.desk import declarations
from workbench.desk.guards import append_only, frozen
from workbench.desk.models import LogEntry, User
from workbench.desk.punctuation import labelled
from workbench.desk.roles import Act, Role
from workbench.desk.vocabulary import DeskVerb, ProposalState, TwoPeopleRule

LONGEST_REASON = 2_000  # characters
CHANGE_COUNTS = timedelta(days=7)  # how long somebody counts yet whose account one person closed
DONE = (ProposalState.AGREED, ProposalState.ALONE)
LINK_COUNTS = timedelta(days=30)  # how long who gave somebody a link for a password may still know that password


def able(act: Act, *, but: User | None = None) -> models.QuerySet[User]:
    """Return the people with an open account whose role allows an act, except one.

    Who lost the account or the role by one person’s act counts for some days yet, ``is_past``: else whoever closes
    accounts could make themselves the only one left.
    """
    roles = declarations.acts()[act]
    by_role = Q(role__in=roles, is_superuser=False)
    if Role.ADMIN in roles:
        by_role |= Q(is_superuser=True)
    people = User.objects.annotate(is_past=Case(When(by_role, is_active=True, then=False), default=True))
    people = people.filter(Q(is_past=False) | by_role & Exists(_closed()) | Exists(_demoted(roles)))
    return people.exclude(pk=but.pk) if but else people


def present(people: models.QuerySet[User]) -> list[int]:
    """Return the keys of the people whose account is open and whose role allows the act now."""
    return [person.pk for person in people if not getattr(person, "is_past", False)]


def _closed() -> models.QuerySet[LogEntry]:
    return _changed_lately().filter(told__is_active__before="True", told__is_active__after="False")


def _demoted(roles: Collection[Role]) -> models.QuerySet[LogEntry]:
    had, has = Q(told__role__before__in=list(roles)), Q(told__role__after__in=list(roles))
    return _changed_lately().filter(had & ~has, told__role__after__isnull=False)


def _changed_lately() -> models.QuerySet[Any]:
    """Return the changes of an account by one person; those that two agreed to name the proposal."""
    changes = _about(OuterRef("pk"), DeskVerb.CHANGED_PERSON).filter(recorded_at__gt=Now() - CHANGE_COUNTS)
    return changes.annotate(told=Cast("facts", models.JSONField())).filter(told__proposal__isnull=True)


def able_to_second(act: Act, *, by: User) -> models.QuerySet[User]:
    """Return the people who may agree to what somebody proposes, as ``able`` does.

    A new account whose link this person made does not count. An older one does, although it has to wait: else a link
    would be a way to be alone.
    """
    since = timezone.now() - LINK_COUNTS
    mine = _about(OuterRef("pk"), DeskVerb.GAVE_PASSWORD_LINK).filter(actor=by, recorded_at__gt=since)
    return able(act, but=by).exclude(Exists(mine), date_joined__gt=since)


def let_in_by(person: User) -> frozenset[int]:
    """Return the keys of the people who lately gave this person a link for a password, and so may know it."""
    given = _about(Value(person.pk), DeskVerb.GAVE_PASSWORD_LINK).filter(actor__isnull=False)
    lately = given.filter(recorded_at__gt=timezone.now() - LINK_COUNTS)
    return frozenset(lately.order_by().values_list("actor", flat=True))


def _about(key: Any, verb: DeskVerb) -> models.QuerySet[LogEntry]:
    """Return the entries with a verb about the account that has this key."""
    name = Concat(Value("user "), Cast(key, models.CharField()))
    return LogEntry.objects.filter(verb=verb, subject=name)


Row = TypeVar("Row", bound="Proposal")


class ProposalQuerySet(models.QuerySet[Row]):
    def waiting(self) -> Self:
        """Proposals that wait for a second person."""
        return self.filter(state=ProposalState.PROPOSED)

    def waiting_for(self, person: User) -> Self:
        """Proposals of others that wait for a second person."""
        return self.waiting().exclude(proposed_by=person)

    def for_page(self) -> Self:
        """Proposals with the people that a page names, the newest first."""
        return self.select_related("proposed_by", "second").order_by("-pk")


class Proposal(models.Model):
    """An act that takes two people: who proposed it, who agreed, or why one person did it alone.

    A row with ``alone`` as its state has no second person: the reason is in ``waiver``.
    """

    proposed_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", verbose_name=_("proposed by"), editable=False
    )
    proposed_at = models.DateTimeField(_("proposed at"), auto_now_add=True)
    state = models.CharField(
        _("status"), max_length=10, choices=ProposalState, default=ProposalState.PROPOSED, editable=False
    )
    second = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name=_("agreed or declined by"), editable=False
    )
    answered_at = models.DateTimeField(_("agreed or declined at"), null=True, editable=False)
    waiver = models.TextField(_("why one person did it alone"), blank=True, editable=False)

    objects: ClassVar[Any] = ProposalQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=ProposalState.PROPOSED, second=None, answered_at=None, waiver="")
                | Q(state=ProposalState.TAKEN_BACK, second=None, answered_at__isnull=False, waiver="")
                | Q(state=ProposalState.ALONE, second=None, answered_at__isnull=False) & ~Q(waiver="")
                | Q(
                    state__in=[ProposalState.AGREED, ProposalState.DECLINED],
                    second__isnull=False,
                    answered_at__isnull=False,
                    waiver="",
                )
                & ~Q(second=F("proposed_by")),
                name="%(class)s_takes_two_people",
            ),
        ]
        triggers = [
            *append_only(updates=True),
            frozen("proposed_by_id", "proposed_at", name="proposer_stays"),
            frozen("state", "second_id", "answered_at", "waiver", once="OLD.state <> 'proposed'", name="settled"),
        ]

    @property
    def waits(self) -> bool:
        """Whether it still needs a second person."""
        return self.state == ProposalState.PROPOSED


class PolicyQuerySet(ProposalQuerySet["FourEyesPolicy"]):
    def in_force(self) -> FourEyesPolicy | None:
        """Return the version in force, the one agreed on last. None is the strict policy, until a desk sets one."""
        return self.filter(state__in=DONE).order_by("-answered_at", "-pk").first()

    def by_reason(self) -> frozenset[str]:
        """Return the rules that a reason waives although the desk has others; none in the strict policy."""
        policy = self.in_force()
        return frozenset(policy.by_reason) if policy else frozenset()


class FourEyesPolicy(Proposal):
    """A version of the desk's policy on what takes two people.

    A rule that is not in ``by_reason`` is strict: it can be waived only where the desk has nobody else for the act.
    """

    version = models.PositiveIntegerField(_("version"), unique=True, editable=False)
    by_reason = ArrayField(
        models.CharField(max_length=30), verbose_name=_("rules that a reason waives"), default=list, blank=True
    )
    reason = models.TextField(_("reason"))

    objects: ClassVar[Any] = PolicyQuerySet.as_manager()

    class Meta(Proposal.Meta):
        verbose_name = _("four-eyes policy")
        verbose_name_plural = _("four-eyes policies")
        constraints = [
            *Proposal.Meta.constraints,
            models.CheckConstraint(condition=~Q(reason=""), name="policy_has_a_reason"),
            models.UniqueConstraint("state", condition=Q(state=ProposalState.PROPOSED), name="one_policy_proposed"),
        ]
        triggers = [*Proposal.Meta.triggers, frozen("version", "by_reason", "reason")]

    def __str__(self) -> str:
        return _("Four-eyes policy, version %(number)s") % {"number": self.version}

    @property
    def rules(self) -> list[tuple[TwoPeopleRule, bool]]:
        """Every rule, and whether it is strict in this version."""
        return [(rule, name not in self.by_reason) for name, rule in declarations.two_people_rules().items()]


class RoleGrant(Proposal):
    """A role that an administrator proposes for somebody; they have it once a second person agrees."""

    person = models.ForeignKey(
        User, models.PROTECT, related_name="role_grants", verbose_name=_("person"), editable=False
    )
    role = models.CharField(_("role"), max_length=10, choices=Role, editable=False)

    class Meta(Proposal.Meta):
        verbose_name = _("proposed role")
        verbose_name_plural = _("proposed roles")
        constraints = [
            *Proposal.Meta.constraints,
            models.CheckConstraint(condition=Q(role__in=Role.values), name="granted_role_known"),
            models.UniqueConstraint(
                "person", condition=Q(state=ProposalState.PROPOSED), name="one_role_proposed_per_person"
            ),
            models.CheckConstraint(
                condition=Q(second=None) | Q(state=ProposalState.DECLINED) | ~Q(second=F("person")),
                name="nobody_agrees_to_their_own_role",
            ),
        ]
        triggers = [*Proposal.Meta.triggers, frozen("person_id", "role")]

    def __str__(self) -> str:
        return labelled(self.person, self.get_role_display())
