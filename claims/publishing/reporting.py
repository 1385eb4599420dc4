"""Publish a report: a verdict with everything it rests on, written once and never changed."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Max
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from claims.models import Claim, Decision, Report
from claims.models.vocabulary import ClaimAct, ClaimVerb, Status
from claims.publishing import report_content
from workbench.desk import audit
from workbench.desk.models import LogHead, User
from workbench.desk.refusal import Refusal
from workbench.desk.roles import require

FORMAT = "claim-workbench report 1"
METHOD = "1"  # the version of docs/method.md by which claims are decided


@transaction.atomic
def freeze(decision: Decision, *, by: User, language: str, summary: str = "") -> Report:
    """Publish the report of a verdict in a language of the interface; it never changes afterwards.

    A verdict written in another language may get a ``summary`` in the language of the report. The claim and its log
    are locked meanwhile: the report prints the end of the log's hash chain, and holds exactly what was logged up to
    there. The log's next entry holds the report's hash. Raises ``Refusal`` (codes ``unknown_language``,
    ``not_decided``, ``newer_verdict``, ``same_language``, ``already_published``) and ``NotPermitted``.
    """
    require(by, ClaimAct.REPORT)
    claim = Claim.objects.hold(decision.claim_id, alone=True)
    _check(claim, decision, language, summary.strip())
    chain = audit.name_of(claim)
    head = LogHead.objects.select_for_update().filter(chain=chain).first()
    number = _next_number()
    with translation.override(language):
        text = canonical(
            {
                "format": FORMAT,
                "method": METHOD,
                "report": _imprint(number, language, by=by),
                "log": {"chain": chain, "entries": head.seq if head else 0, "head": head.hash if head else ""},
                **report_content.of(claim, decision, language, summary=summary.strip()),
            }
        )
    report = Report.objects.create(
        decision=decision,
        number=number,
        language=language,
        content=text,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        log_head=head.hash if head else "",
        frozen_by=by,
    )
    audit.record(
        by, ClaimVerb.PUBLISHED_REPORT, report, chain=chain, number=number, language=language, sha256=report.sha256
    )
    return report


def canonical(content: dict[str, Any]) -> str:
    """Return content as the JSON text that is hashed: sorted keys, letters unescaped, one value per line."""
    return json.dumps(content, sort_keys=True, ensure_ascii=False, indent=1)


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
    before = Report.objects.standing().filter(decision=decision, language=language).first()
    if before is not None:
        problem = _("Report %(number)d already presents this verdict in this language.") % {"number": before.number}
        raise Refusal(problem, "already_published", field="language")


def _next_number() -> int:
    """Return the next number. The table is locked until this transaction ends, so numbers have no gaps."""
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE claims_report IN SHARE ROW EXCLUSIVE MODE")
    return int(Report.objects.aggregate(newest=Max("number"))["newest"] or 0) + 1


def _imprint(number: int, language: str, *, by: User) -> dict[str, Any]:
    return {
        "number": number,
        "language": language,
        "desk": {"name": settings.DESK_NAME, "url": settings.DESK_URL},
        "address": settings.DESK_URL + reverse("claims:report", args=[number]),
        "frozen_at": report_content.moment(timezone.now()),
        "frozen_by": str(by),
    }
