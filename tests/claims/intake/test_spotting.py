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
    assert (figure.standing, figure.extractor) == (AssertionStatus.SUGGESTED, "figures@3")


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


BUT = "Deux hommes sont morts, mais le maire a dit que la ville était calme."


@pytest.mark.parametrize(
    ("quote", "chain"),
    [
        ("la ville était calme", [("le maire", Modality.ASSERTS)]),
        ("Deux hommes sont morts", []),
    ],
)
def test_an_attribution_covers_its_own_clause_only(quote, chain):
    appearance = appearance_in(BUT, quote=quote)

    spotting.spot(appearance.claim)

    appearance.refresh_from_db()
    assert [(name, modality) for name, modality, _standing in links(appearance)] == chain
    assert spotting.said_by(appearance) is not None


def test_who_denies_inside_what_another_says_is_a_link_of_its_own():
    sentence = "Le maire affirme que la préfète dément que le pont soit tombé."
    appearance = appearance_in(sentence, quote="le pont soit tombé")

    spotting.spot(appearance.claim)

    assert [(name, modality) for name, modality, _standing in links(appearance)] == [
        ("Le maire", Modality.ASSERTS),
        ("la préfète", Modality.DENIES),
    ]


def test_what_has_not_been_confirmed_is_noted_as_that():
    appearance = appearance_in("Le maire n’a pas confirmé que le pont était tombé.", quote="le pont était tombé")

    spotting.spot(appearance.claim)

    assert links(appearance) == [("Le maire", Modality.NOT_CONFIRMED, AssertionStatus.SUGGESTED)]


@pytest.mark.parametrize(
    "sentence",
    [
        "Le maire refuse de confirmer que le pont est tombé.",
        "Si le maire a dit que le pont est tombé, il s’est trompé.",
        "Le maire aurait dit que le pont est tombé.",
        "Le maire a-t-il dit que le pont est tombé ?",
    ],
)
def test_no_chain_is_suggested_where_the_words_do_not_show_who_says_it(sentence):
    appearance = appearance_in(sentence, quote="le pont est tombé")

    spotting.spot(appearance.claim)

    appearance.refresh_from_db()
    assert links(appearance) == []
    assert spotting.said_by(appearance) is None
