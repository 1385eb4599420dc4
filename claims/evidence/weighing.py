"""Weigh evidence: confirm or reject suggestions, and add evidence manually. Only people do this."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from claims import giving_files
from claims.models import Appearance, Claim, ClaimAccess, Evidence, Postponement, TakenBack, Wording
from claims.models.assertion import Assertion, stated
from claims.models.claim import DOCUMENT
from claims.models.evidence import EvidenceQuerySet
from claims.models.vocabulary import AssertionStatus, ClaimAct, ClaimVerb, Nearness, Stance
from sources.language.sentences import Span
from sources.models import FormUpload, Passage
from sources.watching import watching
from workbench.desk import audit
from workbench.desk.models import User
from workbench.desk.refusal import Refusal
from workbench.desk.roles import require

SETTLED_EVIDENCE = {
    AssertionStatus.CONFIRMED: ClaimVerb.CONFIRMED_EVIDENCE,
    AssertionStatus.REJECTED: ClaimVerb.REJECTED_EVIDENCE,
}
SETTLED_ASSERTION = {
    AssertionStatus.CONFIRMED: ClaimVerb.CONFIRMED_ASSERTION,
    AssertionStatus.REJECTED: ClaimVerb.REJECTED_ASSERTION,
}


@transaction.atomic
def confirm(
    evidence: Evidence,
    *,
    by: User,
    stance: Stance,
    nearness: Nearness | None = None,
    note: str | None = None,
    words: Span | None = None,
    seen: str | None = None,
    at: datetime | None = None,
) -> Evidence:
    """Confirm evidence with its stance: what the passage does to the claim. Can be changed until the claim is closed.

    Confirming the same again changes nothing: the first person stays named. ``words`` are the places in the extracted
    text of the words that count; None leaves what was chosen before. ``at`` is the time of the act, where it settles
    several. ``seen`` is the version that the person saw (``Assertion.version``). Raises ``Refusal`` (codes ``closed``,
    ``restricted``, ``other_words``; ``overtaken`` where somebody else has weighed it otherwise since then) and
    ``NotPermitted``.
    """
    evidence = hold(evidence, by=by)
    _check_restriction(evidence.claim, evidence.passage, by=by)
    before = _said_of(evidence)
    evidence.stance = stance
    evidence.nearness = evidence.nearness if nearness is None else nearness
    evidence.note = evidence.note if note is None else note.strip()
    _choose(evidence, words)
    if evidence.standing == AssertionStatus.CONFIRMED and before == _said_of(evidence):
        return evidence
    evidence.check_seen(seen, by=by)
    _settle(evidence, AssertionStatus.CONFIRMED, by=by, at=at, stance=stance)
    _cite(evidence.claim, evidence.passage, by=by)
    return evidence


@transaction.atomic
def reject(evidence: Evidence, *, by: User, seen: str | None = None, at: datetime | None = None) -> Evidence:
    """Reject evidence: the passage does not bear on the claim, and no machine suggests it again.

    Raises ``Refusal`` (codes ``closed``; ``overtaken`` as ``confirm`` does) and ``NotPermitted``.
    """
    evidence = hold(evidence, by=by)
    if evidence.standing == AssertionStatus.REJECTED:
        return evidence
    evidence.check_seen(seen, by=by)
    return _settle(evidence, AssertionStatus.REJECTED, by=by, at=at)


@transaction.atomic
def answer(
    evidence: Evidence,
    stance: Stance,
    *,
    by: User,
    copies: Collection[int] = (),
    nearness: Nearness | None = None,
    words: Span | None = None,
    seen: str | None = None,
) -> Evidence:
    """Answer for a passage, and for its copies in other documents: the same words, which still wait as suggestions.

    ``copies`` are the keys of the evidence that the page showed as copies. A copy in a file that others do not see
    stays a suggestion: only an answer on that file itself shows it to them. That a source is primary is said of the
    passage alone, not of who repeats it. Raises what ``confirm`` and ``reject`` do.
    """
    waiting, at = evidence.claim.evidence.suggested().exclude(pk=evidence.pk), timezone.now()
    others = waiting.filter(pk__in=copies, passage__folded=evidence.passage.folded).order_by("pk")
    if stance == Stance.UNRELATED:
        said = reject(evidence, by=by, seen=seen, at=at)
        for row in others:
            reject(row, by=by, at=at)
        return said
    said = confirm(evidence, by=by, stance=stance, nearness=nearness, words=words, seen=seen, at=at)
    for row in _open_copies(others, evidence.claim_id, by=by):
        chosen = _in_copy(words, evidence.passage, row.passage)
        confirm(row, by=by, stance=stance, words=chosen, at=at)
    return said


def take_back(evidence: Evidence, *, by: User) -> None:
    """Make held evidence a suggestion again, and keep what was said of it; ``undoing`` says when that may be."""
    said = {name: getattr(evidence, name) for name in ("standing", "stance", "nearness", "note", "settled_at")}
    TakenBack.objects.create(evidence=evidence, taken_back_by=by, **said)
    evidence.standing, evidence.settled_by, evidence.settled_at = AssertionStatus.SUGGESTED, None, None
    evidence.stance, evidence.nearness, evidence.note = "", Nearness.UNKNOWN, ""
    evidence.words_start = evidence.words_end = None
    evidence.save()
    facts = {"evidence": evidence.pk, "before": said["standing"], "stance": said["stance"]}
    audit.record(by, ClaimVerb.TOOK_BACK_ANSWER, evidence.claim, **facts)


@transaction.atomic
def add_evidence(
    claim: Claim, passage: Passage, *, by: User, stance: Stance, note: str = "", seen: str | None = None
) -> Evidence:
    """Add a passage as evidence manually, or confirm it if a machine suggested it before.

    Raises ``Refusal`` (codes ``closed``, ``restricted``; ``overtaken`` as ``confirm`` does) and ``NotPermitted``.
    """
    require(by, ClaimAct.WEIGH)
    Claim.objects.hold_open(claim.pk)
    _check_restriction(claim, passage, by=by)
    evidence, new = Evidence.objects.get_or_create(
        claim=claim, passage=passage, defaults={"stance": stance, "note": note, **stated(by)}
    )
    if not new:
        return confirm(evidence, by=by, stance=stance, note=note or None, seen=seen)
    audit.record(by, ClaimVerb.ADDED_EVIDENCE, claim, evidence=evidence.pk, stance=stance)
    _cite(claim, passage, by=by)
    return evidence


@transaction.atomic
def settle(
    assertion: Assertion, *, by: User, standing: AssertionStatus, claim: Claim, seen: str | None = None
) -> Assertion:
    """Confirm or reject any other assertion about a claim: a figure, a link of an attribution chain, an origin.

    Deciding the same way again changes nothing: the first person stays named. A closed claim refuses, as its
    verdict rests on what was confirmed then. Raises ``Refusal`` (codes ``unknown_choice``, ``closed``; ``overtaken``
    where somebody else has decided otherwise since the version ``seen``) and ``NotPermitted``.
    """
    require(by, ClaimAct.WEIGH)
    if standing not in {AssertionStatus.CONFIRMED, AssertionStatus.REJECTED}:
        raise Refusal(_("Choose Confirm or Reject."), "unknown_choice", field="standing")
    Claim.objects.hold_open(claim.pk)
    held: Assertion = type(assertion)._default_manager.select_for_update().get(pk=assertion.pk)
    if held.standing == standing:
        return held
    held.check_seen(seen, by=by)
    held.standing, held.settled_by, held.settled_at = standing, by, timezone.now()
    held.save(update_fields=["standing", "settled_by", "settled_at"])
    audit.record(by, SETTLED_ASSERTION[standing], claim, assertion=audit.name_of(held), extractor=held.extractor)
    if isinstance(held, (Wording, Appearance)):
        claim.ask()  # it is compared in other words from now on
    return held


def _check_restriction(claim: Claim, passage: Passage, *, by: User) -> None:
    """Raise ``Refusal`` where a passage is of a text that only named people see, and the claim is another one."""
    if passage.reading.capture.document_id in ClaimAccess.objects.kept(claim.pk, by=by):
        problem = _("This text was brought for a restricted claim. Others who see this claim may not see it.")
        raise Refusal(problem, "restricted")


def _open_copies(copies: EvidenceQuerySet, claim: int, *, by: User) -> list[Evidence]:
    """Return the copies but those in files on unsent forms of this person, and those of restricted claims."""
    if not copies:
        return []
    closed = {*FormUpload.objects.documents_of(by), *ClaimAccess.objects.kept(claim, by=by)}
    return list(copies.exclude(**{f"{DOCUMENT}__in": closed}).select_related("passage"))


def _in_copy(words: Span | None, passage: Passage, copy: Passage) -> Span | None:
    """Return where the words that were chosen in a passage stand in its copy; None where it has all or other words."""
    if words is None:
        return None
    start = words.start - passage.start
    said = passage.exact[start : words.end - passage.start]
    at = start if copy.exact.startswith(said, start) else copy.exact.find(said)
    return Span(copy.start + at, copy.start + at + len(said)) if at >= 0 else None


def _cite(claim: Claim, passage: Passage, *, by: User) -> None:
    """Watch the page of a passage from now on, and show its file to who sees the claim: the claim cites it."""
    document = passage.reading.capture.document
    giving_files.give_private(claim, document, by=by)
    watching.watch(document, by=by, passage=passage, **ClaimAccess.objects.citing(claim))


def hold(evidence: Evidence, *, by: User) -> Evidence:
    """Lock evidence with its claim until the transaction ends, and return it: nobody decides meanwhile."""
    require(by, ClaimAct.WEIGH)
    claim = Claim.objects.hold_open(evidence.claim_id)
    held: Evidence = Evidence.objects.select_for_update(no_key=True).get(pk=evidence.pk)
    held.claim = claim
    return held


def _said_of(evidence: Evidence) -> tuple[str, str, str, int | None, int | None]:
    return evidence.stance, evidence.nearness, evidence.note, evidence.words_start, evidence.words_end


def _choose(evidence: Evidence, words: Span | None) -> None:
    """Keep which words of the passage count; nothing where they are all of it. Raises ``Refusal`` for other words."""
    if words is None:
        return
    passage = evidence.passage
    if not passage.start <= words.start < words.end <= passage.end:
        raise Refusal(_("These words are not in the passage. Choose words of the passage itself."), "other_words")
    whole = words == Span(passage.start, passage.end)
    evidence.words_start, evidence.words_end = (None, None) if whole else (words.start, words.end)


def _settle(evidence: Evidence, standing: AssertionStatus, *, by: User, at: datetime | None, **facts: str) -> Evidence:
    before, now = evidence.standing, at or timezone.now()
    Postponement.objects.standing().filter(evidence=evidence).update(taken_up_by=by, taken_up_at=now)
    evidence.standing, evidence.settled_by, evidence.settled_at = standing, by, now
    evidence.save()
    chain, verb = audit.name_of(evidence.claim), SETTLED_EVIDENCE[standing]
    audit.record(by, verb, evidence, chain=chain, evidence=evidence.pk, before=before, **facts)
    return evidence
