"""Room in the archive: whether captures can be stored, and how long fetching rests when they cannot."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import timedelta

from django.conf import settings
from django.utils.translation import gettext as _

from sources.archive import storage
from workbench.desk import heartbeat
from workbench.desk.declarations import Health
from workbench.desk.work_queue import PutOff, Trouble

REST = timedelta(minutes=2)  # before a page is fetched again that the archive could not store
REFUSED = timedelta(minutes=1)  # for which nothing is fetched after the archive refused a capture: then one page tries


class NotKept(Exception):
    """The archive did not take a capture. The message may be shown to a person."""


def require() -> None:
    """Let a page be fetched, or raise ``PutOff``: a visit whose answer cannot be stored costs the site for nothing."""
    if storage.is_full() or heartbeat.is_younger(heartbeat.ARCHIVE_REFUSED, REFUSED):
        raise PutOff(REST)


def store(records: bytes) -> storage.Place:
    """Add the records of one fetch to the archive and return where they are. Raises ``NotKept``."""
    return _stored(lambda: storage.add(records))


def store_pieces(pieces: Iterable[bytes], about: int) -> storage.Place:
    """Add records that come in pieces, about so many bytes; return where they are. Raises ``NotKept``."""
    return _stored(lambda: storage.add_pieces(pieces, about))


def _stored(add: Callable[[], storage.Place]) -> storage.Place:
    try:
        return add()
    except storage.Full as full:
        raise NotKept(full_disk()) from full
    except OSError as error:
        raise NotKept(_("The archive refused to store this.") + f" ({error})") from error


def put_off(problem: NotKept) -> Trouble:
    """Note that the archive took no capture, and return the answer of the step: the row waits, and no try counts."""
    heartbeat.beat(heartbeat.ARCHIVE_REFUSED)
    return Trouble(str(problem), REST)


def full_disk() -> str:
    """Return what to do about a full disk, in words for a person."""
    return _("The disk of the archive is full. Nothing is fetched until there is room again.")


def problem() -> str:
    """Return why nothing is fetched now, in a sentence for everybody; empty where pages are fetched."""
    if storage.is_full():
        return full_disk()
    if heartbeat.is_younger(heartbeat.ARCHIVE_REFUSED, 2 * REST):
        return _("The archive refuses new captures, so fetching waits until it takes them again.")
    return ""


def health() -> Health:
    """Say whether the archive can store captures: it answers, has room, and refused none in the last minutes."""
    free = storage.free_megabytes()
    figures = {} if free is None else {"free_megabytes": free, "reserve_megabytes": settings.DISK_RESERVE}
    if not storage.is_ready():
        return Health(ok=False, figures=figures, problem=_("The archive cannot be written."))
    found = problem()
    return Health(ok=not found, figures=figures, problem=found)


HEALTH_CHECKS = {"archive": health}
