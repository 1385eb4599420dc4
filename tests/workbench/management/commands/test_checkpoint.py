import pytest
from django.core.management import CommandError, call_command

from sources.archive.growth import check_growth
from sources.archive.verifier_messages import GREW, Checked
from sources.models.vocabulary import SourceVerb
from tests import make
from workbench.desk import audit, checkpointing
from workbench.desk.anchors import Checkpoint, SigningKey
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


def test_a_witness_checks_with_the_verifier_that_the_log_only_grew(capsys, tmp_path):
    source = make.source()
    kept, key = checkpointing.now(), signed_note.key_text(checkpointing.origin(), SigningKey.objects.get().data)
    for _time in range(3):
        audit.record(None, SourceVerb.ADDED_SOURCE, source)

    call_command("checkpoint", since=kept.line)

    newer, *proof = capsys.readouterr().out.split("\n", 1)
    file = tmp_path / "proof.txt"
    file.write_text(proof[0])
    grown, cut, strange = Checked(), Checked(), Checked()
    check_growth(kept.line, newer, file, key, grown)
    check_growth(newer, kept.line, file, key, cut)
    check_growth(kept.line, newer, file, key[:-6] + "AAAA==", strange)
    assert (grown.faults, grown.conclusion) == ([], GREW)
    assert [what for _where, what in cut.faults] == ["the log did not only grow"]
    assert strange.faults
    with pytest.raises(CommandError, match="does not begin with this checkpoint"):
        call_command("checkpoint", since=kept.line.replace("| 1 |", "| 2 |").replace(f"| {kept.size} |", "| 2 |"))
