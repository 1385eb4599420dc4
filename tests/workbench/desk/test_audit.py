import hashlib
import json

import pytest
from django.core.management import CommandError, call_command

from sources.models.vocabulary import SourceVerb
from tests import databases, make
from workbench.desk import actor, audit
from workbench.desk.models import LogEntry, LogHead

pytestmark = pytest.mark.django_db


@pytest.fixture
def chain():
    """The chain of a source about which three things were noted."""
    source = make.source()
    person = make.editor()
    for verb in (SourceVerb.ADDED_SOURCE, SourceVerb.ADDED_NAME, SourceVerb.CHANGED_SOURCE):
        audit.record(person, verb, source, name=f"Le Courrier d’Arvel, {verb}")
    return audit.name_of(source)


def tamper(statement, *values):
    """Do what only the owner of the database can: switch the triggers off, and write."""
    with databases.unbound() as cursor:
        cursor.execute("set constraints all immediate")
        for table in ("workbench_logentry", "workbench_loghead"):
            cursor.execute(f"alter table {table} disable trigger user")
        cursor.execute(statement, values)


def faults(chain):
    return [(fault.seq, fault.problem) for fault in audit.verify(chain)]


def test_an_entry_says_who_did_what_to_what(django_assert_num_queries):
    person, source = make.editor(), make.source()

    with django_assert_num_queries(3):  # the transaction, for whom it speaks, and the entry
        audit.record(person, SourceVerb.ADDED_NAME, source, name="Köprü", before=None)

    entry = LogEntry.objects.get()
    assert (entry.actor, entry.actor_name, entry.verb, entry.subject) == (
        person, person.username, "added a name", f"source {source.pk}"
    )  # fmt: skip
    assert json.loads(entry.facts) == {"name": "Köprü", "before": None}


def test_a_verb_that_no_app_declares_is_refused():
    with pytest.raises(TypeError, match="no verb of the log"):
        audit.record(None, "renamed", make.source())

    assert not LogEntry.objects.exists()


def test_the_machine_acts_without_a_person():
    entry = audit.record(None, SourceVerb.SAW_CHANGE, make.source())

    assert (entry.actor, LogEntry.objects.get().actor_name) == (None, "machine")


def test_every_entry_carries_the_hash_of_the_one_before(chain):
    first, second, third = LogEntry.objects.filter(chain=chain).order_by("seq")

    genesis = hashlib.sha256(f"claim-workbench-log-v1 {chain}".encode()).hexdigest()
    assert (first.previous, second.previous, third.previous) == (genesis, first.hash, second.hash)
    assert audit.head(chain) == third.hash


def test_chains_of_different_rows_do_not_wait_for_each_other(chain):
    other = audit.record(None, SourceVerb.ADDED_SOURCE, make.source())

    assert (other.pk and LogEntry.objects.get(pk=other.pk).seq, LogHead.objects.count()) == (1, 2)
    assert audit.chains() == sorted([chain, other.chain])


def test_the_hash_is_the_one_the_handbook_describes(chain):
    entry = LogEntry.objects.get(chain=chain, seq=1)
    at = entry.recorded_at.strftime("%Y-%m-%dT%H:%M:%S.%fZ")

    texts = ["claim-workbench-log-v3", entry.chain, str(entry.seq), entry.previous, at, str(entry.actor_id)]
    texts += [entry.actor_name, entry.verb, entry.subject, entry.facts, str(entry.sealed_rows), entry.seals_sha256]
    texts.append(entry.nonce)

    assert (bool(entry.sealed_rows), len(entry.nonce)) == (True, 32)
    assert (
        entry.hash == hashlib.sha256(json.dumps(texts, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()
    )


def test_an_entry_that_says_the_same_has_another_random_part(chain):
    first, second, _third = LogEntry.objects.filter(chain=chain)

    assert first.nonce != second.nonce


def test_entries_from_before_the_random_part_keep_their_form_of_hash(chain):
    entry = LogEntry.objects.get(chain=chain, seq=3)
    entry.form = 2
    old = hashlib.sha256(audit.hashed_text(entry).encode()).hexdigest()

    tamper("update workbench_logentry set form = 2, nonce = '', hash = %s where id = %s", old, entry.pk)
    with databases.unbound() as cursor:
        cursor.execute("update workbench_loghead set hash = %s where chain = %s", [old, chain])

    assert (faults(chain), json.loads(audit.hashed_text(entry))[0]) == ([], "claim-workbench-log-v2")


def test_entries_from_before_seals_keep_their_form_of_hash(chain):
    entry = LogEntry.objects.get(chain=chain, seq=3)
    columns = [chain, 3, entry.previous, f"{entry.recorded_at:%Y-%m-%dT%H:%M:%S.%fZ}", entry.actor_id, entry.actor_name]
    text = "\n".join(map(str, [*columns, entry.verb, entry.subject, entry.facts]))
    old = hashlib.sha256(text.encode()).hexdigest()

    tamper("update workbench_logentry set form = 1, hash = %s where id = %s", old, entry.pk)
    with databases.unbound() as cursor:
        cursor.execute("update workbench_loghead set hash = %s where chain = %s", [old, chain])

    assert faults(chain) == []


def test_an_act_carries_the_seals_of_its_transaction_and_the_machine_those_without_an_act(chain):
    first = LogEntry.objects.get(chain=chain, seq=1)
    make.source()
    bound = audit.bind_seals()

    assert {(seal.model, seal.entry_id) for seal in first.seals.all()} >= {("source", first.pk), ("user", first.pk)}
    assert (bound, LogEntry.objects.get(chain="seals").sealed_rows) == (1, 1)
    assert (audit.bind_seals(), faults("seals")) == (0, [])


def test_a_whole_chain_has_no_fault(chain):
    assert (faults(chain), faults("source 0")) == ([], [])


def test_whatever_code_says_of_a_hash_the_database_makes_it(chain):
    actor.speak_for(None)
    entry = LogEntry.objects.create(
        chain=chain, seq=99, hash="f" * 64, actor_name="x", verb="x", subject="x", facts="{}"
    )

    entry.refresh_from_db()

    assert (entry.seq, faults(chain)) == (4, [])


def test_an_edited_entry_is_seen(chain):
    tamper("update workbench_logentry set facts = '{}' where chain = %s and seq = 2", chain)

    assert faults(chain) == [(2, "was changed after it was written")]


def test_an_edited_time_is_seen(chain):
    tamper(
        "update workbench_logentry set recorded_at = recorded_at - interval '1 day' where chain = %s and seq = 1", chain
    )

    assert faults(chain) == [(1, "was changed after it was written")]


def test_an_edited_entry_with_a_hash_of_its_own_breaks_what_follows(chain):
    tamper("update workbench_logentry set verb = 'praised', hash = repeat('a', 64) where chain = %s and seq = 2", chain)

    assert faults(chain) == [
        (2, "was changed after it was written"),
        (3, "does not match the entry before it"),
    ]


def test_a_removed_entry_is_seen(chain):
    tamper("delete from workbench_logentry where chain = %s and seq = 2", chain)

    assert faults(chain) == [(3, "number 2 was expected"), (3, "does not match the entry before it")]


def test_a_cut_tail_is_seen(chain):
    tamper("delete from workbench_logentry where chain = %s and seq = 3", chain)

    assert faults(chain) == [(3, "entries at the end are missing or changed")]


def test_an_inserted_entry_is_seen(chain):
    tamper(
        "insert into workbench_logentry (chain, seq, previous, hash, recorded_at, actor_name, verb, subject, facts) "
        "select chain, 4, hash, repeat('a', 64), recorded_at, actor_name, 'praised', subject, facts "
        "from workbench_logentry where chain = %s and seq = 3",
        chain,
    )

    assert faults(chain) == [
        (4, "was changed after it was written"),
        (3, "entries at the end are missing or changed"),
    ]


def test_a_lost_end_is_seen(chain):
    tamper("delete from workbench_loghead where chain = %s", chain)

    assert faults(chain) == [(3, "the end of the chain is missing")]


def test_lost_entries_are_seen_by_their_end(chain):
    tamper("delete from workbench_logentry where chain = %s", chain)

    assert faults(chain) == [(3, "entries at the end are missing or changed")]
    assert chain in audit.chains()


def test_a_chain_that_is_not_there_does_not_hold():
    with pytest.raises(CommandError, match="There is no chain"):
        call_command("verify_log", chain="claim 12")
