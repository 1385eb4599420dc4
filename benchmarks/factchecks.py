"""Fact-checks: read a ClaimReview feed of so many megabytes into rows; records a second, memory, and what comes twice.

The feed is made here, as Data Commons publishes it. Beside it, ``json.load`` reads the same file.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from benchmarks.desk import desk
from benchmarks.measuring import arguments, report, say

LANGUAGES = {
    "en": "The bridge at Arvel number {n} was closed on Monday because of {n} terrorists",
    "fr": "Le pont d’Arvel numéro {n} a été fermé lundi à cause de {n} terroristes",
    "tr": "Arvel köprüsü numara {n}, {n} terörist yüzünden pazartesi günü kapatıldı",
    "ar": "أُغلق جسر أرفيل رقم {n} يوم الاثنين بسبب {n} إرهابيا",
}
BY_JSON_LOAD = """
import json, resource, sys, time
began = time.monotonic()
with open(sys.argv[1], encoding="utf-8") as file:
    number = len(json.load(file)["dataFeedElement"])
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps({"seconds": round(time.monotonic() - began, 1), "peak_mb": round(peak), "records": number}))
"""


def main() -> None:
    """Take the figures."""
    given = arguments(str(__doc__).split("\n", 1)[0], data=False, megabytes=200)
    with desk(WORKBENCH_LOG_LEVEL="ERROR") as here:
        path = here.var / "feed.json"
        records = make(path, given.megabytes * 1_000_000)
        say(f"a feed of {path.stat().st_size / 1e6:.0f} MB with {records} fact-checks")
        found = here.told("imported", "-m", "benchmarks.factcheck_import", str(path))
        reference = subprocess.run(
            [sys.executable, "-c", BY_JSON_LOAD, str(path)], capture_output=True, check=True, text=True
        )
    report(**found, reference={"json.load": json.loads(reference.stdout)})


def make(path: Path, size: int) -> int:
    """Write a feed of so many bytes, always the same; return how many fact-checks it has."""
    records = written = 0
    with path.open("w", encoding="utf-8") as file:
        file.write('{"@context": "https://schema.org", "@type": "DataFeed", "dataFeedElement": [\n')
        while written < size:
            line = json.dumps(element(records), ensure_ascii=False)
            file.write(f"{',' if records else ''}{line}\n")
            written += len(line.encode()) + 2
            records += 1
        file.write("]}\n")
    return records


def element(number: int) -> dict[str, object]:
    """Return one element of the feed, about as long as those of Data Commons."""
    language = list(LANGUAGES)[number % len(LANGUAGES)]
    claim = LANGUAGES[language].format(n=number)
    url = f"https://checks{number % 50}.example/{number}"
    review = {
        "@context": "http://schema.org",
        "@type": "ClaimReview",
        "url": url,
        "claimReviewed": f"{claim}. " * 2,
        "datePublished": f"2026-{number % 12 + 1:02}-{number % 28 + 1:02}",
        "inLanguage": language,
        "author": {"@type": "Organization", "name": f"Checks {number % 50}", "url": url, "image": f"{url}/logo.png"},
        "itemReviewed": {"@type": "Claim", "author": {"@type": "Person", "name": f"Person {number}"}, "name": claim},
        "reviewRating": {"ratingValue": number % 5 + 1, "bestRating": 5, "worstRating": 1, "alternateName": "False"},
        "sdPublisher": {"@type": "Organization", "name": "Google Fact Check Tools", "url": "https://g.example/about"},
    }
    return {"@type": "DataFeedItem", "dateCreated": "2026-09-01T00:00:00Z", "url": url, "item": [review]}


if __name__ == "__main__":
    main()
