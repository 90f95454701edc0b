"""Compiled passes over the markup of a page, as a conforming parser wrote it out: every element closed, every attribute quoted.

`walk` turns it into elements and lines of text. Elements stand in the order in which they open, so that a parent comes before its
children, and lines in the order of the page. Nothing of a page is a Python object here.
"""

from __future__ import annotations

import numba as nb
import numpy as np

U = np.uint64
DEEPEST = 1024
"""Elements within elements that are told apart; what lies deeper belongs to the last of them."""

# What a tag is; see arclean/rules/elements.py.
SKIP, VOID, BLOCK, BREAK, ROW, CELL, LINK, PRE, RAW, HEADING, PARAGRAPH, ITEM, TABLE = (1 << bit for bit in range(13))

# What is said about a page beside its text; the first column of `spans`.
TITLE, META, JSON_LD, LANGUAGE, CANONICAL, TIME = range(6)

# What a line is.
IN_HEADING, IN_PARAGRAPH, IN_ITEM, IN_ROW, IN_PRE, BROKEN = (1 << bit for bit in range(6))

SEED = U(0xCBF29CE484222325)
PRIME = U(0x100000001B3)


@nb.njit(nogil=True, cache=True)
def find(keys: np.ndarray, key: np.uint64) -> np.int64:
    """Where a key stands in a table of open addresses, -1 if it does not; 0 is no key."""
    mask = U(len(keys) - 1)
    slot = (key ^ (key >> U(29))) & mask
    while keys[slot] != U(0):
        if keys[slot] == key:
            return np.int64(slot)
        slot = (slot + U(1)) & mask
    return np.int64(-1)


@nb.njit(nogil=True, cache=True)
def mix(one: np.uint64, other: np.uint64) -> np.uint64:
    """A key for two in a row."""
    return (one ^ (other + U(0x9E3779B97F4A7C15) + (one << U(6)) + (one >> U(2)))) * PRIME


@nb.njit(nogil=True, cache=True)
def name_hash(data: np.ndarray, first: np.uint64, last: np.uint64) -> np.uint64:
    """Of a name, letters of either case alike (FNV-1a)."""
    key = SEED
    for at in range(first, last):
        byte = data[at]
        if U(65) <= byte <= U(90):
            byte = np.uint8(byte + np.uint8(32))
        key = (key ^ U(byte)) * PRIME
    return key


@nb.njit(nogil=True, cache=True)
def marks_of(data: np.ndarray, first: np.uint64, last: np.uint64, keys: np.ndarray, masks: np.ndarray, salt: np.uint64) -> np.uint64:
    """The bits of the rules that know a word, or two or three in a row, of the names in an attribute; `salt` says whose names alone.

    A name ends at white space, a word at a sign, a digit or a capital after a small letter: ``td-post-content``, ``postContent2``.
    """
    found = U(0)
    at = first
    while at < last:
        while at < last and data[at] <= U(32):
            at += U(1)
        before, earlier, whole, words = U(0), U(0), SEED, 0
        while at < last and data[at] > U(32):
            key, begin = SEED, at
            while at < last:
                byte = data[at]
                if U(65) <= byte <= U(90):
                    if at > begin and U(97) <= data[at - U(1)] <= U(122):
                        break
                    byte = np.uint8(byte + np.uint8(32))
                elif not U(97) <= byte <= U(122):
                    break
                key = (key ^ U(byte)) * PRIME
                whole = (whole ^ U(byte)) * PRIME
                at += U(1)
            if at > begin:
                words += 1
                for turn in range(3):
                    if turn == 0:
                        probe = key
                    elif turn == 1 and words > 1:
                        probe = mix(before, key)
                    elif turn == 2 and words > 2:
                        probe = mix(mix(earlier, before), key)
                    else:
                        break
                    slot = find(keys, mix(probe, salt))
                    if slot >= 0:
                        found |= masks[slot]
                earlier, before = before, key
            elif at < last and data[at] > U(32):
                at += U(1)
        if words:
            slot = find(keys, mix(whole, salt + U(1)))
            if slot >= 0:
                found |= masks[slot]
    return found


@nb.njit(nogil=True, cache=True)
def holds(data: np.ndarray, first: np.uint64, last: np.uint64, word: np.ndarray) -> bool:
    """Whether a word of small ASCII letters stands in some bytes, spaces left out, capitals taken for small."""
    size = U(len(word))
    got = U(0)
    for at in range(first, last):
        byte = data[at]
        if byte == U(32):
            continue
        if U(65) <= byte <= U(90):
            byte = np.uint8(byte + np.uint8(32))
        if byte == word[got]:
            got += U(1)
            if got == size:
                return True
        else:
            got = U(1) if byte == word[0] else U(0)
    return False


HIDDEN_STYLE = np.frombuffer(b"display:none", np.uint8)
LD_JSON = np.frombuffer(b"ld+json", np.uint8)


def _hash(name: str) -> np.uint64:
    return U(name_hash.py_func(np.frombuffer(name.encode(), np.uint8), 0, len(name)))


with np.errstate(over="ignore"):
    CLASS, ID, ROLE, ITEMPROP, STYLE, HIDDEN, ARIA, HREF = map(
        _hash, ("class", "id", "role", "itemprop", "style", "hidden", "aria-hidden", "href")
    )
    NAME, PROPERTY, CONTENT, TYPE, LANG, REL, DATETIME, HTTP = map(
        _hash, ("name", "property", "content", "type", "lang", "rel", "datetime", "http-equiv")
    )
    T_META, T_SCRIPT, T_TITLE, T_HTML, T_LINK, T_TIME, T_BR = map(_hash, ("meta", "script", "title", "html", "link", "time", "br"))

NAMES, ROLES = U(11), U(23)
"""Salts: for the words of classes and ids, and for those of roles and item properties."""


@nb.njit(nogil=True, cache=True)
def walk(
    data: np.ndarray,
    first: int,
    last: int,
    tag_keys: np.ndarray,
    tag_kinds: np.ndarray,
    tag_masks: np.ndarray,
    word_keys: np.ndarray,
    word_masks: np.ndarray,
    hidden_mask: np.uint64,
    parent: np.ndarray,
    kind: np.ndarray,
    mask: np.ndarray,
    look: np.ndarray,
    opens: np.ndarray,
    closes: np.ndarray,
    out: np.ndarray,
    begin: np.ndarray,
    end: np.ndarray,
    owner: np.ndarray,
    letters: np.ndarray,
    linked: np.ndarray,
    shape: np.ndarray,
    spans: np.ndarray,
) -> tuple[int, int, int]:
    """A page as elements and lines.

    Args:
        data, first, last: the markup.
        tag_keys, tag_kinds, tag_masks: by the hash of a tag: what it is, which rules know it.
        word_keys, word_masks: by the hash of words of names: which rules know them.
        hidden_mask: the rules for what is not shown.
        parent: the parent of each element; that of the first is itself.
        kind: what its tag is.
        mask: the rules that know it.
        look: a hash of its tag and classes.
        opens, closes: the first line in it, and the first after it.
        out: room for the text, as many bytes as the markup.
        begin, end: where each line lies in `out`.
        owner: the smallest element that holds all of a line.
        letters, linked: of a line, and of those that are in links.
        shape: what a line is.
        spans: what is said about the page beside its text: what it is, and where key and value lie in `data`.

    Returns:
        The numbers of elements, of lines, of spans.
    """
    i, n = U(first), U(last)
    stack = np.empty(DEEPEST + 1, np.int64)
    tags = np.empty(DEEPEST + 1, np.uint64)
    parent[0] = 0
    kind[0] = 0
    mask[0] = U(0)
    look[0] = U(0)
    opens[0] = 0
    stack[0] = 0
    tags[0] = U(0)
    depth, over, nodes, lines, said = 0, 0, 1, 0, 0
    skipping, in_link, in_pre = 0, 0, 0
    form = 0  # IN_... of the elements that are open
    headings, paragraphs, items, rows = 0, 0, 0, 0
    w, start = U(0), U(0)
    own, own_depth, floor = 0, 0, 0  # the smallest element that holds the line so far; how far up the walk went since its last letter
    pending, wide = False, 0
    count, count_linked = 0, 0
    cell_at, cell_letters, cell_linked, row_broken = U(0), 0, 0, False
    broken = 0
    while i < n:
        if data[i] != U(60):  # text
            stop = i
            while stop < n and data[stop] != U(60):
                stop += U(1)
            if skipping:
                i = stop
                continue
            fresh = True
            while i < stop:
                byte = data[i]
                size = U(1)
                if byte == U(38):  # of the references a parser leaves &amp; &lt; &gt; &quot; &nbsp;
                    if i + U(4) < stop and data[i + U(1)] == U(110) and data[i + U(2)] == U(98):
                        byte, size = np.uint8(160), U(6)
                    elif i + U(3) < stop and data[i + U(1)] == U(108):
                        byte, size = np.uint8(60), U(4)
                    elif i + U(3) < stop and data[i + U(1)] == U(103):
                        byte, size = np.uint8(62), U(4)
                    elif i + U(4) < stop and data[i + U(1)] == U(97):
                        size = U(5)
                    elif i + U(5) < stop and data[i + U(1)] == U(113):
                        byte, size = np.uint8(34), U(6)
                    i += size
                    if byte == U(160):
                        pending = True
                        wide += 1
                        continue
                elif byte <= U(32):
                    if in_pre and byte == U(10):
                        if w > start:
                            begin[lines], end[lines], owner[lines] = start, w, own
                            letters[lines], linked[lines], shape[lines] = count, count_linked, IN_PRE
                            lines += 1
                        start, count, count_linked, pending, fresh = w, 0, 0, False, True
                        i += U(1)
                        continue
                    if in_pre and w > start and (byte == U(32) or byte == U(9)):
                        out[w] = byte
                        w += U(1)
                        i += U(1)
                        continue
                    pending = True
                    i += U(1)
                    continue
                elif byte == U(0xC2) and i + U(1) < stop and data[i + U(1)] == U(0xA0):
                    pending = True
                    wide += 1
                    i += U(2)
                    continue
                else:
                    i += U(1)
                if pending:
                    if w > start and out[w - U(1)] != U(9):
                        if wide >= 3:  # the gap between the halves of a verse
                            for _ in range(4):
                                out[w] = np.uint8(32)
                                w += U(1)
                        else:
                            out[w] = np.uint8(32)
                            w += U(1)
                    pending, wide = False, 0
                if fresh:
                    if w == start:
                        own, own_depth = stack[depth], depth
                    elif floor < own_depth:
                        own, own_depth = stack[floor], floor
                    floor, fresh = depth, False
                out[w] = byte
                w += U(1)
                if byte >= U(0xC3):
                    if byte != U(0xE2):
                        count += 1
                        if in_link:
                            count_linked += 1
                elif U(48) <= byte <= U(57) or U(65) <= (byte & U(0xDF)) <= U(90):
                    count += 1
                    if in_link:
                        count_linked += 1
            continue
        if i + U(1) >= n:
            break
        byte = data[i + U(1)]
        if byte == U(33) or byte == U(63):  # comment, doctype
            if i + U(3) < n and data[i + U(2)] == U(45) and data[i + U(3)] == U(45):
                i += U(4)
                while i + U(2) < n and not (data[i] == U(45) and data[i + U(1)] == U(45) and data[i + U(2)] == U(62)):
                    i += U(1)
                i += U(3)
            else:
                while i < n and data[i] != U(62):
                    i += U(1)
                i += U(1)
            continue
        closing = byte == U(47)
        i += U(2) if closing else U(1)
        name_first = i
        while i < n and data[i] > U(32) and data[i] != U(62) and data[i] != U(47):
            i += U(1)
        tag = name_hash(data, name_first, i)
        slot = find(tag_keys, tag)
        what = np.int64(0)
        if slot >= 0:
            what = tag_kinds[slot]
        # ---- attributes
        node_mask, sign = U(0), tag
        has_href, fragment = False, False
        key_a, key_b, value_a, value_b, typed, dated_a, dated_b = U(0), U(0), U(0), U(0), False, U(0), U(0)
        lang_a, lang_b = U(0), U(0)
        canonical = False
        while i < n and data[i] != U(62):
            while i < n and (data[i] <= U(32) or data[i] == U(47)):
                i += U(1)
            attr_first = i
            while i < n and data[i] > U(32) and data[i] != U(61) and data[i] != U(62) and not (data[i] == U(47) and i > attr_first):
                i += U(1)
            attr_last = i
            a, b = i, i
            if i < n and data[i] == U(61):
                i += U(1)
                if i < n and (data[i] == U(34) or data[i] == U(39)):
                    quote = data[i]
                    i += U(1)
                    a = i
                    while i < n and data[i] != quote:
                        i += U(1)
                    b = i
                    i += U(1)
                else:
                    a = i
                    while i < n and data[i] > U(32) and data[i] != U(62):
                        i += U(1)
                    b = i
            elif attr_last == attr_first and i < n and data[i] != U(62):
                i += U(1)
            if closing or attr_last == attr_first:
                continue
            length = attr_last - attr_first
            if length < U(2) or length > U(11):
                continue
            attr = name_hash(data, attr_first, attr_last)
            if attr == CLASS:
                node_mask |= marks_of(data, a, b, word_keys, word_masks, NAMES)
                sign = mix(sign, name_hash(data, a, b))
            elif attr == ID:
                node_mask |= marks_of(data, a, b, word_keys, word_masks, NAMES)
            elif attr == ROLE:
                node_mask |= marks_of(data, a, b, word_keys, word_masks, ROLES)
            elif attr == ITEMPROP:
                node_mask |= marks_of(data, a, b, word_keys, word_masks, ROLES)
                key_a, key_b = a, b
            elif attr == STYLE:
                if holds(data, a, b, HIDDEN_STYLE):
                    node_mask |= hidden_mask
            elif attr == HIDDEN or (attr == ARIA and b > a and data[a] == U(116)):
                node_mask |= hidden_mask
            elif attr == HREF:
                has_href = True
                fragment = b - a > U(1) and data[a] == U(35)
                value_a, value_b = a, b
            elif attr == NAME or attr == PROPERTY or attr == HTTP:
                key_a, key_b = a, b
            elif attr == CONTENT:
                value_a, value_b = a, b
            elif attr == TYPE:
                typed = holds(data, a, b, LD_JSON)
            elif attr == LANG:
                lang_a, lang_b = a, b
            elif attr == REL:
                canonical = b - a == U(9) and data[a] == U(99)
            elif attr == DATETIME:
                dated_a, dated_b = a, b
        i += U(1)
        # ---- the end of a line
        if what & (BLOCK | BREAK | ROW | CELL):
            ends = True
            if what & CELL and not row_broken:
                if closing:
                    if count - cell_letters > 120 and cell_at > start:
                        # a long cell of a row is a text of its own: the cells before it are one line, it is another
                        begin[lines], end[lines], owner[lines] = start, cell_at, own
                        letters[lines], linked[lines], shape[lines] = cell_letters, cell_linked, form | IN_ROW
                        lines += 1
                        start = cell_at
                        count -= cell_letters
                        count_linked -= cell_linked
                    if count - cell_letters > 120 or start == cell_at:
                        row_broken = count > 120
                    ends = count > 120
                else:
                    ends = False
                    if w > start:
                        if out[w - U(1)] != U(9):
                            out[w] = np.uint8(9)
                            w += U(1)
                        cell_at, cell_letters, cell_linked = w, count, count_linked
                    else:
                        cell_at, cell_letters, cell_linked = start, 0, 0
                    pending, wide = False, 0
            if ends:
                stop = w
                while stop > start and out[stop - U(1)] <= U(32):
                    stop -= U(1)
                if stop > start:
                    begin[lines], end[lines], owner[lines] = start, stop, own
                    letters[lines], linked[lines], shape[lines] = count, count_linked, form | broken
                    lines += 1
                    if not what & ROW:
                        row_broken = True
                start, count, count_linked, pending, wide = w, 0, 0, False, 0
                cell_at, cell_letters, cell_linked = w, 0, 0
                broken = BROKEN if what & BREAK else 0
        if closing:
            # serialised markup is balanced; of anything else the nearest element of that name is closed
            if over > 0:
                over -= 1
                continue
            at = depth
            while at > 0 and tags[at] != tag:
                at -= 1
            while at > 0 and depth >= at:
                node = stack[depth]
                closes[node] = lines
                was = kind[node]
                if was & LINK:
                    in_link -= 1
                if was & PRE:
                    in_pre -= 1
                if was & HEADING:
                    headings -= 1
                if was & PARAGRAPH:
                    paragraphs -= 1
                if was & ITEM:
                    items -= 1
                if was & ROW:
                    rows -= 1
                if was & SKIP:
                    skipping -= 1
                depth -= 1
                floor = min(floor, depth)
            form = 0
            if headings > 0:
                form |= IN_HEADING
            if paragraphs > 0:
                form |= IN_PARAGRAPH
            if items > 0:
                form |= IN_ITEM
            if rows > 0:
                form |= IN_ROW
            if in_pre > 0:
                form |= IN_PRE
            continue
        # ---- what is said beside the text
        if said < len(spans):
            if tag == T_META:
                if key_b > key_a and value_b > value_a:
                    spans[said] = np.array([META, key_a, key_b, value_a, value_b])
                    said += 1
            elif tag == T_HTML:
                if lang_b > lang_a:
                    spans[said] = np.array([LANGUAGE, 0, 0, lang_a, lang_b])
                    said += 1
            elif tag == T_LINK:
                if canonical and value_b > value_a:
                    spans[said] = np.array([CANONICAL, 0, 0, value_a, value_b])
                    said += 1
            elif tag == T_TIME and dated_b > dated_a:
                spans[said] = np.array([TIME, 0, 0, dated_a, dated_b])
                said += 1
        if what & RAW:  # up to its end tag, as it stands
            a = i
            size = U(0)
            while i < n:
                if data[i] == U(60) and i + U(1) < n and data[i + U(1)] == U(47):
                    stop = i + U(2)
                    while stop < n and data[stop] > U(32) and data[stop] != U(62):
                        stop += U(1)
                    if name_hash(data, i + U(2), stop) == tag:
                        break
                i += U(1)
            b = i
            while i < n and data[i] != U(62):
                i += U(1)
            i += U(1)
            if said < len(spans) and b > a and ((tag == T_SCRIPT and typed) or tag == T_TITLE):
                spans[said] = np.array([JSON_LD if typed else TITLE, 0, 0, a, b])
                said += 1
            continue
        if what & VOID:
            continue
        if depth == DEEPEST:
            over += 1
            continue
        if slot >= 0:
            node_mask |= tag_masks[slot]
        if what & LINK and (not has_href or fragment):
            what &= ~LINK
        parent[nodes] = stack[depth]
        kind[nodes] = what
        mask[nodes] = node_mask
        look[nodes] = sign
        opens[nodes] = lines
        closes[nodes] = lines
        depth += 1
        stack[depth] = nodes
        tags[depth] = tag
        nodes += 1
        if what & LINK:
            in_link += 1
        if what & PRE:
            in_pre += 1
            form |= IN_PRE
        if what & HEADING:
            headings += 1
            form |= IN_HEADING
        if what & PARAGRAPH:
            paragraphs += 1
            form |= IN_PARAGRAPH
        if what & ITEM:
            items += 1
            form |= IN_ITEM
        if what & ROW:
            rows += 1
            form |= IN_ROW
            row_broken = False
            cell_at, cell_letters, cell_linked = w, 0, 0
        if what & SKIP:
            skipping += 1
    if w > start:
        begin[lines], end[lines], owner[lines] = start, w, 0
        letters[lines], linked[lines], shape[lines] = count, count_linked, form
        lines += 1
    while depth >= 0:
        closes[stack[depth]] = lines
        depth -= 1
    return nodes, lines, said
