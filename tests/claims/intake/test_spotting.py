import pytest

from claims.intake import spotting
from claims.models.vocabulary import AssertionStatus, Modality
from tests import make

pytestmark = pytest.mark.django_db

NAMED = "Les médias iraniens ont annoncé que le général était mort dans l’attaque."
PASSIVE = "Il a été affirmé que des « terroristes » étaient à l’origine de l’attaque."


def appearance_in(*sentences, quote):
    reading = make.reading(*sentences, language="fr")
    claim = make.claim(quote, language="fr")
    return make.appearance(claim, document=reading.capture.document, quote=quote)


def links(appearance):
    return [(link.named_as, link.modality, link.standing) for link in appearance.attributions.order_by("position")]


def test_figures_of_a_claim_are_suggested_once():
    claim = make.claim("Au moins 30 civils ont été blessés.", language="fr")

    spotting.spot(claim)
    spotting.spot(claim)

    figure = claim.figures.get()
    assert (figure.exact, figure.low, figure.high, figure.qualifier) == ("30", 30, None, "at_least")
    assert (figure.standing, figure.extractor) == (AssertionStatus.SUGGESTED, "figures@2")


def test_a_quote_is_placed_in_the_page_once_it_has_been_read():
    appearance = appearance_in(NAMED, PASSIVE, quote="des « terroristes » étaient à l’origine")

    spotting.spot(appearance.claim)

    appearance.refresh_from_db()
    assert appearance.passage.exact == PASSIVE


def test_two_quotes_of_one_sentence_are_both_placed():
    first = appearance_in(NAMED, PASSIVE, quote="des « terroristes »")
    second = make.appearance(first.claim, document=first.document, quote="à l’origine de l’attaque")

    spotting.spot(first.claim)

    for appearance in (first, second):
        appearance.refresh_from_db()
        assert appearance.passage.exact == PASSIVE


def test_the_chain_of_a_sentence_is_suggested_with_whom_it_names():
    appearance = appearance_in(NAMED, PASSIVE, quote="le général était mort dans l’attaque")

    spotting.spot(appearance.claim)

    assert links(appearance) == [("Les médias iraniens", Modality.REPORTS, AssertionStatus.SUGGESTED)]


def test_the_passive_names_nobody_although_the_sentence_before_does():
    appearance = appearance_in(NAMED, PASSIVE, quote="des « terroristes » étaient à l’origine de l’attaque")

    spotting.spot(appearance.claim)

    assert links(appearance) == [("", Modality.UNATTRIBUTED_PASSIVE, AssertionStatus.SUGGESTED)]


def test_a_chain_that_a_person_wrote_is_left_alone():
    appearance = appearance_in(NAMED, PASSIVE, quote="le général était mort")
    make.attribution(appearance)

    spotting.spot(appearance.claim)

    assert appearance.attributions.count() == 1
