import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sources.models import Capture
from sources.models.vocabulary import Outcome
from sources.reading import pasting
from tests import make
from tests.archived import archived

pytestmark = pytest.mark.django_db

DOCUMENTS = "/sources/documents/"
PAGE = b"<script>alert(1)</script><p>The bridge is closed.</p>"


def cost(client, address):
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def text_of(answer):
    return re.sub(r"<[^>]+>", "", answer.content.decode())


def test_documents_are_chosen_by_outcome_words_and_source(client):
    source = make.source()
    fetched = make.document(source=source, title="Bridge closed", last_outcome=Outcome.OK, due_at=None)
    walled = make.document("https://wall.example/x", last_outcome=Outcome.CONSENT_WALL, due_at=None)
    waiting = make.document(trouble="refused")
    client.force_login(make.viewer())

    asked = [{"outcome": "consent_wall"}, {"outcome": "waiting"}, {"outcome": "trouble"}, {"words": "bridge cl"}]
    asked += [{"words": "wall.exa"}, {"source": source.pk}]
    found = [[row.url for row in client.get(DOCUMENTS, question).context["page"]] for question in asked]

    wanted = (walled, waiting, waiting, fetched, walled, fetched)
    assert found == [[document.get_absolute_url()] for document in wanted]


@pytest.mark.parametrize("asked", [{"words": "a\0b"}, {"outcome": "nonsense"}, {"source": "x"}, {"source": "9" * 40}])
def test_a_question_that_makes_no_sense_is_answered_all_the_same(client, asked):
    client.force_login(make.viewer())

    assert client.get(DOCUMENTS, asked).status_code == 200


def test_the_list_costs_the_same_with_one_document_and_with_thirty(client):
    client.force_login(make.viewer())
    make.document(source=make.source())
    with_one = cost(client, DOCUMENTS)

    for _ in range(29):
        make.document(source=make.source(), last_outcome=Outcome.PAYWALL)

    assert cost(client, DOCUMENTS) == with_one


def test_the_passage_asked_for_is_marked_in_its_text(client):
    first, second = make.reading("The bridge is closed.", "Twelve were hurt.").passages.all()
    client.force_login(make.viewer())

    answer = client.get(second.get_absolute_url())

    html = answer.content.decode()
    assert f'<span id="passage-{second.pk}"></span><mark>Twelve were hurt.</mark>' in html
    assert f'<span id="passage-{first.pk}"></span>The bridge is closed.' in html
    assert second.get_absolute_url().endswith(f"#passage-{second.pk}")


@pytest.mark.parametrize("key", ["0", "x", "9" * 30, "-1", "²"])
def test_a_passage_that_is_not_there_marks_nothing(client, key):
    reading = make.reading()
    client.force_login(make.viewer())

    answer = client.get(reading.capture.document.get_absolute_url(), {"passage": key})

    assert answer.status_code == 200
    assert b"<mark>" not in answer.content


def test_a_passage_of_another_document_marks_nothing(client):
    reading, other = make.reading(), make.passage("Elsewhere.")
    client.force_login(make.viewer())

    answer = client.get(reading.capture.document.get_absolute_url(), {"passage": other.pk})

    assert "Elsewhere" not in answer.content.decode()


def test_what_a_page_says_never_becomes_part_of_ours(client):
    reading = make.reading("<script>alert('x')</script> & \u202eevil", title="<b>bold</b>")
    client.force_login(make.viewer())

    html = client.get(reading.capture.document.get_absolute_url()).content.decode()

    assert "<script>alert" not in html
    assert "<b>bold" not in html
    assert "\u202e" not in html


def test_a_wall_is_shown_as_no_coverage_with_its_reason(client):
    document = make.document(due_at=None, last_outcome=Outcome.CONSENT_WALL)
    make.attempt(document, outcome=Outcome.CONSENT_WALL, status=200, reason="The page asks to accept cookies.")
    client.force_login(make.viewer())

    text = text_of(client.get(document.get_absolute_url()))

    assert "No coverage: consent required" in text
    assert "The page asks to accept cookies." in text


def test_a_document_in_trouble_says_why_and_whether_it_is_tried_again(client):
    document = make.document(trouble="Timeout: too slow", tries=8, due_at=None)
    client.force_login(make.viewer())

    text = text_of(client.get(document.get_absolute_url()))

    assert "Timeout: too slow" in text
    assert "needs attention" in text


def test_a_document_shows_its_date_with_how_it_is_known_and_its_captures(client):
    reading = make.reading(
        published_at=make.MONDAY, published_precision="day", published_method="json-ld", published_confidence=0.9
    )
    document = reading.capture.document
    client.force_login(make.viewer())

    answer = client.get(document.get_absolute_url())

    shown = ["Dec. 2, 2024", "date found in the data for search engines, confidence 0.90"]
    shown += [reading.capture.sha256, "2024-12-02.warc.gz, offset 0"]
    assert [words for words in shown if words not in text_of(answer)] == []
    assert f'href="{document.url}" rel="noreferrer noopener external"' in answer.content.decode()


def test_a_pasted_text_has_no_address_to_open(client, settings, tmp_path):
    settings.ARCHIVE_FOLDER = tmp_path
    reading = pasting.keep_pasted("The bridge is closed.", by=make.reporter(), language="en")
    client.force_login(make.viewer())

    html = client.get(reading.capture.document.get_absolute_url()).content.decode()

    assert "Pasted here, not fetched" in html
    assert 'href="ni:' not in html


def test_the_page_of_a_document_costs_the_same_however_often_it_was_fetched(client):
    document = make.reading().capture.document
    client.force_login(make.viewer())
    with_one = cost(client, document.get_absolute_url())

    for _ in range(29):
        make.reading(*["One sentence."] * 3, capture_=make.capture(document))

    assert cost(client, document.get_absolute_url()) == with_one


def test_the_bytes_are_handed_over_as_a_file_that_no_browser_opens(client, settings, tmp_path):
    settings.ARCHIVE_FOLDER = tmp_path
    capture = archived(tmp_path, PAGE)
    client.force_login(make.reviewer())

    answer = client.get(reverse("sources:raw", args=[capture.pk]))

    assert answer.content == PAGE
    names = ("Content-Type", "Content-Disposition", "X-Content-Type-Options", "Content-Security-Policy")
    assert [answer[name] for name in names] == [
        "application/octet-stream",
        f'attachment; filename="capture-{capture.pk}.bin"',
        "nosniff",
        "sandbox; default-src 'none'",
    ]


def test_the_bytes_of_a_pasted_text_are_handed_over_too(client, settings, tmp_path):
    settings.ARCHIVE_FOLDER = tmp_path
    pasting.keep_pasted("Le pont est fermé.", by=make.reporter(), language="fr")
    client.force_login(make.reviewer())

    answer = client.get(reverse("sources:raw", args=[Capture.objects.get().pk]))

    assert answer.content.decode() == "Le pont est fermé."


def test_bytes_that_the_archive_does_not_hold_are_not_there(client, settings, tmp_path):
    settings.ARCHIVE_FOLDER = tmp_path
    client.force_login(make.reviewer())

    assert client.get(reverse("sources:raw", args=[make.capture().pk])).status_code == 404


@pytest.mark.parametrize("role", ["viewer", "reporter", "admin"])
def test_the_bytes_are_for_those_who_review(client, role):
    client.force_login(make.user(role))

    assert client.get(reverse("sources:raw", args=[make.capture().pk])).status_code == 403


def test_a_document_is_fetched_again_at_a_press(client):
    document = make.document(due_at=None)
    client.force_login(make.reporter())

    answer = client.post(reverse("sources:fetch_again", args=[document.pk]))

    document.refresh_from_db()
    assert answer.url == document.get_absolute_url()
    assert document.due_at is not None


def test_a_viewer_has_nothing_fetched(client):
    document = make.document(due_at=None)
    client.force_login(make.viewer())

    assert client.post(reverse("sources:fetch_again", args=[document.pk])).status_code == 403
    document.refresh_from_db()
    assert document.due_at is None


def test_a_document_that_is_the_same_article_says_so_and_a_person_undoes_it(client):
    row = make.same_article(make.capture().document, make.capture().document)
    client.force_login(make.reporter())

    page = client.get(row.document.get_absolute_url()).content.decode()
    article = client.get(row.article.get_absolute_url()).content.decode()
    client.post(reverse("sources:other_article", args=[row.document.pk]))

    assert row.article.get_absolute_url() in page
    assert article.count(row.document.url) == 2  # in its addresses, and beside the capture
    row.refresh_from_db()
    assert row.undone_at is not None
    assert "Same article as another document" not in client.get(row.document.get_absolute_url()).content.decode()


def test_lists_and_searches_show_an_article_once_and_find_it_by_each_address(client):
    first = make.document("https://courier.example/crue", title="Crue du Vaur")
    make.same_article(make.document("https://courier.example/amp/inondation", title="Crue du Vaur"), first)
    make.document_address(first, "https://courier.example/debordement")
    client.force_login(make.viewer())

    for words in ("", "crue", "inondation", "debordement", "https://courier.example/amp/inondation"):
        page = client.get(reverse("sources:documents"), {"words": words}).content.decode()
        assert page.count(first.get_absolute_url()) == 1
        assert page.count("Crue du Vaur") == 1


def test_a_title_in_arabic_stands_on_the_right(client):
    document = make.reading("أغلق الجسر.", title="أغلق الجسر", language="ar").capture.document
    client.force_login(make.viewer())

    assert '<h1 dir="rtl">' in client.get(document.get_absolute_url()).content.decode()
