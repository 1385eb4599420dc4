"""Give claims tags, and take tags away."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from claims.models import Claim, ClaimTag
from claims.models.claim_plan import LONGEST_TAG
from claims.models.vocabulary import ClaimAct, ClaimVerb
from sources.language.folding import fold
from workbench.desk import audit
from workbench.desk.compiled_queries import CompiledQuery
from workbench.desk.models import User
from workbench.desk.refusal import Refusal
from workbench.desk.roles import require

MOST_TAGS = 30  # of one claim
MOST_OFFERED = 200  # tags in a list to choose from


def folded(tag: str) -> str:
    """Return a tag in the form in which tags are compared: without case and accents."""
    return fold(tag)[: 2 * LONGEST_TAG]


def names(text: str) -> list[str]:
    """Return the tags in a text with commas between them, each once. Raises ``Refusal`` (``bad_tag``)."""
    found: dict[str, str] = {}
    for part in text.replace("،", ",").replace("\n", ",").split(","):
        name = " ".join(part.split()).lstrip("#")
        if name:
            found.setdefault(checked(name), name)
    return list(found.values())


def checked(name: str) -> str:
    """Return the folded form of a tag. Raises ``Refusal`` (``bad_tag``) for one that cannot be kept."""
    is_plain = all(unicodedata.category(each) not in {"Cc", "Cf", "Cn"} or each == "\u200c" for each in name)
    if len(name) > LONGEST_TAG or not is_plain or not folded(name):
        problem = _("“%(tag)s” cannot be a tag. Use letters and digits, at most %(most)d characters.")
        shown = {"tag": name.replace("\0", "�")[:LONGEST_TAG], "most": LONGEST_TAG}
        raise Refusal(problem % shown, "bad_tag", field="tags")
    return folded(name)


def offered() -> list[str]:
    """Return the tags of the claims that the reader sees, in their order, one spelling of each."""
    return _spellings(most=MOST_OFFERED)


@CompiledQuery
def _spellings() -> QuerySet[Any]:
    rows: QuerySet[Any] = ClaimTag.objects.standing().order_by("folded", "pk").distinct("folded")
    return rows.values_list("name", flat=True)


@transaction.atomic
def tag(claim: Claim, tags: Collection[str], *, by: User) -> None:
    """Add tags to a claim; a tag that the desk knows keeps its spelling.

    Raises ``NotPermitted`` and ``Refusal`` (codes ``bad_tag``, ``too_many``).
    """
    require(by, ClaimAct.PLAN)
    wanted = {checked(name): name for name in tags}
    held = Claim.objects.hold(claim.pk)
    has = set(ClaimTag.objects.standing().filter(claim=held).values_list("folded", flat=True))
    new = {key: name for key, name in wanted.items() if key not in has}
    if len(has) + len(new) > MOST_TAGS:
        problem = _("A claim has at most %(most)d tags.") % {"most": MOST_TAGS}
        raise Refusal(problem, "too_many", field="tags")
    spelled = ClaimTag.objects.standing().filter(folded__in=new).order_by("folded", "pk").distinct("folded")
    known = dict(spelled.values_list("folded", "name"))
    for key, name in new.items():
        ClaimTag.objects.create(claim=held, name=known.get(key, name), folded=key, by=by)
        audit.record(by, ClaimVerb.TAGGED, held, tag=known.get(key, name))


@transaction.atomic
def untag(claim: Claim, tags: Collection[str], *, by: User) -> None:
    """Take tags away from a claim; one that it does not have is left alone. Raises ``NotPermitted``."""
    require(by, ClaimAct.PLAN)
    held = Claim.objects.hold(claim.pk)
    for row in ClaimTag.objects.standing().filter(claim=held, folded__in=[folded(name) for name in tags]):
        row.end(by)
        audit.record(by, ClaimVerb.UNTAGGED, held, tag=row.name)
