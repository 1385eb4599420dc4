"""Show captured pages as they looked: under a host name of their own, by addresses that end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.http.request import split_domain_port
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from sources.archive import warc
from sources.capturing import preserving
from sources.formats import charset
from sources.formats.content_coding import BadCoding
from sources.models import Capture
from sources.proving.sanitizer import inert

SALT = "sources.proving.replay"
LASTS = timedelta(minutes=5)  # whoever has the address may open it: time for a slow page, not for passing it on


class NotShown(Exception):
    """This capture is not shown, for which HTTP has a ``code``. The message is fit to show to a person."""

    def __init__(self, message: str, code: int) -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True)
class Ticket:
    """What an address stands for: a capture, for the workbench at an origin, for a person who reads a language."""

    capture: int
    app: str
    language: str
    ended: bool


def is_archive(host: str) -> bool:
    """Return whether a Host header names the host of captured pages, at whatever port."""
    name = split_domain_port(settings.ARCHIVE_HOST)[0]
    return bool(name) and split_domain_port(host)[0] == name


def origin(app: str) -> str:
    """Return the origin of captured pages for the workbench at an origin; empty where they have no host name.

    It has the scheme of the workbench, and its port unless the setting names one.
    """
    scheme, _slashes, host = app.partition("://")
    name, port = split_domain_port(settings.ARCHIVE_HOST)
    port = port or split_domain_port(host)[1]
    return f"{scheme}://{name}{port and f':{port}'}" if name else ""


def address(capture: Capture, app: str) -> str:
    """Return where the workbench at an origin can frame a capture from now on, for as long as ``LASTS``."""
    return f"{origin(app)}/{signing.dumps([capture.pk, app, get_language()], salt=SALT)}"


def ticket(token: str) -> Ticket:
    """Return what we once signed. Raises ``NotShown`` for what we did not."""
    try:
        capture, app, language = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        raise NotShown(_("There is nothing at this address."), 404) from None
    try:
        signing.loads(token, salt=SALT, max_age=LASTS)
    except signing.SignatureExpired:
        return Ticket(capture, app, language, ended=True)
    return Ticket(capture, app, language, ended=False)


def still(given: Ticket) -> tuple[str, str]:
    """Return the page that a ticket stands for and the content type to show it as. Raises ``NotShown``."""
    if given.ended:
        raise NotShown(_("This view has expired. Open it again from the workbench."), 410)
    capture = Capture.objects.select_related("revisits").filter(pk=given.capture).first()
    if capture is None or not capture.shown_as:
        raise NotShown(_("This capture cannot be shown because it is not a page."), 404)
    try:
        page = charset.decode(preserving.payload_of(capture), capture.content_type)
    except (warc.Missing, BadCoding, OSError):
        raise NotShown(_("We could not read this capture from the archive."), 404) from None
    return (inert(page) if capture.shown_as == "text/html" else page), capture.shown_as
