"""PostgreSQL and Valkey as other machines reach them: over TCP and with a password, at a loopback address of their own.

The kernel answers at every address of 127.0.0.0/8, so servers of several tests can have the usual ports.
"""

import dataclasses
import secrets
from time import monotonic, sleep

import psycopg
import redis

from workbench.runner import paths, postgres, valkey

PASSWORD = "a password of this test alone"
QUOTED = PASSWORD.replace(" ", "%20")
PATIENCE = 30  # seconds


def addresses(number):
    """Return loopback addresses of one network that no other test has."""
    network = f"127.{1 + secrets.randbelow(254)}.{secrets.randbelow(256)}"
    return [f"{network}.{host}" for host in range(1, number + 1)]


def database_url(host, user="workbench"):
    """Return the address of the database for its owner, or for the app role."""
    return f"postgres://{user}:{QUOTED}@{host}:5432/workbench"


def redis_url(host):
    return f"redis://:{QUOTED}@{host}:6379/0"


def database(var, host, settings):
    """Prepare a PostgreSQL that listens at an address, and return how to run it."""
    postgres.prepare(var)
    rules = paths.postgres_folder(var) / "pg_hba.conf"
    door = f"host all workbench,{paths.APP} 127.0.0.0/8 scram-sha-256\n"
    if not rules.read_text().startswith(door):
        rules.write_text(door + rules.read_text())
    return postgres.program(var, {**settings, "listen_addresses": host})


def create_database(var):
    """Create the database, owned by a role that may do nothing else, as a hosting company would."""
    postgres.create_database(var)
    socket = f"host='{paths.socket_folder(var)}' user=postgres dbname={paths.DATABASE}"
    with psycopg.connect(socket, autocommit=True) as connection:
        connection.execute(f"create role workbench login password '{PASSWORD}'")
        connection.execute(f"alter database {paths.DATABASE} owner to workbench")
        connection.execute("alter schema public owner to workbench")
        connection.execute("grant usage on language plpgsql to workbench")
        connection.execute(f"alter role {paths.APP} password '{PASSWORD}'")


def broker(var, host, *options):
    """Prepare a Valkey that listens at an address, and return how to run it."""
    valkey.prepare(var)
    program = valkey.program(var)
    door = ["--bind", host, "--port", "6379", "--requirepass", PASSWORD]
    return dataclasses.replace(program, command=[*program.command, *door, *options])


def broker_answers(host):
    try:
        with redis.Redis.from_url(redis_url(host), socket_timeout=2) as client:
            return client.ping()
    except redis.RedisError:
        return False


def await_that(happens, within=PATIENCE, every=0.1):
    """Wait until something is so, and return what was said of it.

    Ask for pages seldom: they go before the workers that are waited for, on a machine that is full.
    """
    ends = monotonic() + within
    while not (found := happens()):
        assert monotonic() < ends, f"not so within {within} s"
        sleep(every)
    return found
