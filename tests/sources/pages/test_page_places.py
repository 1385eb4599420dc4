import re
from pathlib import Path

import pytest

from sources.formats import bylines, publication_dates, titles
from sources.pages.page_places import PLACES, place

NOTED = re.compile(r'^\s+\("([a-z-]+)", |"([a-z-]+)", (?:0\.\d|confidence)', re.MULTILINE)


@pytest.mark.parametrize("module", [bylines, publication_dates, titles])
def test_every_place_that_readers_note_has_words(module):
    noted = {name for names in NOTED.findall(Path(module.__file__).read_text()) for name in names if name}

    assert noted
    assert noted <= set(PLACES)


def test_what_an_older_reader_noted_stays():
    assert place("sitemap") == "sitemap"
