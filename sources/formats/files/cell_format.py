"""Write the value of a cell as a workbook shows it: dates, decimals, thousands, percent and currency by its format."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal

LITERAL = re.compile(r'"([^"]*)"|\\(.)|_.|\*.|\[\$([^\]-]*)(?:-[^\]]*)?\]|\[[^\]]*\]')
DIGITS = re.compile(r"([#0?][#0?,]*?)(?:\.([#0?]*))?(,*)([eE][+-]0+)?(?![#0?,])")
GENERAL = "general"
MOST_DECIMALS = 15  # no cell holds more digits
MOST_SHOWN = 1e15  # from here on a workbook shows powers of ten
LONGEST_FORMAT = 255  # characters, by the format


def shown(value: object, number_format: str) -> str:
    """Return a value as the sheet shows it, with a point before decimals and a comma between thousands.

    How a program writes dates depends on its reader; here they are written as ISO 8601 does.
    """
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime):
        return _moment(value)
    if isinstance(value, date | time | timedelta):
        return str(value)
    if isinstance(value, int | float):
        return _number(value, number_format[:LONGEST_FORMAT])
    return str(value)


def _moment(value: datetime) -> str:
    is_day = (value.hour, value.minute, value.second, value.microsecond) == (0, 0, 0, 0)
    return value.date().isoformat() if is_day else value.isoformat(" ", "seconds")


def _number(value: float, number_format: str) -> str:
    if not abs(value) < MOST_SHOWN:  # nor is what is no number
        return f"{value:.5E}"
    sections = number_format.split(";")
    is_negative_form = value < 0 and len(sections) > 1 and sections[1].strip()
    section = sections[1] if is_negative_form else sections[0]
    literal = LITERAL.sub(lambda found: found[1] or found[2] or found[3] or "", section)
    digits = DIGITS.search(LITERAL.sub("", section))
    if section.strip().lower() in ("", GENERAL, "@") or digits is None or "/" in section:
        return _general(value)
    if digits[4]:
        return f"{value:.{_decimals(digits)}E}"
    number = Decimal(str(abs(value) if is_negative_form else value)) * (100 if "%" in literal else 1)
    rounded = number.scaleb(-3 * len(digits[3])).quantize(Decimal(1).scaleb(-_decimals(digits)), ROUND_HALF_UP)
    written = f"{rounded:,f}" if "," in digits[1] else _padded(f"{rounded:f}", digits[1].count("0"))
    placed = DIGITS.sub(lambda _found: written, literal, count=1)
    return placed if written in placed else written


def _padded(number: str, least: int) -> str:
    """Return a number with at least so many digits before its point, as a code of a region needs them."""
    sign, digits = ("-", number[1:]) if number.startswith("-") else ("", number)
    whole, point, decimals = digits.partition(".")
    return f"{sign}{whole.zfill(min(least, MOST_DECIMALS))}{point}{decimals}"


def _decimals(digits: re.Match[str]) -> int:
    """Return how many decimals a format asks for; an optional one (#) is shown as if it were asked for."""
    return min(len(digits[2] or ""), MOST_DECIMALS)


def _general(value: float) -> str:
    return str(int(value)) if value == int(value) else f"{value:.11g}"
