"""The brief as a test: one claim from the log to the report, on the sample press, served over real HTTP."""

import threading
from datetime import timedelta
from time import monotonic

import pytest

from claims import following, sample_case
from claims.evidence import coverage_matching, weighing
from claims.models import Claim
from claims.models.vocabulary import Rating, Said, Stance, Status
from claims.review import reviewing
from claims.review.reviewing import Finding
from sources.capturing import fetching
from sources.gathering import polling, searching
from sources.models import Arrival, Document, Feed, FetchAttempt, Passage, Reading, Search
from sources.models.vocabulary import Outcome
from sources.reading import reading
from workbench.desk import audit
from workbench.desk.models import User
from workbench.desk.work_queue import drain
from workbench.sample import outlets, server

PATIENCE = 240  # seconds; a run begins with this test, beside others that take long


@pytest.fixture
def _press(tmp_path, settings):
    """Serve the sample press, and let the fetcher open exactly its addresses."""
    settings.SAMPLE, settings.VAR = True, tmp_path
    settings.PRESS_FILE, settings.ARCHIVE_FOLDER = tmp_path / "press.json", tmp_path / "archive"
    servers = server.open_press(settings.PRESS_FILE, edit_after=timedelta(days=1))
    for one in servers:
        threading.Thread(target=one.serve_forever, args=(0.05,), daemon=True).start()
    yield
    for one in servers:
        one.shutdown()
    server.close_press(servers)


def work_until(done) -> None:
    """Do what workers do, in the same order of kinds, until something is so."""
    ends = monotonic() + PATIENCE
    while not done():
        assert monotonic() < ends, "the work was not done in time"
        drain(Feed.objects.all(), polling.poll)
        drain(Document.objects.all(), fetching.fetch)
        drain(Reading.objects.all(), reading.read)
        drain(Search.objects.all(), searching.run)
        drain(Claim.objects.all(), following.follow, budget=timedelta(seconds=1))
        drain(coverage_matching.due(), coverage_matching.compare)


def all_is_read() -> bool:
    return (
        Feed.objects.filter(polled_at=None).count() == 0
        and Document.objects.filter(last_outcome="").count() == 0
        and Reading.objects.filter(read_at=None).count() == 0
        and Search.objects.filter(answered_at=None).count() == 0
        and Claim.objects.filter(due_at__isnull=False).count() == 0
        and Arrival.objects.count() == 0
    )


@pytest.mark.long
@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_press")
def test_a_claim_goes_from_the_log_to_the_report():
    """One reading of the whole press: what became of its pages, what is suggested, and how the claim goes on."""
    sample_case.load()
    work_until(all_is_read)

    every_page_of_the_press_ended_as_it_should()
    the_best_suggestions_bear_on_the_claim_and_every_language_has_some(Claim.objects.get())
    a_claim_with_coverage_is_reviewed_and_decided(Claim.objects.get())


def every_page_of_the_press_ended_as_it_should():
    outcome = dict(FetchAttempt.objects.values_list("document__url", "outcome"))
    of = {article.served: [] for article in outlets.catalog().values()}
    for article in outlets.catalog().values():
        of[article.served] += [ended for url, ended in outcome.items() if url.endswith(article.path)]
    assert set(of[outlets.Served.PAGE]) == {Outcome.OK}
    assert of[outlets.Served.CONSENT_WALL] == [Outcome.CONSENT_WALL]
    assert of[outlets.Served.GONE] == [Outcome.GONE]
    assert of[outlets.Served.FORBIDDEN] == [Outcome.ROBOTS_DENIED]
    assert all(p.reading.text[p.start : p.end] == p.exact for p in Passage.objects.select_related("reading"))


def bears(item) -> bool:
    """Say whether the catalog lists the passage of a suggestion, or its neighbor in one sentence, as bearing."""
    quotes = [bearing.quote for article in outlets.catalog().values() for bearing in article.bearing]
    return any(quote in item.passage.exact or item.passage.exact in quote for quote in quotes)


def the_best_suggestions_bear_on_the_claim_and_every_language_has_some(claim):
    suggestions = list(claim.evidence.for_list())
    right = [item for item in suggestions if bears(item)]
    assert sum(bears(item) for item in suggestions[:10]) >= 7  # measured 8 to 9: it depends on what was read first
    assert len(right) >= 15
    assert {item.passage.language for item in right} == {"ar", "en", "fr", "tr"}


def a_claim_with_coverage_is_reviewed_and_decided(claim):
    people = {user.username: user for user in User.objects.all()}

    reviewing.open_review(claim, by=people["reporter"])
    support, denial = both_sides(claim, by=people["reviewer"])
    for name in ("reviewer", "reviewer2"):
        reviewing.submit_review(claim, Finding(Rating.UNSUPPORTED, "One origin, unnamed."), by=people[name])
    decision = reviewing.decide(
        claim,
        Finding(Rating.UNSUPPORTED, "Nobody named says so.", Said.ALTERED),
        by=people["editor"],
        cited=[support, denial],
        own_holdings="The press is invented.",
    )

    claim.refresh_from_db()
    assert claim.status == Status.DECIDED
    assert set(decision.cited.all()) == {support, denial}
    assert audit.verify(audit.name_of(claim)) == []


def both_sides(claim, *, by):
    """Confirm one suggestion that repeats the claim and one that denies it, as a reviewer would."""
    passages = {
        (bearing.quote, bearing.stance) for article in outlets.catalog().values() for bearing in article.bearing
    }
    chosen = {}
    for item in claim.evidence.for_list():
        for quote, stance in passages:
            if stance != "discusses" and (quote in item.passage.exact or item.passage.exact in quote):
                chosen.setdefault(stance, weighing.confirm(item, by=by, stance=Stance(stance)))
    return chosen["supports"], chosen["refutes"]
