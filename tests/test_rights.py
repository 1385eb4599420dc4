"""What only named people see is in no answer to anybody else: every page, list, search and record is walked."""

import gzip
import io
import zipfile

import pytest
from django.test import Client
from weasyprint import HTML

from claims.intake import restricting
from tests import make, rights

pytestmark = pytest.mark.django_db

WORD, OTHER_WORD = "Zyxwort", "Qqqwort"
NUMBER = 987_654_321  # of the restricted claim
# Pages that say how large the machine is, when it last worked, or that an entry of the log is withheld.
OF_THE_MACHINE = ("/log/", "/storage/", "/anchors/", "/trouble/", "/admin/workbench/log")


@pytest.fixture(autouse=True)
def _own_key(settings, tmp_path):
    settings.IDENTITY_KEY = tmp_path / "identity-key"


@pytest.fixture
def people():
    return {"named": make.reporter(), "editor": make.editor(), "superuser": make.admin(is_superuser=True)}


@pytest.fixture
def clients(people):
    made = {name: Client(raise_request_exception=False) for name in people}
    for name, client in made.items():
        client.force_login(people[name])
    return made


@pytest.fixture
def visible(people):
    """Rows that everybody sees, with a confidential source whose name has the word too."""
    rows = rights.everything_about("Ordinary", logged_by=make.reporter())
    return rights.published(rights.confidential(f"{WORD} Smith", rows, by=people["named"]))


def walk(client, urls):
    """Return what addresses answer to GET."""
    return {url: rights.answer(client, url) for url in sorted(urls)}


def parts():
    """Return the routes of pages on one row."""
    return [route for route in rights.routes() if "<" in route]


def planted(people, case=None):
    rows = rights.everything_about(WORD, logged_by=people["named"], pk=NUMBER)
    make.proposed_report(rows["decision"], summary=WORD)
    make.case_item(case, claim=rows["claim"], by=people["named"])
    restricting.name(rows["claim"], people["named"], by=people["named"])
    return rows


def told(answer):
    return answer.status >= 500 or WORD.casefold() in answer.body.casefold() or str(NUMBER) in answer.body


def test_no_page_differs_from_what_it_was_before_the_restricted_claim(people, clients, visible):
    pages = [route for route in rights.routes() if "<" not in route or route.count("/") == route.count("<") + 1]
    each = (visible, rights.of_edited_page(visible))
    urls = {*(rights.address(route, rows) for route in pages for rows in each), *rights.admin_addresses({})}
    before = walk(clients["superuser"], urls)

    planted(people, visible["case"])
    rights.cite(WORD, visible, by=people["named"])

    after = walk(clients["superuser"], urls)
    telling = [url for url, answer in after.items() if told(answer)]
    differing = [url for url in after if not url.startswith(OF_THE_MACHINE) and after[url] != before[url]]
    assert (telling, differing) == ([], [])
    assert len(urls) > 80


def test_an_address_of_a_hidden_row_answers_as_one_of_no_row(people, clients, visible):
    hidden = planted(people)
    of_file = hidden | {"document": hidden["file"], "capture": hidden["file_capture"]}
    absent = {name: row.pk + 1_000_000 if hasattr(row, "pk") else row for name, row in hidden.items()}
    differing = []

    urls = {(rights.address(route, rows), route) for rows in (hidden, of_file) for route in parts()}
    for url, route in sorted(each for each in urls if "None" not in each[0]):
        got = rights.answer(clients["editor"], url, "post")
        nothing = rights.answer(clients["editor"], rights.address(route, absent), "post")
        if got.status != nothing.status or got.status >= 500 or WORD in got.body:
            differing.append((url, got.status, nothing.status))

    assert not differing


def test_a_page_of_a_hidden_claim_is_byte_for_byte_that_of_no_claim(people, clients):
    planted(people)

    hidden, absent = (rights.answer(clients["editor"], f"/claims/{key}/") for key in (NUMBER, NUMBER + 1))

    assert hidden == rights.Answer(absent.status, absent.body.replace(str(NUMBER + 1), str(NUMBER)))
    assert hidden.status == 404


def test_a_search_for_a_word_of_a_hidden_claim_answers_as_for_a_word_of_none(people, clients, visible):
    planted(people)
    pages = [route for route in rights.routes() if "<" not in route and f"/{route}" not in OF_THE_MACHINE[1:]]
    differing = []

    for page in pages:
        found, other = (
            rights.answer(clients["superuser"], f"/{page}?words={word}&q={word}&who={word}&chain=claim {NUMBER}")
            for word in (WORD, OTHER_WORD)
        )
        if found.body != other.body.replace(OTHER_WORD, WORD):
            differing.append(page)

    assert not differing


def test_who_is_named_reads_the_claim_and_the_name(people, clients, visible):
    rows = planted(people)
    pages = [f"/claims/{NUMBER}/", "/claims/", f"/sources/documents/{rows['document'].pk}/", "/search/?q=zyxwort"]
    pages += [f"/sources/documents/{rows['file'].pk}/"]

    answers = walk(clients["named"], pages)
    name = rights.answer(clients["named"], f"/sources/{visible['source'].pk}/identity/show/", "post")

    assert [url for url, answer in answers.items() if WORD not in answer.body or answer.status != 200] == []
    assert f"{WORD} Smith" in name.body
    assert clients["superuser"].post(f"/sources/{visible['source'].pk}/identity/show/").status_code == 403


def test_packed_files_are_read_to_their_words():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.html.gz", gzip.compress(WORD.encode()))
        archive.writestr("report.pdf", HTML(string=f"<p>{OTHER_WORD}").write_pdf())

    read = rights.readable(packed.getvalue())

    assert WORD.encode() not in packed.getvalue()
    assert [word in read for word in (WORD, OTHER_WORD, "a.html.gz")] == [True, True, True]


def test_an_absent_document_has_an_address_of_its_own():
    addresses = {rights.address("claims/material/<int:document>/", {"document": each}) for each in (1, 7)}

    assert addresses == {"/claims/material/1/", "/claims/material/7/"}
