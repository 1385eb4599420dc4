import hashlib

import pytest

from sources.capturing import preserving
from sources.models import Document
from sources.reading import pasting
from tests import make
from tests.refusing import refused

pytestmark = pytest.mark.django_db

TEXT = "Il a capturé 39 villages.\nIl a été affirmé que des « terroristes » étaient à l’origine de l’attaque."


@pytest.fixture(autouse=True)
def _own_archive(settings, tmp_path):
    settings.ARCHIVE_FOLDER = tmp_path


def test_a_pasted_text_is_kept_named_by_its_hash_and_split():
    reading = pasting.keep_pasted(TEXT, by=make.reporter(), url="https://example.org/a")

    capture = reading.capture
    body = preserving.payload_of(capture)
    assert body == TEXT.encode()
    assert capture.document.url.startswith(f"ni:///sha-256;{hashlib.sha256(body).hexdigest()}?n=")
    assert capture.document.due_at is None
    assert (reading.language, reading.text) == ("fr", TEXT)
    assert capture.attempt.final_url == "https://example.org/a"


def test_a_text_pasted_twice_is_one_document():
    first = pasting.keep_pasted(TEXT, by=make.reporter())

    second = pasting.keep_pasted(f"  {TEXT}\r\n".replace("\n", "\r\n"), by=make.reporter())

    assert first == second
    assert Document.objects.count() == 1


def test_a_text_too_long_to_be_an_article_is_refused():
    with refused("too_long", "pasted"):
        pasting.keep_pasted("x" * 200_001, by=make.reporter())


def test_nulls_and_lone_surrogates_do_not_reach_the_database():
    reading = pasting.keep_pasted("Un pont\0 fermé \ud800 lundi, dit-on.", by=make.reporter())

    assert "\0" not in reading.text
    assert reading.text.encode()
