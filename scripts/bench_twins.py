"""Plain-Python twins of the engines, for `bench_copy.py`: what one would write with `str.translate`, `re` and `str.split`."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import groupby

from arclean.boilerplate.lines import Lines
from arclean.orthography.table import compose
from arclean.quality import kernels
from arclean.quality.measures import kinds
from arclean.rule import CharRule, LineRule
from arclean.rules.skeleton import RULES as SKELETON
from arclean.rules.skeleton import SIGNS

SENTENCE_ENDS = tuple(".!?:;؟؛۔")
CLOSERS = "\"')]»”’›"
PROSE_BYTES, OPEN_PROSE_BYTES, SHORT_CHARACTERS = 160, 480, 140


def mapping(rules: Sequence[CharRule]) -> dict[int, str]:
    return {ord(char): text for char, (text, _) in compose(rules).items()}


def translate(rules: Sequence[CharRule]) -> Callable[[list[str]], list[str]]:
    table = mapping(rules)
    return lambda texts: [text.translate(table) for text in texts]


class ReLines:
    """Line rules by `re`, one alternation for the rules that share their gates; without the two rules that look for repeats."""

    def __init__(self, part: Lines) -> None:
        self.longest = part.longest
        self.table = mapping(SKELETON)
        self.signs = "".join(chr(code) for first, last in SIGNS for code in range(first, last + 1))
        rules = [rule for rule in part.rules if rule.pattern and not {"title_again", "line_again"} & set(rule.when)]
        self.groups = [
            (frozenset(when), least, most, re.compile("|".join(f"(?:{python_pattern(rule.pattern)})" for rule in group)))
            for (when, least, most), group in groupby(sorted(rules, key=gates), key=gates)
        ]

    def __call__(self, texts: list[str]) -> list[str]:
        return [self.clean(text) for text in texts]

    def clean(self, text: str) -> str:
        lines = text.split("\n")
        sizes = [len(line.strip(" \t").encode()) for line in lines]
        prose = [i for i, line in enumerate(lines) if is_prose(line.strip(" \t"), sizes[i])]
        there = [i for i, size in enumerate(sizes) if size]
        title = there[0] if prose and there[1:2] == prose[:1] else -1
        kept = [line for i, line in enumerate(lines) if not (0 < sizes[i] <= self.longest and self.goes(line, i, prose, title))]
        return text if len(kept) == len(lines) else "\n".join(kept)

    def goes(self, line: str, at: int, prose: list[int], title: int) -> bool:
        stripped = line.strip(" \t")
        evidence = set()
        if len(stripped) <= SHORT_CHARACTERS:
            evidence.add("short")
        if not stripped.rstrip(CLOSERS).endswith(SENTENCE_ENDS):
            evidence.add("open_ended")
        if prose:
            evidence.add("amid_prose")
            if at < prose[0] or at > prose[-1]:
                evidence.add("outside_body")
        if not stripped.startswith(("- ", "* ", "+ ")):
            evidence.add("no_item")
        if at != title or set("|/>»›") & set(stripped):
            evidence.add("no_title")
        skeleton = re.sub(" +", " ", stripped.translate(self.table).lstrip(self.signs)).rstrip(" ")
        words = skeleton.count(" ") + 1
        return any(when <= evidence and least <= words <= most and found.search(skeleton) for when, least, most, found in self.groups)


def gates(rule: LineRule) -> tuple[tuple[str, ...], int, int]:
    return tuple(sorted(rule.when)), rule.least_words, rule.most_words


def python_pattern(pattern: str) -> str:
    r"""RE2's \x{...} in Python's spelling, and its \p{L} as the class that comes nearest."""
    spelled = re.sub(r"\\x\{([0-9a-f]+)\}", lambda code: re.escape(chr(int(code[1], 16))), pattern)
    return spelled.replace(r"\p{L}", r"[^\W\d_]").replace(r"\p{N}", r"\d")


def is_prose(line: str, size: int) -> bool:
    ends = line.rstrip(CLOSERS)
    sentence = ends.endswith(SENTENCE_ENDS) and not ends.endswith("..")
    return size >= OPEN_PROSE_BYTES or (size >= PROSE_BYTES and sentence)


def measures() -> Callable[[list[str]], list[tuple[int, int, int, float]]]:
    arabic = ranges(kernels.ARABIC)
    no_letter, no_arabic = re.compile(f"[^{ranges(kernels.LETTER)}]+"), re.compile(f"[^{arabic}]+")

    def measured(text: str) -> tuple[int, int, int, float]:
        words = sum(any(map(str.isalnum, word)) for word in text.split())
        lines = sum(not line.isspace() for line in text.split("\n") if line)
        letters = len(no_letter.sub("", text))
        return len(text), words, lines, len(no_arabic.sub("", text)) / max(letters, 1)

    return lambda texts: [measured(text) for text in texts]


def ranges(kind: int) -> str:
    """The characters of one kind, as the inside of a class."""
    runs = groupby(enumerate(kinds()), key=lambda item: bool(item[1] & kind))
    members = [[code for code, _ in codes] for wanted, codes in runs if wanted]
    return "".join(f"{re.escape(chr(codes[0]))}-{re.escape(chr(codes[-1]))}" for codes in members)
