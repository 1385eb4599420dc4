import hashlib
import json
import re
from dataclasses import replace
from urllib.parse import unquote

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from claims.models import Report
from claims.models.vocabulary import CorrectionKind
from claims.pages.views.reports import disposition
from claims.publishing import reporting
from claims.publishing.exports.pdf import pdf
from claims.publishing.exports.registry import FORMATS
from tests import make, published
from tests.refusing import codes
from workbench.desk.refusal import Refusal

pytestmark = pytest.mark.django_db

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "csv-semicolon": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "claimreview": "application/ld+json",
    "json": "application/json",
}


def download(client, report, form):
    return client.get(reverse("claims:download", args=[report.number, form]))


def test_anybody_reads_a_report(client):
    report = published.report(language="fr")

    page = client.get(report.get_absolute_url(), headers={"accept-language": "en"})

    assert page.status_code == 200
    assert page["Content-Language"] == "fr"
    assert published.CLAIM in page.content.decode()


def test_the_page_of_a_report_tells_of_its_correction(client):
    report = published.report()
    published.correct(report, by=make.editor(), kind=CorrectionKind.CORRECTION, text="The date was wrong.")

    page = client.get(report.get_absolute_url())

    assert "The date was wrong." in page.content.decode()


def test_the_page_of_a_report_leads_to_its_translations(client):
    report = published.report()
    french = reporting.freeze(report.decision, by=make.editor(), language="fr")

    page = client.get(report.get_absolute_url()).content.decode()

    link = BeautifulSoup(page, "lxml").select_one(f'a[href="{french.get_absolute_url()}"]')
    assert (link["hreflang"], link["lang"], link.get_text()) == ("fr", "fr", "Français")


@pytest.mark.parametrize("number", [999, 10**30])
def test_a_report_that_is_not_there_is_not_found(client, number):
    assert client.get(reverse("claims:report", args=[number])).status_code == 404
    assert client.get(reverse("claims:download", args=[number, "csv"])).status_code == 404


@pytest.mark.parametrize(("form", "content_type"), TYPES.items())
def test_anybody_downloads_a_report(client, form, content_type):
    report = published.report()

    answer = download(client, report, form)

    assert (answer.status_code, answer["Content-Type"]) == (200, content_type)
    assert answer["X-Content-Type-Options"] == "nosniff"
    mark = "-semicolon" if form == "csv-semicolon" else ""  # two files in one folder
    assert answer["Content-Disposition"].startswith(f'attachment; filename="report-{report.number}{mark}.')


def test_the_name_of_a_file_says_that_the_report_was_corrected(client):
    report = published.report()
    made = make.correction(report)

    answer = download(client, report, "json")

    assert f'filename="report-{report.number}-corrected-{made.made_at:%Y-%m-%d}.json"' in answer["Content-Disposition"]
    assert hashlib.sha256(answer.content).hexdigest() == report.sha256


@pytest.mark.skipif(pdf.layout() is None, reason=f"no pango: apt-get install {pdf.SYSTEM_PACKAGE}")
def test_anybody_downloads_a_report_as_pdf(client):
    answer = download(client, published.report(), "pdf")

    assert (answer["Content-Type"], answer.content[:5]) == ("application/pdf", b"%PDF-")


def test_the_json_is_what_was_hashed_byte_for_byte(client):
    report = published.report()

    answer = download(client, report, "json")

    assert hashlib.sha256(answer.content).hexdigest() == report.sha256


def test_a_format_nobody_knows_is_not_found(client):
    assert download(client, published.report(), "docx").status_code == 404


def test_without_pango_the_reader_is_told_and_the_rest_works(client, monkeypatch):
    monkeypatch.setattr(pdf, "layout", lambda: None)
    report = published.report()

    answer = download(client, report, "pdf")

    assert answer.status_code == 503
    assert "libpangoft2-1.0-0" in answer.content.decode()
    assert download(client, report, "csv").status_code == 200


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Pont d’Arvel", "report-7-Pont-d-Arvel.pdf"),
        ("جسر أرفيل", "report-7-جسر-أرفيل.pdf"),
        ('a"; filename="evil.exe\r\nX: y', "report-7-a-filename-evil-exe-X-y.pdf"),
        ("\u202efdp.exe ../../etc", "report-7-fdp-exe-etc.pdf"),
        ("…", "report-7.pdf"),
    ],
)
def test_the_name_of_a_file_is_plain_and_safe(title, name):
    header = disposition(7, title, "pdf")

    assert header.isascii()
    assert "\n" not in header
    plain, _mark, full = header.partition("; filename*=UTF-8''")
    assert (plain, unquote(full)) == ('attachment; filename="report-7.pdf"', name)


def test_an_editor_freezes_a_decision(client):
    decision = published.decision()
    client.force_login(make.editor())

    answer = client.post(reverse("claims:freeze", args=[decision.pk]), {"language": "fr"})

    report = Report.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, report.get_absolute_url())
    assert (report.language, report.decision) == ("fr", decision)


@pytest.mark.parametrize(
    ("name", "button"), [("claim", ">Check, preview and publish</a>"), ("freeze", ">Publish the report</button>")]
)
def test_that_a_report_never_changes_is_said_before_the_button_that_freezes(client, name, button):
    decision = published.decision()
    client.force_login(make.editor())

    page = client.get(reverse(f"claims:{name}", args=[decision.claim_id if name == "claim" else decision.pk]))

    text = page.content.decode()
    assert text.index("The report is published now and cannot be changed.") < text.index(button)


def test_an_editor_writes_the_summary_in_the_language_of_the_report(client):
    decision = published.decision()
    client.force_login(make.editor())

    page = client.get(reverse("claims:freeze", args=[decision.pk])).content.decode()
    client.post(
        reverse("claims:freeze", args=[decision.pk]), {"language": "fr", "summary": "Le pont était en travaux."}
    )

    assert decision.summary in page
    assert "Le pont était en travaux." in Report.objects.get().content


@pytest.mark.parametrize(
    "given",
    [
        {"language": "xx"},
        {"summary": "Le pont."},
        {"language": "fr", "summary": "a\0b"},
        {"language": "fr", "summary": "x" * 100_000},
        {"language": "en", "summary": "Another verdict."},
    ],
    ids=["no such language", "no language", "not text", "too long", "its own language"],
)
def test_a_report_that_cannot_be_frozen_is_given_back_with_what_was_written(client, given):
    client.force_login(make.editor())

    answer = client.post(reverse("claims:freeze", args=[published.decision().pk]), given)

    assert answer.status_code == 422
    assert answer.context["form"].errors
    assert answer.context["form"]["summary"].value() == given.get("summary")
    assert Report.objects.count() == 0


def test_a_form_sent_twice_freezes_once_and_says_so(client):
    decision = published.decision()
    client.force_login(make.editor())

    for _each in range(2):
        answer = client.post(reverse("claims:freeze", args=[decision.pk]), {"language": "en"}, follow=True)

    assert Report.objects.count() == 1
    assert codes(answer.context["form"]) == {"language": ["already_published"]}


@pytest.mark.parametrize("person", [make.viewer, make.reporter, make.reviewer, make.admin])
def test_who_is_no_editor_neither_freezes_nor_corrects(client, person):
    report = published.report()
    client.force_login(person())

    freeze = client.post(reverse("claims:freeze", args=[report.decision_id]), {"language": "fr"})
    correct = client.post(reverse("claims:correct", args=[report.number]), {"kind": "update", "text": "More."})

    assert (freeze.status_code, correct.status_code, Report.objects.count()) == (403, 403, 1)


def test_a_stranger_is_asked_to_sign_in_for_all_but_reading(client):
    report = published.report()
    addresses = [
        reverse("claims:reports"),
        reverse("claims:correct", args=[report.number]),
        reverse("claims:freeze", args=[report.decision_id]),
    ]

    answers = [client.post(address) for address in addresses]

    assert [answer["Location"].partition("?")[0] for answer in answers] == [reverse("login")] * 3


def test_an_editor_proposes_a_correction_and_a_reviewer_agrees_without_javascript(client):
    report, page = make.report(), "claims:correct"
    rana = make.reviewer(first_name="Rana", last_name="Haddad")
    edith = make.editor()
    client.force_login(edith)
    sent = {"kind": "correction", "text": "The date was wrong."}

    answer = client.post(reverse(page, args=[report.number]), sent, follow=True)

    assert report.corrections.count() == 0
    assert "You proposed this, so somebody else must agree to it." in answer.content.decode()
    client.force_login(rana)
    queue = BeautifulSoup(client.get(reverse("claims:queue")).content, "lxml")
    link = queue.select_one("section[aria-labelledby=proposals] a")["href"]
    form = BeautifulSoup(client.get(link).content, "lxml").select_one('form[action$="/agree/"]')
    assert "Rana Haddad" not in str(form)
    client.post(form["action"])
    assert report.corrections.get().text == "The date was wrong."


def test_who_gave_the_verdict_proposes_its_report_and_a_reviewer_agrees(client):
    decision, rana = published.decision(), make.reviewer(first_name="Rana", last_name="Haddad")
    address = reverse("claims:freeze", args=[decision.pk])
    client.force_login(decision.decided_by)

    page = client.get(address).content.decode()
    client.post(address, {"language": "en"})
    again = client.post(address, {"language": "en"})

    assert ">Propose the report</button>" in page
    assert "so you do not publish it alone" in page
    assert (Report.objects.count(), decision.proposed_reports.count(), again.status_code) == (0, 1, 302)
    client.force_login(rana)
    preview = client.get(reverse("claims:preview_report", args=[decision.proposed_reports.get().pk]))
    assert (b"this report is not published" in preview.content, Report.objects.count()) == (True, 0)
    answer = client.post(reverse("claims:agree_to_report", args=[decision.proposed_reports.get().pk]))
    assert answer["Location"] == Report.objects.get().get_absolute_url()


def test_a_proposal_is_taken_back_by_who_made_it_and_declined_by_no_reporter(client):
    proposed = make.proposed_report(published.decision())
    address = reverse("claims:decline_report", args=[proposed.pk])
    client.force_login(make.reporter())
    refused = client.post(address)
    client.force_login(proposed.proposed_by)

    client.post(address)

    proposed.refresh_from_db()
    assert (refused.status_code, proposed.state) == (403, "taken_back")


def test_a_lone_editor_is_asked_why_they_publish_alone(client):
    edith = make.editor()
    decision = make.decision(make.claim(status="decided", logged_by=edith), decided_by=edith)
    address = reverse("claims:freeze", args=[decision.pk])
    client.force_login(edith)

    page = client.get(address).content.decode()
    refused = client.post(address, {"language": "en"})
    client.post(address, {"language": "en", "waiver": "I work alone."})

    assert ">Publish the report alone</button>" in page
    assert (refused.status_code, codes(refused.context["form"])) == (422, {"waiver": ["empty"]})
    assert "I work alone." in client.get(Report.objects.get().get_absolute_url()).content.decode()


@pytest.mark.parametrize("given", [{}, {"kind": "joke", "text": "x"}, {"kind": "update", "text": "a\0b"}])
def test_a_correction_that_cannot_stand_is_given_back(client, given):
    report = make.report()
    client.force_login(make.editor())

    answer = client.post(reverse("claims:correct", args=[report.number]), given)

    assert answer.status_code == 422
    assert report.corrections.count() == 0


@pytest.mark.parametrize(("method", "status"), [("get", 200), ("post", 422)])
def test_a_retracted_report_is_said_to_be_and_offers_no_form(client, method, status):
    report = make.correction(make.report(), kind=CorrectionKind.RETRACTION, text="Wrong bridge.").report
    client.force_login(make.editor())

    answer = getattr(client, method)(reverse("claims:correct", args=[report.number]), {"kind": "update", "text": "x"})

    page = answer.content.decode()
    assert answer.status_code == status
    assert page.count("This report was retracted. Publish a new report instead.") == 1
    assert "Wrong bridge." in page
    assert 'name="kind"' not in page


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_the_same_of_the_database_for_one_report_and_for_many(client, django_assert_num_queries, rows):
    for _each in range(rows):
        make.correction(make.report())
    client.force_login(make.viewer())

    with django_assert_num_queries(7):
        page = client.get(reverse("claims:reports"))

    assert len(page.context["page"].object_list) == rows


def test_the_list_is_filtered_by_words_and_language(client):
    wanted = make.report(make.decision(make.claim("A tunnel at Arvel", status="decided")), language="fr")
    make.report(language="fr")
    make.report(make.decision(make.claim("A tunnel elsewhere", status="decided")))
    client.force_login(make.viewer())

    page = client.get(reverse("claims:reports"), {"words": "tunnel", "language": "fr"})

    assert [row.number for row in page.context["page"]] == [wanted.number]


def test_the_list_says_what_became_of_a_report(client):
    retracted = make.correction(make.report(), kind=CorrectionKind.RETRACTION).report
    corrected = make.correction().report
    french = make.report(corrected.decision, language="fr")
    untouched = make.report()
    client.force_login(make.viewer())

    page = client.get(reverse("claims:reports"))

    cells = BeautifulSoup(page.content, "lxml").select('[data-label="Corrections and reviews"]')
    said = {row.number: cell.get_text(strip=True) for row, cell in zip(page.context["page"], cells, strict=True)}
    assert said == {
        retracted.number: "Retracted",
        corrected.number: "Corrected",
        french.number: "Another language version was corrected",
        untouched.number: "–",
    }


def test_structured_data_of_the_page_is_that_of_the_download(client):
    report = published.report()
    page = client.get(report.get_absolute_url()).content.decode()

    embedded = page.partition('<script type="application/ld+json">')[2].partition("</script>")[0]

    assert json.loads(embedded) == json.loads(download(client, report, "claimreview").content)


def test_what_was_retracted_is_no_longer_told_to_machines(client):
    report = published.report()
    published.correct(report, by=make.editor(), kind=CorrectionKind.RETRACTION, text="The film was of another day.")

    shown = client.get(report.get_absolute_url()).content.decode()
    gone = download(client, report, "claimreview")

    assert "application/ld+json" not in shown
    assert "do not mention the retraction" in shown
    assert (gone.status_code, "This report was retracted" in gone.content.decode()) == (410, True)
    assert [download(client, report, form).status_code for form in ("json", "csv")] == [200, 200]


def test_a_refusal_of_another_kind_says_that_the_file_is_not_there_now(client, monkeypatch):
    def refuse(_report):
        raise Refusal("Not today.", "of_another_kind")

    monkeypatch.setitem(FORMATS, "json", replace(FORMATS["json"], render=refuse))

    answer = download(client, published.report(), "json")

    assert (answer.status_code, "Not today." in answer.content.decode()) == (503, True)


def test_frozen_files_stay_as_they_are_and_the_page_says_what_they_do_not(client):
    report = published.report()
    forms = ["csv", "csv-semicolon", "xlsx", "json", *(["pdf"] if pdf.layout() else [])]
    before = [download(client, report, form).content for form in forms]
    page_before = client.get(report.get_absolute_url()).content.decode()

    published.correct(report, by=make.editor(), kind=CorrectionKind.CORRECTION, text="The date was wrong.")

    assert [download(client, report, form).content for form in forms] == before
    told = "Corrections appear on this page and in the ClaimReview data."
    assert [told in page for page in (page_before, client.get(report.get_absolute_url()).content.decode())] == [
        False,
        True,
    ]
    assert "The date was wrong." in download(client, report, "claimreview").content.decode()


@pytest.mark.parametrize(
    ("browser", "language", "first"),
    [("tr-TR,tr;q=0.9,en;q=0.5", "en", "csv-semicolon"), ("en-US", "fr", "csv"), ("", "fr", "csv-semicolon")],
)
def test_the_csv_file_that_fits_the_spreadsheet_of_the_reader_comes_first(client, browser, language, first):
    report = published.report(language=language)

    answer = client.get(report.get_absolute_url(), headers={"accept-language": browser})

    links = re.findall(r"/(csv[a-z-]*)/", answer.content.decode())
    assert (links[0], sorted(links)) == (first, ["csv", "csv-semicolon"])
    assert "Accept-Language" in answer["Vary"]


def test_search_engines_are_led_from_a_file_to_the_page_where_corrections_stand(client, settings):
    settings.DESK_URL = "https://newsroom.arvel"
    report = published.report()

    link = download(client, report, "csv")["Link"]

    assert link == f'<https://newsroom.arvel{report.get_absolute_url()}>; rel="canonical"'


def test_what_was_only_corrected_is_still_told_to_machines(client):
    report = published.report()
    published.correct(report, by=make.editor(), kind=CorrectionKind.CORRECTION, text="The date was wrong.")

    assert "application/ld+json" in client.get(report.get_absolute_url()).content.decode()
    assert download(client, report, "claimreview").status_code == 200
