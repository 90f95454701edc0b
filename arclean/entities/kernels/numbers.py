"""Digits with what separates them, checksums, and the numbers of cards, persons, accounts and machines."""

from __future__ import annotations

import numpy as np

from arclean import compiling as nb
from arclean.entities.kernels.addresses import NOWHERE
from arclean.entities.kernels.characters import (
    AT,
    COLON,
    COMMA,
    DASH,
    DOT,
    LOW_LINE,
    NONE,
    PERCENT,
    PLUS,
    ROUND,
    ROUND_END,
    SLASH,
    SPACE,
    byte_at,
    digit_at,
    is_digit_before,
    is_letter,
    is_plain,
    word_before,
)
from arclean.orthography.kernels import CODE, LF, ONE, THREE, TWO, U, code_at, code_before

MOST = 36
"""Digits that are looked at together; no number of any kind has more."""
TIGHT = np.uint8(0)


@nb.njit(nogil=True)
def gather(data, p, stop, value, begin, end, gap):  # type: ignore[no-untyped-def]
    """Read digits from byte p on, over single separators; answers how many.

    ``value``, ``begin``, ``end`` (`MOST` each) tell of each digit what it is and where; ``gap`` what stands before it: `TIGHT`, a space, a
    dash, a dot, or a bracket with or without a space.
    """
    n = 0
    between = TIGHT
    while n < MOST:
        digit, step = digit_at(data, p, stop)
        if digit == NONE:
            break
        value[n], begin[n], end[n], gap[n] = digit, p, p + step, between
        n += 1
        p += step
        between = TIGHT
        byte = byte_at(data, p, stop)
        if byte == SPACE or byte == DASH or byte == DOT or byte == ROUND or byte == ROUND_END:
            between = ROUND if byte == ROUND_END else byte
            p += ONE
            after = byte_at(data, p, stop)
            if (byte == SPACE and after == ROUND) or (byte == ROUND_END and (after == SPACE or after == DASH)):
                between = ROUND
                p += ONE
        elif byte == np.uint8(0xC2) and byte_at(data, p + ONE, stop) == np.uint8(0xA0):
            between = SPACE
            p += TWO
        elif byte == np.uint8(0xE2) and byte_at(data, p + ONE, stop) == np.uint8(0x80):
            if byte_at(data, p + TWO, stop) == np.uint8(0x91) or byte_at(data, p + TWO, stop) == np.uint8(0x93):
                between = DASH
                p += THREE
    return n


@nb.njit(nogil=True)
def _joins_numbers(code):  # type: ignore[no-untyped-def]
    """Whether a character between two digits makes them one number, a date, a time, a verse or a fraction."""
    byte = code & CODE(0x7F)
    ascii_sign = code < CODE(0x80) and (byte == DOT or byte == COMMA or byte == COLON or byte == SLASH or byte == DASH or byte == PLUS)
    return ascii_sign or code == CODE(0x66B) or code == CODE(0x66C) or code == CODE(0x60C) or code == CODE(0x60D)


@nb.njit(nogil=True)
def may_begin(data, first, last, p):  # type: ignore[no-untyped-def]
    """Whether a number may begin at byte p: it does not go on a word, a code, or another number, unless that was found whole."""
    if p == last or p == first:
        return True
    code, at = code_before(data, first, p)
    byte = data[at]
    if is_letter(byte) or byte == LOW_LINE or byte == AT:
        return False
    if byte == DASH and at > first and is_plain(data[at - ONE]) and at > last:
        return False
    return not (_joins_numbers(code) and at > last and is_digit_before(data, first, at))


@nb.njit(nogil=True)
def may_end(data, p, stop):  # type: ignore[no-untyped-def]
    """Whether a number may end before byte p: no digit, letter of ASCII, decimal, percentage or address goes on there."""
    if p >= stop:
        return True
    code, step = code_at(data, p)
    byte = data[p]
    if digit_at(data, p, stop)[0] != NONE or is_letter(byte) or byte == LOW_LINE or byte == AT or byte == PERCENT or code == CODE(0x66A):
        return False
    if byte == DASH or byte == DOT or byte == PLUS:
        if is_letter(byte_at(data, p + ONE, stop)):
            return False
    after = digit_at(data, p + step, stop)[0] != NONE
    return not (after and _joins_numbers(code) and byte != DASH and byte != SLASH)


@nb.njit(nogil=True)
def is_whole(n, size, gap):  # type: ignore[no-untyped-def]
    """Whether the first ``size`` of n digits are a number by themselves."""
    return n == size or (n > size and gap[size] != TIGHT)


@nb.njit(nogil=True)
def is_tight(size, gap):  # type: ignore[no-untyped-def]
    """Whether so many digits stand together."""
    for i in range(1, size):
        if gap[i] != TIGHT:
            return False
    return True


@nb.njit(nogil=True)
def luhn(value, size):  # type: ignore[no-untyped-def]
    """Whether the digits pass the check of ISO/IEC 7812-1, and are not all the same."""
    total = 0
    varied = False
    for i in range(size):
        digit = np.int64(value[size - 1 - i])
        if i % 2 == 1:
            digit = 2 * digit - (9 if digit > 4 else 0)
        total += digit
        varied |= value[i] != value[0]
    return varied and total % 10 == 0


@nb.njit(nogil=True)
def number_of(value, first, last):  # type: ignore[no-untyped-def]
    """The digits ``value[first:last]`` as a number."""
    made = 0
    for i in range(first, last):
        made = 10 * made + np.int64(value[i])
    return made


@nb.njit(nogil=True)
def is_date(year, month, day):  # type: ignore[no-untyped-def]
    """Whether there is such a day."""
    if month < 1 or month > 12 or day < 1:
        return False
    most = 30 if month == 4 or month == 6 or month == 9 or month == 11 else 31
    if month == 2:
        most = 29 if (year % 4 == 0 and year % 100 != 0) or year % 400 == 0 else 28
    return day <= most


@nb.njit(nogil=True)
def _card_groups(size, gap):  # type: ignore[no-untyped-def]
    """Whether the digits of a card stand together or in its groups: fours, or 4-6-5."""
    if is_tight(size, gap):
        return True
    sign = gap[4]
    if sign != SPACE and sign != DASH:
        return False
    for i in range(1, size):
        at_group = (i == 4 or i == 10) if size == 15 else i % 4 == 0
        if gap[i] != (sign if at_group else TIGHT):
            return False
    return True


@nb.njit(nogil=True)
def card_size(n, value, gap, cards):  # type: ignore[no-untyped-def]
    """How many of the digits are the number of a payment card; 0 if none are. ``cards`` (int64): first, last, and two lengths."""
    if n < 15:
        return 0
    issuer = number_of(value, 0, 6)
    for row in range(cards.shape[0]):
        if cards[row, 0] <= issuer <= cards[row, 1]:
            for i in range(2, 4):
                size = cards[row, i]
                if 0 < size <= n and is_whole(n, size, gap) and _card_groups(size, gap) and luhn(value, size):
                    return size
    return 0


@nb.njit(nogil=True)
def _is_moment(value):  # type: ignore[no-untyped-def]
    """Whether fourteen digits are a time as machines write it: year, month, day, hour, minute, second."""
    year = number_of(value, 0, 4)
    date = 1990 <= year <= 2099 and is_date(year, number_of(value, 4, 6), number_of(value, 6, 8))
    return date and number_of(value, 8, 10) < 24 and number_of(value, 10, 12) < 60 and number_of(value, 12, 14) < 60


@nb.njit(nogil=True)
def _is_egyptian(value, governorates):  # type: ignore[no-untyped-def]
    """Whether fourteen digits are a national number of Egypt: century, date of birth, governorate."""
    if value[0] != 2 and value[0] != 3:
        return False
    year = (1700 + 100 * np.int64(value[0])) + number_of(value, 1, 3)
    return is_date(year, number_of(value, 3, 5), number_of(value, 5, 7)) and governorates[number_of(value, 7, 9)] and not _is_moment(value)


@nb.njit(nogil=True)
def _is_kuwaiti(value):  # type: ignore[no-untyped-def]
    """Whether twelve digits are a civil number of Kuwait: century, date of birth, and a check digit."""
    if value[0] < 1 or value[0] > 3:
        return False
    if not is_date((1700 + 100 * np.int64(value[0])) + number_of(value, 1, 3), number_of(value, 3, 5), number_of(value, 5, 7)):
        return False
    weights = (2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    total = 0
    for i in range(11):
        total += weights[i] * np.int64(value[i])
    return 11 - total % 11 == np.int64(value[11])


@nb.njit(nogil=True)
def _is_emirati(value, gap):  # type: ignore[no-untyped-def]
    """Whether fifteen digits are an identity number of the Emirates: 784, year of birth, and a check digit; dashes or spaces between."""
    if number_of(value, 0, 3) != 784 or not 1900 <= number_of(value, 3, 7) <= 2099 or not luhn(value, 15):
        return False
    for i in range(1, 15):
        if gap[i] != (gap[3] if i == 3 or i == 7 or i == 14 else TIGHT):
            return False
    return True


@nb.njit(nogil=True)
def id_size(n, value, gap, cued, governorates):  # type: ignore[no-untyped-def]
    """How many of the digits are the number of a person; 0 if none are. After a word that says so any nine to fifteen are."""
    if n >= 15 and is_whole(n, 15, gap) and _is_emirati(value, gap):
        return 15
    size = 1
    while size < n and gap[size] == TIGHT:
        size += 1
    if size == 14 and _is_egyptian(value, governorates):
        return 14
    if size == 12 and _is_kuwaiti(value):
        return 12
    if cued and 9 <= size <= 15:
        saudi = size == 10 and (value[0] == 1 or value[0] == 2)
        return size if not saudi or luhn(value, 10) else 0
    return 0


@nb.njit(nogil=True)
def iban_at(data, first, last, p, stop, lengths):  # type: ignore[no-untyped-def]
    """End of the account number (IBAN) with its first digit at byte p, two letters before it; `NOWHERE` if it is none.

    ``lengths`` (uint8, 676): characters by the two letters of the country. Single spaces or dashes may stand between.
    """
    if p < last + TWO or not is_letter(data[p - ONE]) or not is_letter(data[p - TWO]):
        return NOWHERE
    if p > first + TWO and (is_plain(data[p - THREE]) or data[p - THREE] == LOW_LINE):
        return NOWHERE
    one, two = np.int64(data[p - TWO] | np.uint8(0x20)) - 0x61, np.int64(data[p - ONE] | np.uint8(0x20)) - 0x61
    length = np.int64(lengths[26 * one + two])
    rest, check, count = 0, 0, 2
    q = p
    while q < stop and count < length:
        digit, step = digit_at(data, q, stop)
        if digit == NONE and not is_letter(data[q]):
            if (data[q] != SPACE and data[q] != DASH) or count < 4 or data[q - ONE] == data[q]:
                return NOWHERE
            q += ONE
            continue
        number = np.int64(digit) if digit != NONE else np.int64(data[q] | np.uint8(0x20)) - 0x61 + 10
        if count < 4:
            if digit == NONE:
                return NOWHERE
            check = 10 * check + number
        else:
            rest = (rest * (10 if digit != NONE else 100) + number) % 97
        count += 1
        q += step
    rest = (((rest * 100 + one + 10) * 100 + two + 10) * 100 + check) % 97
    return q if length > 0 and count == length and rest == 1 and not is_plain(byte_at(data, q, stop)) else NOWHERE


@nb.njit(nogil=True)
def ipv4_end(data, p, stop):  # type: ignore[no-untyped-def]
    """End of four numbers from 0 to 255 with dots between them, one of which has two digits; `NOWHERE` if there are none such."""
    wide = False
    for octet in range(4):
        value = digits = 0
        zero = False
        while digits < 4:
            digit, step = digit_at(data, p, stop)
            if digit == NONE:
                break
            zero |= digits == 0 and digit == 0
            value = 10 * value + np.int64(digit)
            digits += 1
            p += step
        if digits == 0 or value > 255 or (zero and digits > 1):
            return NOWHERE
        wide |= digits > 1
        if octet < 3:
            if byte_at(data, p, stop) != DOT:
                return NOWHERE
            p += ONE
    return p if wide and (byte_at(data, p, stop) == COLON or may_end(data, p, stop)) else NOWHERE


@nb.njit(nogil=True)
def _is_hex(byte):  # type: ignore[no-untyped-def]
    return np.uint8(0x30) <= byte <= np.uint8(0x39) or np.uint8(0x61) <= (byte | np.uint8(0x20)) <= np.uint8(0x66)


@nb.njit(nogil=True)
def ipv6_at(data, first, p, stop):  # type: ignore[no-untyped-def]
    """Begin and end of the address of version 6 with its first colon at byte p; the end is `NOWHERE` if it is none.

    Eight groups of up to four hexadecimal digits, or fewer with ``::`` in one place (RFC 4291): those must hold a digit, and a letter or
    four groups, or else verses, times and names of programs would be taken.
    """
    begin = p
    while begin > first and p - begin < U(4) and _is_hex(data[begin - ONE]):
        begin -= ONE
    if begin > first and (is_plain(data[begin - ONE]) or data[begin - ONE] == COLON or data[begin - ONE] == LOW_LINE):
        return p, NOWHERE
    groups = letters = digits = 0
    short = False
    q = begin
    while q < stop:
        size = 0
        home = q
        while q < stop and size < 5 and _is_hex(data[q]):
            letters += data[q] > np.uint8(0x39)
            digits += data[q] <= np.uint8(0x39)
            size += 1
            q += ONE
        if size > 4 or groups + (size > 0) > 8:
            return p, NOWHERE
        if byte_at(data, q, stop) == DOT and size > 0 and digit_at(data, q + ONE, stop)[0] != NONE:
            end = ipv4_end(data, home, stop)
            return (begin, end) if end != NOWHERE and short and groups <= 6 else (p, NOWHERE)
        groups += size > 0
        if byte_at(data, q, stop) != COLON:
            break
        q += ONE
        if byte_at(data, q, stop) == COLON:
            if short:
                return p, NOWHERE
            short = True
            q += ONE
            if byte_at(data, q, stop) == COLON:
                return p, NOWHERE
        elif not (q < stop and _is_hex(data[q])):
            q -= ONE
            break
    if q < stop and (is_plain(data[q]) or data[q] == LOW_LINE):
        return p, NOWHERE
    full = not short and groups == 8
    telling = short and 1 < groups < 8 and digits > 0 and (letters > 0 or groups > 3)
    return (begin, q) if full or telling else (p, NOWHERE)


@nb.njit(nogil=True)
def is_version(data, first, p, pool, bounds):  # type: ignore[no-untyped-def]
    """Whether the four numbers from byte p on are rather a version or a section: they begin with one digit, and a word for it is near."""
    if digit_at(data, p + ONE, p + TWO)[0] != NONE:
        return False
    q = p
    while q > first and p - q < U(64):
        if word_before(data, first, q, pool, bounds):
            return True
        q -= ONE
        if data[q] == LF:
            break
    return False
