import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from claims.models import Report
from claims.models.vocabulary import AssertionStatus, CorrectionKind, Stance, Status
from tests import make
from workbench.desk.roles import Role

pytestmark = pytest.mark.django_db


def body(client, name, claim, query=""):
    return client.get(reverse(f"claims:{name}", args=[claim.pk]) + query).content.decode()


@pytest.fixture
def reporter(client):
    person = make.reporter()
    client.force_login(person)
    return person


def full_claim():
    """A claim with a row of everything its page shows."""
    claim = make.claim(short_text="The bridge", place="Arvel", note="It matters.")
    make.attribution(make.appearance(claim))
    make.evidence(claim, make.passage(language="ar"))
    for stance in Stance:
        make.confirmed_evidence(claim, stance=stance)
    make.evidence(claim, standing=AssertionStatus.REJECTED)
    make.claim_figure(claim, 0, 3)
    make.wording(claim)
    make.answer(make.question(claim))
    make.comment_request(claim)
    make.claim_link(claim)
    claim.searches.add(make.answered_search(), make.search())
    return claim


@pytest.mark.parametrize("role", Role)
def test_everybody_may_read_a_claim(client, role):
    client.force_login(make.user(role))

    assert client.get(full_claim().get_absolute_url()).status_code == 200


def test_a_claim_that_is_not_there_is_not_found(client, reporter):
    assert client.get(reverse("claims:claim", args=[10**20])).status_code == 404


def test_arabic_words_are_set_from_right_to_left(client, reporter):
    claim = make.claim("قُتل 12 شخصاً", language="ar")

    words = BeautifulSoup(body(client, "claim", claim), "lxml").select_one("h1 bdi")

    assert (words["dir"], words["lang"], words.get_text()) == ("rtl", "ar", "قُتل 12 شخصاً")


def test_a_search_that_found_nothing_is_told_as_a_finding(client, reporter):
    claim = make.claim()
    claim.searches.add(make.answered_search(found=0))

    assert "Nothing found" in body(client, "claim", claim)


def test_a_page_without_a_model_of_meaning_says_so(client, reporter, monkeypatch):
    monkeypatch.setattr("sources.reading.embedding.model", lambda: "")

    assert "Full-text search only: the model that compares meanings is not running." in body(
        client, "claim", make.claim()
    )


def test_what_was_weighed_a_moment_ago_is_told_with_its_undo(client, reporter):
    claim = make.claim()
    done, following = make.confirmed_evidence(claim, settled_by=reporter), make.evidence(claim)

    page = body(client, "claim", claim, f"?weighed={done.pk}&passage={following.pk}")

    assert f'action="{reverse("claims:undo", args=[done.pk])}"' in page
    assert f'action="{reverse("claims:weigh", args=[following.pk])}"' in page


def test_other_claims_of_the_same_text_are_listed(client, reporter):
    claim, other = make.claim(), make.claim("The other claim of this text.")
    document = make.document()
    for each in (claim, other):
        make.appearance(each, document=document)

    page = BeautifulSoup(body(client, "claim", claim), "lxml")

    assert [link["href"] for link in page.select("[aria-labelledby=h-same-text] a")] == [other.get_absolute_url()]


def test_a_row_that_gets_the_focus_brings_up_its_document_alone(client, reporter):
    claim = make.claim()
    make.evidence(claim, score=0.9)
    other = make.evidence(claim, make.passage("Something else."), score=0.8)

    answer = client.get(
        claim.get_absolute_url(), {"passage": other.pk}, headers={"HX-Request": "true", "HX-Target": "card"}
    )

    page = BeautifulSoup(answer.content, "lxml")
    assert page.select_one("#card")["data-evidence"] == str(other.pk)
    assert page.title is None


@pytest.mark.parametrize(
    "query", ["?weighed=x&passage=y", "?weighed=99999999999999999999", "?passage=1&from=-1&to=x", "?seen=%00", "?tab=x"]
)
def test_an_address_that_was_tampered_with_still_shows_the_claim(client, reporter, query):
    claim = make.claim()

    assert client.get(claim.get_absolute_url() + query).status_code == 200


def test_a_phone_shows_the_verdict_of_a_claim_that_has_one(client):
    claim = make.claim(status=Status.DECIDED)
    make.decision(claim)
    client.force_login(make.editor())

    assert client.get(claim.get_absolute_url()).context["tab"] == "activity"


def test_the_page_is_not_filled_again_while_nothing_changed(client, reporter):
    claim = make.claim()
    digest = client.get(claim.get_absolute_url()).context["digest"]

    answer = client.get(reverse("claims:progress", args=[claim.pk]), {"seen": digest})

    assert (answer.status_code, answer.content) == (204, b"")


@pytest.mark.parametrize("query", ["", "?seen=", "?seen=0123456789ab", "?seen=%00"])
def test_the_progress_of_a_claim_that_is_not_there_is_not_found(client, reporter, query):
    assert client.get(reverse("claims:progress", args=[10**20]) + query).status_code == 404


def test_a_new_suggestion_fills_the_page(client, reporter):
    claim = make.claim()
    digest = client.get(claim.get_absolute_url()).context["digest"]
    evidence = make.evidence(claim)

    page = body(client, "progress", claim, f"?seen={digest}")

    assert f'id="evidence-{evidence.pk}"' in page
    assert 'hx-swap-oob="true"' in page
    count = BeautifulSoup(page, "lxml").select_one("#to-weigh-count[hx-swap-oob]")
    assert " ".join(count.get_text().split()) == "1 · 1 document"


def test_a_closed_claim_asks_for_nothing_more(client, reporter):
    assert "hx-get" not in body(client, "claim", make.claim(status=Status.DECIDED))


@pytest.mark.parametrize("name", ["add_appearance", "add_wording", "set_claimant", "add_question", "link_claims"])
def test_a_page_offers_to_add_to_a_claim_only_until_it_is_closed(client, reporter, name):
    shown = [
        f'"{reverse(f"claims:{name}", args=[claim.pk])}"' in body(client, "claim", claim)
        for claim in (make.claim(), make.claim(status=Status.DECIDED))
    ]

    assert shown == [True, False]


@pytest.mark.parametrize("round_", [1, 2], ids=["the decision", "an earlier decision"])
def test_a_report_that_was_put_right_is_marked_beside_its_decision(client, reporter, round_):
    claim = make.claim(status=Status.DECIDED, round=round_)
    decision = make.decision(claim, round=1)
    for kind in (CorrectionKind.RETRACTION, CorrectionKind.CORRECTION):
        make.correction(make.report(decision), kind=kind)
    make.report(decision)

    shown = BeautifulSoup(body(client, "claim", claim), "lxml").select(
        f'a[href^="{reverse("claims:reports")}"] + .stamp'
    )

    last = f"Replaces report {Report.objects.order_by('number')[1].number}: Refuted"
    assert sorted(stamp.get_text() for stamp in shown) == ["Corrected", last, "Retracted"]


def test_the_log_of_a_claim_tells_that_its_chain_holds(client, reporter):
    claim = make.claim()
    make.log_entry(claim, by=claim.logged_by, verb="logged", text="\u202eevil")

    page = body(client, "claim_log", claim)

    assert "it is intact" in page
    assert "⟨U+202E⟩" in page


@pytest.mark.parametrize("name", ["claim", "claim_log", "add_question", "submit_review", "decide", "move"])
def test_no_claim_turns_the_title_of_its_page_round(client, name):
    client.force_login(make.editor())

    page = body(client, name, make.claim("\u202egnihton dias eH", status=Status.IN_REVIEW))

    title = BeautifulSoup(page, "lxml").title.get_text()
    assert ("⟨U+202E⟩gnihton" in title, "\u202e" in title) == (True, False)


@pytest.mark.parametrize("name", ["claim", "progress", "submit_review", "decide"])
def test_a_page_with_thirty_rows_needs_as_many_queries_as_with_one(
    client, name, django_assert_num_queries, django_assert_max_num_queries
):
    claim = make.claim(status=Status.IN_REVIEW)
    client.force_login(make.editor())
    fill(claim)
    fill(claim)  # the second review: from here on it can be decided
    with django_assert_max_num_queries(64) as first:
        body(client, name, claim)
    for _each in range(10):
        fill(claim)

    with django_assert_num_queries(len(first)):
        body(client, name, claim)


def test_the_filter_of_suggestions_needs_as_many_queries_at_thirty_rows_as_at_one(client, django_assert_num_queries):
    claim, source = make.claim(), make.source("Vadi Sabahı")
    client.force_login(make.editor())
    of_source = {"document_": make.document(source=source)}
    make.evidence(
        claim, make.reading("Köprü kapandı.", language="tr", capture_=make.capture(**of_source)).passages.get()
    )
    make.evidence(claim)
    asked = f"{claim.get_absolute_url()}?language=tr&source={source.pk}"
    with CaptureQueriesContext(connection) as first:
        client.get(asked)
    for number in range(30):
        make.evidence(claim, make.passage(f"Sentence {number}.", language=("tr", "en")[number % 2]))

    with django_assert_num_queries(len(first)):
        page = BeautifulSoup(client.get(asked).content, "lxml")

    assert [row.get_text(" ", strip=True) for row in page.select("#suggestions .row .words")] == ["Köprü kapandı."]
    assert page.select_one("#suggestions select[name=language] [selected]")["value"] == "tr"
    assert f"language=tr&source={source.pk}" in page.select_one("#suggestions .row")["href"]


def test_a_claim_with_many_reports_needs_as_many_queries_as_with_one(client, reporter, django_assert_num_queries):
    claim = make.claim(status=Status.DECIDED)
    make.correction(make.report(make.decision(claim)))
    with CaptureQueriesContext(connection) as first:
        body(client, "claim", claim)
    for past in range(2, 12):
        make.correction(make.report(make.decision(claim, round=past)))

    with django_assert_num_queries(len(first)):
        body(client, "claim", claim)


def fill(claim):
    make.evidence(claim, make.passage(f"A sentence of its own: {make.number()}."))
    make.put_off(make.evidence(claim, make.passage(f"One for later: {make.number()}.")))
    make.confirmed_evidence(claim)
    make.evidence(claim, standing=AssertionStatus.REJECTED)
    make.attribution(make.appearance(claim))
    make.wording(claim)
    make.review(claim)
    make.answer(make.question(claim))
    make.comment_request(claim)
    make.claim_link(claim)
    claim.searches.add(make.answered_search())


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("Le maire refuse de confirmer que le pont est tombé.", True),
        ("Si le maire a dit que le pont est tombé, il s’est trompé.", True),
        ("Le maire a dit que le pont est tombé.", False),
    ],
)
def test_a_chain_that_is_not_understood_is_told_as_that(client, reporter, sentence, told):
    reading = make.reading(sentence, language="fr")
    seen = make.appearance(document=reading.capture.document, passage=reading.passages.get(), quote="le pont est tombé")

    assert ("not understood" in body(client, "claim", seen.claim)) == told


def test_a_chain_that_a_person_wrote_is_not_said_to_be_missing(client, reporter):
    reading = make.reading("Le maire refuse de confirmer que le pont est tombé.", language="fr")
    seen = make.appearance(passage=reading.passages.get(), quote="le pont est tombé")
    make.attribution(seen)

    assert "not understood" not in body(client, "claim", seen.claim)
