"""Rows for tests: a plain function per model, with defaults that stand and values that a counter keeps unique."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta
from itertools import count

from django.utils import timezone

from claims.models import (
    Answer,
    Appearance,
    Attribution,
    Claim,
    ClaimLink,
    CommentRequest,
    Correction,
    Decision,
    Evidence,
    Figure,
    FigureLink,
    OriginLink,
    Question,
    RatingLabel,
    RatingScale,
    Report,
    Review,
    Wording,
)
from claims.models.assertion import stated, suggested
from claims.vocabulary import (
    AppearanceRole,
    ClaimRelation,
    CorrectionKind,
    Directness,
    FigureDifference,
    Modality,
    OriginKind,
    Rating,
    Stance,
    Standing,
    Status,
    WordingKind,
)
from sources import models as kept
from sources.models import Capture, Document, Feed, FetchAttempt, Passage, Reading, Source
from sources.text.folding import fold
from sources.vocabulary import Outcome, Reliability
from tests.make_more import (  # noqa: F401 -- given on
    answered_search,
    change,
    discovery,
    edit,
    external_archive,
    hit,
    host_policy,
    link,
    search,
    stamp,
    touch,
    watch,
)
from workbench import audit
from workbench.models import LogEntry, User
from workbench.roles import Role

MONDAY = datetime(2024, 12, 2, 9, 30, tzinfo=UTC)
SENTENCES = ("The bridge at Arvel was closed on Monday.", "Twelve people were hurt when a pylon gave way.")

_numbers = count(1)


def number() -> int:
    """Return a number that no row of this test run has yet."""
    return next(_numbers)


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


# People


def user(role=Role.REVIEWER, *, password="", **changes) -> User:
    """A person of the desk; without a password, as for ``client.force_login``."""
    person = User(username=f"{role}{number()}", role=role)
    for name, value in changes.items():
        setattr(person, name, value)
    if password:
        person.set_password(password)
    else:
        person.set_unusable_password()
    person.save()
    return person


def viewer(**changes) -> User:
    return user(Role.VIEWER, **changes)


def reporter(**changes) -> User:
    return user(Role.REPORTER, **changes)


def reviewer(**changes) -> User:
    return user(Role.REVIEWER, **changes)


def editor(**changes) -> User:
    return user(Role.EDITOR, **changes)


def admin(**changes) -> User:
    return user(Role.ADMIN, **changes)


def log_entry(subject=None, *, by=None, verb="noted", **facts) -> LogEntry:
    return audit.record(by, verb, subject or source(), **facts)


# Sources and coverage


def source(name="", **changes) -> Source:
    return Source.objects.create(name=name or f"Arvel Courier {number()}", **changes)


def source_name(source_=None, name="", **changes) -> kept.SourceName:
    return kept.SourceName.objects.create(
        source=source_ or source(), name=name or f"Le Courrier d’Arvel {number()}", **changes
    )


def source_domain(source_=None, host="") -> kept.SourceDomain:
    return kept.SourceDomain.objects.create(source=source_ or source(), host=host or f"courier{number()}.example")


def standing(
    source_=None, *, reliability=Reliability.B, reason="Corrects itself in public.", **changes
) -> kept.Standing:
    columns = {"stated_by": changes.pop("stated_by", None) or editor(), "reason": reason, **changes}
    return kept.Standing.objects.create(source=source_ or source(), reliability=reliability, **columns)


def feed(source_=None, url="", **changes) -> Feed:
    return Feed.objects.create(
        source=source_ or source(), url=url or f"https://courier{number()}.example/feed.xml", **changes
    )


def document(url="", **changes) -> Document:
    """An address that waits to be fetched."""
    host = f"courier{number()}.example"
    return Document.objects.create(url=url or f"https://{host}/bridge", **{"host": host, **changes})


def attempt(document_=None, *, outcome=Outcome.OK, **changes) -> FetchAttempt:
    if outcome == Outcome.OK:
        changes.setdefault("status", 200)
    return FetchAttempt.objects.create(document=document_ or document(due_at=None), outcome=outcome, **changes)


def capture(document_=None, **changes) -> Capture:
    """The kept bytes of a document; the file that would hold them does not exist."""
    of = document_ or document(due_at=None, last_outcome=Outcome.OK)
    columns = {
        "attempt": changes.pop("attempt", None) or attempt(of),
        "taken_at": MONDAY,
        "sha256": sha256(f"payload {number()}"),
        "size": 1_000,
        "content_type": "text/html; charset=utf-8",
        "warc_file": "2024-12-02.warc.gz",
        "warc_offset": 0,
        "warc_length": 1_200,
    }
    return Capture.objects.create(document=of, **{**columns, **changes})


def due_reading(capture_=None, **changes) -> Reading:
    """A reading that a worker has still to do."""
    return Reading.objects.create(capture=capture_ or capture(), **{"reader": f"reader@{number()}", **changes})


def reading(*sentences, capture_=None, **changes) -> Reading:
    """A reading that is done, with each sentence as a passage."""
    sentences = sentences or SENTENCES
    text = "\n".join(sentences)
    columns = {
        "reader": f"reader@{number()}",
        "read_at": timezone.now(),
        "outcome": Outcome.OK,
        "title": "Bridge closed",
        "language": "en",
        "language_score": 0.98,
        "text": text,
        "sha256": sha256(text),
        "due_at": None,
    }
    done = Reading.objects.create(capture=capture_ or capture(), **{**columns, **changes})
    start = 0
    for sentence in sentences:
        _passage(done, start, start + len(sentence))
        start += len(sentence) + 1
    return done


def _passage(of: Reading, start: int, end: int) -> Passage:
    return Passage.objects.create(
        reading=of,
        start=start,
        end=end,
        exact=of.text[start:end],
        prefix=of.text[max(0, start - 32) : start],
        suffix=of.text[end : end + 32],
        language=of.language,
        folded=fold(of.text[start:end], of.language),
    )


def passage(exact=SENTENCES[0], **changes) -> Passage:
    """The passage of a reading that consists of it; changes go to the reading."""
    return reading(exact, **changes).passages.get()


def vector(passage_=None, *, model="model@1", **changes) -> kept.PassageVector:
    changes.setdefault("vector", b"\x00\x3c")
    return kept.PassageVector.objects.create(passage=passage_ or passage(), model=model, **changes)


# Claims


def claim(text="The bridge at Arvel was closed because of terrorists.", *, status=Status.OPEN, **changes) -> Claim:
    """A claim that no worker has looked at; ``due_at=None`` keeps workers away from it."""
    columns = {"language": "en", "logged_by": changes.pop("logged_by", None) or reporter()}
    return Claim.objects.create(text=text, status=status, **{**columns, **changes})


def _assertion(standing_, *, by, extractor="matcher@1", score=0.8):
    """Columns of what a person states, or of what a machine suggests and a person may have settled since."""
    if by is not None and standing_ == Standing.CONFIRMED:
        return stated(by)
    columns = suggested(extractor, score)
    if standing_ != Standing.SUGGESTED:
        columns |= {"standing": standing_, "settled_by": by or reviewer(), "settled_at": timezone.now()}
    return columns


def wording(claim_=None, *, standing=Standing.CONFIRMED, by=None, **changes) -> Wording:
    columns = {"kind": WordingKind.TRANSLATION, "text": "Le pont d’Arvel a été fermé.", "language": "fr"}
    columns |= _assertion(standing, by=by or (reporter() if standing == Standing.CONFIRMED else None))
    return Wording.objects.create(claim=claim_ or claim(), **{**columns, **changes})


def claim_link(claim_=None, other=None, *, standing=Standing.SUGGESTED, by=None, **changes) -> ClaimLink:
    columns = {"relation": ClaimRelation.VARIANT, **_assertion(standing, by=by)}
    return ClaimLink.objects.create(claim=claim_ or claim(), other=other or claim(), **{**columns, **changes})


def appearance(claim_=None, *, standing=Standing.CONFIRMED, by=None, **changes) -> Appearance:
    """Where a person saw the claim."""
    columns = {"role": AppearanceRole.REPEATS, "quote": "terrorists closed the bridge"}
    columns |= _assertion(standing, by=by or (reporter() if standing == Standing.CONFIRMED else None))
    return Appearance.objects.create(claim=claim_ or claim(), **{**columns, **changes})


def attribution(appearance_=None, *, position=0, standing=Standing.CONFIRMED, by=None, **changes) -> Attribution:
    """A link of the chain under an appearance: an outlet that reports it, unless told otherwise."""
    columns = {"modality": Modality.REPORTS, "directness": Directness.INDIRECT, "verb": "reported"}
    columns |= _assertion(standing, by=by or (reporter() if standing == Standing.CONFIRMED else None))
    if "source" not in changes and changes.get("modality") != Modality.UNATTRIBUTED_PASSIVE:
        columns["source"] = source()
        columns["named_as"] = columns["source"].name
    return Attribution.objects.create(
        appearance=appearance_ or appearance(), position=position, **{**columns, **changes}
    )


def figure(claim_=None, passage_=None, *, standing=Standing.SUGGESTED, by=None, **changes) -> Figure:
    columns = {"start": 0, "end": 6, "exact": "Twelve", "measure": "hurt", "low": 12, "high": 12}
    columns |= _assertion(standing, by=by)
    return Figure.objects.create(
        claim=claim_ or claim(), passage=passage_ or passage(SENTENCES[1]), **{**columns, **changes}
    )


def claim_figure(claim_=None, start=0, end=6, *, standing=Standing.SUGGESTED, by=None, **changes) -> Figure:
    """A figure that the words of the claim themselves state."""
    of = claim_ or claim("Twelve people were hurt.")
    columns = {"start": start, "end": end, "exact": of.text[start:end], "low": 12, "high": 12}
    return Figure.objects.create(claim=of, **{**columns, **_assertion(standing, by=by), **changes})


def figure_link(figure_=None, other=None, *, standing=Standing.SUGGESTED, by=None, **changes) -> FigureLink:
    columns = {"difference": FigureDifference.CONTRADICTION, **_assertion(standing, by=by)}
    first = figure_ or figure()
    return FigureLink.objects.create(figure=first, other=other or figure(first.claim), **{**columns, **changes})


def evidence(claim_=None, passage_=None, *, standing=Standing.SUGGESTED, by=None, **changes) -> Evidence:
    """A passage that a machine suggests; ``by`` with CONFIRMED makes it a person's own."""
    columns = {"stance": "" if standing == Standing.SUGGESTED else Stance.SUPPORTS, **_assertion(standing, by=by)}
    return Evidence.objects.create(claim=claim_ or claim(), passage=passage_ or passage(), **{**columns, **changes})


def confirmed_evidence(claim_=None, **changes) -> Evidence:
    return evidence(claim_, standing=Standing.CONFIRMED, **changes)


def origin_link(claim_=None, document_=None, *, standing=Standing.SUGGESTED, by=None, **changes) -> OriginLink:
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
