"""Triggers that keep extracted texts and their passages, and let them go only with their removal (retention).

A text goes only in the transaction that adds its ``TextRemoval``, and its passages after it. A text comes back only as
it was: with the hash that the removal names.
"""

from __future__ import annotations

import pgtrigger

from workbench.desk.guards import append_only_but

PASSAGES_MAY_GO = """EXISTS (
    SELECT 1 FROM sources_textremoval removal JOIN sources_reading reading ON reading.id = removal.reading_id
    WHERE reading.id = OLD.reading_id AND reading.text = ''
        AND removal.restored_at IS NULL AND removal.removed_at = now()
)"""
KEEP_TEXT = """
    IF EXISTS (
        SELECT 1 FROM sources_textremoval removal
        WHERE removal.reading_id = OLD.id AND removal.restored_at IS NULL AND (
            (NEW.text = '' AND removal.removed_at = now())
            OR (OLD.text = '' AND encode(sha256(convert_to(NEW.text, 'UTF8')), 'hex') = removal.sha256)
        )
    ) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table: the text of a reading is kept', TG_TABLE_NAME;
"""


def text_is_kept() -> pgtrigger.Trigger:
    """Return the trigger for a reading that is done: its text stays, or goes with its removal."""
    return pgtrigger.Trigger(
        name="text_is_kept",
        when=pgtrigger.Before,
        operation=pgtrigger.Update,
        condition=pgtrigger.Condition("OLD.read_at IS NOT NULL AND OLD.text IS DISTINCT FROM NEW.text"),
        func=KEEP_TEXT,
    )


def passages_are_kept() -> list[pgtrigger.Trigger]:
    """Return the triggers for passages: they are never changed, and go only with the text of their reading."""
    return append_only_but(PASSAGES_MAY_GO)
