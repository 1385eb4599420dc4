"""The app role: the database user of the programs at work. What it may do, what it may do too much, and its grants.

It reads and writes rows, as far as the triggers of a table leave that open, and nothing else. The owner of the tables
gives it its rights after every migration, so tables that come later are covered.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from django.apps import apps
from django.db import ProgrammingError, connection, transaction
from django.utils.translation import gettext as _

from workbench.desk import actor_proof, owner
from workbench.desk.declarations import Health
from workbench.desk.guards import ALL, READ, rights

# Tables of Django that only a migration writes.
FIXED = {"django_migrations", "django_content_type", "auth_group", "auth_group_permissions", "auth_permission"}
IGNORE = '"public"._pgtrigger_should_ignore'
# Without this, anybody who can set a variable of their session passes every guard.
NEVER_IGNORE = (
    f"CREATE OR REPLACE FUNCTION {IGNORE}(trigger_name name) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT false'"
)
MOST_NAMED = 5  # tables in a sentence

# Roles of PostgreSQL that reach beyond the database or write everywhere in it.
POWERS = ("pg_read_server_files", "pg_write_server_files", "pg_execute_server_program", "pg_write_all_data")
# Large objects: data beside the tables, which no trigger and no seal sees. Only an administrator of the server may
# take these functions away, in each database.
LARGE_OBJECTS = (
    *("lo_creat(integer)", "lo_create(oid)", "lo_from_bytea(oid,bytea)", "lo_open(oid,integer)", "lo_close(integer)"),
    *("loread(integer,integer)", "lowrite(integer,bytea)", "lo_get(oid)", "lo_get(oid,bigint,integer)"),
    *("lo_put(oid,bigint,bytea)", "lo_lseek(integer,integer,integer)", "lo_lseek64(integer,bigint,integer)"),
    *("lo_tell(integer)", "lo_tell64(integer)", "lo_truncate(integer,integer)", "lo_truncate64(integer,bigint)"),
    "lo_unlink(oid)",
)
NO_LARGE_OBJECTS = f"REVOKE EXECUTE ON FUNCTION {', '.join(LARGE_OBJECTS)} FROM PUBLIC"
FILES = ("pg_read_file(text)", "pg_read_binary_file(text)", "pg_ls_dir(text)", "lo_import(text)", "lo_export(oid,text)")

ROLE = """
    SELECT bool_or(rolsuper), bool_or(rolcreatedb OR rolcreaterole OR rolreplication OR rolbypassrls),
        bool_or(rolname = ANY(%(powers)s::text[])),
        EXISTS (SELECT FROM pg_database WHERE datname = current_database() AND pg_has_role(datdba, 'MEMBER')),
        has_database_privilege(current_database(), 'CREATE') OR has_schema_privilege('public', 'CREATE'),
        has_database_privilege(current_database(), 'TEMPORARY'),
        EXISTS (
            SELECT FROM unnest(%(files)s::text[]) each WHERE has_function_privilege(to_regprocedure(each), 'EXECUTE')),
        EXISTS (
            SELECT FROM unnest(%(large)s::text[]) each WHERE has_function_privilege(to_regprocedure(each), 'EXECUTE')),
        EXISTS (SELECT FROM pg_proc WHERE oid = to_regproc(%(ignore)s) AND prosrc ILIKE '%%current_setting%%')
    FROM pg_roles WHERE pg_has_role(oid, 'MEMBER')
"""
TABLES = """
    SELECT relname, pg_has_role(relowner, 'MEMBER'),
        ARRAY(SELECT each FROM unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'REFERENCES']) each
            WHERE has_any_column_privilege(pg_class.oid, each)),
        ARRAY(SELECT each FROM unnest(ARRAY['DELETE', 'TRUNCATE', 'TRIGGER']) each
            WHERE has_table_privilege(pg_class.oid, each))
    FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'm', 'f')
    ORDER BY relname
"""
# What the owner owns in the schema, without what an extension brought.
OWNED = """
    SELECT CASE relkind WHEN 'S' THEN 'sequence' ELSE 'table' END, relname::text FROM pg_class
    WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
        AND pg_has_role(relowner, 'MEMBER') AND NOT EXISTS (
            SELECT FROM pg_depend WHERE classid = 'pg_class'::regclass AND objid = pg_class.oid AND deptype = 'e')
    UNION ALL
    SELECT CASE prorettype WHEN 'trigger'::regtype THEN 'guard' ELSE 'function' END, oid::regprocedure::text
    FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND prokind = 'f'
        AND pg_has_role(proowner, 'MEMBER') AND NOT EXISTS (
            SELECT FROM pg_depend WHERE classid = 'pg_proc'::regclass AND objid = pg_proc.oid AND deptype = 'e')
    ORDER BY 1, 2
"""


def needed() -> Mapping[str, frozenset[str]]:
    """Return what the app role needs to do with the rows of each table, by the name of the table."""
    found = {model._meta.db_table: rights(model) for model in apps.get_models(include_auto_created=True)}
    return found | dict.fromkeys(FIXED, READ) | {actor_proof.TABLE: frozenset()}


def too_much() -> list[str]:
    """Return what the database user of this connection may do beyond what it needs, each in words for a person."""
    with connection.cursor() as cursor:
        given: dict[str, Any] = {"powers": list(POWERS), "files": list(FILES), "large": list(LARGE_OBJECTS)}
        given["ignore"] = IGNORE.replace('"', "")
        cursor.execute(ROLE, given)
        is_superuser, *found = cursor.fetchone()
        if is_superuser:
            return [_("it is a superuser")]
        cursor.execute(TABLES)
        tables = cursor.fetchall()
    owned = [name for name, is_owned, *_rights in tables if is_owned]
    spare = dict(_spare(tables))
    told = [
        (found[0], _("it may make databases or roles, replicate, or pass the security of rows")),
        (found[1] or found[5], _("it may read or write files of the server, or run programs there")),
        (found[2] or owned, _("it owns the database or its tables, and so may drop them and switch triggers off")),
        (found[3], _("it may make tables, functions or schemas")),
        (found[4], _("it may make temporary tables and functions")),
        (found[6], _("it may keep data in large objects, beside the tables")),
        (found[7], _("the setting pgtrigger.ignore switches triggers off for it")),
        (spare and not owned, _("it has rights that it does not need on %(tables)s") % {"tables": _named(spare)}),
    ]
    return [text for is_so, text in told if is_so]


def lacking() -> dict[str, set[str]]:
    """Return the rights that the database user of this connection needs and does not have, by table."""
    with connection.cursor() as cursor:
        cursor.execute(TABLES)
        held = {name: {*columns, *whole} for name, _is_owned, columns, whole in cursor.fetchall()}
    wanted = needed()
    return {name: set(wanted[name] - held[name]) for name in held if name in wanted and not wanted[name] <= held[name]}


def health() -> Health:
    """Say whether the database user of the programs has the rights that it needs, and which it should not have."""
    missing, spare = lacking(), too_much()
    figures = {"role": owner.user(), "lacks": len(missing), "too_much": len(spare)}
    if missing:
        problem = _("The database user %(role)s lacks rights on %(tables)s. Run “manage.py migrate”.")
        return Health(ok=False, figures=figures, problem=problem % {"role": owner.user(), "tables": _named(missing)})
    if unknown := actor_proof.problem():
        return Health(ok=False, figures=figures, problem=unknown)
    return Health(ok=None, figures=figures, problem=warning(spare))


def warning(spare: list[str]) -> str:
    """Return a sentence on what the database user may do too much; empty where that is nothing."""
    if not spare:
        return ""
    text = _(
        "The database user %(role)s may do more than it needs: %(what)s. A fault in a program could use that."
        " “manage.py app_role” says how to give it less."
    )
    return text % {"role": owner.user(), "what": "; ".join(spare)}


def settle() -> list[str]:
    """After a migration, by the owner: harden the functions, and give the app role its rights where it is another.

    Returns what this owner may not do itself, in SQL: an administrator of the server can.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('rights of the app role', 0))")  # one at a time
        for statement in hardening():
            cursor.execute(statement)
        actor_proof.keep()
        if not owner.is_apart():
            return []
        for statement in grants(owner.user()):
            cursor.execute(statement)
        return [statement for statement in on_the_database(owner.user()) if not _does(statement)]


def hardening() -> Iterator[str]:
    """Return the statements without which anybody could pass the guards by a setting."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regproc(%s) IS NOT NULL", [IGNORE.replace('"', "")])
        if cursor.fetchone()[0]:
            yield NEVER_IGNORE


def grants(role: str) -> Iterator[str]:
    """Return the statements that give a role what it needs on what is there, and take everything else from it."""
    user, names = connection.ops.quote_name(role), defaultdict(list)
    for kind, name in _owned():
        names[kind].append(name if kind in ("function", "guard") else connection.ops.quote_name(name))
    wanted = needed()
    by_rights: dict[frozenset[str], list[str]] = defaultdict(list)
    for table in names["table"]:
        by_rights[wanted.get(table.strip('"'), frozenset())].append(table)
    yield from _each("REVOKE ALL ON TABLE", by_rights.pop(frozenset(), []), f"FROM {user}")  # no table of the models
    yield from _each("REVOKE ALL ON TABLE", _secret(names["table"]), "FROM PUBLIC")
    yield from _each("REVOKE ALL ON SEQUENCE", names["sequence"], f"FROM PUBLIC, {user}")
    yield from _each("REVOKE ALL ON FUNCTION", names["function"] + names["guard"], f"FROM PUBLIC, {user}")
    for given, tables in by_rights.items():
        yield from _each("REVOKE ALL ON TABLE", tables, f"FROM PUBLIC, {user}")
        yield from _each(f"GRANT {', '.join(sorted(given))} ON TABLE", tables, f"TO {user}")
    yield from _each("GRANT USAGE, SELECT ON SEQUENCE", names["sequence"], f"TO {user}")
    yield from _each("GRANT EXECUTE ON FUNCTION", names["function"], f"TO {user}")
    # What a migration makes is readable at once; the end of the migration gives the rest.
    yield f"ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON TABLES TO {user}"


def on_the_database(role: str) -> Iterator[str]:
    """Return the statements on the database and its schema: not every owner of tables may run them."""
    user = connection.ops.quote_name(role)
    database = connection.ops.quote_name(str(connection.settings_dict["NAME"]))
    yield f"GRANT CONNECT ON DATABASE {database} TO {user}"
    yield f"GRANT USAGE ON SCHEMA public TO {user}"
    yield f"REVOKE CREATE, TEMPORARY ON DATABASE {database} FROM PUBLIC, {user}"
    yield f"REVOKE CREATE ON SCHEMA public FROM PUBLIC, {user}"
    yield from _without_large_objects()


def _secret(tables: list[str]) -> list[str]:
    return [table for table in tables if table.strip('"') == actor_proof.TABLE]


def _without_large_objects() -> Iterator[str]:
    open_to_all = "SELECT bool_or(has_function_privilege('public', each, 'EXECUTE')) FROM unnest(%s::text[]) each"
    with connection.cursor() as cursor:
        cursor.execute(open_to_all, [list(LARGE_OBJECTS)])
        if cursor.fetchone()[0]:
            yield NO_LARGE_OBJECTS


def _spare(tables: list[Any]) -> Iterator[tuple[str, set[str]]]:
    """Return the rights on tables that nobody needs. A table of others, which no model names, is theirs to guard."""
    wanted = needed()
    for name, _is_owned, columns, whole in tables:
        spare = {*columns, *whole} - wanted.get(name, ALL)
        if spare:
            yield name, spare


def _does(statement: str) -> bool:
    """Run a statement; return whether this user may. What a user may not revoke is a mere warning to PostgreSQL."""
    notices: list[str] = []
    with connection.cursor() as cursor:
        raw = cursor.connection
        raw.add_notice_handler(remember := lambda notice: notices.append(notice.sqlstate))
        try:
            with transaction.atomic():
                cursor.execute(statement)
        except ProgrammingError:
            return False
        finally:
            raw.remove_notice_handler(remember)
    return not notices


def _owned() -> list[tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute(OWNED)
        return list(cursor.fetchall())


def _each(begin: str, names: list[str], end: str) -> Iterator[str]:
    if names:
        yield f"{begin} {', '.join(names)} {end}"


def _named(tables: Mapping[str, Any]) -> str:
    names = sorted(tables)
    return ", ".join(names[:MOST_NAMED]) + (" …" if len(names) > MOST_NAMED else "")
