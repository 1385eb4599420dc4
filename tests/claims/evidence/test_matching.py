from datetime import timedelta

import pytest
from django.utils import timezone

from claims.evidence import matching, weighing
from claims.intake import recording
from claims.models import Claim, Evidence
from claims.models.vocabulary import AssertionStatus, Stance, WordingKind
from sources.models import PassageVector
from sources.reading import embedding
from tests import make

pytestmark = pytest.mark.django_db

CLAIM = "Des terroristes liés à l’Ostavie étaient derrière l’embuscade de Harmesk."
TURKISH = "Harmesk pususunun arkasında Ostavya bağlantılı teröristlerin olduğu öne sürüldü."
ARABIC = "إرهابيون مرتبطون بأوستافيا يقفون وراء كمين هرمسك، بحسب التلفزيون."
APART = "Le festival de l’abricot ouvrira ses portes samedi avec un concert gratuit."


@pytest.fixture
def claim():
    return make.claim(CLAIM, language="fr")


def match(claim):
    new = matching.suggest(claim, matching.compare(claim))
    claim.refresh_from_db()
    return new


@pytest.mark.skipif(not embedding.model(), reason="no embedding model runs on this processor")
@pytest.mark.parametrize(("exact", "language"), [(TURKISH, "tr"), (ARABIC, "ar")])
def test_a_passage_in_another_language_is_suggested_with_its_extractor_and_why(claim, exact, language):
    passage = make.passage(exact, language=language)
    make.passage(APART, language="fr")

    new = match(claim)

    assert [row.passage for row in new] == [passage]
    row = Evidence.objects.get()
    assert (row.standing, row.stance, row.asserted_by) == (AssertionStatus.SUGGESTED, "", None)
    assert embedding.model() in row.extractor
    assert row.why


@pytest.mark.skipif(not embedding.model(), reason="no embedding model runs on this processor")
def test_vectors_that_are_missing_are_made_up_for(claim):
    passage = make.passage(TURKISH, language="tr")

    match(claim)

    assert PassageVector.objects.get().passage == passage


def test_without_a_model_words_alone_count_and_the_extractor_says_so(claim, settings):
    settings.EMBEDDINGS_URL, settings.EMBEDDINGS_MODEL = "http://127.0.0.1:9/v1", "absent"
    make.passage("Embuscade de Harmesk : des terroristes liés à l’Ostavie ?", language="fr")

    new = match(claim)

    assert [row.extractor for row in new] == ["similarity@2, words alone"]
    assert claim.matched_through == 0  # it is compared again once the server answers


def test_what_a_person_settled_is_not_suggested_again(claim):
    make.passage(CLAIM, language="fr")
    match(claim)
    weighing.reject(Evidence.objects.get(), by=make.reviewer())

    again = match(claim)

    assert again == []
    assert Evidence.objects.get().standing == AssertionStatus.REJECTED


def test_the_publication_a_claim_was_taken_from_is_no_coverage_of_it(claim):
    passage = make.passage(CLAIM, language="fr")
    make.appearance(claim, document=passage.reading.capture.document)

    assert match(claim) == []


def test_one_article_does_not_fill_the_list(claim):
    make.reading(*[f"{CLAIM} Dépêche {number}." for number in range(9)], language="fr")

    assert len(match(claim)) == matching.MOST_PER_DOCUMENT


def test_a_reading_that_was_kept_late_with_lower_keys_is_compared_too(claim):
    late = make.passage(APART, language="fr")
    make.passage(APART, language="fr")
    match(claim)

    assert claim.matched_to > late.pk
    assert claim.matched_through == 0


def test_what_was_read_a_while_ago_is_compared_once(claim):
    old = make.passage(APART, language="fr", read_at=timezone.now() - matching.LATE - timedelta(seconds=1))

    match(claim)

    assert claim.matched_through == old.pk
    assert matching.compare(Claim.objects.get(pk=claim.pk)).scored == []


def test_added_evidence_is_confirmed_when_a_machine_had_suggested_it(claim):
    make.passage(CLAIM, language="fr")
    match(claim)
    suggestion = Evidence.objects.get()

    row = weighing.add_evidence(claim, suggestion.passage, by=make.reviewer(), stance=Stance.SUPPORTS)

    assert (row.pk, row.standing) == (suggestion.pk, AssertionStatus.CONFIRMED)


@pytest.mark.parametrize("passages", [1, 30])
def test_comparing_takes_as_many_queries_for_one_passage_as_for_thirty(claim, passages, django_assert_num_queries):
    for number in range(passages):
        make.vector(make.passage(f"{APART} {number}", language="fr"), model=embedding.model(), vector=b"\x00\x3c" * 384)
    claim.refresh_from_db()

    with django_assert_num_queries(4 if embedding.model() else 3):
        matching.compare(claim)


@pytest.mark.parametrize("through", [0, 40])
def test_words_that_come_while_a_claim_is_compared_are_compared_with_everything(claim, through):
    Claim.objects.update(matched_through=through, matched_to=through)
    claim.refresh_from_db()
    make.passage(APART, language="fr", read_at=timezone.now() - timedelta(hours=1))

    found = matching.compare(claim)
    recording.add_wording(claim, by=make.reporter(), text=TURKISH, language="tr", kind=WordingKind.TRANSLATION)
    matching.suggest(claim, found)

    assert Claim.objects.get().matched_through == 0


def test_a_sentence_that_was_weighed_is_not_suggested_again_from_a_newer_reading(claim):
    weighed = make.passage(CLAIM, language="fr")
    match(claim)
    newer = make.capture(weighed.reading.capture.document)
    make.passage(CLAIM, language="fr", capture_=newer)

    assert match(claim) == []
