"""Print a report: give it its number, its imprint, the end of the log and its hash, and add its row."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import Max
from django.urls import reverse
from django.utils import timezone

from claims.models import Claim, Decision, Report
from claims.models.vocabulary import ClaimVerb
from claims.publishing import printed_values
from workbench.desk import audit, checkpointing, desk_profile
from workbench.desk.anchors import Checkpoint
from workbench.desk.models import User
from workbench.transparency import signed_note

FORMAT = "claim-workbench report 1"
METHOD = "3"  # the version of docs/method.md by which claims are decided


def publish(
    claim: Claim,
    decision: Decision,
    language: str,
    content: dict[str, Any],
    *,
    by: User,
    then: Callable[[Report], None] | None = None,
) -> Report:
    """Add a report with this content on a claim that is locked alone, and log it with its hash.

    The report prints the end of the log's hash chain, and holds exactly what was logged up to there. It also prints a
    checkpoint of the whole log up to there; the next one, which a worker makes, is over the report itself too.
    ``content`` has the name that is printed of who publishes it, under ``report``. ``then`` saves the copy-edit or the
    proposal that was agreed to, under the same entry. Raises ``Refusal`` (codes ``no_key`` and ``catching_up``).
    """
    chain = audit.name_of(claim)
    entries, head = audit.hold(chain)
    number = _next_number()
    log = {"chain": chain, "entries": entries, "head": head}
    imprint = _imprint(number, language, content["report"]["frozen_by"])
    told = {"format": FORMAT, "method": METHOD, "report": imprint, "log": log}
    text = canonical({**content, **told, "checkpoint": _checkpoint(checkpointing.now())})
    report = Report.objects.create(
        decision=decision,
        number=number,
        language=language,
        content=text,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        log_head=head,
        is_sample=settings.SAMPLE,
        frozen_by=by,
    )
    if then is not None:
        then(report)
    audit.record(
        by, ClaimVerb.PUBLISHED_REPORT, report, chain=chain, number=number, language=language, sha256=report.sha256
    )
    checkpointing.ask()
    return report


def canonical(content: dict[str, Any]) -> str:
    """Return content as the JSON text that is hashed: sorted keys, letters unescaped, one value per line."""
    return json.dumps(content, sort_keys=True, ensure_ascii=False, indent=1)


def _next_number() -> int:
    """Return the next number. One person at a time takes one until their transaction ends, so numbers have no gaps."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('numbers of reports', 0))")
    return int(Report.objects.aggregate(newest=Max("number"))["newest"] or 0) + 1


def _checkpoint(made: Checkpoint) -> dict[str, Any]:
    note = made.note
    signer = made.key.data if made.key else b""
    return {
        "line": note.line,
        "log_entries": note.size,
        "made_at": printed_values.moment(made.made_at),
        "key": signed_note.key_text(note.origin, signer),
        "newest": settings.DESK_URL + reverse("checkpoint"),
    }


def _imprint(number: int, language: str, frozen_by: str) -> dict[str, Any]:
    return {
        "number": number,
        "language": language,
        "desk": {"name": desk_profile.name(), "url": settings.DESK_URL},
        "address": settings.DESK_URL + reverse("claims:report", args=[number]),
        "frozen_at": printed_values.moment(timezone.now()),
        "frozen_by": frozen_by,
        **({"sample": True} if settings.SAMPLE else {}),
    }
