"""What a restricted claim hides is asked in queries that Django compiles once: every request asks for it."""

import pytest
from django.db.models.sql.compiler import SQLCompiler

from claims.intake import restricting
from claims.models import claim_access
from tests import make, rights

pytestmark = pytest.mark.django_db


@pytest.fixture
def author():
    return make.reporter()


@pytest.fixture
def restricted(author):
    """Return the rows of a restricted claim."""

    def made(text):
        rows = rights.everything_about(text, logged_by=author)
        restricting.name(rows["claim"], author, by=author)
        return rows

    return made


def hidden_keys(person, label):
    return claim_access.hidden_from(person.pk)[label]["id"]


def test_the_next_request_compiles_nothing_and_sees_what_was_restricted_meanwhile(restricted, monkeypatch):
    reader, first = make.editor(), restricted("Zyxwort")
    hidden = hidden_keys(reader, "claims.Claim")
    second = restricted("Qqqwort")
    as_sql, compiled = SQLCompiler.as_sql, []
    monkeypatch.setattr(SQLCompiler, "as_sql", lambda *given, **how: compiled.append(given) or as_sql(*given, **how))

    later = claim_access.hidden_from(reader.pk)

    assert (hidden, compiled) == ([first["claim"].pk], [])
    assert later["claims.Claim"]["id"] == [first["claim"].pk, second["claim"].pk]
    for name, label in (("search", "sources.Search"), ("file", "sources.Document"), ("source", "sources.Source")):
        assert {first[name].pk, second[name].pk} <= set(later[label]["id"])


def test_who_is_named_has_nothing_hidden(restricted, author):
    restricted("Zyxwort")

    assert claim_access.hidden_from(author.pk) == {}
