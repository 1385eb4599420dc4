"""Files on the forms of claims: private until the form is sent, then seen by who sees the claim."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from claims import giving_files
from claims.evidence import weighing
from claims.intake import marking, restricting
from claims.intake.marking import Marked
from claims.intake.recording import Proposition
from claims.models import Appearance, Claim
from claims.models.vocabulary import Stance
from sources.capturing import bringing
from sources.models import Bringing, Document, FormUpload
from tests import make
from tests.refusing import refused
from tests.restricted import restricted_claim
from workbench.desk import hidden_rows
from workbench.desk.models import LogEntry

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_archive(settings, tmp_path):
    settings.ARCHIVE_FOLDER = tmp_path / "archive"
    settings.UPLOAD_FOLDER = tmp_path / "uploads"


@pytest.fixture
def author(client):
    person = make.reporter()
    client.force_login(person)
    return person


def seen_by(person, model=Document):
    with hidden_rows.read_by(lambda: person.pk):
        return set(model.objects.all())


def ledger():
    return SimpleUploadedFile("zyxwort.txt", b"The ledger of Zyxwort.")


def chosen(client):
    """Choose a file on a form, as the script sends it."""
    return client.post("/sources/bring/one/", {"files": ledger()}).json()["key"]


def log(client, **fields):
    form = client.get("/claims/log/").context["form"]
    given = {"text": "Zyxwort was paid.", "language": "en", "type": "event", "form_key": form["form_key"].value()}
    given |= {f"chain-{name}": 0 for name in ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS")}
    return client.post("/claims/log/", {**given, "role": "repeats", **fields})


@pytest.mark.parametrize("restricted", ["on", ""])
def test_a_file_with_which_a_claim_is_logged_is_private_then_seen_by_who_sees_the_claim(client, author, restricted):
    editor = make.editor()
    key = chosen(client)
    assert ({each.pk for each in seen_by(author)}, seen_by(editor)) == ({key}, set())

    refused = log(client, text="", brought=key, restricted=restricted)
    assert (refused.status_code, seen_by(editor), seen_by(editor, LogEntry)) == (422, set(), set())

    assert log(client, brought=key, restricted=restricted).status_code == 302
    assert {each.pk for each in seen_by(editor)} == (set() if restricted else {key})
    assert FormUpload.objects.waiting().count() == 0
    told = [entry for entry in seen_by(editor, LogEntry) if "yxwort" in entry.facts]
    assert bool(told) is not bool(restricted)


def test_files_of_the_page_for_files_are_private_until_they_are_kept(client, author):
    key, editor = chosen(client), make.editor()

    assert client.post("/sources/bring/", {"brought": key, "said_url": "no address"}).status_code == 422
    assert not seen_by(editor)
    assert client.post("/sources/bring/", {"brought": key}).status_code == 302
    assert {each.pk for each in seen_by(editor)} == {key}


def test_a_file_that_its_person_cites_before_the_form_is_sent_is_given_to_the_claim(author):
    claim, editor = make.claim(), make.editor()
    file = bringing.bring(io.BytesIO(b"A ledger."), "ledger.txt", by=author, on_form=True)
    passage = make.reading("A ledger.", capture_=file.captures.get()).passages.get()

    with hidden_rows.read_by(lambda: author.pk):
        weighing.add_evidence(claim, passage, by=author, stance=Stance.SUPPORTS)

    assert seen_by(editor) == {file}
    assert claim.files.get().document == file


def test_a_file_in_which_its_person_marks_a_claim_is_seen_by_who_sees_the_claim(author):
    file = bringing.bring(io.BytesIO(b"A ledger."), "ledger.txt", by=author, on_form=True)
    make.reading("A ledger.", capture_=file.captures.get())

    with hidden_rows.read_by(lambda: author.pk):
        [claim] = marking.log_marked(file, [Marked(Proposition("A ledger.", "en"), "A ledger.")], by=author)

    editor = make.editor()
    assert (seen_by(editor), seen_by(editor, Appearance)) == ({file}, {claim.appearances.get()})


def test_no_claim_is_marked_in_a_file_of_a_restricted_claim(client, author):
    closed = restricted_claim(by=author)
    file = bringing.bring(io.BytesIO(b"A ledger."), "ledger.txt", by=author, on_form=True)
    make.reading("A ledger.", capture_=file.captures.get())
    giving_files.give_files(closed, [file], by=author)

    with refused("restricted"), hidden_rows.read_by(lambda: author.pk):
        marking.log_marked(file, [Marked(Proposition("A ledger.", "en"), "A ledger.")], by=author)

    page = f"/claims/material/{file.pk}/"
    assert page not in client.get(file.get_absolute_url()).content.decode()
    assert client.get(page).url == file.get_absolute_url()
    assert seen_by(make.editor()) == set()


@pytest.mark.parametrize("restricted", [True, False])
def test_an_answer_on_a_page_opens_no_file_with_the_same_words(author, restricted):
    file = bringing.bring(io.BytesIO(b"A ledger."), "ledger.txt", by=author, on_form=True)
    if restricted:
        closed = restricted_claim(by=author)
        giving_files.give_files(closed, [file], by=author)
    claim = make.claim()
    page = make.evidence(claim, make.reading("A ledger.").passages.get())
    copy = make.evidence(claim, make.reading("A ledger.", capture_=file.captures.get()).passages.get())

    with hidden_rows.read_by(lambda: author.pk):
        weighing.answer(page, Stance.SUPPORTS, by=author, copies=[copy.pk])

    copy.refresh_from_db()
    assert (copy.is_suggested, claim.evidence.confirmed().get(), file in seen_by(make.editor())) == (True, page, False)


def test_that_a_file_everybody_has_was_brought_for_a_restricted_claim_is_hidden(author):
    claim, other, editor = make.claim(logged_by=author), make.claim(), make.editor()
    restricting.name(claim, author, by=author)
    open_file = bringing.bring(io.BytesIO(b"A ledger."), "ledger.txt", by=make.reporter())
    with hidden_rows.read_by(lambda: author.pk):
        again = bringing.bring(io.BytesIO(b"A ledger."), "from-zyxwort.txt", by=author, on_form=True)
        giving_files.give_files(claim, [again], by=author)

    assert again == open_file
    assert [row.file_name for row in seen_by(editor, Bringing)] == ["ledger.txt"]
    assert not [entry for entry in seen_by(editor, LogEntry) if "zyxwort" in entry.facts]

    giving_files.give_files(other, [again], by=author)  # for a claim that everybody sees: then they see this too
    assert {row.file_name for row in seen_by(editor, Bringing)} == {"ledger.txt", "from-zyxwort.txt"}


def test_a_suggestion_from_a_file_that_not_everybody_sees_says_so(client, author):
    closed = restricted_claim(by=author)
    file = bringing.bring(io.BytesIO(b"A ledger."), "ledger.txt", by=author, on_form=True)
    suggestion = make.evidence(make.claim(), make.reading("A ledger.", capture_=file.captures.get()).passages.get())
    page = suggestion.claim.get_absolute_url()

    assert "Only you see this file." in client.get(page).content.decode()
    giving_files.give_files(closed, [file], by=author)
    assert "Only named people see this file." in client.get(page).content.decode()
    client.force_login(make.editor())
    assert "ledger" not in client.get(page).content.decode()
    assert Claim.objects.count() == 2
