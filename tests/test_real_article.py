"""A real article, as a desk pastes it, goes through the product: read from ../shared, never copied here."""

import json

import pytest

from claims import following
from claims.evidence import weighing
from claims.intake import recording
from claims.intake.recording import Link, Proposition, Sighting
from claims.models import Attribution
from claims.models.vocabulary import FEWEST_REVIEWS, Directness, Modality, Rating, Said, Stance
from claims.publishing import reporting
from claims.review import reviewing
from claims.review.reviewing import Finding
from sources.models import Reading
from sources.models.vocabulary import SourceKind
from tests import make
from tests.places import SHARED
from workbench.desk.work_queue import take_step

SAMPLES = SHARED / "samples"
ARTICLE = SAMPLES / "haber-global-alep.fr.txt"
KINDS = {"outlet": SourceKind.OUTLET, "described group": SourceKind.GROUP, "unnamed": SourceKind.UNNAMED}

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not ARTICLE.exists(), reason="../shared/samples is not beside this checkout"),
]


@pytest.fixture
def gold():
    return json.loads((SAMPLES / "haber-global-alep.gold.json").read_text("utf-8"))["claims"]


@pytest.fixture(autouse=True)
def _own_archive(settings, tmp_path):
    settings.ARCHIVE_FOLDER = tmp_path


def log(claim, *, chain=True, by):
    links = [
        Link(
            link["source"] or "",
            KINDS[link["kind"]],
            Modality(link["modality"]),
            Directness(link["directness"].replace(" ", "_")),
            link["verb"] or "",
        )
        for link in claim["attribution"]
    ]
    sighting = Sighting(quote=claim["exact"], pasted=ARTICLE.read_text("utf-8"), chain=links if chain else ())
    return recording.log_claim(Proposition(claim["exact"], "fr", short_text=claim["short_text"]), sighting, by=by)


def test_every_claim_of_the_article_is_found_in_the_passage_that_makes_it(gold):
    reporter = make.reporter()

    logged = [log(claim, by=reporter) for claim in gold]

    assert Reading.objects.count() == 1  # one article, pasted 21 times
    for claim, row in zip(gold, logged, strict=True):
        passage = row.appearances.get().passage
        assert passage.start <= claim["start"] < passage.end


def test_the_passive_that_names_nobody_is_not_given_to_the_iranian_media(gold):
    claim = log(next(claim for claim in gold if "terroristes" in claim["exact"]), chain=False, by=make.reporter())

    take_step(type(claim).objects.claim_next(), following.follow)

    link = Attribution.objects.get(appearance__claim=claim)
    assert (link.modality, link.source, link.named_as) == (Modality.UNATTRIBUTED_PASSIVE, None, "")


def test_the_israel_claim_goes_from_the_article_to_the_report(gold):
    claim = log(next(claim for claim in gold if "terroristes" in claim["exact"]), by=make.reporter())
    editor = make.editor()
    reviewing.open_review(claim, by=editor)
    for _ in range(FEWEST_REVIEWS):
        reviewing.submit_review(claim, Finding(Rating.UNSUPPORTED, "Nobody is named."), by=make.reviewer())
    denial = make.passage("L’armée iranienne n’a désigné aucun auteur de l’attaque.", language="fr")
    cited = weighing.add_evidence(claim, denial, by=editor, stance=Stance.REFUTES)

    finding = Finding(Rating.UNSUPPORTED, "Aucune source.", Said.ALTERED)
    decision = reviewing.decide(claim, finding, by=editor, cited=[cited], own_holdings="Aucun fournisseur.")
    report = reporting.freeze(decision, by=make.editor(), language="fr")

    content = json.loads(report.content)
    assert content["claim"]["text"] == claim.text
    assert "unattributed_passive" in report.content
