"""The app role: what an injection into the programs could do to the database; how many statements went through.

Each statement is run as the database user of the programs, on a desk with a log and a claim, and undone. The same
statements as the owner of the tables and as an administrator of the server stand beside it.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator

import psycopg
from psycopg import errors

from benchmarks import injections
from benchmarks.desk import desk
from benchmarks.measuring import arguments, report, say
from workbench.runner import paths, postgres

NOT_GIVEN = {"01006", "01007"}  # warnings that nothing was revoked or granted


def main() -> None:
    """Take the figures."""
    arguments(str(__doc__), data=False)
    with desk(WORKBENCH_LOG_LEVEL="ERROR") as own:
        own.run("-m", "benchmarks.approle", "fill")
        found = {user: went_through(paths.database_url(own.var, user)) for user in postgres.USERS}
    for name in found[paths.APP]:
        say(f"WENT THROUGH  {name}")
    report(
        went_through=len(found[paths.APP]),
        statements=len(injections.ALL),
        names=found[paths.APP],
        reference={
            "the owner of the tables": len(found[paths.OWNER]),
            "an administrator of the server": len(found[postgres.ADMINISTRATOR]),
        },
    )


def went_through(url: str) -> list[str]:
    """Return the names of the statements that this user may run."""
    return [name for name, statement in injections.ALL.items() if _is_done(url, statement)]


def _is_done(url: str, statement: str) -> bool:
    """Run a statement and undo it; return whether the database did it. What runs alone is undone with the desk."""
    warned: list[str | None] = []
    with psycopg.connect(url.replace("postgres://", "postgresql://"), autocommit=True) as connection:
        connection.add_notice_handler(lambda notice: warned.append(notice.sqlstate))
        try:
            connection.execute("BEGIN")
            connection.execute(statement.encode())
            connection.execute("SET CONSTRAINTS ALL IMMEDIATE")  # what the end of the transaction would refuse
        except errors.ActiveSqlTransaction:
            return _is_done_alone(connection, statement)
        except psycopg.Error as error:
            say(f"{connection.info.user}: {statement[:60]!r} … {str(error).splitlines()[0]}")
            return False
        finally:
            connection.execute("ROLLBACK")
    return NOT_GIVEN.isdisjoint(warned)


def _is_done_alone(connection: psycopg.Connection[tuple[object, ...]], statement: str) -> bool:
    connection.execute("ROLLBACK")
    try:
        connection.execute(statement.encode())
    except psycopg.Error:
        return False
    return True


def fill() -> Iterator[str]:
    """Add people and a claim with its log, as the programs do."""
    import django  # noqa: PLC0415 -- only in a process that has a database

    django.setup()
    from benchmarks import staff  # noqa: PLC0415
    from claims.intake import recording  # noqa: PLC0415
    from workbench.desk import checkpointing  # noqa: PLC0415
    from workbench.desk.models import LogEntry  # noqa: PLC0415
    from workbench.desk.roles import Role  # noqa: PLC0415

    people = [staff.person(f"person-{key}", Role.EDITOR) for key in (1, 2)]
    said = recording.Proposition("Velmar is flooded.", "en")
    recording.log_claim(said, recording.Sighting(quote="Velmar is flooded."), by=people[0])
    checkpointing.now()
    yield f"{LogEntry.objects.count()} entries"


if __name__ == "__main__":
    if sys.argv[1:] == ["fill"]:
        say(json.dumps(list(fill())))
    else:
        main()
