"""The tabs of the main navigation that belong to the ground floor."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from workbench.desk.declarations import Tab
from workbench.desk.vocabulary import DeskAct

TABS = [
    Tab("set_up", _("Set up"), DeskAct.SET_UP, order=72),
    Tab("four_eyes", _("Four eyes"), DeskAct.READ, order=75),
    Tab("trouble", _("Problems"), DeskAct.READ, order=80),
    Tab("log", _("Log"), DeskAct.READ_LOG, order=90),
    Tab("anchors", _("Anchors"), DeskAct.READ, order=91),
    Tab("channels", _("Channels"), DeskAct.SET_CHANNELS, order=94),
    Tab("storage", _("Storage"), DeskAct.MANAGE_STORAGE, order=92),
    Tab("admin:index", _("Administration"), DeskAct.USE_ADMIN, order=100),
]
