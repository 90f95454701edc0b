"""The slow, obvious twin of the regime of whole pages: one line at a time, and the best run of lines by trying."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import accumulate, takewhile

from twins import DIGITS, LETTERS, OTHER_LETTERS, Line, matches, skeleton, translate

from arclean.rule import LineRule
from arclean.rules import SKELETON
from arclean.rules import page as knowledge

EVIDENCE = ("outside_main", "page_label")
CLOSERS = " \"')]»”’›"
STEM = 4


def words_of(text: str) -> list[str]:
    """Letters and digits alone, as a skeleton has them, all digits alike."""
    made = "".join(translate(SKELETON, char) for char in text)
    letters = LETTERS | OTHER_LETTERS
    return "".join(char if char in letters else "0" if char in set(DIGITS) else " " for char in made).split()


def phrases_of(*phrases: str) -> set[str]:
    return {" ".join(words_of(phrase)) for phrase in phrases}


FRAME = phrases_of(*knowledge.FRAME)
SECTIONS = phrases_of(*knowledge.SECTIONS) - FRAME
HEADINGS, FUNCTION_WORDS = phrases_of(*knowledge.HEADINGS), phrases_of(*knowledge.FUNCTION_WORDS)
SITE_WORDS = phrases_of(*knowledge.SITE_WORDS)
WORKS, OTHERS = phrases_of(*knowledge.WORKS), phrases_of(*knowledge.OTHERS)
MEASURES, ORDINALS = phrases_of(*knowledge.MEASURES), phrases_of(*knowledge.ORDINALS)


def ending(core: str) -> str:
    end = core.rstrip(CLOSERS)
    if end.endswith(("…", "..")):
        return "ellipsis"
    return {".": "sentence", ":": "colon", "،": "comma"}.get(end[-1:], "sentence" if end[-1:] in set("!?;؟؛۔") else "open")


@dataclass(frozen=True)
class Seen:
    """A line of a page that is not blank, and the rule that cut it."""

    line: Line
    rule: LineRule | None
    headed: bool = False
    """Whether it stands between two lines of 160 bytes or more."""
    in_contents: bool = False
    """Whether it is of a table of contents."""

    @property
    def core(self) -> str:
        return self.line.core

    @cached_property
    def chars(self) -> int:
        return len(self.core)

    @cached_property
    def words(self) -> list[str]:
        return words_of(self.core)

    @cached_property
    def phrase(self) -> str:
        return " ".join(self.words)

    @cached_property
    def end(self) -> str:
        return ending(self.core)

    @property
    def exclaims(self) -> bool:
        return self.core.rstrip(CLOSERS)[-1:] in set("!?؟")

    @cached_property
    def arabic(self) -> int:
        return sum("\u0600" <= char < "\u0700" or "\ufb50" <= char < "\uff00" for char in self.phrase)

    @cached_property
    def functions(self) -> int:
        return sum(word in FUNCTION_WORDS for word in self.words)

    @property
    def vowelled(self) -> bool:
        vowels = len(re.findall("[\u064b-\u0652\u0670]", self.core))
        return vowels >= 3 and vowels * 4 >= self.arabic

    @cached_property
    def gap(self) -> int:
        """2: three spaces or more between words; 1: a token of dots or stars between two others."""
        if any(run.count(" ") >= 3 for run in re.findall(r"[ \t]+", self.core)):
            return 2
        tokens = re.split(r"[ \t]+", self.core)
        return int(any(set(token) <= set(".*…/") for token in tokens[1:-1]))

    @property
    def cells(self) -> int:
        return sum(char in "|\t→←" for char in self.core)

    @property
    def listed(self) -> bool:
        number = re.match(r"[0-9٠-٩۰-۹]{1,3}(?![0-9٠-٩۰-۹]) ?[-–.):]", self.core)
        bullet = re.match(r"[-–•*▪◦●].", self.core)
        return bool(number or bullet) or bool(self.words and self.words[0] in ORDINALS)

    @property
    def measured(self) -> bool:
        if not self.words:
            return False
        first, second = self.words[0], self.words[1] if len(self.words) > 1 else ""
        return first in MEASURES or (set(first) == {"0"} and second in MEASURES)

    @cached_property
    def foreign(self) -> bool:
        return self.arabic * 3 < self.chars

    @property
    def is_address(self) -> bool:
        return (
            len(self.core.encode()) >= 8
            and bool(re.match("https?.?:", self.core, re.IGNORECASE))
            and self.core.encode()[4:6].find(b":") >= 0
        )

    @property
    def site_words(self) -> int:
        return sum(word in SITE_WORDS for word in self.words)

    @property
    def at_foot(self) -> bool:
        return self.rule is not None and self.rule.category in knowledge.FOOT

    @property
    def is_clear(self) -> bool:
        """A whole sentence that does not speak of the site."""
        return not self.is_cut and not self.site_words and self.end == "sentence" and not self.exclaims and self.chars >= 60

    @property
    def runs_on(self) -> bool:
        return self.chars >= 80 and self.functions >= 2 and self.functions * 8 >= len(self.words) and self.end != "ellipsis"

    @property
    def owns(self) -> bool:
        return self.is_related or (self.rule is not None and self.rule.category == knowledge.OWNER)

    @property
    def ends_text(self) -> bool:
        return self.rule is not None and self.rule.category in knowledge.ENDING

    @cached_property
    def is_related(self) -> bool:
        if not 1 <= len(self.words) <= 7 or self.words[0] not in WORKS:
            return False
        return (len(self.words) > 1 and self.words[1] in OTHERS) or (self.words[0] in OTHERS and len(self.words) <= 5)

    @property
    def is_step(self) -> bool:
        return self.core[:1] in set("/»›>")

    @property
    def is_ruled(self) -> bool:
        return len(self.core) >= 5 and set(self.core) == {"_"}

    @cached_property
    def numbered(self) -> str:
        """What comes after a number in front."""
        return " ".join(self.words[1:]) if len(self.words) > 1 and set(self.words[0]) == {"0"} else ""

    @property
    def coded(self) -> bool:
        return self.foreign and not self.is_address and not self.is_ruled and bool(re.search(r"[{};=<>`_\\]", self.core))

    @property
    def number_like(self) -> bool:
        return self.arabic == 0 and len(self.words) <= 6

    @cached_property
    def frame(self) -> str:
        """The phrase of a page's frame that it is, or of several in a row the one that tells most."""
        if self.line.size > 96 or self.phrase in FRAME | SECTIONS:
            return self.phrase if self.line.size <= 96 else ""
        found: list[str] = []
        rest = self.words
        while rest:
            fits = [n for n in range(1, min(len(rest), 5) + 1) if " ".join(rest[:n]) in FRAME | SECTIONS]
            if not fits or (not found and len("".join(rest[: fits[-1]])) < 4):
                return ""
            found.append(" ".join(rest[: fits[-1]]))
            rest = rest[fits[-1] :]
        sure = [phrase for phrase in found if phrase in FRAME]
        return "" if len(found) < 3 and not (len(found) == 2 and sure) else (sure or found)[0]

    @property
    def framed(self) -> str:
        return "frame" if self.frame in FRAME else "section" if self.frame in SECTIONS else ""

    @property
    def is_head(self) -> bool:
        return self.end == "colon" or (bool(self.words) and self.phrase in HEADINGS)

    @property
    def is_heading(self) -> bool:
        return self.rule is None and self.headed

    @property
    def is_framed(self) -> bool:
        framed = bool(self.framed) and not (self.headed and self.framed == "section")
        return self.rule is None and (framed or self.in_contents)

    @property
    def is_cut(self) -> bool:
        return self.rule is not None or self.is_framed

    @property
    def of_thread(self) -> bool:
        return self.rule is not None and self.rule.name in knowledge.THREAD

    @property
    def speaks(self) -> bool:
        return self.rule is not None and self.rule.category in knowledge.FURNITURE

    @property
    def dated(self) -> bool:
        return self.rule is not None and self.rule.category == "byline"

    @property
    def is_crumb(self) -> bool:
        return self.rule is not None and (self.rule.category == "breadcrumb" or self.rule.name in knowledge.CRUMBS)


def is_whole_page(lines: Sequence[Seen]) -> bool:
    if len(lines) < 8:
        return False
    rules = {one.rule.name: one.rule for one in lines if one.rule and one.speaks and not one.of_thread}
    frame = {one.frame for one in lines if one.framed == "frame" and not one.is_heading}
    section = {one.frame for one in lines if one.framed == "section" and not one.is_heading}
    sure = sum("outside_body" not in rule.when for rule in rules.values()) + len(frame)
    distinct = len(rules) + len(frame) + len(section)
    furniture = sum((one.speaks and not one.of_thread) or (bool(one.framed) and not one.is_heading) for one in lines)
    run = longest = 0
    for one in lines:
        data = one.core.encode()
        other = sum(byte >= 0x80 for byte in data) * 3 < len(data) and bool(re.search("[a-zA-Z]", one.core))
        long = len(data) >= 250 or (len(data) >= 100 and one.end == "sentence")
        run = 0 if one.rule is None and (long or other) else run + 1
        longest = max(longest, run)
    many = len(lines) >= 20 and distinct >= 5 and furniture >= 6 and furniture * 25 >= len(lines)
    dense = distinct >= 4 and furniture * 4 >= len(lines) and (len(lines) >= 15 or (sure >= 3 and furniture * 3 >= len(lines)))
    fields = [one.rule.name for one in lines if one.rule and one.of_thread]
    thread = len(set(fields)) >= 4 and distinct >= 2 and (len(fields) + furniture) * 8 >= len(lines)
    lists = len(lines) >= 60 and distinct >= 3 and furniture * 100 >= len(lines) and longest >= 40
    return sure >= 2 and (many or dense or lists or thread)


class Page:
    """A whole page: the weights of its lines, its main text, its headline."""

    def __init__(self, lines: Sequence[Seen]) -> None:
        self.lines = lines
        times = Counter(one.phrase for one in lines)
        self.times = [times[one.phrase] if one.words else 1 for one in lines]
        self.coded = [one.coded for one in lines]
        for way in (range(1, len(lines)), range(len(lines) - 2, -1, -1)):
            step = 1 if way.step > 0 else -1
            for i in way:
                self.coded[i] |= self.coded[i - step] and lines[i].foreign
        self.thread = sum(one.of_thread for one in lines) >= 4
        own = [one for one in lines if not one.is_cut]
        marked = sum(one.end == "sentence" and one.chars >= 60 for one in own)
        self.plainly = marked * 2 < sum(one.end != "sentence" and one.chars >= 140 for one in own)
        self.weights = self._weigh(plain=False)
        self.main = self._chosen()
        if not any(self.main):
            self.weights = self._weigh(plain=True)
            self.main = self._chosen()
        self.above = self._above()

    def _above(self) -> list[int]:
        """A line under the main text joins it; answers the lines between headline and main text that do, which are known later."""
        if not any(self.main):
            return []
        self._lists_above()
        below = len(self.main) - self.main[::-1].index(True)
        rest = self.lines[below:]
        hanging = list(takewhile(lambda one: not (one.is_cut or one.is_related or one.is_step or one.is_address), rest))
        if 1 <= len(hanging) < 40 and hanging[0].is_head:
            self.main[below : below + len(hanging)] = [True] * len(hanging)
        elif rest and not rest[0].is_cut and len(rest[0].words) >= 4 and self.times[below] == 1:
            self.main[below] = len(rest) == 1 or rest[1].is_cut
        top, (headline, heading) = self.main.index(True), self.headlines
        near: list[int] = []
        for i in range(top - 1, headline, -1):
            if self.lines[i].is_cut or self.lines[i].number_like:
                break
            near.append(i)
        above = near if headline >= 0 and len(near) <= 2 else []
        clear = [i for i in range(headline + 1, top) if self.times[i] == 1 and self.lines[i].is_clear] if headline >= 0 else []
        return [*above, *clear, *([heading] if heading not in (-1, headline) else [])]

    def _lists_above(self) -> None:
        """Headings with lists over the main text join it, where at most two lines that stay are between."""
        while True:
            top = i = self.main.index(True)
            own = 0
            while i > 0 and (self.lines[i - 1].is_cut or (own < 2 and not self.lines[i - 1].measured)):
                i -= 1
                own += not self.lines[i].is_cut
            if i == 0 or self.lines[i - 1].is_cut or not self.lines[i - 1].measured:
                return
            block = list(takewhile(lambda j: not self.lines[j].is_cut, range(i - 1, max(i - 42, -1), -1)))
            heads = [j for j in block if self.lines[j].is_head]
            if not heads:
                return
            self.main[heads[-1] : i] = [True] * (i - heads[-1])
            assert heads[-1] < top

    def _marked(self, i: int) -> bool:
        one = self.lines[i]
        often = self.times[i] > 2 and len(one.words) <= 5 and not one.number_like
        return (one.is_framed or one.speaks or one.is_related or one.number_like or one.dated or often) and not one.of_thread

    def _weigh(self, plain: bool) -> list[int]:
        verse = self._verses(plain)
        weights = []
        for i, one in enumerate(self.lines):
            around = range(max(i - 4, 0), min(i + 5, len(self.lines)))
            density = 1000 * sum(map(self._marked, around)) // len(around)
            if one.of_thread:
                weights.append(-20 if self.thread else -150)
            elif one.in_contents and one.rule is None:
                weights.append(-20)
            elif one.is_cut:
                weights.append(-600 if one.is_framed or one.speaks else -150)
            else:
                weights.append(self._weight(i, density, i in verse, plain))
        return weights

    def _verses(self, plain: bool) -> set[int]:
        found: set[int] = set()
        run: list[int] = []
        for i in range(len(self.lines) + 1):
            if i < len(self.lines) and self._may_be_verse(i):
                run.append(i)
                continue
            some = [self.lines[j] for j in run]
            wide, gaps = sum(one.gap > 1 for one in some), sum(one.gap > 0 for one in some)
            sizes, words = [one.chars for one in some], sum(len(one.words) for one in some)
            gapped = (len(run) >= 2 and wide * 2 >= len(run)) or (len(run) >= 6 and gaps * 2 >= len(run))
            even = len(run) * sum(size * size for size in sizes) - sum(sizes) ** 2 <= 144 * len(run) ** 2
            middling = words * 10 >= 32 * len(run) and 17 * len(run) <= sum(sizes) <= 45 * len(run)
            owned = bool(run) and run[0] > 0 and self.lines[run[0] - 1].owns
            if not owned and (gapped or (plain and len(run) >= 8 and middling and even)):
                found.update(run)
            run = []
        return found

    def _may_be_verse(self, i: int) -> bool:
        one = self.lines[i]
        if one.is_cut or one.is_related or one.number_like or "0" in one.phrase or one.cells or one.foreign:
            return False
        return 2 <= len(one.words) <= 16 and 12 <= one.chars <= (85 if one.gap else 55)

    def _as_many(self, i: int, what: str) -> bool:
        """Whether a neighbour has as many of something, and it has any."""

        def count(j: int) -> int:
            return self.lines[j].cells if what == "cells" else self.lines[j].core.count(":")

        return count(i) > 0 and any(0 <= j < len(self.lines) and count(j) == count(i) for j in (i - 1, i + 1))

    def _weight(self, i: int, density: int, verse: bool, plain: bool) -> int:  # noqa: C901 - a table of cases
        one = self.lines[i]
        n, w = one.chars, len(one.words)
        if one.is_address:
            return -200
        if one.is_related:
            return -400
        if self.coded[i]:
            return 30
        if one.vowelled:
            return min(300 + n * 20 // 3, 3000)
        if self._as_many(i, "cells"):
            return 50
        if one.number_like:
            return -350 if density > 300 else -80
        if n < 100 and one.end != "sentence" and self.times[i] > 1 and not verse:
            return -400 if density > 100 else -150
        if one.end == "ellipsis" and 25 <= n < 400:
            return -300 if density > 120 else 100
        if one.end == "sentence" and w >= 4:
            weight = min(300 + n * 20 // 3, 3000)
            return weight * 2 // 5 if one.exclaims and n < 80 else weight
        if plain and one.end == "sentence" and w >= 2 and not one.exclaims:
            return 400
        if plain and one.runs_on and any(x.runs_on or x.chars >= 140 for x in self._staying_beside(i)):
            return 350
        if n >= 140:
            if one.foreign:
                return -100
            weight = min(n * 16 // 3, 2400)
            weight = weight if one.functions >= 3 or "،" in one.core else weight * 3 // 5
            in_company = any(x.end == "sentence" or x.chars >= 140 for x in self._staying_beside(i))
            return weight if in_company or self.plainly else weight * 3 // 10
        if n >= 80 and one.end in {"comma", "colon"}:
            return 300 + 2 * n
        if n >= 70 and one.functions * 6 >= w and "،" in one.core:
            return 300
        if verse:
            return 300 if one.gap > 1 else 200
        if (one.listed or one.measured) and w >= 2:
            return 50
        if one.end in {"comma", "colon"} or (one.words and one.phrase in HEADINGS):
            return -20
        if w >= 3 and self._as_many(i, "colons"):
            return -40
        if self.thread and i > self.entry and w >= 4:
            return 100
        if n >= 60:
            return -(120 + density // 2)
        return -((80 if w <= 2 else 50) + density * 3 // 5)

    def _staying_beside(self, i: int) -> list[Seen]:
        return [self.lines[j] for j in (i - 1, i + 1) if 0 <= j < len(self.lines) and not self.lines[j].is_cut]

    @cached_property
    def entry(self) -> int:
        """The first line that is a field of a member of a forum."""
        return next((i for i, one in enumerate(self.lines) if one.of_thread), len(self.lines))

    def _is_post(self, a: int, b: int) -> bool:
        over = [one.of_thread for one in self.lines[:a] if one.rule]
        asks = all(one.rule or (one.exclaims and one.chars < 60) for one in self.lines[a:b])
        return over[-1:] == [True] and not asks and not any(one.owns for one in self.lines[:a])

    def _opening_of_post(self, a: int) -> int:
        for i in range(a - 1, max(a - 5, -1), -1):
            one = self.lines[i]
            if one.of_thread:
                return i + 1
            if one.is_cut or one.number_like or i == a - 4:
                break
        return a

    def _runs(self, first: int, stop: int) -> list[tuple[int, int, int]]:
        """The run of the largest sum, the shortest and first of such, and the runs on either side of it."""
        sums = [0, *accumulate(self.weights[first:stop])]
        every = ((sums[b] - sums[a], a - b, -a) for a in range(len(sums)) for b in range(a + 1, len(sums)))
        total, size, start = max(every, default=(0, 0, 0))
        if total <= 0:
            return []
        best = (total, first - start, first - start - size)
        return [*self._runs(first, best[1]), best, *self._runs(best[2], stop)]

    def _quality(self, a: int, b: int) -> tuple[int, int, int]:
        good = [(self.weights[i], self.lines[i].end == "sentence") for i in range(a, b) if self.weights[i] > 0]
        ended = [weight for weight, ends in good if ends]
        whole = sum(weight for weight, _ in good)
        return (1000 * sum(ended) // whole if good else 0), sum(weight > 500 for weight in ended), whole - sum(ended)

    def _chosen(self) -> list[bool]:
        main = [False] * len(self.lines)
        runs = self._runs(0, len(self.lines))
        if not runs:
            return main
        best = max(runs, key=lambda run: (self._worth(*run), -run[1]))
        if best[0] < 900 or (best[0] < 1300 and not any(self._solid(i) for i in range(best[1], best[2]))):
            return main
        standard, _, _ = self._quality(best[1], best[2])
        last = -1
        for score, a, b in runs:
            quality, sentences, _ = self._quality(a, b)
            behind = not self.thread and a > best[1] and any(one.ends_text for one in self.lines[best[2] : a])
            large = score * 10 >= best[0] * (7 if behind else 3)
            sound = not behind and score >= max(3000, best[0] * 8 // 100) and sentences >= 4
            good = score > 500 and quality >= min(600, standard * 8 // 10) and (large or sound) and not self._of_site(a, b)
            post = self.thread and score >= 100 and self._is_post(a, b)
            if (score, a, b) == best or ((good or post) and (not self.thread or b > self.entry)):
                seam = last >= 0 and sum(not one.is_cut for one in self.lines[last:a]) <= 2
                first = last if seam else self._opening_of_post(a) if self.thread else a
                main[first:b] = [True] * (b - first)
                last = b
        for i in range(main.index(True) - 1, -1, -1):
            one = self.lines[i]
            if one.is_cut or not one.is_head:
                break
            main[i] = True
        return main

    def _worth(self, score: int, a: int, b: int) -> int:
        worth = score - self._quality(a, b)[2] // 2
        return worth // 3 if self._of_site(a, b) else worth

    def _of_site(self, a: int, b: int) -> bool:
        own = [one for one in self.lines[a:b] if not one.is_cut]
        if len(own) > 2 and sum(one.site_words > 0 for one in own) * 2 > len(own):
            return True
        around = [*self.lines[max(a - 2, 0) : a], *self.lines[b : b + 2]]
        return len(own) <= 3 and any(one.at_foot for one in around)

    def _solid(self, i: int) -> bool:
        one = self.lines[i]
        return (one.end == "sentence" and not one.exclaims and one.chars >= 60) or one.gap > 1 or one.vowelled

    def over_member(self, i: int) -> bool:
        under = self.lines[i + 1 : i + 3]
        if under and not under[0].rule and not 1 <= len(under[0].words) <= 4:
            return False
        ruled = [one.of_thread for one in under if one.rule]
        return self.thread and ruled[:1] == [True]

    def _right_above(self, i: int, top: int) -> bool:
        one = self.lines[i]
        dated = "0" in one.phrase and len(one.words) <= 5
        alone = one.end != "sentence" and (i == 0 or self.lines[i - 1].is_cut)
        apart = any(not x.is_cut and "0" not in x.phrase for x in self.lines[i + 1 : top])
        return alone and not dated and len(one.words) >= 2 and self.times[i] <= 2 and top - i <= 3 and not apart

    @cached_property
    def headlines(self) -> tuple[int, int]:
        """The headline, and the heading of the first part; -1 for none."""
        if not any(self.main):
            return -1, -1
        top = self.main.index(True)
        known = {stem for i, one in enumerate(self.lines) if self.main[i] for stem in stems_of(one.words)}
        best, heading, near, most = -1, -1, -1, 0
        for i in range(top - 1, max(top - 30, 0) - 1, -1):
            one = self.lines[i]
            stems = stems_of(one.words)
            aside = one.is_related or one.is_step or (len(one.words) <= 4 and self.over_member(i))
            if one.is_cut or one.number_like or aside or not stems:
                continue
            crumbs = [x.is_crumb or (x.is_step and x.rule is None) for x in self.lines[max(i - 3, 0) : i]]
            follows = 400 if crumbs[-1:] == [True] else 200 if any(crumbs) else 0
            met = sum(stem in known for stem in stems)
            under = self.lines[i + 1 : min(i + 3, top)]
            dated = any(x.dated or x.number_like for x in under)
            again = any(x.phrase == one.phrase or (x.rule and "title_again" in x.rule.when) for x in under)
            score = 500 * met // len(stems) + 300 * min(len(stems), 8) // 8 + follows + 100 * (self.times[i] > 1)
            score += 400 if dated else 200 if again else 0
            score -= 30 * sum(not x.is_cut for x in self.lines[i:top])
            alike = met * 2 >= len(stems)
            near = i if near < 0 and self._right_above(i, top) else near
            heading = i if i == top - 1 and alike else heading
            if not alike and score < 500:
                continue
            if best < 0 or score > most:
                best, most = i, score
            elif best == top - 1 and alike and len(stems) > 1 and (dated or follows) and score >= 500:
                best = i
                break
        return near if best < 0 else best, heading

    @cached_property
    def signed(self) -> set[int]:
        """The lines of signatures: those under a rule, four at most, up to one that is cut."""
        found: set[int] = set()
        for i, one in enumerate(self.lines):
            if one.is_ruled:
                found.add(i)
                for j in range(i + 1, min(i + 5, len(self.lines))):
                    if self.lines[j].rule:
                        break
                    found.add(j)
        return found

    def is_label(self, i: int) -> bool:
        one = self.lines[i]
        if one.is_framed or one.is_address:
            return True
        if not one.words and self.times[i] == 1 and len(one.core) <= 3 and not self.coded[i]:
            return self.thread
        few = len(one.words) <= 5 and one.end != "sentence" and not one.number_like
        few = few and not one.listed and one.phrase not in HEADINGS
        if few and self.times[i] >= 4 and self.weights[i] < 0:
            return True
        if i in self.signed:
            return self.thread
        return len(one.words) <= 4 and self.over_member(i) and self.weights[i] <= 100

    def evidence(self, i: int) -> str | None:
        if i in self.above:
            return "page_label" if self.is_label(i) else None
        if not self.main[i]:
            return None if i == self.headlines[0] else "outside_main"
        return "page_label" if self.is_label(i) else None


def stems_of(words: Sequence[str]) -> list[str]:
    return [stem for word in words if len(stem := re.sub("^(?:[وبفك]ال|لل|ال|و(?=...)|[بل](?=....))", "", word)[:STEM]) >= 3]


def page_verdicts(rules: Sequence[LineRule], lines: Sequence[Line], cut: Mapping[int, LineRule]) -> dict[int, LineRule]:
    """What the rules that ask for whole pages name, of the lines that no other rule cut."""
    there = [i for i, line in enumerate(lines) if line.core]
    sizes = [0, *(lines[i].size for i in there), 0]
    seen = [Seen(lines[i], cut.get(i), min(sizes[at], sizes[at + 2]) >= 160) for at, i in enumerate(there)]
    if not rules or not is_whole_page(seen):
        return {}
    listed = [one.rule is None and one.numbered in {x.phrase for x in seen[at + 1 :] if x.words} for at, one in enumerate(seen)]
    counted = [bool(one.numbered) and one.numbered in {x.phrase for x in seen[at + 1 :]} for at, one in enumerate(seen)]
    if sum(counted) >= 3:
        seen = [replace(one, in_contents=bool(one.numbered) and there) for one, there in zip(seen, listed, strict=True)]
    page = Page(seen)
    gone = {}
    for at, i in enumerate(there):
        told = page.evidence(at)
        if told and i not in cut:
            rule = next((rule for rule in rules if _fits(rule, seen[at], told)), None)
            if rule is not None:
                gone[i] = rule
    return gone


def _fits(rule: LineRule, one: Seen, told: str) -> bool:
    holds = {told, *(["short"] if one.chars <= 140 else []), *(["open_ended"] if one.end not in {"sentence", "colon"} else [])}
    gates = holds.issuperset(rule.when) and rule.least_words <= len(one.words) <= rule.most_words
    return gates and (not rule.pattern or matches(rule.pattern, skeleton(one.core)))
