"""Claim matching: whether the product finds the checked claim that a post repeats; BM25 and embeddings alone beside it.

Each checked claim, its title and its words, is held as one passage. ``kept_at_precision_95`` is the share of posts that
are answered where we keep only the best answers whose score is high enough for 95 of 100 to be right.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.desk import desk
from benchmarks.measuring import arguments, files, report, say, unpacked, unusable

AT, DEEP = 5, 10
PRECISION = 0.95

Shortlist = list[tuple[int, float]]  # places of claims with their scores, the best first


class Post(NamedTuple):
    """A post, and the keys of the checked claims that it repeats."""

    text: str
    relevant: frozenset[str]


class Checked(NamedTuple):
    """A checked claim: its key, and its title and words as one text."""

    key: str
    text: str


def main() -> None:
    """Take the figures."""
    options = arguments(str(__doc__).split("\n", 1)[0], queries="queries", vectors="", language="en")
    claims, posts = read(options.data, options.queries)
    say(f"{len(posts)} posts, {len(claims)} checked claims")
    asked = {
        "texts": [(options.language, claim.text) for claim in claims],
        "questions": [(options.language, post.text) for post in posts],
        "vectors": str(Path(options.vectors).absolute()) if options.vectors else "",
    }
    with desk(WORKBENCH_LOG_LEVEL="ERROR") as here:
        (here.var / "asked.json").write_text(json.dumps(asked))
        found = here.told("shortlists", "-m", "benchmarks.shortlists", str(here.var / "asked.json"))
    keys = [claim.key for claim in claims]
    report(
        **figures(keys, posts, found["ours"]),
        posts=len(posts),
        claims=len(claims),
        milliseconds_per_post=round(found["seconds"] * 1000, 1),
        reference={name: figures(keys, posts, found[name]) for name in ("bm25", "embeddings")},
    )


def read(data: Path, queries: str) -> tuple[list[Checked], list[Post]]:
    """Return claims and posts from lines of JSON; files of other names are known by what their rows have."""
    claims: list[Checked] = []
    posts: dict[str, list[Post]] = {}
    for name, content in files(data, "claim_matching"):
        rows = [row for row in _rows(unpacked(name, content)) if "id" in row]
        claims += [Checked(str(row["id"]), _worded(row)) for row in rows if "claim" in row]
        found = [Post(str(row["text"]), _keys(row)) for row in rows if "relevant" in row and "text" in row]
        if found:
            posts[Path(name).name.partition(".")[0]] = found
    if not claims or not posts:
        unusable(f"There are no claims with posts that repeat them in {data}.")
    usual = next((name for name in sorted(posts) if "train" not in name), min(posts))
    return claims, posts.get(queries, posts[usual])


def figures(keys: list[str], posts: list[Post], shortlists: list[Shortlist]) -> dict[str, float]:
    """Return the figures of a way to rank."""
    ranked = [[keys[place] for place, _score in shortlist] for shortlist in shortlists]
    pairs = list(zip(posts, ranked, strict=True))
    best = [
        (shortlist[0][1], row[0] in post.relevant)
        for (post, row), shortlist in zip(pairs, shortlists, strict=True)
        if row
    ]
    return {
        "map_at_5": round(sum(average_precision(post, row) for post, row in pairs) / len(posts), 4),
        "recall_at_10": round(sum(recall(post, row) for post, row in pairs) / len(posts), 4),
        "kept_at_precision_95": round(kept(best) / len(posts), 4),
    }


def average_precision(post: Post, ranked: list[str]) -> float:
    """Return the average precision of the first five, as the shared task does."""
    right, total = 0, 0.0
    for place, key in enumerate(ranked[:AT], 1):
        if key in post.relevant:
            right += 1
            total += right / place
    return total / min(AT, len(post.relevant)) if post.relevant else 0.0


def recall(post: Post, ranked: list[str]) -> float:
    """Return the share of the right claims that are among the first ten."""
    return len(post.relevant & set(ranked[:DEEP])) / len(post.relevant) if post.relevant else 0.0


def kept(best: list[tuple[float, bool]]) -> int:
    """Return how many best answers can be kept, the surest first, with enough of them right.

    A score is a threshold: answers of the same score are kept together.
    """
    ordered = sorted(best, key=lambda one: -one[0])
    right, most = 0, 0
    for number, (score, is_right) in enumerate(ordered, 1):
        right += is_right
        ends = number == len(ordered) or ordered[number][0] != score
        if ends and right / number >= PRECISION:
            most = number
    return most


def _rows(content: bytes) -> list[dict[str, Any]]:
    found = []
    for line in content.decode("utf-8", "replace").splitlines():
        try:
            row = json.loads(line)
        except ValueError:
            continue
        if isinstance(row, dict):
            found.append(row)
    return found


def _worded(row: dict[str, Any]) -> str:
    return f"{row.get('title') or ''}\n{row['claim']}".strip()


def _keys(row: dict[str, Any]) -> frozenset[str]:
    return frozenset(str(key) for key in row["relevant"] or [])


if __name__ == "__main__":
    main()
