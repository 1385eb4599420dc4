"""Benchmarks read the same data packed or unpacked, in any folder, and say which data are missing."""

import gzip
import io
import json
import shlex
import subprocess
import sys
import tarfile

import pytest

from workbench.runner.paths import ROOT

VECTOR = {
    "more": 1,
    "allowed": False,
    "url": "http://a/x",
    "agent": "Foo",
    "robotstxt_latin1": "user-agent: *\ndisallow: /x",
}
ORACLE = "one\tFoo\thttp://a/\t1\nsub/two\tFoo\thttp://a/x\t0\tmore\ngone\tFoo\thttp://a/x\t0\n"
ROBOTS = {"one": b"", "sub/two": b"user-agent: foo\ndisallow: /x"}
RSS = b"""<!--
Expect: not bozo and entries[0]['title'] == u'Bridge'
--><rss><channel><item><title>Bridge</title></item></channel></rss>"""
WORDS = "The bridge at Arvel was closed on Monday, the road authority said, and twelve people were hurt. " * 8
PAGE = f"<html><body><article><p>{WORDS}</p></article></body></html>".encode()
TRUTH = json.dumps({"a": {"url": "http://a/", "articleBody": WORDS}, "gone": {"articleBody": "x"}}).encode()
ARTICLES = {"ground-truth.json": TRUTH, "html/a.html.gz": gzip.compress(PAGE)}

FEEDS = {"LICENSE": b"MIT", "some/one.xml": RSS, "some/._one.xml": b"\0\5\26", "some/page.xml": b"<html></html>"}


def packed(path, contents, *, under="", mode="w:gz"):
    path.parent.mkdir(parents=True, exist_ok=True)
    with tarfile.open(path, mode) as archive:
        for name, content in contents.items():
            member = tarfile.TarInfo(f"{under}{name}")
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    return path


def unpacked(folder, contents):
    for name, content in contents.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


def archives(folder, name, contents):
    """Return the same files in each form that a benchmark reads."""
    return [
        packed(folder / "packed" / f"{name}.tar.gz", contents),
        packed(folder / "in a folder" / f"{name}.tar.gz", contents, under="./").parent,
        packed(folder / "plain" / f"{name}.tar", contents, mode="w").parent,
        packed(folder / "renamed" / "other.tgz", contents, under="./deeper/"),
        unpacked(folder / "unpacked", contents),
        unpacked(folder / "unpacked in place" / name, contents).parent,
    ]


def test_robots_are_read_from_every_layout(take, tmp_path):
    plain = {"unit_vectors.jsonl": json.dumps(VECTOR).encode() + b"\n\n", "oracle.tsv": ORACLE.encode()}
    with_head = b"file\tagent\turl\tallowed\r\n" + ORACLE.replace("\n", "\r\n").encode()
    small = {f"{name}.gz": gzip.compress(body) for name, body in (plain | {"oracle.tsv": with_head}).items()}
    layouts = [
        unpacked(packed(tmp_path / "packed" / "files.tar.gz", ROBOTS, under="./").parent, small),
        unpacked(
            tmp_path / "unpacked" / "robots", plain | {f"files/{name}": body for name, body in ROBOTS.items()}
        ).parent,
        unpacked(tmp_path / "in place", small | ROBOTS),
        unpacked(tmp_path / "by a file", plain | ROBOTS) / "oracle.tsv",
    ]

    found = [take("robots", layout) for layout in layouts]

    names = ("agreement", "unit_agreement", "files", "questions", "unit_vectors")
    assert [tuple(one[name] for name in names) for one in found] == [(1.0, 1.0, 2, 2, 1)] * 4


def test_of_robots_a_part_may_be_given(take, tmp_path):
    vectors = unpacked(tmp_path, {"mine.jsonl": json.dumps(VECTOR).encode()}) / "mine.jsonl"
    oracle = unpacked(tmp_path / "b", {"oracle.tsv": ORACLE.encode(), "files/one": b""}) / "oracle.tsv"

    found = [take("robots", data) for data in (vectors, oracle)]

    names = ("agreement", "unit_agreement", "questions")
    assert [tuple(one[name] for name in names) for one in found] == [(None, 1.0, 0), (1.0, None, 1)]


def test_feeds_are_read_from_every_layout(take, tmp_path):
    layouts = archives(tmp_path, "feeds", FEEDS)

    found = [take("feeds", layout) for layout in layouts]

    names = ("exceptions", "expectations_met", "feeds", "not_a_feed")
    assert [tuple(one[name] for name in names) for one in found] == [(0, 1.0, 2, 1)] * len(layouts)


def test_articles_are_read_from_every_layout(take, tmp_path):
    layouts = archives(tmp_path, "article_extraction", ARTICLES)
    layouts.append(unpacked(tmp_path / "plain pages", {"ground-truth.json": TRUTH, "html/a.html": PAGE}))

    found = [take("extraction", layout) for layout in layouts]

    assert [(one["f1"], one["pages"]) for one in found] == [(1.0, 1)] * len(layouts)


def test_addresses_are_read_from_a_file_of_any_name_or_a_folder(take, tmp_path):
    rows = json.dumps([{"origin": "special", "url": "http://[::1]/"}, {"url": "http://1.1.1.1/"}]).encode()
    usual = unpacked(tmp_path / "usual", {"ssrf_special.json": rows, "other.json": b"{"})
    other = unpacked(tmp_path / "other", {"mine.json": rows, "numbers.json": b"[1]", "broken.json": b"{"})

    found = [take("addresses", data) for data in (usual, other, other / "mine.json")]

    names = ("reached", "good_refused", "addresses", "good")
    assert [tuple(one[name] for name in names) for one in found] == [(0, 0, 2, 1)] * 3


@pytest.mark.parametrize(
    "name", ["robots", "feeds", "charset", "addresses", "extraction", "pipeline", "matching", "crosslingual"]
)
@pytest.mark.parametrize(
    "contents",
    [
        {},
        {"x/README.md": b"Nothing here."},
        {"x/ground-truth.json": b"{}", "x/ssrf_special.json": b"[]", "x/unit_vectors.jsonl": b"", "x/feeds.xml": b""},
        {"x/ground-truth.json": b"[", "x/ssrf_special.json": b"{", "x/unit_vectors.jsonl": b"1"},
        {f"x/{archive}": b"\x1f\x8b\x08" for archive in ("oracle.tsv.gz", "feeds.tar.gz", "article_extraction.tar")},
    ],
    ids=["no folder", "a folder of something else", "empty files", "broken files", "broken archives"],
)
def test_data_that_are_not_there_are_said_to_be_missing(take, tmp_path, capsys, name, contents):
    unpacked(tmp_path, contents)

    with pytest.raises(SystemExit) as ending:
        take(name, tmp_path / "x")

    assert (ending.value.code, capsys.readouterr().out) == (2, "")


def test_all_benchmarks_are_taken_though_one_fails(tmp_path):
    unpacked(tmp_path, {"ssrf_special.json": b'[{"url": "http://127.0.0.1/"}]'})
    asked = [
        "make",
        "-s",
        "-o",
        "tools",
        "bench",
        f"DATA={tmp_path}",
        "BENCHMARKS=extraction addresses",
        f"PY={shlex.quote(sys.executable)}",
    ]

    done = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=False)

    first, second = done.stdout.splitlines()
    assert done.returncode != 0
    assert (first.strip(), second.partition(" ")[0]) == ("extraction", "addresses")
    assert json.loads(second.partition(" ")[2])["reached"] == 0
