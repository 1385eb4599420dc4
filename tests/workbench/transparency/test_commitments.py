import pytest

from workbench.transparency import commitments
from workbench.transparency.commitments import NotCommitted

SALT = "a" * 32
RECORD = {
    "kind": "review",
    "key": "7",
    "fields": {"rating": commitments.shown(SALT, "false"), "reasoning": commitments.shown("b" * 32, "Néant.")},
}


def test_withholding_a_field_keeps_the_hash_and_loses_the_words():
    short = commitments.withheld(RECORD, {"reasoning", "unknown"})

    assert commitments.record_hash(short) == commitments.record_hash(RECORD)
    assert ("Néant." in str(short), short["fields"]["rating"]) == (False, RECORD["fields"]["rating"])
    assert commitments.withheld(short, {"reasoning"}) == short


@pytest.mark.parametrize(
    "other",
    [
        {**RECORD, "key": "8"},
        {**RECORD, "kind": "decision"},
        {**RECORD, "fields": {**RECORD["fields"], "rating": commitments.shown(SALT, "true")}},
        {**RECORD, "fields": {**RECORD["fields"], "rating": commitments.shown("c" * 32, "false")}},
        {**RECORD, "fields": {"rating": RECORD["fields"]["rating"]}},
    ],
)
def test_every_part_of_a_record_is_bound(other):
    assert commitments.record_hash(other) != commitments.record_hash(RECORD)


@pytest.mark.parametrize(
    "other",
    [
        {**RECORD, "more": 1},
        {**RECORD, "fields": {"rating": {"salt": "a", "value": "false"}}},
        {**RECORD, "fields": {"rating": {"value": "false"}}},
        {**RECORD, "fields": {"rating": {"salt": SALT, "value": "false", "commitment": "x"}}},
    ],
)
def test_another_form_is_refused(other):
    with pytest.raises(NotCommitted):
        commitments.record_hash(other)


def test_the_same_words_in_two_fields_do_not_look_the_same():
    assert commitments.commitment(SALT, "a", "x") != commitments.commitment(SALT, "b", "x")
