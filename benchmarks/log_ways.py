"""Ways in which the owner of a database can tamper with what a desk has said; each is SQL, run with triggers off.

The ways with rows change each sealed column of each sealed model, remove a row and slip one in. The others are about
the log itself, and about several tables at once. Ways that also forge the hashes are in ``log_forging``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from django.db import models

from benchmarks.log_forging import (
    HEADS,
    LOG,
    SEALS,
    Way,
    cut_tail,
    downgrade,
    forged_removal,
    one,
    remove_claim,
    reseal,
    run,
    unbind,
)
from workbench.desk.log_chain import BINDS
from workbench.desk.models import LogEntry, LogHead, Seal
from workbench.desk.seal_registry import sealed

FIRST_TEXT, FIRST_SEARCH = "(SELECT min(id) FROM sources_reading)", "(SELECT min(id) FROM sources_search)"
UNBOUND = {"marks", "xact"}  # of a seal: they only help to find it and to say what differs
CLAIM_CHAIN = "(SELECT chain FROM workbench_logentry WHERE verb = 'decided' LIMIT 1)"


def of_rows() -> Iterator[Way]:
    """Yield the ways with rows: every sealed column, a row removed, a row slipped in."""
    for name, (model, rule) in sealed().items():
        table = model._meta.db_table
        newest = one(f"SELECT max(id) FROM {table}")
        if newest is None:
            continue
        for column in rule.columns:
            change = changed(model, column)
            statement = f"UPDATE {table} SET {change} WHERE id = {newest}"
            yield Way(f"{name}: {column} changed", _sql(table, statement), name)
        yield Way(f"{name}: removed", _sql(table, f"DELETE FROM {table} WHERE id = {newest}"), name)
        yield Way(f"{name}: slipped in", _sql(table, copied(model, newest)), name)


def _sql(table: str, statement: str) -> Callable[[], None]:
    def do() -> None:
        unbind(table)
        run(statement)

    return do


def changed(model: type[models.Model], column: str) -> str:
    """Return the SQL that gives a column another value."""
    field = next(field for field in model._meta.concrete_fields if field.column == column)
    kind = field.get_internal_type()
    value = {
        "BooleanField": f'NOT "{column}"',
        "DateTimeField": f"coalesce(\"{column}\" - interval '40 days', now())",
        "DateField": f'coalesce("{column}" - 40, current_date)',
        "DurationField": f"coalesce(\"{column}\" + interval '1 hour', interval '1 hour')",
        "JSONField": "'{\"forged\": true}'::jsonb",
        "BigAutoField": f'"{column}" + 1000000',
        "UUIDField": "gen_random_uuid()",
        "BinaryField": "'\\x00'::bytea",
        "GenericIPAddressField": "'192.0.2.1'",
        "ArrayField": f"coalesce(\"{column}\", '{{}}') || '{{x}}'",
        "FloatField": f'coalesce("{column}" / 2 + 0.01, 0.5)',
        "CharField": f"""CASE WHEN coalesce("{column}", '') = 'x' THEN 'y' ELSE 'x' END""",
    }.get(kind)
    if value is None:
        is_text = kind in {"TextField", "URLField", "EmailField", "SlugField"}
        value = f"""coalesce("{column}", '') || 'x'""" if is_text else f'coalesce("{column}", 0) + 1'
    return f'"{column}" = {value}'


def copied(model: type[models.Model], key: int) -> str:
    """Return the SQL that adds a row like another."""
    columns = [field.column for field in model._meta.concrete_fields if not field.generated]
    names = ", ".join(f'"{column}"' for column in columns if column != "id")
    table = model._meta.db_table
    return f"INSERT INTO {table} (id, {names}) SELECT id + 1000, {names} FROM {table} WHERE id = {key}"


def of_log() -> Iterator[Way]:
    """Yield the ways with the log itself: entries, ends of chains, and seals."""
    for model, table, left_out in (
        (LogEntry, LOG, {"id", "word_index"}),
        (Seal, SEALS, UNBOUND),
        (LogHead, HEADS, set()),
    ):
        key = model._meta.pk.column
        chosen = f"(SELECT {key} FROM {table} WHERE {_of_verdict(table)} LIMIT 1)"
        for field in model._meta.concrete_fields:
            if field.column not in left_out:
                change = changed(model, field.column)
                yield Way(
                    f"{table}: {field.column} changed",
                    _sql(table, f"UPDATE {table} SET {change} WHERE {key} = {chosen}"),
                )
    decided = f"(SELECT id FROM {LOG} WHERE verb = 'decided' LIMIT 1)"
    bound = f"(SELECT max(id) FROM {LOG} WHERE verb = '{BINDS}')"
    yield Way("log: a verdict’s entry removed", _sql(LOG, f"DELETE FROM {LOG} WHERE id = {decided}"))
    yield Way(
        "log: the newest entry of all removed", _sql(LOG, f"DELETE FROM {LOG} WHERE id = (SELECT max(id) FROM {LOG})")
    )
    yield Way("log: all entries of a claim removed", _sql(LOG, f"DELETE FROM {LOG} WHERE chain = {CLAIM_CHAIN}"))
    yield Way("log: all entries of the machine removed", _sql(LOG, f"DELETE FROM {LOG} WHERE chain = 'seals'"))
    yield Way("log: an entry of the machine removed", _sql(LOG, f"DELETE FROM {LOG} WHERE id = {bound}"))
    yield Way("log: an end removed", _sql(HEADS, f"DELETE FROM {HEADS} WHERE chain = {CLAIM_CHAIN}"))
    yield Way("log: all ends removed", _sql(HEADS, f"DELETE FROM {HEADS}"))
    yield Way("log: tail cut with its head set back", lambda: cut_tail(seals=False))
    yield Way("log: an entry with another hash form", lambda: downgrade(decided))
    yield Way("log: a claim removed with its chain", lambda: remove_claim(seals=False))
    yield Way("seals: one removed", _sql(SEALS, f"DELETE FROM {SEALS} WHERE id = (SELECT min(id) FROM {SEALS})"))
    yield Way(
        "seals: the newest one of the verdict removed", _sql(SEALS, f"DELETE FROM {SEALS} WHERE model = 'decision'")
    )
    yield Way("seals: all removed", _sql(SEALS, f"DELETE FROM {SEALS}"))
    yield Way("seals: all of people removed", _sql(SEALS, f"DELETE FROM {SEALS} WHERE model = 'user'"))
    yield Way(
        "seals: one freed from its entry", _sql(SEALS, f"UPDATE {SEALS} SET entry_id = NULL WHERE model = 'decision'")
    )
    yield Way(
        "seals: one moved to another entry",
        _sql(SEALS, f"UPDATE {SEALS} SET entry_id = {bound} WHERE model = 'review'"),
    )
    yield Way("seals: a forged one without an entry", lambda: reseal("decision", bind=False))
    yield Way("seals: a removal forged for a removed row", forged_removal)


def _of_verdict(table: str) -> str:
    return {LOG: "verb = 'decided'", SEALS: "model = 'decision'", HEADS: f"chain = {CLAIM_CHAIN}"}[table]


def of_stories() -> Iterator[Way]:
    """Yield what somebody would do who wants another story, with all rows that belong to it."""
    verdict, review = "claims_decision", "claims_review"
    stories = {
        "verdict turned": [f"UPDATE {verdict} SET rating = 'supported', summary = 'It was so.'"],
        "verdict and reviews turned": [
            f"UPDATE {verdict} SET rating = 'supported'",
            f"UPDATE {review} SET rating = 'supported'",
        ],
        "verdict given to another editor": [f"UPDATE {verdict} SET decided_by_id = decided_by_id + 1"],
        "verdict dated back": [f"UPDATE {verdict} SET decided_at = decided_at - interval '30 days'"],
        "citation exchanged": ["UPDATE claims_citation SET evidence_id = evidence_id + 1"],
        "citations and verdict removed": ["DELETE FROM claims_citation", f"DELETE FROM {verdict}"],
        "all reviews removed": [f"DELETE FROM {review}"],
        "reviewers exchanged": [f"UPDATE {review} SET reviewer_id = (SELECT max(id) FROM workbench_user) - id"],
        "report rewritten with its own hash": [
            "UPDATE claims_report SET content = replace(content, 'unsupported', 'supported')",
            "UPDATE claims_report SET sha256 = encode(sha256(convert_to(content, 'UTF8')), 'hex')",
        ],
        "a correction removed": ["DELETE FROM claims_correction"],
        "a correction reworded": ["UPDATE claims_correction SET text = 'Nothing.'"],
        "the claim reworded": ["UPDATE claims_claim SET text = 'Another claim.'"],
        "the claim reopened": ["UPDATE claims_claim SET status = 'open'"],
        "stances turned": ["UPDATE claims_evidence SET stance = 'supports' WHERE standing = 'confirmed'"],
        "evidence rejected": ["UPDATE claims_evidence SET standing = 'rejected'"],
        "a suggestion confirmed": [
            "UPDATE claims_evidence SET standing = 'confirmed', stance = 'supports' WHERE standing = 'suggested'"
        ],
        "suggestions removed": ["DELETE FROM claims_evidence WHERE standing = 'suggested'"],
        "a passage reworded": [
            "UPDATE sources_passage SET exact = 'It was blown up.' WHERE id = (SELECT max(id) FROM sources_passage)"
        ],
        "a text and its passages removed": [
            f"DELETE FROM sources_passage WHERE reading_id = {FIRST_TEXT}",
            f"DELETE FROM sources_reading WHERE id = {FIRST_TEXT}",
        ],
        "a text emptied without its removal": [
            f"DELETE FROM sources_passage WHERE reading_id = {FIRST_TEXT}",
            f"UPDATE sources_reading SET text = '' WHERE id = {FIRST_TEXT}",
        ],
        "a search that found nothing found something": ["UPDATE sources_search SET found = found + 3"],
        "a search removed": [
            f"DELETE FROM sources_searchhit WHERE search_id = {FIRST_SEARCH}",
            f"DELETE FROM sources_search WHERE id = {FIRST_SEARCH}",
        ],
        "searches taken from the claim": ["DELETE FROM claims_claim_searches"],
        "hits removed": ["DELETE FROM sources_searchhit"],
        "a fetch that failed never was": ["DELETE FROM sources_fetchattempt WHERE outcome <> 'ok'"],
        "a source more reliable": ["UPDATE sources_standing SET reliability = 'A'"],
        "a source renamed": ["UPDATE sources_source SET name = 'The Better Courier', folded = 'the better courier'"],
        "articles given to another source": [
            "UPDATE sources_document SET source_id = (SELECT max(id) FROM sources_source)"
        ],
        "an editor made of a viewer": ["UPDATE workbench_user SET role = 'editor' WHERE role = 'viewer'"],
        "a superuser made": ["UPDATE workbench_user SET is_superuser = true WHERE username = 'reporter'"],
        "a person added": [
            (
                "INSERT INTO workbench_user (password, is_superuser, username, first_name, last_name, email, is_staff, "
                "is_active, is_sample, date_joined, role, word_index) "
                "VALUES ('x', true, 'eve', '', '', '', true, true, false, now(), 'editor', '')"
            )
        ],
        "an account closed": ["UPDATE workbench_user SET is_active = false WHERE username = 'reviewer'"],
        "a password replaced": ["UPDATE workbench_user SET password = 'pbkdf2_sha256$1$a$b' WHERE username = 'editor'"],
        "an answer reworded": ["UPDATE claims_answer SET text = 'Nobody.'"],
        "the question to the authority removed": ["DELETE FROM claims_commentrequest"],
        "the answer of the authority reworded": ["UPDATE claims_commentrequest SET answer = 'No comment.'"],
        "a site rule lifted": ["DELETE FROM sources_hostpolicy"],
        "a page ruling undone": ["UPDATE sources_pageruling SET undone_at = now(), undone_by_id = decided_by_id"],
        "a date moved": ["UPDATE sources_datesetting SET published_at = published_at - interval '1 year'"],
        "a retention rule shortened": ["UPDATE sources_retentionrule SET months = 1"],
        "an edit of an article hidden": [
            "DELETE FROM sources_edit",
            "DELETE FROM sources_touch",
            "DELETE FROM sources_change",
        ],
        "the chain of who said it cut": ["DELETE FROM claims_attribution"],
        "a rating renamed": ["UPDATE claims_ratinglabel SET label = 'True'"],
        "a copy-edit agreed by its author": ["UPDATE claims_copyedit SET second_id = proposed_by_id"],
    }
    for name, statements in stories.items():
        yield Way(f"story: {name}", _all(statements))


def _all(statements: list[str]) -> Callable[[], None]:
    def do() -> None:
        for statement in statements:
            unbind(statement.split()[1 if statement.startswith("UPDATE") else 2])
        run(*statements)

    return do
