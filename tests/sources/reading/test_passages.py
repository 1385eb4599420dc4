import pytest

from sources.models import Passage
from sources.reading import passages, pasting
from tests import make

pytestmark = pytest.mark.django_db

TEXT = "Il a capturé 39 villages.\nIl a été affirmé que des « terroristes » étaient à l’origine de l’attaque."


@pytest.fixture(autouse=True)
def _own_archive(settings, tmp_path):
    settings.ARCHIVE_FOLDER = tmp_path


def test_a_quote_is_found_in_the_passage_that_makes_it():
    reading = pasting.keep_pasted(TEXT, by=make.reporter())

    passage = passages.passage_of(reading, "des « terroristes » étaient")

    assert passage.exact.startswith("Il a été affirmé")
    assert passages.passage_of(reading, "nowhere") is None
    assert passages.passage_of(reading, "  ") is None


def test_passages_are_the_words_of_the_text_with_those_around_them():
    reading = pasting.keep_pasted(TEXT, by=make.reporter())

    found = list(reading.passages.order_by("start"))

    assert [reading.text[one.start : one.end] for one in found] == [one.exact for one in found]
    assert found[0].suffix.startswith("\nIl a été affirmé")
    assert found[1].prefix.endswith("39 villages.\n")


def test_a_sentence_quoted_in_another_language_is_searched_in_its_own():
    text = f"{TEXT}\nThe rescuers said that they had found nobody in the villages."
    reading = pasting.keep_pasted(text, by=make.reporter())

    assert [one.language for one in reading.passages.order_by("start")] == ["fr", "fr", "en"]
    assert Passage.objects.search("rescuer village", "en").filter(reading=reading).exists()
