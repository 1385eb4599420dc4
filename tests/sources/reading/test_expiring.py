from datetime import timedelta

import pytest
from django.utils import timezone

from claims.models.vocabulary import AssertionStatus, Status
from sources.models import Capture, ChainLink, PassageVector, Reading, RetentionRule, TextRemoval, retention
from sources.models.vocabulary import SourceVerb
from sources.proving import sealing
from sources.reading import expiring, pasting
from sources.tasks import remove_texts
from tests import make
from workbench.desk import audit
from workbench.desk.models import LogEntry
from workbench.desk.refusal import Refusal
from workbench.desk.roles import NotPermitted, Role

pytestmark = pytest.mark.django_db

OLD = timezone.now() - timedelta(days=400)


def old_reading(*sentences, **changes):
    return make.reading(*sentences, **{"read_at": OLD, **changes})


def removed():
    """The readings whose text has gone."""
    return set(Reading.objects.filter(text="", read_at__isnull=False).values_list("pk", flat=True))


def follow(months=12, **changes):
    rule = expiring.set_rule(months, by=make.admin(), **changes)
    remove_texts()
    rule.refresh_from_db()
    return rule


def test_texts_older_than_the_rule_go_with_passages_and_vectors_and_younger_ones_stay():
    old, young = old_reading(), make.reading()
    make.vector(old.passages.first())

    rule = follow()

    assert removed() == {old.pk}
    assert not old.passages.exists()
    assert not PassageVector.objects.exists()
    assert young.passages.count() == 2
    assert (rule.texts, rule.passages, rule.trouble) == (1, 2, "")


def test_the_capture_stays_with_its_hash_and_the_removal_names_the_text():
    old = old_reading()
    text, captured = old.text, Capture.objects.values().get(pk=old.capture_id)

    rule = follow()

    old.refresh_from_db()
    removal = TextRemoval.objects.get()
    assert Capture.objects.values().get(pk=old.capture_id) == captured
    assert (old.title, old.sha256, old.is_text_removed) == ("Bridge closed", make.sha256(text), True)
    assert (removal.reading, removal.rule, removal.sha256) == (old, rule, make.sha256(text))
    assert (removal.characters, removal.passages, removal.restored_at) == (len(text), 2, None)


def test_the_hash_chain_of_captures_and_the_log_hold_afterwards():
    old = old_reading()
    captures = [old.capture]
    sealing._link(captures)

    rule = follow()

    assert ChainLink.objects.get().capture == old.capture
    assert sealing.verify() == []
    assert audit.verify(audit.name_of(rule)) == []
    entries = LogEntry.objects.filter(chain=audit.name_of(rule)).order_by("seq")
    assert [entry.verb for entry in entries] == [SourceVerb.SET_RETENTION, SourceVerb.REMOVED_TEXTS]
    assert make.sha256(f"{old.pk} {old.sha256}\n") in entries[1].facts


def cited():
    """A text that something rests on, for each way to rest on it, by name."""
    rows = {name: old_reading() for name in ("suggested", "confirmed", "rejected", "figure", "quote", "watch", "touch")}
    for name in ("suggested", "confirmed", "rejected"):
        make.evidence(passage_=rows[name].passages.first(), standing=AssertionStatus(name), by=_by(name))
    make.figure(passage_=rows["figure"].passages.first())
    make.appearance(passage=rows["quote"].passages.first())
    make.watch(passage_=rows["watch"].passages.first())
    rows |= {name: old_reading() for name in ("page", "origin", "from", "watched", "copy", "hit", "before", "after")}
    documents = {name: reading.capture.document for name, reading in rows.items()}
    make.appearance(document=documents["page"])
    make.origin_link(document_=documents["origin"], origin_document=documents["from"])
    make.watch(documents["watched"])
    make.external_archive(documents["copy"])
    _found(make.claim(), documents["hit"])
    changed = make.change(rows["before"], rows["after"])
    make.touch(changed, rows["touch"].passages.first())
    return rows


def _by(name):
    return make.reviewer() if name == "confirmed" else None


def _found(claim, document):
    search = make.answered_search(found=1)
    make.hit(search, document)
    claim.searches.add(search)


def test_nothing_that_is_cited_compared_watched_or_found_goes():
    rows = cited()
    free = old_reading()

    follow()

    names = {reading.pk: name for name, reading in rows.items()}
    assert {names.get(key, "free") for key in removed()} == {"free"}
    assert removed() == {free.pk}


def test_all_texts_of_a_cited_page_stay():
    cited_ = old_reading()
    other = old_reading(capture_=make.capture(cited_.capture.document))
    make.evidence(passage_=cited_.passages.first())

    follow()

    assert removed() == set()
    assert other.passages.exists()


@pytest.mark.parametrize("status", Status)
def test_what_a_search_found_stays_while_a_claim_that_searched_is_open(status):
    reading = old_reading()
    _found(make.claim(status=status), reading.capture.document)

    follow()

    assert removed() == ({reading.pk} if status in {Status.DECIDED, Status.WITHDRAWN} else set())


def test_pasted_texts_stay(settings, tmp_path):
    settings.ARCHIVE_FOLDER = tmp_path
    pasted = pasting.keep_pasted("The bridge was closed.", by=make.reporter())

    looked = list(expiring.readings().unrested(timezone.now()).filter(pk=pasted.pk))

    assert looked == []


def test_a_text_is_not_removed_while_it_is_being_read():
    reading = old_reading()
    reading.ask()

    follow()

    assert removed() == set()


def test_texts_are_removed_some_at_a_time_and_the_rule_comes_back_tomorrow(monkeypatch):
    monkeypatch.setattr(expiring, "AT_ONCE", 2)
    kept = old_reading()
    make.evidence(passage_=kept.passages.first())
    gone = {old_reading().pk for _number in range(4)}
    rule = expiring.set_rule(12, by=make.admin())

    assert expiring.remove(rule) <= timezone.now()
    assert len(removed()) == 1
    remove_texts()

    rule.refresh_from_db()
    assert removed() == gone
    assert timezone.now() + timedelta(hours=23) < rule.due_at < timezone.now() + timedelta(hours=25)
    assert (rule.looked_at, rule.looked_to, rule.texts) == (None, 0, 4)


def test_a_step_removes_few_texts_where_they_are_long_but_at_least_one(monkeypatch):
    monkeypatch.setattr(expiring, "MOST_PASSAGES", 4)
    sizes = [5, 1, 3, 1]
    long, *short = [old_reading(*[f"Sentence {each}." for each in range(size)]) for size in sizes]
    rule = expiring.set_rule(12, by=make.admin())

    steps = []
    for _step in range(3):
        expiring.remove(rule)
        steps.append(removed())

    assert steps == [{long.pk}, {long.pk, short[0].pk, short[1].pk}, {long.pk, *(row.pk for row in short)}]


def test_texts_can_be_removed_once_beside_the_rule_in_force():
    standing = expiring.set_rule(24, by=make.admin())
    old = old_reading()

    once = follow(6, once=True)

    standing.refresh_from_db()
    assert removed() == {old.pk}
    assert RetentionRule.objects.standing() == standing
    assert once.due_at is None
    assert standing.due_at is not None


def test_a_new_rule_replaces_the_one_before_and_no_rule_removes_nothing():
    first = expiring.set_rule(6, by=make.admin())
    second = expiring.set_rule(None, by=make.admin())
    old_reading()

    remove_texts()

    first.refresh_from_db()
    assert removed() == set()
    assert (first.due_at, second.due_at) == (None, None)
    assert RetentionRule.objects.standing() == second


def test_a_rule_that_was_replaced_during_its_step_removes_nothing():
    first = expiring.set_rule(6, by=make.admin())
    expiring.set_rule(None, by=make.admin())
    old_reading()

    assert expiring.remove(first) is None
    assert removed() == set()


@pytest.mark.parametrize("months", [0, 241])
def test_a_rule_of_no_months_or_of_a_lifetime_is_refused(months):
    with pytest.raises(Refusal) as refused:
        expiring.set_rule(months, by=make.admin())

    assert (refused.value.code, refused.value.field) == ("out_of_range", "months")


def test_removing_once_needs_an_age():
    with pytest.raises(Refusal) as refused:
        expiring.set_rule(None, by=make.admin(), once=True)

    assert refused.value.code == "no_months"


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMIN])
def test_only_administrators_decide_how_long_texts_are_kept(role):
    with pytest.raises(NotPermitted):
        expiring.set_rule(12, by=make.user(role))


def test_a_preview_tells_what_would_go_and_changes_nothing():
    first, second = old_reading(), old_reading(read_at=OLD + timedelta(days=1))
    make.evidence(passage_=old_reading().passages.first())
    make.reading()

    shown = expiring.preview(12)

    assert (shown.looked, shown.texts, shown.kept, shown.passages) == (3, 2, 1, 4)
    assert (shown.oldest, shown.newest) == (first.read_at, second.read_at)
    assert shown.examples == [first, second]
    assert shown.bytes > 0
    assert shown.is_whole
    assert removed() == set()


def test_a_preview_stops_at_the_most_that_it_may_look_at(monkeypatch):
    monkeypatch.setattr(expiring, "SHOWN_AT_ONCE", 2)
    for _number in range(5):
        old_reading()

    shown, all_ = expiring.preview(12, most=3), expiring.preview(12)

    assert (shown.texts, shown.is_whole) == (4, False)
    assert (all_.texts, all_.is_whole) == (5, True)


def test_a_citation_that_the_step_did_not_see_stops_it_and_everything_stays(monkeypatch):
    reading = old_reading()
    rule = make.retention_rule()
    monkeypatch.setattr(expiring, "readings", _blind)  # as if somebody cited it right after the choice
    make.evidence(passage_=reading.passages.first())

    remove_texts()

    rule.refresh_from_db()
    assert "ProtectedError" in rule.trouble
    assert (removed(), reading.passages.count(), TextRemoval.objects.count()) == (set(), 2, 0)


def _blind():
    class Blind(retention._Readings):
        def unrested(self, before):
            return self

    return Blind(Reading)
