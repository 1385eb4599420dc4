"""Keep a desk's own rating scales: names and numbers for the ratings, in versions, one in use per language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from claims.models import RatingLabel, RatingScale
from claims.models.vocabulary import ClaimAct, ClaimVerb, Rating
from workbench.desk import audit
from workbench.desk.models import User
from workbench.desk.refusal import Refusal
from workbench.desk.roles import require

LONGEST_NAME = 80  # characters, of a scale and of a label
HIGHEST_VALUE = 100


@dataclass(frozen=True)
class Label:
    """What a scale calls a rating, and its number; None where the scale gives it none."""

    label: str
    value: int | None = None


@transaction.atomic
def save_scale(name: str, language: str, labels: Mapping[Rating, Label], *, by: User) -> RatingScale:
    """Keep a new version of a scale and put it in use for its language; return it.

    Published reports keep the names and numbers of their day. Labels equal to those of the newest version make no new
    one. Raises ``NotPermitted``, and ``Refusal`` (``empty``, ``too_long``, ``null_character``, ``unknown_language``,
    ``missing_label``, ``bad_value``).
    """
    require(by, ClaimAct.EDIT_SCALES)
    name = " ".join(name.split())
    _check(name, language, labels)
    _hold_scales()
    versions = RatingScale.objects.filter(name=name, language=language)
    newest = versions.order_by("-version").first()
    if newest is not None and _labels_of(newest) == dict(labels):
        return use_scale(newest, by=by)
    number = (versions.aggregate(newest=Max("version"))["newest"] or 0) + 1
    scale = RatingScale.objects.create(name=name, language=language, version=number, made_by=by)
    RatingLabel.objects.bulk_create(
        RatingLabel(scale=scale, rating=rating, label=each.label.strip(), value=each.value)
        for rating, each in labels.items()
    )
    said = {rating.value: [each.label, each.value] for rating, each in labels.items()}
    facts: dict[str, Any] = {"name": name, "language": language, "number": number, "now": said}
    audit.record(by, ClaimVerb.SAVED_SCALE, scale, **facts)
    return use_scale(scale, by=by)


@transaction.atomic
def use_scale(scale: RatingScale, *, by: User) -> RatingScale:
    """Have the reports in a scale's language use this version from now on. Raises ``NotPermitted``."""
    require(by, ClaimAct.EDIT_SCALES)
    _hold_scales()
    scale = RatingScale.objects.get(pk=scale.pk)
    if scale.in_use:
        return scale
    RatingScale.objects.filter(language=scale.language, in_use=True).update(in_use=False)
    return _set_in_use(scale, ClaimVerb.USED_SCALE, in_use=True, by=by)


@transaction.atomic
def stop_using(scale: RatingScale, *, by: User) -> RatingScale:
    """Have reports in a scale's language use the names that come with the workbench. Raises ``NotPermitted``."""
    require(by, ClaimAct.EDIT_SCALES)
    _hold_scales()
    scale = RatingScale.objects.get(pk=scale.pk)
    return _set_in_use(scale, ClaimVerb.STOPPED_SCALE, in_use=False, by=by) if scale.in_use else scale


def _set_in_use(scale: RatingScale, verb: ClaimVerb, *, in_use: bool, by: User) -> RatingScale:
    scale.in_use = in_use
    scale.save(update_fields=["in_use"])
    audit.record(by, verb, scale, name=scale.name, language=scale.language, number=scale.version)
    return scale


def _hold_scales() -> None:
    """Let one person at a time change scales: two new versions never get the same number."""
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE claims_ratingscale IN SHARE ROW EXCLUSIVE MODE")


def _labels_of(scale: RatingScale) -> dict[Rating, Label]:
    return {Rating(row.rating): Label(row.label, row.value) for row in scale.labels.all()}


def _check(name: str, language: str, labels: Mapping[Rating, Label]) -> None:
    """Raise ``Refusal`` with the first rule that a scale breaks."""
    if not name:
        raise Refusal(_("Enter a name for the scale."), "empty", field="name")
    _check_name(name, "name")
    if language not in dict(settings.LANGUAGES):
        raise Refusal(
            _("Reports are published in the languages of the interface only."), "unknown_language", field="language"
        )
    for rating in Rating:
        _check_label(rating, labels.get(rating))


def _check_label(rating: Rating, given: Label | None) -> None:
    field = f"label_{rating.value}"
    if given is None or not given.label.strip():
        problem = _("Enter your name for “%(rating)s”.") % {"rating": rating.label}
        raise Refusal(problem, "missing_label", field=field)
    _check_name(given.label.strip(), field)
    if given.value is not None and not 0 <= given.value <= HIGHEST_VALUE:
        problem = _("A number on the scale is between 0 and %(most)d.") % {"most": HIGHEST_VALUE}
        raise Refusal(problem, "bad_value", field=f"value_{rating.value}")


def _check_name(name: str, field: str) -> None:
    if len(name) > LONGEST_NAME:
        problem = _("A name can have at most %(most)d characters.") % {"most": LONGEST_NAME}
        raise Refusal(problem, "too_long", field=field)
    if "\0" in name:
        problem = _("The name contains a null character, which cannot be stored.")
        raise Refusal(problem, "null_character", field=field)
