from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from claims.intake import marking
from claims.models import Claim
from claims.models.vocabulary import Status
from sources.models import Document
from sources.models.vocabulary import Outcome
from tests import make

pytestmark = pytest.mark.django_db

TEXT = "Haber Global reports it. Iranian media claim that 56 villages were taken. Nobody confirmed it on Tuesday."


@pytest.fixture
def remi(client):
    person = make.reporter()
    client.force_login(person)
    return person


@pytest.fixture
def text(remi):
    return make.reading(TEXT, language="en")


def page_of(client, document, **sent):
    url = reverse("claims:mark_claims", args=[document.pk])
    answer = client.post(url, sent) if sent else client.get(url)
    return answer, BeautifulSoup(answer.content, "lxml")


def fields(page):
    """Return what the form would send, as a browser does."""
    found = {}
    for each in page.select(".marking-form input, .marking-form select, .marking-form textarea"):
        if each.get("type") == "checkbox" or not each.get("name"):
            continue
        chosen = each.select_one("option[selected]") if each.name == "select" else None
        value = (chosen["value"] if chosen else "") if each.name == "select" else each.get("value", each.get_text())
        found[each["name"]] = value.strip()
    return found


def marked(client, document, *values):
    _answer, page = page_of(client, document, add="yes", mark=list(values))
    return fields(page), page


def test_a_pasted_text_gets_its_source_title_and_address(client, remi):
    sent = {"pasted": TEXT, "publisher": "Haber Global", "kind": "outlet", "title": "Villages", "day": "2026-11-20"}

    answer = client.post(reverse("claims:material"), {**sent, "said_url": "https://haber.example/1"})

    document = Document.objects.get(url__startswith="ni:")
    assert answer.url == reverse("claims:mark_claims", args=[document.pk])
    assert (str(document.source), document.title) == ("Haber Global", "Villages")
    assert document.published_at is not None


@pytest.mark.parametrize("sent", [{}, {"url": "https://a.example/", "pasted": "Both."}])
def test_new_material_is_one_thing(client, remi, sent):
    answer = client.post(reverse("claims:material"), sent)

    assert answer.status_code == 422
    assert "Give one thing" in answer.content.decode()


def test_a_file_is_new_material_too(client, remi):
    file = SimpleUploadedFile("villages.txt", TEXT.encode())

    answer = client.post(reverse("claims:material"), {"files": file})

    assert answer.status_code == 302


def test_a_sentence_that_is_marked_becomes_a_claim_with_its_quote_and_chain(client, text):
    start = TEXT.index("Iranian")
    end = TEXT.index(" Nobody")

    sent, page = marked(client, text.capture.document, f"{start}-{end}", "999-1000", "x")

    assert sent["claims-0-text"] == "Iranian media claim that 56 villages were taken."
    assert "Iranian media claim that" in page.select_one(".chain-sentence").get_text()
    assert page.select_one(".marked-row .stamp").get_text() == "56"


def test_claims_of_one_text_are_logged_together(client, text, remi):
    document = text.capture.document
    spans = [(0, 24), (TEXT.index("Nobody"), len(TEXT))]
    sent, _page = marked(client, document, *(f"{start}-{end}" for start, end in spans))

    answer, _page = page_of(client, document, **sent, log="yes")
    _again, page = page_of(client, document)

    claims = list(Claim.objects.order_by("pk"))
    assert answer.status_code == 302
    assert [each.appearances.get().quote for each in claims] == [TEXT[start:end] for start, end in spans]
    assert {each.appearances.get().document for each in claims} == {document}
    assert len(page.select("#logged li")) == 2


def test_a_form_that_is_sent_twice_logs_once(client, text):
    sent, _page = marked(client, text.capture.document, "0-24")

    for _each in range(2):
        page_of(client, text.capture.document, **sent, log="yes")

    assert Claim.objects.count() == 1


def test_a_claim_that_was_logged_before_is_shown_first(client, text):
    make.claim("Haber Global reports it.")
    sent, page = marked(client, text.capture.document, "0-24")
    told = page.select_one(".marked-row .notice").get_text()
    sent["claims-0-seen"] = ""

    answer, _page = page_of(client, text.capture.document, **sent, log="yes")

    assert "Haber Global reports it." in told
    assert (answer.status_code, Claim.objects.count()) == (422, 1)


def test_the_chain_of_the_claim_above_is_taken_over_and_a_claim_is_removed(client, text):
    sent, _page = marked(client, text.capture.document, "0-24", f"{TEXT.index('Nobody')}-{len(TEXT)}")
    sent |= {"claims-0-named_as_0": "Haber Global", "claims-0-kind_0": "outlet", "claims-0-modality_0": "alleges"}

    _answer, page = page_of(client, text.capture.document, **sent, same="1")
    _answer, shorter = page_of(client, text.capture.document, **fields(page), drop="0")

    assert fields(page)["claims-1-named_as_0"] == "Haber Global"
    assert [row.get_text()[:40].strip()[:20] for row in shorter.select(".chain-sentence")] == ["Haber Global alleges"]


def test_a_text_that_is_not_read_yet_is_waited_for(client, remi):
    answer, page = page_of(client, make.document())

    assert answer.status_code == 200
    assert page.select_one("#waiting")["hx-trigger"] == "every 2s"


def test_where_no_text_comes_the_page_says_so_and_waits_for_nothing(client, remi):
    document = make.document(last_outcome=Outcome.OK)
    make.reading(capture_=make.capture(document_=document), text="", outcome=Outcome.EMPTY_EXTRACTION)

    _answer, page = page_of(client, document)

    assert page.select_one("#waiting") is None
    assert page.select_one(".empty").get_text(strip=True).startswith("We found no text in this document")


def test_more_marked_claims_need_no_more_queries(client, text, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    document = text.capture.document
    one, _page = marked(client, document, "0-24")
    more, _page = marked(client, document, *(f"0-{end}" for end in range(10, 24)))
    with CaptureQueriesContext(connection) as first:
        page_of(client, document, **one)

    with django_assert_num_queries(len(first)):
        page_of(client, document, **more)


def test_a_text_is_described_later_too_but_a_page_says_it_itself(client, remi):
    pasted = make.document(url="ni:///sha-256;abc", host="")
    sent = {"publisher": "Haber Global", "kind": "outlet"}

    client.post(reverse("claims:describe_document", args=[pasted.pk]), sent)
    answer = client.post(reverse("claims:describe_document", args=[make.document().pk]), sent)

    pasted.refresh_from_db()
    assert (str(pasted.source), answer.status_code) == ("Haber Global", 422)


def test_a_date_and_an_address_that_were_given_meanwhile_are_not_replaced_unseen(client, remi):
    pasted = make.document(url="ni:///sha-256;abc", host="", title="A letter")
    page = reverse("claims:describe_document", args=[pasted.pk])
    opened = client.get(page).context["form"]["opened"].value()
    url = "https://courier.example/letter"
    marking.describe(pasted, by=make.editor(), url=url, day=date(2026, 3, 2), publisher="Their Post", kind="outlet")

    answer = client.post(page, {"title": "A letter", "day": "2026-03-01", "opened": opened})

    form = answer.context["form"]
    said = ["Their Post", "Outlet", "March 2, 2026", url]
    assert (answer.status_code, [value for _label, value in form.stands_now]) == (422, said)


@pytest.mark.parametrize(("person", "status"), [(make.reporter, 422), (make.editor, 302)])
def test_who_published_a_text_that_a_verdict_cites_only_an_editor_changes(client, person, status):
    reading = make.reading(capture_=make.capture(document_=make.document(url="ni:///sha-256;abc", host="")))
    make.confirmed_evidence(make.claim(status=Status.DECIDED), passage_=reading.passages.first())
    client.force_login(person())

    url = reverse("claims:describe_document", args=[reading.capture.document_id])
    answer = client.post(url, {"publisher": "Haber Global", "kind": "outlet"})

    assert answer.status_code == status


def test_claims_like_the_one_being_written_are_shown(client, remi):
    make.claim("The bridge at Arvel was closed.")

    found = client.post(reverse("claims:claims_like"), {"text": "The bridge at Arvel was closed.", "language": "en"})

    assert "The bridge at Arvel was closed." in found.content.decode()


def test_a_viewer_brings_no_material(client):
    client.force_login(make.viewer())

    assert client.get(reverse("claims:material")).status_code == 403
