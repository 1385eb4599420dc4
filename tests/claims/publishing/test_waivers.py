import json
from csv import reader as table

import pytest
from bs4 import BeautifulSoup
from django.utils import translation

from claims.models import Report
from claims.models.vocabulary import ClaimRule, CorrectionKind, MethodRule, Rating, Status
from claims.publishing import correcting, reporting, waivers, waiving
from claims.publishing.exports.claimreview import claimreview
from claims.publishing.exports.csv import csv
from claims.publishing.exports.page import page
from claims.publishing.exports.pdf import pdf
from claims.review import reviewing
from claims.review.reviewing import Finding
from tests import make, published
from tests.reading_back import with_pdfium
from workbench.desk import audit, seal_registry
from workbench.desk.models import LogEntry
from workbench.desk.seal_queries import Queries, Range

pytestmark = pytest.mark.django_db

WHY = "This desk is one person."


@pytest.fixture
def alone():
    """The report of a person who logged, decided and published a claim with nobody else at the desk."""
    edith = make.editor(first_name="Edith", last_name="Moreau")
    claim = make.claim(status=Status.IN_REVIEW, logged_by=edith)
    make.log_entry(claim, by=edith, verb="logged")
    cited = make.confirmed_evidence(claim, by=edith)
    finding = Finding(Rating.REFUTED, "The road authority closed the bridge for repairs.")
    decision = reviewing.decide_alone(claim, finding, by=edith, cited=[cited], waiver=WHY)
    return reporting.publish_alone(decision, by=edith, language="en", waiver="Nobody else is here.")


def test_what_a_lone_person_or_two_publish_is_sealed_by_the_entry_of_that_act(alone):
    edith = alone.frozen_by
    retraction = {"by": edith, "kind": CorrectionKind.RETRACTION, "text": "Wrong."}
    correcting.correct_alone(alone, waiver="Nobody else is here.", **retraction)
    rana = make.reviewer(first_name="Rana")
    reporting.decline(reporting.propose(alone.decision, by=edith, language="fr"), by=rana)
    report = reporting.agree(reporting.propose(alone.decision, by=edith, language="fr"), by=rana).made
    correcting.decline(correcting.propose(report, **retraction), by=edith)
    correcting.agree(correcting.propose(report, **retraction), by=rana)
    audit.bind_seals()

    rules = (seal_registry.sealed()[name] for name in ("proposedreport", "proposedcorrection", "report", "correction"))
    assert [Queries(*rule).unacted(Range()) for rule in rules] == [[]] * 4


def test_a_lone_person_gets_from_the_claim_to_the_report_and_each_waiver_is_in_it_and_in_the_log(alone):
    told = json.loads(alone.content)["four_eyes"]["waivers"]

    assert [(each["rule"], each["waived_by"], each["reason"]["text"]) for each in told] == [
        ("logger_decides", "Edith Moreau", WHY),
        ("reviews", "Edith Moreau", WHY),
        ("decider_publishes", "Edith Moreau", "Nobody else is here."),
    ]
    facts = LogEntry.objects.filter(verb="did alone what takes two people").order_by("pk").values_list("facts")
    assert [json.loads(each)["rules"] for (each,) in facts] == [["logger_decides", "reviews"], ["decider_publishes"]]


def test_page_pdf_table_and_claimreview_say_what_one_person_did_alone(alone):
    shown = BeautifulSoup(page.render(alone), "lxml").get_text(" ", strip=True)
    table = csv.render(alone).decode("utf-8-sig").splitlines()

    for said in ("The verdict rests on 0 reviews; our method asks for 2.", WHY, "Nobody else is here."):
        assert said in shown
        assert said in json.loads(claimreview.render(alone))["creditText"]
        assert said in table[1]
    assert "Nobody reviewed the claim before the verdict." in shown
    assert "neither logged nor reviewed" not in shown
    assert table[0].endswith('"done_alone"')
    if pdf.layout():
        assert "Nobody else is here." in " ".join(with_pdfium(pdf.render(alone)).split())


@pytest.mark.parametrize(
    ("language", "person", "reason", "said"),
    [
        ("en", "Edith Moreau", "The rest repeats the agency.", "Edith Moreau set aside the rule “"),
        ("fr", "Şirin Çelik", "Le reste répète l’agence.", "Şirin Çelik a écarté la règle «\u00a0"),
        ("fr", "ليلى حداد", "الباقي تكرار للوكالة.", "ليلى حداد a écarté la règle «\u00a0"),
    ],
)
def test_a_rule_set_aside_has_a_column_of_its_own_which_says_who_did_it_and_why(language, person, reason, said):
    first, _space, last = person.partition(" ")
    decision, editor = published.decision(), make.editor(first_name=first, last_name=last)
    waiving.waive(decision, by=editor, rule=MethodRule.UNJUDGED, reason=reason)

    report = reporting.freeze(decision, by=editor, language=language)

    head, *rows = table(csv.render(report).decode("utf-8-sig").splitlines())
    assert "done_alone" not in head
    assert rows
    for row in rows:
        (told,) = [value for name, value in zip(head, row, strict=True) if name == "rules_set_aside"]
        assert told.startswith(said)
        assert reason in told
    assert said in json.loads(claimreview.render(report))["creditText"]


def test_what_was_done_alone_and_what_was_set_aside_stand_in_two_columns(alone):
    decision = alone.decision
    waiving.waive(decision, by=decision.decided_by, rule=MethodRule.SEARCHED, reason="The rest repeats the agency.")
    report = reporting.publish_alone(decision, by=decision.decided_by, language="fr", waiver="Nobody else is here.")

    head, row, *_others = table(csv.render(report).decode("utf-8-sig").splitlines())
    told = dict(zip(head, row, strict=True))

    assert "set aside" not in told["done_alone"]
    assert "The rest repeats the agency." not in told["done_alone"]
    assert "The rest repeats the agency." in told["rules_set_aside"]


def test_the_file_of_an_older_report_keeps_its_rules_where_they_were():
    aside = {"rule": MethodRule.UNJUDGED.value, "told": "Every one.", "waived_by": "Edith", "reason": {"text": "No."}}
    content = {"gate": [aside], "four_eyes": {"waivers": []}}

    assert waivers.alone_in_one_line(content) == waivers.in_one_line(content) == "Every one. Edith: “No.”"
    assert waivers.aside_in_one_line(content) == ""


def test_a_report_of_two_people_names_both_and_has_no_exception():
    decision = published.decision()
    proposed = reporting.propose(decision, by=decision.decided_by, language="fr", summary="Le pont était en travaux.")

    report = reporting.agree(proposed, by=make.reviewer(first_name="Rana", last_name="Haddad")).made

    content = json.loads(report.content)
    assert content["four_eyes"] == {
        "policy": {"version": 0, "by_reason": [], "told": ""},
        "proposed_by": str(decision.decided_by),
        "agreed_by": "Rana Haddad",
        "decider_reviewed": False,
        "waivers": [],
    }
    shown = BeautifulSoup(page.render(report), "lxml")
    assert shown.select_one("#four-eyes") is None
    assert f"{decision.decided_by} a écrit ce résumé" in shown.get_text() or "Rana Haddad wrote" not in shown.get_text()
    assert "creditText" not in json.loads(claimreview.render(report))
    assert "done_alone" not in csv.render(report).decode()
    assert "rules_set_aside" not in csv.render(report).decode()


def test_a_report_says_by_which_policy_a_reason_stands_in_for_a_second_person():
    policy = make.policy(ClaimRule.PUBLISHER)
    decision = published.decision()

    report = reporting.publish_alone(decision, by=decision.decided_by, language="en", waiver="It was midnight.")

    shown = BeautifulSoup(page.render(report), "lxml").get_text(" ", strip=True)
    assert f"By version {policy.version} of its policy" in shown
    assert "It was midnight." in shown


def test_a_report_from_before_says_no_more_than_it_knows():
    report = published.report()
    content = json.loads(report.content)
    del content["four_eyes"]
    old = Report(number=report.number, language="en", content=json.dumps(content), decision=report.decision)

    with translation.override("en"):
        shown = page.shown(json.loads(old.content), "0" * 64)

    assert shown["how_decided"].endswith("Then an editor gave the verdict.")
    assert "neither logged nor reviewed" in page.shown(json.loads(report.content), "0" * 64)["how_decided"]
    assert csv.render(report).splitlines()[0] == csv.render(old).splitlines()[0]


def test_a_report_by_an_editor_who_once_reviewed_the_claim_does_not_say_they_never_did():
    decision = published.decision()
    make.review(decision.claim, reviewer=decision.decided_by, round=decision.round + 1)
    report = reporting.freeze(decision, by=make.editor(), language="en")

    said = page.shown(json.loads(report.content), "0" * 64)["how_decided"]

    assert "neither logged nor reviewed" not in said
    assert "nor reviewed it in the last round" in said
