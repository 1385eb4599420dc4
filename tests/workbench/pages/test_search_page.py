import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sources.models import Source
from tests import make
from workbench.desk.roles import Role

pytestmark = pytest.mark.django_db


def asked(client, words):
    answer = client.get(reverse("search_everything"), {"q": words})
    assert answer.status_code == 200
    return answer.context["everything"]


def names(everything):
    return {section.name: [hit.name for hit in section.hits] for section in everything.found}


def a_desk(*numbers):
    """A desk that has something of each kind about Évreux."""
    for each in numbers or [0]:
        claim = make.claim(f"Évreux {each}", status="decided")
        make.report(make.decision(claim))
        make.document(title=f"À Évreux {each}", source=make.source(f"Courrier d’Évreux {each}"))
        make.passage(f"Rien à Évreux {each}.", language="fr")


def test_one_box_finds_rows_of_every_kind_however_they_are_spelled(client):
    a_desk()
    client.force_login(make.editor())

    found = names(asked(client, "  EVREUX\0 "))

    assert list(found) == ["claims", "documents", "sources", "reports", "passages"]
    assert found["claims"] == found["reports"] == ["Évreux 0"]
    assert (found["documents"], found["sources"]) == (["À Évreux 0"], ["Courrier d’Évreux 0"])
    assert found["passages"] == ["Rien à Évreux 0."]


@pytest.mark.parametrize("role", Role)
def test_the_log_is_searched_for_those_who_may_read_it(client, role):
    source = make.source("Elsewhere")
    make.log_entry(source, note="Évreux")
    person = make.user(role)
    client.force_login(person)

    may_read = role in {Role.EDITOR, Role.ADMIN}

    assert list(names(asked(client, "evreux"))) == (["log"] if may_read else [])


def test_some_are_shown_and_the_list_has_them_all(client):
    for number in range(6):
        make.source(f"Évreux {number}")
    client.force_login(make.viewer())

    (section,) = asked(client, "évreux").found

    assert len(section.hits) == 5
    every = {source.get_absolute_url() for source in Source.objects.all()}
    assert {row.url for row in client.get(section.url_of_all).context["page"]} == every


def test_a_claim_is_found_by_its_number(client):
    claim = make.claim("Nothing else.")
    client.force_login(make.viewer())

    assert names(asked(client, f"#{claim.pk}")) == {"claims": ["Nothing else."]}


@pytest.mark.parametrize("words", ["", " ", "\0", "'; DROP --", "w " * 400, "\u202eabc", "(" * 3000])
def test_any_words_get_an_answer(client, words):
    client.force_login(make.editor())

    assert asked(client, words).found == []


def test_the_search_costs_the_same_with_one_row_of_each_kind_and_with_thirty(client):
    client.force_login(make.editor())
    a_desk()
    make.log_entry(note="Évreux")
    with CaptureQueriesContext(connection) as with_one:
        asked(client, "evreux")

    a_desk(*range(1, 30))
    for _ in range(30):
        make.log_entry(note="Évreux", by=make.reporter())
    with CaptureQueriesContext(connection) as with_thirty:
        asked(client, "evreux")

    assert len(with_thirty) == len(with_one)


def test_the_box_is_on_every_page_of_people_who_signed_in(client):
    assert 'class="everything"' not in client.get(reverse("login")).content.decode()

    client.force_login(make.viewer())

    assert 'class="everything"' in client.get(reverse("claims:claims")).content.decode()
    page = client.get(reverse("search_everything"), {"q": "<b>x"}).content.decode()
    assert 'value="&lt;b&gt;x"' in page
