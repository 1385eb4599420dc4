from datetime import timedelta

import pytest
from django.utils import timezone

from claims.evidence import coverage_matching, matching, suggesting, weighing
from claims.models import Claim, ClaimVector, Comparison, Evidence
from claims.models.vocabulary import Status
from sources.models import Arrival, PassageVector, ReadingVector
from sources.reading import embedding, pasting
from tests import make
from tests.embedded import embed_readings
from workbench.desk.work_queue import drain, take_step

pytestmark = pytest.mark.django_db

CLAIM = "Des terroristes liés à l’Ostavie étaient derrière l’embuscade de Harmesk."
TURKISH = "Harmesk pususunun arkasında Ostavya bağlantılı teröristlerin olduğu öne sürüldü."
ARABIC = "إرهابيون مرتبطون بأوستافيا يقفون وراء كمين هرمسك، بحسب التلفزيون."
APART = "Le festival de l’abricot ouvrira ses portes samedi avec un concert gratuit."

NEEDS_MODEL = pytest.mark.skipif(not embedding.model(), reason="no embedding model runs on this processor")


@pytest.fixture
def claim():
    """A claim that was compared with all that was held: nothing."""
    claim = make.claim(CLAIM, language="fr")
    while found := matching.compare(claim):
        matching.suggest(claim, found)
        claim.refresh_from_db()
    return claim


def arrive(*sentences, language, **changes):
    reading = make.reading(*sentences, language=language, **changes)
    make.arrival(reading)
    return reading


def work():
    embed_readings()
    drain(coverage_matching.due(), coverage_matching.compare)
    assert not Comparison.objects.exclude(trouble="").exists()


@NEEDS_MODEL
@pytest.mark.parametrize(("exact", "language"), [(TURKISH, "tr"), (ARABIC, "ar"), (CLAIM, "fr")])
def test_new_coverage_is_suggested_for_a_claim_that_rests(claim, exact, language):
    reading = arrive(APART, exact, language=language)

    work()

    row = Evidence.objects.get(claim=claim)
    assert (row.passage.reading, row.passage.exact) == (reading, exact)
    assert row.extractor == suggesting.extractor(embedding.model())
    assert row.why
    assert not Arrival.objects.exists()


def test_coverage_that_bears_on_nothing_is_not_looked_into(claim):
    arrive(APART, language="fr")

    work()

    assert not Evidence.objects.exists()
    assert not PassageVector.objects.exists()
    assert not Arrival.objects.exists()


@pytest.mark.parametrize("claims", [1, 30])
def test_a_look_at_which_nothing_is_new_asks_for_it_once(claim, claims, django_assert_num_queries):
    for number in range(claims):
        make.claim(f"{CLAIM} {number}", language="fr")
    arrive(APART, language="fr")
    work()

    with django_assert_num_queries(7):  # four of them are for the queue
        drain(coverage_matching.due(), coverage_matching.compare)


def test_nothing_is_suggested_for_a_closed_claim():
    claim = make.claim(CLAIM, language="fr", status=Status.DECIDED)
    make.claim_vector(claim)
    arrive(CLAIM, language="fr")

    work()

    assert not Evidence.objects.exists()


def test_where_a_claim_appeared_is_no_coverage_of_it(claim):
    reading = arrive(CLAIM, language="fr")
    make.appearance(claim, document=reading.capture.document)

    work()

    assert not Evidence.objects.exists()


def test_what_a_person_rejected_does_not_come_back_with_a_new_version_of_the_page(claim):
    reading = arrive(CLAIM, language="fr")
    work()
    weighing.reject(Evidence.objects.get(), by=make.reviewer())

    arrive(CLAIM, language="fr", capture_=make.capture(reading.capture.document))
    work()

    assert Evidence.objects.count() == 1


def test_a_text_that_was_pasted_is_compared_too(claim):
    pasting.keep_pasted(f"{APART}\n{CLAIM}", by=make.reporter(), language="fr")

    drain(coverage_matching.due(), coverage_matching.compare)

    assert Evidence.objects.get().passage.exact == CLAIM


def test_without_its_server_coverage_is_compared_by_words_and_embedded_later(claim, settings):
    settings.EMBEDDINGS_URL, settings.EMBEDDINGS_MODEL = "http://127.0.0.1:9/v1", "absent"
    make.claim_vector(claim, text=CLAIM, language="fr", model="absent", vector=[1.0])
    arrive(CLAIM, language="fr")
    model = make.embedding_model("absent")
    type(model).objects.update(through=10**9, due_at=None)

    drain(coverage_matching.due(), coverage_matching.compare)

    assert Evidence.objects.get().extractor.endswith("words alone")
    model.refresh_from_db()
    assert model.due_at is not None
    assert model.through < Evidence.objects.get().passage.reading_id


@NEEDS_MODEL
def test_dear_coverage_is_embedded_a_batch_at_a_time_and_others_are_served(claim, monkeypatch):
    monkeypatch.setattr(coverage_matching, "SECONDS", 0.0)
    monkeypatch.setattr(coverage_matching, "PARTS", 1)
    dear = ['"' * 500 + f" Harmesk Ostavie embuscade terroristes {number}" for number in range(14)]  # four a batch
    arrive(*dear, language="fr")
    wanted = arrive(TURKISH, language="tr")

    embed_readings()
    row = coverage_matching.due().first() or make.comparison()

    served = []
    while Arrival.objects.exists():
        take_step(row, coverage_matching.compare)
        served.append(Evidence.objects.filter(passage__reading=wanted).exists())

    assert served[:3] == [False, True, True]  # the dear one has begun, the next was served, and it goes on
    assert len(served) > 3


def test_several_workers_compare_at_the_same_time_and_none_of_them_what_another_does(claim):
    arrived = {arrive(APART, language="fr").pk for _each in range(2 * coverage_matching.PARTS)}

    ours, theirs = (coverage_matching.due().claim_next() for _worker in range(2))
    take_step(ours, coverage_matching.compare)
    compared = arrived - set(Arrival.objects.values_list("pk", flat=True))
    take_step(theirs, coverage_matching.compare)

    assert Arrival.objects.count() == len(arrived) - 4
    assert len({key % coverage_matching.PARTS for key in compared}) == 1
    drain(coverage_matching.due(), coverage_matching.compare)
    assert not Arrival.objects.exists()


def test_where_nothing_arrives_no_part_is_made(claim):
    assert not coverage_matching.due().exists()


def test_another_model_has_every_open_claim_compared_again(claim):
    make.comparison()  # made with no model
    arrive(APART, language="fr")

    drain(coverage_matching.due(), coverage_matching.compare)

    claim.refresh_from_db()
    assert (claim.due_at is not None) == bool(embedding.model())


@NEEDS_MODEL
def test_a_claim_learns_what_is_ordinary_as_coverage_comes_in(claim):
    before = claim.vectors.get().levels
    ClaimVector.objects.update(leveled_at=None)
    for number in range(12):
        make.vector(make.passage(f"{CLAIM} {number}", language="fr"), model=embedding.model(), vector=_near(claim))
    arrive(APART, language="fr")

    work()

    after = claim.vectors.get()
    assert after.levels["fr"] > before["fr"]
    assert after.levels["tr"] == before["tr"]
    assert after.leveled_at is not None


def _near(claim):
    return claim.vectors.get().vector


def test_a_reading_that_cannot_be_compared_holds_up_no_other(claim, settings):
    settings.EMBEDDINGS_URL, settings.EMBEDDINGS_MODEL = "http://127.0.0.1:9/v1", "absent"
    make.claim_vector(claim, text=CLAIM, language="fr", model="absent", vector=[1.0, 0.0])
    bad = arrive(f"{CLAIM} Dépêche.", language="fr")
    make.reading_vector(bad, model="absent", vector=[1.0])  # of another width
    good = arrive(CLAIM, language="fr")

    work()

    assert [row.passage.reading for row in Evidence.objects.all()] == [good]
    assert Arrival.objects.get().reading == bad
    assert Arrival.objects.get().failures > 0
    assert not Comparison.objects.exclude(trouble="").exists()


def test_new_coverage_brings_the_first_copies_of_its_words(claim, settings):
    settings.EMBEDDINGS_URL, settings.EMBEDDINGS_MODEL = "http://127.0.0.1:9/v1", "absent"
    make.claim_vector(claim, text=CLAIM, language="fr", model="absent", vector=[1.0, 0.0])
    own, *copies = (make.passage(CLAIM, language="fr") for _outlet in range(suggesting.MOST_COPIES + 3))
    make.appearance(claim, document=own.reading.capture.document)
    arrived = arrive(CLAIM, language="fr")

    work()

    found = {row.passage for row in Evidence.objects.all()}
    assert found == {*copies[: suggesting.MOST_COPIES - 1], arrived.passages.get()}  # the twelfth place was of its own


def test_what_could_not_be_compared_is_told(claim):
    arrival = make.arrival(make.reading(CLAIM, language="fr"))
    Arrival.objects.filter(pk=arrival.pk).update(failures=coverage_matching.MOST_TRIES)

    found = coverage_matching.health()

    assert (found.ok, found.figures["set_aside"], bool(found.problem)) == (True, 1, True)


def test_coverage_that_has_waited_for_long_is_told(claim):
    make.arrival(make.reading(CLAIM, language="fr"))
    Arrival.objects.update(at=timezone.now() - timedelta(hours=1))

    found = coverage_matching.health()

    assert (found.ok, bool(found.problem)) == (False, True)
    assert found.figures["oldest_seconds"] == pytest.approx(3600, abs=30)


@NEEDS_MODEL
def test_an_outage_of_the_server_loses_no_comparison_by_meaning(claim, settings):
    settings.EMBEDDINGS_URL, settings.EMBEDDINGS_MODEL = "http://127.0.0.1:9/v1", "absent"
    width = make.claim_vector(claim, text=CLAIM, language="fr", model="absent", vector=[1.0, 0.0])
    row = make.embedding_model("absent")
    type(row).objects.filter(pk=row.pk).update(through=10**9, ready_at=timezone.now(), width=2)
    readings = [arrive(CLAIM, language="fr") for _each in range(2)]
    for reading in readings:
        make.reading_vector(reading, model="absent", vector=width.vector)

    drain(coverage_matching.due(), coverage_matching.compare)

    assert not ReadingVector.objects.filter(model="absent").exists()  # each is embedded, and compared, once more
    row.refresh_from_db()
    assert row.through < min(reading.pk for reading in readings)


@NEEDS_MODEL
def test_claims_are_compared_again_once_the_model_has_met_every_reading(claim):
    row = make.embedding_model(embedding.model())
    before = Claim.objects.get(pk=claim.pk).compared_with
    type(row).objects.update(ready_at=timezone.now())
    make.comparison()

    drain(coverage_matching.due(), coverage_matching.compare)

    claim.refresh_from_db()
    assert claim.due_at is not None
    while found := matching.compare(claim):
        matching.suggest(claim, found)
        claim.refresh_from_db()
    assert claim.compared_with not in {"", before}
