import hashlib
import io
import zipfile

import pytest
from django.urls import reverse

from claims.intake import restricting
from claims.models import CaseItem, DeskCase
from tests import make, published

pytestmark = pytest.mark.django_db


def address(name, case):
    return reverse(f"claims:{name}", args=[case.pk])


@pytest.fixture
def rep(client):
    person = make.reporter()
    client.force_login(person)
    return person


def test_a_case_is_opened_filled_changed_and_closed(client, rep):
    claim, source = make.claim("The bridge was closed."), make.source("Radio Arvel")
    case = DeskCase.objects.get(pk=client.post(reverse("claims:cases"), {"name": "The war"}).url.split("/")[2])

    client.post(
        address("put_in_case", case), {"claim_words": str(claim.pk), "source_words": "Radio Arvel", "tag": "War"}
    )
    page = client.get(case.get_absolute_url()).content.decode()
    assert all(text in page for text in ("The bridge was closed.", "Radio Arvel", "War"))

    for item in CaseItem.objects.all():
        client.post(address("take_out_of_case", case), {"item": item.pk})
    client.post(address("change_case", case), {"name": "The long war", "about": "Since March.", "is_closed": "on"})
    page = client.get(case.get_absolute_url()).content.decode()
    assert ("The long war" in page, "Closed" in page, "The bridge" in page, source.name in page) == (
        True,
        True,
        False,
        False,
    )


def test_a_form_in_which_nothing_is_named_comes_back(client, rep):
    answer = client.post(address("put_in_case", make.desk_case()), {})

    assert answer.status_code == 422
    assert "Name a claim, a source or a tag." in answer.content.decode()


def test_the_dossier_lists_and_packs_the_reports_of_the_claims(client, rep):
    case, report = make.desk_case(), published.report()
    make.report()
    make.case_item(case, claim=report.decision.claim)

    page = client.get(address("dossier", case)).content.decode()
    packed = zipfile.ZipFile(io.BytesIO(client.get(address("dossier_file", case)).content))

    assert page.count(report.get_absolute_url()) == 1
    files = {f"report-{report.number}/report-{report.number}.{ending}" for ending in ("json", "csv")}
    assert files | {"index.html"} <= set(packed.namelist())
    assert (
        hashlib.sha256(packed.read(f"report-{report.number}/report-{report.number}.json")).hexdigest() == report.sha256
    )
    assert report.sha256 in packed.read("index.html").decode()


def test_a_restricted_claim_shows_in_no_page_or_file_of_its_case(client, rep):
    other, case = make.reporter(), make.desk_case()
    claim = make.claim("Zyxwort was paid.", logged_by=other)
    make.case_item(case, claim=claim)
    pages = [case.get_absolute_url(), address("dossier", case), reverse("claims:claims") + f"?case={case.pk}"]
    assert "Zyxwort" in client.get(pages[0]).content.decode()

    restricting.name(claim, other, by=other)

    assert [url for url in pages if "Zyxwort" in client.get(url).content.decode()] == []
    assert client.get(pages[0]).context["page"].count.number == 0


def test_a_source_of_restricted_claims_alone_is_marked(client, rep):
    case, claim = make.desk_case(), make.claim(logged_by=rep)
    hidden, other = make.source("The clerk", added_by=rep), make.source("Radio Arvel")
    make.attribution(make.appearance(claim), source=hidden)
    for source in (hidden, other):
        make.case_item(case, source=source)
    restricting.name(claim, rep, by=rep)

    pages = [client.get(url).content.decode() for url in (case.get_absolute_url(), address("dossier", case))]

    assert [page.count("Only named people see this source") for page in pages] == [1, 1]
    client.force_login(make.reporter())
    assert "The clerk" not in client.get(address("dossier", case)).content.decode()


def test_a_viewer_reads_cases_and_opens_none(client):
    client.force_login(make.viewer())
    case = make.desk_case()

    assert client.get(case.get_absolute_url()).status_code == 200
    assert client.post(reverse("claims:cases"), {"name": "Mine"}).status_code == 403
