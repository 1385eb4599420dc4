"""Run a search with each provider while it is at fault, and again once it is well; say what was wrong or lost."""

from __future__ import annotations

import gzip
import json
import sys
import time
from datetime import timedelta
from typing import Any

import django

django.setup()

from django.utils import timezone  # noqa: E402

from benchmarks import staff  # noqa: E402
from benchmarks.measuring import say  # noqa: E402
from benchmarks.provider_server import FAULTS, Query, Said, serving  # noqa: E402
from claims import following  # noqa: E402
from claims.models import Claim  # noqa: E402
from sources.gathering import providing, searching, streaming  # noqa: E402
from sources.gathering.providers.registry import PROVIDERS  # noqa: E402
from sources.gathering.providing import SetUp  # noqa: E402
from sources.models import Document, FactCheck, ProviderRequest, ProviderSetting, Search  # noqa: E402
from sources.models.vocabulary import Engine  # noqa: E402
from workbench.desk.models import User  # noqa: E402
from workbench.desk.roles import Role  # noqa: E402
from workbench.desk.work_queue import drain  # noqa: E402

# An answer of each provider with one result, whose address and title have a number.
REVIEW = {"@type": "ClaimReview", "claimReviewed": "Terrorists closed the bridge.", "author": {"name": "Checks"}}


def well(engine: Engine, number: int) -> Said:
    """Return a good answer of a provider, with one result that no other answer has."""
    url, title = f"https://a{number}.example/{engine}", f"Arvel bridge {number}"
    row = {"url": url, "title": title}
    if engine == Engine.GAL:
        return Said(gzip.compress(json.dumps({**row, "lang": "en"}).encode()))
    review = {"publisher": {"name": "Checks"}, "url": url, "textualRating": "False"}
    answers: dict[Engine, Any] = {
        Engine.GDELT: {"articles": [row]},
        Engine.SEARXNG: {"results": [row]},
        Engine.BRAVE: {"results": [row]},
        Engine.MEDIA_CLOUD: {"stories": [row]},
        Engine.FACT_CHECKS: {"claims": [{"text": title, "claimReview": [review]}]},
        Engine.WAYBACK: [["timestamp", "original"], ["20260901000000", url]],
        Engine.CLAIMREVIEW: {"dataFeedElement": [{"item": [{**REVIEW, "url": url}]}]},
    }
    return Said(answers[engine])


# What is no fault of a provider: an archive answers with a list, and with nothing where it has no copy; the stream and
# the feed are files, whose faults are their own.
NONE_FOR = {
    Engine.WAYBACK: {"an empty answer"},
    Engine.GAL: {"a list in place of an object", "an empty answer", "50 MB"},
}
FILES = {"a page in place of JSON", "JSON that is cut off", "an empty answer", "a list in place of an object", "50 MB"}
NONE_FOR[Engine.CLAIMREVIEW] = {*FILES, "damaged compression", "a sentence with a code of success"}

# A file of the stream answers no question, so a sentence in its place refuses nothing: the file is damaged.
ENDS = {(Engine.GAL, "a sentence with a code of success"): "broken"}


def step(engine: Engine, search: Search) -> None:
    """Have a worker take one step with the search, or with the provider where it is polled."""
    ProviderSetting.objects.filter(engine=engine).update(rest_until=None, due_at=timezone.now())
    Search.objects.filter(pk=search.pk).update(due_at=timezone.now(), leased_until=None)
    once = timedelta(seconds=0.001)
    if PROVIDERS[engine].is_polled:
        drain(ProviderSetting.objects.filter(engine=engine), streaming.poll, budget=once)
    else:
        drain(Search.objects.filter(pk=search.pk), searching.run, budget=once)
    search.refresh_from_db()


def tried(engine: Engine, fault: str, number: int, admin: User) -> tuple[str, str]:
    """Return what was wrong while the provider was at fault, and what was lost once it was well; empty for nothing."""
    said, usual = FAULTS[fault]
    outcome = ENDS.get((engine, fault), usual)
    answers = [said]

    def answer(_path: str, _query: Query) -> Said:
        return answers[0]

    with serving(answer) as server:
        setting = providing.set_up(SetUp(engine, is_on=True, address=server.url, key="k"), by=admin)
        ProviderSetting.objects.filter(pk=setting.pk).update(polled_to=timezone.now() - timedelta(minutes=25))
        search = Search.objects.create(engine=engine, words=f"Arvel bridge {number}", language="en")
        before = (Document.objects.count(), FactCheck.objects.count())
        step(engine, search)
        last = ProviderRequest.objects.order_by("-pk").first()
        wrong = (
            "" if last is not None and last.outcome == outcome else f"ended as {last.outcome if last else 'nothing'}"
        )
        if search.answered_at or (Document.objects.count(), FactCheck.objects.count()) != before:
            wrong = "taken for an answer"
        answers[0] = well(engine, number)
        for _try in range(2):
            step(engine, search)
    new = (Document.objects.count() - before[0]) + (FactCheck.objects.count() - before[1])
    return wrong, "" if new else "nothing found once it was well"


def first_result(admin: User) -> float:
    """Return the seconds from logging a claim until a result of a provider is in the queue to be fetched."""
    with serving(lambda _path, _query: well(Engine.SEARXNG, 1)) as server:
        providing.set_up(SetUp(Engine.SEARXNG, is_on=True, address=server.url, key="k"), by=admin)
        began, before = time.monotonic(), Document.objects.count()
        claim = Claim.objects.create(text="The bridge at Arvel was closed.", language="en", logged_by=admin)
        while Document.objects.count() == before and time.monotonic() - began < 60:
            drain(Claim.objects.filter(pk=claim.pk), following.follow, budget=timedelta(seconds=0.1))
            drain(Search.objects.filter(engine=Engine.SEARXNG), searching.run, budget=timedelta(seconds=0.1))
    return round(time.monotonic() - began, 2)


def main() -> None:
    """Take the figures, and print them as JSON."""
    admin = staff.person("adam", Role.ADMIN)
    wrong: list[str] = []
    lost: list[str] = []
    cases = 0
    for engine in PROVIDERS:
        if engine == Engine.SITES:
            continue  # its sites are visited as all pages are: benchmarks.badservers has their faults
        for fault in FAULTS:
            if fault in NONE_FOR.get(engine, ()):
                continue
            cases += 1
            bad, gone = tried(engine, fault, cases, admin)
            wrong += [f"{engine}, {fault}: {bad}"] if bad else []
            lost += [f"{engine}, {fault}: {gone}"] if gone else []
        say(f"{engine}: {len(wrong)} wrong, {len(lost)} lost so far")
    figures = {"cases": cases, "wrong": len(wrong), "lost": len(lost), "which": [*wrong, *lost]}
    sys.stdout.write(json.dumps({**figures, "first_result_seconds": first_result(admin)}) + "\n")


if __name__ == "__main__":
    main()
