import gzip
import json
import tarfile

import pytest

from sources.formats import robots
from tests.effort import at_most
from tests.places import SHARED

DATA = SHARED / "data" / "robots"


def allows(text, path, agent="FooBot"):
    body = text if isinstance(text, bytes) else text.encode()
    return robots.parse(body).allows(f"http://foo.bar{path}", agent)


@pytest.mark.parametrize(
    ("text", "path", "allowed"),
    [
        ("user-agent: FooBot\ndisallow: /", "/x", False),
        ("user-agent FooBot\ndisallow /", "/x", False),
        ("user-agent: FooBot\ndisallow /a /b", "/a", True),
        ("disallow: /", "/x", True),
        ("user-agent: FooBot\ndisallow:", "/x", True),
        ("user-agent: FooBot\ndisallow: /x/\nallow: /x/page.html", "/x/page.html", True),
        ("user-agent: FooBot\nallow: /x/\ndisallow: /x/page.html", "/x/page.html", False),
        ("user-agent: FooBot\ndisallow: /x\nallow: /x", "/x", True),
        ("user-agent: FooBot\nallow: /p\ndisallow: /", "/", False),
        ("user-agent: FooBot\nallow: /index.html\ndisallow: /", "/", True),
        ("user-agent: FooBot\ndisallow: /long/rule\nallow: /", "/long", True),
    ],
)
def test_the_longest_rule_that_matches_decides_and_of_two_as_long_the_one_that_allows(text, path, allowed):
    assert allows(text, path) is allowed


@pytest.mark.parametrize(
    ("pattern", "path", "matches"),
    [
        ("/*.php", "/a/b.php?x", True),
        ("/*.php$", "/a/b.php?x", False),
        ("/*.php$", "/b.php.php", True),
        ("/fish*", "/fishheads", True),
        ("/a*b*c", "/a-c-b-c", True),
        ("/a*b*c", "/a-c-b", False),
        ("/a$", "/a", True),
        ("/a$", "/ab", False),
        ("/a$b", "/a$b", True),
        ("/ab*b$", "/ab", False),
        ("*", "/", True),
        ("/*/*/x", "/1/x", False),
        ("$", "/", False),
    ],
)
def test_a_star_is_any_text_and_a_dollar_the_end(pattern, path, matches):
    assert allows(f"user-agent: *\ndisallow: {pattern}", path) is not matches


@pytest.mark.parametrize(
    ("text", "allowed"),
    [
        ("user-agent: foobot\ndisallow: /", False),
        ("user-agent: FooBot/1.2 (all)\ndisallow: /", False),
        ("user-agent: FooBot-News\ndisallow: /", True),
        ("user-agent: Foo\ndisallow: /", True),
        ("user-agent: *\ndisallow: /\nuser-agent: FooBot\nallow: /", True),
        ("user-agent: *\ndisallow: /\nuser-agent: FooBot", True),
        ("user-agent: * all\ndisallow: /", False),
        ("user-agent: *all\ndisallow: /", True),
        ("user-agent: FooBot\nallow: /a\nuser-agent: X\nallow: /\nuser-agent: FooBot\ndisallow: /", False),
        ("user-agent: FooBot\nsitemap: http://foo.bar/s\nuser-agent: *\ndisallow: /", False),
        ("user-agent: FooBot\nunknown: 1\nuser-agent: X\ndisallow: /", False),
        ("user-agent: FooBot\ncrawl-delay: 5\nuser-agent: X\ndisallow: /", False),
    ],
)
def test_groups_of_one_agent_are_merged_and_only_rules_close_them(text, allowed):
    assert allows(text, "/page") is allowed


@pytest.mark.parametrize(
    "text",
    [
        b"\xef\xbb\xbfuser-agent: *\ndisallow: /",
        b"\xef\xbbuser-agent: *\ndisallow: /",
        b"user-agent: *\rdisallow: /",
        b"user-agent: *\r\n\r\ndisallow: / # all\r\n",
        b"  USERAGENT\t:\t*\nDisalow : /",
        b"user agent: *\ndissallow: /",
        b"user-agent: *\ndiasllow: /\0 allow: /",
        b"user-agent: *\ndisallowed: /",
        b"user-agent: *\nallow: /pag" + b"x" * robots.LONGEST_LINE + b"\ndisallaw: /",
    ],
)
def test_what_people_write_is_understood(text):
    assert not allows(text, "/page")


@pytest.mark.parametrize(
    ("pattern", "path", "matches"),
    [
        ("/foo/bar/ツ", "/foo/bar/%E3%83%84", True),
        ("/foo/bar/%e3%83%84", "/foo/bar/%E3%83%84", True),
        ("/foo/bar/%62%61%7A", "/foo/bar/%62%61%7A", True),
        ("/a%zz", "/a%zz", True),
    ],
)
def test_octets_are_compared_as_they_are_escaped(pattern, path, matches):
    assert allows(f"user-agent: *\ndisallow: {pattern}", path) is not matches


@pytest.mark.parametrize(
    ("url", "path"),
    [
        ("http://foo.bar", "/"),
        ("http://foo.bar?x=1", "/?x=1"),
        ("http://foo.bar/a;b?c#d", "/a;b?c"),
        ("http://foo.bar#/a", "/"),
        ("//foo.bar/a", "/a"),
        ("foo.bar/a", "/a"),
        ("/a?u=http://other/", "/a?u=http://other/"),
        ("", "/"),
    ],
)
def test_path_and_query_of_an_address_are_what_is_compared(url, path):
    assert robots.path_of(url) == path


@pytest.mark.parametrize(
    ("text", "delay"),
    [
        ("user-agent: FooBot\ncrawl-delay: 7.5", 7.5),
        ("user-agent: *\nCrawl-Delay: 3", 3),
        ("user-agent: *\ncrawl-delay: 3\nuser-agent: FooBot\ndisallow:", None),
        ("user-agent: FooBot\ncrawl-delay: 2\nallow: /\nuser-agent: foobot\ncrawl-delay: 9", 9),
        ("user-agent: FooBot\ncrawl-delay: 5\nuser-agent: X\ncrawl-delay: 1", 5),
        ("user-agent: *\nrequest-rate: 1/10", 10),
        ("user-agent: *\nrequest-rate: 2/3m", 90),
        ("user-agent: *\nrequest-rate: 0/3", None),
        ("user-agent: *\ncrawl-delay: -1", None),
        ("user-agent: *\ncrawl-delay: soon", None),
        ("crawl-delay: 9", None),
    ],
)
def test_a_host_may_ask_for_time_between_visits(text, delay):
    assert robots.parse(text.encode()).delay("FooBot") == delay


def test_sitemaps_belong_to_no_group():
    text = "Sitemap: http://foo.bar/1.xml\nuser-agent: X\ndisallow: /\nsite-map:/é.xml\n"

    assert robots.parse(text.encode()).sitemaps == ["http://foo.bar/1.xml", "/é.xml"]


@pytest.mark.parametrize(
    "body",
    [
        b"user-agent: *\ndisallow: /" + b"*a" * 8_000,
        b"user-agent: *\n" + b"disallow: /*a*b*c*d*e*f*g*h$\n" * 20_000,
        b"user-agent: *\n" * 30_000,
        b":" * 500_000,
        bytes(range(256)) * 2_000,
    ],
)
def test_a_hostile_file_is_read_in_a_moment(body):
    with at_most(4):
        robots.parse(body[: 500 * 1024]).allows("http://foo.bar/" + "abcdefg" * 280, "FooBot")


@pytest.mark.skipif(not DATA.exists(), reason="the labelled data are not beside this checkout")
def test_every_vector_of_the_reference_matcher_is_answered_as_it_does():
    rows = [json.loads(line) for line in (DATA / "unit_vectors.jsonl").read_text().splitlines()]

    wrong = [
        row
        for row in rows
        if robots.parse(row["robotstxt_latin1"].encode("latin-1")).allows(row["url"], row["agent"]) != row["allowed"]
    ]

    assert wrong == []


@pytest.mark.skipif(not DATA.exists(), reason="the labelled data are not beside this checkout")
def test_every_real_file_is_answered_as_by_the_reference_matcher():
    with tarfile.open(DATA / "files.tar.gz") as archive:
        read = {member.name: robots.parse(archive.extractfile(member).read()) for member in archive if member.isfile()}
    text = gzip.decompress((DATA / "oracle.tsv.gz").read_bytes()).decode()
    rows = [line.split("\t") for line in text.removesuffix("\n").split("\n")]

    wrong = [row for row in rows if read[row[0]].allows(row[2], row[1]) is not (row[3] == "1")]

    assert (len(rows), wrong) == (62_866, [])
