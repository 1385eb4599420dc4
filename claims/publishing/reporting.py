"""Publish a report: a verdict with everything it rests on, written once and never changed."""

from __future__ import annotations

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from claims.models import Claim, Decision, Report
from claims.models.vocabulary import ClaimAct, Status
from claims.publishing import printing, readiness, report_content, succession_facts
from workbench.desk.models import User
from workbench.desk.refusal import Refusal
from workbench.desk.roles import require


@transaction.atomic
def freeze(decision: Decision, *, by: User, language: str, summary: str = "") -> Report:
    """Publish the report of a verdict in a language of the interface; it never changes afterwards.

    A verdict written in another language may get a ``summary`` in the language of the report. The claim and its log
    are locked meanwhile: the report prints the end of the log's hash chain, and holds exactly what was logged up to
    there. The log's next entry holds the report's hash. Raises ``Refusal`` (codes ``unknown_language``,
    ``not_decided``, ``newer_verdict``, ``same_language``, ``already_published``, ``placeholder``) and ``NotPermitted``.
    """
    require(by, ClaimAct.REPORT)
    claim = Claim.objects.hold(decision.claim_id, alone=True)
    _check(claim, decision, language, summary.strip())
    readiness.require(readiness.people_of(decision, by))
    with translation.override(language):
        content = report_content.of(claim, decision, language, summary=summary.strip())
        replaces = succession_facts.of(decision, language)
        content |= {"replaces": replaces} if replaces else {}
    return printing.publish(claim, decision, language, content, by=by)


def _check(claim: Claim, decision: Decision, language: str, summary: str) -> None:
    """Raise ``Refusal`` with the first rule that forbids this report now."""
    if language not in dict(settings.LANGUAGES):
        problem = _("We cannot publish a report in the language “%(code)s”.") % {"code": language}
        raise Refusal(problem, "unknown_language", field="language")
    if claim.status != Status.DECIDED:
        raise Refusal(_("This claim is not decided yet: there is nothing to publish."), "not_decided")
    if decision.round != claim.round:
        problem = _("The claim has been reviewed again since this verdict. Publish the newest verdict.")
        raise Refusal(problem, "newer_verdict")
    if summary and report_content.written(decision.summary)["language"] == language:
        problem = _(
            "The verdict is already written in this language, so its summary cannot be changed. Leave this field empty."
        )
        raise Refusal(problem, "same_language", field="summary")
    # After a retraction the verdict may be published again, corrected.
    before = Report.objects.standing().filter(decision=decision, language=language, is_sample=settings.SAMPLE).first()
    if before is not None:
        problem = _("Report %(number)d already presents this verdict in this language.") % {"number": before.number}
        raise Refusal(problem, "already_published", field="language")
