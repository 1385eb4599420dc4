"""Remove old texts that nothing rests on (retention): by a rule, or once; show first what a rule would remove."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import accumulate
from typing import Any

from django.db import transaction
from django.db.models import Count, F, Func, IntegerField
from django.db.models.functions import Length
from django.utils import timezone
from django.utils.translation import gettext as _

from sources.models import Document, Passage, Reading, RetentionRule, TextRemoval
from sources.models.retention import dependent, readings
from sources.models.vocabulary import SourceVerb
from workbench.desk import audit, sizes
from workbench.desk.models import User
from workbench.desk.refusal import Refusal
from workbench.desk.roles import require
from workbench.desk.vocabulary import DeskAct
from workbench.desk.work_queue import Next, WorkQuerySet

FEWEST_MONTHS, MOST_MONTHS = 1, 240
MONTH = timedelta(days=365.25 / 12)
AT_ONCE = 100  # texts looked at in one step: some thousand passages, about a second
MOST_PASSAGES = 4_000  # of these texts, unless the first alone has more: a long report has thousands
SHOWN_AT_ONCE = 1_000  # texts looked at in one query of a preview
EXAMPLES = 5
ROUND = timedelta(days=1)  # between two rounds of the rule in force


@dataclass
class Preview:
    """What a rule would remove now; bytes are about what the database would get back, with indexes and vectors."""

    months: int
    looked: int = 0  # texts that are old enough
    texts: int = 0
    passages: int = 0
    bytes: int = 0
    oldest: datetime | None = None
    newest: datetime | None = None
    examples: list[Reading] = field(default_factory=list)
    is_whole: bool = True  # False: it stopped at the most that it may look at

    @property
    def kept(self) -> int:
        """Return how many texts are old enough and stay, because something rests on them."""
        return self.looked - self.texts


def due() -> WorkQuerySet:
    """Return the rules, for a worker that removes what they say."""
    rows: WorkQuerySet = RetentionRule.objects.all()
    return rows


@transaction.atomic
def set_rule(months: int | None, *, by: User, once: bool = False) -> RetentionRule:
    """Set after how many months texts are removed that nothing rests on, every day from now on, or ``once``.

    None keeps every text. Raises ``Refusal`` and ``NotPermitted``.
    """
    require(by, DeskAct.MANAGE_STORAGE)
    if months is not None and not FEWEST_MONTHS <= months <= MOST_MONTHS:
        message = _("The number of months must be between %(fewest)d and %(most)d.")
        raise Refusal(message % {"fewest": FEWEST_MONTHS, "most": MOST_MONTHS}, "out_of_range", field="months")
    if months is None and once:
        raise Refusal(_("Say how old the texts are that you want to remove."), "no_months", field="months")
    before = RetentionRule.objects.standing()
    if before is not None and not once:
        before.rest()
    columns: dict[str, Any] = {} if months is not None else {"due_at": None}
    rule = RetentionRule.objects.create(months=months, once=once, set_by=by, **columns)
    verb = SourceVerb.REMOVED_TEXTS_ONCE if once else SourceVerb.SET_RETENTION
    audit.record(by, verb, rule, months=months, before=None if once or before is None else before.months)
    return rule


def preview(months: int, *, most: int | None = None) -> Preview:
    """Return what a rule would remove now; it looks at no more than ``most`` texts where that is given."""
    before = _before(months)
    found = Preview(months)
    per_passage = _bytes_per_passage()
    for keys in _chunks(before):
        found.looked += len(keys)
        _add(found, keys, before, per_passage)
        if most is not None and found.looked >= most:
            found.is_whole = len(keys) < SHOWN_AT_ONCE
            break
    return found


def remove(rule: RetentionRule) -> Next:
    """Look at the next texts of the age that a rule says, and remove those that nothing rests on."""
    if rule.months is None or (not rule.once and rule != RetentionRule.objects.standing()):
        return None
    before = _before(rule.months)
    waiting = readings().of_age(before).after(rule.looked_at, rule.looked_to)
    found = list(waiting.values_list("pk", "read_at")[:AT_ONCE])
    looked = found[: _affordable([key for key, _at in found])]
    texts, passages = _remove([key for key, _at in looked], before, rule)
    rule.texts, rule.passages = rule.texts + texts, rule.passages + passages
    is_over = len(looked) == len(found) < AT_ONCE
    rule.looked_to, rule.looked_at = (0, None) if is_over else looked[-1]
    rule.save(update_fields=["texts", "passages", "looked_to", "looked_at"])
    if not is_over:
        return timezone.now()
    return None if rule.once else timezone.now() + ROUND


def _affordable(keys: list[int]) -> int:
    """Return how many of these texts, from the first on, have as many passages together as one step can remove."""
    rows = Passage.objects.filter(reading__in=keys).order_by().values_list("reading").annotate(n=Count("pk"))
    numbers: dict[int, int] = dict(rows)
    total: list[int] = list(accumulate(numbers.get(key, 0) for key in keys))
    return max(1, sum(passages <= MOST_PASSAGES for passages in total))


def _remove(keys: Sequence[int], before: datetime, rule: RetentionRule) -> tuple[int, int]:
    """Remove of some texts those that nothing rests on; return how many texts and passages.

    Their documents are locked first, so that nobody begins to cite one meanwhile. A passage that somebody cites is
    protected by the database itself: the step then fails and is repeated.
    """
    documents = Document.objects.filter(captures__readings__in=keys).values("pk")
    list(Document.objects.select_for_update().filter(pk__in=documents).order_by("pk").values_list("pk"))
    chosen = list(
        readings()
        .filter(pk__in=keys)
        .unrested(before)
        .order_by("pk")
        .annotate(characters=Length("text"), number=Count("passages"))
        .values_list("pk", "sha256", "characters", "number")
    )
    if not chosen:
        return 0, 0
    gone = [key for key, *_facts in chosen]
    names = ("reading_id", "sha256", "characters", "passages")
    TextRemoval.objects.bulk_create(TextRemoval(rule=rule, **dict(zip(names, row, strict=True))) for row in chosen)
    Reading.objects.filter(pk__in=gone).update(text="")
    for model, column in dependent(Reading):
        model._default_manager.filter(**{f"{column}__in": gone}).delete()
    Passage.objects.filter(reading__in=gone).delete()
    passages = sum(number for *_facts, number in chosen)
    audit.record(
        *(None, SourceVerb.REMOVED_TEXTS, rule),
        texts=len(gone),
        passages=passages,
        sha256=hashlib.sha256("".join(f"{key} {sha256}\n" for key, sha256, *_ in chosen).encode()).hexdigest(),
    )
    return len(gone), passages


def _before(months: int) -> datetime:
    return timezone.now() - months * MONTH


def _chunks(before: datetime) -> Iterator[list[int]]:
    """Yield the keys of all texts that are old enough, some at a time, the oldest first."""
    at, key = None, 0
    while rows := list(readings().of_age(before).after(at, key).values_list("pk", "read_at")[:SHOWN_AT_ONCE]):
        yield [pk for pk, _at in rows]
        if len(rows) < SHOWN_AT_ONCE:
            return
        key, at = rows[-1]


def _add(found: Preview, keys: list[int], before: datetime, per_passage: float) -> None:
    """Add to a preview what of some texts would go."""
    rows = readings().filter(pk__in=keys).unrested(before).order_by("read_at", "pk")
    stored = Func(F("text"), function="pg_column_size", output_field=IntegerField())
    chosen = list(rows.annotate(stored=stored).values_list("pk", "read_at", "stored"))
    if not chosen:
        return
    passages = Passage.objects.filter(reading__in=[key for key, *_facts in chosen]).aggregate(n=Count("pk"))["n"]
    found.texts += len(chosen)
    found.passages += passages
    found.bytes += sum(stored for *_facts, stored in chosen) + round(passages * per_passage)
    found.oldest, found.newest = found.oldest or chosen[0][1], chosen[-1][1]
    if len(found.examples) < EXAMPLES:
        shown = rows.defer("text").select_related("capture__document")
        found.examples += list(shown[: EXAMPLES - len(found.examples)])


def _bytes_per_passage() -> float:
    """Return about how many bytes a passage takes, with indexes and vectors; 0 while the planner knows no number."""
    names = [Passage._meta.db_table, *(model._meta.db_table for model, _column in dependent(Passage))]
    known = {table.name: table for table in sizes.tables() if table.name in names}
    rows = known[Passage._meta.db_table].rows or 0
    return sum(table.bytes for table in known.values()) / rows if rows else 0.0
