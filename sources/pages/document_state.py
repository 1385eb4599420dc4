"""How far a document has come, and how one attempt to fetch it ended, in a word."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from sources.models import Document, FetchAttempt
from sources.models.vocabulary import COVERAGE, Outcome
from workbench.pages.badges import BAD, GOOD, PLAIN, Badge
from workbench.pages.templatetags.log_words import told
from workbench.pages.templatetags.words import choice


@dataclass(frozen=True)
class ShownAttempt:
    """An attempt to fetch a document, in words."""

    attempt: FetchAttempt
    badge: Badge
    reason: str
    answer: str  # of the server
    elsewhere: str  # where the server sent us, if to another address


def document_badge(document: Document) -> Badge:
    """Return how far a document has come."""
    if document.last_outcome:
        look = GOOD if document.is_coverage else PLAIN if document.last_outcome == Outcome.MAY_BE_WALL else BAD
        return Badge(_ended(document, choice(document, "last_outcome"), document.last_outcome), look)
    if document.is_stuck:
        return Badge(_("Needs attention"), BAD)
    return Badge(_("Problem"), BAD) if document.trouble else Badge(_("Waiting to be fetched"))


def _ended(document: Document, label: str, outcome: str) -> str:
    """Return how a visit ended, in a plain word: nobody fetches a pasted text."""
    return _("Pasted") if outcome == Outcome.OK and not document.is_web else label


def shown_attempt(attempt: FetchAttempt) -> ShownAttempt:
    """Return an attempt as the page of its document shows it."""
    fetched = attempt.outcome in COVERAGE
    badge = Badge(_ended(attempt.document, choice(attempt, "outcome"), attempt.outcome), GOOD if fetched else BAD)
    elsewhere = attempt.final_url if attempt.final_url != attempt.document.url else ""
    answer = f"HTTP {attempt.status}" if attempt.status else "" if attempt.peer else "–"
    return ShownAttempt(attempt, badge, told(attempt.reason) or "–", answer, elsewhere)
