"""Ask somebody without an account by a personal link, which takes one answer and ends; keep that answer."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from claims.models import Claim, Evidence, PersonalLink
from claims.models.outside_vocabulary import LinkKind, LinkState
from claims.models.personal_link import hash_of, new_token
from claims.models.vocabulary import AssertionStatus, ClaimAct, ClaimVerb
from claims.review import asking
from sources.models import Document
from workbench.desk import audit, desk_profile, mailing
from workbench.desk.models import User
from workbench.desk.refusal import Refusal
from workbench.desk.roles import require

LONGEST_WAIT = timedelta(days=365)
MOST_PASSAGES = 20


@dataclass(frozen=True)
class Asking:
    """Whom a link asks for what, in which language its page is, and the last day of an answer."""

    kind: LinkKind
    to_whom: str
    question: str
    language: str
    due_on: date
    evidence: Collection[Evidence] = field(default_factory=list)


@dataclass(frozen=True)
class MadeLink:
    """A link, and its token, which is kept nowhere."""

    link: PersonalLink
    token: str


@transaction.atomic
def ask(claim: Claim, asked: Asking, *, by: User) -> MadeLink:
    """Make a personal link. One for comment is a request for comment too, which reports print.

    Raises ``Refusal`` (codes ``closed``, ``empty``, ``past``, ``too_late``, ``not_confirmed``, ``too_many``) and
    ``NotPermitted``.
    """
    require(by, ClaimAct.LOG_CLAIM)
    held = Claim.objects.hold_open(claim.pk)
    _check(held, asked)
    token = new_token()
    comment = None
    if asked.kind == LinkKind.COMMENT:
        letter = {"to_whom": asked.to_whom, "question": asked.question, "channel": _("personal link")}
        comment = asking.request_comment(held, by=by, sent_at=timezone.now(), **letter)
    link = PersonalLink.objects.create(
        claim=held,
        kind=asked.kind,
        to_whom=asked.to_whom.strip(),
        question=asked.question.strip(),
        language=asked.language,
        due_on=asked.due_on,
        comment=comment,
        token_sha256=hash_of(token),
        asked_by=by,
    )
    link.evidence.set(asked.evidence)
    facts = {"kind": link.kind, "to_whom": link.to_whom, "text": link.question, "due_on": link.due_on.isoformat()}
    shown = sorted(each.pk for each in asked.evidence)
    audit.record(by, ClaimVerb.ASKED_BY_LINK, held, personal_link=link.pk, evidence=shown, **facts)
    return MadeLink(link, token)


@transaction.atomic
def withdraw(link: PersonalLink, *, by: User) -> PersonalLink:
    """End a link that has no answer. Raises ``Refusal`` (``ended``) and ``NotPermitted``."""
    require(by, ClaimAct.LOG_CLAIM)
    held = hold(link)
    held.withdrawn_by, held.withdrawn_at = by, timezone.now()
    held.save(update_fields=["withdrawn_by", "withdrawn_at"])
    audit.record(by, ClaimVerb.WITHDREW_LINK, held.claim, personal_link=held.pk, to_whom=held.to_whom)
    return held


def hold(link: PersonalLink) -> PersonalLink:
    """Lock a link that waits for its answer, and its claim, and return it. Raises ``Refusal`` (code ``ended``)."""
    claim = Claim.objects.hold(link.claim_id)
    held = PersonalLink.objects.select_for_update(of=("self",)).select_related("comment", "asked_by").get(pk=link.pk)
    if held.state != LinkState.ASKED:
        raise Refusal(_("This link has ended. It takes no answer any more."), "ended")
    held.claim = claim
    return held


def letter(link: PersonalLink, text: str, at: datetime) -> str:
    """Return an answer as it is kept: its words, and below them who is said to have written it, and when."""
    return f"{text.strip()}\n\n— {link.to_whom}, {at:%Y-%m-%d %H:%M:%S} UTC\n"


def answer(link: PersonalLink, text: str, *, document: Document, file: Document | None = None) -> PersonalLink:
    """Save the one answer to a link that is held, by the machine: who answers has no account.

    Raises ``Refusal`` (code ``empty``).
    """
    if not text.strip():
        raise Refusal(_("The text is empty. Write something."), "empty", field="text")
    link.answer, link.answered_at, link.document, link.file = text.strip(), timezone.now(), document, file
    link.save(update_fields=["answer", "answered_at", "document", "file"])
    if link.comment is not None:
        asking.keep_comment(link.comment, link.answer, link.answered_at)
    facts = {"to_whom": link.to_whom, "file": audit.name_of(document)}
    audit.record(None, ClaimVerb.ANSWERED_BY_LINK, link.claim, personal_link=link.pk, **facts)
    return link


def mail(link: PersonalLink, address: str, to: str) -> str:
    """Mail a link to whom it asks, in the language of its page; return what went wrong, else nothing.

    The mail says who asks and until when, and no word of the claim: a mail may be read on its way.
    """
    with translation.override(link.language):
        day = date_format(link.due_on, "DATE_FORMAT")
        lines = [
            _("%(desk)s asks you a question. Read and answer it here, until %(day)s:")
            % {"desk": desk_profile.name(), "day": day},
            address,
            _("You need no account. The link is for you alone and takes one answer: do not pass it on."),
        ]
        subject = _("A question from %(desk)s") % {"desk": desk_profile.name()}
    return mailing.send_one(to, subject, "\n\n".join(lines))


def _check(claim: Claim, asked: Asking) -> None:
    today = timezone.localdate()
    for name in ("to_whom", "question"):
        if not getattr(asked, name).strip():
            raise Refusal(_("The text is empty. Write something."), "empty", field=name)
    if asked.due_on < today:
        raise Refusal(_("This day is past: nobody could answer."), "past", field="due_on")
    if asked.due_on > today + LONGEST_WAIT:
        raise Refusal(_("Choose a day within a year."), "too_late", field="due_on")
    if any(each.claim_id != claim.pk or each.standing != AssertionStatus.CONFIRMED for each in asked.evidence):
        raise Refusal(_("Choose from the evidence confirmed for this claim."), "not_confirmed", field="evidence")
    if len(asked.evidence) > MOST_PASSAGES:
        problem = _("Choose at most %(most)d passages.") % {"most": MOST_PASSAGES}
        raise Refusal(problem, "too_many", field="evidence")
