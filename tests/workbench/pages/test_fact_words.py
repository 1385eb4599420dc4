"""Pages show each fact of the log in the reader’s language: the label of a code, the name of a row for its key."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from claims.models.vocabulary import ClaimVerb
from sources.models.vocabulary import SourceVerb
from tests import facts_of_log, make, restricted
from workbench.desk import audit, declarations, hidden_rows
from workbench.desk.fact_forms import Codes, Keys, LogFact
from workbench.desk.vocabulary import DeskVerb
from workbench.pages.fact_words import told_of

pytestmark = pytest.mark.django_db


def told(verb, subject=None, /, **facts):
    """Return an entry’s subject and facts as a French page shows them."""
    entry = audit.record(None, verb, subject or make.claim(), **facts)
    with translation.override("fr"):
        rows, [said] = told_of([entry])
        return rows.called(entry.subject), said


@pytest.mark.parametrize(
    ("verb", "facts", "said"),
    [
        (ClaimVerb.SEARCHED, {"engines": ["gathered", "gdelt"]}, {"engines": "Notre propre collection; GDELT DOC"}),
        (ClaimVerb.SEARCHED, {"since": "2026-11-27"}, {"since": "27 novembre 2026"}),
        (SourceVerb.SAW_CHANGE, {"flags": ["headline", "number"]}, {"flags": "titre; nombre"}),
        (
            ClaimVerb.MOVED,
            {"before": "open", "after": "in_review"},
            {"before": "Ouverte", "after": "En cours d’examen"},
        ),
        (ClaimVerb.SET_CLAIMANT, {"before": "open", "now": "Ufuk Manşet"}, {"before": "open", "now": "Ufuk Manşet"}),
        (ClaimVerb.PLANNED, {"priority": "high", "due_on": None}, {"priority": "Haute", "due_on": "–"}),
        (ClaimVerb.LOGGED, {"text": "جسر أرفيل", "language": "ar"}, {"text": "جسر أرفيل", "language": "Arabe"}),
        (ClaimVerb.INVITED_REVIEWER, {"handed_over": True}, {"handed_over": "oui"}),
        (SourceVerb.SET_DATE, {"date": "2026-11", "before": "2026"}, {"date": "novembre 2026", "before": "2026"}),
        (SourceVerb.SET_DATE, {"date": "2026-11-27 23:08 UTC"}, {"date": "27 novembre 2026 à 23:08"}),
        (DeskVerb.CHANGED_PERSON, {"role": {"before": "viewer", "after": "editor"}}, None),
        (ClaimVerb.CORRECTED_CLAIM, {"changes": {"language": ["tr", "ar"], "type": ["event", "quote"]}}, None),
    ],
)
def test_a_fact_is_told_in_the_language_of_its_reader(verb, facts, said):
    _subject, shown = told(verb, **facts)

    if said is None:
        raw = {word for held in facts.values() for sides in _sides(held) for word in sides}
        assert not {word for word in raw if word in " ".join(shown.values()).split()}
    else:
        assert shown == said


def _sides(held):
    return [side if isinstance(side, list) else [side] for side in held.values()]


def test_rows_are_told_by_their_names_and_not_by_their_keys():
    for _other in range(3):  # keys and numbers differ from now on
        make.report()
    report, person = make.report(number=77), make.editor(first_name="Şirin", last_name="Çelik")
    passage = make.passage("Elle répondait à la télévision.")
    claim = make.claim()
    evidence = make.evidence(claim, passage)

    assert told(ClaimVerb.CORRECTED_REPORT, report)[0] == "Rapport 77"
    assert told(ClaimVerb.NAMED_READER, claim, person=audit.name_of(person))[1] == {"person": "Şirin Çelik"}
    assert told(ClaimVerb.PUT_OFF, claim, evidence=evidence.pk)[1] == {"evidence": "Elle répondait à la télévision."}
    assert told(ClaimVerb.PUT_OFF, claim, evidence=[evidence.pk])[1] == {"evidence": "Elle répondait à la télévision."}
    watched = told(SourceVerb.STARTED_WATCHING, claim, passage=audit.name_of(passage))[1]
    assert watched == {"passage": "Elle répondait à la télévision."}
    assert told(SourceVerb.ADDED_SOURCE, make.source("Vadi Sabahı"))[0] == "source «\u00a0Vadi Sabahı\u00a0»"
    assert told(ClaimVerb.MOVED, claim)[0] == f"affirmation {claim.pk}"


def test_a_review_is_told_by_its_reviewer_and_never_by_its_rating():
    review = make.review(reviewer=make.reviewer(first_name="Ufuk"), rating="refuted")

    assert told(ClaimVerb.REVIEWED, review.claim, review=review.pk)[1] == {"review": "Ufuk"}


def test_a_row_that_is_not_there_is_told_by_its_number():
    assert told(ClaimVerb.PUT_OFF, evidence=98765)[1] == {"evidence": "n° 98765"}
    assert told(ClaimVerb.PUT_IN_CASE, case="deskcase 98765")[1] == {"case": "n° 98765"}


def test_a_row_that_the_reader_must_not_see_is_not_named():
    named = make.editor()
    claim = restricted.restricted_claim("Only named people read this.", by=named)
    entry = audit.record(None, ClaimVerb.LINKED_CLAIMS, make.claim(), other=audit.name_of(claim))
    evidence = make.evidence(claim, make.passage("Hidden words."))
    entry_of = audit.record(None, ClaimVerb.PUT_OFF, make.claim(), evidence=evidence.pk)

    stranger = make.editor()

    with hidden_rows.read_by(lambda: stranger.pk):
        _rows, said = told_of([entry, entry_of])

    assert "Only named people" not in str(said)
    assert "Hidden words" not in str(said)


def test_many_entries_cost_as_many_queries_as_one():
    claim = make.claim()
    entries = [
        audit.record(None, ClaimVerb.PUT_OFF, claim, evidence=make.evidence(claim).pk, person=audit.name_of(person))
        for person in (make.editor() for _each in range(9))
    ]

    with CaptureQueriesContext(connection) as of_one:
        told_of(entries[:1])
    with CaptureQueriesContext(connection) as of_all:
        told_of(entries)

    assert len(of_all) == len(of_one)


@pytest.mark.parametrize("name", declarations.log_facts())
def test_each_fact_and_each_code_of_it_is_told_in_french(name):
    fact: LogFact = declarations.log_facts()[name]
    forms = [fact.form, *fact.under.values()]

    for form in forms:
        if isinstance(form, Keys):
            assert not form.kind or form.kind in declarations.log_rows() or form.kind == "claim"
        if isinstance(form, Codes):
            with translation.override("en"):
                english = {code: str(label) for code, label in form.labels().items()}
            with translation.override("fr"):
                assert {code: str(label) for code, label in form.labels().items()} != english or _names(english)


def _names(labels):
    """Whether labels are the names of programs, or words that both languages share."""
    return set(labels.values()) <= {"Wayback Machine", "Slack", "Mattermost"}


@pytest.mark.parametrize(
    ("verb", "kind", "name", "value"),
    [
        (ClaimVerb.MOVED, "claim", "nobody_named_this", "x"),
        (ClaimVerb.MOVED, "claim", "before", "a code of tomorrow"),
        (ClaimVerb.PUT_OFF, "claim", "evidence", "not a key"),
        (ClaimVerb.LOGGED, "claim", "text", "evidence 5"),
        (ClaimVerb.LOGGED, "claim", "text", 5),
        (ClaimVerb.SEARCHED, "claim", "since", "next week"),
        (ClaimVerb.CORRECTED_CLAIM, "claim", "changes", {"no_column": ["a", "b"]}),
        (SourceVerb.SET_SITE_RULE, "hostpolicy", "now", {"unheard": 1}),
    ],
)
def test_a_fact_that_nobody_can_tell_is_refused_while_tests_run(verb, kind, name, value):
    assert not facts_of_log.is_told(verb, kind, name, value)


def test_tests_refuse_a_fact_that_nobody_declares():
    with pytest.raises(AssertionError, match="declare in LOG_FACTS"):
        audit.record(None, ClaimVerb.MOVED, make.claim(), forgotten="x")


@pytest.mark.parametrize("owner", ["France 24", "TRT 1", "القناة 24", "Channel 4"])
def test_the_name_of_an_owner_that_ends_in_a_number_is_a_name(owner):
    _subject, facts = told(SourceVerb.CHANGED_SOURCE, make.source(), before={"owner": owner})

    assert facts["before"].endswith(owner)


def test_the_log_loads_no_content_of_a_report_to_name_it():
    report = make.report()
    entry = audit.record(None, ClaimVerb.PUBLISHED_REPORT, report, chain=audit.name_of(report.decision.claim))

    with CaptureQueriesContext(connection) as asked:
        told_of([entry])
        rows, _facts = told_of([entry])
        rows.called(entry.subject)

    assert not [query["sql"] for query in asked if '"content"' in query["sql"]]
