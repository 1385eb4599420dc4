"""The page behind a personal link: what it shows, to whom, and how its answer reaches the desk."""

import io
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from bs4 import BeautifulSoup
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from claims.intake import restricting
from claims.models import DiscussionNote, PersonalLink
from sources.capturing import bringing
from sources.models import Bringing, Document
from tests import make
from workbench.desk import hidden_rows, notifying, seal_check
from workbench.desk.models import LogEntry
from workbench.desk.notifications import Notification
from workbench.pages import visit_limit

pytestmark = pytest.mark.django_db

FORM = {"kind": "comment", "to_whom": "The ministry", "question": "Is it so, Zyxwort?", "language": "fr"}


@pytest.fixture(autouse=True)
def _own_archive(settings, tmp_path):
    settings.ARCHIVE_FOLDER = tmp_path


@pytest.fixture
def claim():
    return make.claim("Secret words of the claim.", logged_by=make.reporter(username="rep", first_name="Remi"))


def make_link(client, claim, **changes):
    """Make a link by the form, and return its path."""
    client.force_login(claim.logged_by)
    sent = FORM | {"due_on": timezone.localdate().isoformat(), **changes}
    page = client.post(reverse("claims:ask_by_link", args=[claim.pk]), sent)
    client.logout()
    return page.context["address"].removeprefix("https://desk.arvel")


def test_the_page_shows_the_question_and_chosen_passages_in_the_language_asked_for_and_nothing_else(client, claim):
    reading = make.reading("انهار الجسر يوم الاثنين.", language="ar")
    shown = make.confirmed_evidence(claim, passage_=reading.passages.get())
    make.confirmed_evidence(claim)

    page = client.get(make_link(client, claim, evidence=[shown.pk]))

    text = page.content.decode()
    assert ["Is it so, Zyxwort?" in text, 'dir="rtl"' in text, "انهار" in text, 'lang="fr"' in text] == [True] * 4
    assert ["Secret words" in text, "Twelve people" in text, str(claim.logged_by) in text] == [False] * 3
    assert (page["Cache-Control"], page["Content-Language"]) == ("no-store", "fr")
    assert "noindex" in page["X-Robots-Tag"]
    assert "<script" not in text


def test_the_answer_and_its_file_are_kept_as_documents_of_the_claim_that_nobody_at_the_desk_brought(client, claim):
    path = make_link(client, claim)
    notifying.notify()

    sent = client.post(path, {"text": "It is open.", "file": SimpleUploadedFile("minutes.txt", b"Minutes of the day.")})
    again = client.post(path, {"text": "It is closed."})

    link = PersonalLink.objects.get()
    rows = Bringing.objects.order_by("pk").values_list("by", "given_by", "file_name")
    assert sent.status_code == 302
    assert list(rows) == [(None, "The ministry", f"answer-{link.pk}.txt"), (None, "The ministry", "minutes.txt")]
    assert (link.answer, link.comment.answer, again.status_code) == ("It is open.", "It is open.", 422)
    assert {file.document for file in claim.files.all()} == {link.document, link.file}
    assert LogEntry.objects.filter(chain=f"claim {claim.pk}").latest("seq").actor is None
    assert not list(seal_check.of_chain(f"claim {claim.pk}"))
    assert not list(seal_check.of_chain(f"document {link.document_id}"))
    notifying.notify()
    assert Notification.objects.get().person == claim.logged_by
    assert client.get(path).status_code == 200


def test_a_link_that_ended_or_is_none_shows_nothing_and_takes_no_file(client, claim):
    paths = [
        reverse("claims:answer_by_link", args=[token])
        for token, days in (("t" * 43, -1), ("u" * 43, 2))
        if make.personal_link(claim, token=token, due_on=timezone.localdate() + timedelta(days=days))
    ]
    client.force_login(claim.logged_by)
    client.post(reverse("claims:withdraw_link", args=[PersonalLink.objects.last().pk]))
    client.logout()

    file = SimpleUploadedFile("a.txt", b"bytes")
    gone = [client.get(path) for path in paths]
    none = client.post(reverse("claims:answer_by_link", args=["v" * 43]), {"text": "x", "file": file})

    assert [page.status_code for page in (*gone, none)] == [410, 410, 404]
    sent = [client.post(path, {"text": text}) for path in paths for text in ("My words.", " ")]
    assert [("My words." in page.content.decode(), page.status_code) for page in sent] == [
        (True, 422),
        (False, 422),
    ] * 2
    assert not any("Can it hold?" in page.content.decode() for page in [*gone, *sent])
    assert not Document.objects.exists()


def test_the_page_names_its_desk_and_ends_with_the_day_there_for_whoever_answers(client, claim, settings):
    settings.DESK_NAME, settings.TIME_ZONE_IS_SET = settings.DESK_NAME_PLACEHOLDER, False
    west, east = ZoneInfo("Etc/GMT+12"), ZoneInfo("Etc/GMT-14")  # their days are never the same
    make.personal_link(claim, token="t" * 43, due_on=timezone.localdate(timezone=west))
    found = []

    for zone in (west, east):
        make.desk_profile(name="Desk of Vadi", time_zone=str(zone))
        found.append(client.get(reverse("claims:answer_by_link", args=["t" * 43])))

    assert [page.status_code for page in found] == [200, 410]
    assert all("Desk of Vadi" in page.content.decode() for page in found)


def test_a_browser_may_send_the_form_with_its_origin(claim):
    """Under a policy that hides the page, browsers send ``Origin: null``, which CSRF refuses."""
    stranger, path = Client(enforce_csrf_checks=True), make_link(Client(), claim)

    page = stranger.get(path)
    token = {"csrfmiddlewaretoken": page.context["csrf_token"], "text": "It is open."}

    assert page["Referrer-Policy"] == "same-origin"
    assert 'name="referrer"' not in page.content.decode()
    assert stranger.post(path, token, headers={"origin": "null"}).status_code == 403
    assert stranger.post(path, token, headers={"origin": "http://testserver"}).status_code == 302


def test_an_empty_answer_comes_back_with_its_error(client, claim):
    page = client.post(make_link(client, claim), {"text": " "})

    assert page.status_code == 422
    assert PersonalLink.objects.get().answered_at is None


def test_guessing_links_is_limited(client, monkeypatch):
    path = reverse("claims:answer_by_link", args=["v" * 43])
    monkeypatch.setattr("claims.pages.views.personal_links.MOST_WRONG", 2)

    assert [client.get(path).status_code for _try in range(4)] == [404, 404, 429, 429]


def test_without_the_shared_memory_nothing_is_limited(settings):
    visit_limit._memory.cache_clear()
    settings.REDIS_URL = "redis://127.0.0.1:9/0"

    assert not visit_limit.is_over("links", "somebody", most=0, seconds=9)

    visit_limit._memory.cache_clear()


def test_a_link_of_a_restricted_claim_is_made_by_a_named_reader_alone_and_its_answer_hidden_from_others(client, claim):
    path = make_link(client, claim)
    restricting.name(claim, claim.logged_by, by=claim.logged_by)
    stranger = make.editor()
    client.force_login(stranger)
    refused = client.get(reverse("claims:ask_by_link", args=[claim.pk])).status_code
    client.logout()

    client.post(path, {"text": "It is open.", "file": SimpleUploadedFile("minutes.txt", b"Minutes of the day.")})

    assert (refused, PersonalLink.objects.get().answer) == (404, "It is open.")
    with hidden_rows.read_by(lambda: stranger.pk):
        assert not Document.objects.exists()
        assert not PersonalLink.objects.exists()
        assert not DiscussionNote.objects.exists()
        assert not LogEntry.objects.filter(chain__startswith="document").exists()
    with hidden_rows.read_by(lambda: claim.logged_by_id):
        assert Document.objects.count() == 2


def test_an_answer_stays_hidden_where_who_asked_is_not_named_and_where_the_desk_has_its_file(client, claim):
    other, minutes = make.reporter(), b"Minutes of the day."
    document = bringing.bring(io.BytesIO(minutes), "minutes.txt", by=other)
    public = Bringing.objects.get()
    link = make.personal_link(claim, token="t" * 43, asked_by=other)
    restricting.name(claim, claim.logged_by, by=claim.logged_by)

    client.post(reverse("claims:answer_by_link", args=["t" * 43]), {"text": "No.", "file": _minutes(minutes)})

    link.refresh_from_db()
    assert link.file == document
    for person in (other, make.editor()):
        with hidden_rows.read_by(lambda reader=person: reader.pk):
            assert set(Document.objects.all()) == {link.file}
            assert set(Bringing.objects.all()) == {public}
            assert not LogEntry.objects.filter(facts__contains="Prof. Kaya").exists()
    with hidden_rows.read_by(lambda: claim.logged_by_id):
        assert set(Document.objects.all()) == {link.file, link.document}
        assert Bringing.objects.count() == 3


def test_of_several_files_one_is_taken(client, claim):
    path = make_link(client, claim)

    page = client.post(path, {"text": " ", "other": _minutes(b"first"), "file": _minutes(b"second")})

    assert len(page.wsgi_request.FILES) == 1


def _minutes(content):
    return SimpleUploadedFile("minutes.txt", content)


def test_a_mail_has_the_link_and_no_word_of_the_question(client, claim):
    client.force_login(claim.logged_by)

    sent = FORM | {"due_on": timezone.localdate().isoformat(), "email": "press@ministry.example"}
    client.post(reverse("claims:ask_by_link", args=[claim.pk]), sent)

    (letter,) = mail.outbox
    assert letter.to == ["press@ministry.example"]
    assert ["/answer/" in letter.body, "Zyxwort" in letter.body, "Secret" in letter.body] == [True, False, False]


def test_where_no_server_takes_mail_none_is_offered(client, claim, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    client.force_login(claim.logged_by)

    page = client.get(reverse("claims:ask_by_link", args=[claim.pk]))

    assert "email" not in page.context["form"].fields


@pytest.mark.parametrize(
    ("question", "way"), [("هل هذا صحيح؟", "rtl"), ("Est-ce vrai ?", "ltr"), ("Bu doğru mu?", "ltr"), ("Is it?", "ltr")]
)
def test_a_question_runs_as_its_letters_do_whatever_the_language_of_the_page(client, claim, question, way):
    path = make_link(client, claim, question=question)

    shown = BeautifulSoup(client.get(path).content, "lxml").select_one("section[aria-labelledby=h-question] div")

    assert (shown["dir"], shown.text) == (way, question)
