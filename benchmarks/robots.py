"""robots.txt: how often we answer as Google's matcher does, and how fast; protego and urllib beside us."""

from __future__ import annotations

import json
import time
import urllib.robotparser
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.measuring import arguments, files, read, report, say
from sources.text import robots

try:
    from protego import Protego
except ImportError:  # a reference, not a part of the product
    Protego = None

Ask = Callable[[str, str], bool]  # address, agent
ROUNDS = 3


class Question(NamedTuple):
    agent: str
    url: str
    allowed: bool


class Case(NamedTuple):
    """One robots.txt and what the oracle answered."""

    body: bytes
    questions: list[Question]


def ours(body: bytes) -> Ask:
    """Return our own answers."""
    return robots.parse(body).allows


def protego(body: bytes) -> Ask:
    """Return those of the parser that Scrapy uses."""
    return Protego.parse(body.decode("utf-8", "replace")).can_fetch


def urllib_(body: bytes) -> Ask:
    """Return those of the standard library."""
    parser = urllib.robotparser.RobotFileParser()
    parser.parse(body.decode("utf-8", "replace").splitlines())
    parser.modified()
    return lambda url, agent: parser.can_fetch(agent, url)


def main() -> None:
    """Take the figures."""
    data: Path = arguments(str(__doc__)).data
    data = data / "robots" if (data / "robots").is_dir() else data
    cases, vectors = real_cases(data), unit_vectors(data)
    say(f"{len(cases)} files, {sum(len(case.questions) for case in cases)} questions, {len(vectors)} unit vectors")
    figures = measured(ours, cases, vectors)
    reference = {"urllib": measured(urllib_, cases, vectors)}
    if Protego is not None:
        reference["protego"] = measured(protego, cases, vectors)
    report(**figures, reference=reference)


def real_cases(data: Path) -> list[Case]:
    """Return the real files with the oracle's answers to questions on each."""
    asked: dict[str, list[Question]] = defaultdict(list)
    for line in read(data, "oracle.tsv").decode().split("\n"):
        if line:
            name, agent, url, answer = line.split("\t")
            asked[name].append(Question(agent, url, answer.strip() == "1"))
    bodies = {name.rpartition("/")[2]: body for name, body in files(data, "files")}
    missing = sorted(asked.keys() - bodies.keys())
    if missing:
        raise SystemExit(f"{len(missing)} files of the oracle are not in the data, such as {missing[0]}.")
    return [Case(bodies[name], questions) for name, questions in asked.items()]


def unit_vectors(data: Path) -> list[Case]:
    """Return the matcher's own unit tests."""
    rows = [json.loads(line) for line in read(data, "unit_vectors.jsonl").decode().split("\n") if line]
    return [
        Case(row["robotstxt_latin1"].encode("latin-1"), [Question(row["agent"], row["url"], row["allowed"])])
        for row in rows
    ]


def measured(parse: Callable[[bytes], Ask], cases: list[Case], vectors: list[Case]) -> dict[str, Any]:
    """Return agreement with oracle and unit vectors, and files parsed and asked in a second of processor time."""
    say(f"{parse.__name__.strip('_')} …")
    start = time.process_time()
    for _ in range(ROUNDS):
        wrong = [wrong_answers(parse, case) for case in cases]
    seconds = (time.process_time() - start) / ROUNDS
    questions = sum(len(case.questions) for case in cases)
    unit_wrong = sum(sum(wrong_answers(parse, case)) for case in vectors)
    return {
        "agreement": 1 - sum(map(sum, wrong)) / max(questions, 1),
        "unit_agreement": 1 - unit_wrong / max(len(vectors), 1),
        "files_per_second": round(len(cases) / seconds) if seconds else 0,
        "files": len(cases),
        "questions": questions,
        "unit_vectors": len(vectors),
        "fetched_though_forbidden": sum(forbidden for forbidden, _refused in wrong),
        "refused_though_allowed": sum(refused for _forbidden, refused in wrong),
    }


def wrong_answers(parse: Callable[[bytes], Ask], case: Case) -> tuple[int, int]:
    """Return how many addresses a parser would fetch though they are forbidden, and refuse though they are allowed.

    A parser that gives up has answered wrongly, whatever the answer: it counts as fetching nothing.
    """
    try:
        ask = parse(case.body)
        answers = [ask(question.url, question.agent) for question in case.questions]
    except Exception:  # noqa: BLE001 -- references raise what they like
        return 0, len(case.questions)
    wrong = [
        question.allowed for question, answer in zip(case.questions, answers, strict=True) if answer != question.allowed
    ]
    return wrong.count(False), wrong.count(True)


if __name__ == "__main__":
    main()
