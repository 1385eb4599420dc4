"""Replay captures: show captured pages as they looked, at a host name of their own, by addresses that expire."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import chain

from django.conf import settings
from django.core import signing
from django.http.request import split_domain_port
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from sources.capturing import drawn_pictures, preserving
from sources.formats import sandbox, sandbox_pictures
from sources.formats.unreadable import Unreadable
from sources.models import Capture
from sources.proving.sanitizer import inert
from workbench.desk.refusal import Refusal

SALT = "sources.proving.replay"
COPY_SIDE = 1_400  # pixels of the small copy of a picture: enough for a wide page
LASTS = timedelta(minutes=5)  # anybody with the address may open it: time for a slow page, not to pass it on

LARGEST_SHOWN = 20_000_000  # bytes of a page; a browser takes long to show more


@dataclass(frozen=True)
class Ticket:
    """What an address stands for: a capture, for the workbench at this origin, for a person who reads this language."""

    capture: int
    app: str
    language: str
    ended: bool


def is_archive(host: str) -> bool:
    """Return whether a Host header names the host of captured pages, at whatever port."""
    name = split_domain_port(settings.ARCHIVE_HOST)[0]
    return bool(name) and split_domain_port(host)[0] == name


def origin(app: str) -> str:
    """Return the origin of captured pages for the workbench at this origin; empty where they have no host name.

    It has the scheme of the workbench, and its port unless the setting names one.
    """
    scheme, _slashes, host = app.partition("://")
    name, port = split_domain_port(settings.ARCHIVE_HOST)
    port = port or split_domain_port(host)[1]
    return f"{scheme}://{name}{port and f':{port}'}" if name else ""


def address(capture: Capture, app: str) -> str:
    """Return the address at which the workbench at this origin can frame a capture, for as long as ``LASTS``."""
    return f"{origin(app)}/{signing.dumps([capture.pk, app, get_language()], salt=SALT)}"


def ticket(token: str) -> Ticket:
    """Return the ticket that we signed. Raises ``Refusal`` for anything that we did not sign."""
    try:
        capture, app, language = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        raise Refusal(_("There is nothing at this address."), "not_found") from None
    try:
        signing.loads(token, salt=SALT, max_age=LASTS)
    except signing.SignatureExpired:
        return Ticket(capture, app, language, ended=True)
    return Ticket(capture, app, language, ended=False)


def still(given: Ticket) -> tuple[str, str]:
    """Return the page that a ticket stands for and the content type to show it as. Raises ``Refusal``."""
    if given.ended:
        raise Refusal(_("This view has expired. Open it again from the workbench."), "expired")
    capture = Capture.objects.select_related("revisits").filter(pk=given.capture).first()
    if capture is None or not capture.shown_as or capture.size > LARGEST_SHOWN:
        raise Refusal(_("This capture cannot be shown because it is not a page."), "not_a_page")
    try:
        page = preserving.text_of(capture)
    except preserving.LOST as problem:
        raise _unreadable() from problem
    return (inert(page) if capture.shown_as == "text/html" else page), capture.shown_as


def raw(capture: Capture) -> bytes:
    """Return the body of a capture as the server sent it, decompressed. Raises ``Refusal``."""
    try:
        return preserving.payload_of(capture)
    except preserving.LOST as problem:
        raise _unreadable() from problem


def pieces(capture: Capture) -> Iterator[bytes]:
    """Return the bytes of a file that a person brought, in pieces. Raises ``Refusal`` where the archive lacks it."""
    found = preserving.opened(capture)
    try:
        first = next(found, b"")
    except preserving.LOST as problem:
        raise _unreadable() from problem
    return chain([first], found)


def screenshot(capture: Capture) -> bytes:
    """Return the screenshot (PNG) of a capture that a browser made. Raises ``Refusal``."""
    try:
        return preserving.screenshot_of(capture)
    except preserving.LOST as problem:
        raise _unreadable() from problem


def small_copy(capture: Capture, mark: Sequence[int] = (), side: int = COPY_SIDE, *, waits: bool = True) -> bytes:
    """Return a small JPEG of a picture, with a place drawn in it.

    Raises ``Refusal``: ``unreadable``, and ``busy`` where it is not to wait while others draw.
    """

    def draw() -> bytes:
        return sandbox_pictures.preview(preserving.body_of(capture), side, mark)

    try:
        key = f"copy {capture.sha256} {side} {tuple(mark)}"
        return drawn_pictures.drawn(key, draw, (Unreadable, sandbox.GaveUp), waits=waits)
    except (drawn_pictures.NotDrawn, *preserving.LOST) as problem:
        raise _unreadable() from problem


def _unreadable() -> Refusal:
    return Refusal(_("We could not read this capture from the archive."), "unreadable")
