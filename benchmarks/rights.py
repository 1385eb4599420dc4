"""Rights: every address × method × role before and after restricted claims and confidential sources; what is wrong.

Wrong is an answer to somebody who is not named that has a word or the number of what is hidden, that differs from the
answer before it was there, or whose status tells a hidden row from one that does not exist.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from typing import Any

from benchmarks.desk import desk
from benchmarks.measuring import arguments, report, say

WORD, NUMBER = "Zyxwort", 987_654_321
METHODS = ("get", "head", "post", "put", "patch", "delete", "options")
# Pages that say how large the machine is, when it last worked, or that an entry of the log is withheld.
OF_THE_MACHINE = ("/log/", "/storage/", "/anchors/", "/trouble/", "/admin/workbench/logentry/")
# A preview is printed anew each time, with its time, its hashes, and a checkpoint over the whole log.
PREVIEW = re.compile(r"/proposed-reports/\d+/preview/")
PRINTED = re.compile(r'<time datetime="[^<]*</time>|<code class="hash">[^<]*</code>|\d+ (entries|entrées)')


def main() -> None:
    """Take the figures."""
    arguments(str(__doc__), data=False)
    with desk(WORKBENCH_LOG_LEVEL="CRITICAL") as own:
        found = own.told("walk", "-m", "benchmarks.rights", "walk")
    for line in found["names"]:
        say(f"WRONG  {line}")
    report(**found)


def walk() -> dict[str, Any]:
    """Walk every address as everybody, before and after; return the figures."""
    import django  # noqa: PLC0415 -- only in a process that has a database

    django.setup()
    from django.conf import settings  # noqa: PLC0415
    from django.test.utils import setup_test_environment  # noqa: PLC0415

    from claims.intake import restricting  # noqa: PLC0415
    from tests import make, rights  # noqa: PLC0415

    setup_test_environment()
    named = make.reporter()
    settings.DESK_NAME, settings.DESK_URL = "Desk of Arvel", "https://desk.arvel"
    visible = rights.confidential(
        f"{WORD} Smith", rights.everything_about("Ordinary", logged_by=make.reporter()), by=named
    )
    visible = rights.published(visible)
    clients = {name: _client(person) for name, person in _people(make).items()}
    before = {name: _pages(rights, client, visible) for name, client in clients.items()}
    hidden = rights.everything_about(WORD, logged_by=named, pk=NUMBER)
    restricting.name(hidden["claim"], named, by=named)
    wrong: list[str] = []
    errors = requests = 0
    for name, client in clients.items():
        after = _pages(rights, client, visible)
        requests += len(after)
        errors += sum(answer.status >= 500 for answer in after.values())
        wrong += [f"{name} {url}" for url in _differing(before[name], after)]
        for line, status in _hidden_rows(rights, client, hidden):
            requests += 1
            errors += status >= 500
            wrong += [f"{name} {line}"] if line else []
    return {"wrong": len(wrong), "server_errors": errors, "requests": requests, "names": wrong[:50]}


def _people(make: Any) -> dict[str, Any]:
    return {
        "nobody": None,
        "viewer": make.viewer(),
        "reporter": make.reporter(),
        "reviewer": make.reviewer(),
        "editor": make.editor(),
        "administrator": make.admin(),
        "superuser": make.admin(is_superuser=True),
    }


def _client(person: Any) -> Any:
    from django.test import Client  # noqa: PLC0415

    client = Client(raise_request_exception=False)
    if person is not None:
        client.force_login(person)
    return client


def _pages(rights: Any, client: Any, rows: Any) -> dict[str, Any]:
    urls = {*(rights.address(route, rows) for route in rights.routes()), *rights.admin_addresses(rows)}
    return {url: rights.answer(client, url) for url in sorted(urls)}


def _differing(before: dict[str, Any], after: dict[str, Any]) -> Iterator[str]:
    for url, answer in after.items():
        told = WORD.casefold() in answer.body.casefold() or str(NUMBER) in answer.body
        if told or (_compared(url, answer) != _compared(url, before[url]) and not url.startswith(OF_THE_MACHINE)):
            yield url


def _compared(url: str, answer: Any) -> tuple[int, str]:
    return answer.status, PRINTED.sub("", answer.body) if PREVIEW.fullmatch(url) else answer.body


def _hidden_rows(rights: Any, client: Any, hidden: Any) -> Iterator[tuple[str, int]]:
    """Ask by every method for each hidden row and for one that does not exist; name what tells them apart."""
    absent = {name: row.pk + 1_000_000 for name, row in hidden.items()}
    for route in rights.routes():
        url = rights.address(route, hidden) if "<" in route else "None"
        if "None" in url:
            continue
        for method in METHODS:
            got = rights.answer(client, url, method)
            nothing = rights.answer(client, rights.address(route, absent), method)
            is_told = WORD.casefold() in got.body.casefold() or got.status != nothing.status
            yield (f"{method} {url} {got.status} {nothing.status}" if is_told else "", got.status)


if __name__ == "__main__":
    if sys.argv[1:] == ["walk"]:
        say(json.dumps(walk()))
    else:
        main()
