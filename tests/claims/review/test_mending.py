import pytest
from django.db import ProgrammingError, transaction

from claims.evidence import weighing
from claims.intake import recording
from claims.models import Claim
from claims.models.vocabulary import ClaimRelation, Stance, Status, WordingKind
from claims.review import asking, link_asking, mending, reviewing
from claims.review.mending import ClaimWords
from tests import make
from tests.refusing import refused
from workbench.desk.models import LogEntry
from workbench.desk.roles import NotPermitted

pytestmark = pytest.mark.django_db

WRONG, RIGHT = "The brigde at Arvel was closed.", "The bridge at Arvel was closed."


@pytest.fixture
def remi():
    return make.reporter()


@pytest.fixture
def claim(remi):
    return make.claim(WRONG, logged_by=remi)


def correct(claim, by, text=RIGHT, **words):
    return mending.correct_claim(claim, ClaimWords(text, "en", **words), by=by, reason="A typing error.")


def test_a_claim_is_corrected_by_who_logged_it_and_the_old_words_are_kept(claim, remi):
    correct(claim, remi, place="Arvel")

    claim.refresh_from_db()
    version = claim.versions.get()
    assert (claim.text, claim.place) == (RIGHT, "Arvel")
    assert (version.text, version.reason, version.changed_by) == (WRONG, "A typing error.", remi)
    assert LogEntry.objects.filter(verb="corrected a claim", facts__contains=WRONG).exists()
    assert list(Claim.objects.search("bridge Arvel")) == [claim]


def test_workers_look_at_it_again_and_suggested_figures_of_the_old_words_go(remi):
    claim = make.claim("Twelve people were hrut.", logged_by=remi, due_at=None)
    make.claim_figure(claim)

    correct(claim, remi, "Twelve people were hurt.")

    claim.refresh_from_db()
    assert (claim.figures.count(), claim.due_at is not None) == (0, True)


BUILDING = [
    lambda claim, by: recording.add_wording(
        claim, by=by, text="Le pont est fermé.", language="fr", kind=WordingKind.TRANSLATION
    ),
    lambda claim, by: recording.link_claims(claim, by=by, other=make.claim(), relation=ClaimRelation.VARIANT),
    lambda claim, by: recording.link_claims(make.claim(), by=by, other=claim, relation=ClaimRelation.VARIANT),
    lambda claim, by: asking.ask(claim, by=by, text="Who closed it?"),
    lambda claim, by: weighing.confirm(make.evidence(claim), by=by, stance=Stance.SUPPORTS),
    lambda claim, by: weighing.reject(make.evidence(claim), by=by),
]


ANSWERED = [lambda claim, _by: link_asking.answer(make.personal_link(claim), "No.", document=make.document())]


@pytest.mark.parametrize("build", BUILDING + ANSWERED)
def test_what_others_have_built_on_stays(claim, remi, build):
    build(claim, make.editor())

    with refused("built_on"):
        correct(claim, remi)


def test_a_claim_is_taken_back_until_the_first_review_whatever_others_did(remi):
    claim = make.claim_in_review(reviews=0, logged_by=remi)
    weighing.confirm(make.evidence(claim), by=make.editor(), stance=Stance.SUPPORTS)
    reviewed = make.claim_in_review(reviews=1, logged_by=remi)

    reviewing.take_back_claim(claim, by=remi, reason="Mine.")

    claim.refresh_from_db()
    assert claim.status == Status.WITHDRAWN
    with refused("review_submitted"):
        reviewing.take_back_claim(reviewed, by=remi, reason="Mine.")


@pytest.mark.parametrize("build", BUILDING)
def test_ones_own_work_on_a_claim_does_not_stand_in_the_way(claim, remi, build):
    build(claim, remi)

    assert correct(claim, remi).text == RIGHT


def test_a_claim_is_taken_back_by_who_logged_it(claim, remi):
    reviewing.take_back_claim(claim, by=remi, reason="Logged twice.")

    claim.refresh_from_db()
    assert claim.status == Status.WITHDRAWN
    assert LogEntry.objects.get(verb="took back a claim").actor == remi


def test_others_neither_correct_nor_take_back_a_claim(claim):
    for person in (make.reporter(), make.editor()):
        with refused("not_yours"):
            correct(claim, person)
        with refused("not_yours"):
            reviewing.take_back_claim(claim, by=person, reason="So.")
    with pytest.raises(NotPermitted):
        correct(claim, make.viewer())


@pytest.mark.parametrize("status", [Status.IN_REVIEW, Status.DECIDED, Status.WITHDRAWN])
def test_only_an_open_claim_is_corrected(remi, status):
    with refused("not_open"):
        correct(make.claim(WRONG, logged_by=remi, status=status), remi)


@pytest.mark.parametrize(
    ("text", "code"), [(" ", "empty"), ("x" * 3000, "too_long"), ("a\0b", "null_character"), (WRONG, "unchanged")]
)
def test_words_that_make_no_claim_are_refused(claim, remi, text, code):
    with refused(code):
        correct(claim, remi, text)
    assert not claim.versions.exists()


def test_a_figure_that_was_settled_keeps_its_place(remi):
    claim = make.claim("Twelve people were hrut.", logged_by=remi)
    weighing.settle(make.claim_figure(claim), by=remi, standing="confirmed", claim=claim)

    with refused("figures_settled", "text"):
        correct(claim, remi, "About twelve people were hurt.")
    assert correct(claim, remi, "Twelve people were hurt.").text == "Twelve people were hurt."


def test_the_database_lets_no_words_change_without_their_version(claim):
    with pytest.raises(ProgrammingError), transaction.atomic():
        Claim.objects.filter(pk=claim.pk).update(text=RIGHT)
