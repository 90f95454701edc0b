"""E-mail addresses, links, mentions and hashtags, each from the sign that gives it away."""

from __future__ import annotations

import numpy as np

from arclean import compiling as nb
from arclean.entities.kernels.characters import (
    AMPERSAND,
    ARABIC,
    ASCII_END,
    AT,
    COLON,
    DASH,
    DIGIT,
    DOT,
    FOREIGN,
    HASH,
    LETTER,
    LOW_LINE,
    MARK,
    PERCENT,
    PLUS,
    QUERY,
    ROUND,
    ROUND_END,
    SLASH,
    SQUARE,
    SQUARE_END,
    WORD,
    byte_at,
    ends_with,
    is_letter,
    is_plain,
    kind_at,
)
from arclean.orthography.kernels import ONE, THREE, TWO, U, code_at, code_before

LONGEST_LOCAL, LONGEST_HOST, LONGEST_USER, LONGEST_NAME = U(64), U(253), U(128), U(256)
"""Bytes: of what stands before @ and of a host (RFC 5321, RFC 1035); of a user in a link, and of a hashtag or mention."""
NOWHERE = U(0)


@nb.njit(nogil=True)
def _label_end(data, p, stop, kinds):  # type: ignore[no-untyped-def]
    """Where the label of a host that starts at byte p ends; p if none does. Arabic and other letters do not share a label."""
    kind = kind_at(data, p, stop, kinds)
    arabic = (kind & ARABIC) != 0
    if not arabic and (kind & (LETTER | DIGIT | FOREIGN)) == 0:
        return p
    q = p
    while q < stop:
        code, step = code_at(data, q)
        kind = kinds[code]
        taken = (kind & DIGIT) != 0 or (kind & (ARABIC if arabic else LETTER | FOREIGN)) != 0
        if not taken and not (data[q] == DASH or (data[q] == LOW_LINE and not arabic)):
            break
        q += step
    while q > p and (data[q - ONE] == DASH or data[q - ONE] == LOW_LINE):
        q -= ONE
    return q


@nb.njit(nogil=True)
def _is_top(data, p, q, kinds, tops, top_bounds):  # type: ignore[no-untyped-def]
    """Whether a label may be the last of a host: two letters or more, Arabic ones of the list, or the ASCII form of a name (xn--)."""
    if q - p < TWO:
        return False
    if kinds[code_at(data, p)[0]] & ARABIC:
        for i in range(top_bounds.shape[0] - 1):
            if U(top_bounds[i + 1] - top_bounds[i]) == q - p and ends_with(data, p, q, tops, top_bounds[i], top_bounds[i + 1]):
                return True
        return False
    if q - p > U(4) and data[p + TWO] == DASH and data[p + THREE] == DASH and (data[p] | np.uint8(0x20)) == np.uint8(0x78):
        return True
    while p < q:
        code, step = code_at(data, p)
        if (kinds[code] & (LETTER | FOREIGN)) == 0:
            return False
        p += step
    return True


@nb.njit(nogil=True)
def host_end(data, p, stop, kinds, shapes):  # type: ignore[no-untyped-def]
    """Where the labels from byte p on end; where the last one that can end a host does; how many labels that one counts."""
    stop = min(stop, p + LONGEST_HOST)
    loose, end, labels, count = p, p, 0, 0
    while p < stop:
        q = _label_end(data, p, stop, kinds)
        if q == p:
            break
        count += 1
        loose = q
        if count > 1 and _is_top(data, p, q, kinds, shapes.tops, shapes.top_bounds):
            end, labels = q, count
        if byte_at(data, q, stop) != DOT:
            break
        p = q + ONE
    return loose, end, labels


@nb.njit(nogil=True)
def _is_local(byte):  # type: ignore[no-untyped-def]
    return is_plain(byte) or byte == DOT or byte == LOW_LINE or byte == DASH or byte == PLUS or byte == PERCENT


@nb.njit(nogil=True)
def _local_begin(data, first, p, kinds):  # type: ignore[no-untyped-def]
    """Where the name before the @ at byte p begins; p if there is none. It is ASCII, or Arabic if that stands right before the @."""
    q = p
    if p > first and data[p - ONE] < ASCII_END:
        while q > first and p - q <= LONGEST_LOCAL and _is_local(data[q - ONE]):
            q -= ONE
        if p - q > LONGEST_LOCAL:
            return p
        while q < p and not is_plain(data[q]):
            q += ONE
        return q
    while q > first and p - q <= TWO * LONGEST_LOCAL:
        code, at = code_before(data, first, q)
        if (kinds[code] & (ARABIC | MARK | DIGIT)) == 0 and data[at] != DOT and data[at] != LOW_LINE and data[at] != DASH:
            break
        q = at
    if p - q > TWO * LONGEST_LOCAL:
        return p
    while q < p and (kind_at(data, q, p, kinds) & (ARABIC | DIGIT)) == 0:
        q += code_at(data, q)[1]
    return q


@nb.njit(nogil=True)
def email_at(data, first, p, stop, kinds, shapes):  # type: ignore[no-untyped-def]
    """Begin and end of the address with its @ at byte p; the end is `NOWHERE` if it is none."""
    if byte_at(data, p + ONE, stop) == DOT:
        return p, NOWHERE
    begin = _local_begin(data, first, p, kinds)
    if begin == p:
        return p, NOWHERE
    _, end, labels = host_end(data, p + ONE, stop, kinds, shapes)
    return begin, end if labels else NOWHERE


@nb.njit(nogil=True)
def _name_end(data, p, stop, kinds, dots):  # type: ignore[no-untyped-def]
    """Where the name from byte p on ends, and whether it holds a letter. Arabic that runs on from ASCII is the next word of the text."""
    stop = min(stop, p + LONGEST_NAME)
    lettered = arabic = plain = False
    while p < stop:
        code, step = code_at(data, p)
        kind = kinds[code]
        if kind & WORD:
            if kind & ARABIC and plain and not arabic and dots:
                break
            lettered |= (kind & (LETTER | ARABIC | FOREIGN)) != 0
            arabic |= (kind & ARABIC) != 0
        elif data[p] != LOW_LINE and not (dots and plain and data[p] == DOT and is_plain(byte_at(data, p + ONE, stop))):
            break
        plain = is_plain(data[p])
        p += step
    return p, lettered


@nb.njit(nogil=True)
def mention_at(data, first, p, stop, kinds):  # type: ignore[no-untyped-def]
    """End of the mention with its @ at byte p; `NOWHERE` if it is none. Arabic may run into it, if the name is not Arabic too."""
    before, at = code_before(data, first, p)
    kind = kinds[before]
    if kind & (LETTER | DIGIT | FOREIGN) or (p > first and (_is_local(data[at]) or data[at] == AT or data[at] == SLASH)):
        return NOWHERE
    if kind & (ARABIC | MARK) and not is_letter(byte_at(data, p + ONE, stop)):
        return NOWHERE
    end, lettered = _name_end(data, p + ONE, stop, kinds, True)
    return end if lettered and byte_at(data, end, stop) != AT else NOWHERE


@nb.njit(nogil=True)
def _is_colour(data, p, q):  # type: ignore[no-untyped-def]
    """Whether ``data[p:q]`` is a colour as style sheets write it: three, six or eight hexadecimal digits, one of them a digit."""
    if q - p != THREE and q - p != U(6) and q - p != U(8):
        return False
    digits = 0
    while p < q:
        low = data[p] | np.uint8(0x20)
        if not (np.uint8(0x30) <= data[p] <= np.uint8(0x39) or np.uint8(0x61) <= low <= np.uint8(0x66)):
            return False
        digits += data[p] <= np.uint8(0x39)
        p += ONE
    return digits > 0


@nb.njit(nogil=True)
def hashtag_at(data, first, last, p, stop, kinds):  # type: ignore[no-untyped-def]
    """End of the hashtag with its # at byte p; `NOWHERE` if it is none. Arabic may run into it, and another, which ends at byte last."""
    if p > first and p != last:
        before = data[p - ONE]
        if (
            kinds[code_before(data, first, p)[0]] & (LETTER | DIGIT | FOREIGN)
            or before == HASH
            or before == AMPERSAND
            or before == SLASH
            or before == LOW_LINE
        ):
            return NOWHERE
    end, lettered = _name_end(data, p + ONE, stop, kinds, False)
    after = byte_at(data, end, stop)
    if not lettered or after == AT or (after == COLON and byte_at(data, end + ONE, stop) == SLASH) or _is_colour(data, p + ONE, end):
        return NOWHERE
    return end


@nb.njit(nogil=True)
def _tail_end(data, p, stop, kinds, shapes):  # type: ignore[no-untyped-def]
    """Where path, query and fragment from byte p on end.

    Before what no link holds, before a bracket that was not opened, and before signs that end a sentence. Arabic that runs on from ASCII
    is the next word of the text, if the path held none before.
    """
    end = p
    plain = arabic = False
    rounds = squares = 0
    while p < stop:
        byte = data[p]
        if byte < ASCII_END:
            rounds += np.int64(byte == ROUND) - np.int64(byte == ROUND_END)
            squares += np.int64(byte == SQUARE) - np.int64(byte == SQUARE_END)
            if shapes.url_signs[byte] == 1 or rounds < 0 or squares < 0:
                break
            p += ONE
            if shapes.url_signs[byte] == 0:
                end = p
            plain = is_plain(byte)
        else:
            code, step = code_at(data, p)
            kind = kinds[code]
            if kind & WORD == 0 or (kind & ARABIC and plain and not arabic):
                break
            arabic |= (kind & ARABIC) != 0
            plain = False
            p += step
            end = p
    return end


@nb.njit(nogil=True)
def _rest_of_url(data, p, stop, kinds, shapes):  # type: ignore[no-untyped-def]
    """Where the link ends whose host ends at byte p."""
    if byte_at(data, p, stop) == COLON:
        q = p + ONE
        while q < stop and q - p <= U(5) and np.uint8(0x30) <= data[q] <= np.uint8(0x39):
            q += ONE
        p = q if q > p + ONE else p
    after = byte_at(data, p, stop)
    return _tail_end(data, p, stop, kinds, shapes) if after == SLASH or after == QUERY or after == HASH else p


@nb.njit(nogil=True)
def url_at(data, first, p, stop, kinds, shapes):  # type: ignore[no-untyped-def]
    """Begin and end of the link with ``://`` at byte p; the end is `NOWHERE` if it is none."""
    begin = p
    for i in range(shapes.scheme_bounds.shape[0] - 1):
        if ends_with(data, first, p, shapes.schemes, shapes.scheme_bounds[i], shapes.scheme_bounds[i + 1]):
            begin = min(begin, p - U(shapes.scheme_bounds[i + 1] - shapes.scheme_bounds[i]))
    if begin == p:
        return p, NOWHERE
    p += THREE
    q = p
    while q < stop and q - p < LONGEST_USER and (_is_local(data[q]) or data[q] == COLON):
        q += ONE
    if byte_at(data, q, stop) == AT:
        p = q + ONE
    if byte_at(data, p, stop) == SQUARE:
        q = p + ONE
        while q < stop and q - p < U(48) and (is_plain(data[q]) or data[q] == COLON or data[q] == DOT):
            q += ONE
        return begin, _rest_of_url(data, q + ONE, stop, kinds, shapes) if byte_at(data, q, stop) == SQUARE_END else NOWHERE
    loose, end, labels = host_end(data, p, stop, kinds, shapes)
    if loose == p:
        return begin, NOWHERE
    return begin, _rest_of_url(data, end if labels else loose, stop, kinds, shapes)


@nb.njit(nogil=True)
def www_at(data, first, p, stop, kinds, shapes):  # type: ignore[no-untyped-def]
    """Begin and end of the link without a scheme whose ``www`` ends at the dot at byte p; the end is `NOWHERE` if it is none."""
    begin = p - THREE
    if p < first + THREE:
        return p, NOWHERE
    for i in range(THREE):
        if (data[begin + i] | np.uint8(0x20)) != np.uint8(0x77):
            return p, NOWHERE
    if begin > first and (_is_local(data[begin - ONE]) or data[begin - ONE] == AT or data[begin - ONE] == SLASH):
        return p, NOWHERE
    _, end, labels = host_end(data, begin, stop, kinds, shapes)
    if labels < 3 or byte_at(data, end, stop) == AT:
        return p, NOWHERE
    return begin, _rest_of_url(data, end, stop, kinds, shapes)
