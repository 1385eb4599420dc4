"""Client for the Wayback Machine: find the newest copy of an address, or request one (Save Page Now 2)."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from sources.web.addresses import Refused, read
from sources.web.client import USER_AGENT, opened
from sources.web.operator import ask
from sources.web.outcomes import Failed
from sources.web.transport import LIMITS, Exchange

BUSY = {408, 429, 502, 503, 504}
PAUSE = 60.0  # seconds: how long the archive blocks clients that ask too fast
HOST = "web.archive.org"  # where its copies are
JOB = re.compile(r"[\w-]{1,200}", re.ASCII)  # it becomes a part of an address


class Busy(Exception):
    """The archive asks us to come back in ``seconds``."""

    def __init__(self, seconds: float) -> None:
        super().__init__(seconds)
        self.seconds = seconds


class NotCopied(Exception):
    """The archive will not, or cannot, copy this address. The message may be shown to a person."""


@dataclass(frozen=True)
class Copy:
    """A copy that the archive has."""

    url: str
    at: datetime


def newest(url: str, base: str, *, agent: str = USER_AGENT) -> Copy | None:
    """Return the newest copy of an address that ``base`` (…/wayback/available) knows of; None when there is none.

    An address that leads elsewhere than to the archive is no copy: it becomes a link on our pages and in packages.
    Raises ``Busy``, ``NotCopied``, ``addresses.Refused`` and ``Failed``.
    """
    found = _json(ask(f"{base}?{urlencode({'url': url})}", agent=agent))
    closest = _dict(_dict(found.get("archived_snapshots")).get("closest"))
    at, copy = _time(closest.get("timestamp")), closest.get("url")
    if closest.get("available") is not True or at is None or not isinstance(copy, str):
        return None
    return Copy(copy, at) if _leads_there(copy, base) else None


def save(url: str, base: str, key: str, *, agent: str = USER_AGENT) -> str:
    """Ask ``base`` (…/save) to keep an address now; return the name of the job. ``key`` is ``access:secret``.

    Raises ``Busy``, ``NotCopied``, ``addresses.Refused`` and ``Failed``.
    """
    headers = {**_who(key), "Content-Type": "application/x-www-form-urlencoded"}
    found = _json(ask(base, body=urlencode({"url": url}).encode(), headers=headers, agent=agent))
    job = found.get("job_id")
    if not isinstance(job, str) or not JOB.fullmatch(job):
        raise NotCopied(_said(found))
    return job


def saved(job: str, base: str, key: str, *, agent: str = USER_AGENT) -> Copy | None:
    """Return the copy that a job made; None while the job runs.

    Raises ``Busy``, ``NotCopied``, ``addresses.Refused`` and ``Failed``.
    """
    found = _json(ask(f"{base}/status/{job}", headers=_who(key), agent=agent))
    if found.get("status") == "pending":
        return None
    at, original = _time(found.get("timestamp")), found.get("original_url")
    if found.get("status") != "success" or at is None or not isinstance(original, str):
        raise NotCopied(_said(found))
    return Copy(f"{base.removesuffix('/save')}/web/{at:%Y%m%d%H%M%S}/{original}", at)


def _leads_there(url: str, base: str) -> bool:
    """Return whether an address is at the Wayback Machine, or at the host that replaces it."""
    try:
        return read(url).host in {HOST, read(base).host}
    except Refused:
        return False


def _who(key: str) -> dict[str, str]:
    return {"Authorization": f"LOW {key}", "Accept": "application/json"}


def _json(answer: Exchange) -> dict[str, Any]:
    """Return the answer of the archive; it reports some errors as a page with a success code."""
    if answer.status in BUSY:
        after = answer.header("retry-after").strip()
        raise Busy(min(float(after), 3600.0) if after.isascii() and after.isdigit() and len(after) < 9 else PAUSE)
    try:
        found = json.loads(opened(answer, LIMITS))
    except (ValueError, RecursionError):
        found = None
    if 400 <= answer.status < 500:  # a retry would get the same answer
        raise NotCopied(_said({"status": f"HTTP {answer.status}", **_dict(found)}))
    if answer.status != 200 or not isinstance(found, dict):
        raise Failed("connection", f"HTTP {answer.status}, not what was expected")
    return found


def _said(found: dict[str, Any]) -> str:
    words = [found.get(name) for name in ("status_ext", "message", "exception", "status")]
    return next((word[:500] for word in words if isinstance(word, str) and word), _("The archive gave no reason."))


def _dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _time(value: Any) -> datetime | None:
    try:
        return datetime.strptime(str(value), "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    except ValueError:
        return None
