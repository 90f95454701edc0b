"""Compiled passes over the markup of pages, as a conforming parser wrote it out: every element closed, every attribute quoted.

`walk` turns a page into elements and lines of text. Elements stand in the order in which they open, so that a parent comes before its
children, and lines in the order of the page. `choose` says which lines are the text: the element that holds it is the one with the
greatest sum over its lines, in which prose counts for its letters and lines of links against theirs (the maximum subsequence of Pasternack
and Roth, "Extracting article text from the web with maximum subsequence segmentation", WWW 2009, on the tree instead of the stream).
`read_pages` does both for a column. Nothing of a page is a Python object here.

All of it is one file, because numba keeps what it compiled for as long as the file of the caller is the same.
"""

from __future__ import annotations

import numpy as np

from arclean import compiling as nb

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
def find(keys, key):  # type: ignore[no-untyped-def]
    """Where a key stands in a table of open addresses, -1 if it does not; 0 is no key."""
    mask = U(len(keys) - 1)
    slot = (key ^ (key >> U(29))) & mask
    while keys[slot] != U(0):
        if keys[slot] == key:
            return np.int64(slot)
        slot = (slot + U(1)) & mask
    return np.int64(-1)


@nb.njit(nogil=True, cache=True)
def mix(one, other):  # type: ignore[no-untyped-def]
    """A key for two in a row."""
    return (one ^ (other + U(0x9E3779B97F4A7C15) + (one << U(6)) + (one >> U(2)))) * PRIME


@nb.njit(nogil=True, cache=True)
def name_hash(data, first, last):  # type: ignore[no-untyped-def]
    """Of a name, letters of either case alike (FNV-1a)."""
    key = SEED
    for at in range(first, last):
        byte = data[at]
        if U(65) <= byte <= U(90):
            byte = np.uint8(byte + np.uint8(32))
        key = (key ^ U(byte)) * PRIME
    return key


@nb.njit(nogil=True, cache=True)
def marks_of(data, first, last, keys, masks, salt):  # type: ignore[no-untyped-def]
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
        if words > 1:
            slot = find(keys, mix(whole, salt))
            if slot >= 0:
                found |= masks[slot]
    return found


@nb.njit(nogil=True, cache=True)
def holds(data, first, last, word):  # type: ignore[no-untyped-def]
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
    key: np.uint64 = U(name_hash.py_func(np.frombuffer(name.encode(), np.uint8), 0, len(name)))  # type: ignore[no-untyped-call, unused-ignore]
    return key


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


@nb.njit(nogil=True, inline="always")
def _keep(spans, number, kind, key_first, key_last, first, last):  # type: ignore[no-untyped-def]
    """One of the spans that a page says of itself. An array made for the row would compile a second longer."""
    spans[number, 0] = kind
    spans[number, 1], spans[number, 2] = key_first, key_last
    spans[number, 3], spans[number, 4] = first, last


@nb.njit(nogil=True, cache=True)
def walk(  # type: ignore[no-untyped-def]
    data, first, last, tag_keys, tag_kinds, tag_masks, word_keys, word_masks, hidden_mask, apart, drop, parent, kind, mask, look, opens,
    closes, out, begin, end, owner, marks, letters, linked, shape, spans
):  # fmt: skip
    """A page as elements and lines.

    Buffers:
        data, first, last: the markup.
        tag_keys, tag_kinds, tag_masks: by the hash of a tag: what it is, which rules know it.
        word_keys, word_masks: by the hash of words of names: which rules know them.
        hidden_mask: the rules for what is not shown.
        apart: the rules whose elements stand on lines of their own.
        drop: the rules that drop something.
        parent: the parent of each element; that of the first is itself.
        kind: what its tag is.
        mask: the rules that know it.
        look: a hash of its tag and classes.
        opens, closes: the first line in it, and the first after it.
        out: room for the text, as many bytes as the markup.
        begin, end: where each line lies in `out`.
        owner: the smallest element that holds all of a line.
        marks: the rules that know an element around some word of it, if one knows every word that is in no link; else none.
        letters, linked: of a line, and of those that are in links.
        shape: what a line is.
        spans: what is said about the page beside its text: what it is, and where key and value lie in `data`.

    Returns:
        The numbers of elements, of lines, of spans.
    """
    i, n = U(first), U(last)
    stack = np.empty(DEEPEST + 1, np.int64)
    tags = np.empty(DEEPEST + 1, np.uint64)
    under = np.zeros(DEEPEST + 1, np.uint64)  # the rules that know an element that is open, or one around it
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
    common, marked, covered = U(0), U(0), 0  # the rules that know words of the line; of this word; letters that a rule knows, or in links
    own, own_depth, floor = 0, 0, 0  # the smallest element that holds the line so far; how far up the walk went since its last letter
    pending, wide, solid = False, 0, False
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
                        stop_at = w
                        while stop_at > start and out[stop_at - U(1)] <= U(32):
                            stop_at -= U(1)
                        if stop_at > start:
                            begin[lines], end[lines], owner[lines] = start, stop_at, own
                            marks[lines] = common if covered >= count else U(0)
                            letters[lines], linked[lines], shape[lines] = count, count_linked, IN_PRE
                            lines += 1
                        start, count, count_linked, pending, fresh, solid = w, 0, 0, False, True, False
                        i += U(1)
                        continue
                    if in_pre and (byte == U(32) or byte == U(9)):
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
                    if not solid:
                        solid = True
                        own, own_depth, common, covered = stack[depth], depth, U(0), 0
                    elif floor < own_depth:
                        own, own_depth = stack[floor], floor
                    marked = under[depth] & drop
                    common |= marked
                    floor, fresh = depth, False
                out[w] = byte
                w += U(1)
                if byte >= U(0xC3):
                    if byte != U(0xE2):
                        count += 1
                        if in_link:
                            count_linked += 1
                        if in_link or marked:
                            covered += 1
                elif U(48) <= byte <= U(57) or U(65) <= (byte & U(0xDF)) <= U(90):
                    count += 1
                    if in_link:
                        count_linked += 1
                    if in_link or marked:
                        covered += 1
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
        if closing:
            if depth > 0 and tags[depth] == tag:
                what |= kind[stack[depth]] & BLOCK
        elif slot >= 0:
            node_mask |= tag_masks[slot]
        if node_mask & apart and not what & (VOID | RAW):
            what |= BLOCK
        # ---- the end of a line
        if what & (BLOCK | BREAK | ROW | CELL):
            ends = True
            if what & CELL and not row_broken:
                if closing:
                    if count - cell_letters > 120 and cell_at > start:
                        # a long cell of a row is a text of its own: the cells before it are one line, it is another
                        begin[lines], end[lines], owner[lines] = start, cell_at - U(1), own
                        marks[lines] = common if covered >= count else U(0)
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
                    marks[lines] = common if covered >= count else U(0)
                    letters[lines], linked[lines], shape[lines] = count, count_linked, form | broken
                    lines += 1
                    if not what & ROW:
                        row_broken = True
                start, count, count_linked, pending, wide, solid = w, 0, 0, False, 0, False
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
                    _keep(spans, said, META, key_a, key_b, value_a, value_b)
                    said += 1
            elif tag == T_HTML:
                if lang_b > lang_a:
                    _keep(spans, said, LANGUAGE, 0, 0, lang_a, lang_b)
                    said += 1
            elif tag == T_LINK:
                if canonical and value_b > value_a:
                    _keep(spans, said, CANONICAL, 0, 0, value_a, value_b)
                    said += 1
            elif tag == T_TIME and dated_b > dated_a:
                _keep(spans, said, TIME, 0, 0, dated_a, dated_b)
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
                _keep(spans, said, JSON_LD if typed else TITLE, 0, 0, a, b)
                said += 1
            continue
        if what & VOID:
            continue
        if depth == DEEPEST:
            over += 1
            continue
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
        under[depth] = under[depth - 1] | node_mask
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
        marks[lines] = common if covered >= count else U(0)
        letters[lines], linked[lines], shape[lines] = count, count_linked, form
        lines += 1
    while depth >= 0:
        closes[stack[depth]] = lines
        depth -= 1
    return nodes, lines, said


KEPT = -1
CARDS, LINK_LIST, LINK_LINE, OUTSIDE, NO_TEXT, TITLE_AGAIN, SIGNATURE = range(7)
"""The places of `arclean.rule.SHAPES` in `shapes`."""


@nb.njit(nogil=True, cache=True)
def word_hashes(data, first, last, into):  # type: ignore[no-untyped-def]
    """The hashes of the words of a line, marks and tatweel left out; as many as there is room for."""
    count, inside, key = 0, False, SEED
    at, end = U(first), U(last)
    while at < end:
        byte = data[at]
        size = U(1)
        letter = U(48) <= byte <= U(57) or U(65) <= (byte & U(0xDF)) <= U(90)
        silent = False
        if byte >= U(0xC0) and at + U(1) < end:
            after = data[at + U(1)]
            size = U(2) if byte < U(0xE0) else (U(3) if byte < U(0xF0) else U(4))
            silent = byte == U(0xD9) and (after == U(0x80) or U(0x8B) <= after <= U(0x92))
            stop = byte == U(0xE2) or byte == U(0xC2) or (byte == U(0xD8) and (after == U(0x8C) or after == U(0x9B) or after == U(0x9F)))
            letter = not stop
        if silent:
            at += size
            continue
        if letter:
            for step in range(size):
                if at + U(step) < end:
                    key = (key ^ U(data[at + U(step)] | (U(32) if size == U(1) else U(0)))) * PRIME
            inside = True
        elif inside:
            if count < len(into):
                into[count] = key
                count += 1
            inside, key = False, SEED
        at += size
    if inside and count < len(into):
        into[count] = key
        count += 1
    return count


@nb.njit(nogil=True, cache=True)
def ends_sentence(data, first, last):  # type: ignore[no-untyped-def]
    """Whether a line ends as sentences do: . ! ? : ; and the Arabic ones, quotes and brackets after them left aside."""
    at = U(last)
    begin = U(first)
    while at > begin:
        byte = data[at - U(1)]
        if byte == U(34) or byte == U(41) or byte == U(93) or byte == U(32):
            at -= U(1)
            continue
        if byte == U(0xBB) and at - begin >= U(2) and data[at - U(2)] == U(0xC2):
            at -= U(2)
            continue
        if byte == U(0x9D) and at - begin >= U(3) and data[at - U(3)] == U(0xE2):
            at -= U(3)
            continue
        break
    if at == begin:
        return False
    byte = data[at - U(1)]
    if byte == U(46):
        return not (at - begin >= U(3) and data[at - U(2)] == U(46) and data[at - U(3)] == U(46))
    if byte == U(33) or byte == U(63) or byte == U(58) or byte == U(59):
        return True
    if at - begin >= U(2) and data[at - U(2)] == U(0xD8):
        return byte == U(0x9B) or byte == U(0x9F) or byte == U(0x8C)
    return False


@nb.njit(nogil=True, cache=True)
def weigh(text, begin, end, letters, linked, lines, prose, ended):  # type: ignore[no-untyped-def]
    """The letters of prose of each line, and their sum: 0 for a line that is none.

    Prose has forty letters outside of links, seven words and the end of a sentence, or a hundred letters.
    """
    total = 0
    for line in range(lines):
        free = letters[line] - linked[line]
        prose[line] = 0
        stops = ends_sentence(text, begin[line], end[line])
        ended[line] = stops
        if free < 40 or 2 * linked[line] >= letters[line]:
            continue
        words = 1
        for at in range(U(begin[line]), U(end[line])):
            words += text[at] == U(32)
        if (words >= 7 and stops) or (words >= 12 and free >= 100):
            prose[line] = free
            total += free
    return total


@nb.njit(nogil=True, cache=True)
def choose(  # type: ignore[no-untyped-def]
    source, text, spans, said, parent, kind, mask, look, opens, closes, nodes, begin, end, owner, marks, letters, linked, shape,
    lines, drop, believed, outside, weight, denied, shapes, verdict
):  # fmt: skip
    """Write the number of the rule by which each line goes, or `KEPT`, to `verdict`; give the line of the title, or -1."""
    rules = len(believed)
    prose = np.zeros(lines + 1, np.int64)
    ended = np.zeros(lines + 1, np.bool_)
    total = weigh(text, begin, end, letters, linked, lines, prose, ended)
    prose_to = np.zeros(lines + 1, np.int64)
    for line in range(lines):
        prose_to[line + 1] = prose_to[line] + prose[line]
    # ---- which elements go, by their names
    gone = np.full(nodes, -1, np.int64)
    factor = np.ones(nodes, np.float64)
    within = np.zeros(nodes, np.bool_)
    known = np.zeros(nodes, np.uint64)
    for node in range(nodes):
        above = parent[node]
        if node > 0:
            gone[node] = gone[above]
            within[node] = within[above]
            known[node] = known[above]
        bits = mask[node]
        known[node] |= bits
        if bits == U(0):
            continue
        off = U(0)
        for rule in range(rules):
            if bits >> U(rule) & U(1) and weight[rule] > 0.0:
                factor[node] = max(factor[node], weight[rule])
                off |= denied[rule]
        if factor[node] > 1.0:
            within[node] = True
        if gone[node] >= 0:
            continue
        bits &= drop & ~off
        if factor[node] >= 2.0 or (node > 0 and within[above]):
            bits &= ~outside
        share = prose_to[closes[node]] - prose_to[opens[node]]
        for rule in range(rules):
            if bits >> U(rule) & U(1) and share <= believed[rule] * total:
                gone[node] = rule
                break
    # ---- cards: three or more alike, each with a headline that is a link, and little prose
    card = np.zeros(nodes, np.bool_)
    alike = np.zeros(nodes, np.uint64)
    cards = np.zeros(nodes, np.int64)
    headline_to = np.zeros(lines + 1, np.int64)
    for line in range(lines):
        heads = linked[line] >= 18 and 10 * linked[line] >= 8 * letters[line]
        headline_to[line + 1] = headline_to[line] + heads
    for node in range(1, nodes):
        size = closes[node] - opens[node]
        if size == 0 or size > 14 or headline_to[closes[node]] == headline_to[opens[node]]:
            continue
        if prose_to[closes[node]] - prose_to[opens[node]] > 450:
            continue
        card[node] = True
        above = parent[node]
        if alike[above] == look[node]:
            cards[above] += 1
        elif cards[above] < 3:
            alike[above], cards[above] = look[node], 1
    for node in range(1, nodes):
        above = parent[node]
        if gone[node] < 0:
            if gone[above] >= 0:
                gone[node] = gone[above]
            elif card[node] and cards[above] >= 3 and alike[above] == look[node]:
                gone[node] = shapes[CARDS]
    signed = np.zeros(lines + 1, np.bool_)
    # ---- what stands under a line of underscores, to the end of its element
    signed_to = -1
    for line in range(lines):
        if shapes[SIGNATURE] >= 0 and line >= signed_to and end[line] - begin[line] >= 10:
            bare = True
            for at in range(U(begin[line]), U(end[line])):
                if text[at] != U(95):
                    bare = False
                    break
            if bare and prose_to[closes[owner[line]]] - prose_to[line] == 0:
                signed_to = closes[owner[line]]
        signed[line] = line < signed_to
    # ---- the element with the most text
    score_to = np.zeros(lines + 1, np.float64)
    for line in range(lines):
        verdict[line] = gone[owner[line]]
        if verdict[line] < 0 and signed[line]:
            verdict[line] = shapes[SIGNATURE]
        score = 0.0
        if verdict[line] < 0:
            free = letters[line] - linked[line]
            if prose[line] > 0:
                score = float(free)
            elif 10 * linked[line] >= 6 * letters[line]:
                score = -float(min(letters[line], 100) + 10)
            elif letters[line] > 0:
                score = 0.5 * free
            bits = marks[line] & drop & ~known[owner[line]]
            if bits and prose[line] == 0:  # each word of it stands in an element of its own that goes, or in a link
                score = min(score, 0.0)
                for rule in range(rules):
                    if bits >> U(rule) & U(1):
                        verdict[line] = rule
                        break
        score_to[line + 1] = score_to[line] + score
    best, most = 0, -1e18
    for node in range(nodes):
        if gone[node] >= 0:
            continue
        score = (score_to[closes[node]] - score_to[opens[node]]) * factor[node]
        if score >= most:
            best, most = node, score
    if shapes[OUTSIDE] < 0:
        best = 0
    first, last = opens[best], closes[best]
    if factor[best] > 1.0:  # others of the same kind: the posts of a thread, the parts of an article
        for node in range(1, nodes):
            like = look[node] == look[best] or (factor[node] >= 2.0 and parent[node] == parent[best])
            if like and gone[node] < 0 and score_to[closes[node]] - score_to[opens[node]] > 40:
                first, last = min(first, opens[node]), max(last, closes[node])
    # ---- lists of links within it
    letters_to = np.zeros(lines + 1, np.int64)
    linked_to = np.zeros(lines + 1, np.int64)
    for line in range(lines):
        kept = verdict[line] < 0
        letters_to[line + 1] = letters_to[line] + (letters[line] if kept else 0)
        linked_to[line + 1] = linked_to[line] + (linked[line] if kept else 0)
    for line in range(lines):
        if verdict[line] < 0 and (line < first or line >= last):
            verdict[line] = shapes[OUTSIDE]
    for node in range(1, nodes):
        low, high = opens[node], closes[node]
        if low < first or high > last or high - low < 2 or gone[node] >= 0 or node == best:
            continue
        all_letters = letters_to[high] - letters_to[low]
        all_linked = linked_to[high] - linked_to[low]
        talk = prose_to[high] - prose_to[low]
        if all_linked > 0 and ((10 * all_linked >= 6 * all_letters and talk == 0) or 10 * all_linked >= 8 * all_letters):
            for line in range(low, high):
                if verdict[line] < 0 and not shape[line] & IN_HEADING:
                    verdict[line] = shapes[LINK_LIST]
    for line in range(first, last):
        if verdict[line] < 0 and letters[line] > 0 and 100 * linked[line] >= 85 * letters[line] and not shape[line] & (IN_ROW | IN_PRE):
            verdict[line] = shapes[LINK_LINE]
    # ---- headings of what went
    heading_of = -1
    for line in range(last - 1, first - 1, -1):
        if verdict[line] >= 0:
            if heading_of == -1 and (
                verdict[line] == shapes[CARDS] or verdict[line] == shapes[LINK_LIST] or verdict[line] == shapes[LINK_LINE]
            ):
                heading_of = verdict[line]
        elif shape[line] & IN_HEADING and heading_of >= 0 and letters[line] < 60:
            verdict[line] = heading_of
            heading_of = -1
        else:
            heading_of = -1 if shape[line] & IN_HEADING else -2  # text stands under the next heading up
    talk, rest, links = 0, 0, 0
    opening = np.int64(-1)  # a literal would compile `find_title` twice
    for line in range(first, last):
        if verdict[line] < 0:
            talk += prose[line]
            rest += letters[line] - linked[line]
            links += linked[line]
            if opening < 0 and prose[line] > 0:
                opening = line
    title = find_title(
        source, text, spans, said, parent, kind, gone, outside, begin, end, owner, letters, linked, shape, lines, first, opening
    )
    real = talk >= 140 or (rest >= 200 and 3 * links <= rest) or (factor[best] >= 2.0 and rest >= 40)
    if title >= 0 and talk >= 50 and 4 * links <= rest and shape[title] & IN_HEADING and linked[title] == 0:
        real = True  # a headline and a sentence: the shortest of news
    if not real and shapes[NO_TEXT] >= 0:
        for line in range(lines):
            if verdict[line] < 0:
                verdict[line] = shapes[NO_TEXT]
        return -1
    if title >= 0:
        verdict[title] = KEPT
        for line in range(title + 1, first):  # what stands between a title and the text is its lead
            if prose[line] > 0 and gone[owner[line]] < 0:
                verdict[line] = KEPT
        drop_again(text, begin, end, title, first, last, verdict, shapes[TITLE_AGAIN])
    return title


@nb.njit(nogil=True, cache=True)
def find_title(  # type: ignore[no-untyped-def]
    source, text, spans, said, parent, kind, gone, outside, begin, end, owner, letters, linked, shape, lines, first, opening
):  # fmt: skip
    """The line that is the title: says what the page calls itself, or is the first heading of its first order near the text; or -1."""
    told = np.empty(64, np.uint64)
    size = 0
    for number in range(said):
        if spans[number, 0] == TITLE:
            size = word_hashes(source, spans[number, 3], spans[number, 4], told)
            break
    until = min(lines, (opening if opening >= 0 else first) + 3)
    words = np.empty(64, np.uint64)
    best, most = -1, 0.0
    for line in range(until):
        if letters[line] < 3 or letters[line] > 250:
            continue
        heads = shape[line] & IN_HEADING != 0
        node = owner[line]
        if heads:  # what its own classes say is not heard: a title may be called anything
            while node > 0 and not kind[node] & HEADING:
                node = parent[node]
            node = parent[node]
        rule = gone[node]
        if not heads and not (line >= first - 15):
            continue
        count = word_hashes(text, begin[line], end[line], words)
        if count == 0:
            continue
        same = 0
        for at in range(count):
            for other in range(size):
                if words[at] == told[other]:
                    same += 1
                    break
        told_so = heads and same > 1 and 10 * same >= 8 * count and ((same >= 4 and 2 * same >= size) or same == size)
        if rule >= 0 and not told_so and not (heads and outside >> U(min(rule, 63)) & U(1)):
            continue
        if size and same < 0.7 * count:
            if not (heads and line >= first - 15):
                continue
            score = 0.1
        elif size:
            score = same / max(size, 1)
            if count < 2:
                score *= 0.4
        else:
            score = 0.1
        if heads:
            score += 0.3
        elif score < 0.3:
            continue
        if 2 * linked[line] > letters[line]:
            score -= 0.25
        if line >= first - 15:
            score += 0.1
        if score > most + 1e-9 and score > 0.3:
            best, most = line, score
    return best


@nb.njit(nogil=True, cache=True)
def drop_again(text, begin, end, title, first, last, verdict, number):  # type: ignore[no-untyped-def]
    """Drop the lines of the text that say the title again."""
    told, words = np.empty(64, np.uint64), np.empty(64, np.uint64)
    size = word_hashes(text, begin[title], end[title], told)
    for line in range(first, last):
        if verdict[line] >= 0 or line == title or word_hashes(text, begin[line], end[line], words) != size:
            continue
        same = True
        for at in range(size):
            if words[at] != told[at]:
                same = False
                break
        if same:
            verdict[line] = number


MOST_SPANS = 512
"""Things said about one page that are looked at."""


@nb.njit(nogil=True, cache=True)
def are_pages(data, bounds, into):  # type: ignore[no-untyped-def]
    """Mark the rows that are markup: they begin with ``<`` and a letter, ``!``, ``?`` or ``/``, or open a page within 4,096 bytes."""
    count = 0
    for row in range(len(bounds) - 1):
        at, end = U(bounds[row]), U(bounds[row + 1])
        while at < end and (data[at] <= U(32) or data[at] == U(0xEF) or data[at] == U(0xBB) or data[at] == U(0xBF)):
            at += U(1)
        page = False
        if at + U(1) < end and data[at] == U(60):
            byte = data[at + U(1)]
            page = U(65) <= (byte & U(0xDF)) <= U(90) or byte == U(33) or byte == U(63) or byte == U(47)
        stop = min(end, at + U(4096))
        while not page and at + U(5) < stop:
            if data[at] == U(60):
                a, b = data[at + U(1)] & U(0xDF), data[at + U(2)] & U(0xDF)
                c, d = data[at + U(3)] & U(0xDF), data[at + U(4)] & U(0xDF)
                page = (a == U(72) and b == U(84) and c == U(77) and d == U(76)) or (  # html
                    a == U(66) and b == U(79) and c == U(68) and d == U(89)  # body
                )
            at += U(1)
        into[row] = page
        count += page
    return count


@nb.njit(nogil=True, cache=True)
def nesting(data, tag_keys, tag_kinds):  # type: ignore[no-untyped-def]
    """How deep elements lie, summed over the tags that open: about what it costs to build the tree of a page."""
    depth, cost = np.int64(0), np.int64(0)
    at, end = U(0), U(len(data))
    while at + U(1) < end:
        if data[at] != U(60):
            at += U(1)
            continue
        at += U(1)
        if data[at] == U(47):
            depth = max(depth - 1, 0)
        elif U(65) <= (data[at] & U(0xDF)) <= U(90):
            first = at
            while at < end and U(65) <= (data[at] & U(0xDF)) <= U(90):
                at += U(1)
            slot = find(tag_keys, name_hash(data, first, at))
            if slot < 0 or not tag_kinds[slot] & VOID:
                depth += 1
                cost += depth
    return cost


@nb.njit(nogil=True, cache=True)
def read_pages(  # type: ignore[no-untyped-def]
    data, bounds, page, tag_keys, tag_kinds, tag_masks, word_keys, word_masks, hidden, apart, drop, believed, outside, weight,
    denied, shapes, text, text_bounds, title, spans, span_row, lost, lost_bounds, lost_row, lost_line, lost_rule
):  # fmt: skip
    """Every row that is a page as its text, every other row as it is.

    Buffers:
        data, bounds: the column; pages as the parser wrote them out.
        page: which rows are pages.
        tag_keys ... shapes: `arclean.boilerplate.html.tables.Tables`.
        text, text_bounds: room for the texts.
        title: where in `text` the title of each row lies; shape (rows, 2).
        spans, span_row: room for what is said about the pages, see `walk`, and of which row it is.
        lost, lost_bounds: room for the lines that went.
        lost_row, lost_line, lost_rule: their rows, their numbers among the lines of the page from 1, and the rules.

    Returns:
        Bytes of `text`, of `lost`, the numbers of lines that went and of spans.
    """
    most_nodes, most_lines, most_bytes = 1, 1, 0
    for row in range(len(bounds) - 1):
        if page[row]:
            opening, ends = 0, 0
            for at in range(U(bounds[row]), U(bounds[row + 1])):
                opening += data[at] == U(60)
                ends += data[at] == U(10)
            most_nodes, most_lines = max(most_nodes, opening + 2), max(most_lines, 2 * opening + ends + 3)
            most_bytes = max(most_bytes, bounds[row + 1] - bounds[row])
    parent, kind = np.empty(most_nodes, np.int64), np.empty(most_nodes, np.int64)
    opens, closes = np.empty(most_nodes, np.int64), np.empty(most_nodes, np.int64)
    mask, look = np.empty(most_nodes, np.uint64), np.empty(most_nodes, np.uint64)
    begin, end, owner = np.empty(most_lines, np.int64), np.empty(most_lines, np.int64), np.empty(most_lines, np.int64)
    letters, linked, shape = np.empty(most_lines, np.int64), np.empty(most_lines, np.int64), np.empty(most_lines, np.int64)
    verdict = np.empty(most_lines, np.int64)
    marks = np.empty(most_lines, np.uint64)
    out = np.empty(most_bytes + 64, np.uint8)
    found = np.empty((MOST_SPANS, 5), np.int64)
    at_text, at_lost, lines_lost, spans_found = 0, 0, 0, 0
    text_bounds[0], lost_bounds[0] = 0, 0
    for row in range(len(bounds) - 1):
        title[row, 0] = title[row, 1] = at_text
        if not page[row]:
            for at in range(U(bounds[row]), U(bounds[row + 1])):
                text[at_text] = data[at]
                at_text += 1
            text_bounds[row + 1] = at_text
            continue
        nodes, lines, said = walk(
            data, bounds[row], bounds[row + 1], tag_keys, tag_kinds, tag_masks, word_keys, word_masks, hidden, apart, drop,
            parent, kind, mask, look, opens, closes, out, begin, end, owner, marks, letters, linked, shape, found,
        )  # fmt: skip
        name = choose(
            data, out, found, said, parent, kind, mask, look, opens, closes, nodes, begin, end, owner, marks, letters, linked, shape, lines,
            drop, believed, outside, weight, denied, shapes, verdict,
        )  # fmt: skip
        first = at_text
        for line in range(lines):
            size = end[line] - begin[line]
            if verdict[line] < 0:
                if at_text > first:
                    text[at_text] = np.uint8(10)
                    at_text += 1
                if line == name:
                    title[row, 0], title[row, 1] = at_text, at_text + size
                for step in range(size):
                    text[at_text + step] = out[begin[line] + step]
                at_text += size
            else:
                for step in range(size):
                    lost[at_lost + step] = out[begin[line] + step]
                at_lost += size
                lost_row[lines_lost], lost_line[lines_lost], lost_rule[lines_lost] = row, line + 1, verdict[line]
                lines_lost += 1
                lost_bounds[lines_lost] = at_lost
        text_bounds[row + 1] = at_text
        for number in range(said):
            if spans_found < len(spans):
                for part in range(spans.shape[1]):  # an assignment of the row would compile the words of an error
                    spans[spans_found, part] = found[number, part]
                span_row[spans_found] = row
                spans_found += 1
    return at_text, at_lost, lines_lost, spans_found
