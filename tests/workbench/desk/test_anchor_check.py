import hashlib
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command

from sources.models import ChainLink
from sources.models.vocabulary import SourceVerb
from tests import databases, make
from workbench.desk import anchor_check, audit, checkpointing, declarations, log_tree
from workbench.desk.anchors import Checkpoint, LogLeaf, LogNode, SigningKey
from workbench.desk.models import LogEntry, LogHead

pytestmark = pytest.mark.django_db


def act(source, times=1):
    for _time in range(times):
        audit.record(make.reporter(), SourceVerb.CHANGED_SOURCE, source)


@pytest.fixture
def chains():
    """Two chains of four entries each, under a checkpoint, which is returned as a line."""
    sources = [make.source(), make.source()]
    for source in sources:
        act(source, 4)
    return [audit.name_of(source) for source in sources], checkpointing.now()


@contextmanager
def owning(*kinds):
    """Do what only the owner of the database can: switch the triggers and references of tables off."""
    with databases.unbound() as cursor:
        cursor.execute("set constraints all immediate")
        for kind in kinds or (LogEntry, LogHead, LogLeaf, LogNode, Checkpoint, SigningKey):
            cursor.execute(f"alter table {kind._meta.db_table} disable trigger all")
        yield cursor


def remove(rows):
    with owning(rows.model):
        rows._raw_delete("default")


def rewrite(chain, seq):
    """Change an entry, and hash its chain as the database would have, so that it holds again."""
    with owning():
        LogEntry.objects.filter(chain=chain, seq=seq).update(facts='{"x": 1}')
        rehash(chain)


def rehash(chain):
    previous = hashlib.sha256(f"{audit.GENESIS}{chain}".encode()).hexdigest()
    for entry in LogEntry.objects.filter(chain=chain).order_by("seq"):
        entry.previous = previous
        previous = audit._hash(entry)
        LogEntry.objects.filter(pk=entry.pk).update(previous=entry.previous, hash=previous)
    LogHead.objects.filter(chain=chain).update(hash=previous)


def regrow():
    """Build the tree and the checkpoints again over what the log now has, as whoever owns the machine could."""
    for kind in (Checkpoint, LogLeaf, LogNode):
        remove(kind.objects.all())
    return checkpointing.now()


def problems(line):
    with pytest.raises(CommandError) as error:
        call_command("verify_log", checkpoint=line)
    return str(error.value)


def test_a_log_that_only_grew_holds(chains, capsys):
    _names, kept = chains
    act(make.source(), 3)
    checkpointing.now()

    call_command("verify_log", checkpoint=kept.line)

    assert "the log still begins with these entries" in capsys.readouterr().out
    assert [batch.faults for part in declarations.log_checks().values() for batch in part("") if batch.faults] == []
    assert [held.problems for held in anchor_check.since([kept.note])] == [[]]


def test_a_tail_that_was_cut_with_its_head_set_back_is_seen(chains):
    names, kept = chains
    last = LogEntry.objects.get(chain=names[0], seq=4)
    before = LogEntry.objects.get(chain=names[0], seq=3)
    remove(LogEntry.objects.filter(pk=last.pk))
    with owning(LogHead):
        LogHead.objects.filter(chain=names[0]).update(seq=3, hash=before.hash)
    assert audit.verify(names[0]) == []

    assert f"{names[0]}, entry 4: this entry was removed" in problems(kept.line)


def test_a_chain_that_was_removed_as_a_whole_is_seen(chains):
    names, kept = chains
    remove(LogEntry.objects.filter(chain=names[1]))
    remove(LogHead.objects.filter(chain=names[1]))

    told = problems(kept.line)

    assert all(f"{names[1]}, entry {seq}: this entry was removed" in told for seq in (1, 2, 3, 4))
    assert f"{names[0]}, entry" not in told


def test_a_chain_that_was_hashed_anew_is_seen(chains):
    names, kept = chains
    rewrite(names[0], 2)
    assert audit.verify(names[0]) == []

    told = problems(kept.line)

    assert [f"{names[0]}, entry {seq}: this entry was rewritten" in told for seq in (1, 2, 3, 4)] == [
        False,
        True,
        True,
        True,
    ]


def test_even_when_everything_was_rewritten_the_line_shows_it(chains, tmp_path):
    names, kept = chains
    listed = list(log_tree.lines(kept.size))
    rewrite(names[0], 4)
    forged = regrow()

    call_command("verify_log", checkpoint=forged.line)
    assert "are not those that the checkpoint covers" in problems(kept.line)

    file = tmp_path / "list.txt"
    file.write_text("\n".join(listed))
    with pytest.raises(CommandError, match=f"{names[0]}, entry 4: this entry was removed or rewritten since"):
        call_command("verify_log", checkpoint=kept.line, list=str(file))


def test_a_log_that_was_cut_with_its_tree_says_how_many_are_gone(chains):
    names, kept = chains
    remove(LogEntry.objects.filter(chain=names[1]))
    remove(LogHead.objects.filter(chain=names[1]))
    regrow()

    assert "4 entries were cut from the end" in problems(kept.line)


def test_of_several_lines_the_last_that_holds_says_from_where_on_the_log_was_rewritten(chains, tmp_path):
    _names, first = chains
    act(make.source(), 2)
    second = checkpointing.now()
    last = LogEntry.objects.latest("pk")
    rewrite(last.chain, last.seq)
    regrow()
    file = tmp_path / "kept.txt"
    file.write_text(f"{first.line}\n{second.line}\n")

    told = problems(str(file))

    assert f"The first {first.size} entries are still those of the checkpoint of" in told
    assert f"over {first.size} entries:" not in told


def test_a_line_that_was_changed_or_signed_by_another_is_seen(chains, settings, tmp_path):
    _names, kept = chains
    assert "or the line was changed" in problems(kept.line.replace("time 20", "time 19"))

    settings.SIGNING_KEY = tmp_path / "other.pem"
    checkpointing.replace_lost()
    other = checkpointing.now()
    remove(SigningKey.objects.filter(pk=other.key_id))
    assert "No key that this desk has used signed this checkpoint" in problems(other.line)


def test_a_key_that_neither_the_key_before_nor_an_act_explains_is_a_fault(chains, settings, tmp_path):
    settings.SIGNING_KEY = tmp_path / "other.pem"
    checkpointing.replace_lost()
    assert anchor_check.faults() == []

    key = make.signing_key()

    assert [(fault.chain, fault.problem) for fault in anchor_check.faults()] == [
        (f"signingkey {key.pk}", "no key before signed this key, and nobody replaced a lost one")
    ]


@pytest.mark.parametrize("wrong", ["no such file", "a | b"])
def test_what_is_no_checkpoint_is_said_to_be_none(wrong):
    assert "This is no checkpoint" in problems(wrong)


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("update workbench_checkpoint set size = 3", "differs from what was signed"),
        ('update workbench_checkpoint set heads = \'{"captures": [7, "x"]}\'', "differs from what was signed"),
        ("update workbench_checkpoint set text = replace(text, 'time 20', 'time 19')", "the signature does not hold"),
        ("update workbench_checkpoint set text = 'x'", "cannot be read"),
        ("update workbench_signingkey set public = repeat('A', 43) || '='", "the signature does not hold"),
        ("delete from workbench_logleaf where number = 3", "leaves are missing"),
        ("update workbench_logleaf set line = replace(line, 'source', 'claim')", "was rewritten"),
        ("update workbench_logleaf set line = reverse(line) where number = 0", "was rewritten"),
    ],
)
def test_without_a_line_the_desks_own_checkpoints_show_what_was_forgotten(chains, statement, said):
    with owning() as cursor:
        cursor.execute(statement)

    assert said in "\n".join(fault.problem for fault in anchor_check.faults())


@pytest.mark.usefixtures("chains")
def test_an_entry_that_claims_to_be_older_than_a_checkpoint_is_seen():
    act(make.source())
    late = LogEntry.objects.latest("pk")
    with owning():
        LogEntry.objects.filter(pk=late.pk).update(recorded_at=late.recorded_at - timedelta(hours=1))
        rehash(late.chain)
    checkpointing.now()

    faults = anchor_check.faults()

    assert [(fault.chain, fault.seq) for fault in faults] == [(late.chain, late.seq)]
    assert "was inserted" in faults[0].problem


def test_captures_that_were_removed_with_their_chain_are_seen():
    make.link()
    kept = checkpointing.now()
    assert anchor_check.faults() == []

    remove(ChainLink.objects.all())

    assert not ChainLink.objects.exists()
    assert "Links of the chain of captures were removed or rewritten." in problems(kept.line)
    assert "chain of captures" in anchor_check.faults()[0].problem


def test_a_check_takes_as_many_queries_for_many_entries_and_checkpoints(chains, django_assert_num_queries):
    with django_assert_num_queries(7):
        anchor_check.faults()
    for _time in range(5):
        act(make.source(), 3)
        checkpointing.now()

    with django_assert_num_queries(7):
        anchor_check.faults()
    assert (Checkpoint.objects.count(), LogLeaf.objects.count()) == (6, LogEntry.objects.count())


def test_an_entry_that_no_checkpoint_will_ever_cover_is_named(chains, monkeypatch):
    monkeypatch.setattr(log_tree, "LATE", 2)
    with databases.unbound():
        LogEntry.objects.create(pk=-3, chain="source 99", actor_name="", verb="x", subject="source 99", facts="{}")
    checkpointing.now()

    (fault,) = anchor_check.faults()
    assert (fault.chain, fault.seq) == ("source 99", 1)
    assert "no checkpoint covers this entry" in fault.problem
