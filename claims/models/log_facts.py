"""The log about claims: the names and forms of the facts that its entries keep, how it tells rows, and who reads it."""

from __future__ import annotations

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import pgettext_lazy

from claims.models.attribution import Appearance
from claims.models.discussion import DiscussionNote
from claims.models.outside_vocabulary import LinkKind
from claims.models.proposal import ProposedReport
from claims.models.review import Decision
from claims.models.team_vocabulary import Priority
from claims.models.vocabulary import (
    AssertionStatus,
    ClaimRelation,
    ClaimType,
    ClaimVerb,
    CorrectionKind,
    EditedPart,
    MethodRule,
    Rating,
    Said,
    Stance,
    Status,
    WordingKind,
)
from sources.models.log_facts import document_words
from sources.models.vocabulary import Engine
from workbench.desk.fact_forms import Called, Codes, ColumnValues, Keys, LogFact, Plain, RowWords
from workbench.desk.language_names import language_label
from workbench.desk.punctuation import labelled

# The page of the log of a claim shows it to everybody who sees the claim. These acts change its status or its report.
OPEN_LOGS = {
    "claim": (
        ClaimVerb.MOVED,
        ClaimVerb.TOOK_BACK_CLAIM,
        ClaimVerb.DECIDED,
        ClaimVerb.PUBLISHED_REPORT,
        ClaimVerb.CORRECTED_REPORT,
    )
}


def _appearance_words(appearance: Appearance) -> str:
    """Return where a claim appeared: in which document, or at which address, or else in which words."""
    return document_words(appearance.document) if appearance.document else appearance.url or appearance.quote


def _decision_words(decision: Decision) -> str:
    return f"{decision.get_rating_display()}, {date_format(localtime(decision.decided_at), 'DATE_FORMAT')}"


def _proposed_words(row: ProposedReport) -> str:
    return labelled(row.decision.get_rating_display(), language_label(row.language))


def _written_at(note: DiscussionNote) -> str:
    return date_format(localtime(note.at), "DATETIME_FORMAT")


_STATUS, _STANDING = Codes([Status]), Codes([AssertionStatus])

LOG_FACTS: dict[str, LogFact] = {
    "after": LogFact(
        pgettext_lazy("log", "after"),
        Plain.WORDS,
        {
            ClaimVerb.MOVED: _STATUS,
            ClaimVerb.TOOK_BACK_CLAIM: _STATUS,
            ClaimVerb.SAVED_CHECKLIST: Plain.YES_OR_NO,  # of earlier releases
        },
    ),
    "answered_at": LogFact(pgettext_lazy("log", "answered on"), Plain.DATE),
    "appearance": LogFact(pgettext_lazy("log", "appearance"), Keys("appearance")),
    "assertion": LogFact(pgettext_lazy("log", "suggestion"), Keys("")),
    "before": LogFact(
        pgettext_lazy("log", "before"),
        Plain.WORDS,
        {
            ClaimVerb.CONFIRMED_EVIDENCE: _STANDING,
            ClaimVerb.REJECTED_EVIDENCE: _STANDING,
            ClaimVerb.TOOK_BACK_ANSWER: _STANDING,
            ClaimVerb.MARKED_FIRST_KNOWN: Keys("appearance"),
            ClaimVerb.MOVED: _STATUS,
            ClaimVerb.TOOK_BACK_CLAIM: _STATUS,
        },
    ),
    "case": LogFact(pgettext_lazy("log", "case"), Keys("deskcase")),
    "changes": LogFact(
        pgettext_lazy("log", "changes"), ColumnValues("claim"), {ClaimVerb.CHANGED_CASE: ColumnValues("deskcase")}
    ),
    "channel": LogFact(pgettext_lazy("log", "channel"), Plain.WORDS),
    "cited": LogFact(pgettext_lazy("log", "cited evidence"), Keys("evidence")),
    "claim": LogFact(pgettext_lazy("log", "claim"), Keys("claim")),
    "correction": LogFact(pgettext_lazy("log", "correction"), Keys("correction")),
    "decision": LogFact(pgettext_lazy("log", "verdict"), Keys("decision")),
    "due_on": LogFact(pgettext_lazy("log", "due on"), Plain.DATE),
    "edit": LogFact(pgettext_lazy("log", "copy-edit"), Keys("copyedit")),
    "engines": LogFact(pgettext_lazy("log", "searched in"), Codes([Engine])),
    "evidence": LogFact(pgettext_lazy("log", "evidence"), Keys("evidence")),
    "extractor": LogFact(pgettext_lazy("log", "program"), Plain.WORDS),
    "grant": LogFact(pgettext_lazy("log", "proposal"), Keys("accessgrant")),
    "personal_link": LogFact(pgettext_lazy("log", "personal link"), Keys("personallink")),
    "handed_over": LogFact(pgettext_lazy("log", "handed over"), Plain.YES_OR_NO),
    "item": LogFact(pgettext_lazy("log", "line of the checklist"), Plain.WORDS),
    "kind": LogFact(
        pgettext_lazy("log", "kind"),
        Plain.WORDS,
        {
            ClaimVerb.ADDED_WORDING: Codes([WordingKind]),
            ClaimVerb.ASKED_BY_LINK: Codes([LinkKind]),
            ClaimVerb.SAVED_CHECKLIST: Codes([ClaimType]),
            "report": Codes([CorrectionKind]),
        },
    ),
    "links": LogFact(pgettext_lazy("log", "links"), Plain.NUMBER),
    "now": LogFact(
        pgettext_lazy("log", "now"),
        Plain.WORDS,
        {ClaimVerb.MARKED_FIRST_KNOWN: Keys("appearance"), ClaimVerb.SAVED_SCALE: Codes([Rating])},
    ),
    "since": LogFact(pgettext_lazy("log", "since"), Plain.DATE),
    "until": LogFact(pgettext_lazy("log", "until"), Plain.DATE),
    "number": LogFact(pgettext_lazy("log", "number"), Plain.NUMBER),
    "other": LogFact(pgettext_lazy("log", "other claim"), Keys("claim")),
    "owner": LogFact(pgettext_lazy("log", "owner"), Keys("user")),
    "part": LogFact(pgettext_lazy("log", "part"), Codes([EditedPart])),
    "proposal": LogFact(
        pgettext_lazy("log", "proposal"),
        Plain.NUMBER,
        {"claim": Keys("accessgrant"), "decision": Keys("proposedreport"), "report": Keys("proposedcorrection")},
    ),
    "question": LogFact(pgettext_lazy("log", "question"), Keys("question"), {ClaimVerb.ASKED_COMMENT: Plain.WORDS}),
    "person": LogFact(pgettext_lazy("log", "person"), Keys("user")),
    "priority": LogFact(pgettext_lazy("log", "priority"), Codes([Priority])),
    "quote": LogFact(pgettext_lazy("log", "quote"), Plain.WORDS),
    "rating": LogFact(pgettext_lazy("log", "rating"), Codes([Rating])),
    "relation": LogFact(pgettext_lazy("log", "relation"), Codes([ClaimRelation])),
    "replaced_by": LogFact(pgettext_lazy("log", "replaced by report"), Plain.NUMBER),
    "request": LogFact(pgettext_lazy("log", "request"), Keys("commentrequest")),
    "review": LogFact(pgettext_lazy("log", "review"), Keys("review")),
    "rule": LogFact(pgettext_lazy("log", "rule"), Codes([MethodRule])),
    "said": LogFact(pgettext_lazy("log", "was it said"), Codes([Said])),
    "replaces": LogFact(pgettext_lazy("log", "corrects"), Keys("appearance")),
    "sent_at": LogFact(pgettext_lazy("log", "sent on"), Plain.DATE),
    "stance": LogFact(pgettext_lazy("log", "stance"), Codes([Stance])),
    "tag": LogFact(pgettext_lazy("log", "tag"), Plain.WORDS),
    "text": LogFact(pgettext_lazy("log", "text"), Plain.WORDS),
    "to": LogFact(pgettext_lazy("log", "to"), Keys("user")),
    "to_whom": LogFact(pgettext_lazy("log", "sent to"), Plain.WORDS),
    "version": LogFact(
        pgettext_lazy("log", "version"), Plain.NUMBER, {"discussionnote": Keys("discussionnote", _written_at)}
    ),
    "words": LogFact(pgettext_lazy("log", "words"), Plain.WORDS),
}

LOG_ROWS: dict[str, RowWords] = {
    "accessgrant": RowWords(lambda grant: grant.person, ["person"]),
    "appearance": RowWords(_appearance_words, ["document"]),
    "attribution": RowWords(also=["source"]),
    "checklistitem": RowWords(),
    "claimlink": RowWords(also=["claim", "other"]),
    "commentrequest": RowWords(),
    "copyedit": RowWords(lambda edit: edit.get_part_display()),
    "correction": RowWords(also=["report"], called=Called.BY_WORDS, without=["report__content"]),
    "decision": RowWords(_decision_words),
    "deskcase": RowWords(),
    "discussionnote": RowWords(called=Called.BY_WORDS),
    "earliercheck": RowWords(also=["fact_check"]),
    "evidence": RowWords(also=["passage"]),
    "figure": RowWords(),
    "figurelink": RowWords(also=["figure", "other"]),
    "originlink": RowWords(also=["document", "origin_document", "origin_source"]),
    "personallink": RowWords(),
    "proposedcorrection": RowWords(also=["report"], called=Called.BY_WORDS, without=["report__content"]),
    "proposedreport": RowWords(_proposed_words, ["decision"]),
    "question": RowWords(),
    "ratingscale": RowWords(),
    "report": RowWords(called=Called.BY_WORDS, without=["content"]),
    # Not its rating: reviews are blind until the verdict.
    "review": RowWords(lambda review: review.reviewer, ["reviewer"]),
    "wording": RowWords(),
}
