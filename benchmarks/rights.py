"""Rights: every address × method × role before and after restricted claims and confidential sources; what is wrong.

Wrong is an answer to somebody who is not named that has a word or the number of what is hidden, that differs from the
answer before it was there, or that tells a hidden row from one that does not exist: by its status or its words, for
an address, a form or a search. Every address of the URL conf is asked for, those of the Django admin included. What is
sent is taken back each time, so that one answer changes no other.
"""

from __future__ import annotations

import copy
import itertools
import json
import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import astuple, replace
from typing import Any
from urllib.parse import quote, quote_plus

import psycopg

from benchmarks.desk import desk
from benchmarks.measuring import arguments, report, say

WORD, OTHER_WORD, NUMBER = "Zyxwort", "Qqqwort", 987_654_321
METHODS = ("get", "head", "post", "put", "patch", "delete", "options")
# Pages that say how large the machine is, when it last worked, or that an entry of the log is withheld.
OF_THE_MACHINE = ("/log/", "/storage/", "/anchors/", "/trouble/", "/admin/workbench/log", "/checkpoint", "/readyz")
# A preview is printed anew each time, with its time, its hashes, and a checkpoint over the whole log.
PREVIEW = re.compile(r"/(proposed-reports|decisions)/\d+/preview(/|\.pdf)")
PRINTED = re.compile(
    r'<time datetime="[^<]*</time>|<code class="hash">[^<]*</code>|(?<=(?:with\sits|avec\sses)\s)\d+(?= entr)'
    r"|\d\d:\d\d(?= UTC)|\b[0-9a-f]{64}\b"
    r"|desk\.arvel/log\s\|[^—]*—\sdesk\.arvel/log\s+(?:[A-Za-z0-9+/]\s*){91}="
    # Where a page of the PDF ends depends on where the lines of the checkpoint break.
    r"|Draft, not published|Brouillon, non publié"
    r"|(?:Verification report no\.|Rapport de vérification n°)\s\d+ · [^\r\n]+ \d+ / \d+"
)
# A key for the second step and a link to choose a password are made at each visit, and the visit is taken back.
FRESH_KEY = re.compile(
    r'<img src="data:[^"]*" alt="[^"]*" class="qr">|<code dir="ltr" class="key">[^<]*</code>'
    r'|name="offered" value="[^"]*"|(?<=/)[a-z0-9]{6}-[0-9a-f]{32}(?=/)'
    r"|(?<=It works once, until )[^<]{10,40}?(?=\. It is shown)"
)
# Whom the restricted claim does not hide: people of the desk. Their rows may tell no word, yet they exist.
EVERYBODY_SEES = "workbench.user"
PROBING = ("viewer", "editor", "superuser")  # who sends forms: each role with other forms


def main() -> None:
    """Take the figures."""
    given = arguments(str(__doc__), data=False, people="")
    with desk(WORKBENCH_LOG_LEVEL="CRITICAL") as own:
        found = own.told("walk", "-m", "benchmarks.rights", "walk", given.people, stderr=None)
    for route in found["not_asked"]:
        say(f"NOT ASKED FOR  {route}")
    report(**found)
    if found["not_asked"]:
        raise SystemExit("There are addresses that this benchmark neither asks for nor excuses.")


class Walk:
    """What was asked for, and what was wrong with the answers."""

    def __init__(self) -> None:
        self.requests = self.errors = 0
        self.wrong: list[str] = []
        self.visited: dict[str, str] = {}
        self.numbering = Numbering()

    def is_wrong(self, line: str) -> None:
        """Note a wrong answer, and say so."""
        self.wrong.append(line)
        say(f"WRONG  {line}")

    def ask(self, client: Any, url: str, method: str = "get", **sent: Any) -> Any:
        """Return the answer to a request; nothing of what it changed stays."""
        from django.db import transaction  # noqa: PLC0415 -- only in a process that has a database

        from tests import rights  # noqa: PLC0415

        cookies = copy.deepcopy(client.cookies)
        numbers = self.numbering.last()
        with transaction.atomic():
            answer = rights.answer(client, url, method, **sent)
            transaction.set_rollback(True)
        self.numbering.set_back(numbers)
        client.cookies = cookies
        self.requests += 1
        if answer.status >= 500 and not url.startswith("/readyz"):
            self.errors += 1
            self.is_wrong(f"{method} {url} {answer.status}")
        return answer


class Numbering:
    """What the tables number their next rows. A number that was given is not taken back with the row, so we do."""

    def __init__(self) -> None:
        from django.conf import settings  # noqa: PLC0415

        self.owner = psycopg.connect(settings.DATABASE_OWNER_URL.replace("postgres:", "postgresql:"), autocommit=True)

    def last(self) -> set[tuple[Any, ...]]:
        """Return the last number of each table."""
        numbers = "SELECT format('%I.%I', schemaname, sequencename), last_value FROM pg_sequences"
        return set(self.owner.execute(numbers).fetchall())

    def set_back(self, before: set[tuple[Any, ...]]) -> None:
        """Let each table go on as it would have."""
        for sequence, last in before - self.last():
            self.owner.execute("SELECT setval(%s, %s, %s)", [sequence, last or 1, last is not None])


def walk(only: str) -> dict[str, Any]:
    """Walk every address as everybody, or as some people alone, before and after; return the figures."""
    import django  # noqa: PLC0415

    django.setup()
    from django.test.utils import setup_test_environment  # noqa: PLC0415

    from benchmarks import rights_addresses  # noqa: PLC0415
    from tests import make, rights  # noqa: PLC0415

    setup_test_environment()
    named, asked = make.reporter(), Walk()
    visible = _visible(named)
    people = {name: person for name, person in _people(make).items() if not only or name in only.split(",")}
    clients = {name: _client(person) for name, person in people.items()}
    _never_silent()
    keys = _keys()
    asked.visited = dict(_addresses(visible, named, keys))
    before = {name: _answers(asked, client) for name, client in clients.items()}
    hidden = _plant(rights, visible, named)
    new = {model: key for model, key in _keys(newest=True).items() if key != keys.get(model)}
    for name, client in clients.items():
        say(f"as {name}: {asked.requests} requests so far, {len(asked.wrong)} wrong")
        _walk_as(asked, name, client, before[name], hidden)
        _admin_rows(asked, name, client, new)
        _searches(asked, name, client)
        if name in PROBING:
            _forms(asked, name, client, before[name], hidden)
    number, not_asked = rights_addresses.of_visits(asked.visited)
    figures = {"wrong": len(asked.wrong), "server_errors": asked.errors, "requests": asked.requests}
    return {**figures, "routes": number, "not_asked": not_asked, "names": asked.wrong[:80]}


def _visible(named: Any) -> Any:
    from django.conf import settings  # noqa: PLC0415

    from tests import make, rights  # noqa: PLC0415

    settings.DESK_NAME, settings.DESK_URL = "Desk of Arvel", "https://desk.arvel"
    rows = rights.everything_about("Ordinary", logged_by=make.reporter())
    return rights.published(rights.confidential(f"{WORD} Smith", rows, by=named))


def _never_silent() -> None:
    """Let the clock and the workers have lived at any time of the walk, which takes minutes: pages tell of silence."""
    from datetime import timedelta  # noqa: PLC0415

    from django.utils.timezone import now  # noqa: PLC0415

    from workbench.desk import declarations, heartbeat  # noqa: PLC0415
    from workbench.desk.models import Heartbeat  # noqa: PLC0415

    Heartbeat.objects.all().delete()
    names = {heartbeat.CLOCK, *declarations.timetable()}
    Heartbeat.objects.bulk_create(Heartbeat(name=name, at=now() + timedelta(days=1)) for name in names)


def _plant(rights: Any, visible: Any, named: Any) -> dict[str, Any]:
    """Return the rows of a restricted claim; another one cites what everybody sees."""
    from claims.intake import restricting  # noqa: PLC0415

    hidden: dict[str, Any] = rights.everything_about(WORD, logged_by=named, pk=NUMBER)
    restricting.name(hidden["claim"], named, by=named)
    rights.cite(WORD, visible, by=named)
    return hidden


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


def _keys(*, newest: bool = False) -> dict[str, Any]:
    """Return the key of the oldest or newest row of each model of the admin."""
    from tests import rights  # noqa: PLC0415

    order = "-pk" if newest else "pk"
    rows = {model: model._default_manager.order_by(order).first() for model in rights.admin_models()}
    return {model._meta.label_lower: row.pk if row else 1 for model, row in rows.items()}


def _addresses(visible: Any, named: Any, keys: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Return every address with its route, on rows that everybody sees."""
    from benchmarks import rights_addresses  # noqa: PLC0415
    from tests import rights  # noqa: PLC0415

    for rows in (visible, {**rights.of_edited_page(visible), "person": named}):
        for route in rights_addresses.routes():
            if "None" not in (url := rights_addresses.address(route, rows, keys)):
                yield url, route


def _answers(asked: Walk, client: Any) -> dict[tuple[str, str], Any]:
    """Return the answers of every address to GET, and to a form without anything in it."""
    from benchmarks.rights_addresses import NOT_POSTED  # noqa: PLC0415

    wanted = [(method, url) for url in sorted(asked.visited) for method in ("get", "post") if url not in NOT_POSTED]
    return {(method, url): asked.ask(client, url, method) for method, url in wanted}


def _walk_as(asked: Walk, name: str, client: Any, before: Mapping[Any, Any], hidden: Any) -> None:
    for (method, url), answer in _answers(asked, client).items():
        now, then = _compared(url, answer), _compared(url, before[method, url])
        if _tells(answer) or not (now == then or url.startswith(OF_THE_MACHINE)):
            asked.is_wrong(f"{name} {method} {url} differs: {_first_difference(now, then)}")
    for line in _hidden_rows(asked, client, hidden):
        asked.is_wrong(f"{name} {line}")


def _tells(answer: Any) -> bool:
    return WORD.casefold() in answer.body.casefold() or str(NUMBER) in answer.body


def _compared(url: str, answer: Any) -> tuple[int, str]:
    body = FRESH_KEY.sub("", answer.body)
    return answer.status, " ".join(PRINTED.sub("", body).split()) if PREVIEW.fullmatch(url) else body


def _absent(hidden: Mapping[str, Any]) -> dict[str, int]:
    return {name: row.pk + 1_000_000 for name, row in hidden.items()}


def _hidden_rows(asked: Walk, client: Any, hidden: Any) -> Iterator[str]:
    """Ask by every method for each hidden row and for one that does not exist; name what tells them apart."""
    from tests import rights  # noqa: PLC0415

    of_file = {**hidden, "document": hidden["file"], "capture": hidden["file_capture"]}
    routes = [route for route in rights.routes() if "<" in route]
    pairs = {rights.address(route, rows): (route, _absent(rows)) for rows in (hidden, of_file) for route in routes}
    for url, (route, absent) in pairs.items():
        for method in METHODS if "None" not in url else ():
            urls = (url, rights.address(route, absent))
            got, nothing = (_without(each, asked.ask(client, each, method)) for each in urls)
            if _tells(got) or got != nothing:
                yield f"{method} {url}: {_first_difference(astuple(got), astuple(nothing))}"


def _admin_rows(asked: Walk, name: str, client: Any, new: Mapping[str, Any]) -> None:
    """Ask the admin for the newest rows, and for rows that do not exist."""
    from benchmarks import rights_addresses  # noqa: PLC0415

    none = dict.fromkeys(new, 1_234_567_890)
    for route in rights_addresses.routes():
        model = ".".join(found.groups()) if (found := rights_addresses.ADMIN.match(route)) else ""
        if "object_id" not in route or (model and model not in new) or f"/{route}".startswith(OF_THE_MACHINE):
            continue
        of_new = {**new, "claims.claim": NUMBER} if not model else new
        urls = [rights_addresses.address(route, {}, each) for each in (of_new, {**none, "claims.claim": 1_234_567_890})]
        got, nothing = (_without(url, asked.ask(client, url)) for url in urls)
        if _tells(got) or (got != nothing and model != EVERYBODY_SEES):
            asked.is_wrong(f"{name} {urls[0]}: {_first_difference(astuple(got), astuple(nothing))}")


def _searches(asked: Walk, name: str, client: Any) -> None:
    """Search every page for a word of what is hidden, and for a word of nothing."""
    for url in [url for url, route in asked.visited.items() if "<" not in route and url not in OF_THE_MACHINE]:
        asking = [f"{url}?words={word}&q={word}&who={word}&host={word}" for word in (WORD, OTHER_WORD)]
        found, other = (asked.ask(client, each) for each in asking)
        one, two = _compared(url, found), (other.status, _compared(url, other)[1].replace(OTHER_WORD, WORD))
        if one != two:
            asked.is_wrong(f"{name} {asking[0]}: {_first_difference(one, two)}")


def _forms(asked: Walk, name: str, client: Any, pages: Mapping[Any, Any], hidden: Mapping[str, Any]) -> None:
    """Send each form of the pages with hidden rows and their words, and with rows and words that do not exist."""
    from benchmarks import rights_addresses  # noqa: PLC0415

    bodies = [(url, answer.body) for (method, url), answer in pages.items() if method == "get"]
    found = [form for url, body in bodies for form in rights_addresses.forms_of(url, body)]
    forms = {(form.url, form.method, tuple(field for field, _value in form.fields)): form for form in found}
    keys, absent = {kind: row.pk for kind, row in hidden.items()}, _absent(hidden)
    for form in forms.values():
        if form.url in rights_addresses.NOT_POSTED or form.method not in METHODS:
            continue
        pairs = zip(
            rights_addresses.probes(form, keys, WORD), rights_addresses.probes(form, absent, OTHER_WORD), strict=True
        )
        for sent, other in pairs:
            got, nothing = (asked.ask(client, form.url, form.method, data=each) for each in (sent, other))
            if (one := _neutral(got, sent)) != (two := _neutral(nothing, other)):
                fields = f"{form.method} {form.url} with {_differing(sent, other)}"
                asked.is_wrong(f"{name} {fields}: {_first_difference(one, two)}")


def _neutral(answer: Any, sent: Mapping[str, str]) -> tuple[int, str]:
    """Return an answer without what was sent: in links, fields and quotation marks that repeat it, else as it is."""
    body = FRESH_KEY.sub("", answer.body)
    for field, value in sent.items():
        body = re.sub(rf"\b{re.escape(field)}={re.escape(quote_plus(value))}(?!\w)", "", body)
        body = body.replace(f'name="{field}" value="{value}"', "").replace(f"“{value}”", "“”")
        body = body.replace(f" {value} is not one of the available choices", " is not one of the available choices")
    for each in sorted({each for each in sent.values() if len(each) > 1}, key=len, reverse=True):
        body = body.replace(each, "")
    return answer.status, body


def _without(url: str, answer: Any) -> Any:
    """Return an answer without the address that was asked for, where the page repeats it."""
    body = FRESH_KEY.sub("", answer.body)
    for each in (url, quote_plus(url), quote(url)):
        body = re.sub(rf"{re.escape(each)}(?!\w)", "", body)
    return replace(answer, body=body)


def _first_difference(one: tuple[int, str], two: tuple[int, str]) -> str:
    """Return where two answers part, with what stands before."""
    if one[0] != two[0]:
        return f"{one[0]} and {two[0]}"
    alike = itertools.takewhile(lambda pair: pair[0] == pair[1], zip(one[1], two[1], strict=False))
    same = sum(1 for _pair in alike)
    return " and ".join(repr(body[max(0, same - 40) : same + 40]) for body in (one[1], two[1]))


def _differing(sent: Mapping[str, str], other: Mapping[str, str]) -> str:
    return ", ".join(sorted(field for field, value in sent.items() if value != other[field]))


if __name__ == "__main__":
    if sys.argv[1:2] == ["walk"]:
        sys.stdout.write(json.dumps(walk(sys.argv[2])) + "\n")
    else:
        main()
