"""Say how the site of a source is searched: by the address of its own search, or by its sitemap."""

from __future__ import annotations

from django.db import transaction

from sources.models import SiteSearch, Source
from sources.models.provider import WORDS
from sources.models.vocabulary import SourceAct, SourceVerb
from sources.web import door
from sources.web.addresses import Refused, vet
from workbench.desk import audit
from workbench.desk.models import User
from workbench.desk.refusal import Refusal
from workbench.desk.roles import require


@transaction.atomic
def set_site_search(source: Source, address: str, *, by: User) -> SiteSearch:
    """Save how the site of a source is searched, in place of what was said before.

    Raises ``Refusal`` (code ``refused_address``) and ``NotPermitted``.
    """
    require(by, SourceAct.GATHER)
    written = address.strip()
    try:
        vet(written.replace(WORDS, "words"), door.allowed())
    except Refused as reason:
        raise Refusal(str(reason), "refused_address", field="address") from reason
    row, _new = SiteSearch.objects.update_or_create(source=source, defaults={"address": written, "set_by": by})
    audit.record(by, SourceVerb.SET_SITE_SEARCH, row, source=source.pk, url=written)
    return row
