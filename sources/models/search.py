"""Searches, their answers and their results; a search that found nothing is stored too."""

from __future__ import annotations

from datetime import date
from typing import Any, Self

from django.apps import apps
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from sources.models.document import Document
from sources.models.vocabulary import Engine
from workbench.desk.amounts import Amount
from workbench.desk.guards import append_only
from workbench.desk.word_search import FoundByWords, Searchable, WordsField
from workbench.desk.work_queue import Work, WorkQuerySet

MOST_REQUESTS = 10  # of one search that a page shows


def days_in_words(since: date | None, until: date | None) -> str:
    """Return on which days the documents that a search finds were published; nothing where it has no limit."""
    ends = {"since": date_format(since) if since else "", "until": date_format(until) if until else ""}
    if since and until:
        return gettext("published from %(since)s to %(until)s") % ends
    if since:
        return gettext("published since %(since)s") % ends
    return gettext("published until %(until)s") % ends if until else ""


def nothing_at_first(when: str, searched: Amount | None) -> str:
    """Return that a search had found nothing when it was first answered, as a sentence."""
    if searched is None:
        return gettext("On %(when)s it had found nothing.") % {"when": when}
    text = ngettext(
        "On %(when)s it had found nothing in %(searched)s document.",
        "On %(when)s it had found nothing in %(searched)s documents.",
        searched.number,
    )
    return text % {"when": when, "searched": searched}


class SearchQuerySet(FoundByWords, WorkQuerySet):
    def unanswered(self) -> Self:
        """Searches that have not been answered yet and are still being tried."""
        return self.filter(answered_at=None, due_at__isnull=False)

    def for_list(self) -> Self:
        """Searches with their first answers and the requests to their providers, in a constant number of queries."""
        requests = apps.get_model("sources", "ProviderRequest").objects.order_by("-pk")
        return self.prefetch_related(
            models.Prefetch("requests", requests, to_attr="all_requests"),
            models.Prefetch("answers", SearchAnswer.objects.first_of_each(), to_attr="first_answers"),
        )

    def empty(self) -> Self:
        """Searches that were answered and found nothing: findings in themselves."""
        return self.filter(answered_at__isnull=False, found=0)


class Search(Searchable, Work):
    """One search with one engine. Its work is to be run; results are never removed.

    It is run again as new coverage comes in. The columns hold its newest answer, ``answers`` every other one, too.
    """

    task = "sources.tasks.run_searches"

    engine = models.CharField(_("engine"), max_length=20, choices=Engine)
    words = models.CharField(_("words"), max_length=400)
    language = models.CharField(_("language"), max_length=8, blank=True)
    since = models.DateField(_("since"), null=True, blank=True)
    until = models.DateField(_("until"), null=True, blank=True)
    asked_at = models.DateTimeField(_("asked at"), auto_now_add=True)
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True, editable=False)
    searched_through = models.PositiveIntegerField(_("documents searched"), null=True, blank=True, editable=False)
    searched_about = models.BooleanField(_("documents searched: an estimate"), default=False, editable=False)
    found = models.PositiveIntegerField(_("documents found"), null=True, blank=True, editable=False)
    word_index = WordsField("words")

    objects = SearchQuerySet.as_manager()  # type: ignore[misc]

    class Meta(Work.Meta):
        verbose_name = _("search")
        verbose_name_plural = _("searches")
        ordering = ["-asked_at", "-pk"]
        indexes = [
            *Work.Meta.indexes,
            models.Index("asked_at", "id", name="search_by_time"),
            GinIndex("word_index", name="search_words"),
        ]
        constraints = [
            models.CheckConstraint(condition=models.Q(engine__in=Engine.values), name="search_engine_known"),
            models.CheckConstraint(condition=~models.Q(words=""), name="search_has_words"),
        ]

    def __str__(self) -> str:
        return f"{self.words} ({self.language})" if self.language else self.words

    @property
    def newest_requests(self) -> list[Any]:
        """The last requests to the provider of this search, where ``for_list`` has loaded them."""
        return list(getattr(self, "all_requests", ()))[:MOST_REQUESTS]

    @property
    def first_answer(self) -> SearchAnswer | None:
        """The first answer of this search, where ``for_list`` has loaded it."""
        loaded: list[SearchAnswer] = getattr(self, "first_answers", [])
        return loaded[0] if loaded else None

    @property
    def days(self) -> str:
        """The days that this search is limited to, in words; empty where it has no limit."""
        return days_in_words(self.since, self.until)

    @property
    def searched_amount(self) -> Amount | None:
        """How many documents were searched; nothing while there is no answer."""
        return _amount(self)

    @property
    def is_empty(self) -> bool:
        """Whether this search was answered and found nothing."""
        return self.answered_at is not None and self.found == 0


class SearchAnswerQuerySet(models.QuerySet["SearchAnswer"]):
    def first_of_each(self) -> Self:
        """The first answer of each search, by the keys of the searches."""
        return self.order_by("search_id", "pk").distinct("search_id")


class SearchAnswer(models.Model):
    """What a search found at one time, of how many documents. Append-only: “nothing” stays true of its time.

    There is one for the first answer, and one whenever more or less was found than the time before.
    """

    search = models.ForeignKey(Search, models.PROTECT, related_name="answers", verbose_name=_("search"))
    answered_at = models.DateTimeField(_("answered at"))
    searched_through = models.PositiveIntegerField(_("documents searched"), null=True)
    searched_about = models.BooleanField(_("documents searched: an estimate"), default=False)
    found = models.PositiveIntegerField(_("documents found"))

    objects = SearchAnswerQuerySet.as_manager()

    class Meta:
        verbose_name = _("answer to a search")
        verbose_name_plural = _("answers to searches")
        ordering = ["search_id", "pk"]
        triggers = [*append_only()]

    def __str__(self) -> str:
        return str(self.search)

    @property
    def searched_amount(self) -> Amount | None:
        """How many documents were searched; nothing where the provider does not say it."""
        return _amount(self)


def _amount(answer: Search | SearchAnswer) -> Amount | None:
    through = answer.searched_through
    return None if through is None else Amount(through, is_estimate=answer.searched_about)


class SearchHit(models.Model):
    """A document that answered a search, with its rank the first time it did."""

    search = models.ForeignKey(Search, models.CASCADE, related_name="hits", verbose_name=_("search"))
    document = models.ForeignKey(Document, models.PROTECT, related_name="hits", verbose_name=_("document"))
    rank = models.PositiveIntegerField(_("rank"))
    found_at = models.DateTimeField(_("found at"), auto_now_add=True)

    class Meta:
        verbose_name = _("result")
        verbose_name_plural = _("results")
        ordering = ["rank"]
        constraints = [models.UniqueConstraint("search", "document", name="hit_once_per_search")]

    def __str__(self) -> str:
        return f"{self.rank}. {self.document}"
