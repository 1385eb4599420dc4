"""Rows for tests: a plain function per model, with defaults that stand and values that a counter keeps unique."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from claims.models import (
    AccessGrant,
    Answer,
    Appearance,
    Attribution,
    CheckLookup,
    Citation,
    Claim,
    ClaimAccess,
    ClaimFile,
    ClaimLink,
    ClaimVector,
    ClaimVersion,
    CommentRequest,
    Comparison,
    CopyEdit,
    Correction,
    Decision,
    EarlierCheck,
    Evidence,
    Figure,
    FigureLink,
    OriginLink,
    Postponement,
    ProposedCorrection,
    ProposedReport,
    Question,
    RatingLabel,
    RatingScale,
    Report,
    Review,
    RuleWaiver,
    TakenBack,
    Wording,
)
from claims.models.assertion import stated, suggested
from claims.models.vocabulary import (
    AppearanceRole,
    AssertionStatus,
    ClaimRelation,
    CorrectionKind,
    Directness,
    FigureDifference,
    Modality,
    OriginKind,
    Rating,
    Stance,
    Status,
    WordingKind,
)
from tests.make_kept import (
    MONDAY,
    SENTENCES,
    admin,
    answered_search,
    arrival,
    attempt,
    bringing,
    byline,
    capture,
    change,
    checkpoint,
    daily_size,
    date_setting,
    desk_profile,
    discovery,
    document,
    document_address,
    draft,
    due_reading,
    edit,
    editor,
    embedding_model,
    external_archive,
    feed,
    form_upload,
    heartbeat,
    hit,
    host_policy,
    identity_reader,
    link,
    living_machine,
    log_entry,
    log_leaf,
    log_node,
    marked_place,
    near_copy,
    notification,
    notification_choice,
    notification_mail,
    notification_mark,
    number,
    page_ruling,
    passage,
    picture,
    policy,
    reading,
    reading_vector,
    removed_reading,
    rendering,
    reporter,
    retention_rule,
    reviewer,
    role_grant,
    same_article,
    search,
    search_answer,
    sha256,
    sign_in,
    signing_key,
    source,
    source_domain,
    source_identity,
    source_name,
    stamp,
    standing,
    text_removal,
    touch,
    two_step,
    user,
    vector,
    viewer,
    watch,
    whole_check,
    witness,
)
from tests.make_outside import (
    channel,
    channel_message,
    discussion_note,
    fact_check,
    personal_link,
    provider_request,
    provider_setting,
    site_search,
)
from tests.make_team import (
    board_view,
    case_item,
    checklist_item,
    checklist_tick,
    claim_plan,
    claim_tag,
    desk_case,
    review_invitation,
)


def claim(text="The bridge at Arvel was closed because of terrorists.", *, status=Status.OPEN, **changes) -> Claim:
    """A claim that no worker has looked at; ``due_at=None`` keeps workers away from it."""
    columns = {"language": "en", "logged_by": changes.pop("logged_by", None) or reporter()}
    return Claim.objects.create(text=text, status=status, **{**columns, **changes})


def claim_access(claim_=None, person=None, *, given_by=None, **changes) -> ClaimAccess:
    """That a person sees a claim, which is restricted by it."""
    of = claim_ or claim()
    columns = {"person": person or user(), "given_by": given_by or of.logged_by}
    return ClaimAccess.objects.create(claim=of, **{**columns, **changes})


def claim_file(claim_=None, document_=None, *, by=None, **changes) -> ClaimFile:
    """That a person brought a file for a claim."""
    of = claim_ or claim()
    columns = {"document": document_ or bringing().capture.document, "by": by or of.logged_by}
    return ClaimFile.objects.create(claim=of, **{**columns, **changes})


def access_grant(claim_=None, person=None, *, proposed_by=None, **changes) -> AccessGrant:
    """A proposal to let somebody see a claim of which everybody who saw it has left."""
    columns = {"person": person or editor(), "reason": "The reporter has left."}
    return AccessGrant.objects.create(
        claim=claim_ or claim(), proposed_by=proposed_by or admin(), **{**columns, **changes}
    )


def claim_vector(claim_=None, *, text="The bridge at Arvel was closed.", **changes) -> ClaimVector:
    """A wording of a claim, as coverage is compared with it."""
    columns = {"language": "en", "model": "model@1", "vector": [1.0]}
    return ClaimVector.objects.create(claim=claim_ or claim(), text=text, **{**columns, **changes})


def claim_version(claim_=None, *, changed_by=None, **changes) -> ClaimVersion:
    """What a claim said before a correction."""
    columns = {"text": "The bridge at Arvel was closd.", "language": "en", "type": "event", "reason": "A typing error."}
    return ClaimVersion.objects.create(
        claim=claim_ or claim(), changed_by=changed_by or reporter(), **{**columns, **changes}
    )


def comparison() -> Comparison:
    """The next part of the comparison of new coverage with all open claims, the first one first."""
    return Comparison.objects.create(pk=Comparison.objects.count() + 1)


def _assertion(standing_, *, by, extractor="matcher@1", score=0.8):
    """Columns of what a person states, or of what a machine suggests and a person may have settled since."""
    if by is not None and standing_ == AssertionStatus.CONFIRMED:
        return stated(by)
    columns = suggested(extractor, score)
    if standing_ != AssertionStatus.SUGGESTED:
        columns |= {"standing": standing_, "settled_by": by or reviewer(), "settled_at": timezone.now()}
    return columns


def wording(claim_=None, *, standing=AssertionStatus.CONFIRMED, by=None, **changes) -> Wording:
    columns = {"kind": WordingKind.TRANSLATION, "text": "Le pont d’Arvel a été fermé.", "language": "fr"}
    columns |= _assertion(standing, by=by or (reporter() if standing == AssertionStatus.CONFIRMED else None))
    return Wording.objects.create(claim=claim_ or claim(), **{**columns, **changes})


def claim_link(claim_=None, other=None, *, standing=AssertionStatus.SUGGESTED, by=None, **changes) -> ClaimLink:
    columns = {"relation": ClaimRelation.VARIANT, **_assertion(standing, by=by)}
    return ClaimLink.objects.create(claim=claim_ or claim(), other=other or claim(), **{**columns, **changes})


def appearance(claim_=None, *, standing=AssertionStatus.CONFIRMED, by=None, **changes) -> Appearance:
    """Where a person saw the claim."""
    columns = {"role": AppearanceRole.REPEATS, "quote": "terrorists closed the bridge"}
    columns |= _assertion(standing, by=by or (reporter() if standing == AssertionStatus.CONFIRMED else None))
    return Appearance.objects.create(claim=claim_ or claim(), **{**columns, **changes})


def attribution(appearance_=None, *, position=0, standing=AssertionStatus.CONFIRMED, by=None, **changes) -> Attribution:
    """A link of the chain under an appearance: an outlet that reports it, unless told otherwise."""
    columns = {"modality": Modality.REPORTS, "directness": Directness.INDIRECT, "verb": "reported"}
    columns |= _assertion(standing, by=by or (reporter() if standing == AssertionStatus.CONFIRMED else None))
    if "source" not in changes and changes.get("modality") != Modality.UNATTRIBUTED_PASSIVE:
        columns["source"] = source()
        columns["named_as"] = columns["source"].name
    return Attribution.objects.create(
        appearance=appearance_ or appearance(), position=position, **{**columns, **changes}
    )


def figure(claim_=None, passage_=None, *, standing=AssertionStatus.SUGGESTED, by=None, **changes) -> Figure:
    columns = {"start": 0, "end": 6, "exact": "Twelve", "measure": "hurt", "low": 12, "high": 12}
    columns |= _assertion(standing, by=by)
    return Figure.objects.create(
        claim=claim_ or claim(), passage=passage_ or passage(SENTENCES[1]), **{**columns, **changes}
    )


def claim_figure(claim_=None, start=0, end=6, *, standing=AssertionStatus.SUGGESTED, by=None, **changes) -> Figure:
    """A figure that the words of the claim themselves state."""
    of = claim_ or claim("Twelve people were hurt.")
    columns = {"start": start, "end": end, "exact": of.text[start:end], "low": 12, "high": 12}
    return Figure.objects.create(claim=of, **{**columns, **_assertion(standing, by=by), **changes})


def figure_link(figure_=None, other=None, *, standing=AssertionStatus.SUGGESTED, by=None, **changes) -> FigureLink:
    columns = {"difference": FigureDifference.CONTRADICTION, **_assertion(standing, by=by)}
    first = figure_ or figure()
    return FigureLink.objects.create(figure=first, other=other or figure(first.claim), **{**columns, **changes})


def evidence(claim_=None, passage_=None, *, standing=AssertionStatus.SUGGESTED, by=None, **changes) -> Evidence:
    """A passage that a machine suggests; ``by`` with CONFIRMED makes it a person's own."""
    columns = {
        "stance": "" if standing == AssertionStatus.SUGGESTED else Stance.SUPPORTS,
        **_assertion(standing, by=by),
    }
    return Evidence.objects.create(claim=claim_ or claim(), passage=passage_ or passage(), **{**columns, **changes})


def confirmed_evidence(claim_=None, **changes) -> Evidence:
    return evidence(claim_, standing=AssertionStatus.CONFIRMED, **changes)


def put_off(evidence_=None, *, put_off_by=None, **changes) -> Postponement:
    """A suggestion that a person put off for later."""
    columns = {"put_off_by": put_off_by or reporter()}
    return Postponement.objects.create(evidence=evidence_ or evidence(), **{**columns, **changes})


def taken_back(evidence_=None, *, taken_back_by=None) -> TakenBack:
    """An answer on a passage that its person took back."""
    row = evidence_ or confirmed_evidence()
    said = {name: getattr(row, name) for name in ("standing", "stance", "nearness", "note", "settled_at")}
    return TakenBack.objects.create(evidence=row, taken_back_by=taken_back_by or row.settled_by, **said)


def origin_link(claim_=None, document_=None, *, standing=AssertionStatus.SUGGESTED, by=None, **changes) -> OriginLink:
    columns = {"kind": OriginKind.WIRE_COPY, **_assertion(standing, by=by)}
    if not changes.keys() & {"origin_document", "origin_source"} and changes.get("kind") != OriginKind.OWN_REPORTING:
        columns["origin_document"] = document()
    return OriginLink.objects.create(
        claim=claim_ or claim(), document=document_ or document(), **{**columns, **changes}
    )


def question(claim_=None, text="Who closed the bridge?", *, asked_by=None) -> Question:
    return Question.objects.create(claim=claim_ or claim(), text=text, asked_by=asked_by or reporter())


def answer(question_=None, text="The road authority.", *, answered_by=None, evidence=()) -> Answer:
    given = Answer.objects.create(question=question_ or question(), text=text, answered_by=answered_by or reporter())
    given.evidence.set(evidence)
    return given


def comment_request(claim_=None, *, sent_by=None, **changes) -> CommentRequest:
    columns = {"to_whom": "The road authority", "channel": "telephone", "question": "Who closed it?", "sent_at": MONDAY}
    return CommentRequest.objects.create(
        claim=claim_ or claim(), sent_by=sent_by or reporter(), **{**columns, **changes}
    )


# Outcomes


def review(claim_=None, *, reviewer=None, **changes) -> Review:
    """A review in the claim's present round."""
    of = claim_ or claim(status=Status.IN_REVIEW)
    columns = {"round": of.round, "rating": Rating.DISPUTED, "reasoning": "Two accounts, no record."}
    return Review.objects.create(claim=of, reviewer=reviewer or user(), **{**columns, **changes})


def claim_in_review(*, reviews=2, **changes) -> Claim:
    """A claim in review with as many reviews as a decision needs."""
    of = claim(status=Status.IN_REVIEW, **changes)
    for _each in range(reviews):
        review(of)
    return of


def decision(claim_=None, *, decided_by=None, cited=(), **changes) -> Decision:
    """A decision as it stands in the table; the claim's status follows only in ``reviewing.decide``."""
    of = claim_ or claim(status=Status.DECIDED)
    columns = {
        "round": of.round,
        "rating": Rating.REFUTED,
        "summary": "The road authority closed the bridge for repairs.",
        "as_of": MONDAY + timedelta(days=2),
    }
    made = Decision.objects.create(claim=of, decided_by=decided_by or editor(), **{**columns, **changes})
    made.cited.set(cited)
    return made


def citation(decision_=None, evidence_=None) -> Citation:
    of = decision_ or decision()
    return Citation.objects.create(decision=of, evidence=evidence_ or confirmed_evidence(of.claim))


def rule_waiver(decision_=None, *, by=None, **changes) -> RuleWaiver:
    of = decision_ or decision()
    columns = {"rule": "comment", "reason": "Nobody is known who could be asked.", **changes}
    return RuleWaiver.objects.create(decision=of, by=by or of.decided_by, **columns)


def report(decision_=None, *, frozen_by=None, **changes) -> Report:
    """A report row; one with real content comes from ``reporting.freeze``."""
    columns = {"number": number(), "language": "en", "content": "{}", "log_head": sha256("log")}
    columns |= changes
    return Report.objects.create(
        decision=decision_ or decision(),
        frozen_by=frozen_by or editor(),
        sha256=columns.pop("sha256", sha256(columns["content"])),
        **columns,
    )


def correction(report_=None, *, made_by=None, **changes) -> Correction:
    columns = {"kind": CorrectionKind.CORRECTION, "text": "The date was wrong."}
    return Correction.objects.create(report=report_ or report(), made_by=made_by or editor(), **{**columns, **changes})


def rating_scale(**changes) -> RatingScale:
    return RatingScale.objects.create(**{"name": f"Desk scale {number()}", "language": "en", **changes})


def rating_label(scale=None, **changes) -> RatingLabel:
    columns = {"rating": Rating.REFUTED, "label": "False", "value": 1}
    return RatingLabel.objects.create(scale=scale or rating_scale(), **{**columns, **changes})


def copy_edit(report_=None, *, proposed_by=None, **changes) -> CopyEdit:
    """A proposal that waits for a second person."""
    columns = {"part": "summary", "before": "The raod authority.", "after": "The road authority.", "of_verdict": True}
    return CopyEdit.objects.create(
        report=report_ or report(),
        proposed_by=proposed_by or editor(),
        reason="A typing error.",
        **{**columns, **changes},
    )


def proposed_report(decision_=None, *, proposed_by=None, **changes) -> ProposedReport:
    """A report that the person who gave the verdict proposes."""
    of = decision_ or decision()
    columns = {"language": "en", **changes}
    return ProposedReport.objects.create(decision=of, proposed_by=proposed_by or of.decided_by, **columns)


def proposed_correction(report_=None, *, proposed_by=None, **changes) -> ProposedCorrection:
    """A correction that waits for a second person."""
    columns = {"kind": CorrectionKind.CORRECTION, "text": "The date was wrong.", **changes}
    return ProposedCorrection.objects.create(report=report_ or report(), proposed_by=proposed_by or editor(), **columns)


def earlier_check(claim_=None, check=None, *, standing=AssertionStatus.SUGGESTED, by=None, **changes) -> EarlierCheck:
    """A fact-check of others that a machine suggests for a claim."""
    of = check or fact_check()
    columns = {"fact_check": of, "fingerprint": of.fingerprint, **_assertion(standing, by=None)}
    columns |= {"settled_by": by} if by else {}
    return EarlierCheck.objects.create(claim=claim_ or claim(), **{**columns, **changes})


def check_lookup(claim_=None, **changes) -> CheckLookup:
    return CheckLookup.objects.create(claim=claim_ or claim(), **changes)
