"""Dates in Arabic text: Gregorian and Hijri, of any country's months, in any digits."""

from __future__ import annotations

import calendar
import re
from typing import Final

from arclean.rules import dates

_DIGITS: Final = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
_FOLD: Final = str.maketrans("أإآىةی", "اااي" + "هي")
_MARKS: Final = re.compile("[\u064b-\u0652\u0670\u0640\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def _months(table: tuple[tuple[str, ...], ...]) -> dict[str, int]:
    return {name: number for number, names in enumerate(table, 1) for name in names}


_GREGORIAN: Final = _months(dates.GREGORIAN)
_HIJRI: Final = _months(dates.HIJRI)


def _either(names: dict[str, int]) -> str:
    return "|".join(sorted(map(re.escape, names), key=len, reverse=True))


_ISO: Final = re.compile(
    r"(?<![0-9])([0-9]{4})-([0-9]{2})-([0-9]{2})(?:[Tt ]([0-9]{2}):([0-9]{2})(?::[0-9]{2}(?:[.][0-9]+)?)?(z|[+-][0-9]{2}:?[0-9]{2})?)?"
)
_NUMBERS: Final = re.compile(r"(?<![0-9])([0-9]{1,4})\s?[/.\-]\s?([0-9]{1,2})\s?[/.\-]\s?([0-9]{2,4})(?![0-9])")
_SECOND: Final = f"(?: ?[/(-] ?(?:{_either(_GREGORIAN)})[)]?)?"
_DAY_MONTH: Final = re.compile(
    rf"(?<![0-9])([0-9]{{1,2}})(?:st|nd|rd|th)?(?: من)?(?: شهر)? ?[-/,]? ?({_either(_GREGORIAN)}){_SECOND},? ?[-/,]? ?([0-9]{{4}})(?![0-9])"
)
_MONTH_DAY: Final = re.compile(rf"(?<![^\W\d])({_either(_GREGORIAN)}) ([0-9]{{1,2}})(?:st|nd|rd|th)?,? ([0-9]{{4}})(?![0-9])")
_HIJRI_DAY: Final = re.compile(rf"(?<![0-9])([0-9]{{1,2}})(?: من)?(?: شهر)? ?[-/]? ?({_either(_HIJRI)}),? ?[-/]? ?([0-9]{{4}})(?![0-9])")


def plain(text: str) -> str:
    """The text as the patterns here see it: one alef, one yeh, Western digits, no marks, small letters, single spaces.

    >>> plain("٣ آذار ٢٠٢٦")
    '3 اذار 2026'
    """
    folded = _MARKS.sub("", text.translate(_DIGITS)).translate(_FOLD).lower().replace("،", ",")
    return " ".join(folded.split())


def gregorian(text: str) -> str | None:
    """The first Gregorian date in a text as ISO 8601, with hour and minute where it is written so; None if there is none.

    A date of numbers alone is read with its day first, as the Arab countries write it, unless only the other way gives a month.

    >>> gregorian("الأربعاء، 28 آب/اغسطس 2013"), gregorian("نشر في ٣ جانفي ٢٠٢٤"), gregorian("25/12/2020 - 1:59")
    ('2013-08-28', '2024-01-03', '2020-12-25')
    >>> gregorian("1447/3/5 هـ")
    """
    said = plain(text)
    if found := _ISO.search(said):
        day = _valid(int(found[1]), int(found[2]), int(found[3]))
        if day:
            if found[4] and int(found[4]) < 24 and int(found[5]) < 60:
                return f"{day}T{found[4]}:{found[5]}{(found[6] or '').upper()}"
            return day
    if found := _DAY_MONTH.search(said):
        return _valid(int(found[3]), _GREGORIAN[found[2]], int(found[1]))
    if found := _MONTH_DAY.search(said):
        return _valid(int(found[3]), _GREGORIAN[found[1]], int(found[2]))
    for found in _NUMBERS.finditer(said):
        first, middle, last = int(found[1]), int(found[2]), int(found[3])
        if len(found[1]) == 4 and len(found[3]) <= 2:
            day = _valid(first, middle, last) or _valid(first, last, middle)
        elif len(found[1]) <= 2 and len(found[3]) == 4:
            day = _valid(last, middle, first) or _valid(last, first, middle)
        else:
            continue
        if day:
            return day
    return None


def hijri(text: str) -> str | None:
    """The first Hijri date in a text as year, month and day; None if there is none. It is not turned into a Gregorian one.

    >>> hijri("١٥ رمضان ١٤٤٧ هـ"), hijri("23 / 8 / 1426 هـ"), hijri("3 مارس 2026")
    ('1447-09-15', '1426-08-23', None)
    """
    said = plain(text)
    if found := _HIJRI_DAY.search(said):
        return _lunar(int(found[3]), _HIJRI[found[2]], int(found[1]))
    for found in _NUMBERS.finditer(said):
        if len(found[1]) == 4:
            day = _lunar(int(found[1]), int(found[2]), int(found[3]))
        elif len(found[3]) == 4:
            day = _lunar(int(found[3]), int(found[2]), int(found[1]))
        else:
            continue
        if day:
            return day
    return None


def _valid(year: int, month: int, day: int) -> str | None:
    if 1900 <= year <= 2100 and 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]:
        return f"{year:04}-{month:02}-{day:02}"
    return None


def _lunar(year: int, month: int, day: int) -> str | None:
    if 1300 <= year <= 1500 and 1 <= month <= 12 and 1 <= day <= 30:
        return f"{year:04}-{month:02}-{day:02}"
    return None
