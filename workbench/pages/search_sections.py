"""What the search over everything finds on the ground floor: entries of the log."""

from __future__ import annotations

from urllib.parse import urlencode

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from workbench.desk.declarations import FoundRow, SearchSection
from workbench.desk.models import LogEntry
from workbench.desk.punctuation import labelled
from workbench.desk.vocabulary import DeskAct
from workbench.pages.templatetags.log_words import act, row


def _entry(entry: LogEntry) -> FoundRow:
    address = f"{reverse('log')}?{urlencode({'chain': entry.chain})}"
    when = date_format(entry.recorded_at, "DATETIME_FORMAT")
    return FoundRow(address, labelled(entry.actor_name, act(entry.verb)), detail=f"{row(entry.subject)} · {when}")


SECTIONS = [
    SearchSection(
        name="log",
        label=_("Log"),
        act=DeskAct.READ_LOG,
        order=90,
        search=LogEntry.objects.search,
        show=_entry,
        list_of_all="log",
    ),
]
