from datetime import UTC, datetime

import pytest

from sources.formats import sandbox, sandbox_pages
from sources.formats.files.page_copy import Reference
from sources.formats.unreadable import Unreadable
from tests.sources.formats.files import samples

NOW = datetime(2026, 11, 26, tzinfo=UTC)


def test_a_saved_page_is_read_in_the_sandbox_with_what_it_says_of_itself():
    found = sandbox_pages.read(samples.mhtml(), "multipart/related", Reference(latest=NOW))

    assert found.article.text.splitlines() == [*samples.SAID]
    assert [(fact.standard, fact.name) for fact in found.facts][:2] == [("mhtml", "address"), ("mhtml", "saved at")]


def test_a_file_that_is_no_archive_is_refused_there_and_the_sandbox_goes_on():
    with pytest.raises(Unreadable):
        sandbox_pages.read(b"WARC/1.1\r\nContent-Length: -5\r\n\r\n", "application/warc", Reference(latest=NOW))

    assert sandbox.file(samples.workbook(), samples.WORKBOOK).text.startswith("Traffic")
