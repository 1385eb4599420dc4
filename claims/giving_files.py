"""Give files to a claim: the files of a form that is sent, seen by others from then on if they see the claim."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from claims.models import Claim, ClaimAccess, ClaimFile
from claims.models.vocabulary import ClaimVerb
from sources.capturing import bringing
from sources.models import Document
from workbench.desk import audit
from workbench.desk.models import User


@transaction.atomic
def give_files(claim: Claim, documents: Iterable[Document], *, by: User | None) -> None:
    """Note that a person brought files for a claim. From now on others see them: those who see the claim.

    ``by`` is None for what came by a personal link. Raises ``NotPermitted``.
    """
    given = list(documents)
    for document in given:
        _file, new = ClaimFile.objects.get_or_create(claim=claim, document=document, by=by)
        if new:
            audit.record(by, ClaimVerb.BROUGHT_FILE_FOR, claim, file=audit.name_of(document))
    if given and by is not None:
        bringing.send(given, by=by, openly=not ClaimAccess.objects.is_restricted(claim))


@transaction.atomic
def give_private(claim: Claim, document: Document, *, by: User) -> None:
    """Give a file to a claim in which its person cites it before they have sent a form with it."""
    if bringing.is_private(document, by):
        give_files(claim, [document], by=by)
