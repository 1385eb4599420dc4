"""What each app declares to the desk: acts, verbs, tabs, timetable, word search, archives, checks of log and health.

An app that stands on the desk subclasses ``DeskApp`` and says in its ``apps.py`` where each declaration is, as a dotted
path. The paths are read when they are first needed, once all apps are ready. So the ground floor names no app.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import chain
from typing import Any, Protocol

from django.apps import AppConfig, apps
from django.utils.functional import Promise
from django.utils.module_loading import import_string

from workbench.desk.anchor_declarations import AnchoredChain, GivenTimestamp
from workbench.desk.channel_declarations import ChannelTelling, Poster
from workbench.desk.fact_forms import LogFact, RowWords
from workbench.desk.roles import Act, Role
from workbench.desk.vocabulary import ChannelEvent, NotificationEvent, TwoPeopleRule, Verb


@dataclass(frozen=True)
class Tab:
    """An entry of the main navigation: the name of its page, its label, who sees it, and its place among all tabs."""

    view: str
    label: Promise
    act: Act
    order: int


@dataclass(frozen=True)
class SetUpStep:
    """A step from an empty desk to the first claim: its page, what it is for, who may take it, and its place.

    ``there`` says what is there already: nothing while the step is to be taken. Else the button says ``again``.
    """

    view: str
    label: Promise
    told: Promise
    act: Act
    order: int
    there: Callable[[], str]
    again: Promise


@dataclass(frozen=True)
class Health:
    """The answer of one health check, with its figures; ``ok`` is None where nothing but the figures is of interest.

    ``problem`` says in a sentence for a person what is wrong and what to do; empty where nothing is wrong.
    """

    ok: bool | None
    figures: Mapping[str, Any] = field(default_factory=dict)
    problem: str = ""


@dataclass(frozen=True)
class FoundRow:
    """A row that a search over everything found: where it is, what it is called, and what tells it from others."""

    url: str
    name: str
    language: str = ""
    detail: str = ""


@dataclass(frozen=True)
class SearchSection:
    """What the search over everything looks through: rows of one kind, which a person with this act may read.

    ``search`` returns the rows that words match, in the order in which they are shown. ``list_of_all`` is the address
    of their list with the words as its filter; empty where there is no such list.
    """

    name: str
    label: Promise
    act: Act
    order: int
    search: Callable[[str], Any]
    show: Callable[[Any], FoundRow]
    list_of_all: str = ""


@dataclass(frozen=True)
class RelatedRows:
    """What the page of a row lists of an app above: its rows that have to do with that one, given its key.

    ``model`` is the label of the row's model. ``view`` is a page of that app about the row, with its label, for people
    with this act; ``offers`` says for which rows, given the key and the person.
    """

    model: str
    label: Promise
    find: Callable[[int], Sequence[FoundRow]]
    view: str = ""
    view_label: Promise | str = ""
    act: Act | None = None
    offers: Callable[[int, Any], bool] | None = None


class LooksLike(Protocol):
    """A part of a text that is not what it looks like."""

    @property
    def kind(self) -> str:
        """In which way: ``mixed``, ``style``, ``heap`` or ``host``."""

    @property
    def written(self) -> str:
        """The part as it is written."""

    @property
    def plain(self) -> str:
        """What it looks like, in plain letters."""


@dataclass(frozen=True)
class Telling:
    """What people are told when an entry with this verb is added to the log, and who: the keys of people.

    ``whom`` gets the entry. Who acted is never told of their own act.
    """

    verb: Verb
    event: NotificationEvent
    whom: Callable[[Any], Iterable[int]]


@dataclass(frozen=True)
class HiddenRows:
    """Which rows of these models are hidden from a person, or from anybody who is not signed in (None).

    ``of`` returns by the label of a model, and there by column, the values of hidden rows: numbers, and names of rows
    as the log writes them. A name that ends with a space stands for all names that begin so.
    """

    models: Sequence[str]
    of: Callable[[int | None], Mapping[str, Mapping[str, Collection[int | str]]]]


class DeskApp(AppConfig):
    """An app that stands on the desk. Every declaration is a dotted path; an empty one declares nothing."""

    default_auto_field = "django.db.models.BigAutoField"

    acts = ""  # Mapping[Act, frozenset[Role]]: what a person may be allowed to do, and the roles that may
    admin_changes = ""  # Mapping[str, Act]: model name → who may add and change its rows in the Django admin
    two_people_rules = ""  # type[TwoPeopleRule]: what takes two people
    verbs = ""  # type[Verb]: the verbs of the log
    log_facts = ""  # Mapping[str, LogFact]: names of facts in log entries → their labels and forms
    log_rows = ""  # Mapping[str, RowWords]: names of models → how the log tells their rows
    open_logs = ""  # Mapping[str, Collection[Verb]]: models whose log all may read who see the row → acts that close it
    notification_events = ""  # type[NotificationEvent]: what people can be told of
    tellings = ""  # Sequence[Telling]: which entries of the log people are told of, and who
    channel_events = ""  # type[ChannelEvent]: what channels can be told of
    channel_tellings = ""  # Sequence[ChannelTelling]: which entries of the log channels are told of
    poster = ""  # Poster: what sends messages to channels; one app says it
    tabs = ""  # Sequence[Tab]
    set_up_steps = ""  # Sequence[SetUpStep]: how an empty desk comes to its first claim
    related_rows = ""  # Sequence[RelatedRows]: what pages of rows of apps below list
    search_sections = ""  # Sequence[SearchSection]
    timetable = ""  # Mapping[str, int]: names of Celery tasks → seconds between two pulses
    seals = ""  # Mapping[str, Sealed | Unsealed]: label of a model → how its rows are sealed, or why not
    log_checks = ""  # Mapping[str, Callable[[str], Iterator[Batch]]]: parts of the check of the whole log, by name
    anchored = ""  # Mapping[str, AnchoredChain]: hash chains that checkpoints of the log anchor too, by name
    timestamp = ""  # Callable[[str], GivenTimestamp | None]: asks the authority, where one is set; one app says it
    word_forms = ""  # Callable[[str], list[tuple[str, ...]]]: how a search compares words; one app says it
    disguises = ""  # Callable[[str], Sequence[LooksLike]]: what in a text is not what it looks like; one app says it
    archives = ""  # Sequence[Callable[[], Mapping[str, int]]]: bytes that it stores outside the database, by month
    hidden_rows = ""  # Sequence[HiddenRows]: what only named people see
    kept_texts = ""  # Sequence[Callable[[Any], Exists]]: from a document's key, whether its texts are still needed
    unsent_words = ""  # Sequence[Callable[[Any], Q]]: from a search's key, whether its words may leave the desk no more
    person_pages = ""  # Mapping[str, str]: what administrators do for a person: name of the page → label
    loads_first = ""  # Callable[[], object]: loads what all processes of the web server share, before it forks
    health_checks = ""  # Mapping[str, Callable[[], Health]]: what ``/readyz`` asks


def desk_apps() -> list[DeskApp]:
    """Return the apps that stand on the desk, in the order of INSTALLED_APPS: the ground floor first."""
    return [config for config in apps.get_app_configs() if isinstance(config, DeskApp)]


@cache
def acts() -> Mapping[Act, frozenset[Role]]:
    """Return every act, with the roles that may do it."""
    return dict(chain.from_iterable(declared.items() for declared in _declared("acts")))


@cache
def admin_changes() -> Mapping[tuple[str, str], Act]:
    """Return who may add and change which rows in the Django admin, by app label and model name.

    Models that are missing here can be looked at and not changed.
    """
    return {
        (config.label, model): act
        for config in desk_apps()
        if config.admin_changes
        for model, act in import_string(config.admin_changes).items()
    }


@cache
def related_rows(model: str) -> tuple[RelatedRows, ...]:
    """Return what the page of a row of this model lists of apps above."""
    return tuple(each for each in chain.from_iterable(_declared("related_rows")) if each.model == model)


@cache
def two_people_rules() -> Mapping[str, TwoPeopleRule]:
    """Return every rule of four eyes by its value, those of the apps in the order of INSTALLED_APPS."""
    return {rule.value: rule for rule in chain.from_iterable(_declared("two_people_rules"))}


@cache
def verbs() -> Mapping[str, Verb]:
    """Return every verb of the log by its value, sorted by value."""
    found = chain.from_iterable(_declared("verbs"))
    return {verb.value: verb for verb in sorted(found, key=lambda verb: str(verb.value))}


@cache
def open_logs() -> Mapping[str, Collection[Verb]]:
    """Return the models whose rows show their log to all who see them, with the acts that end what people may do."""
    return dict(chain.from_iterable(declared.items() for declared in _declared("open_logs")))


@cache
def log_facts() -> Mapping[str, LogFact]:
    """Return the facts that log entries keep, by their names; several apps may say what one name holds."""
    found: dict[str, LogFact] = {}
    for name, fact in chain.from_iterable(declared.items() for declared in _declared("log_facts")):
        found[name] = found[name].also(fact) if name in found else fact
    return found


@cache
def log_rows() -> Mapping[str, RowWords]:
    """Return how the log tells rows to a reader, by the names of their models."""
    return dict(chain.from_iterable(declared.items() for declared in _declared("log_rows")))


@cache
def notification_events() -> Mapping[str, NotificationEvent]:
    """Return what people can be told of, by its value, in the order of the apps."""
    return {event.value: event for event in chain.from_iterable(_declared("notification_events"))}


@cache
def tellings() -> Mapping[str, Sequence[Telling]]:
    """Return what people are told of, by the verb of the entry."""
    found: dict[str, list[Telling]] = {}
    for telling in chain.from_iterable(_declared("tellings")):
        found.setdefault(telling.verb.value, []).append(telling)
    return found


@cache
def channel_events() -> Mapping[str, ChannelEvent]:
    """Return what channels can be told of, by its value, in the order of the apps."""
    return {event.value: event for event in chain.from_iterable(_declared("channel_events"))}


@cache
def channel_tellings() -> Mapping[str, Sequence[ChannelTelling]]:
    """Return what channels are told of, by the verb of the entry."""
    found: dict[str, list[ChannelTelling]] = {}
    for telling in chain.from_iterable(_declared("channel_tellings")):
        found.setdefault(telling.verb.value, []).append(telling)
    return found


@cache
def poster() -> Poster:
    """Return what sends messages to channels."""
    found: list[Poster] = _declared("poster")
    return found[0]


@cache
def tabs() -> Sequence[Tab]:
    """Return the entries of the main navigation, in their order."""
    return sorted(chain.from_iterable(_declared("tabs")), key=lambda tab: tab.order)


@cache
def set_up_steps() -> Sequence[SetUpStep]:
    """Return the steps of the set-up, in their order."""
    return sorted(chain.from_iterable(_declared("set_up_steps")), key=lambda step: step.order)


@cache
def search_sections() -> Sequence[SearchSection]:
    """Return what the search over everything looks through, in the order of its page."""
    return sorted(chain.from_iterable(_declared("search_sections")), key=lambda section: section.order)


@cache
def timetable() -> Mapping[str, int]:
    """Return the seconds between two pulses of each task."""
    return dict(chain.from_iterable(declared.items() for declared in _declared("timetable")))


@cache
def seals() -> Mapping[str, Any]:
    """Return how the rows of each model are sealed, or why not, by the label of the model."""
    return dict(chain.from_iterable(declared.items() for declared in _declared("seals")))


@cache
def log_checks() -> Mapping[str, Callable[[str], Iterator[Any]]]:
    """Return the parts of the check of the log by name: each goes on after a place, and yields batches."""
    return dict(chain.from_iterable(declared.items() for declared in _declared("log_checks")))


@cache
def word_forms() -> Callable[[str], list[tuple[str, ...]]]:
    """Return what gives, for each word of a text, the forms by which a search finds it."""
    found: list[Callable[[str], list[tuple[str, ...]]]] = _declared("word_forms")
    return found[0]


@cache
def disguises() -> Callable[[str], Sequence[LooksLike]]:
    """Return what tells which parts of a text are not what they look like."""
    found: list[Callable[[str], Sequence[LooksLike]]] = _declared("disguises")
    return found[0]


@cache
def anchored() -> Mapping[str, AnchoredChain]:
    """Return the hash chains of apps that checkpoints of the log anchor too, by name."""
    return dict(chain.from_iterable(declared.items() for declared in _declared("anchored")))


@cache
def timestamp() -> Callable[[str], GivenTimestamp | None]:
    """Return what has a text stamped by the timestamp authority; its answer is None where no authority is set."""
    found: list[Callable[[str], GivenTimestamp | None]] = _declared("timestamp")
    return found[0]


@cache
def archives() -> Sequence[Callable[[], Mapping[str, int]]]:
    """Return what measures the bytes that apps store outside the database, by month."""
    return list(chain.from_iterable(_declared("archives")))


@cache
def kept_texts() -> Sequence[Callable[[Any], Any]]:
    """Return the conditions, on the key of a document, under which apps still need its texts."""
    return list(chain.from_iterable(_declared("kept_texts")))


@cache
def unsent_words() -> Sequence[Callable[[Any], Any]]:
    """Return the conditions, on the key of a search, under which its words are sent to no provider."""
    return list(chain.from_iterable(_declared("unsent_words")))


@cache
def hidden_rows() -> Sequence[HiddenRows]:
    """Return what tells which rows only named people see."""
    return list(chain.from_iterable(_declared("hidden_rows")))


@cache
def person_pages() -> Mapping[str, Any]:
    """Return the pages on which administrators do something for a person, by name, each with its label."""
    return dict(chain.from_iterable(declared.items() for declared in _declared("person_pages")))


@cache
def health_checks() -> Mapping[str, Callable[[], Health]]:
    """Return what must answer before this process is ready to work, by name."""
    return dict(chain.from_iterable(declared.items() for declared in _declared("health_checks")))


def _declared(what: str) -> list[Any]:
    paths = [getattr(config, what) for config in desk_apps()]
    return [import_string(path) for path in paths if path]
