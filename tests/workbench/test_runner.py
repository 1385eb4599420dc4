import os
import re
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path

import psycopg
import pytest
import redis
from psycopg import ProgrammingError

from workbench.runner import accounts, lock, paths, postgres, valkey
from workbench.runner.supervisor import Program, Supervisor


@pytest.fixture
def var():
    """A folder whose name has every character that has broken a path so far."""
    parent = Path(tempfile.mkdtemp())
    yield parent / "données d'essai, 100 %"
    shutil.rmtree(parent)


@pytest.fixture
def supervisor():
    supervisor = Supervisor(lambda *_: None)
    yield supervisor
    supervisor.stop()


def start(var, supervisor):
    postgres.prepare(var)
    valkey.prepare(var)
    servers = [(postgres.program(var, postgres.FLEETING), postgres.is_ready), (valkey.program(var), valkey.is_ready)]
    for program, _ in servers:
        supervisor.start(program)
    for program, is_ready in servers:
        supervisor.await_ready(program, lambda ready=is_ready: ready(var), within=60)
    postgres.create_database(var)


def test_servers_start_in_any_folder_and_keep_what_they_were_given(var, supervisor):
    with lock.hold(var):
        start(var, supervisor)
        with psycopg.connect(paths.database_url(var, paths.OWNER)) as connection:
            connection.execute("create table kept as select lower('ÉCOLE') as word")
        redis.Redis.from_url(paths.redis_url(var)).set("kept", "yes")
        supervisor.stop()
        start(var, supervisor)

        with psycopg.connect(paths.database_url(var, paths.OWNER)) as connection:
            assert connection.execute("select word from kept").fetchone() == ("école",)
        assert redis.Redis.from_url(paths.redis_url(var)).get("kept") == b"yes"
        supervisor.stop()
    assert {path.name for path in var.iterdir()} == {"postgres18", "postgres.log", "valkey", "valkey.log"}
    assert not paths.socket_folder(var).exists()


def test_servers_start_again_after_both_were_killed(var, supervisor):
    with lock.hold(var):
        start(var, supervisor)
        for child in supervisor._children:
            child.process.kill()
        supervisor.stop()
        assert (paths.postgres_folder(var) / "postmaster.pid").exists()

        lock.end_leftovers(var)
        start(var, supervisor)

        assert postgres.is_ready(var)
        supervisor.stop()


OLDER = """
    ALTER DATABASE workbench OWNER TO postgres;
    CREATE TABLE kept (id bigserial PRIMARY KEY, word text);
    INSERT INTO kept (word) VALUES ('Velmar');
    CREATE FUNCTION guard() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
    CREATE TRIGGER kept_guard BEFORE INSERT ON kept FOR EACH ROW EXECUTE FUNCTION guard();
"""
OWNERS = """
    SELECT DISTINCT rolname FROM pg_roles WHERE oid IN (
        (SELECT datdba FROM pg_database WHERE datname = 'workbench'),
        (SELECT relowner FROM pg_class WHERE relname = 'kept'), (SELECT proowner FROM pg_proc WHERE proname = 'guard'),
        (SELECT relowner FROM pg_class WHERE relname = 'kept_id_seq')
    )
"""


def as_administrator(var):
    return psycopg.connect(paths.database_url(var, postgres.ADMINISTRATOR), autocommit=True)


def test_the_tables_of_an_older_desk_get_their_owner_and_keep_their_rows(var, supervisor):
    with lock.hold(var):
        start(var, supervisor)
        with as_administrator(var) as connection:
            connection.execute(OLDER)
        supervisor.stop()
        (paths.postgres_folder(var) / "pg_hba.conf").write_text("local all all trust\n")  # as it was
        start(var, supervisor)

        with as_administrator(var) as connection:
            assert connection.execute(OWNERS).fetchall() == [(paths.OWNER,)]
        with psycopg.connect(paths.database_url(var, paths.OWNER)) as connection:
            connection.execute("INSERT INTO kept (word) VALUES ('Arvel')")
            assert connection.execute("SELECT word FROM kept ORDER BY id").fetchall() == [("Velmar",), ("Arvel",)]
        with psycopg.connect(paths.database_url(var)) as connection, pytest.raises(ProgrammingError):
            connection.execute("SELECT * FROM kept")
        supervisor.stop()


def test_a_first_start_that_was_cut_off_is_begun_anew(var, supervisor):
    draft = paths.postgres_folder(var).with_suffix(".unfinished")
    draft.mkdir(parents=True)
    (draft / "PG_VERSION").write_text("18")

    start(var, supervisor)

    assert postgres.is_ready(var)
    assert not draft.exists()
    supervisor.stop()
    paths.socket_folder(var).rmdir()


def test_only_the_owner_reaches_the_servers(var, supervisor):
    with lock.hold(var):
        start(var, supervisor)

        assert paths.socket_folder(var).stat().st_mode & 0o077 == 0
        assert paths.postgres_folder(var).stat().st_mode & 0o077 == 0
        with as_administrator(var) as connection:
            connection.execute("CREATE ROLE stranger LOGIN SUPERUSER")
        with pytest.raises(psycopg.OperationalError, match="no pg_hba"):
            psycopg.connect(paths.database_url(var, "stranger"))
        supervisor.stop()


def test_a_folder_that_somebody_else_made_first_is_refused(tmp_path):
    target = tmp_path / "target"
    target.mkdir()
    (tmp_path / "trap").symlink_to(target)

    with pytest.raises(accounts.CannotStart, match="belongs to"):
        accounts.make_folder(tmp_path / "trap", None)


def test_a_data_folder_has_one_run_at_a_time(var):
    with lock.hold(var) as held:
        held.note("serves http://127.0.0.1:8000/")

        with (
            pytest.raises(accounts.CannotStart, match=f"Process {os.getpid()} serves http://127.0.0.1:8000/"),
            lock.hold(var),
        ):
            pass

    with lock.hold(var):
        pass
    assert list(var.iterdir()) == []


def test_a_run_waits_for_one_that_is_stopping(var, monkeypatch):
    monkeypatch.setattr(lock, "PATIENCE", 0.5)
    began = time.monotonic()

    with lock.hold(var) as held:
        held.note(lock.STOPPING)
        with pytest.raises(accounts.CannotStart, match="is stopping"), lock.hold(var):
            pass

    assert time.monotonic() - began > 0.5


def test_what_a_killed_run_left_is_ended(var):
    marked = Supervisor(lambda *_: None, {lock.MARK: str(var)})
    start(var, marked)
    marked.start(Program("worker", ["sleep", "60"]))

    lock.end_leftovers(var)

    assert [child.process.wait(30) for child in marked._children] == [0, 0, -signal.SIGKILL]
    paths.socket_folder(var).rmdir()


@pytest.mark.parametrize(
    "name", ["a" * 90, "with space", "percent%20", "ünï", "comma,", "quote'", "semi;colon", "back\\slash"]
)
def test_sockets_of_a_folder_with_an_awkward_name_are_in_tmp(name):
    folder = paths.socket_folder(Path("/srv") / name)

    assert folder.parent == Path("/tmp")
    assert folder == paths.socket_folder(Path("/srv") / name)


def test_sockets_of_other_folders_are_inside():
    assert paths.socket_folder(Path("/srv/desk/var")) == Path("/srv/desk/var/run")


@pytest.mark.parametrize(
    ("redis_url", "broker"),
    [
        ("unix:///srv/valkey.sock", "redis+socket:///srv/valkey.sock"),
        ("unix:///srv/valkey.sock?db=3", "redis+socket:///srv/valkey.sock?virtual_host=3"),
        ("redis://desk:6379/0", "redis://desk:6379/0"),
    ],
)
def test_celery_gets_the_broker_in_its_own_spelling(redis_url, broker):
    assert paths.broker_url(redis_url) == broker


def test_a_data_folder_that_cannot_be_written_is_explained(tmp_path, monkeypatch):
    monkeypatch.setenv("WORKBENCH_VAR", str(tmp_path))
    monkeypatch.setattr(os, "access", lambda *_: False)

    with pytest.raises(paths.NotOurs, match=re.escape(f"The data folder {tmp_path} belongs to")):
        paths.var_folder()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root gives up being root")
def test_a_server_reaches_a_checkout_in_a_folder_closed_to_all_but_root(tmp_path):
    program = tmp_path / "closed" / "server"
    program.parent.mkdir(mode=0o700)
    program.write_text('#!/bin/sh\nid -u; grep CapEff /proc/self/status; test -x "$0" && echo runs\n')
    program.chmod(0o700)

    command = ["setpriv", *accounts.privileges(tmp_path / "data", program), str(program)]
    user, capabilities, runs = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()

    assert (int(user), runs) == (accounts.service_account(tmp_path / "data")[0], "runs")
    assert int(capabilities.split()[1], 16) == 2  # CAP_DAC_OVERRIDE alone


@pytest.mark.parametrize(("gigabytes", "megabytes"), [(0.25, 128), (1, 128), (4, 512), (8, 1024), (64, 2048)], ids=str)
def test_the_cache_of_postgresql_goes_by_the_memory_of_the_machine(gigabytes, megabytes):
    assert postgres.cache(int(gigabytes * 2**30)) == megabytes


@pytest.mark.parametrize(("limit", "is_smaller"), [("67108864\n", True), ("max\n", False), ("9" * 30, False)])
def test_the_memory_of_a_container_is_what_it_may_use(limit, is_smaller, tmp_path, monkeypatch):
    monkeypatch.setattr(postgres, "CONTAINER_LIMIT", tmp_path / "none")
    whole = postgres.memory()
    monkeypatch.setattr(postgres, "CONTAINER_LIMIT", tmp_path / "memory.max")
    (tmp_path / "memory.max").write_text(limit)

    assert postgres.memory() == (67108864 if is_smaller else whole)
    assert whole > 2**28
