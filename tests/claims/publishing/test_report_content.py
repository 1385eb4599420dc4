import pytest
from django.utils import translation

from claims.models.vocabulary import AssertionStatus, Modality, Rating, Stance, Status
from claims.publishing import report_content
from sources.models.vocabulary import Outcome, SourceKind
from tests import make, published

pytestmark = pytest.mark.django_db


def told(decision, language="en"):
    with translation.override(language):
        return report_content.of(decision.claim, decision, language)


def test_evidence_is_told_with_its_words_and_where_they_are_kept():
    claim = make.claim(status=Status.DECIDED)
    reading = make.reading("First sentence.", "Twelve were hurt.", published_at=make.MONDAY, published_precision="day")
    passage = reading.passages.get(start__gt=0)
    evidence = make.confirmed_evidence(claim, passage_=passage, stance=Stance.REFUTES, note="From the ministry.")

    item = told(make.decision(claim, cited=[evidence]))["evidence"][0]

    capture = reading.capture
    assert {name: item[name] for name in ("number", "cited", "exact", "stance", "url", "sha256", "warc_file")} == {
        "number": 1,
        "cited": True,
        "exact": "Twelve were hurt.",
        "stance": "refutes",
        "url": capture.document.url,
        "sha256": capture.sha256,
        "warc_file": capture.warc_file,
    }
    assert (item["published_at"], item["captured_at"]) == ("2024-12-02T09:30:00Z", "2024-12-02T09:30:00Z")
    assert item["note"] == {"text": "From the ministry.", "language": "en"}


def test_what_the_decision_cites_comes_first():
    claim = make.claim(status=Status.DECIDED)
    _other, cited = make.confirmed_evidence(claim), make.confirmed_evidence(claim)

    evidence = told(make.decision(claim, cited=[cited]))["evidence"]

    assert [(item["number"], item["cited"]) for item in evidence] == [(1, True), (2, False)]
    assert evidence[0]["sha256"] == cited.passage.reading.capture.sha256


def test_what_no_person_stands_by_is_counted_and_not_told():
    claim = make.claim(status=Status.DECIDED)
    make.evidence(claim)
    make.evidence(claim, standing=AssertionStatus.REJECTED)
    make.figure(claim)
    make.wording(claim, standing=AssertionStatus.SUGGESTED)
    make.appearance(claim, standing=AssertionStatus.REJECTED)

    account = told(make.decision(claim))

    assert account["evidence_not_told"] == {"rejected": 1, "unsettled": 1}
    names = ["evidence", "figures", "wordings", "appearances"]
    assert {name: account[name] for name in names} == {name: [] for name in names}


def test_the_chain_is_told_outermost_first_and_its_end_is_the_claimant():
    decision = published.decision()

    account = told(decision)

    first = account["appearances"][0]
    assert [(link["source_kind"], link["modality"]) for link in first["chain"]] == [
        ("outlet", "reports"),
        ("agency", "reports"),
        ("group", "claims"),
    ]
    assert account["claim"]["claimant"] == {"name": first["chain"][-1]["name"], "source_kind": "group"}


@pytest.mark.parametrize("modality", [Modality.UNATTRIBUTED_PASSIVE, Modality.DENIES])
def test_a_chain_that_ends_with_nobody_or_a_denial_names_no_claimant(modality):
    claim = make.claim(status=Status.DECIDED)
    seen = make.appearance(claim, first_known=True)
    make.attribution(seen)
    make.attribution(seen, position=1, modality=modality)

    assert told(make.decision(claim))["claim"]["claimant"] is None


def test_a_claimant_whom_a_person_stated_counts_before_the_chain():
    claim = make.claim(status=Status.DECIDED, claimant=make.source("Mayor of Arvel", kind=SourceKind.PERSON))
    make.attribution(make.appearance(claim, first_known=True))

    assert told(make.decision(claim))["claim"]["claimant"] == {"name": "Mayor of Arvel", "source_kind": "person"}


def test_searches_that_found_nothing_are_told():
    claim = make.claim(status=Status.DECIDED)
    claim.searches.add(make.answered_search("pont Arvel", language="fr"))

    [search] = told(make.decision(claim))["searches"]

    assert (search["words"], search["language"], search["searched"], search["found"]) == ("pont Arvel", "fr", 7, 0)


def unread(**changes):
    """A document that was tried and could not be read."""
    row = make.document(due_at=None, last_outcome=Outcome.CONSENT_WALL, **changes)
    make.attempt(row, outcome=Outcome.CONSENT_WALL)
    return row


def test_pages_that_could_not_be_read_are_counted_with_their_addresses():
    claim = make.claim(status=Status.DECIDED)
    of_feed, seen, hit = unread(feed=make.feed()), unread(asked_by=make.reporter()), unread()
    make.attempt(of_feed, outcome=Outcome.CONSENT_WALL)
    make.attempt(make.document(due_at=None, last_outcome=Outcome.OK, feed=make.feed()))
    make.appearance(claim, document=seen)
    search = make.answered_search(found=1)
    make.hit(search, hit)
    claim.searches.add(search)

    [outcome] = told(make.decision(claim))["unread"]

    assert (outcome["outcome"], outcome["count"]) == ("consent_wall", 3)
    assert {document["url"] for document in outcome["documents"]} == {of_feed.url, seen.url, hit.url}


def test_no_address_of_another_investigation_is_told():
    claim, other = make.claim(status=Status.DECIDED), make.claim("The other one.")
    reporter, search = make.reporter(), make.answered_search(found=1)
    make.appearance(other, document=unread(asked_by=reporter, feed=make.feed()))
    make.appearance(claim, document=unread(asked_by=reporter), standing=AssertionStatus.REJECTED)
    make.hit(make.answered_search("another search"), unread())
    make.hit(search, unread(asked_by=reporter))
    claim.searches.add(search)
    unread()

    assert told(make.decision(claim))["unread"] == []


def test_a_rating_is_called_as_the_desk_calls_it():
    scale = make.rating_scale(language="en", in_use=True)
    make.rating_label(scale, rating=Rating.REFUTED, label="Pants on fire", value=1)
    make.rating_label(scale, rating=Rating.SUPPORTED, label="True", value=6)

    verdict = told(make.decision(rating=Rating.REFUTED))["verdict"]

    assert (verdict["rating"], verdict["rating_label"]) == ("refuted", "Pants on fire")
    assert (verdict["value"], verdict["worst"], verdict["best"]) == (1, 1, 6)


def test_a_rating_without_a_number_gets_none():
    verdict = told(make.decision(rating=Rating.UNSUPPORTED))["verdict"]

    assert (verdict["value"], verdict["worst"], verdict["best"]) == (None, None, None)


def test_the_claims_own_article_is_told_apart_from_what_its_searches_found():
    claim = make.claim(status=Status.DECIDED)
    own = make.reading().capture.document
    make.appearance(claim, document=own)
    search = make.answered_search(found=2)
    make.hit(search, own)
    make.hit(search, rank=2)
    claim.searches.add(search, make.search())

    found = [(each["found"], each["found_own"]) for each in told(make.decision(claim))["searches"]]

    assert found == [(1, 1), (None, None)]


@pytest.mark.parametrize("number", [1, 4])
def test_telling_more_evidence_asks_no_more_of_the_database(number, django_assert_num_queries):
    claim = make.claim(status=Status.DECIDED)
    cited = [make.confirmed_evidence(claim) for _each in range(number)]
    decision = make.decision(claim, cited=cited)

    with django_assert_num_queries(20):
        told(decision)
