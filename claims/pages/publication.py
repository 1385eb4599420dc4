"""Publication for one person: whether they publish the report of a verdict, propose it, or may only agree to it."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from claims.models import Decision, ProposedReport
from claims.models.vocabulary import ClaimAct
from claims.publishing import reporting
from workbench.desk import seconding
from workbench.desk.four_eyes import able
from workbench.desk.models import User


@dataclass(frozen=True)
class WayToPublish:
    """What a page says about publishing the report of a verdict, and the label of its button.

    ``is_alone`` where the person may publish without a second one, for a reason; ``must_be_alone`` where the desk has
    no second person.
    """

    text: str
    button: str
    is_alone: bool
    must_be_alone: bool
    waiting: list[ProposedReport]


def of(decision: Decision, person: User) -> WayToPublish:
    """Return what publishing the report of this verdict takes of this person."""
    waiting = list(ProposedReport.objects.for_page().waiting().filter(decision=decision))
    if not person.may(ClaimAct.REPORT):
        names = seconding.names(able(ClaimAct.REPORT).exclude(pk=decision.decided_by_id))
        text = _("Who can publish the report: %(people)s.") % {"people": names} if names else ""
        return WayToPublish(text, "", is_alone=False, must_be_alone=False, waiting=waiting)
    if decision.decided_by_id != person.pk:
        text = _("The report is published now and cannot be changed. Your words and the reviewers’ appear as written.")
        return WayToPublish(text, _("Publish the report"), is_alone=False, must_be_alone=False, waiting=waiting)
    return _of_own_verdict(decision, person, waiting)


def _of_own_verdict(decision: Decision, person: User, waiting: list[ProposedReport]) -> WayToPublish:
    is_alone = reporting.may_publish_alone(decision, by=person)
    names = seconding.names(reporting.seconds(by=person))
    if not names:
        text = _("You gave this verdict, and nobody else here can agree to its report.")
        return WayToPublish(text, _("Publish the report alone"), is_alone=True, must_be_alone=True, waiting=waiting)
    text = _(
        "You gave this verdict, so you do not publish it alone. Propose the report; it is published when a second "
        "person agrees: %(people)s."
    )
    button = _("Propose the report")
    return WayToPublish(text % {"people": names}, button, is_alone=is_alone, must_be_alone=False, waiting=waiting)
