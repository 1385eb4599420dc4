"""The words of dates: names of months and weekdays in the languages of the desk, and names of time zones.

Month and weekday names are those of the Unicode locale data, as dateparser carries them: all regions of a language, so
that Arabic has the Levantine names (تشرين الثاني), those of Egypt and the Gulf (نوفمبر) and of the Maghreb (نونبر).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib import import_module
from typing import Any

from sources.language.folding import fold

LANGUAGES = ("en", "fr", "tr", "ar", "es", "de", "it", "ru", "uk", "he", "fa", "pt")
MONTHS = ("january", "february", "march", "april", "may", "june",
          "july", "august", "september", "october", "november", "december")  # fmt: skip
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
SHORTEST = 3  # letters of a name in Latin or Cyrillic: the two of some tables ("Oc", "Ha") are words as well
SHORTEST_ELSEWHERE = 2

# Spellings of the Arabic press that the locale data lack: the Levantine names without articles, and Iraq's May.
MORE_MONTHS = {
    "مايس": 5, "تشرين أول": 10, "تشرين ثاني": 11, "تشرين ثان": 11, "كانون أول": 12, "كانون ثاني": 1, "كانون ثان": 1,
}  # fmt: skip

# Names that no other zone of the tz database bears, and those that RFC 822 defines; in hours ahead of UTC. "CST" is of
# China, Cuba and America, "IST" of India, Ireland and Israel: a time in such a zone is known to its day.
ZONES: Mapping[str, float] = {
    "UTC": 0, "GMT": 0, "Z": 0, "UT": 0, "WET": 0, "WEST": 1, "BST": 1, "CET": 1, "CEST": 2, "MEZ": 1, "MESZ": 2,
    "EET": 2, "EEST": 3, "MSK": 3, "TRT": 3, "IDT": 3, "SAST": 2, "CAT": 2, "EAT": 3, "WAT": 1, "PKT": 5, "HKT": 8,
    "JST": 9, "KST": 9, "WIB": 7, "WITA": 8, "WIT": 9, "AWST": 8, "ACST": 9.5, "ACDT": 10.5, "AEST": 10, "AEDT": 11,
    "NZST": 12, "NZDT": 13, "NST": -3.5, "NDT": -2.5, "ADT": -3, "EST": -5, "EDT": -4, "CDT": -5, "MST": -7,
    "MDT": -6, "PST": -8, "PDT": -7, "AKST": -9, "AKDT": -8, "HST": -10,
}  # fmt: skip

# How a line says that its date is that of a change, in the languages of the desk; folded.
UPDATED = re.compile(
    r"\b(?:updat|last modif|modifi|mise? a jour|actualis|actualiz|guncelle|aktualisier|stand:|aggiorna|atualiz"
    r"|ultim[ao] (?:modif|actuali|aggior|atuali)|обновл|измен|оновл|змінен)"
    r"|تحديث|تعديل|עודכן|עדכון|روز ?رساني|ويرايش"
)

# Names of the day before yesterday that dateparser does not know; folded.
BEFORE_YESTERDAY = frozenset(
    map(fold, ("أول أمس", "أول من أمس", "أمس الأول", "evvelsi gün", "evvelki gün", "antier", "l'altro ieri", "پریروز"))
)

# How a line begins that says that its date is that of publication; folded.
PUBLISHED = re.compile(
    r"\W*(?:(?:date|fecha|data|datum) d\w+ |\w+\W+)?"
    r"(?:publi|posted|mise? en ligne|yayin|eklenme|giris tarihi|veroffentlicht|pubblica|опублик"
    r"|(?:ال)?نشر|פורסם|انتشار)"
)


@cache
def months() -> Mapping[str, int]:
    """Return the number of each month name, folded; names that two languages give to different months are left out."""
    found = _numbers(MONTHS)
    for name, number in MORE_MONTHS.items():
        found.setdefault(fold(name), set()).add(number)
    return _certain(found)


@cache
def weekdays() -> Mapping[str, int]:
    """Return the number of each weekday name, folded: Monday is 1; names of two days are left out."""
    return _certain(_numbers(WEEKDAYS))


def any_of(names: Iterable[str]) -> str:
    """Return a regular expression for any of some names, the longest first."""
    return "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))


def order(language: str) -> str:
    """Return how a language writes day, month and year in digits: "DMY" or "YMD"; empty where that is not certain.

    In English it depends on the country, and the language tag of a page is often that of its software.
    """
    return "" if language not in LANGUAGES or language == "en" else str(_data(language)["date_order"])


def _numbers(keys: Iterable[str]) -> dict[str, set[int]]:
    found: dict[str, set[int]] = {}
    for number, name in _names(tuple(keys)):
        found.setdefault(name, set()).add(number)
    return found


def _certain(found: Mapping[str, set[int]]) -> dict[str, int]:
    return {name: min(numbers) for name, numbers in found.items() if len(numbers) == 1 and _is_name(name)}


def _names(keys: tuple[str, ...]) -> Iterator[tuple[int, str]]:
    for language in LANGUAGES:
        data = _data(language)
        for table in (data, *data.get("locale_specific", {}).values()):
            for number, key in enumerate(keys, start=1):
                yield from ((number, fold(name).rstrip(".'׳")) for name in table.get(key, ()))


def _data(language: str) -> Mapping[str, Any]:
    return dict(import_module(f"dateparser.data.date_translation_data.{language}").info)


def _is_name(name: str) -> bool:
    return len(name) >= (SHORTEST if name < "\u0590" else SHORTEST_ELSEWHERE)
