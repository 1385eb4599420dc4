"""Freeze a decision, with all it rests on, into a report that says for ever what it said."""

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
from workbench.desk.roles import require

FORMAT = "claim-workbench report 1"
METHOD = "1"  # the version of docs/method.md by which claims are decided


class NotFrozen(Exception):
    """This decision cannot become a report. The message is fit to show to a person."""


@transaction.atomic
def freeze(decision: Decision, *, by: User, language: str, summary: str = "") -> Report:
    """Make the report of a decision in a language of the interface; nothing of it ever changes afterwards.

    A decision that is written in another language may be given a ``summary`` in that of the report.
    The claim's log is held meanwhile, so the report tells exactly what the end of the log, which it prints, stands
    for; the log's next entry holds the report's hash. Raises ``NotFrozen`` and ``NotPermitted``.
    """
    require(by, ClaimAct.REPORT)
    claim: Claim = Claim.objects.select_for_update(of=("self",)).get(pk=decision.claim_id)
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
    """Return content as the one JSON text that is hashed: keys sorted, letters as they are, one value a line."""
    return json.dumps(content, sort_keys=True, ensure_ascii=False, indent=1)


def _check(claim: Claim, decision: Decision, language: str, summary: str) -> None:
    """Raise ``NotFrozen`` with the first rule that stands against a report now."""
    if language not in dict(settings.LANGUAGES):
        raise NotFrozen(_("We cannot publish a report in the language “%(code)s”.") % {"code": language})
    if claim.status != Status.DECIDED:
        raise NotFrozen(_("This claim is not decided yet: there is nothing to publish."))
    if decision.round != claim.round:
        raise NotFrozen(_("The claim has been reviewed again since this verdict. Publish the newest verdict."))
    if summary and report_content.written(decision.summary)["language"] == language:
        raise NotFrozen(
            _(
                "The verdict is already written in this language, so its summary cannot be changed. Leave this field "
                "empty."
            )
        )
    # What was retracted may be published anew, with what was wrong put right.
    before = Report.objects.standing().filter(decision=decision, language=language).first()
    if before is not None:
        raise NotFrozen(
            _("Report %(number)d already presents this verdict in this language.") % {"number": before.number}
        )


def _next_number() -> int:
    """Return the number after the newest; no other report is made until this transaction ends, so none is left out."""
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
