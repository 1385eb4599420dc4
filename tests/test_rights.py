"""What only named people see is in no answer to anybody else: every page, list, search and record is walked."""

import pytest
from django.test import Client

from claims.intake import restricting
from sources.models.vocabulary import SourceKind
from sources.registry import confiding
from tests import make, rights
from workbench.desk import hidden_rows

pytestmark = pytest.mark.django_db

WORD, OTHER_WORD = "Zyxwort", "Qqqwort"
NUMBER = 987_654_321  # of the restricted claim
# Pages that say how large the machine is, when it last worked, or that an entry of the log is withheld.
OF_THE_MACHINE = ("/log/", "/storage/", "/anchors/", "/trouble/", "/admin/workbench/logentry/")


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
def visible():
    return rights.published(rights.everything_about("Ordinary", logged_by=make.reporter()))


def walk(client, rows, *, admin=False):
    """Return what every address answers to GET, by address."""
    found = {url: rights.answer(client, url) for url in {rights.address(route, rows) for route in rights.routes()}}
    return found | {url: rights.answer(client, url) for url in (rights.admin_addresses(rows) if admin else ())}


def planted(people):
    rows = rights.everything_about(WORD, logged_by=people["named"], pk=NUMBER)
    restricting.name(rows["claim"], people["named"], by=people["named"])
    return rows


def told(answer):
    return WORD.casefold() in answer.body.casefold() or str(NUMBER) in answer.body


@pytest.mark.parametrize("who", ["editor", "superuser"])
def test_no_page_differs_from_what_it_was_before_the_restricted_claim(people, clients, visible, who):
    before = walk(clients[who], visible, admin=who == "superuser")

    planted(people)

    after = walk(clients[who], visible, admin=who == "superuser")
    assert not [url for url, answer in after.items() if answer.status >= 500 or told(answer)]
    assert not [url for url in after if not url.startswith(OF_THE_MACHINE) and after[url] != before[url]]


def test_an_address_of_a_hidden_row_answers_as_one_of_no_row(people, clients, visible):
    hidden = planted(people)
    absent = {name: row.pk + 1_000_000 if hasattr(row, "pk") else row for name, row in hidden.items()}
    differing = []

    for route in rights.routes():
        if "<" in route and (url := rights.address(route, hidden)) and "None" not in url:
            for method in ("get", "post"):
                got = rights.answer(clients["editor"], url, method)
                nothing = rights.answer(clients["editor"], rights.address(route, absent), method)
                if got.status != nothing.status or got.status >= 500 or told(got):
                    differing.append((url, method, got.status, nothing.status))

    assert not differing


def test_a_page_of_a_hidden_claim_is_byte_for_byte_that_of_no_claim(people, clients):
    planted(people)

    hidden, absent = (rights.answer(clients["editor"], f"/claims/{key}/") for key in (NUMBER, NUMBER + 1))

    assert hidden == rights.Answer(absent.status, absent.body.replace(str(NUMBER + 1), str(NUMBER)))
    assert hidden.status == 404


def test_a_search_for_a_word_of_a_hidden_claim_answers_as_for_a_word_of_none(people, clients, visible):
    planted(people)
    pages = [route for route in rights.routes() if "<" not in route]
    differing = []

    for page in pages:
        found, other = (
            rights.answer(clients["superuser"], f"/{page}?words={word}&q={word}&who={word}&chain=claim {NUMBER}")
            for word in (WORD, OTHER_WORD)
        )
        if found.body != other.body.replace(OTHER_WORD, WORD):
            differing.append(page)

    assert not differing


def test_who_is_named_finds_the_claim_on_many_pages(people, clients, visible):
    rows = planted(people)

    with hidden_rows.read_by(lambda: people["named"].pk):
        rows["claim"].refresh_from_db()
    answers = walk(clients["named"], rows)

    assert len([url for url, answer in answers.items() if told(answer) and answer.status == 200]) > 15


def test_the_name_of_a_confidential_source_is_on_no_page(people, clients, visible):
    before = walk(clients["superuser"], visible, admin=True)
    source = confiding.add_confidential(f"{WORD} Smith", SourceKind.PERSON, by=people["named"])
    shown = clients["named"].post(f"/sources/{source.pk}/identity/show/")

    after = walk(clients["superuser"], {**visible, "source": source}, admin=True)

    assert WORD in shown.content.decode()
    assert not [url for url, answer in after.items() if answer.status >= 500 or WORD in answer.body]
    assert before.keys() & after.keys()
    assert clients["superuser"].post(f"/sources/{source.pk}/identity/show/").status_code == 403
