"""The gate says of each rule whether it is met, and lets nothing through that blocks."""

import json

import pytest
from django.utils import translation

from claims.models import Evidence, Report
from claims.models.vocabulary import MethodRule, Rating, Stance
from claims.publishing import gate, reporting, waivers, waiving
from claims.publishing.exports.page import page
from claims.publishing.gate import GateState
from tests import make, published
from tests.refusing import refused

pytestmark = pytest.mark.django_db


def states(checks):
    return {check.rule: check.state for check in checks}


def differing():
    """A verdict whose reviewers came to different findings."""
    decision = published.decision()
    make.review(decision.claim, rating=Rating.SUPPORTED)
    return decision


def test_each_rule_of_the_method_says_whether_it_is_met():
    decision = published.decision()

    found = states(gate.of(decision, make.editor()))

    assert set(found) == set(MethodRule)
    assert {rule for rule, state in found.items() if state == GateState.WARNS} == {
        MethodRule.UNJUDGED,
        MethodRule.SEARCHED,
    }
    assert GateState.BLOCKS not in found.values()


def test_reviewers_who_differ_block_publication_until_somebody_says_what_was_done():
    decision, editor = differing(), make.editor()
    with refused("gate"):
        reporting.freeze(decision, by=editor, language="en")

    waiving.waive(decision, by=editor, rule=MethodRule.DIFFER, reason="They had seen two versions of the page.")
    report = reporting.freeze(decision, by=editor, language="en")

    (rule,) = json.loads(report.content)["gate"]
    assert (rule["rule"], rule["reason"]["text"]) == ("differ", "They had seen two versions of the page.")
    assert rule["waived_by"] == str(editor)
    assert states(gate.of(decision, editor))[MethodRule.DIFFER] == GateState.MET
    assert not waivers.aside_in_one_line(json.loads(report.content))


def test_a_report_does_not_say_that_a_rule_was_set_aside_which_the_editor_met():
    decision, editor = differing(), make.editor()
    waiving.waive(decision, by=editor, rule=MethodRule.DIFFER, reason="They had seen two versions of the page.")
    met = page.render(reporting.draft(decision, by=editor, language="en"), preview_of="/", pictures={})
    waiving.waive(decision, by=editor, rule=MethodRule.UNJUDGED, reason="The rest repeats the agency.")
    aside = page.render(reporting.draft(decision, by=editor, language="en"), preview_of="/", pictures={})

    assert ["set aside" in text for text in (met, aside)] == [False, True]
    assert all("two versions of the page" in text for text in (met, aside))


def test_a_verdict_that_cites_nothing_beside_evidence_against_the_claim_says_why():
    claim = make.claim_in_review()
    make.confirmed_evidence(claim, stance=Stance.REFUTES)
    decision = make.decision(claim, rating=Rating.UNSUPPORTED, cited=())

    assert states(gate.of(decision, make.editor()))[MethodRule.BESIDE] == GateState.BLOCKS


def test_what_only_warns_blocks_nothing():
    decision = published.decision()
    Evidence.objects.suggested().filter(claim=decision.claim).first()

    reporting.freeze(decision, by=make.editor(), language="en")

    assert Report.objects.count() == 1


def test_before_the_verdict_no_hidden_review_is_told():
    claim = make.claim_in_review()
    make.review(claim, rating=Rating.SUPPORTED)
    blind, editor = make.reviewer(), make.editor()

    of_blind, of_editor = (
        {check.rule: check for check in gate.before_verdict(claim, person)}[MethodRule.DIFFER]
        for person in (blind, editor)
    )

    assert of_blind.state == GateState.MET
    assert of_editor.state == GateState.BLOCKS


def test_a_draft_shows_what_would_be_published_and_leaves_nothing():
    decision = differing()

    report = reporting.draft(decision, by=make.editor(), language="fr")

    assert json.loads(report.content)["report"]["language"] == "fr"
    assert not Report.objects.exists()


@pytest.mark.parametrize(("language", "must"), [("en", {"must"}), ("fr", {"doit", "doivent"})])
@pytest.mark.parametrize("rule", MethodRule)
def test_a_rule_says_what_must_be_so(language, must, rule):
    with translation.override(language):
        assert must & set(str(rule.label).split())


@pytest.mark.parametrize(
    ("language", "cites", "weighed", "told"),
    [
        ("en", True, True, "The verdict cites evidence."),
        ("en", False, False, "No passage for or against the claim was confirmed."),
        ("fr", True, True, "Le verdict cite des preuves."),
        ("fr", False, False, "Aucun passage pour ou contre l’affirmation n’a été confirmé."),
        (
            "fr",
            False,
            True,
            "Le verdict ne cite rien, alors que 1 passage pour ou contre l’affirmation a été confirmé.",
        ),
    ],
)
def test_what_meets_the_rule_on_evidence_that_is_not_cited_is_told_as_it_is(language, cites, weighed, told):
    claim = make.claim(status="decided")
    evidence = make.confirmed_evidence(claim, stance=Stance.REFUTES if weighed else Stance.DISCUSSES)
    decision = make.decision(claim, cited=[evidence] if cites else [])

    with translation.override(language):
        [found] = [each for each in gate.of(decision, make.editor()) if each.rule == MethodRule.BESIDE]

    assert found.told.rstrip(".") == told.rstrip(".")
