import pytest
from django.core.management import CommandError, call_command

from sources.models.vocabulary import SourceVerb
from tests import make
from workbench.desk import audit
from workbench.desk.anchors import Checkpoint
from workbench.transparency import signed_note

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("form", [{}, {"note": True}])
def test_it_makes_a_checkpoint_and_prints_it(capsys, form):
    audit.record(None, SourceVerb.ADDED_SOURCE, make.source())

    call_command("checkpoint", **form)

    told = capsys.readouterr().out
    assert signed_note.read(told) == Checkpoint.objects.get().note
    assert ("|" in told) != bool(form)


def test_it_writes_the_list_of_all_entries(tmp_path):
    entry = audit.record(None, SourceVerb.ADDED_SOURCE, make.source())
    entry.refresh_from_db()
    file = tmp_path / "list.txt"

    call_command("checkpoint", list=str(file))

    lines = file.read_text().splitlines()
    assert (lines[0], len(lines)) == (f"{entry.hash} 1 {entry.chain}", Checkpoint.objects.get().size)


def test_it_says_why_the_desk_cannot_sign(settings, tmp_path):
    settings.SIGNING_KEY, settings.SIGNING_KEY_IS_OURS = tmp_path / "lost.pem", False

    with pytest.raises(CommandError, match=r"its key lost\.pem cannot be used"):
        call_command("checkpoint")
