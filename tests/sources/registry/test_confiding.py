"""Confidential sources: all know a pseudonym, named people read the name, and a salted hash binds it."""

import pytest

from claims.models import Attribution
from claims.publishing.exports.case import records
from sources.models import Source, SourceIdentity
from sources.models.vocabulary import SourceKind
from sources.registry import confiding, registering
from tests import make
from tests.refusing import refused
from workbench.desk import hidden_rows
from workbench.desk.models import LogEntry
from workbench.desk.roles import NotPermitted
from workbench.transparency import commitments

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_key(settings, tmp_path):
    settings.IDENTITY_KEY = tmp_path / "identity-key"


@pytest.fixture
def source():
    return confiding.add_confidential("Zyx Wort", SourceKind.PERSON, by=make.reporter())


def test_the_name_is_in_no_column_and_in_no_entry_of_the_log(source):
    identity = SourceIdentity.objects.get()

    assert source.name == "Confidential source 1"
    assert "Zyx" not in " ".join(str(value) for row in (source, identity) for value in vars(row).values())
    assert not [entry for entry in LogEntry.objects.all() if "Zyx" in entry.facts]
    assert not Source.objects.search("Zyx Wort").exists()


def test_only_named_people_read_the_name_and_each_look_is_logged(source):
    friend = make.editor()
    with pytest.raises(NotPermitted):
        confiding.reveal(source, by=friend)

    confiding.let_read(source, friend, by=source.added_by)

    assert confiding.reveal(source, by=friend) == "Zyx Wort"
    assert confiding.history(source)[0].actor == friend
    with hidden_rows.read_by(lambda: friend.pk):
        assert not LogEntry.objects.filter(chain__startswith="sourceidentity").exists()


def test_the_salted_hash_binds_the_name(source):
    identity = SourceIdentity.objects.get()

    kept = confiding.opened(identity)

    assert commitments.commitment(kept["salt"], "name", "Zyx Wort") == identity.commitment


def test_a_name_that_is_known_already_is_not_told(source):
    other = confiding.add_confidential("Zyx Wort", SourceKind.PERSON, by=make.reporter())
    named = registering.add_source("Zyx Wort", SourceKind.PERSON, by=make.reporter())

    assert (other.name, named.name) == ("Confidential source 2", "Zyx Wort")


def test_the_last_person_who_knows_cannot_be_removed(source):
    with refused("last"):
        confiding.stop(source, source.added_by, by=source.added_by)


def test_a_confidential_source_gets_no_name_and_no_domain(source):
    for add, what in ((registering.add_name, "Zyx"), (registering.add_domain, "zyx.example")):
        with refused("confidential"):
            add(source, what, by=source.added_by)


def test_a_key_that_others_can_read_is_refused(source, settings):
    settings.IDENTITY_KEY.chmod(0o644)

    with refused("no_key"):
        confiding.reveal(source, by=source.added_by)


def test_a_lost_key_is_not_replaced(source, settings):
    settings.IDENTITY_KEY.unlink()

    with refused("no_key"):
        confiding.add_confidential("Another", SourceKind.PERSON, by=source.added_by)


def test_the_package_of_a_case_binds_the_name_and_does_not_tell_it(source):
    link: Attribution = make.attribution(source=source, named_as=source.name)

    found = records.of(link.appearance.claim)

    identity = next(record for record in found if record["kind"] == "sourceidentity")
    assert identity["fields"]["commitment"]["value"] == SourceIdentity.objects.get().commitment
    assert "ciphertext" not in identity["fields"]
    assert "Zyx" not in str(found)
