"""Template filters for text from outside: language, text direction (bidi), and invisible characters made visible."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta, tzinfo
from functools import cache, lru_cache
from itertools import islice
from typing import Any

from django import template
from django.db.models import Model
from django.template import defaultfilters as dates
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext, gettext_lazy, ngettext_lazy

from workbench.desk import declarations
from workbench.desk.language_names import language_name
from workbench.pages.time_ago import ago

register = template.Library()
register.filter(language_name)
register.filter(ago)

MOST_KEPT = 4_000  # texts and dates that are kept as they were shown, for the next page
LONGEST_KEPT = 500  # characters of such a text

JOINERS = {"\u200c", "\u200d"}
# Scripts whose spelling needs the joiners: Arabic, Syriac, Thaana, N'Ko and those of India and its neighbors.
JOINING = re.compile("[\u0600-\u08ff\u0900-\u0dff\u0f00-\u109f\ufb50-\ufdff\ufe70-\ufeff]")
SUSPECT = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"  # controls, but for the tab and line ends
    "\xad\u061c\u180b-\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff0-\ufffb\U000e0000-\U000e0fff"  # formats
    "\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0"  # letters without a shape: fillers, a blank Braille cell
    "\ue000-\uf8ff\ufdd0-\ufdef\ufffe\uffff\U000f0000-\U0010ffff"  # private use, and what is no character
    "\ufe00-\ufe0f]"  # variation selectors
)
# Letters written from right to left: Hebrew, Arabic, Syriac, Thaana, N'Ko, Adlam and older scripts.
FROM_RIGHT = (
    "\u0590-\u05ff\u0608-\u065f\u066d-\u06ef\u06fa-\u07bf\u07ca-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"
    "\U00010800-\U00010fff\U0001e800-\U0001e94f\U0001e95a-\U0001efff"
)
IS_FROM_RIGHT = re.compile(f"[{FROM_RIGHT}]")
# A number or date with signs in or around it. Among letters from right to left its digits may change sides around a
# sign: 2024-11-29 then reads 29-11-2024, but not at the beginning of a line (Unicode UAX 9, rules W2 to W7).
NUMBER = re.compile(
    rf"(?:(?<!\w)[-+−±])?[$£€¥\u20a0-\u20cf]?(?<![^\W{FROM_RIGHT}])"
    r"(?:\d{1,3}(?:[ \u00a0\u2009\u202f]\d{3}){1,6}(?!\d)|\d{1,30})(?:[-‐‑–—−/.,:'’٫٬·×]\d{1,30}){0,8}"
    rf"[%٪‰°$£€¥\u20a0-\u20cf]?(?![^\W{FROM_RIGHT}])"
)
RIGHT_TO_LEFT = {"ar", "arc", "azb", "ckb", "dv", "fa", "he", "ks", "mzn", "ps", "sd", "syr", "ug", "ur", "yi"}
CONTROL_NAMES = {"\x00": "NULL", "\x07": "BELL", "\x08": "BACKSPACE", "\x1b": "ESCAPE", "\x7f": "DELETE"}


@register.filter
def said(text: str | None, language: str | None = "") -> SafeString:
    """Return text from outside, escaped and isolated in its own direction, with hidden characters made visible.

    Beside it stands what in it is not what it looks like: letters of several scripts, styled letters, heaps of marks.
    """
    text = str(text or "")
    say = _said if len(text) <= LONGEST_KEPT else _said.__wrapped__
    return say(text, language or "", get_language())


@lru_cache(maxsize=MOST_KEPT)
def _said(text: str, language: str, _of_page: str | None) -> SafeString:
    """Return the text as ``said`` shows it; the warnings are in the language of the page."""
    shown = format_html('<bdi dir="{}"{}>{}</bdi>', direction(language), _language_attribute(language), visible(text))
    return shown + _warnings(text)


@register.filter
def visible(text: str | None) -> SafeString:
    """Return a text escaped, with control and invisible characters named instead of hidden; nothing is left out.

    In text from right to left, numbers and dates with signs are isolated, so that one date always reads one way.
    """
    text = str(text or "")
    shown = _isolated if IS_FROM_RIGHT.search(text) else conditional_escape
    return format_html_join("", "{}", ((piece,) for piece in _pieces(text, shown)))


@register.filter(expects_localtime=True)
def date(value: Any, written: str | None = None) -> str:
    """Return a date as Django’s filter of this name writes it; a page writes the same ones again and again."""
    if type(value) is not datetime:
        return dates.date(value, written)
    return _date(value, value.tzinfo, written, get_language())


@lru_cache(maxsize=MOST_KEPT)
def _date(value: datetime, _zone: tzinfo | None, written: str | None, _of_page: str | None) -> str:
    """Return the date; moments of several time zones are equal, and written in different ways."""
    return dates.date(value, written)


@register.filter
def choice(row: Model, column: str) -> str:
    """Return the label of the value of a column, as ``get_…_display`` does, without translating all other labels."""
    value = getattr(row, column)
    return str(_labels(type(row), column).get(value, value))


@cache
def _labels(model: type[Model], column: str) -> dict[Any, Any]:
    return dict(model._meta.get_field(column).flatchoices)  # type: ignore[union-attr]


@register.filter
def spelled(text: str | None) -> str:
    """Return what ``visible`` shows as plain text: for titles and attributes, which hold no markup."""
    text = str(text or "")
    return SUSPECT.sub(
        lambda found: found.group() if _belongs(text, found.start()) else f"⟨{_code(found.group())}⟩", text
    )


@register.filter
def direction(language: str | None) -> str:
    """Return the value of ``dir`` for text in a language; the browser decides where the language is unknown."""
    code = (language or "").partition("-")[0].lower()
    if not code:
        return "auto"
    return "rtl" if code in RIGHT_TO_LEFT else "ltr"


@register.filter
def runs(text: Any) -> str:
    """Return the value of ``dir`` for a block with a text whose language we do not know: the first letter decides.

    ``dir="auto"`` does not do: browsers look past the element in which ``said`` isolates the text.
    """
    kinds = (unicodedata.bidirectional(letter) for letter in str(text or ""))
    return "rtl" if next((kind for kind in kinds if kind in {"L", "R", "AL"}), "L") != "L" else "ltr"


@register.filter
def span(duration: timedelta | None) -> str:
    """Return a duration in one unit that a person would use."""
    if duration is None:
        return ""
    seconds = duration.total_seconds()
    for size, unit in _UNITS:
        if seconds >= size:
            return unit % {"number": round(seconds / size)}
    return gettext("%(number)d ms") % {"number": round(seconds * 1000)}


_UNITS = [
    (86_400, ngettext_lazy("%(number)d day", "%(number)d days", "number")),
    (3_600, ngettext_lazy("%(number)d hour", "%(number)d hours", "number")),
    (60, ngettext_lazy("%(number)d minute", "%(number)d minutes", "number")),
    (1, ngettext_lazy("%(number)d second", "%(number)d seconds", "number")),
]


@register.filter
def percent(score: float | None) -> str:
    """Return a score between 0 and 1 as a whole number of hundredths."""
    return "" if score is None else f"{round(score * 100)}"


MOST_WARNINGS = 3  # beside one text
_WARNINGS = {
    "mixed": gettext_lazy("letters of several scripts, looks like “%(plain)s”"),
    "host": gettext_lazy("“%(written)s” looks like “%(plain)s”"),
    "style": gettext_lazy("styled letters, in plain ones “%(plain)s”"),
    "heap": gettext_lazy("many marks on one letter"),
}


def _warnings(text: str) -> SafeString:
    """Return the marks that stand beside a text because parts of it are not what they look like."""
    told = (_WARNINGS[each.kind] % {"written": each.written, "plain": each.plain} for each in _disguises(text))
    first = islice(dict.fromkeys(told), MOST_WARNINGS)
    return format_html_join("", ' <span class="disguise">⚠ {}</span>', ((visible(words),) for words in first))


def _disguises(text: str) -> Sequence[declarations.LooksLike]:
    return declarations.disguises()(text)


def _language_attribute(language: str | None) -> SafeString:
    return format_html(' lang="{}"', language) if language else mark_safe("")


def _pieces(text: str, shown: Callable[[str], SafeString]) -> list[SafeString]:
    """Cut a text at its hidden characters; mark each one, and show everything else."""
    pieces, start = [], 0
    for found in SUSPECT.finditer(text):
        if _belongs(text, found.start()):
            continue
        pieces += [shown(text[start : found.start()]), _marked(found.group())]
        start = found.end()
    return [*pieces, shown(text[start:])]


def _isolated(text: str) -> SafeString:
    """Return a text escaped, with its numbers isolated from left to right; digits alone need it nowhere."""
    pieces, start = [], 0
    for found in NUMBER.finditer(text):
        if not found.group().isdecimal():
            number = format_html('<bdi dir="ltr" class="digits">{}</bdi>', found.group())
            pieces += [conditional_escape(text[start : found.start()]), number]
            start = found.end()
    return format_html_join("", "{}", ((piece,) for piece in [*pieces, conditional_escape(text[start:])]))


def _belongs(text: str, at: int) -> bool:
    """Say whether a joiner or selector is part of the spelling: between letters that join, or within an emoji."""
    if at == 0:
        return False
    before = text[at - 1]
    if "\ufe00" <= text[at] <= "\ufe0f":  # after a letter it changes nothing, unless that is a Chinese one
        return before == "\u2139" or unicodedata.category(before)[0] in "SPN" or unicodedata.category(before) == "Lo"
    if text[at] not in JOINERS:
        return False
    return bool(JOINING.match(before)) or unicodedata.category(before) in {"So", "Sk", "Mn"}


def _marked(character: str) -> SafeString:
    code = _code(character)
    name = unicodedata.name(character, "") or CONTROL_NAMES.get(character, gettext("control character"))
    return format_html('<span class="control" title="{} {}">⟨{}⟩</span>', code, name, code)


def _code(character: str) -> str:
    return f"U+{ord(character):04X}"
