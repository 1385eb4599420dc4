"""Words for the most frequent names in the metadata of files; other names are shown as the file has them."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

LABELS: Mapping[str, Promise] = {
    **dict.fromkeys(("Artist", "Author", "By-line", "Creator", "creator"), _("Author")),
    **dict.fromkeys(("CreateDate", "CreationDate", "CreationTime", "created"), _("Created")),
    **dict.fromkeys(("DateTimeOriginal", "DateCreated"), _("Taken")),
    **dict.fromkeys(("DateTime", "ModDate", "ModifyDate", "modified"), _("Changed")),
    **dict.fromkeys(("GPSPosition", "Place"), _("Geographic position")),
    **dict.fromkeys(("Software", "CreatorTool", "Producer", "software"), _("Made with")),
    **dict.fromkeys(("Make", "Model"), _("Camera or phone")),
    "BodySerialNumber": _("Serial number"),
    "Copyright": _("Rights"),
    "Date": _("Date"),
    "Format": _("Format"),
    "Frames": _("Frames"),
    "From": _("Sender"),
    "Length": _("Length"),
    "Message-ID": _("Message ID"),
    "Received": _("Route"),
    "Size": _("Size in pixels"),
    "Subject": _("Subject"),
    "Title": _("Title"),
    "To": _("Recipient"),
    "attachment": _("Attached"),
}


def label(name: str) -> str:
    """Return what a name in metadata stands for; empty for one that is shown as it is."""
    return str(LABELS.get(name, ""))
