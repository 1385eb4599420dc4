import hashlib
import json
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from benchmarks import authority
from sources.models import Capture, ChainLink, Stamp
from sources.models.proof import GENESIS
from sources.proving import sealing
from tests import databases, make
from tests.sealed import seal

pytestmark = pytest.mark.django_db


@pytest.fixture
def stamps(tmp_path, settings):
    """An authority for timestamps that the desk asks and trusts."""
    with authority.opened(tmp_path / "authority") as opened:
        settings.TIMESTAMP_URL, settings.TIMESTAMP_CA = opened.url, str(opened.root)
        yield opened


def later(stamp):
    """Let the waiting of a stamp be over."""
    Stamp.objects.filter(pk=stamp.pk).update(due_at=timezone.now())


def test_captures_are_linked_in_their_order_each_to_the_one_before():
    captures = [make.capture() for _each in range(3)]

    seal()

    links = list(ChainLink.objects.order_by("number"))
    assert [link.capture for link in links] == captures
    assert [link.number for link in links] == [1, 2, 3]
    assert [link.previous for link in links] == [GENESIS, links[0].hash, links[1].hash]
    for link in links:
        assert link.digest == hashlib.sha256(link.facts.encode()).hexdigest()
        assert link.hash == hashlib.sha256((link.previous + link.digest).encode()).hexdigest()


def test_the_facts_say_what_was_captured_and_are_canonical():
    first = make.capture(warc_sha256=make.sha256("records"))
    again = make.capture(first.document, revisits=first)

    seal()

    facts = [json.loads(link.facts) for link in ChainLink.objects.order_by("number")]
    assert facts[0]["url"] == first.document.url
    assert (facts[0]["sha256"], facts[0]["records_sha256"]) == (first.sha256, first.warc_sha256)
    assert facts[0]["taken_at"] == "2024-12-02T09:30:00.000000Z"
    assert (facts[0]["revisits"], facts[1]["revisits"]) == (0, 1)
    text = again.link.facts
    assert text == json.dumps(json.loads(text), sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def test_what_comes_later_continues_the_chain(settings):
    settings.TIMESTAMP_EVERY = timedelta(0)
    make.capture()
    seal()
    make.capture()

    seal()

    assert sealing.verify() == []
    assert [stamp.head.number for stamp in Stamp.objects.order_by("pk")] == [1, 2]


def test_nothing_new_opens_no_stamp():
    assert not sealing.due().exists()


def test_between_two_stamps_captures_are_linked_at_once_and_the_stamp_waits():
    make.capture()
    seal()
    make.capture()

    seal()

    waiting = Stamp.objects.get(head=None)
    assert ChainLink.objects.count() == 2
    assert timezone.now() < waiting.due_at < timezone.now() + timedelta(seconds=10)


def test_the_head_is_stamped_by_the_authority(stamps):
    make.capture()

    seal()

    stamp = Stamp.objects.get()
    assert abs(stamp.stamped_at - timezone.now()) < timedelta(minutes=1)
    assert stamp.authority == stamps.url
    assert bytes(stamp.token) == stamps.given[0]
    assert stamp.certificates.count("BEGIN CERTIFICATE") == 2
    assert sealing.stamp_on(Capture.objects.get()) == stamp


def test_of_the_address_of_the_authority_no_key_is_kept(settings, stamps):
    settings.TIMESTAMP_URL = f"{stamps.url}?token=secret#part"
    make.capture()

    seal()

    assert Stamp.objects.get().authority == stamps.url
    assert sealing._shown("https://user:secret@tsa.example:8443/tsr?key=x") == "https://tsa.example:8443/tsr"


@pytest.mark.parametrize(("curve", "kept"), [("P-521", 1), ("secp256k1", 0)])
def test_a_stamp_is_kept_where_those_who_receive_a_package_can_check_it(settings, tmp_path, curve, kept):
    make.capture()
    with authority.opened(tmp_path / "authority", key=curve) as opened:
        settings.TIMESTAMP_URL, settings.TIMESTAMP_CA = opened.url, str(opened.root)

        seal()

    assert len(opened.given) == 1
    assert Stamp.objects.granted().count() == kept
    assert ("cannot check it" in Stamp.objects.get().trouble) is not bool(kept)


def test_an_authority_out_of_reach_leaves_the_stamp_waiting_without_trouble(settings, stamps):
    settings.TIMESTAMP_URL = "http://127.0.0.1:1/tsr"
    make.capture()

    seal()

    stamp = Stamp.objects.get()
    assert (stamp.trouble, stamp.tries, stamp.stamped_at) == ("", 0, None)
    assert Stamp.objects.waiting().get() == stamp
    settings.TIMESTAMP_URL = stamps.url
    later(stamp)
    seal()
    assert Stamp.objects.granted().get() == stamp


def test_once_online_again_only_the_newest_head_is_stamped(settings, stamps):
    settings.TIMESTAMP_EVERY, settings.TIMESTAMP_URL = timedelta(0), "http://127.0.0.1:1/tsr"
    for _each in range(3):
        make.capture()
        seal()

    settings.TIMESTAMP_URL = stamps.url
    Stamp.objects.update(due_at=timezone.now())
    seal()

    assert len(stamps.asked) == 1
    assert [stamp.head.number for stamp in Stamp.objects.granted()] == [3]
    assert not Stamp.objects.waiting().exists()


@pytest.mark.parametrize("ill", ["refuse", "babble", "replay"])
def test_an_answer_that_is_no_stamp_is_trouble_and_not_kept(settings, stamps, ill):
    settings.TIMESTAMP_EVERY = timedelta(0)
    make.capture()
    seal()
    make.capture()

    stamps.ill = ill
    seal()

    stamp = Stamp.objects.first()
    assert "NotStamped" in stamp.trouble
    assert (stamp.stamped_at, stamp.token) == (None, None)


def test_without_an_authority_captures_are_linked_all_the_same():
    make.capture()

    seal()

    stamp = Stamp.objects.get()
    assert (stamp.head.number, stamp.due_at, stamp.stamped_at) == (1, None, None)


def test_a_chain_that_was_tampered_with_is_seen(settings, stamps):
    settings.TIMESTAMP_EVERY = timedelta(0)
    for _each in range(3):
        make.capture()
        seal()

    head = ChainLink.objects.first().pk
    with transaction.atomic(), databases.unbound() as cursor:
        cursor.execute("set session_replication_role = replica")
        cursor.execute("update sources_capture set sha256 = %s where id = %s", ["0" * 64, Capture.objects.last().pk])
        cursor.execute("update sources_chainlink set facts = '{}' where number = 2")
        cursor.execute("delete from sources_chainlink where number = 1")
        cursor.execute("update sources_stamp set token = %s where head_id = %s", [stamps.given[0], head])
        cursor.execute(
            "update sources_stamp set token = null where head_id = (select id from sources_chainlink where number = 2)"
        )
        cursor.execute("set session_replication_role = default")
        problems = {(fault.number, fault.problem) for fault in sealing.verify()}
        transaction.set_rollback(True)

    assert (2, "number 1 was expected") in problems
    assert (2, "its facts were changed after it was sealed") in problems
    assert {(2, "the stamp is on another hash"), (3, "the stamp is on another hash")} <= problems


@pytest.mark.parametrize("statement", ["update sources_chainlink set facts = ''", "delete from sources_chainlink"])
def test_the_database_refuses_to_rewrite_the_chain(statement):
    make.link()

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
