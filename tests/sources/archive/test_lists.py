import io
import json

import pytest

from sources.archive import lists, records, warc
from tests.sources.archive.test_warc import Exchange


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("https://www.Paper.example/A?b=2&a=1#x", "example,paper)/a?a=1&b=2"),
        ("http://paper.example:80", "example,paper)/"),
        ("https://paper.example:8443/", "example,paper:8443)/"),
        ("https://[2606:4700::1111]/x", "[2606:4700::1111])/x"),
        ("http://[2606:4700::1111]:8080/x", "[2606:4700::1111]:8080)/x"),
        ("ni:///sha-256;abc", "ni:///sha-256;abc"),
    ],
)
def test_addresses_are_sorted_host_first(url, key):
    assert lists.surt(url) == key


def first(data):
    return next(records.records("archive/captures.warc.gz", io.BytesIO(data)))


def test_lines_name_a_record_and_where_it_is():
    one = first(warc.record([Exchange()]))

    key, at, entry = lists.index_line(one, 100).split(" ", 2)

    assert (key, at) == ("example,paper)/1", "20241129100000")
    assert json.loads(entry)["offset"] == "100"
    assert json.loads(entry)["filename"] == "captures.warc.gz"
    assert json.loads(lists.page_line(one)).keys() == {"id", "url", "ts"}


@pytest.mark.parametrize(
    ("name", "ours"),
    [
        ("archive/captures.warc.gz", True),
        ("proof/stamp-12.tsr", True),
        ("proof/README.fr.txt", True),
        ("archive/captures.WARC.gz", False),
        ("archive/captures_warc.gz", False),
        ("pages/extraPages.jsonl", False),
        ("proof/", False),
    ],
)
def test_a_package_of_ours_has_certain_files_to_the_letter(name, ours):
    assert bool(lists.FILES.fullmatch(name)) is ours


def test_an_archive_begins_with_who_wrote_it_and_nothing_else():
    one = first(warc.started("captures.warc.gz"))

    assert lists.is_beginning(one)
    assert not lists.is_beginning(first(warc.record([Exchange()])))
    more = one.block + b"operator: x\r\n"
    for name, value in {"offset": 9, "url": "http://paper.example/", "again": lambda: iter([more])}.items():
        other = first(warc.started("captures.warc.gz"))
        setattr(other, name, value)
        assert not lists.is_beginning(other)
