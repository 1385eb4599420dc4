"""A report with everything a report can hold, in four languages, for the tests of what is made from it."""

from __future__ import annotations

from datetime import UTC, datetime

from claims.models import Correction, Report
from claims.models.vocabulary import (
    AssertionStatus,
    ClaimVerb,
    Directness,
    Modality,
    Nearness,
    Qualifier,
    Rating,
    Said,
    Stance,
    Status,
)
from claims.publishing import correcting, reporting
from sources.models.vocabulary import Outcome, SourceKind
from tests import make
from workbench.desk import audit

CLAIM = "Le pont d’Arvel a été détruit par des terroristes liés à Ostavie."
FRENCH = (
    "Un pont d’Arvel est fermé depuis lundi.",
    "Il a été affirmé que des terroristes liés à Ostavie l’avaient détruit.",
)
TURKISH = (
    "Arvel Köprüsü pazartesi günü kapatıldı; İçişleri Bakanlığı “sabotaj yok” dedi. Şaşkınlık büyük, ığdır çığlığı.",
)
ARABIC = ("أغلق جسر أرفيل يوم الاثنين بعد انهيار عمود، وأصيب ١٢ شخصًا بجروح، وفق ما ذكرته هيئة الطرق (AFP) في 39 قرية.",)
AUTUMN = datetime(2024, 11, 29, 8, 15, tzinfo=UTC)


def passages(name: str, language: str, sentences: tuple[str, ...], **changes):
    """The passages of an article that an outlet published."""
    outlet = make.source(f"{name} {make.number()}")
    document = make.document(due_at=None, last_outcome=Outcome.OK, source=outlet, title=f"{name}: {sentences[0][:40]}")
    reading = make.reading(
        *sentences,
        capture_=make.capture(document),
        language=language,
        title=document.title,
        published_at=AUTUMN,
        published_precision="day",
        **changes,
    )
    return list(reading.passages.all())


def claim(text: str = CLAIM, *, language: str = "fr", **changes):
    """A claim in review with its appearance and a chain of four links."""
    of = make.claim(
        text,
        language=language,
        status=Status.IN_REVIEW,
        due_at=None,
        claimed_at=AUTUMN,
        claimed_precision="day",
        **changes,
    )
    audit.record(of.logged_by, ClaimVerb.LOGGED, of, text=text)
    article = passages("Haber Ufuk", "fr", FRENCH)
    seen = make.appearance(of, passage=article[1], quote=FRENCH[1], first_known=True, role="originates")
    outlet = article[1].reading.capture.document.source
    links = [
        (outlet, Modality.REPORTS, SourceKind.OUTLET, "rapporte"),
        (make.source(f"Agence Lanterne {make.number()}", kind=SourceKind.AGENCY), Modality.REPORTS, None, "selon"),
        (make.source(f"médias iraniens {make.number()}", kind=SourceKind.GROUP), Modality.CLAIMS, None, "affirment"),
    ]
    for position, (source, modality, _kind, verb) in enumerate(links):
        make.attribution(
            seen, position=position, source=source, named_as=source.name, modality=modality, verb=verb,
            directness=Directness.INDIRECT,
        )  # fmt: skip
    return of


def decision(of=None, **changes):
    """The verdict on a claim, with evidence in French, Turkish and Arabic, searches and what could not be read."""
    of = of or claim()
    cited = [
        make.confirmed_evidence(
            of, passage_=passage, stance=stance, nearness=nearness, note="Dated before the collapse."
        )
        for (passage, stance, nearness) in [
            (passages("Vadi", "tr", TURKISH)[0], Stance.REFUTES, Nearness.PRIMARY),
            (passages("صدى", "ar", ARABIC)[0], Stance.DISCUSSES, Nearness.SECONDARY),
        ]
    ]
    other = make.confirmed_evidence(of, passage_=passages("Le Courrier", "fr", FRENCH)[1], stance=Stance.SUPPORTS)
    make.evidence(of, standing=AssertionStatus.REJECTED)
    make.evidence(of)
    make.wording(of)
    make.figure(of, cited[1].passage, standing=AssertionStatus.CONFIRMED, exact="12", qualifier=Qualifier.AT_LEAST)
    make.origin_link(of, other.passage.reading.capture.document, standing=AssertionStatus.CONFIRMED)
    make.answer(make.question(of))
    make.comment_request(of)
    of.searches.add(make.answered_search("pont Arvel terroristes", language="fr", found=0))
    of.searches.add(make.answered_search("Arvel köprüsü", language="tr", found=2))
    make.attempt(
        make.document(due_at=None, last_outcome=Outcome.CONSENT_WALL, feed=make.feed()), outcome=Outcome.CONSENT_WALL
    )
    make.attempt(
        make.document(due_at=None, last_outcome=Outcome.GONE, feed=make.feed()), outcome=Outcome.GONE, status=404
    )
    for reasons in ("The ministry’s log shows repairs.", "Nobody who was there speaks of an attack."):
        make.review(of, rating=Rating.REFUTED, said=Said.CONFIRMED, reasoning=reasons)
    columns = {"rating": Rating.REFUTED, "said": Said.CONFIRMED, "what_would_change_it": "A record of an explosion."}
    columns["summary"] = "The bridge was closed for repairs after a pylon gave way. No record speaks of an attack."
    of.status = Status.DECIDED
    of.save(update_fields=["status"])
    return make.decision(of, cited=cited, **{**columns, **changes})


def report(text: str = CLAIM, *, language: str = "en", by=None, **changes) -> Report:
    """A report as ``reporting.freeze`` makes it."""
    return reporting.freeze(decision(claim(text, **changes)), by=by or make.editor(), language=language)


def correct(report, *, by, **given) -> Correction:
    """A correction that an editor proposed and a second person agreed to."""
    return correcting.agree(correcting.propose(report, by=by, **given), by=make.editor()).made
