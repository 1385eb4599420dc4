import base64
import json
from datetime import UTC, datetime, timedelta
from importlib import import_module

import pytest
from django.utils import timezone

from sources.models.vocabulary import SourceVerb
from tests import databases, make
from tests.refusing import refused
from workbench.desk import audit, checkpointing, log_tree, signing_key
from workbench.desk.anchor_declarations import GivenTimestamp
from workbench.desk.anchors import Checkpoint, LogLeaf, SigningKey, WitnessKind
from workbench.desk.models import LogEntry
from workbench.desk.roles import NotPermitted
from workbench.desk.work_queue import drain
from workbench.transparency import signed_note

EXTEND = import_module("workbench.migrations.0016_log_tree_by_function").EXTEND
pytestmark = pytest.mark.django_db


def act(times=1):
    source = make.source()
    for _time in range(times):
        audit.record(None, SourceVerb.CHANGED_SOURCE, source)


def test_a_checkpoint_is_over_every_entry_and_signed():
    act(5)

    made = checkpointing.now()

    note = made.note
    assert (note.origin, note.size, made.size) == ("desk.arvel/log", 6, LogEntry.objects.count())
    assert note.root == log_tree.root(6)
    assert signing_key.signer(note, [made.key.data]) == made.key.data
    assert note.said("captures") == f"0:{made.heads['captures'][1]}"


def test_leaves_bind_hash_number_and_chain_in_the_order_of_the_entries():
    act(2)

    checkpointing.now()

    entries = LogEntry.objects.order_by("pk")
    assert [leaf.line for leaf in LogLeaf.objects.all()] == [f"{e.hash} {e.seq} {e.chain}" for e in entries]
    assert list(log_tree.lines(2)) == [leaf.line for leaf in LogLeaf.objects.filter(number__lt=2)]


def test_nothing_new_makes_no_new_checkpoint():
    act()
    first = checkpointing.now()

    assert checkpointing.now() == first

    act()
    second = checkpointing.now()
    assert (second.size, Checkpoint.objects.count()) == (first.size + 1, 2)


def test_an_entry_that_commits_late_goes_into_the_next_checkpoint():
    act(3)
    late = LogEntry.objects.order_by("pk").first()
    checkpointing._registered(signing_key.public(signing_key.load()))
    for number, entry in enumerate(LogEntry.objects.exclude(pk=late.pk).order_by("pk")):
        make.log_leaf(entry, number=number, line=log_tree.line(entry.hash, entry.seq, entry.chain))

    checkpointing.now()

    assert late.leaf.number == 3


def test_workers_make_one_when_the_log_has_grown_and_the_last_is_old(settings):
    act()
    drain(checkpointing.due(), checkpointing.step)
    act()
    drain(checkpointing.due(), checkpointing.step)
    assert Checkpoint.objects.count() == 1

    settings.CHECKPOINT_EVERY = timedelta()
    drain(checkpointing.due(), checkpointing.step)
    drain(checkpointing.due(), checkpointing.step)
    assert [row.size for row in Checkpoint.objects.made()] == [3, 2]


def test_captures_alone_are_anchored_too(settings):
    settings.CHECKPOINT_EVERY = timedelta()
    act()
    drain(checkpointing.due(), checkpointing.step)
    make.link()

    drain(checkpointing.due(), checkpointing.step)

    assert [row.heads["captures"][0] for row in Checkpoint.objects.made()] == [1, 0]


def test_a_checkpoint_that_somebody_asked_for_is_made_once():
    act()
    checkpointing.ask()
    checkpointing.ask()

    drain(checkpointing.due(), checkpointing.step)

    row = Checkpoint.objects.get()
    assert (row.size, row.due_at, row.stamped_at) == (2, None, None)


def test_a_long_log_is_numbered_in_parts_before_it_is_signed(monkeypatch):
    monkeypatch.setattr(checkpointing, "MOST_AT_ONCE", 3)
    act(7)

    with refused("catching_up"):
        checkpointing.now()
    checkpointing.ask()
    drain(checkpointing.due(), checkpointing.step)

    assert [row.size for row in Checkpoint.objects.all()] == [8]


def test_an_authority_stamps_the_whole_note(monkeypatch):
    given = GivenTimestamp(b"token", "pem", datetime(2026, 11, 26, tzinfo=UTC), "https://tsa.example")
    asked = []
    monkeypatch.setattr("sources.proving.sealing.timestamp", lambda text: asked.append(text) or given)
    checkpointing.declarations.timestamp.cache_clear()
    act()
    made = checkpointing.now()

    drain(checkpointing.due(), checkpointing.step)

    checkpointing.declarations.timestamp.cache_clear()
    made.refresh_from_db()
    assert (asked, bytes(made.token), made.authority) == ([made.text], b"token", "https://tsa.example")
    assert list(Checkpoint.objects.anchored()) == [made]


@pytest.fixture
def _small_blocks(monkeypatch):
    """Keep a hash over each four leaves, here and in the function of the database."""
    monkeypatch.setattr(log_tree, "BLOCK", 4)
    small = (
        EXTEND.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")
        .replace("* 256 + 255", "* 4 + 3")
        .replace("/ 256", "/ 4")
        .replace("* 256", "* 4")
    )
    with databases.unbound() as cursor:
        cursor.execute(small)


@pytest.mark.usefixtures("_small_blocks")
def test_the_tree_keeps_hashes_of_blocks_and_proves_every_entry():
    act(40)
    size = checkpointing.now().size
    act(30)
    checkpointing.now()

    for old in (size, 70, 17):
        root, proofs = log_tree.root(old), log_tree.inclusions(range(old), old)
        for leaf in LogLeaf.objects.filter(number__lt=old):
            path = proofs[leaf.number]
            found = log_tree.merkle.root_of_inclusion(leaf.number, old, log_tree.leaf(leaf.line), path)
            assert found == root


@pytest.mark.usefixtures("_small_blocks")
def test_the_tree_proves_that_it_only_grew():
    act(20)
    old = checkpointing.now().note
    act(9)
    new = checkpointing.now().note

    path = log_tree.consistency(old.size, new.size)

    roots = log_tree.merkle.roots_of_consistency(old.size, new.size, old.root, path)
    assert roots == (old.root, new.root)


def test_a_proof_reads_few_rows(django_assert_max_num_queries):
    act(30)
    size = checkpointing.now().size

    with django_assert_max_num_queries(2):
        log_tree.inclusions(range(20), size)


def test_the_key_is_made_once_and_only_its_owner_reads_it(settings, tmp_path):
    settings.SIGNING_KEY = tmp_path / "folder" / "key.pem"

    first, second = signing_key.load(), signing_key.load()

    assert signing_key.public(first) == signing_key.public(second)
    assert (settings.SIGNING_KEY.stat().st_mode & 0o777, len(list(settings.SIGNING_KEY.parent.iterdir()))) == (0o600, 1)


@pytest.mark.parametrize("spoil", ["missing", "open", "other", "garbage"])
def test_a_key_that_cannot_be_used_is_refused(settings, tmp_path, spoil):
    settings.SIGNING_KEY = path = tmp_path / "key.pem"
    signing_key.load()
    if spoil == "missing":
        path.unlink()
        settings.SIGNING_KEY_IS_OURS = False
    elif spoil == "open":
        path.chmod(0o640)
    else:
        path.write_bytes(b"-----BEGIN" if spoil == "garbage" else RSA.encode())

    with refused("no_key"):
        checkpointing.now()
    assert not SigningKey.objects.exists()


def test_a_new_key_is_signed_by_the_old_one_and_logged(settings, tmp_path):
    settings.SIGNING_KEY = tmp_path / "key.pem"
    act()
    old = checkpointing.now()

    new = checkpointing.rotate()

    made = checkpointing.now()
    assert (made.key, new.before, signing_key.public(signing_key.load())) == (new, old.key, new.public)
    statement = signing_key.ENDORSES.format(old=old.key.public, new=new.public)
    assert signing_key.holds(old.key.data, statement, base64.b64decode(new.endorsement))
    facts = [json.loads(entry.facts) for entry in LogEntry.objects.filter(chain__startswith="signingkey")]
    assert {fact["public"] for fact in facts} == {old.key.public, new.public}
    assert signing_key.signer(old.note, [row.data for row in SigningKey.objects.all()]) == old.key.data
    assert list(tmp_path.iterdir()) == [settings.SIGNING_KEY]


def test_the_private_key_is_nowhere_in_the_database(settings, tmp_path):
    settings.SIGNING_KEY = tmp_path / "key.pem"
    checkpointing.now()
    checkpointing.rotate()
    secret = base64.b64encode(signing_key.load().private_bytes_raw()).decode()

    kept = [*SigningKey.objects.values_list(), *Checkpoint.objects.values_list(), *LogEntry.objects.values_list()]

    assert secret not in str(kept)


def test_a_person_notes_who_holds_a_checkpoint():
    editor = make.editor()
    act()
    made = checkpointing.now()

    checkpointing.note_witness(made, by=editor, kind=WitnessKind.DESK, holder="https://other.example")

    entry = LogEntry.objects.latest("pk")
    assert (entry.verb, json.loads(entry.facts)["line"]) == ("noted a witness", made.line)
    assert list(Checkpoint.objects.anchored()) == [made]


def test_only_the_roles_that_may_make_checkpoints_and_note_witnesses():
    made = checkpointing.now()

    with pytest.raises(NotPermitted):
        checkpointing.make(by=make.editor())
    with pytest.raises(NotPermitted):
        checkpointing.note_witness(made, by=make.reviewer(), kind="paper", holder="safe")
    assert checkpointing.make(by=make.admin()) == made


@pytest.mark.parametrize(
    ("address", "origin"), [("https://desk.example.org", "desk.example.org/log"), ("http://h:8/x", "h:8/x/log")]
)
def test_the_log_is_named_by_the_address_of_the_desk(settings, address, origin):
    settings.DESK_URL = address

    assert signed_note.read(checkpointing.now().text).origin == origin
    assert checkpointing.now().made_at <= timezone.now()


RSA = """-----BEGIN PRIVATE KEY-----
MC4CAQAwBQYDK2VuBCIEIHAHgS5+dYwAjzqzFMqEwXeYQUtTrHjIpUvZkVYpMlFP
-----END PRIVATE KEY-----
"""
