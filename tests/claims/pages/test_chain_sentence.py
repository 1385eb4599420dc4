import pytest
from django.utils import translation
from django.utils.html import strip_tags

from claims.intake.recording import Link
from claims.models.vocabulary import Directness, Modality
from claims.pages import chain_sentence
from claims.wording.elision import elided
from sources.models.vocabulary import SourceKind


def link(name, kind, modality):
    return Link(name, kind, modality, Directness.INDIRECT)


def sentence(chain, language):
    with translation.override(language):
        return chain_sentence.of_links(chain)


def test_a_chain_reads_as_a_sentence_with_groups_in_the_plural():
    chain = [
        link("Haber Global", SourceKind.OUTLET, Modality.REPORTS),
        link("Iranian media", SourceKind.GROUP, Modality.CLAIMS),
        link("", SourceKind.UNNAMED, Modality.UNATTRIBUTED_PASSIVE),
    ]

    assert strip_tags(sentence(chain, "en")) == "Haber Global reports that Iranian media claim that it is said that …"


def test_the_sentence_runs_as_the_page_does_and_each_name_in_its_own_direction():
    chain = [
        link("وكالة الأنباء", SourceKind.OUTLET, Modality.REPORTS),
        link("<مسؤولون>", SourceKind.OUTLET, Modality.CLAIMS),
    ]

    assert sentence(chain, "en") == (
        '<bdi dir="auto">وكالة الأنباء</bdi> reports that <bdi dir="auto">&lt;مسؤولون&gt;</bdi> claims that …'
    )


def test_que_is_elided_between_links_before_the_name_that_follows():
    chain = [
        link("Élise", SourceKind.PERSON, Modality.ASSERTS),
        link("Amal", SourceKind.PERSON, Modality.ASSERTS),
        link("Haber", SourceKind.PERSON, Modality.ASSERTS),
        link("", SourceKind.UNNAMED, Modality.UNATTRIBUTED_PASSIVE),
    ]

    assert strip_tags(sentence(chain, "fr")) == "Élise dit qu’Amal dit que Haber dit qu’il est dit que …"


def test_no_chain_is_no_sentence():
    assert chain_sentence.of_links([]) == ""


@pytest.mark.parametrize(
    ("written", "read"),
    [("dit que il est dit", "dit qu’il est dit"), ("dit que Haber", "dit que Haber"), ("que Élise", "qu’Élise")],
)
def test_que_is_elided_before_a_vowel(written, read):
    assert elided(written) == read
