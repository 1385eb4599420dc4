"""Visitors of a desk over HTTP: one who opens page after page, or many who think in between."""

from __future__ import annotations

import re
import statistics
import threading
import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from http.client import HTTPConnection, HTTPException
from itertools import count
from typing import Any
from urllib.parse import urlsplit

import requests

ADMIN = "/admin/"
SEEN = re.compile(r"seen=([\w.:-]+)")
PATIENCE = 120  # seconds
MOST_TOLD = 3_000  # bytes of an answer that is an error

Took = dict[str, list[float]]  # milliseconds, by the name of a page
Cookies = dict[str, str]  # the header of a browser that has signed in


class Visits:
    """What is visited: addresses by name, with the values that their places take in turn."""

    def __init__(
        self, base: str, places: Mapping[str, Sequence[str]], addresses: Mapping[str, str], people: Mapping[str, str]
    ) -> None:
        self.base, self.places, self.people = base, places, people
        self._host = urlsplit(base).netloc
        empty = {name for name, values in places.items() if not values}
        self.addresses = {
            name: address for name, address in addresses.items() if not any(f"{{{one}}}" in address for one in empty)
        }
        self.errors: list[str] = []
        self._turn = count()

    def alone(self, times: int) -> dict[str, Any]:
        """Return the figures for one who opens each page so many times, without a pause."""
        took: Took = defaultdict(list)
        self.errors = []
        began = time.monotonic()
        sessions = self._sessions()
        for _time in range(times):
            for name in self.addresses:
                self._visit(sessions, name, took)
        return self._figures(took, time.monotonic() - began)

    def together(self, users: int, seconds: int, thinking: float, warming: int = 0) -> dict[str, Any]:
        """Return the figures for many who open one page after another for some seconds, and think after each.

        They have done so for ``warming`` seconds before: each process of the server and each of its connections makes
        templates, queries and plans at its first visits. An error in that time counts as one.
        """
        took: Took = defaultdict(list)
        self.errors = []
        kept = [self._sessions() for _user in range(users)]
        counts = time.monotonic() + warming
        ends = counts + seconds
        threads = [
            threading.Thread(target=self._browse, args=(kept[number], number, counts, ends, thinking, took))
            for number in range(users)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return self._figures(took, time.monotonic() - counts)

    def _browse(
        self, sessions: dict[str, Cookies], number: int, counts: float, ends: float, thinking: float, took: Took
    ) -> None:
        names = list(self.addresses)
        time.sleep(thinking * (number % 10) / 10)  # they did not all come at once
        for step in count():
            if (now := time.monotonic()) > ends:
                return
            self._visit(sessions, names[(number * 7 + step) % len(names)], took if now >= counts else defaultdict(list))
            time.sleep(thinking)

    def _sessions(self) -> dict[str, Cookies]:
        password = self.people["password"]
        return {role: cookies(signed_in(self.base, self.people[role], password)) for role in ("editor", "admin")}

    def _visit(self, sessions: dict[str, Cookies], name: str, took: Took) -> None:
        turn = next(self._turn)
        values = {one: given[turn % len(given)] for one, given in self.places.items() if given}
        path = self.addresses[name].format(**values)
        sent = sessions["admin" if path.startswith(ADMIN) else "editor"]
        started = time.perf_counter()
        try:
            status, body = _answer(self._host, path, sent)
            wrong = "" if status in {200, 204} else f"{status} {body[:MOST_TOLD].decode(errors='replace')}"
        except (OSError, HTTPException) as error:
            wrong = type(error).__name__
        took[name].append((time.perf_counter() - started) * 1000)
        if wrong:
            self.errors.append(f"{path}: {wrong}")

    def _figures(self, took: Took, seconds: float) -> dict[str, Any]:
        pages = {
            name: {"p95_ms": round(p95(values), 1), "median_ms": round(statistics.median(values), 1)}
            for name, values in took.items()
        }
        return {
            "pages": pages,
            "visits": sum(map(len, took.values())),
            "pages_per_second": round(sum(map(len, took.values())) / max(seconds, 0.001), 1),
            "errors": len(self.errors),
            "first_errors": self.errors[:10],
        }


def signed_in(base: str, username: str, password: str) -> requests.Session:
    """Return a session of a person who has signed in. Raises ``SystemExit`` where they may not."""
    session = requests.Session()
    session.get(f"{base}/sign-in/", timeout=PATIENCE)
    form = {"username": username, "password": password, "csrfmiddlewaretoken": session.cookies["csrftoken"]}
    answer = session.post(f"{base}/sign-in/", data=form, timeout=PATIENCE, headers={"Referer": base})
    if answer.status_code != 200 or "/sign-in/" in answer.url:
        raise SystemExit(f"{username} could not sign in: {answer.status_code}")
    return session


def cookies(session: requests.Session) -> Cookies:
    """Return the header with which a browser that has signed in goes on."""
    return {"Cookie": "; ".join(f"{name}={value}" for name, value in session.cookies.items())}


def _answer(host: str, path: str, sent: Cookies) -> tuple[int, bytes]:
    """Return the status of a page and what it says.

    Not with ``requests``: with it, fifty visitors took a fifteenth of the processors of this machine, which those of a
    real desk do not take.
    """
    connection = HTTPConnection(host, timeout=PATIENCE)
    try:
        connection.request("GET", path, headers=sent)
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


def seen(session: requests.Session, address: str) -> str:
    """Return what the page of a claim says it has shown, as its next poll sends it; empty where it does not poll."""
    found = SEEN.search(session.get(address, timeout=PATIENCE).text)
    return found[1] if found else ""


def p95(values: Sequence[float]) -> float:
    """Return the value that 95 of 100 do not exceed."""
    return sorted(values)[min(len(values) - 1, len(values) * 95 // 100)]
