"""Set what the desk says of itself, and how a person is named in reports. Each change is in the log."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from zoneinfo import available_timezones

from django.db import connection, transaction
from django.utils.translation import gettext as _

from workbench.desk import audit
from workbench.desk.byline import Byline
from workbench.desk.desk_profile import DeskProfile
from workbench.desk.models import User
from workbench.desk.refusal import Refusal
from workbench.desk.roles import require
from workbench.desk.vocabulary import DeskAct, DeskVerb, NamePrinted


@transaction.atomic
def set_profile(
    *,
    by: User,
    name: str,
    contact: str,
    time_zone: str,
    languages: Iterable[str],
    names: str,
    check: Callable[[], None] | None = None,
) -> DeskProfile:
    """Add a version of what the desk says of itself. Raises ``Refusal`` (fields ``name``, ``time_zone``).

    ``check`` is called while nobody else adds one, and may refuse.
    """
    require(by, DeskAct.SET_UP)
    if not name.strip():
        raise Refusal(_("Give the desk a name: reports print it."), "empty", field="name")
    if time_zone not in available_timezones():
        raise Refusal(_("Choose one of the time zones of the list."), "unknown_choice", field="time_zone")
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('versions of the desk', 0))")  # one at a time
    if check:
        check()
    columns = {"name": name.strip(), "contact": contact.strip(), "time_zone": time_zone, "names": names}
    row: DeskProfile = DeskProfile.objects.create(languages=list(languages), set_by=by, **columns)
    audit.record(by, DeskVerb.SET_PROFILE, row, **columns, languages=row.languages)
    return row


@transaction.atomic
def choose_byline(person: User, *, printed: str, pen_name: str = "") -> Byline:
    """Say how one is named in reports from now on. Raises ``Refusal`` (field ``pen_name``)."""
    pen_name = " ".join(pen_name.split()) if printed == NamePrinted.PEN else ""
    if printed == NamePrinted.PEN and not any(letter.isalpha() for letter in pen_name):
        raise Refusal(_("Write the pen name under which reports name you."), "empty", field="pen_name")
    row, _new = Byline.objects.update_or_create(person=person, defaults={"printed": printed, "pen_name": pen_name})
    audit.record(person, DeskVerb.CHOSE_BYLINE, person, printed=printed, pen_name=pen_name)
    return row
