"""Vectors (embeddings) of passages and readings, the models that make them, and readings that claims have not met."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

import numpy as np
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from numpy.typing import NDArray

from sources.models.document import Reading
from sources.models.full_text import STEMMED
from sources.models.passage import Passage
from workbench.desk.work_queue import Work, WorkQuerySet

Vector = NDArray[np.float32]
OTHERS = ""  # the group of all languages that have no stemmer
GROUPS = (*STEMMED, OTHERS)  # of languages, each with an index of its own: else one would hide the others


def group_of(language: str) -> str:
    """Return the group that a language is in: the language itself where we have its stemmer, else all others."""
    return language if language in STEMMED else OTHERS


class VectorField(models.Field):
    """32-bit floats. Every PostgreSQL can keep them; where it has pgvector, they are indexed as ``halfvec``."""

    def db_type(self, connection: Any) -> str:
        """Return the column type."""
        return "real[]"

    def get_prep_value(self, value: Any) -> list[float] | None:
        """Return the numbers as the driver takes them."""
        return None if value is None else np.asarray(value, dtype=np.float32).tolist()


class VectorQuerySet(models.QuerySet[Any]):
    def keep(self, model: str, made: Iterable[tuple[Any, Vector | None, str]]) -> None:
        """Add the vectors that a model made of passages or readings; ``None`` with the reason why it made none."""
        rows = [
            self.model(
                **{self.model.owner: owner},
                model=model,
                language=group_of(owner.language),
                vector=vector,
                reason=reason[:200],
            )
            for owner, vector, reason in sorted(made, key=lambda each: each[0].pk)  # one order, or two could deadlock
        ]
        self.bulk_create(rows, ignore_conflicts=True)

    def by_owner(self, model: str, keys: Iterable[int]) -> Mapping[int, Vector | None]:
        """Return the vectors of passages or readings by their keys; None where the model could make none."""
        owner = self.model.owner
        found = self.filter(**{"model": model, f"{owner}__in": list(keys)}).values_list(owner, "vector")
        return {key: None if vector is None else np.asarray(vector, dtype=np.float32) for key, vector in found}


class EmbeddingVector(models.Model):
    """A vector of length one that a model made of a text; none where it could make none, with the reason."""

    owner: ClassVar[str] = ""  # the field that leads to the text

    model = models.CharField(_("model"), max_length=120)
    language = models.CharField(_("group of languages"), max_length=8, blank=True)
    vector = VectorField(_("vector"), null=True)
    reason = models.CharField(_("why there is no vector"), max_length=200, blank=True)

    objects = VectorQuerySet.as_manager()

    class Meta:
        abstract = True


class PassageVector(EmbeddingVector):
    """The vector of a passage: of the first of each reading at once, of the others when a claim needs it or later."""

    owner = "passage"

    passage = models.ForeignKey(Passage, models.CASCADE, related_name="vectors", verbose_name=_("passage"))

    class Meta:
        verbose_name = _("vector")
        verbose_name_plural = _("vectors")
        indexes = [models.Index("model", "language", "id", name="vector_newest")]
        constraints = [
            models.UniqueConstraint("passage", "model", name="vector_once_per_model"),
            models.CheckConstraint(
                condition=models.Q(vector__isnull=False) ^ ~models.Q(reason=""), name="vector_or_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.model}: {self.passage_id}"


class ReadingVector(EmbeddingVector):
    """The vector of a reading: of its title and the beginning of its text."""

    owner = "reading"

    reading = models.ForeignKey(Reading, models.CASCADE, related_name="vectors", verbose_name=_("extracted text"))

    class Meta:
        verbose_name = _("vector of an extracted text")
        verbose_name_plural = _("vectors of extracted texts")
        indexes = [models.Index("model", "language", "id", name="reading_vector_newest")]
        constraints = [
            models.UniqueConstraint("reading", "model", name="reading_vector_once"),
            models.CheckConstraint(
                condition=models.Q(vector__isnull=False) ^ ~models.Q(reason=""), name="reading_vector_or_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.model}: {self.reading_id}"


class EmbeddingModel(Work):
    """A model that makes vectors. Its work is to make those that readings lack, then those of all other passages.

    A model is in use once it has met every reading; until then the one before it is, if it still runs.
    """

    task = "sources.tasks.embed_readings"

    name = models.CharField(_("model"), max_length=120, unique=True)
    width = models.PositiveIntegerField(_("numbers in a vector"))
    through = models.PositiveBigIntegerField(_("readings embedded up to"), default=0, editable=False)
    passages_through = models.PositiveBigIntegerField(_("passages embedded up to"), default=0, editable=False)
    ready_at = models.DateTimeField(_("in use since"), null=True, editable=False)

    objects = WorkQuerySet.as_manager()  # type: ignore[misc]

    class Meta(Work.Meta):
        verbose_name = _("embedding model")
        verbose_name_plural = _("embedding models")

    def __str__(self) -> str:
        return self.name


class Arrival(models.Model):
    """A reading that no claim was compared with yet. It goes once all open claims were."""

    reading = models.OneToOneField(
        Reading, models.CASCADE, related_name="arrival", verbose_name=_("extracted text"), primary_key=True
    )
    at = models.DateTimeField(_("arrived at"), default=timezone.now)
    failures = models.PositiveSmallIntegerField(_("failed tries"), default=0, editable=False)

    class Meta:
        verbose_name = _("new coverage")
        verbose_name_plural = _("new coverage")
        indexes = [models.Index("failures", "at", "reading", name="arrival_in_order")]

    def __str__(self) -> str:
        return str(self.reading)
