import json

import pytest
from django.core.management import call_command

from tests import make

pytestmark = pytest.mark.django_db


def test_sizes_are_printed_as_a_table(capsys):
    make.capture(warc_length=2_000_000)

    call_command("stats")

    said = capsys.readouterr().out
    assert "Archive and database: " in said or "Archive: " in said  # an own server may be elsewhere
    assert "Too early to tell when it will be full" in said
    assert "sources_passage" in said
    assert "archive 2024-12: 1.9 MB" in said
    assert "Slowest queries: not known" in said


def test_sizes_are_printed_as_one_json_object(capsys):
    make.capture(warc_length=2_000_000)

    call_command("stats", "--json")

    found = json.loads(capsys.readouterr().out)
    passages = next(table for table in found["tables"] if table["name"] == "sources_passage")
    assert passages["bytes"] == passages["heap_bytes"] + passages["index_bytes"] + passages["toast_bytes"]
    assert found["archive"] == {"2024-12": 2_000_000}
    assert found["disks"][0]["forecast"] is None
