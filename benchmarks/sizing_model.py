"""What a desk needs, by a model of few measured costs and stated habits: cores, memory, processes, disk a year."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

DAY, YEAR = 86_400, 365
GB = 1e9


@dataclass(frozen=True)
class Costs:
    """What ``benchmarks.sizing`` measures, in seconds of one core, bytes and megabytes."""

    article_seconds: float  # a worker and its parser, to fetch, keep and read one article
    article_server_seconds: float  # PostgreSQL and Valkey, for the same
    vector_seconds: float  # a worker, to embed a title or a passage
    poll_seconds: float  # a worker and the servers, to check a feed that has nothing new
    page_seconds: float  # a web process, for a page or a poll of an open page, in the mix of the benchmark
    page_server_seconds: float
    archive_bytes: float  # an article in the archive
    database_bytes: float  # an article in the database: rows, texts, passages, their indexes
    worker_mb: float  # one process of a worker, with model and parser
    web_mb: float  # one web process


@dataclass(frozen=True)
class Habits:
    """What we assume of feeds and people. Put in your own."""

    articles_a_feed: float = 40  # a day
    vectors_an_article: float = 21  # of how it begins, and of each passage once there is time
    polls_a_feed: float = 200  # a day
    busy_hour: float = 1 / 8  # the share of a day's articles that its busiest hour brings
    site_seconds: float = 1.0  # until a site has answered; a worker process waits for it
    at_work: float = 1 / 2  # the share of people who work at the same time
    requests_a_second: float = 1 / 5  # of a person at work, polls of open pages included
    vector_bytes: float = 2_600  # 384 floats of four bytes in their table, of two in an HNSW index with its links
    claims_a_person: float = 5  # a day
    claim_seconds: float = 1.0  # CPU seconds to compare a claim with all that is held
    filled: float = 1 / 2  # the share of a core that the busiest hour may take: the rest is for bad days
    in_memory: float = 1 / 4  # the share of a month's rows that PostgreSQL should hold in memory


@dataclass(frozen=True)
class Needs:
    """What one desk needs. Cores are those of the busiest hour, already divided by the share that it may take."""

    people: int
    feeds: int
    articles_a_day: int
    worker_cores: float  # rounded up to tenths, as all cores
    worker_processes: int
    web_cores: float
    web_processes: int
    database_cores: float
    program_gb: float
    database_gb: float
    archive_gb_a_year: float
    database_gb_a_year: float


def needs(people: int, feeds: int, costs: Costs, habits: Habits) -> Needs:
    """Return what a desk of so many people and feeds needs."""
    articles = feeds * habits.articles_a_feed
    at_peak = articles * habits.busy_hour / 3600  # articles a second
    polls = feeds * habits.polls_a_feed / DAY
    requests = people * habits.at_work * habits.requests_a_second
    claims = people * habits.claims_a_person * habits.busy_hour / 3600
    each = costs.article_seconds + habits.vectors_an_article * costs.vector_seconds
    work = at_peak * each + polls * costs.poll_seconds + claims * habits.claim_seconds
    waits = (at_peak + polls) * habits.site_seconds
    web = requests * costs.page_seconds
    servers = at_peak * costs.article_server_seconds + requests * costs.page_server_seconds
    processes = max(2, ceil((work + waits) / habits.filled))
    web_processes = 2 * max(2, ceil(web / habits.filled))  # see WEB_OPTIONS: twice the cores
    held = costs.database_bytes + habits.vectors_an_article * habits.vector_bytes  # of one article
    programs = (processes * costs.worker_mb + web_processes * costs.web_mb) / 1000
    return Needs(
        people=people,
        feeds=feeds,
        articles_a_day=round(articles),
        worker_cores=ceil(10 * work / habits.filled) / 10,
        worker_processes=processes,
        web_cores=ceil(10 * web / habits.filled) / 10,
        web_processes=web_processes,
        database_cores=ceil(10 * servers / habits.filled) / 10,
        program_gb=programs,
        database_gb=1 + articles * 30 * held * habits.in_memory / GB,
        archive_gb_a_year=articles * YEAR * costs.archive_bytes / GB,
        database_gb_a_year=articles * YEAR * held / GB,
    )


# Measured on 26 November 2026, 2 cores, Linux x86-64, CPython 3.11, with other work on the machine:
# ``python -m benchmarks.sizing --data ../shared/data --pages 200``
MEASURED = Costs(
    article_seconds=0.050,
    article_server_seconds=0.009,
    vector_seconds=0.037,
    poll_seconds=0.031,
    page_seconds=0.041,
    page_server_seconds=0.008,
    archive_bytes=35_500,
    database_bytes=45_700,
    worker_mb=244,
    web_mb=148,
)

DESKS = ((5, 50), (50, 500), (500, 5_000))

COLUMNS = {
    "people": "{0.people:,}",
    "feeds": "{0.feeds:,}",
    "articles a day": "{0.articles_a_day:,}",
    "worker processes (cores)": "{0.worker_processes:,} ({0.worker_cores:.1f})",
    "web processes (cores)": "{0.web_processes:,} ({0.web_cores:.1f})",
    "their memory": "{0.program_gb:,.0f} GB",
    "PostgreSQL: cores": "{0.database_cores:.1f}",
    "memory": "{0.database_gb:,.0f} GB",
    "disk a year: archive": "{0.archive_gb_a_year:,.0f} GB",
    "database": "{0.database_gb_a_year:,.0f} GB",
}


def table(costs: Costs, habits: Habits) -> list[str]:
    """Return the table of the guide, in Markdown."""
    rows = [needs(people, feeds, costs, habits) for people, feeds in DESKS]
    lines = [list(COLUMNS), ["---"] * len(COLUMNS), *([form.format(row) for form in COLUMNS.values()] for row in rows)]
    return [f"| {' | '.join(line)} |" for line in lines]
