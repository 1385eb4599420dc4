"""Which entries of the log about claims the desk posts to its channels: never the finding of a reviewer."""

from __future__ import annotations

import json

from django.utils.translation import gettext as _

from claims.models import Claim, Report
from claims.models.outside_vocabulary import ClaimChannelEvent
from claims.models.vocabulary import ClaimVerb, Status
from workbench.desk.channel_declarations import ChannelSubject, ChannelTelling
from workbench.desk.models import LogEntry


def _claim(entry: LogEntry) -> ChannelSubject | None:
    kind, _space, key = entry.chain.partition(" ")
    claim = Claim.objects.filter(pk=key).first() if kind == Claim._meta.model_name and key.isdecimal() else None
    if claim is None:
        return None
    return ChannelSubject(_("Claim %(n)d") % {"n": claim.pk}, claim.get_absolute_url(), claim.short_text or claim.text)


def _sent_to_review(entry: LogEntry) -> ChannelSubject | None:
    return _claim(entry) if json.loads(entry.facts).get("after") == Status.IN_REVIEW else None


def _report(entry: LogEntry) -> ChannelSubject | None:
    kind, _space, key = entry.subject.partition(" ")
    rows = Report.objects.select_related("decision__claim")
    report = rows.filter(pk=key).first() if kind == Report._meta.model_name and key.isdecimal() else None
    if report is None:
        return None
    claim = report.decision.claim
    return ChannelSubject(str(report), report.get_absolute_url(), claim.short_text or claim.text)


CHANNEL_TELLINGS = [
    ChannelTelling(ClaimVerb.LOGGED, ClaimChannelEvent.LOGGED, _claim),
    ChannelTelling(ClaimVerb.MOVED, ClaimChannelEvent.TO_REVIEW, _sent_to_review),
    ChannelTelling(ClaimVerb.DECIDED, ClaimChannelEvent.DECIDED, _claim),
    ChannelTelling(ClaimVerb.PUBLISHED_REPORT, ClaimChannelEvent.PUBLISHED, _report),
    ChannelTelling(ClaimVerb.CORRECTED_REPORT, ClaimChannelEvent.CORRECTED, _report),
    ChannelTelling(ClaimVerb.RECORDED_COMMENT, ClaimChannelEvent.ANSWERED, _claim),
    ChannelTelling(ClaimVerb.ANSWERED_BY_LINK, ClaimChannelEvent.ANSWERED, _claim),
]
