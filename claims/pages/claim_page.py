"""What the pages about one claim show, loaded in a constant number of queries."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from claims.evidence import gathering
from claims.intake import spotting
from claims.models import Appearance, Claim, ClaimLink, CopyEdit, Evidence, claim_searches, search_reach
from claims.models.vocabulary import AssertionStatus, ClaimRule, Move, Nearness, Stance, Status
from claims.pages import chain_sentence, claim_queries, coverage_progress, publication
from claims.pages.pages_of_file import OnPages
from claims.pages.workspace import WeighButton, Workspace, weigh_buttons
from claims.publishing import outside_facts
from claims.publishing.exports.page import search_reach_words, sentences
from claims.review import rules
from claims.wording.context import surroundings
from sources.models import Search
from sources.models.vocabulary import COVERAGE, Outcome
from workbench.desk.models import User
from workbench.pages.paging import ListPage, page_of

PER_PAGE = 20  # rows of each list but the suggestions
SAME_EFFECT = {Move.TAKE_BACK: Move.SEND_BACK, Move.TAKE_BACK_CLAIM: Move.WITHDRAW}
MOST_CHECKS = 30  # earlier fact-checks, those that people linked first


Has = Mapping[str, bool]  # whether the claim has rows of a kind (``claim_queries.holds``)


@dataclass(frozen=True)
class Shown(OnPages):
    """A piece of evidence with the words around it."""

    evidence: Evidence
    before: str
    after: str

    @property
    def nearness(self) -> str:
        """Whether the source is primary or secondary, once somebody has said so."""
        return "" if self.evidence.nearness == Nearness.UNKNOWN else self.evidence.get_nearness_display()

    @property
    def buttons(self) -> list[WeighButton]:
        """The four answers, with the one pressed that a person gave."""
        return weigh_buttons(self.evidence)


@dataclass(frozen=True)
class ShownAppearance:
    """An appearance of the claim, its chain as a sentence; ``trouble`` says why its page could not be read.

    ``not_understood`` is true where it has no chain, because its words do not show surely who says the claim.
    """

    row: Appearance
    trouble: str
    readable: bool
    not_understood: bool
    sentence: str = ""


@dataclass(frozen=True)
class ShownLink:
    """How two claims relate, read from the first to the second; the claim of the page itself is left out."""

    row: ClaimLink
    first: Claim | None
    second: Claim | None


def weighed(claim: Claim) -> dict[str, Any]:
    """Return the evidence that people weighed: confirmed, by stance, and rejected."""
    rows = [shown_evidence(row) for row in claim.evidence.for_list().exclude(standing=AssertionStatus.SUGGESTED)]
    confirmed = [shown for shown in rows if shown.evidence.standing == AssertionStatus.CONFIRMED]
    by_stance = [(stance, [shown for shown in confirmed if shown.evidence.stance == stance]) for stance in Stance]
    return {
        "by_stance": [(stance, found) for stance, found in by_stance if found],
        "rejected": [shown for shown in rows if shown.evidence.standing == AssertionStatus.REJECTED],
    }


def weighed_pages(request: HttpRequest, claim: Claim, kinds: Collection[tuple[str, str]]) -> dict[str, Any]:
    """Return the evidence that people weighed, the best first, a page of each stance and one of what they rejected.

    ``kinds`` are the standings and stances that its evidence has: most claims lack some.
    """

    def shown(standing: AssertionStatus, stance: str, name: str) -> ListPage:
        rows = claim_queries.weighed.bound(claim.pk, standing=standing, stance=stance)
        return page_of(request, rows, name, PER_PAGE, show=shown_evidence)

    by_stance = [
        (stance, shown(AssertionStatus.CONFIRMED, stance.value, stance.value))
        for stance in Stance
        if (AssertionStatus.CONFIRMED, stance) in kinds
    ]
    some_rejected = AssertionStatus.REJECTED in {standing for standing, _stance in kinds}
    return {
        "by_stance": [(stance, found) for stance, found in by_stance if found],
        "rejected": shown(AssertionStatus.REJECTED, "", "rejected") if some_rejected else None,
    }


def coverage(claim: Claim, workspace: Workspace) -> dict[str, Any]:
    """Return what workers found for the claim so far."""
    gathered = gathering.progress(claim)
    waiting = claim_queries.texts_waiting.first(claim.pk) or 0 if workspace.is_cut else workspace.waiting
    matching = workspace.matching if workspace.kept else waiting
    found = coverage_progress.ToWeigh(waiting, matching, workspace.passages)
    answers = claim_searches.answers(claim, gathered.searches)
    return {
        "workspace": workspace,
        "by_meaning": gathered.by_meaning,
        "progress": coverage_progress.of(claim, gathered, found),
        "searches": [coverage_progress.shown_search(search, answers.get(search.pk)) for search in gathered.searches],
        **outside(claim, gathered.searches),
        "figures": claim_queries.figures(claim.pk),
        "waiting": waiting,
        "closed": claim.is_closed,
        "weighing_first": claim.status == Status.OPEN,
    }


def outside(claim: Claim, searches: list[Search]) -> dict[str, Any]:
    """Return how far the searches of the claim reached beyond the desk, and the earlier fact-checks of others."""
    checks = claim_queries.earlier_checks(claim.pk, most=MOST_CHECKS)
    linked = [{"rating": {"text": row.fact_check.rating}} for row in checks if not row.is_suggested]
    return {
        "reach": search_reach_words.of(outside_facts.reach(search_reach.of(claim, searches))),
        "earlier_checks": checks,
        "differing": sentences.differing_checks(linked),
    }


def verdicts(claim: Claim, person: User, has: Has) -> dict[str, Any]:
    """Return the verdict of this round, what publishing its report takes of a person, and the verdicts before it."""
    rows = claim_queries.decisions(claim.pk) if has["decisions"] else []
    for row in rows:
        row.claim = claim
    present = next((row for row in rows if row.round == claim.round), None)
    return {
        "decision": present,
        "summary": CopyEdit.objects.summary_of(present) if present else "",
        "publishable": claim.status == Status.DECIDED,
        "publication": publication.of(present, person) if present and claim.status == Status.DECIDED else None,
        "waived": [ClaimRule(rule) for rule in present.waived] if present else [],
        "earlier": [row for row in rows if row.round != claim.round],
    }


def appearances(request: HttpRequest, claim: Claim) -> ListPage:
    """Return a page of the appearances of the claim, the first known one first, each with its attribution chain."""
    return page_of(request, claim_queries.appearances.bound(claim.pk), "appearances", PER_PAGE, show=_shown_appearance)


def asked(claim: Claim, has: Has | None = None) -> dict[str, Any]:
    """Return the questions and requests for comment about the claim, with their answers."""
    kinds = {
        "questions": claim_queries.questions,
        "comment_requests": claim_queries.comment_requests,
        "personal_links": claim_queries.personal_links,
    }
    return {name: ask(claim.pk) if has is None or has[name] else [] for name, ask in kinds.items()}


def lists(request: HttpRequest, claim: Claim, has: Has) -> dict[str, Any]:
    """Return the lists that most claims lack: what was asked, links, other wordings, its words before corrections."""
    return {
        **asked(claim, has),
        "links": links(request, claim) if has["links"] else [],
        "wordings": wordings(request, claim) if has["wordings"] else [],
        "versions": claim_queries.versions(claim.pk) if has["versions"] else [],
    }


def links(request: HttpRequest, claim: Claim) -> ListPage:
    """Return a page of how the claim relates to others, from either side."""

    def show(row: ClaimLink) -> ShownLink:
        return ShownLink(row, *(None if end == claim else end for end in (row.claim, row.other)))

    return page_of(request, claim_queries.links.bound(claim.pk), "links", PER_PAGE, show=show)


def wordings(request: HttpRequest, claim: Claim) -> ListPage:
    """Return a page of the other wordings of the claim."""
    return page_of(request, claim_queries.wordings.bound(claim.pk), "wordings", PER_PAGE)


def moves(claim: Claim, person: User) -> dict[str, bool]:
    """Return for each move whether the page offers it to this person now."""
    return moves_in(rules.Case(claim, person))


def moves_in(case: rules.Case) -> dict[str, bool]:
    """Return for each move whether the page offers it to a person now: each that the rules of review allow.

    A person who may send a claim back gets no button to take it back: both do the same. So it is with withdrawing.
    """
    allowed = rules.allowed_in(case)
    offered = allowed - {own for own, wider in SAME_EFFECT.items() if wider in allowed}
    return {move.value: move in offered for move in Move}


def shown_evidence(row: Evidence) -> Shown:
    """Return a piece of evidence with the words around it."""
    before, after = surroundings(row.passage.reading.text, *row.span)
    return Shown(row, before, after)


def _shown_appearance(row: Appearance) -> ShownAppearance:
    outcome = row.document.last_outcome if row.document else ""
    read = outcome in COVERAGE
    trouble = row.document.get_last_outcome_display() if row.document and outcome and not read else ""
    without_chain = row.passage is not None and not row.attributions.all()
    not_understood = without_chain and spotting.said_by(row) is None
    return ShownAppearance(
        row,
        trouble,
        readable=outcome in {Outcome.OK, Outcome.BROUGHT},
        not_understood=not_understood,
        sentence=chain_sentence.of_attributions(row.attributions.all()),
    )
