import json

import pytest

from claims import log_check
from claims.models import CopyEdit
from claims.models.vocabulary import ClaimVerb, CorrectionKind, Status
from claims.publishing import copy_editing, reporting
from claims.publishing.exports.claimreview import claimreview
from claims.publishing.exports.page import page
from claims.publishing.exports.pdf import pdf
from tests import make, published
from tests.refusing import refused
from workbench.desk import audit
from workbench.desk.models import LogEntry
from workbench.desk.roles import NotPermitted

pytestmark = pytest.mark.django_db

WRONG = "The raod authority closed the bridge at Arvel for repairs on 3 May."
RIGHT = WRONG.replace("raod", "road")


@pytest.fixture
def edith():
    return make.editor(first_name="Edith")


@pytest.fixture
def report(edith):
    claim = make.claim(status=Status.DECIDED, short_text="Brigde closed by terrorists", logged_by=edith)
    audit.record(edith, ClaimVerb.LOGGED, claim)
    decision = make.decision(claim, summary=WRONG)
    audit.record(decision.decided_by, ClaimVerb.DECIDED, claim)
    return reporting.freeze(decision, by=edith, language="en")


def propose(report, by, part="summary", after=RIGHT):
    return copy_editing.propose(report, by=by, part=part, after=after, reason="A typing error.")


def test_after_a_second_person_agrees_a_new_version_is_published_and_the_old_one_stays(report, edith):
    edit = propose(report, edith)
    before = (report.content, pdf.render(report), claimreview.render(report))

    new = copy_editing.agree(edit, by=make.reviewer(first_name="Rana")).made

    report.refresh_from_db()
    old = json.loads(claimreview.render(report))
    assert (report.content, pdf.render(report), old["reviewBody"]) == (*before[:2], WRONG)
    assert json.loads(claimreview.render(new))["reviewBody"] == RIGHT
    assert (new.number, new.decision, "raod" in new.content) == (report.number + 1, report.decision, False)
    assert pdf.render(new) != before[1]


def test_nothing_else_in_the_report_changes_and_no_round_begins(report, edith):
    new = copy_editing.agree(propose(report, edith), by=make.reviewer()).made

    first, second = json.loads(report.content), json.loads(new.content)
    for each in (first, second):
        del each["report"], each["log"], each["checkpoint"], each["verdict"]["summary"]
    assert {name for name in second if second[name] != first.get(name)} == {"copy_edits"}
    claim = report.decision.claim
    claim.refresh_from_db()
    assert (claim.status, claim.round) == (Status.DECIDED, report.decision.round)


def test_the_short_version_of_the_claim_is_edited_too(report, edith):
    edit = propose(report, edith, "short_text", "Bridge closed by terrorists")

    new = copy_editing.agree(edit, by=make.reviewer()).made

    claim = report.decision.claim
    claim.refresh_from_db()
    assert claim.short_text == "Bridge closed by terrorists"
    assert json.loads(claimreview.render(new))["claimReviewed"] == "Bridge closed by terrorists"


def test_both_acts_are_in_the_log_and_the_log_matches_the_reports(report, edith):
    copy_editing.agree(propose(report, edith), by=make.reviewer())

    verbs = list(LogEntry.objects.order_by("pk").values_list("verb", flat=True))
    assert verbs[-3:] == ["proposed a copy-edit", "agreed to a copy-edit", "froze a report"]
    assert log_check.faults(report.decision.claim) == []


def test_nobody_agrees_to_their_own_proposal(report, edith):
    edit = propose(report, edith)

    with refused("own_edit"):
        copy_editing.agree(edit, by=edith)
    with pytest.raises(NotPermitted):
        copy_editing.agree(edit, by=make.reporter())
    with pytest.raises(NotPermitted):
        propose(report, make.reviewer())


def test_a_proposal_is_settled_once(report, edith):
    edit = propose(report, edith)
    copy_editing.decline(edit, by=make.reviewer())

    with refused("settled"):
        copy_editing.agree(edit, by=make.reviewer())
    assert CopyEdit.objects.get().made is None


@pytest.mark.parametrize(
    ("after", "code"),
    [
        (" ", "empty"),
        (WRONG, "unchanged"),
        (RIGHT.replace("3 May", "4 May"), "numbers"),
        ("Nobody closed anything on 3 May, and this is another finding altogether.", "too_much"),
        ("x" * 30_000, "too_long"),
        (RIGHT + "\0", "null_character"),
    ],
)
def test_what_is_no_typing_error_is_refused(report, edith, after, code):
    with refused(code, "after"):
        propose(report, edith, after=after)


def test_an_edited_report_is_edited_no_more_and_a_proposal_waits_alone(report, edith):
    edit = propose(report, edith)
    assert propose(report, edith) == edit
    with refused("pending"):
        propose(report, edith, after=RIGHT.replace("for repairs", "for repair"))

    copy_editing.agree(edit, by=make.reviewer())
    with refused("edited_already"):
        propose(report, edith, after=RIGHT.replace("for repairs", "for repair"))


def test_after_a_retraction_the_new_report_does_not_print_the_old_error(report, edith):
    published.correct(report, by=edith, kind=CorrectionKind.RETRACTION, text="Typing errors.")
    edit = copy_editing.agree(propose(report, edith), by=make.reviewer())

    new = reporting.freeze(report.decision, by=edith, language="en")

    shown = page.render(new)
    assert edit.made is None
    assert [RIGHT in shown, "raod" in shown, "raod" in new.content] == [True, False, False]
    assert json.loads(claimreview.render(new))["reviewBody"] == RIGHT


def test_both_pages_tell_of_the_edit(report, edith):
    new = copy_editing.agree(propose(report, edith), by=make.reviewer(first_name="Rana")).made

    old_page, new_page = page.render(report), page.render(new)
    assert f"Report {new.number} has the corrected words" in " ".join(old_page.split())
    told = " ".join(new_page.split())
    assert [each for each in ("Edith", "Rana", f"from report {report.number}") if each not in told] == []


def test_two_copy_edits_that_waited_together_are_both_in_the_last_version(report, edith):
    words = propose(report, edith)
    short = propose(report, edith, "short_text", "Bridge closed by terrorists")

    middle = copy_editing.agree(words, by=make.reviewer()).made
    last = copy_editing.agree(short, by=make.reviewer()).made

    review = json.loads(claimreview.render(last))
    assert (review["reviewBody"], review["claimReviewed"]) == (RIGHT, "Bridge closed by terrorists")
    assert [note["of"] for note in json.loads(last.content)["copy_edits"]] == [report.number, middle.number]
    with refused("edited_already"):
        propose(middle, edith, after=RIGHT.replace("for repairs", "for repair"))
    assert {copy_editing.newest_version(version) for version in (report, middle, last)} == {last}


def test_a_copy_edit_of_words_that_have_changed_meanwhile_is_not_agreed_to(report, edith):
    waiting = propose(report, edith, "short_text", "Bridge closed by terrorists")
    new = copy_editing.agree(propose(report, edith), by=make.reviewer()).made
    copy_editing.agree(propose(new, edith, "short_text", "Brigde closed by a terrorist"), by=make.reviewer())

    with refused("overtaken"):
        copy_editing.agree(waiting, by=make.reviewer())
    assert copy_editing.decline(waiting, by=make.reviewer()).made is None


def test_the_report_of_an_old_verdict_is_edited_no_more(report, edith):
    waiting = propose(report, edith)
    claim = report.decision.claim
    claim.round += 1
    claim.save(update_fields=["round"])
    newer = reporting.freeze(make.decision(claim, summary="It was closed for repairs."), by=edith, language="en")

    with refused("newer_verdict"):
        copy_editing.agree(waiting, by=make.reviewer())
    with refused("newer_verdict"):
        propose(report, edith, "short_text", "Bridge closed by terrorists")
    assert report.newer() == newer


def test_only_the_last_version_is_offered_as_a_translation(report, edith):
    french = reporting.freeze(report.decision, by=edith, language="fr")
    edits = [propose(report, edith), propose(report, edith, "short_text", "Bridge closed by terrorists")]

    made = [copy_editing.agree(edit, by=make.reviewer()).made for edit in edits]

    assert list(french.translations()) == made[-1:]


@pytest.mark.parametrize(
    ("before", "after", "code"),
    [
        ("The minister said today that it was not true.", "The minister said today that it was true.", "too_much"),
        ("Le ministre n’a pas fermé le pont d’Arvel lundi.", "Le ministre a fermé le pont d’Arvel lundi.", "too_much"),
        ("El ministro no cerró el puente el lunes.", "El ministro cerró el puente el lunes.", "too_much"),
        ("Der Minister hat die Brücke nicht geschlossen.", "Der Minister hat die Brücke geschlossen.", "too_much"),
        ("Министр не закрыл мост в понедельник утром.", "Министр закрыл мост в понедельник утром.", "too_much"),
        ("השר לא סגר את הגשר ביום שני בבוקר.", "השר סגר את הגשר ביום שני בבוקר.", "too_much"),
        ("Bakan pazartesi günü köprüyü kapatmadı.", "Bakan pazartesi günü köprüyü kapattı.", "too_much"),
        ("Officials said twelve people were hurt.", "Officials said twenty people were hurt.", "numbers"),
        ("El ministro dice que hubo dos muertos.", "El ministro dice que hubo tres muertos.", "too_much"),
    ],
)
def test_a_negation_or_a_number_in_words_is_no_typing_error(report, edith, before, after, code):
    summarized = make.decision(make.claim(status=Status.DECIDED), summary=before)
    published = reporting.freeze(summarized, by=edith, language="en")

    with refused(code, "after"):
        propose(published, edith, after=after)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("El ministro no cerro el el puente de Arvel el lunes.", "El ministro no cerró el puente de Arvel el lunes."),
        ("Der Minister hat die Bürcke nichtgeschlossen.", "Der Minister hat die Brücke nicht geschlossen."),
        ("The minister did not colse bridge at Arvel.", "The minister did not close the bridge at Arvel."),
    ],
)
def test_a_typing_error_is_mended_in_languages_with_and_without_tables(report, edith, before, after):
    summarized = make.decision(make.claim(status=Status.DECIDED), summary=before)
    published = reporting.freeze(summarized, by=edith, language="en")

    assert propose(published, edith, after=after).waits
