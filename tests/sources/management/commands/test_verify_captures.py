import pytest
from django.core.management import CommandError, call_command

from sources.models import ChainLink
from sources.reading import pasting
from tests import databases, make
from tests.sealed import seal

pytestmark = pytest.mark.django_db


@pytest.fixture
def capture(settings, tmp_path):
    settings.ARCHIVE_FOLDER = tmp_path
    kept = pasting.keep_pasted("The bridge was closed.", by=make.reporter()).capture
    seal()
    return kept


def test_a_chain_and_an_archive_that_hold_are_said_to(capture, capsys):
    call_command("verify_captures", "--archive")

    assert capsys.readouterr().out == "1 captures hold, under 0 stamps.\n"


def test_a_byte_changed_in_the_archive_is_found(capture, settings):
    file = settings.ARCHIVE_FOLDER / capture.warc_file
    data = bytearray(file.read_bytes())
    data[-20] ^= 1
    file.write_bytes(bytes(data))

    call_command("verify_captures")
    with pytest.raises(CommandError, match="link 1: the archive"):
        call_command("verify_captures", "--archive")


def test_an_archive_that_is_gone_is_found(capture, settings):
    (settings.ARCHIVE_FOLDER / capture.warc_file).unlink()

    with pytest.raises(CommandError, match="link 1: the archive"):
        call_command("verify_captures", "--archive")


def test_a_link_that_was_rewritten_is_found(capture):
    with databases.unbound() as cursor:
        cursor.execute("set local session_replication_role = replica")
        cursor.execute("update sources_chainlink set facts = '{}'")
        cursor.execute("set local session_replication_role = default")

    with pytest.raises(CommandError, match="link 1: its facts were changed"):
        call_command("verify_captures")
    assert ChainLink.objects.get().facts == "{}"
