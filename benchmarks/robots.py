"""robots.txt: how often we answer as Google's matcher does, and how fast; protego and urllib beside us."""

from __future__ import annotations

import json
import time
import urllib.robotparser
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.measuring import arguments, files, read, report, say, share, unusable
from sources.formats import robots

try:
    from protego import Protego
except ImportError:  # a reference, not a part of the product
    Protego = None

Ask = Callable[[str, str], bool]  # address, agent
ROUNDS = 3


class Query(NamedTuple):
    agent: str
    url: str
    allowed: bool


class Case(NamedTuple):
    """One robots.txt and what the oracle answered."""

    body: bytes
    questions: list[Query]


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
    folder = data if data.is_dir() else data.parent
    folder = folder / "robots" if (folder / "robots").is_dir() else folder
    is_vectors = data.suffix == ".jsonl"
    cases = [] if is_vectors else real_cases(folder)
    vectors = unit_vectors(data.read_bytes() if is_vectors else read(folder, "unit_vectors.jsonl"))
    if not cases and not vectors:
        unusable(f"There are neither files with answers nor unit vectors in {data}.")
    say(f"{len(cases)} files, {sum(len(case.questions) for case in cases)} questions, {len(vectors)} unit vectors")
    figures = measured(ours, cases, vectors)
    reference = {"urllib": measured(urllib_, cases, vectors)}
    if Protego is not None:
        reference["protego"] = measured(protego, cases, vectors)
    report(**figures, reference=reference)


def real_cases(data: Path) -> list[Case]:
    """Return the real files with the oracle's answers to questions on each, as far as they are in the data."""
    asked = answers(read(data, "oracle.tsv"))
    if not asked:
        return []
    bodies = dict(files(data, "files"))
    by_host = {name.rpartition("/")[2]: body for name, body in bodies.items()}
    found = {name: bodies.get(name, by_host.get(name.rpartition("/")[2])) for name in asked}
    missing = sorted(name for name, body in found.items() if body is None)
    if missing:
        say(f"{len(missing)} files of the oracle are not in the data and are left out, such as {missing[0]}")
    return [Case(body, asked[name]) for name, body in found.items() if body is not None]


def answers(table: bytes) -> dict[str, list[Query]]:
    """Return the questions of the oracle's table by file: file, agent, address, and 1 where it may be fetched or 0."""
    asked: dict[str, list[Query]] = defaultdict(list)
    for number, line in enumerate(table.decode("utf-8", "surrogateescape").split("\n"), 1):
        cells = line.rstrip("\r").split("\t")
        if len(cells) > 3 and cells[3] in {"0", "1"}:
            asked[cells[0]].append(Query(cells[1], cells[2], cells[3] == "1"))
        elif any(cells) and number > 1:  # the first may be a head
            unusable(f"Line {number} of the oracle's answers is not of the layout: {line[:100]}")
    return asked


def unit_vectors(lines: bytes) -> list[Case]:
    """Return the matcher's own unit tests, of which each line is one."""
    try:
        rows = [json.loads(line) for line in lines.decode("utf-8-sig").split("\n") if line.strip()]
        return [
            Case(row["robotstxt_latin1"].encode("latin-1"), [Query(row["agent"], row["url"], row["allowed"])])
            for row in rows
        ]
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        unusable(f"The unit vectors are not of the layout: {error!r}")


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
        "agreement": share(questions - sum(map(sum, wrong)), questions),
        "unit_agreement": share(len(vectors) - unit_wrong, len(vectors)),
        "files_per_second": round(len(cases) / seconds) if cases and seconds else None,
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
