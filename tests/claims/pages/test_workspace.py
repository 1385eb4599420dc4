import pytest
from django.utils import translation

from claims.models.score_band import ScoreBand, band_of
from claims.models.vocabulary import AssertionStatus, Stance
from claims.pages import claim_queries, workspace
from claims.pages.weigh_filter import WeighFilter
from sources.language.sentences import Span
from sources.reading import pasting
from tests import make

pytestmark = pytest.mark.django_db


def rows(shown):
    return [[row.evidence.pk for row in doc.passages] for group in shown.groups for doc in group.documents]


@pytest.mark.parametrize("number", [0, 1, 2, 3])
def test_each_suggestion_knows_the_one_to_go_to_next(number):
    claim = make.claim()
    keys = [make.evidence(claim, make.passage(f"Sentence {each}.")).pk for each in range(number)]

    shown = workspace.of(claim, None)

    then = {0: [], 1: [0], 2: [*keys[1:], *keys[:1]], 3: [*keys[1:], *keys[1:2]]}[number]
    found = [(row.evidence.pk, row.then) for group in shown.groups for doc in group.documents for row in doc.passages]
    assert found == list(zip(keys, then, strict=True))


def test_the_passages_of_a_document_are_one_row_with_the_best_in_front():
    claim = make.claim()
    reading = make.reading("First sentence.", "Second sentence.")
    first, second = reading.passages.all()
    low, high = make.evidence(claim, first, score=0.8), make.evidence(claim, second, score=0.9)
    other = make.evidence(claim, make.passage("Somebody else."), score=0.85)

    shown = workspace.of(claim, None)

    assert rows(shown) == [[high.pk, low.pk], [other.pk]]
    assert (shown.documents, shown.passages) == (2, 3)


def test_the_same_words_in_another_document_are_folded_as_its_copy():
    claim = make.claim()
    first = make.evidence(claim, make.passage("The bridge is closed."), score=0.9)
    source = make.source("Quayside Ledger")
    copied = make.reading("The bridge is closed.", capture_=make.capture(document_=make.document(source=source)))
    copy = make.evidence(claim, copied.passages.get(), score=0.8)

    shown = workspace.of(claim, copy.pk)

    [document] = shown.groups[0].documents
    assert (document.copied_by, [each.pk for each in document.first.copies]) == (["Quayside Ledger"], [copy.pk])
    assert shown.current.evidence == first


@pytest.mark.parametrize(
    ("score", "band"),
    [(None, ScoreBand.WEAK), (0.64, ScoreBand.WEAK), (0.65, ScoreBand.FAIR), (0.8, ScoreBand.STRONG)],
)
def test_scores_fall_into_bands(score, band):
    assert band_of(score) == band


def test_weak_suggestions_and_those_put_off_are_folded_below_the_others():
    claim = make.claim()
    weak = make.evidence(claim, make.passage("A weak one."), score=0.5)
    strong = make.evidence(claim, make.passage("A strong one."), score=0.9)
    later = make.put_off(make.evidence(claim, make.passage("For later."), score=0.95)).evidence

    shown = workspace.of(claim, None)

    assert [(group.key, group.is_folded) for group in shown.groups] == [
        ("strong", False),
        ("weak", True),
        ("put_off", True),
    ]
    assert rows(shown) == [[strong.pk], [weak.pk], [later.pk]]


def test_what_can_be_chosen_is_of_all_that_waits_and_not_only_of_what_is_shown(monkeypatch):
    monkeypatch.setattr(workspace, "MOST_SHOWN", 2)
    monkeypatch.setattr(workspace, "MOST_READ", 2)
    claim = make.claim()
    for number, language in enumerate(("en", "en", "fr", "fr", "fr")):
        make.evidence(claim, make.passage(f"Sentence {number}.", language=language), score=0.9 - number / 10)

    shown, french = workspace.of(claim, None), workspace.of(claim, None, kept=WeighFilter("fr"))

    numbers = [[(each.value, each.number) for each in found.languages] for found in (shown, french)]
    assert numbers == [[("en", 2), ("fr", 3)]] * 2
    assert (shown.passages, shown.is_cut) == (2, True)
    assert (french.waiting, french.matching, french.passages, french.is_cut) == (5, 3, 2, False)


def test_copies_take_no_places_on_the_page(monkeypatch):
    monkeypatch.setattr(workspace, "MOST_SHOWN", 2)
    claim = make.claim()
    for number, text in enumerate(["Repeated.", "Repeated.", "Repeated.", "Alone.", "Repeated.", "One more."]):
        make.evidence(claim, make.passage(text), score=0.9 - number / 10)

    shown = workspace.of(claim, None)

    found = [row for group in shown.groups for document in group.documents for row in document.passages]
    assert [(row.evidence.passage.exact, len(row.copies)) for row in found] == [("Repeated.", 3), ("Alone.", 0)]
    assert (shown.waiting, shown.passages, shown.is_cut) == (3, 2, False)


def test_the_card_shows_the_words_that_a_person_chose():
    claim = make.claim()
    evidence = make.evidence(claim, make.passage("The mayor said the bridge is closed."))

    shown = workspace.of(claim, None)
    card = workspace.card(claim, shown, None, Span(19, 25))

    assert (card.words_before, card.words, card.words_after) == ("The mayor said the ", "bridge", " is closed.")
    assert card.evidence == evidence
    assert card.is_narrowed


def test_the_card_names_other_claims_of_the_document():
    claim, other = make.claim(), make.claim("Another claim.")
    evidence = make.evidence(claim)
    make.appearance(other, document=evidence.passage.reading.capture.document)

    card = workspace.card(claim, workspace.of(claim, None), None, None)

    assert [each.pk for each in card.claims] == [other.pk]


def test_documents_are_counted_once_by_stance_and_copies_not_at_all():
    claim = make.claim()
    reading = make.reading("One thing.", "Another thing.")
    for passage in reading.passages.all():
        make.confirmed_evidence(claim, passage_=passage, stance=Stance.SUPPORTS)
    make.confirmed_evidence(claim, passage_=make.passage("One thing."), stance=Stance.SUPPORTS)
    make.confirmed_evidence(claim, stance=Stance.REFUTES)

    assert [(stance, number) for stance, _label, number in workspace.counted(claim_queries.outline(claim.pk))] == [
        ("supports", 1),
        ("refutes", 1),
        ("discusses", 0),
    ]


def test_only_evidence_of_the_claim_is_noted():
    assert workspace.noted(make.claim(), make.evidence().pk, make.reporter()) is None


def test_who_weighed_a_suggestion_can_undo_it_from_the_note():
    row = make.confirmed_evidence()

    assert workspace.noted(row.claim, row.pk, row.settled_by).can_undo
    assert not workspace.noted(row.claim, row.pk, make.reporter()).can_undo


@pytest.mark.parametrize(
    ("changes", "pressed"),
    [
        ({}, []),
        ({"standing": AssertionStatus.CONFIRMED, "stance": Stance.REFUTES}, ["refutes"]),
        ({"standing": AssertionStatus.REJECTED}, ["unrelated"]),
        ({"standing": AssertionStatus.REJECTED, "stance": Stance.SUPPORTS}, ["unrelated"]),
    ],
)
def test_the_answer_that_a_person_gave_is_pressed(changes, pressed):
    buttons = workspace.weigh_buttons(make.evidence(**changes))

    assert [button.stance for button in buttons if button.pressed] == pressed
    assert [button.key for button in buttons] == ["s", "r", "d", "x"]


@pytest.mark.parametrize(
    ("language", "text", "place"),
    [
        ("en", "The bridge at Arvel was closed.", "Pasted text"),
        ("fr", "Le pont d’Arvel était fermé.", "Texte collé"),
        ("fr", "Arvel köprüsü kapatıldı.", "Texte collé"),
        ("en", "أُغلق جسر أرفيل.", "Pasted text"),
    ],
)
def test_a_pasted_text_without_a_source_has_its_title_once(language, text, place):
    claim = make.claim()
    reading = pasting.keep_pasted(text, by=make.reporter())
    make.evidence(claim, reading.passages.first())

    with translation.override(language):
        [group] = workspace.of(claim, None).groups
        [row] = [each.shown for each in group.documents]

    assert (row.outlet, row.title) == (place, text)


def test_a_document_with_a_source_or_a_site_is_named_by_it():
    claim = make.claim()
    make.evidence(claim, make.passage("On a site."))

    [group] = workspace.of(claim, None).groups

    assert [each.shown.outlet for each in group.documents] == [group.documents[0].document.host]
