"""Sources, with their names, domains and reliability ratings."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Self

from django.apps import apps
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _

from sources.language.folding import fold
from sources.models.vocabulary import Reliability, SourceKind
from workbench.desk.amounts import Counted
from workbench.desk.guards import append_only
from workbench.desk.models import User
from workbench.desk.punctuation import labelled
from workbench.desk.row_address import row_address
from workbench.desk.word_search import FoundByWords, Searchable, SearchableRows, WordsField

LONGEST_NAME = 200
LONGEST_RUN = 5  # words of a name that is looked for in a text
MOST_NAMED = 5  # sources
_MARKS = ".,;:!?()\"'«»“”‘’…-،؛؟"
MOST_PUBLISHED = 1_000  # documents of each source that a list counts


def folded_name(name: str) -> str:
    """Return a name of a source in the form in which names are compared: without case and accents."""
    return fold(name)[:LONGEST_NAME]


class SourceQuerySet(FoundByWords, SearchableRows, models.QuerySet["Source"]):
    def called(self, name: str) -> Self:
        """Sources known by this name, however it is spelled, accented or cased."""
        return self.filter(models.Q(folded=fold(name)) | models.Q(names__folded=fold(name))).distinct()

    def by_host(self, hosts: Iterable[str]) -> dict[str, Source]:
        """Return who publishes on each host, or on the nearest domain above it; hosts of nobody are left out."""
        above = {host: _above(host) for host in hosts}
        domains = SourceDomain.objects.filter(host__in={name for names in above.values() for name in names})
        owners = {domain.host: domain.source for domain in domains.filter(source__in=self).select_related("source")}
        nearest = {host: next((name for name in names if name in owners), "") for host, names in above.items()}
        return {host: owners[name] for host, name in nearest.items() if name}

    def of_host(self, host: str) -> Source | None:
        """Return who publishes on a host, as ``by_host`` does."""
        return self.by_host([host]).get(host)

    def named_in(self, text: str) -> list[list[str]]:
        """Return for each source that a text names all its names, in every script; first the one in the text."""
        words = fold(text).split()
        runs = {
            " ".join(words[at : at + n]).strip(_MARKS) for n in range(1, LONGEST_RUN + 1) for at in range(len(words))
        }
        spoken = models.Q(folded__in=runs) | models.Q(names__folded__in=runs)
        found = self.filter(spoken).distinct().prefetch_related("names").order_by("pk")[:MOST_NAMED]
        pairs = [[(each.folded, each.name), *((name.folded, name.name) for name in each.names.all())] for each in found]
        return [[name for _folded, name in sorted(names, key=lambda pair: pair[0] not in runs)] for names in pairs]

    def best_matches(self, words: str) -> Self:
        """Sources that words match, as ``search`` does: first those of this name, then those that begin with it."""
        folded = fold(words)
        if not folded:
            return self.none()
        nearness = models.Case(
            models.When(folded=folded, then=models.Value(0)),
            models.When(folded__startswith=folded, then=models.Value(1)),
            default=models.Value(2),
            output_field=models.IntegerField(),
        )
        return self.search(words).order_by(nearness, "folded", "pk")

    def for_list(self) -> Self:
        """Sources with what a list shows of each, in a constant number of queries."""
        newest = Standing.objects.order_by("source_id", "-stated_at").distinct("source_id")
        documents = apps.get_model("sources", "Document").objects.filter(source=models.OuterRef("pk"))
        rows = self.annotate(published=Counted(documents, MOST_PUBLISHED)).order_by("folded", "pk")
        return rows.prefetch_related("feeds", models.Prefetch("standings", newest, to_attr="newest_standing"))


def _above(host: str) -> list[str]:
    """Return a host and the domains above it, the nearest first."""
    labels = host.lower().split(".")
    return [".".join(labels[start:]) for start in range(len(labels))]


class Source(Searchable):
    """An outlet, agency, body, person, account or described group that says things."""

    name = models.CharField(_("name"), max_length=LONGEST_NAME)
    folded = models.CharField(max_length=LONGEST_NAME, editable=False, db_index=True)
    kind = models.CharField(_("kind"), max_length=12, choices=SourceKind, default=SourceKind.OUTLET)
    language = models.CharField(_("language"), max_length=8, blank=True)
    country = models.CharField(_("country"), max_length=80, blank=True)
    description = models.TextField(_("description"), blank=True)
    owner = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, verbose_name=_("owned by"), related_name="owns"
    )
    added_by = models.ForeignKey(User, models.PROTECT, null=True, editable=False, related_name="+")
    added_at = models.DateTimeField(_("added at"), auto_now_add=True)
    word_index = WordsField("name", "names__name", "domains__host")

    objects = SourceQuerySet.as_manager()

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ["folded"]
        indexes = [GinIndex("word_index", name="source_words")]
        constraints = [
            models.CheckConstraint(condition=models.Q(kind__in=SourceKind.values), name="source_kind_known"),
            models.CheckConstraint(condition=~models.Q(name=""), name="source_has_a_name"),
            models.UniqueConstraint("folded", "kind", name="source_once_per_name_and_kind"),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: object, **kwargs: object) -> None:
        """Save the source with its name folded, the form in which it is looked up and sorted."""
        self.folded = folded_name(self.name)
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        """Return where the source's page is."""
        return row_address("sources:source", self.pk)


class SourceName(Searchable):
    """Another name of a source, in any language or script."""

    source = models.ForeignKey(Source, models.CASCADE, related_name="names", verbose_name=_("source"))
    name = models.CharField(_("name"), max_length=LONGEST_NAME)
    folded = models.CharField(max_length=LONGEST_NAME, editable=False, db_index=True)
    language = models.CharField(_("language"), max_length=8, blank=True)
    word_index = WordsField("name")

    class Meta:
        verbose_name = _("other name")
        verbose_name_plural = _("other names")
        ordering = ["folded"]
        indexes = [GinIndex("word_index", name="sourcename_words")]
        constraints = [models.UniqueConstraint("source", "folded", "language", name="other_name_once_per_language")]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: object, **kwargs: object) -> None:
        """Save the name with its folded form; the source is found by it from now on."""
        self.folded = folded_name(self.name)
        super().save(*args, **kwargs)
        Source.objects.filter(pk=self.source_id).index_words()


class SourceDomain(Searchable):
    """A host on which a source publishes, with its port where that is not the usual one."""

    source = models.ForeignKey(Source, models.CASCADE, related_name="domains", verbose_name=_("source"))
    host = models.CharField(_("site"), max_length=253, unique=True)
    word_index = WordsField("host")

    class Meta:
        verbose_name = _("domain")
        verbose_name_plural = _("domains")
        ordering = ["host"]
        indexes = [GinIndex("word_index", name="sourcedomain_words")]

    def __str__(self) -> str:
        return self.host

    def save(self, *args: object, **kwargs: object) -> None:
        """Save the domain; its source is found by it from now on, and the source that had it is not."""
        before = SourceDomain.objects.filter(pk=self.pk).values_list("source", flat=True)
        keys = {self.source_id, *before}
        super().save(*args, **kwargs)
        Source.objects.filter(pk__in=keys).index_words()


class Standing(Searchable):
    """The reliability rating that the desk gave a source on a day, with the reason. Append-only."""

    source = models.ForeignKey(Source, models.PROTECT, related_name="standings", verbose_name=_("source"))
    reliability = models.CharField(_("reliability"), max_length=1, choices=Reliability)
    reason = models.TextField(_("reason"))
    interests = models.TextField(_("declared interests"), blank=True)
    stated_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("rated by"))
    stated_at = models.DateTimeField(_("rated at"), auto_now_add=True)
    word_index = WordsField("reason", "interests")

    class Meta:
        verbose_name = _("assessment")
        verbose_name_plural = _("reliability ratings")
        ordering = ["-stated_at"]
        indexes = [GinIndex("word_index", name="standing_words")]
        constraints = [
            models.CheckConstraint(condition=models.Q(reliability__in=Reliability.values), name="reliability_known"),
        ]
        triggers = [*append_only()]

    def __str__(self) -> str:
        return labelled(self.source, self.reliability)
