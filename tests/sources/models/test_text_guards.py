"""The one door through which a text can leave the database, tried with raw SQL in transactions of its own."""

import pytest
from django.db import DatabaseError, transaction

from sources.models import Passage, Reading, TextRemoval
from tests import make

pytestmark = pytest.mark.django_db(transaction=True)


def take_away(reading):
    with transaction.atomic():
        make.text_removal(reading)
        Reading.objects.filter(pk=reading.pk).update(text="")
        Passage.objects.filter(reading=reading).delete()


def refused(act):
    with pytest.raises(DatabaseError) as found, transaction.atomic():
        act()
    return str(found.value)


def text_of(reading, text):
    return lambda: Reading.objects.filter(pk=reading.pk).update(text=text)


def test_a_text_goes_with_its_removal_and_its_passages_after_it():
    reading = make.reading()

    take_away(reading)

    reading.refresh_from_db()
    assert (reading.text, reading.passages.count(), reading.removals.count()) == ("", 0, 1)


def test_without_a_removal_no_text_goes():
    reading = make.reading()

    assert "the text of a reading is kept" in refused(text_of(reading, ""))
    assert "Cannot delete" in refused(lambda: Passage.objects.filter(reading=reading).delete())


def test_the_removal_of_one_text_opens_nothing_for_another():
    reading, other = make.reading(), make.reading()

    def swap():
        make.text_removal(reading)
        Reading.objects.filter(pk=other.pk).update(text="")

    assert "is kept" in refused(swap)


def test_the_door_is_shut_again_when_the_transaction_is_over():
    reading = make.reading()
    make.text_removal(reading)

    assert "is kept" in refused(text_of(reading, ""))
    assert "Cannot delete" in refused(lambda: Passage.objects.filter(reading=reading).delete())


def test_a_removal_lets_no_text_be_changed_and_no_passage_go_before_its_text():
    reading = make.reading()

    def change():
        make.text_removal(reading)
        Reading.objects.filter(pk=reading.pk).update(text="Another story.")

    def passages_alone():
        make.text_removal(reading)
        Passage.objects.filter(reading=reading).delete()

    assert "is kept" in refused(change)
    assert "Cannot delete" in refused(passages_alone)


def test_a_text_comes_back_only_as_it_was():
    reading = make.reading()
    text = reading.text
    take_away(reading)

    assert "is kept" in refused(text_of(reading, text.replace("Twelve", "Thirteen")))
    text_of(reading, text)()

    reading.refresh_from_db()
    assert reading.text == text


def test_once_it_is_back_a_text_goes_only_with_a_new_removal():
    reading = make.reading()
    text = reading.text
    take_away(reading)
    text_of(reading, text)()
    TextRemoval.objects.update(restored_at=make.MONDAY)

    assert "is kept" in refused(text_of(reading, ""))
    take_away(reading)

    assert TextRemoval.objects.count() == 2


def test_a_removal_names_the_hash_of_the_text_that_goes():
    reading = make.reading()

    assert "must stay" in refused(lambda: make.text_removal(reading, sha256=make.sha256("another")))


def test_no_removal_is_noted_of_a_text_that_was_compared_or_pasted_or_is_gone():
    compared = make.change()
    pasted = make.reading(capture_=make.capture(make.document("ni:///sha-256;abc", host="")))
    gone = make.reading()
    take_away(gone)

    for reading in (compared.before, compared.after, pasted, gone):
        assert "must stay" in refused(lambda reading=reading: make.text_removal(reading))


def test_a_removal_is_dated_by_the_database():
    removal = make.text_removal(removed_at=make.MONDAY)

    removal.refresh_from_db()
    assert removal.removed_at.year > 2024
