"""Check claims, reviews and reports against the audit log: find what was changed outside the workbench."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from claims.models import Claim, Report, Review
from claims.models.vocabulary import ClaimVerb
from workbench.desk import audit, seal_check
from workbench.desk.audit import Batch, Fault
from workbench.desk.models import LogEntry

AT_ONCE = 100  # claims


def faults(claim: Claim) -> list[Fault]:
    """Return every fault in the claim's log, and every row that differs from what its entries sealed.

    A fault's number is that of its entry, or 0 where the entry is missing.
    """
    chain = audit.name_of(claim)
    return [*audit.verify(chain), *_against_log(claim), *seal_check.of_chain(chain)]


def gone() -> list[Fault]:
    """Return a fault for every claim that the log records and that is missing."""
    kept = {audit.name_of(claim) for claim in Claim.objects.only("pk")}
    noted = LogEntry.objects.filter(seq=1, chain__startswith=f"{Claim._meta.model_name} ").order_by("pk")
    return [
        Fault(each.chain, 1, _("the log records this claim, but the claim is missing"))
        for each in noted
        if each.chain not in kept
    ]


def batches(after: str = "") -> Iterator[Batch]:
    """Check the claims that come after a place, with their reviews and reports, against the log, some at a time.

    The hash chains are checked elsewhere.
    """
    found, last = [] if after else gone(), int(after or 0)
    while claims := list(Claim.objects.filter(pk__gt=last).order_by("pk")[:AT_ONCE]):
        for claim in claims:
            found += _against_log(claim)
        last = claims[-1].pk
        yield Batch(str(last), len(claims), found)
        found = []
    if found:
        yield Batch(str(last), 0, found)


def _against_log(claim: Claim) -> Iterator[Fault]:
    chain = audit.name_of(claim)
    entries = list(LogEntry.objects.filter(chain=chain).order_by("seq"))
    if not entries:
        yield Fault(chain, 0, _("this claim has no log: its entries were removed"))
    yield from _of_reviews(claim, chain, entries)
    yield from _of_reports(claim, chain, entries)
    yield from _of_earlier_checks(claim, chain)


def _of_earlier_checks(claim: Claim, chain: str) -> Iterator[Fault]:
    """Yield the fact-checks of others that say something else than when they were found; the fingerprint is sealed."""
    for row in claim.earlier_checks.select_related("fact_check").order_by("pk"):
        if row.fact_check.fingerprint != row.fingerprint:
            yield Fault(chain, 0, _("earlier fact-check %(n)d differs from what it said when found") % {"n": row.pk})


def _of_reviews(claim: Claim, chain: str, entries: list[LogEntry]) -> Iterator[Fault]:
    noted = {_facts(entry).get("review"): entry for entry in entries if entry.verb == ClaimVerb.REVIEWED}
    reviews = {row.pk: row for row in claim.reviews.select_related("reviewer")}
    for pk in sorted(reviews.keys() - noted.keys()):
        yield Fault(chain, 0, _("review %(n)d is not in the log") % {"n": pk})
    for noted_key, entry in noted.items():
        review = reviews.get(noted_key) if noted_key else None
        if review is None:
            yield Fault(chain, entry.seq, _("the log records this review, but the review is missing"))
        elif not _is_as_noted(review, entry):
            yield Fault(chain, entry.seq, _("the review differs from the log"))


def _is_as_noted(review: Review, entry: LogEntry) -> bool:
    """Return whether a review has the fingerprint in its entry, which for old ones has the name as the entry has it."""
    noted = _facts(entry).get("sha256")
    is_same = noted == review.fingerprint or noted == review.earlier_fingerprint(entry.actor_name)
    return is_same and entry.actor_id == review.reviewer_id


def _of_reports(claim: Claim, chain: str, entries: list[LogEntry]) -> Iterator[Fault]:
    noted = {entry.subject: entry for entry in entries if entry.verb == ClaimVerb.PUBLISHED_REPORT}
    reports = {audit.name_of(row): row for row in Report.objects.filter(decision__claim=claim).order_by("number")}
    for name, report in reports.items():
        if hashlib.sha256(report.content.encode()).hexdigest() != report.sha256:
            yield Fault(chain, 0, _("report %(n)d does not match its hash") % {"n": report.number})
        if name not in noted:
            yield Fault(chain, 0, _("report %(n)d is not in the log") % {"n": report.number})
    for name, entry in noted.items():
        if name not in reports:
            yield Fault(chain, entry.seq, _("the log records this report, but the report is missing"))
        elif reports[name].sha256 != _facts(entry).get("sha256") or reports[name].log_head != entry.previous:
            yield Fault(chain, entry.seq, _("the report differs from the log"))


def _facts(entry: LogEntry) -> dict[str, Any]:
    """Return the facts of an entry; nothing where somebody damaged it, which the check of the hash chain shows."""
    try:
        facts = json.loads(entry.facts)
    except json.JSONDecodeError:
        return {}
    return facts if isinstance(facts, dict) else {}


CHECKS = {"claims": batches}
