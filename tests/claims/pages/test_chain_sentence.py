import pytest
from django.utils import translation

from claims.intake.recording import Link
from claims.models.vocabulary import Directness, Modality
from claims.pages import chain_sentence
from claims.wording.elision import elided
from sources.models.vocabulary import SourceKind


def link(name, kind, modality):
    return Link(name, kind, modality, Directness.INDIRECT)


def test_a_chain_reads_as_a_sentence_with_groups_in_the_plural():
    chain = [
        link("Haber Global", SourceKind.OUTLET, Modality.REPORTS),
        link("Iranian media", SourceKind.GROUP, Modality.CLAIMS),
        link("", SourceKind.UNNAMED, Modality.UNATTRIBUTED_PASSIVE),
    ]

    with translation.override("en"):
        said = chain_sentence.of_links(chain)

    assert said == "Haber Global reports that Iranian media claim that it is said that …"


def test_no_chain_is_no_sentence():
    assert chain_sentence.of_links([]) == ""


@pytest.mark.parametrize(
    ("written", "read"),
    [("dit que il est dit", "dit qu’il est dit"), ("dit que Haber", "dit que Haber"), ("que Élise", "qu’Élise")],
)
def test_que_is_elided_before_a_vowel(written, read):
    assert elided(written) == read
