"""Parse robots.txt (RFC 9309), and match addresses against its rules as the reference matcher of its authors does."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

Directive = Literal["agent", "allow", "disallow", "sitemap", "delay", "rate"]

LONGEST_LINE = 2083 * 8 - 1  # octets; what is beyond is not read, as in the reference matcher
BOM = b"\xef\xbb\xbf"
MOST_SITEMAPS = 1_000
_BLANK = " \t\n\v\f\r"
_SECONDS = {"": 1, "s": 1, "m": 60, "h": 3600}

# By how names begin: the reference matcher takes `Disallowed` for `Disallow`, and six frequent misspellings.
_NAMES: tuple[tuple[str, Directive], ...] = (
    *((name, "agent") for name in ("user-agent", "useragent", "user agent")),
    ("allow", "allow"),
    *((name, "disallow") for name in ("disallow", "dissallow", "dissalow", "disalow", "diasllow", "disallaw")),
    *((name, "sitemap") for name in ("sitemap", "site-map")),
    *((name, "delay") for name in ("crawl-delay", "crawldelay", "crawl delay")),
    ("request-rate", "rate"),
)
_EXACT: dict[str, Directive] = dict(_NAMES)

_TOKEN = re.compile(r"[A-Za-z_-]*")
_ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})")
_USUAL = re.compile(r"[a-z]+://[^/?;#]*(/[^#]*)")  # of nearly all addresses
_HIGH = re.compile(r"[\x80-\xff]")
_NUMBER = re.compile(r"\d{1,9}(?:\.\d{1,9})?")
_RATE = re.compile(r"(\d{1,6})\s*/\s*(\d{1,6})\s*([smh]?)")


class Rule(NamedTuple):
    """One pattern. ``pieces`` are what stands between its stars, or None when it is a plain beginning of a path."""

    pattern: str
    allows: bool
    pieces: tuple[str, ...] | None
    is_whole: bool  # it ends in `$`: the path must end with it

    def matches(self, path: str) -> bool:
        """Return whether a path matches, in time linear in its length, whatever the stars."""
        if self.pieces is None:
            return path.startswith(self.pattern)
        first, *middle = self.pieces
        if not path.startswith(first):
            return False
        if not middle:
            return len(path) == len(first)  # only a whole pattern comes here
        at, last = len(first), middle.pop()
        for piece in middle:
            found = path.find(piece, at)
            if found < 0:
                return False
            at = found + len(piece)
        if self.is_whole:
            return len(path) - len(last) >= at and path.endswith(last)
        return path.find(last, at) >= 0


@dataclass
class Group:
    """Rules, and the agents they are for: tokens in lower case, and `*` for all that no group names."""

    agents: set[str] = field(default_factory=set)
    rules: list[Rule] = field(default_factory=list)
    delays: dict[str, float] = field(default_factory=dict)


class Choice:
    """The rules for one agent: plain beginnings in a table by their length, those with stars one by one."""

    def __init__(self, rules: list[Rule]) -> None:
        self._plain: dict[str, bool] = {}
        starred: dict[str, Rule] = {}
        for rule in rules:
            if rule.pieces is None:
                self._plain[rule.pattern] = rule.allows or self._plain.get(rule.pattern, False)
            elif rule.allows or rule.pattern not in starred:
                starred[rule.pattern] = rule
        self._lengths = sorted({len(pattern) for pattern in self._plain}, reverse=True)
        self._starred = sorted(starred.values(), key=lambda rule: (-len(rule.pattern), not rule.allows))

    def allows(self, path: str) -> bool:
        """Return what the longest rule that matches says; of two as long, one that allows; True when none does."""
        length, allowed = self._longest_plain(path)
        for rule in self._starred:
            if len(rule.pattern) < length or (len(rule.pattern) == length and allowed):
                break
            if rule.matches(path):
                return rule.allows
        return allowed

    def _longest_plain(self, path: str) -> tuple[int, bool]:
        for length in self._lengths:
            said = self._plain.get(path[:length]) if length <= len(path) else None
            if said is not None:
                return length, said
        return 0, True


class RobotsTxt:
    """What one robots.txt says. ``sitemaps`` are as written; they belong to no group."""

    def __init__(self, groups: list[Group], sitemaps: list[str]) -> None:
        self.groups = groups
        self.sitemaps = sitemaps
        self._choices: dict[str, Choice] = {}

    def allows(self, url: str, agent: str) -> bool:
        """Return whether an agent, named by its product token, may fetch an address (RFC 9309 section 2.2.2).

        The address is compared as it is written: callers escape what is not ASCII. Of all rules that match, the
        longest decides, and of two as long the one that allows. No rule allows. Groups of one agent are merged.
        """
        key = agent.lower()
        choice = self._choices.get(key)
        if choice is None:
            choice = self._choices[key] = self._choice(key)
        return choice.allows(path_of(url))

    def delay(self, agent: str) -> float | None:
        """Return the seconds between visits asked of an agent (Crawl-delay or Request-rate), or None.

        Neither is in the RFC. The longest counts where there are several.
        """
        key = self._key(agent.lower())
        asked = [group.delays[key] for group in self.groups if key in group.delays]
        return max(asked, default=None)

    def _key(self, agent: str) -> str:
        """Return the name of the groups for an agent: its own if there is one, and `*` otherwise (section 2.2.1)."""
        return agent if any(agent in group.agents for group in self.groups) else "*"

    def _choice(self, agent: str) -> Choice:
        key = self._key(agent)
        return Choice([rule for group in self.groups if key in group.agents for rule in group.rules])


def parse(body: bytes) -> RobotsTxt:
    """Read a robots.txt, valid or not: nothing in it is an error (RFC 9309 section 2.2)."""
    groups: list[Group] = []
    sitemaps: list[str] = []
    naming = False  # the last rule or name was a name: the next name belongs to the same group
    for directive, value in _lines(body):
        if directive == "agent":
            if not naming:
                groups.append(Group())
            groups[-1].agents.add(_agent(value))
            naming = True
        elif directive == "sitemap":
            sitemaps.append(value)
        elif not groups:
            continue
        elif directive in {"allow", "disallow"}:
            groups[-1].rules += _rules(value, allows=directive == "allow")
            naming = False
        else:
            _note_delay(groups[-1], directive, value)
    return RobotsTxt(groups, [_as_text(address) for address in sitemaps[:MOST_SITEMAPS]])


def path_of(url: str) -> str:
    """Return path and query of an address, or of what looks like one; `/` when it has none."""
    usual = _USUAL.match(url)
    if usual is not None:
        return usual[1]
    start = 2 if url.startswith("//") else 0
    path = _first(url, start)
    scheme = url.find("://", start)
    if scheme >= 0 and not 0 <= path < scheme:
        path = _first(url, scheme + 3)
    if path < 0:
        return "/"
    fragment = url.find("#", start)
    if 0 <= fragment < path:
        return "/"
    found = url[path:fragment] if fragment >= 0 else url[path:]
    return found if found.startswith("/") else "/" + found


def _first(url: str, start: int) -> int:
    return min((at for at in (url.find(mark, start) for mark in "/?;") if at >= 0), default=-1)


def _lines(body: bytes) -> Iterator[tuple[Directive, str]]:
    """Return the directives that mean something to us, with their values, octet by octet as Latin-1."""
    text = body[_bom(body) :].decode("latin-1")
    for whole in text.replace("\r", "\n").split("\n"):
        line = whole[:LONGEST_LINE].partition("\0")[0].partition("#")[0].strip(_BLANK)
        name, colon, value = line.partition(":")
        if not colon:
            words = line.replace("\t", " ").split(" ")
            if len(words) < 2 or any(words[1:-1]):  # the colon may be forgotten between exactly two words
                continue
            name, value = words[0], words[-1]
        directive = _directive(name.strip(_BLANK).lower())
        if directive is not None:
            yield directive, value.strip(_BLANK)


def _bom(body: bytes) -> int:
    """Return how many octets of a byte order mark a body begins with; part of one is skipped too."""
    for length in (3, 2, 1):
        if body.startswith(BOM[:length]):
            return length
    return 0


def _directive(name: str) -> Directive | None:
    known = _EXACT.get(name)
    if known is not None or not name:
        return known
    return next((directive for beginning, directive in _NAMES if name.startswith(beginning)), None)


def _agent(value: str) -> str:
    """Return the product token of a User-agent line: letters, `_` and `-` up to whatever else (section 2.2.1)."""
    if value[:1] == "*" and (len(value) == 1 or value[1] in _BLANK):
        return "*"
    found = _TOKEN.match(value)
    return found[0].lower() if found else ""


def _rules(value: str, *, allows: bool) -> list[Rule]:
    """Return the rules of a line: none when it is empty, which matches nothing."""
    pattern = _escaped(value)
    if not pattern:
        return []
    rules = [_rule(pattern, allows=allows)]
    folder, slash, page = pattern.rpartition("/")
    if allows and slash and page.startswith("index.htm"):  # the reference matcher lets the folder itself in as well
        rules.append(_rule(f"{folder}/$", allows=True))
    return rules


def _rule(pattern: str, *, allows: bool) -> Rule:
    is_whole = pattern.endswith("$")
    if not is_whole and "*" not in pattern:
        return Rule(pattern, allows, None, is_whole=False)
    pieces = (pattern[:-1] if is_whole else pattern).split("*")
    return Rule(pattern, allows, tuple(pieces), is_whole)


def _escaped(value: str) -> str:
    """Return a pattern with its octets above 127 percent-encoded, and escapes in upper case (section 2.2.2)."""
    if not value.isascii():
        value = _HIGH.sub(lambda found: f"%{ord(found[0]):02X}", value)
    return _ESCAPE.sub(lambda found: found[0].upper(), value) if "%" in value else value


def _note_delay(group: Group, directive: Directive, value: str) -> None:
    """Note a delay for the agents that the group names so far: names may follow, as the line does not end a group."""
    seconds = _seconds(directive, value)
    if seconds is not None:
        for agent in group.agents:
            group.delays[agent] = max(seconds, group.delays.get(agent, 0.0))


def _seconds(directive: Directive, value: str) -> float | None:
    if directive == "delay":
        found = _NUMBER.match(value)
        return float(found[0]) if found else None
    rate = _RATE.match(value.lower())
    if rate is None or not int(rate[1]):
        return None
    return int(rate[2]) * _SECONDS[rate[3]] / int(rate[1])


def _as_text(octets: str) -> str:
    return octets.encode("latin-1").decode("utf-8", "replace")
