"""Proof for whom a transaction speaks: a secret that the programs have, and that the database checks but does not show.

Whoever can send SQL can set a variable of a session, so the name of the actor alone proves nothing. The programs also
set an HMAC over that name, the number of the transaction and its time. A function of the owner computes it again. Its
key comes from ``SECRET_KEY``; ``migrate`` writes it into a table that no other user reads.
"""

from __future__ import annotations

import hashlib
import hmac

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _

TABLE = "workbench_actorsecret"
SETTING, PROOF = "workbench.actor", "workbench.actor_proof"
MACHINE = "machine"
WORD = "claim-workbench-actor-v1"
BLOCK = 64  # bytes that SHA-256 takes at a time: HMAC pads its key to as many (RFC 2104)
# What a proof is bound to. A restored database counts its transactions anew, so the number alone would come again.
CHALLENGE = "concat_ws(' ', pg_current_xact_id()::text, extract(epoch FROM now())::text)"
NO_CHALLENGE = "a check"  # no transaction has this one


def speak(actor: str) -> None:
    """Have the rest of the transaction speak for a person, given by their key, or for the machine."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {CHALLENGE}")
        made = _proof(actor, cursor.fetchone()[0])
        cursor.execute("SELECT set_config(%s, %s, true), set_config(%s, %s, true)", [SETTING, actor, PROOF, made])


def keep() -> None:
    """Give the database the secret of this program, by the owner of the tables, in place of the one before."""
    key = _key().ljust(BLOCK, b"\0")
    pads = [bytes(each ^ pad for each in key) for pad in (0x36, 0x5C)]
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass(%s) IS NOT NULL", [f"public.{TABLE}"])
        if cursor.fetchone()[0]:
            cursor.execute(
                f"INSERT INTO {TABLE} (single, inner_key, outer_key) VALUES (true, %s, %s) "
                "ON CONFLICT (single) DO UPDATE SET inner_key = excluded.inner_key, outer_key = excluded.outer_key",
                pads,
            )


def problem() -> str:
    """Return what is wrong where the database has another secret than this program; empty where it has the same."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT workbench_is_proof(%s, %s, %s)", [MACHINE, NO_CHALLENGE, _proof(MACHINE, NO_CHALLENGE)])
        if cursor.fetchone()[0]:
            return ""
    return _(
        "The database does not know the SECRET_KEY of this program, so nobody can act. Set the same SECRET_KEY on all"
        " machines, and run “manage.py migrate” with it."
    )


def _proof(actor: str, challenge: str) -> str:
    return hmac.new(_key(), f"{WORD} {actor} {challenge}".encode(), hashlib.sha256).hexdigest()


def _key() -> bytes:
    return hmac.digest(settings.SECRET_KEY.encode(), WORD.encode(), hashlib.sha256)


INSTALL = [
    f"""CREATE TABLE public.{TABLE} (
        single boolean PRIMARY KEY CHECK (single), inner_key bytea NOT NULL, outer_key bytea NOT NULL)""",
    f"""
    CREATE FUNCTION public.workbench_is_proof(actor text, challenge text, proof text) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
        SELECT EXISTS (
            SELECT FROM workbench_actorsecret
            -- Both are hashed again, so that how long a comparison takes tells nothing about the right one.
            WHERE sha256(convert_to(proof, 'UTF8')) = sha256(convert_to(encode(sha256(outer_key || sha256(
                inner_key || convert_to(concat_ws(' ', '{WORD}', actor, challenge), 'UTF8'))), 'hex'), 'UTF8')))
    $$""",
    f"""
    CREATE FUNCTION public.workbench_proved_actor() RETURNS text
    LANGUAGE sql VOLATILE SET search_path = pg_catalog, public, pg_temp AS $$
        SELECT said.actor FROM (SELECT nullif(current_setting('{SETTING}', true), '') AS actor) said
        WHERE said.actor IS NOT NULL
            AND workbench_is_proof(said.actor, {CHALLENGE}, current_setting('{PROOF}', true))
    $$""",
    """
    CREATE FUNCTION public.workbench_is_owner() RETURNS boolean
    LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
        SELECT pg_has_role(
            coalesce(nullif(current_setting('role'), 'none'), session_user::text)::name, relowner, 'MEMBER')
        FROM pg_class WHERE oid = 'public.workbench_logentry'::regclass
    $$""",
]
REMOVE = [
    "DROP FUNCTION public.workbench_is_owner()",
    "DROP FUNCTION public.workbench_proved_actor()",
    "DROP FUNCTION public.workbench_is_proof(text, text, text)",
    f"DROP TABLE public.{TABLE}",
]
