"""Ask what one would have to know to decide a claim, and ask for comment those whom it concerns."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from claims.models import Answer, Claim, CommentRequest, Question
from claims.models.vocabulary import ClaimAct, ClaimVerb
from workbench.desk import audit
from workbench.desk.models import User
from workbench.desk.roles import require


class NotAsked(Exception):
    """This cannot be asked, or answered. The message is fit to show to a person."""


@transaction.atomic
def ask(claim: Claim, *, by: User, text: str) -> Question:
    """Add a question; one that was asked already is returned as it stands. Raises ``NotAsked``, ``NotPermitted``."""
    require(by, ClaimAct.LOG_CLAIM)
    _check_open(_hold(claim))
    question, new = Question.objects.get_or_create(claim=claim, text=_written(text), defaults={"asked_by": by})
    if new:
        audit.record(by, ClaimVerb.ASKED_QUESTION, claim, question=question.pk, text=question.text)
    return question


@transaction.atomic
def answer(question: Question, *, by: User, text: str) -> Answer:
    """Add an answer to a question; other answers stay beside it. Raises ``NotAsked``, ``NotPermitted``."""
    require(by, ClaimAct.LOG_CLAIM)
    claim = _hold(question.claim)
    _check_open(claim)
    given, new = Answer.objects.get_or_create(question=question, text=_written(text), defaults={"answered_by": by})
    if new:
        audit.record(by, ClaimVerb.ANSWERED_QUESTION, claim, question=question.pk, text=given.text)
    return given


@transaction.atomic
def request_comment(
    claim: Claim, *, by: User, to_whom: str, channel: str, question: str, sent_at: datetime
) -> CommentRequest:
    """Note that somebody was asked for comment; reports print it. Raises ``NotAsked``, ``NotPermitted``."""
    require(by, ClaimAct.LOG_CLAIM)
    _check_open(_hold(claim))
    columns = {"to_whom": _written(to_whom), "channel": _written(channel), "question": _written(question)}
    request, new = CommentRequest.objects.get_or_create(
        claim=claim, sent_at=sent_at, **columns, defaults={"sent_by": by}
    )
    if new:
        audit.record(by, ClaimVerb.ASKED_COMMENT, claim, request=request.pk, sent_at=_day(sent_at), **columns)
    return request


@transaction.atomic
def note_comment(request: CommentRequest, *, by: User, text: str, answered_at: datetime) -> CommentRequest:
    """Note the answer to a request for comment, once, and also after the claim is decided: late answers come.

    Raises ``NotAsked``, ``NotPermitted``.
    """
    require(by, ClaimAct.LOG_CLAIM)
    claim = _hold(request.claim)
    request = CommentRequest.objects.select_for_update(no_key=True).get(pk=request.pk)
    if request.answered_at is not None:
        raise NotAsked(_("This request already has an answer. A saved answer cannot be changed."))
    if answered_at < request.sent_at:
        raise NotAsked(_("The answer cannot be dated before the request."))
    request.answer, request.answered_at = _written(text), answered_at
    request.save(update_fields=["answer", "answered_at"])
    audit.record(
        by, ClaimVerb.RECORDED_COMMENT, claim, request=request.pk, text=request.answer, answered_at=_day(answered_at)
    )
    return request


def _hold(claim: Claim) -> Claim:
    """Return the claim as it is now, held until the transaction ends."""
    held: Claim = Claim.objects.select_for_update(no_key=True).get(pk=claim.pk)
    return held


def _check_open(claim: Claim) -> None:
    if claim.is_closed:
        raise NotAsked(_("This claim is closed. Reopen it to add information."))


def _day(moment: datetime) -> str:
    """Return the day of a moment here, in ISO 8601: nobody notes the hour of a letter."""
    return timezone.localdate(moment).isoformat()


def _written(text: str) -> str:
    if not text.strip():
        raise NotAsked(_("The text is empty. Write something."))
    return text.strip()
