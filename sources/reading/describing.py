"""Describe a pasted text or a file: who published it, under which title, where and when, as a person knows it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from sources.capturing import stated_addresses
from sources.models import Document
from sources.models.vocabulary import DatePrecision, SourceAct, SourceVerb
from sources.reading import dating
from sources.web.addresses import Refused, read
from workbench.desk import audit
from workbench.desk.models import User
from workbench.desk.refusal import Refusal
from workbench.desk.roles import require

LONGEST_TITLE = 500  # characters


@transaction.atomic
def describe(
    document: Document,
    *,
    by: User,
    source: int | None = None,
    title: str = "",
    url: str = "",
    day: date | None = None,
    check: Callable[[Document], None] | None = None,
) -> Document:
    """Say who published a text that a person pasted or brought, its title, its address and its date.

    What is left empty stays as it is; the log keeps what was there before. The address is kept as a person's word: we
    have not seen the text there. ``source`` is the key of a source. ``check`` gets the document as it stands, locked,
    and may refuse. Raises ``NotPermitted`` and ``Refusal``: codes
    ``is_web`` (a page says it itself), ``no_address``, and those of ``dating.set_date``.
    """
    require(by, SourceAct.GATHER)
    if document.is_web:
        raise Refusal(_("We fetched this page. It says itself who published it, where and when."), "is_web")
    if url and not _is_address(url):
        raise Refusal(_("This is not a web address."), "no_address", field="url")
    held: Document = Document.objects.select_for_update().get(pk=document.pk)
    if check:
        check(held)
    given = {"source_id": source, "title": title.strip()[:LONGEST_TITLE]}
    changed = {name: value for name, value in given.items() if value and value != getattr(held, name)}
    before = {name.removesuffix("_id"): str(getattr(held, name) or "") for name in changed}
    for name, value in changed.items():
        setattr(held, name, value)
    held.save(update_fields=list(changed))
    if url:
        stated_addresses.note(held, url)
    if changed or url:
        said = {name: str(given[f"{name}_id" if name == "source" else name]) for name in before}
        audit.record(by, SourceVerb.DESCRIBED, held, before=before, said_to_be_from=url, **said)
    if day is not None:
        reason = _("As the person who brought the text read it.")
        dating.set_date(held, by=by, day=day, precision=DatePrecision.DAY, reason=reason)
    return held


def _is_address(url: str) -> bool:
    try:
        return bool(read(url).key)
    except Refused:
        return False
