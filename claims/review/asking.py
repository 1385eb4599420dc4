"""Ask questions about a claim and answer them; record requests for comment and the answers to them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from claims.models import Answer, Claim, CommentRequest, Evidence, Question
from claims.models.vocabulary import AssertionStatus, ClaimAct, ClaimVerb
from workbench.desk import audit
from workbench.desk.models import User
from workbench.desk.refusal import Refusal
from workbench.desk.roles import require


@transaction.atomic
def ask(claim: Claim, *, by: User, text: str) -> Question:
    """Add a question; one that was asked before is returned unchanged.

    Raises ``Refusal`` (codes ``closed``, ``empty``) and ``NotPermitted``.
    """
    require(by, ClaimAct.LOG_CLAIM)
    Claim.objects.hold_open(claim.pk)
    written = _written(text, "text")
    question, new = Question.objects.get_or_create(claim=claim, text=written, defaults={"asked_by": by})
    if new:
        audit.record(by, ClaimVerb.ASKED_QUESTION, claim, question=question.pk, text=question.text)
    return question


@transaction.atomic
def answer(question: Question, *, by: User, text: str, evidence: Collection[Evidence] = ()) -> Answer:
    """Add an answer to a question, with the evidence it rests on; earlier answers stay beside it.

    An answer given before, with the same words and the same evidence, is returned unchanged.

    Raises ``Refusal`` (codes ``closed``, ``empty``, ``not_confirmed``) and ``NotPermitted``.
    """
    require(by, ClaimAct.LOG_CLAIM)
    claim = Claim.objects.hold_open(question.claim_id)
    written = _written(text, "text")
    if any(item.claim_id != claim.pk or item.standing != AssertionStatus.CONFIRMED for item in evidence):
        problem = _("An answer can rest only on evidence confirmed for this claim.")
        raise Refusal(problem, "not_confirmed", field="evidence")
    keys = {item.pk for item in evidence}
    for known in question.answers.filter(text=written).prefetch_related("evidence"):
        if {item.pk for item in known.evidence.all()} == keys:
            return known
    given = Answer.objects.create(question=question, text=written, answered_by=by)
    given.evidence.set(evidence)
    rests_on = sorted(keys)
    audit.record(by, ClaimVerb.ANSWERED_QUESTION, claim, question=question.pk, text=given.text, evidence=rests_on)
    return given


@transaction.atomic
def request_comment(
    claim: Claim, *, by: User, to_whom: str, channel: str, question: str, sent_at: datetime
) -> CommentRequest:
    """Record a request for comment; reports print it.

    Raises ``Refusal`` (codes ``closed``, ``empty``) and ``NotPermitted``.
    """
    require(by, ClaimAct.LOG_CLAIM)
    Claim.objects.hold_open(claim.pk)
    columns = {
        "to_whom": _written(to_whom, "to_whom"),
        "channel": _written(channel, "channel"),
        "question": _written(question, "question"),
    }
    request, new = CommentRequest.objects.get_or_create(
        claim=claim, sent_at=sent_at, **columns, defaults={"sent_by": by}
    )
    if new:
        audit.record(by, ClaimVerb.ASKED_COMMENT, claim, request=request.pk, sent_at=_day(sent_at), **columns)
    return request


@transaction.atomic
def note_comment(request: CommentRequest, *, by: User, text: str, answered_at: datetime) -> CommentRequest:
    """Record the answer to a request for comment, once. A closed claim takes it too: late answers come.

    Raises ``Refusal`` (codes ``already_answered``, ``before_request``, ``empty``) and ``NotPermitted``.
    """
    require(by, ClaimAct.LOG_CLAIM)
    claim = Claim.objects.hold(request.claim_id)
    request = CommentRequest.objects.select_for_update(no_key=True).get(pk=request.pk)
    if request.answered_at is not None:
        raise Refusal(_("This request already has an answer. A saved answer cannot be changed."), "already_answered")
    if answered_at < request.sent_at:
        raise Refusal(_("The answer cannot be dated before the request."), "before_request", field="answered_at")
    keep_comment(request, _written(text, "text"), answered_at)
    audit.record(
        by, ClaimVerb.RECORDED_COMMENT, claim, request=request.pk, text=request.answer, answered_at=_day(answered_at)
    )
    return request


def keep_comment(request: CommentRequest, text: str, answered_at: datetime) -> None:
    """Save the answer to a request that has none: whoever calls this holds it, and adds the entry of the log."""
    request.answer, request.answered_at = text, answered_at
    request.save(update_fields=["answer", "answered_at"])


def _day(moment: datetime) -> str:
    """Return the local day of a moment, in ISO 8601: nobody records the hour of a letter."""
    return timezone.localdate(moment).isoformat()


def _written(text: str, field: str) -> str:
    if not text.strip():
        raise Refusal(_("The text is empty. Write something."), "empty", field=field)
    return text.strip()
