"""Statements that somebody would try who can slip SQL into a page: what each is after, and the statement."""
# ruff: noqa: S608 -- this is what they would be

from __future__ import annotations

ENTRY = (
    "INSERT INTO workbench_logentry "
    "(chain, seq, previous, hash, recorded_at, actor_id, actor_name, verb, subject, facts) VALUES "
    "('claim 1', 0, '', '', now(), (SELECT max(id) FROM workbench_user), 'person-2', 'published', 'claim 1', '{}')"
)
HEAD = "workbench_loghead"
KEY = "(public, made_at, endorsement) VALUES (repeat('A', 43) || '=', now(), '')"
SAYS = (
    "SELECT set_config('workbench.actor', {actor}, true), set_config('workbench.actor_proof', repeat('0', 64), true); "
)
OTHER = "(SELECT max(id) FROM workbench_user)"
OF_MACHINE = (
    "INSERT INTO workbench_logentry (chain, seq, previous, hash, recorded_at, actor_name, verb, subject, facts) "
    "VALUES ('claim 1', 0, '', '', now(), 'machine', 'published', 'claim 1', '{}')"
)
GUARD = "(SELECT array_agg(tgname)::text FROM pg_trigger WHERE tgrelid = '{table}'::regclass)"

REMOVE = {
    "drop a table": "DROP TABLE workbench_logentry CASCADE",
    "drop a schema": "DROP SCHEMA public CASCADE",
    "drop an index": "DROP INDEX log_by_time",
    "drop a column": "ALTER TABLE claims_decision DROP COLUMN summary",
    "drop a constraint": "ALTER TABLE workbench_user DROP CONSTRAINT user_role_known",
    "drop an extension": "DROP EXTENSION vector CASCADE",
    "empty a table": "TRUNCATE django_session CASCADE",
    "empty the log": "TRUNCATE workbench_logentry, workbench_loghead CASCADE",
    "delete the log": "DELETE FROM workbench_logentry",
    "delete reports": "DELETE FROM claims_report",
}
SWITCH_OFF = {
    "switch triggers off": "ALTER TABLE workbench_logentry DISABLE TRIGGER ALL",
    "switch our triggers off": "ALTER TABLE workbench_logentry DISABLE TRIGGER USER",
    "drop a trigger": "DO $$ BEGIN EXECUTE (SELECT format('DROP TRIGGER %I ON workbench_logentry', tgname) "
    "FROM pg_trigger WHERE tgrelid = 'workbench_logentry'::regclass AND NOT tgisinternal LIMIT 1); END $$",
    "be a replica, without triggers": "SET session_replication_role = replica",
    "have triggers ignored by a setting, and change the log": "SELECT set_config('pgtrigger.ignore', "
    + GUARD.format(table="workbench_logentry")
    + ", true); UPDATE workbench_logentry SET facts = '{}'",
    "have triggers ignored by a setting, and change a claim": "SELECT set_config('pgtrigger.ignore', "
    + GUARD.format(table="claims_claim")
    + ", true); UPDATE claims_claim SET logged_at = now() - interval '1 year'",
    "replace the function of a trigger": "CREATE OR REPLACE FUNCTION _pgtrigger_should_ignore(trigger_name name) "
    "RETURNS boolean LANGUAGE sql AS 'SELECT true'",
    "rename a table away": "ALTER TABLE workbench_logentry RENAME TO gone",
    "add a rule that discards": "CREATE RULE nothing AS ON INSERT TO workbench_logentry DO INSTEAD NOTHING",
}
FORGE = {
    "write an entry in another's name": ENTRY,
    "say for whom it speaks, and write an entry": SAYS.format(actor=f"{OTHER}::text") + ENTRY,
    "write an entry of the machine": OF_MACHINE,
    "say that it is the machine, and write an entry": SAYS.format(actor="'machine'") + OF_MACHINE,
    "read the secret that proves who acts": "SELECT inner_key FROM workbench_actorsecret",
    "replace the secret that proves who acts": "UPDATE workbench_actorsecret SET inner_key = outer_key",
    "add a signing key": f"INSERT INTO workbench_signingkey {KEY}",
    "add a signing key as the machine": SAYS.format(actor="'machine'") + f"INSERT INTO workbench_signingkey {KEY}",
    "add a checkpoint": "INSERT INTO workbench_checkpoint (opened_at, size, text, heads, made_at, authority, "
    "certificates, tries, fence, trouble) VALUES (now(), 1, 'x', '{}', now(), '', '', 0, 0, '')",
    "change what a checkpoint says": "UPDATE workbench_checkpoint SET authority = 'https://tsa.example', "
    "stamped_at = now()",
    "give a person another password": f"UPDATE workbench_user SET password = 'x' WHERE id = {OTHER}",
    "give a person another role": f"UPDATE workbench_user SET role = 'admin' WHERE id = {OTHER}",
    "make a superuser": f"UPDATE workbench_user SET is_superuser = true WHERE id = {OTHER}",
    "add a person": "INSERT INTO workbench_user (password, is_superuser, username, first_name, last_name, email, "
    "is_staff, is_active, is_sample, date_joined, role, word_index) "
    "VALUES ('x', true, 'eve', '', '', '', true, true, false, now(), 'editor', '')",
    "change an entry": "UPDATE workbench_logentry SET facts = '{}' WHERE id = (SELECT max(id) FROM workbench_logentry)",
    "set a head back": f"UPDATE {HEAD} SET seq = seq - 1",
    "add a head": f"INSERT INTO {HEAD} (chain, seq, hash) VALUES ('claim 999', 5, repeat('0', 64))",
    "delete a head": f"DELETE FROM {HEAD}",
    "change a seal": "UPDATE workbench_seal SET sha256 = sha256('x') WHERE id = (SELECT max(id) FROM workbench_seal)",
    "add a seal": "INSERT INTO workbench_seal (model, key, form, sha256, marks, at, xact) VALUES"
    " ('claim', 1, 1, sha256('x'), '', now(), 1)",
    "delete seals": "DELETE FROM workbench_seal",
    "delete leaves of the log tree": "DELETE FROM workbench_logleaf",
    "change a published report": "UPDATE claims_report SET content = '{}'",
    "mark a migration as done": "INSERT INTO django_migrations (app, name, applied) VALUES ('claims', '9999', now())",
}
REACH_OUT = {
    "read a file of the machine": "SELECT pg_read_file('/etc/passwd')",
    "read the data folder": "SELECT pg_ls_dir('.')",
    "copy a file into a table": "COPY django_session (session_key) FROM '/etc/passwd'",
    "write a file": "COPY (SELECT 1) TO '/tmp/approle-benchmark'",
    "run a program": "COPY (SELECT 1) TO PROGRAM 'true'",
    "read what a program says": "COPY django_session (session_key) FROM PROGRAM 'id'",
    "read a file as a large object": "SELECT lo_import('/etc/passwd')",
    "write a file from a large object": "SELECT lo_export(lo_from_bytea(0, 'x'), '/tmp/approle-benchmark')",
    "keep a large object": "SELECT lo_from_bytea(0, 'x')",
    "make an empty large object": "SELECT lo_create(0)",
    "make an empty large object in the old way": "SELECT lo_creat(-1)",
    "read the password hashes of the server": "SELECT rolpassword FROM pg_authid",
    "load a library": "LOAD '/tmp/approle-benchmark.so'",
    "change the settings of the server": "ALTER SYSTEM SET archive_command = 'true'",
    "read the settings files": "SELECT * FROM pg_hba_file_rules",
}
SETTLE_IN = {
    "create an extension": "CREATE EXTENSION pltcl",
    "create the extension that opens connections": "CREATE EXTENSION dblink",
    "create a function": "CREATE FUNCTION mine() RETURNS integer LANGUAGE sql AS 'SELECT 1'",
    "create a passing function": "CREATE FUNCTION pg_temp.mine() RETURNS integer LANGUAGE sql AS 'SELECT 1'",
    "create a table": "CREATE TABLE mine (a integer)",
    "create a passing table": "CREATE TEMPORARY TABLE mine (a integer)",
    "create a schema": "CREATE SCHEMA mine",
    "create a trigger": "CREATE TRIGGER mine BEFORE INSERT ON workbench_logentry "
    "FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger()",
    "create an event trigger": "CREATE EVENT TRIGGER mine ON ddl_command_start EXECUTE FUNCTION pg_catalog.now()",
    "create a user": "CREATE ROLE mine LOGIN",
    "become the owner": "SET ROLE workbench_owner",
    "become the administrator": "SET ROLE postgres",
    "become a superuser": "ALTER ROLE CURRENT_USER SUPERUSER",
    "give itself rights": f"GRANT ALL ON {HEAD} TO CURRENT_USER",
    "give everybody rights": "GRANT ALL ON ALL TABLES IN SCHEMA public TO PUBLIC",
    "own a table": "ALTER TABLE workbench_logentry OWNER TO CURRENT_USER",
    "change the settings of its database": "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET search_path = mine', "
    "current_database()); END $$",
    "run a block of code": "DO $$ BEGIN PERFORM 1; END $$",
}
ALL = {**REMOVE, **SWITCH_OFF, **FORGE, **REACH_OUT, **SETTLE_IN}
