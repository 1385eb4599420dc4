"""What the page of a document shows about its captures, and the proof that they are unchanged."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _

from sources.models import Capture, Document, ExternalArchive
from sources.pages import document_queries
from sources.pages.date_display import at
from sources.proving import sealing


@dataclass(frozen=True)
class ShownCapture:
    """A capture with its facts in words."""

    capture: Capture
    address: str  # where it was fetched, if at another address of the article
    browser: str
    unchanged: str  # which earlier capture has the same content, if any
    in_chain: str  # of the hash chain
    place: str
    picture: str  # what its screenshot shows
    download: str


@dataclass(frozen=True)
class PublicCopy:
    """A copy in a public archive: where it is, or why there is none."""

    text: str
    url: str = ""


@dataclass(frozen=True)
class Proof:
    """What proves the captures of a document: the timestamp on the hash chain, and copies kept by others."""

    stamp: str
    copies: list[PublicCopy]
    asks_archives: bool


def shown_capture(capture: Capture) -> ShownCapture:
    """Return a capture as the page of its document shows it."""
    link: object = getattr(capture, "link", None)
    place = {"file": capture.warc_file, "offset": capture.warc_offset, "length": capture.warc_length}
    return ShownCapture(
        capture,
        address=capture.document.url if capture.document.same_as_id else "",
        browser=_("with %(browser)s") % {"browser": capture.browser} if capture.browser else "",
        unchanged=_unchanged(capture),
        in_chain=str(link) if link else _("being added to the chain"),
        place=_("%(file)s, offset %(offset)s, %(length)s bytes") % place,
        picture=_picture(capture) if capture.browser else "",
        download=_download(capture),
    )


def _download(capture: Capture) -> str:
    if capture.is_brought:
        return _("Download the file as it was brought")
    if capture.browser:
        return _("Download the page as the browser rendered it")
    return _("Download the file as the server sent it")


def proof(document: Document) -> Proof:
    """Return what proves the captures of a document."""
    last = document.captures.order_by("pk").last()
    copies = [_copy(copy) for copy in document_queries.external_copies(document.pk)]
    return Proof(_stamp(last) if last else "", copies, settings.WAYBACK and document.is_web)


def _unchanged(capture: Capture) -> str:
    if capture.revisits is None:
        return ""
    text = _("Same content as the capture of %(when)s, where the content is stored.")
    return text % {"when": at(capture.revisits.taken_at)}


def _picture(capture: Capture) -> str:
    shown = {"url": capture.attempt.final_url, "when": at(capture.taken_at)}
    return _("The page %(url)s as the browser showed it on %(when)s") % shown


def _stamp(last: Capture) -> str:
    stamp = sealing.stamp_on(last)
    if stamp is not None and stamp.stamped_at is not None:
        text = _("The hash chain, up to the last of these captures, was timestamped on %(when)s by %(authority)s.")
        return text % {"when": at(stamp.stamped_at), "authority": stamp.authority}
    if settings.TIMESTAMP_URL:
        return _("No authority has timestamped the last of these captures yet.")
    return _("No timestamp authority is set up for the hash chain.")


def _copy(copy: ExternalArchive) -> PublicCopy:
    archive = copy.get_archive_display()
    if copy.snapshot_url and copy.snapshot_at:
        text = _("%(archive)s: copy from %(when)s")
        return PublicCopy(text % {"archive": archive, "when": at(copy.snapshot_at)}, copy.snapshot_url)
    if copy.refusal:
        return PublicCopy(_("%(archive)s: no copy (%(reason)s)") % {"archive": archive, "reason": copy.refusal})
    return PublicCopy(_("%(archive)s: copy requested") % {"archive": archive})
