"""Pictures by their size and perceptual hash (PDQ), and pairs of them that look alike."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import connection, models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from sources.models.document import Capture
from sources.models.vocabulary import NearCopyState
from workbench.desk.guards import append_only, frozen
from workbench.desk.models import User

BITS, CHUNKS = 256, 16
CHUNK_BITS = BITS // CHUNKS
FAR = 31  # bits in which copies of one picture differ at most, as the authors of PDQ found
# The pictures that share a chunk, chunk by chunk: of “overlaps 272 chunks” the planner expects three quarters of all
# pictures, and would read the whole table.
SHARING = """
    SELECT DISTINCT picture.id, picture.pdq FROM unnest(%s::int[]) AS near (chunk)
    JOIN {table} AS picture ON picture.chunks @> ARRAY[near.chunk]
"""
DETAILED = 50  # of 100: below this quality the hash says little, as they found too


def chunks_of(pdq: str) -> list[int]:
    """Return the 16 chunks of a hash, each with its place in front, so that equal chunks elsewhere do not count."""
    value = int(pdq, 16)
    return [
        (place << CHUNK_BITS) | ((value >> (place * CHUNK_BITS)) & ((1 << CHUNK_BITS) - 1)) for place in range(CHUNKS)
    ]


def near_chunks(pdq: str) -> list[int]:
    """Return the chunks that a hash within 31 bits may have.

    31 bits over 16 chunks leave one chunk with at most one bit changed: so one of 16 × 17 is shared (pigeonhole).
    """
    found = chunks_of(pdq)
    return [*found, *(chunk ^ (1 << bit) for chunk in found for bit in range(CHUNK_BITS))]


class PictureQuerySet(models.QuerySet["Picture"]):
    def near(self, pdq: str) -> list[tuple[int, int]]:
        """Return the keys of the pictures within ``FAR`` bits of a hash with their distances, the nearest first."""
        value, table = int(pdq, 16), connection.ops.quote_name(self.model._meta.db_table)
        with connection.cursor() as cursor:
            cursor.execute(SHARING.format(table=table), [near_chunks(pdq)])
            shared = cursor.fetchall()
        bits = {key: (int(other, 16) ^ value).bit_count() for key, other in shared}
        near = [key for key, distance in bits.items() if distance <= FAR]
        kept = self.filter(pk__in=near).values_list("pk", flat=True) if near else []
        return sorted(((key, bits[key]) for key in kept), key=lambda each: (each[1], each[0]))


class Picture(models.Model):
    """A capture that is a picture: its size as it is shown, and its hash. Append-only.

    Pictures with little detail, such as a plain area, have no chunks: they would look like all others of their kind.
    """

    capture = models.OneToOneField(Capture, models.PROTECT, related_name="picture", verbose_name=_("capture"))
    width = models.PositiveIntegerField(_("width"))
    height = models.PositiveIntegerField(_("height"))
    pdq = models.CharField(_("perceptual hash (PDQ)"), max_length=64, blank=True)
    quality = models.PositiveSmallIntegerField(_("detail"))
    chunks = ArrayField(models.IntegerField(), default=list, editable=False)

    objects = PictureQuerySet.as_manager()

    class Meta:
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        ordering = ["-pk"]
        constraints = [models.CheckConstraint(condition=Q(pdq__regex="^([0-9a-f]{64})?$"), name="picture_hash")]
        indexes = [GinIndex("chunks", name="picture_chunks")]
        triggers = [*append_only()]

    def __str__(self) -> str:
        return str(self.capture)

    def get_absolute_url(self) -> str:
        """Return where its document is shown."""
        return self.capture.document.get_absolute_url()


class NearCopyQuerySet(models.QuerySet["NearCopy"]):
    def of(self, pictures: Iterable[int]) -> Self:
        """Pairs with one of these pictures."""
        keys = list(pictures)
        return self.filter(Q(picture__in=keys) | Q(other__in=keys))


class NearCopy(models.Model):
    """Two pictures whose hashes are near, as a worker found; a person says whether they are copies of one picture."""

    picture = models.ForeignKey(Picture, models.PROTECT, related_name="near_earlier", verbose_name=_("picture"))
    other = models.ForeignKey(Picture, models.PROTECT, related_name="near_later", verbose_name=_("earlier picture"))
    distance = models.PositiveSmallIntegerField(_("bits that differ"))
    found_at = models.DateTimeField(_("found at"), auto_now_add=True)
    state = models.CharField(_("state"), max_length=10, choices=NearCopyState, default=NearCopyState.SUGGESTED)
    decided_by = models.ForeignKey(
        User, models.PROTECT, null=True, editable=False, related_name="+", verbose_name=_("decided by")
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, editable=False)

    objects = NearCopyQuerySet.as_manager()

    class Meta:
        verbose_name = _("near-copy")
        verbose_name_plural = _("near-copies")
        ordering = ["distance", "pk"]
        constraints = [
            models.UniqueConstraint("picture", "other", name="near_copy_once"),
            models.CheckConstraint(condition=Q(picture__gt=F("other")), name="near_copy_of_an_earlier_picture"),
            models.CheckConstraint(condition=Q(state__in=NearCopyState.values), name="near_copy_state_known"),
            models.CheckConstraint(
                condition=Q(state=NearCopyState.SUGGESTED, decided_by=None, decided_at=None)
                | ~Q(state=NearCopyState.SUGGESTED) & Q(decided_by__isnull=False, decided_at__isnull=False),
                name="near_copy_decided_by_somebody",
            ),
        ]
        triggers = [
            *append_only(updates=True),
            frozen("picture_id", "other_id", "distance", "found_at"),
        ]

    def __str__(self) -> str:
        return f"{self.picture} ≈ {self.other}"
