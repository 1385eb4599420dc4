"""The storage parameters of single tables: how soon PostgreSQL vacuums and analyzes them, and their fill factor."""

import pytest
from django.db import connection

from claims.models import Claim, Evidence
from sources.models import (
    Capture,
    ChainLink,
    Document,
    FetchAttempt,
    Passage,
    PassageVector,
    Reading,
    Search,
    SearchHit,
)
from workbench.desk.models import LogEntry

pytestmark = pytest.mark.django_db

GROWING = [Capture, ChainLink, Evidence, FetchAttempt, LogEntry, Passage, PassageVector, Reading, SearchHit]


def settings_of(model):
    with connection.cursor() as cursor:
        cursor.execute("SELECT unnest(reloptions) FROM pg_class WHERE relname = %s", [model._meta.db_table])
        return dict(option.split("=") for (option,) in cursor.fetchall())


@pytest.mark.parametrize("model", GROWING)
def test_a_table_that_is_only_added_to_is_vacuumed_and_analyzed_after_a_fiftieth_of_its_rows(model):
    found = settings_of(model)

    assert found["autovacuum_vacuum_insert_scale_factor"] == found["autovacuum_analyze_scale_factor"] == "0.02"


@pytest.mark.parametrize("model", [Passage, PassageVector, Reading])
def test_where_retention_removes_rows_their_space_is_free_again_soon(model):
    assert settings_of(model)["autovacuum_vacuum_scale_factor"] == "0.02"


@pytest.mark.parametrize("model", [Claim, Document, Search])
def test_rows_of_work_have_room_for_their_next_version(model):
    assert settings_of(model)["fillfactor"] == "80"
