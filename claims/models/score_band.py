"""Bands of the score of a suggestion: strong, fair or weak. They name ranges of the score, and promise nothing."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

# Of the score of ``sources.language.similarity``: .5 is the least that is suggested. A score of .8 is what a cosine of
# .064 above ordinary passages gives, or less of it with shared names and numbers; .65 is what .041 gives.
STRONG_FROM, FAIR_FROM = 0.8, 0.65


class ScoreBand(models.TextChoices):
    STRONG = "strong", _("Strong")
    FAIR = "fair", _("Fair")
    WEAK = "weak", _("Weak")


def band_of(score: float | None) -> ScoreBand:
    """Return the band of a score; a suggestion without one is weak."""
    if score is None or score < FAIR_FROM:
        return ScoreBand.WEAK
    return ScoreBand.STRONG if score >= STRONG_FROM else ScoreBand.FAIR
