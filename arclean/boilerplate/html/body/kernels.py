"""Compiled: which lines of a page are its text, from its elements and lines as `arclean.boilerplate.html.kernels.walk` gives them.

The element that holds the text is the one with the greatest sum over its lines, in which prose counts for its letters and lines of links
against theirs (the maximum subsequence of Pasternack and Roth, "Extracting article text from the web with maximum subsequence
segmentation", WWW 2009, on the tree instead of the stream).
"""

from __future__ import annotations

import numba as nb
import numpy as np

from arclean.boilerplate.html.kernels import HEADING, IN_HEADING, IN_PRE, IN_ROW, PRIME, SEED, TITLE

U = np.uint64
KEPT = -1
CARDS, LINK_LIST, LINK_LINE, OUTSIDE, NO_TEXT, TITLE_AGAIN = range(6)
"""The places of `arclean.rule.SHAPES` in `shapes`."""


@nb.njit(nogil=True, cache=True)
def word_hashes(data: np.ndarray, first: np.int64, last: np.int64, into: np.ndarray) -> int:
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
def ends_sentence(data: np.ndarray, first: np.int64, last: np.int64) -> bool:
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
def weigh(
    text: np.ndarray,
    begin: np.ndarray,
    end: np.ndarray,
    letters: np.ndarray,
    linked: np.ndarray,
    lines: int,
    prose: np.ndarray,
    ended: np.ndarray,
) -> np.int64:
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
def choose(
    source: np.ndarray,
    text: np.ndarray,
    spans: np.ndarray,
    said: int,
    parent: np.ndarray,
    kind: np.ndarray,
    mask: np.ndarray,
    look: np.ndarray,
    opens: np.ndarray,
    closes: np.ndarray,
    nodes: int,
    begin: np.ndarray,
    end: np.ndarray,
    owner: np.ndarray,
    letters: np.ndarray,
    linked: np.ndarray,
    shape: np.ndarray,
    lines: int,
    drop: np.uint64,
    believed: np.ndarray,
    outside: np.uint64,
    weight: np.ndarray,
    denied: np.ndarray,
    shapes: np.ndarray,
    verdict: np.ndarray,
) -> int:
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
    for node in range(nodes):
        above = parent[node]
        if node > 0:
            gone[node] = gone[above]
            within[node] = within[above]
        bits = mask[node]
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
    # ---- the element with the most text
    score_to = np.zeros(lines + 1, np.float64)
    for line in range(lines):
        verdict[line] = gone[owner[line]]
        score = 0.0
        if verdict[line] < 0:
            free = letters[line] - linked[line]
            if prose[line] > 0:
                score = float(free)
            elif 10 * linked[line] >= 6 * letters[line]:
                score = -float(min(letters[line], 100) + 10)
            elif letters[line] > 0:
                score = 0.5 * free
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
            if look[node] == look[best] and gone[node] < 0 and score_to[closes[node]] - score_to[opens[node]] > 40:
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
    # ---- is it text at all
    talk, rest, links = 0, 0, 0
    opening = -1
    for line in range(first, last):
        if verdict[line] < 0:
            talk += prose[line]
            rest += letters[line] - linked[line]
            links += linked[line]
            if opening < 0 and prose[line] > 0:
                opening = line
    real = talk >= 140 or (rest >= 200 and 3 * links <= rest) or (factor[best] >= 2.0 and rest >= 40)
    if not real and shapes[NO_TEXT] >= 0:
        for line in range(lines):
            if verdict[line] < 0:
                verdict[line] = shapes[NO_TEXT]
        return -1
    title = find_title(
        source, text, spans, said, parent, kind, gone, outside, begin, end, owner, letters, linked, shape, lines, first, opening
    )
    if title >= 0:
        verdict[title] = KEPT
        for line in range(title + 1, first):  # what stands between a title and the text is its lead
            if prose[line] > 0 and gone[owner[line]] < 0:
                verdict[line] = KEPT
        drop_again(text, begin, end, title, first, last, verdict, shapes[TITLE_AGAIN])
    return title


@nb.njit(nogil=True, cache=True)
def find_title(
    source: np.ndarray,
    text: np.ndarray,
    spans: np.ndarray,
    said: int,
    parent: np.ndarray,
    kind: np.ndarray,
    gone: np.ndarray,
    outside: np.uint64,
    begin: np.ndarray,
    end: np.ndarray,
    owner: np.ndarray,
    letters: np.ndarray,
    linked: np.ndarray,
    shape: np.ndarray,
    lines: int,
    first: int,
    opening: int,
) -> int:
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
        told_so = heads and same >= 4 and 2 * same >= size and 10 * same >= 8 * count
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
def drop_again(
    text: np.ndarray, begin: np.ndarray, end: np.ndarray, title: int, first: int, last: int, verdict: np.ndarray, number: int
) -> None:
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
