import pytest

from claims.models import Evidence
from claims.pages.weigh_filter import EVERYTHING, WeighFilter
from sources.models import Capture, Document, Passage, Reading, Source
from tests import make


def suggestion(language="fr", source=None, host="courier.example"):
    document = Document(source=source, host=host)
    reading = Reading(capture=Capture(document=document))
    return Evidence(passage=Passage(reading=reading, language=language))


@pytest.mark.parametrize(
    ("asked", "taken"),
    [
        ({}, [True, True, True]),
        ({"language": "fr"}, [True, False, True]),
        ({"source": "7"}, [False, False, True]),
        ({"source": "courier.example", "language": "tr"}, [False, True, False]),
        ({"language": "<script>", "source": "\0"}, [True, True, True]),  # no filter at all
    ],
)
def test_a_filter_takes_the_suggestions_of_its_language_and_source(asked, taken):
    rows = [suggestion(), suggestion("tr"), suggestion(source=Source(pk=7, name="Radio"))]

    assert [WeighFilter.of(asked).takes(row) for row in rows] == taken


def test_there_is_something_to_choose_where_suggestions_differ():
    rows = [suggestion(), suggestion("tr"), suggestion("fr", Source(pk=7, name="Radio"))]

    languages = [(each.value, each.label, each.number, each.is_chosen) for each in EVERYTHING.languages(rows)]
    sources = [(each.value, each.label, each.number) for each in EVERYTHING.sources(rows)]

    assert languages == [("fr", "French", 2, False), ("tr", "Turkish", 1, False)]
    assert sources == [("courier.example", "courier.example", 2), ("7", "Radio", 1)]
    assert EVERYTHING.languages(rows[:1]) == []
    assert [each.is_chosen for each in WeighFilter("fr").languages(rows[:1])] == [True]


def test_a_filter_is_carried_on_by_addresses_and_forms():
    chosen = WeighFilter("fr", "a b")

    assert (chosen.tail, chosen.fields) == ("&language=fr&source=a+b", {"language": "fr", "source": "a b"})
    assert (EVERYTHING.tail, bool(EVERYTHING)) == ("", False)


@pytest.mark.django_db
def test_what_is_chosen_can_be_seen_and_left_also_where_nothing_of_it_waits():
    name = make.source("Quayside Ledger")
    chosen = [WeighFilter("tr", str(name.pk)), WeighFilter("tr", "left.example")]

    assert [(each.value, each.label, each.number, each.is_chosen) for each in chosen[0].languages([])] == [
        ("tr", "Turkish", 0, True)
    ]
    assert [each.label for kept in chosen for each in kept.sources([])] == ["Quayside Ledger", "left.example"]
