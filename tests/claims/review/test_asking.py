import json
from datetime import timedelta

import pytest
from django.db import IntegrityError, ProgrammingError, transaction

from claims.models import Claim, CommentRequest, Question
from claims.models.vocabulary import Status
from claims.publishing import reporting
from claims.review import asking
from tests import make
from tests.refusing import refused
from workbench.desk import audit
from workbench.desk.models import LogEntry
from workbench.desk.roles import NotPermitted

pytestmark = pytest.mark.django_db

SENT = {"to_whom": " The road authority ", "channel": "telephone", "question": "Who closed it?", "sent_at": make.MONDAY}
LATER = make.MONDAY + timedelta(days=1)


def noted(claim):
    entries = LogEntry.objects.filter(chain=audit.name_of(claim)).order_by("seq")
    return [(entry.verb, json.loads(entry.facts)) for entry in entries]


def test_a_question_is_asked_and_answered_by_more_than_one():
    claim, remi, rana = make.claim(), make.reporter(), make.reviewer()

    question = asking.ask(claim, by=remi, text=" Who closed the bridge? ")
    for person, text in ((remi, "The road authority."), (rana, "The army, says a witness.")):
        asking.answer(question, by=person, text=text)

    assert (question.text, question.asked_by) == ("Who closed the bridge?", remi)
    assert [given.answered_by for given in question.answers.all()] == [remi, rana]
    assert [verb for verb, _facts in noted(claim)] == ["asked a question", *["answered a question"] * 2]


def test_a_request_for_comment_is_noted_with_its_answer():
    claim, remi = make.claim(), make.reporter()

    request = asking.request_comment(claim, by=remi, **SENT)
    asking.note_comment(request, by=remi, text="We did not.", answered_at=LATER)

    kept = CommentRequest.objects.get()
    assert (kept.to_whom, kept.sent_by, kept.answer, kept.answered_at) == (
        *("The road authority", remi, "We did not.", LATER),
    )
    assert noted(claim)[1] == (
        "noted a comment",
        {"request": kept.pk, "text": "We did not.", "answered_at": "2024-12-03"},
    )


def test_a_form_sent_twice_asks_once():
    claim, remi = make.claim(), make.reporter()

    for _each in range(2):
        question = asking.ask(claim, by=remi, text="Who?")
        asking.answer(question, by=remi, text="They.")
        asking.request_comment(claim, by=remi, **SENT)

    assert (claim.questions.count(), question.answers.count(), claim.comment_requests.count()) == (1, 1, 1)
    assert len(noted(claim)) == 3


def test_the_same_words_with_other_evidence_are_another_answer():
    question, remi = make.question(), make.reporter()
    one, two = (make.confirmed_evidence(question.claim) for _each in range(2))

    sent = [[], [one], [one, two], [two, one], [one], []]
    given = [asking.answer(question, by=remi, text="They.", evidence=evidence) for evidence in sent]

    first, second, third = question.answers.all()
    assert given == [first, second, third, third, second, first]
    assert [set(answer.evidence.all()) for answer in (first, second, third)] == [set(), {one}, {one, two}]
    assert [facts["evidence"] for _verb, facts in noted(question.claim)] == [[], [one.pk], [one.pk, two.pk]]


def test_an_answer_is_noted_once_and_not_before_the_question():
    request, remi = make.comment_request(), make.reporter()

    with refused("before_request", "answered_at"):
        asking.note_comment(request, by=remi, text="No.", answered_at=make.MONDAY - timedelta(days=1))
    asking.note_comment(request, by=remi, text="No.", answered_at=LATER)
    with refused("already_answered"):
        asking.note_comment(request, by=remi, text="Yes.", answered_at=LATER)


@pytest.mark.parametrize("status", [Status.DECIDED, Status.WITHDRAWN])
def test_of_a_closed_claim_nothing_is_asked_and_a_late_answer_is_noted(status):
    remi, question, request = make.reporter(), make.question(), make.comment_request()
    Claim.objects.update(status=Status.IN_REVIEW)
    Claim.objects.update(status=status)

    acts = [
        lambda: asking.ask(question.claim, by=remi, text="Who?"),
        lambda: asking.answer(question, by=remi, text="They."),
        lambda: asking.request_comment(question.claim, by=remi, **SENT),
    ]
    for act in acts:
        with refused("closed"):
            act()
    assert asking.note_comment(request, by=remi, text="No.", answered_at=LATER).answer == "No."


def test_nothing_written_is_nothing_asked():
    with refused("empty", "text"):
        asking.ask(make.claim(), by=make.reporter(), text=" ")

    assert not Question.objects.exists()


@pytest.mark.parametrize("person", [make.viewer, make.admin])
def test_who_logs_no_claims_asks_nobody(person):
    with pytest.raises(NotPermitted):
        asking.ask(make.claim(), by=person(), text="Who?")
    with pytest.raises(NotPermitted):
        asking.note_comment(make.comment_request(), by=person(), text="No.", answered_at=LATER)


@pytest.mark.parametrize("change", [{"question": "Other?"}, {"to_whom": "Others"}, {"answer": "Yes."}])
def test_the_database_keeps_what_was_asked_and_what_was_answered(change):
    request = make.comment_request(answer="No.", answered_at=LATER)

    with pytest.raises(ProgrammingError, match="Cannot update"), transaction.atomic():
        CommentRequest.objects.filter(pk=request.pk).update(**change)


@pytest.mark.parametrize("half", [{"answer": "No."}, {"answered_at": LATER}], ids=["no date", "no words"])
def test_an_answer_has_words_and_a_date(half):
    with pytest.raises(IntegrityError), transaction.atomic():
        make.comment_request(**half)


def test_the_report_tells_who_was_asked_and_what_they_said():
    claim = make.claim(status=Status.DECIDED)
    make.comment_request(claim, answer="We did not close it.", answered_at=LATER)

    report = reporting.freeze(make.decision(claim), by=make.editor(), language="en")

    [told] = json.loads(report.content)["comment_requests"]
    assert (told["answer"]["text"], told["answered_at"]) == ("We did not close it.", "2024-12-03T09:30:00Z")
