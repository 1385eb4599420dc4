"""What the database does when an entry is added to the log: it gives the entry its actor, its seals and its hash.

The function runs with the rights of the owner, so who adds an entry need not be able to write the ends of chains or
seals. An entry is refused unless the transaction proves for whom it speaks (``workbench/desk/actor_proof.py``). The
hash covers a nonce, so that nobody can find out by trying what an entry says that is withheld. The entry carries every
seal of its transaction that no entry carries yet. An entry with the verb ``BINDS`` carries those of other transactions
that had no act. After a restore the numbers of transactions begin again, so a seal belongs to this one only with its
time too. Only who owns the log, as a migration does, says that rows were there before (``EXISTING``).
"""

from __future__ import annotations

BINDS = "sealed rows"
EXISTING = "sealed existing rows"
AT_ONCE = 10_000  # seals of other transactions that one entry carries

_FUNCTION = f"""
CREATE OR REPLACE FUNCTION public.log_chain_entry() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $log$
DECLARE
    bound bigint[];
BEGIN
    --actor
    IF NEW.verb = '{EXISTING}' AND NOT pg_has_role(
        coalesce(nullif(current_setting('role'), 'none'), session_user::text)::name,
        (SELECT relowner FROM pg_class WHERE oid = TG_RELID), 'MEMBER') THEN
        RAISE EXCEPTION 'log: only the owner of the log says that rows were there before' USING ERRCODE = '42501';
    END IF;
    NEW.actor_name := coalesce((SELECT username FROM workbench_user WHERE id = NEW.actor_id), 'machine');
    INSERT INTO workbench_loghead (chain, seq, hash)
    VALUES (NEW.chain, 0, encode(sha256(convert_to('claim-workbench-log-v1 ' || NEW.chain, 'UTF8')), 'hex'))
    ON CONFLICT DO NOTHING;
    SELECT head.seq + 1, head.hash INTO NEW.seq, NEW.previous FROM workbench_loghead head
    WHERE head.chain = NEW.chain FOR UPDATE;
    IF NEW.verb = '{BINDS}' THEN
        SELECT array_agg(id) INTO bound FROM (
            SELECT id FROM workbench_seal WHERE entry_id IS NULL ORDER BY id LIMIT {AT_ONCE} FOR UPDATE SKIP LOCKED
        ) waiting;
    ELSE
        SELECT array_agg(id) INTO bound FROM workbench_seal
        WHERE entry_id IS NULL AND xact = pg_current_xact_id()::text::bigint AND at = now();
    END IF;
    --form
    NEW.sealed_rows := coalesce(array_length(bound, 1), 0);
    NEW.seals_sha256 := '';
    IF NEW.sealed_rows > 0 THEN
        UPDATE workbench_seal SET entry_id = NEW.id WHERE id = ANY(bound);
        SELECT encode(sha256(convert_to(string_agg(concat_ws(' ',
            id, model, key, form, encode(sha256, 'hex'), to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
        ), E'\\n' ORDER BY id), 'UTF8')), 'hex') INTO NEW.seals_sha256 FROM workbench_seal WHERE id = ANY(bound);
    END IF;
    NEW.recorded_at := clock_timestamp();
    NEW.hash := encode(sha256(convert_to(to_json(ARRAY['--word',
        NEW.chain, NEW.seq::text, NEW.previous,
        to_char(NEW.recorded_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
        NEW.actor_id::text, NEW.actor_name, NEW.verb, NEW.subject, NEW.facts,
        NEW.sealed_rows::text, NEW.seals_sha256--nonce])::text, 'UTF8')), 'hex');
    UPDATE workbench_loghead SET seq = NEW.seq, hash = NEW.hash WHERE chain = NEW.chain;
    RETURN NEW;
END
$log$
"""
# In the name of a person only where the transaction says that it speaks for them: as an owner of the log does.
_SAID = """IF NEW.actor_id IS NOT NULL
        AND NEW.actor_id::text IS DISTINCT FROM nullif(current_setting('workbench.actor', true), '') THEN
        RAISE EXCEPTION 'log: an entry in the name of another person is refused' USING ERRCODE = '42501';
    END IF;"""
# Everybody else proves it, and proves too that the machine makes an entry of the machine.
_PROVED = f"""{_SAID}
    IF NOT workbench_is_owner()
        AND workbench_proved_actor() IS DISTINCT FROM coalesce(NEW.actor_id::text, 'machine') THEN
        RAISE EXCEPTION 'log: nobody proved for whom this transaction speaks' USING ERRCODE = '42501';
    END IF;"""


def _function(actor: str, form: int, nonce: str = "") -> str:
    """Return the function for a form of the hash; a nonce is a random text that the hash covers too."""
    made = _FUNCTION.replace("--actor", actor).replace("--word", f"claim-workbench-log-v{form}")
    sets = f"NEW.form := {form};" + (f"\n    NEW.nonce := {nonce};" if nonce else "")
    return made.replace("--form", sets).replace("--nonce", ", NEW.nonce" if nonce else "")


CHAIN_ENTRY_2 = _function(_SAID, 2)
CHAIN_ENTRY = _function(_PROVED, 3, "replace(gen_random_uuid()::text, '-', '')")
INSTALL = [
    CHAIN_ENTRY_2,
    """CREATE OR REPLACE TRIGGER log_chain_entry BEFORE INSERT ON workbench_logentry
    FOR EACH ROW EXECUTE FUNCTION public.log_chain_entry()""",
]
