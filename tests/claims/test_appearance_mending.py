from dataclasses import replace

import pytest

from claims import appearance_mending
from claims.evidence import weighing
from claims.intake import recording
from claims.intake.recording import Link, Proposition, Sighting
from claims.models.vocabulary import AssertionStatus, Directness, Modality, Stance
from sources.models.vocabulary import SourceKind
from tests import make
from tests.refusing import refused
from workbench.desk.models import LogEntry

pytestmark = pytest.mark.django_db

CHAIN = (Link("Ufuk", SourceKind.OUTLET, Modality.REPORTS, Directness.INDIRECT),)
SEEN = Sighting(quote="The brigde is closed.", url="https://ufuk.example/1", chain=CHAIN)


@pytest.fixture
def remi():
    return make.reporter()


@pytest.fixture
def appearance(remi):
    claim = recording.log_claim(Proposition("The bridge is closed.", "en"), SEEN, by=remi)
    return claim.appearances.get()


def correct(appearance, by, **changes):
    return appearance_mending.correct(appearance, replace(SEEN, **changes), by=by, reason="A typing error.")


def test_quote_and_chain_are_corrected_and_the_old_ones_stay(appearance, remi):
    chain = (replace(CHAIN[0], modality=Modality.ALLEGES),)

    new = correct(appearance, remi, quote="The bridge is closed.", chain=chain)

    appearance.refresh_from_db()
    assert (new.replaces, new.quote, new.first_known) == (appearance, "The bridge is closed.", True)
    assert (new.document, new.attributions.get().modality) == (appearance.document, Modality.ALLEGES)
    assert (appearance.standing, appearance.quote) == (AssertionStatus.REJECTED, SEEN.quote)
    assert LogEntry.objects.filter(verb="corrected an appearance").count() == 1


def test_what_is_not_changed_is_not_corrected(appearance, remi):
    with refused("unchanged"):
        correct(appearance, remi)


def test_others_do_not_correct_it_and_nobody_once_somebody_worked_on_the_claim(appearance, remi):
    with refused("not_yours"):
        correct(appearance, make.reporter(), quote="Another.")
    weighing.add_evidence(appearance.claim, make.passage(), by=make.reporter(), stance=Stance.SUPPORTS)

    with refused("built_on"):
        correct(appearance, remi, quote="Another.")


def test_a_text_that_was_brought_stays_where_its_address_is_corrected(remi):
    text = make.reading(
        "The bridge is closed.", capture_=make.capture(document_=make.document(url="ni:///a;b", host=""))
    )
    seen = Sighting(quote="The bridge is closed.", url="https://ufuk.example/1", document=text.capture.document)
    claim = recording.log_claim(Proposition("The bridge is closed.", "en"), seen, by=remi)

    new = correct(claim.appearances.get(), remi, quote=seen.quote, url="https://ufuk.example/2", chain=())

    assert (new.document, new.url) == (text.capture.document, "https://ufuk.example/2")


def test_a_quote_is_still_held_against_the_text(remi):
    reading = make.reading("The bridge is closed.")
    seen = Sighting(quote="The bridge is closed.", document=reading.capture.document)
    claim = recording.log_claim(Proposition("The bridge is closed.", "en"), seen, by=remi)

    with refused("not_quoted"):
        appearance_mending.correct(
            claim.appearances.get(), replace(seen, document=None, quote="It is open."), by=remi, reason="So."
        )
