"""Word search: find rows by words, folded in the same way in the index and in the question.

A table that is searched has a ``WordsField`` and is ``Searchable``: the column holds the words of other columns, and
an index of its own finds them. What counts as a word, and which of its forms are the same, an app declares
(``word_forms`` in ``workbench.desk.declarations``): the ground floor knows no language.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial, reduce
from operator import or_
from typing import Any, ClassVar, Self, cast

from django.contrib.admin.utils import get_fields_from_path
from django.core.exceptions import EmptyResultSet
from django.db import connections, models, transaction
from django.db.models import Lookup, Q, QuerySet
from django.db.models.constants import LOOKUP_SEP

from workbench.desk import declarations
from workbench.desk.compiled_queries import BoundQuery, CompiledQuery, ListRows, listed, one_of

MOST_ASKED = 12  # words of a question; hardly any row has the words of a longer one
FEWEST_LETTERS = 3  # of a word whose beginning is enough; shorter ones begin too many words
FEW = 1_000  # rows that are taken by their keys
AT_ONCE = 1_000  # rows that are filled in one statement


class WordsField(models.Field):
    """The words of other columns, for ``filter(…__hold=words)``. It is written on saving, and never loaded.

    A column may be one of rows that belong to this one, such as ``wordings__text``: whoever saves such a row asks for
    ``index_words``. Rows that were stored before the column was added have null until they are filled.
    """

    def __init__(self, *columns: str, **options: Any) -> None:
        self.columns = columns
        super().__init__(**{"null": True, "editable": False, **options})

    def deconstruct(self) -> Any:
        """Return how migrations make this field."""
        name, path, _arguments, options = super().deconstruct()
        del options["null"], options["editable"]
        return name, path, list(self.columns), options

    def db_type(self, connection: Any) -> str:
        """Return the type of the column."""
        return "tsvector"

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        """Return the words of a row that is saved."""
        return self.words_of(model_instance)

    def words_of(self, row: models.Model) -> str:
        """Return the words of a row, each form once, with a space between two of them."""
        return " ".join(words_of([text for column in self.columns for text in _texts(row, column.split(LOOKUP_SEP))]))

    def get_placeholder(self, value: Any, compiler: Any, connection: Any) -> str:
        """Return how the words are written. No dictionary or parser of the database changes them."""
        return "array_to_tsvector(string_to_array(%s, ' '))"

    def select_format(self, compiler: Any, sql: str, params: Any) -> tuple[str, tuple[str | int, ...]]:
        """Return what a query loads in place of the column."""
        return "NULL", ()


def words_of(texts: Iterable[str]) -> list[str]:
    """Return the words of some texts in every form by which a search finds them, each once."""
    found = (form for text in texts for forms in declarations.word_forms()(text) for form in forms)
    return list(dict.fromkeys(found))


@WordsField.register_lookup
class Match(Lookup):
    """The row matches a question as ``question`` writes it, which is not empty."""

    lookup_name = "match"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[str | int, ...]]:
        """Return the condition."""
        column, params = self.process_lhs(compiler, connection)
        return f"{column} @@ %s::tsquery", (*params, self.rhs)


@WordsField.register_lookup
class Hold(Match):
    """The row has all these words, or words that begin with them. Nothing is found where there is no word."""

    lookup_name = "hold"

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[str | int, ...]]:
        """Return the condition."""
        asked = question(str(self.rhs))
        if not asked:
            raise EmptyResultSet
        return Match(self.lhs, asked).as_sql(compiler, connection)


class Searchable(models.Model):
    """A row that is found by its words: they are saved whenever the columns that they come from are."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save the row, and its words where a column that they come from is saved."""
        changed = kwargs.get("update_fields")
        if changed is not None:
            kwargs["update_fields"] = {*changed, *(field.name for field in _fields_of(type(self), changed))}
        super().save(*args, **kwargs)


class FoundByWords:
    """For the QuerySet of a table that is searched: in which places ``search`` looks for words (see ``found``)."""

    word_places: ClassVar[tuple[str, ...]] = ("word_index",)

    def search(self, words: str) -> Self:
        """Rows that have all these words, or words that begin with them, in one of these places."""
        return cast("Self", found(cast("QuerySet[Any]", self), words, *self.word_places))


class SearchableRows:
    """For the QuerySet of a table that is searched: ``update`` saves the words too."""

    def update(self: Any, **changes: Any) -> int:
        """Change columns of these rows, and the words that come from them; return how many rows there are."""
        keys = list(self.values_list("pk", flat=True)) if _fields_of(self.model, changes) else []
        number: int = super().update(**changes)  # type: ignore[misc]  # of the QuerySet that comes after it
        if keys:
            self.model._default_manager.filter(pk__in=keys).index_words()
        return number

    def index_words(self: Any) -> None:
        """Save the words of these rows as they are now."""
        for field in fields_of(self.model):
            fill(field, self)


def question(text: str) -> str:
    """Return what the database is asked for the words that a person typed; empty where there are none."""
    words = list(dict.fromkeys(declarations.word_forms()(text)))[:MOST_ASKED]
    asked = [_either(forms, is_last=forms == words[-1]) for forms in words]
    return " & ".join(asked)


def found_in_list(model: type[models.Model], rows: ListRows, words: str) -> ListRows:
    """Choose the rows of a list, compiled or not, that have these words; all rows where nothing was asked."""
    places = cast("FoundByWords", model._default_manager.all()).word_places
    if not isinstance(rows, BoundQuery):
        return cast("QuerySet[Any]", found(rows, words, *places))
    if not words.strip():
        return rows
    keys = some_keys(model, words, *places)
    return rows.among(keys) if len(keys) <= FEW else _holding(rows.rows(), words, places)


def found(rows: QuerySet[Any], words: str, *places: str) -> Any:
    """Choose the rows of which one of these places holds all the words; all rows where nothing was asked.

    A place is the way to a ``WordsField``, such as ``claim__word_index``; or to rows of another table that have a
    ``search`` of their own, such as ``passage``; ``id`` is the search of this table itself.

    The planner cannot know how rare the beginning of a word is. Where it takes a rare one for frequent, it reads the
    whole table in the order of the list. Therefore this asks each place first, and names the rows if they are few.
    """
    if not words.strip():
        return rows
    keys = some_keys(rows.model, words, *places)
    return rows.filter(one_of("pk", listed(keys))) if len(keys) <= FEW else _holding(rows, words, places)


def some_keys(model: type[models.Model], words: str, *places: str) -> set[Any]:
    """Return the keys of the rows of which one of these places holds all the words; if they are many, only some.

    More than ``FEW`` keys say that there may be others.
    """
    everything = model._default_manager.order_by().values_list("pk", flat=True)
    keys: set[Any] = set()
    for place in places:
        if isinstance(get_fields_from_path(model, place)[-1], WordsField):
            asked = question(words)
            keys.update(_matching(asked, most=FEW + 1, model=model, place=place) if asked else ())
        else:
            keys.update(everything.filter(_held(model, place, words))[: FEW + 1])
        if len(keys) > FEW:
            break
    return keys


@partial(CompiledQuery, keeps_plan=False)
def _matching(asked: str, *, model: type[models.Model], place: str) -> QuerySet[Any]:
    rows = model._default_manager.filter(**{f"{place}__match": asked})
    return rows.order_by().values_list("pk", flat=True)


def fill(field: WordsField, rows: QuerySet[Any]) -> None:
    """Write the words of rows that exist, some at a time."""
    beside = {column.partition(LOOKUP_SEP)[0] for column in field.columns if LOOKUP_SEP in column}
    rows = rows.prefetch_related(*beside).order_by("pk")
    last = 0
    while some := list(rows.filter(pk__gt=last)[:AT_ONCE]):
        last = some[-1].pk
        with connections[rows.db].cursor() as cursor:
            cursor.execute(
                f'UPDATE "{rows.model._meta.db_table}" SET "{field.column}" = '  # noqa: S608 -- names of ours
                "array_to_tsvector(string_to_array(given.words, ' ')) FROM unnest(%s::bigint[], %s::text[]) "
                "AS given (key, words) WHERE id = given.key",
                [[row.pk for row in some], [field.words_of(row) for row in some]],
            )


def fill_stored(model: type[models.Model], *, like: str = "") -> None:
    """Write the words of the rows that a table had before it was searched; for a migration.

    After a change of the forms of words, write those of the rows of which a column is ``like`` this pattern of the
    database. Words are no part of what a row says, so this also changes rows that nothing may change.
    """
    for field in fields_of(model):
        rows = model._default_manager.filter(**{f"{field.name}__isnull": True})
        if like:
            matching = reduce(or_, (Q(**{f"{column}__regex": like}) for column in field.columns))
            rows = model._default_manager.filter(pk__in=model._default_manager.filter(matching).values("pk"))
        if not rows.exists():
            continue
        with transaction.atomic(), connections[rows.db].cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # a table with checks to come cannot be altered
            cursor.execute(f'ALTER TABLE "{model._meta.db_table}" DISABLE TRIGGER USER')
            fill(field, rows)
            cursor.execute(f'ALTER TABLE "{model._meta.db_table}" ENABLE TRIGGER USER')


def fields_of(model: type[models.Model]) -> list[WordsField]:
    """Return the columns of a table that hold its words."""
    return [field for field in model._meta.concrete_fields if isinstance(field, WordsField)]


def _fields_of(model: type[models.Model], changed: Iterable[str]) -> list[WordsField]:
    return [field for field in fields_of(model) if not set(changed).isdisjoint(field.columns)]


def _texts(row: Any, path: list[str]) -> list[str]:
    if not path:
        return [str(row or "")]
    if isinstance(row, models.Model):
        following = getattr(row, path[0])
        if isinstance(following, models.Manager):
            following = list(following.all()) if row.pk else []
        each = following if isinstance(following, list) else [following]
        return [text for one in each for text in _texts(one, path[1:])]
    return []


def _either(forms: tuple[str, ...], *, is_last: bool) -> str:
    """Ask for any form of a word; a word is letters and digits only, so nothing in it has to be escaped."""
    endings = [":*" if is_last or len(form) >= FEWEST_LETTERS or not form.isascii() else "" for form in forms]
    asked = [f"'{form}'{ending}" for form, ending in zip(forms, endings, strict=True)]
    return f"({' | '.join(asked)})"


def _holding(rows: QuerySet[Any], words: str, places: Iterable[str]) -> QuerySet[Any]:
    held = ((place, _held(rows.model, place, words)) for place in places)
    return rows.filter(reduce(or_, (_one_by_one(rows.model, *each) for each in held)))


def _held(model: type[models.Model], place: str, words: str) -> Q:
    field: Any = get_fields_from_path(model, place)[-1]
    if isinstance(field, WordsField):
        return Q(**{f"{place}__hold": words})
    target: Any = model if field.primary_key else field.related_model
    return Q(**{f"{place}__in": target._default_manager.search(words).order_by().values("pk")[: FEW + 1]})


def _one_by_one(model: type[models.Model], place: str, condition: Q) -> Q:
    """Return a condition that leaves each row once, also where several rows that belong to it hold the words."""
    if LOOKUP_SEP not in place:
        return condition
    return Q(pk__in=model._default_manager.filter(condition).order_by().values("pk"))
