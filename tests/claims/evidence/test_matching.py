import pytest

from claims.evidence import matching, suggesting, weighing
from claims.intake import recording
from claims.models import Claim, Evidence
from claims.models.vocabulary import AssertionStatus, Stance, WordingKind
from sources.models import PassageVector
from sources.reading import embedding, retrieval
from tests import make
from tests.embedded import embed_passages, embed_readings

pytestmark = pytest.mark.django_db

CLAIM = "Des terroristes liés à l’Ostavie étaient derrière l’embuscade de Harmesk."
TURKISH = "Harmesk pususunun arkasında Ostavya bağlantılı teröristlerin olduğu öne sürüldü."
ARABIC = "إرهابيون مرتبطون بأوستافيا يقفون وراء كمين هرمسك، بحسب التلفزيون."
APART = "Le festival de l’abricot ouvrira ses portes samedi avec un concert gratuit."


@pytest.fixture
def claim():
    return make.claim(CLAIM, language="fr")


def match(claim):
    embed_readings()
    new = []
    while found := matching.compare(claim):
        new += matching.suggest(claim, found)
        if found.cut_off:
            break
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
def test_passages_get_their_vectors_when_a_claim_comes_upon_them(claim):
    passage = make.passage(TURKISH, language="tr")

    match(claim)

    assert PassageVector.objects.get().passage == passage


@pytest.fixture
def few_places(monkeypatch):
    """Searches that find three passages or readings each."""
    for name in ("MOST_BY_WORDS", "MOST_BY_NAMES", "MOST_BY_MEANING", "MOST_READINGS", "MOST_OPENED"):
        monkeypatch.setattr(retrieval, name, 3)


@pytest.mark.skipif(not embedding.model(), reason="no embedding model runs on this processor")
@pytest.mark.usefixtures("few_places")
@pytest.mark.parametrize(("said", "language"), [(ARABIC, "ar"), (CLAIM, "fr")])
@pytest.mark.parametrize("all_embedded", [False, True])
def test_what_many_outlets_repeat_hides_nothing_and_comes_with_its_first_copies(claim, said, language, all_embedded):
    repeated = [make.passage(said, language=language) for _outlet in range(20)]
    left_out = repeated.pop(3).reading
    type(left_out).objects.filter(pk=left_out.pk).update(is_left_out=True)
    alone = make.passage(f"{said} 40", language=language)
    make.passage(APART, language="fr")
    if all_embedded:
        embed_passages()

    assert {row.passage for row in match(claim)} == {*repeated[: suggesting.MOST_COPIES], alone}


@pytest.mark.skipif(not embedding.model(), reason="no embedding model runs on this processor")
@pytest.mark.usefixtures("few_places")
def test_copies_are_found_though_a_claim_was_taken_from_one_of_them(claim):
    passages = [make.passage(ARABIC, language="ar") for _outlet in range(8)]
    for own in (passages[0], passages[-1]):
        make.appearance(claim, document=own.reading.capture.document)
    embed_passages()

    assert {row.passage for row in match(claim)} == set(passages[1:-1])


def test_without_a_model_words_alone_count_and_the_extractor_says_so(claim, settings):
    settings.EMBEDDINGS_URL, settings.EMBEDDINGS_MODEL = "http://127.0.0.1:9/v1", "absent"
    make.passage("Embuscade de Harmesk : des terroristes liés à l’Ostavie ?", language="fr")

    new = match(claim)

    assert [row.extractor for row in new] == ["similarity@4, words alone"]
    assert claim.compared_with == ""  # it is compared again once the server answers


def test_without_an_answer_of_the_server_nothing_is_suggested_of_where_the_claim_appeared(claim, settings):
    settings.EMBEDDINGS_URL, settings.EMBEDDINGS_MODEL = "http://127.0.0.1:9/v1", "absent"
    own, other = make.passage(CLAIM, language="fr"), make.passage(CLAIM, language="fr")
    make.appearance(claim, document=own.reading.capture.document)

    assert [row.passage for row in match(claim)] == [other]


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

    assert len(match(claim)) == suggesting.MOST_PER_ARTICLE


def test_an_article_at_several_addresses_is_suggested_once(claim):
    first, second = make.passage(CLAIM, language="fr"), make.passage(CLAIM, language="fr")
    make.same_article(second.reading.capture.document, first.reading.capture.document)

    assert len(match(claim)) == 1


def test_a_duplicate_of_the_publication_a_claim_was_taken_from_is_no_coverage_of_it(claim):
    first, second = make.passage(CLAIM, language="fr"), make.passage(CLAIM, language="fr")
    make.same_article(second.reading.capture.document, first.reading.capture.document)
    make.appearance(claim, document=second.reading.capture.document)

    assert match(claim) == []


def test_a_better_passage_that_comes_later_is_suggested_though_there_are_enough(claim, monkeypatch):
    monkeypatch.setattr(suggesting, "MOST_SUGGESTED", 2)
    weak, weaker, better, weakest = (make.passage(f"{APART} {number}", language="fr") for number in range(4))

    def suggested(passage, score):
        new = suggesting.suggest(claim, [suggesting.Scored(passage, score)], "test@1")
        return [row.passage for row in new]

    assert suggested(weak, 0.6) == [weak]
    assert suggested(weaker, 0.55) == [weaker]
    assert suggested(weakest, 0.5) == []
    assert suggested(better, 0.9) == [better]
    assert suggested(weakest, 0.55) == []


def test_of_one_article_a_better_passage_that_comes_later_is_suggested_too(claim, monkeypatch):
    monkeypatch.setattr(suggesting, "MOST_PER_ARTICLE", 1)
    first, second, third = make.reading(APART, f"{APART} Et encore.", f"{APART} Enfin.", language="fr").passages.all()

    new = suggesting.suggest(claim, [suggesting.Scored(first, 0.6), suggesting.Scored(second, 0.6)], "test@1")
    assert [row.passage for row in new] == [first]
    assert suggesting.suggest(claim, [suggesting.Scored(second, 0.8)], "test@1")
    weighing.reject(Evidence.objects.get(passage=first), by=make.reviewer())
    assert suggesting.suggest(claim, [suggesting.Scored(third, 0.9)], "test@1") == []


def test_a_claim_that_was_compared_costs_three_questions(claim, django_assert_num_queries):
    make.passage(APART, language="fr")
    match(claim)

    with django_assert_num_queries(3):  # its wordings and the model, in which something may have changed
        assert matching.compare(claim) is None


def test_added_evidence_is_confirmed_when_a_machine_had_suggested_it(claim):
    make.passage(CLAIM, language="fr")
    match(claim)
    suggestion = Evidence.objects.get()

    row = weighing.add_evidence(claim, suggestion.passage, by=make.reviewer(), stance=Stance.SUPPORTS)

    assert (row.pk, row.standing) == (suggestion.pk, AssertionStatus.CONFIRMED)


@pytest.mark.parametrize("passages", [1, 30])
def test_comparing_takes_as_many_queries_for_one_passage_as_for_thirty(claim, passages, django_assert_max_num_queries):
    for number in range(passages):
        make.passage(f"{APART} {number}", language="fr")
    matching.suggest(claim, matching.compare(claim))

    with django_assert_max_num_queries(64):
        assert matching.compare(claim) is not None


def test_words_that_come_while_a_claim_is_compared_are_compared_too(claim):
    make.passage(TURKISH, language="tr")
    matching.suggest(claim, matching.compare(claim))

    found = matching.compare(claim)
    recording.add_wording(claim, by=make.reporter(), text=TURKISH, language="tr", kind=WordingKind.TRANSLATION)
    matching.suggest(claim, found)

    assert Claim.objects.get().compared_with == ""
    match(claim)
    assert sorted(claim.vectors.values_list("language", flat=True)) == ["fr", "tr"]


HOSTILE = {
    "quotation marks": '"' * 600,
    "one letter": "ع" * 600,
    "no words": "— … —",
    "figures": "١٢٣٤٥٦٧٨٩٠" * 60,
    "ideographs": "字" * 600,
}


@pytest.mark.skipif(not embedding.model(), reason="no embedding model runs on this processor")
@pytest.mark.parametrize("exact", HOSTILE.values(), ids=HOSTILE)
def test_what_is_dear_to_embed_is_kept_after_every_batch_and_holds_up_no_claim(claim, exact, monkeypatch):
    monkeypatch.setattr(matching, "SECONDS", 0.0)  # no more than one batch a step
    make.reading(*[f"{exact}{number}" for number in range(40)], language="fr")
    passage = make.passage(CLAIM, language="fr")
    matching.suggest(claim, matching.compare(claim))

    first = matching.compare(claim)
    matching.suggest(claim, first)

    assert 0 < len(first.vectors) == PassageVector.objects.count()
    assert passage in [item.passage for item in first.scored]  # the most promising come first
    match(claim)
    assert claim.compared_with != ""


def test_a_claim_that_matches_everything_gets_some_suggestions_and_holds_up_no_other(claim, monkeypatch):
    monkeypatch.setattr(retrieval, "MOST", 16)
    monkeypatch.setattr(suggesting, "MOST_SUGGESTED", 4)
    for number in range(12):
        make.reading(f"{CLAIM} {number}", f"{CLAIM} Encore {number}.", language="fr")
    passage = make.passage("Le barrage de Velmar est fissuré depuis mardi, selon la mairie.", language="fr")
    other = make.claim("Le barrage de Velmar est fissuré.", language="fr")

    found = matching.compare(claim)
    matching.suggest(claim, found)
    found = matching.compare(claim)
    suggested = match(claim)

    assert len(found.scored) <= 16
    assert len(suggested) <= claim.evidence.count() == 4
    assert passage in [row.passage for row in match(other)]


def test_a_sentence_that_was_weighed_is_not_suggested_again_from_a_newer_reading(claim):
    weighed = make.passage(CLAIM, language="fr")
    match(claim)
    newer = make.capture(weighed.reading.capture.document)
    make.passage(CLAIM, language="fr", capture_=newer)

    assert match(claim) == []
