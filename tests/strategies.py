"""What hypothesis makes up: Arabic text, columns of it in every layout that Arrow has, rules, and pages with furniture."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pyarrow as pa
from hypothesis import strategies as st

from arclean import rules
from arclean.rule import CharRule, LineRule
from arclean.rules.samples import MORE, PROSE

if TYPE_CHECKING:
    from collections.abc import Callable

BLOCKS: Final = (
    (0x0600, 0x06FF),
    (0x0750, 0x077F),
    (0x0870, 0x08FF),
    (0xFB50, 0xFDFF),
    (0xFE70, 0xFEFF),
    (0x10EC0, 0x10EFF),
    (0x1EE00, 0x1EEFF),
)
"""Every block of Arabic in Unicode, unassigned code points and non-characters among them."""
OTHERS: Final = ((0x00, 0xFF), (0x2000, 0x206F), (0x3000, 0x3003), (0xFFF0, 0xFFFF), (0x1F600, 0x1F64F), (0x10FFFE, 0x10FFFF))
ALPHABET: Final = "".join(chr(code) for first, last in (*BLOCKS, *OTHERS) for code in range(first, last + 1))
COMMON: Final = "ابتحدرسعلمنهوي ةىأإآء\u064b\u064e\u0651\u0640\n\t. 12a"

TATWEELS: Final = "\u200c\u0640\u0640\u0640\u0640\u0644\u0644\u0643\u0648\u0641\u0654\u0655\u064e\u0651\u0627\u0647\u0628\u06d2 \t\n.1٤۵a\0"
SPACES: Final = "   \t\t\n\n\n\rab.\u0628\u0629\U0001f600"

texts: Final = st.one_of(
    st.text(st.sampled_from(ALPHABET), max_size=40),
    st.text(st.sampled_from(COMMON), max_size=60),
    st.text(max_size=20),
)
"""A text of any characters, mostly Arabic."""
tatweels: Final = st.text(st.sampled_from(TATWEELS), max_size=30)
spaces: Final = st.text(st.sampled_from(SPACES), max_size=30)


def layout(values: list[str | None], kind: Any, front: int, back: int, hidden: bytes) -> pa.Array:
    """The values as a slice of a longer array, with bytes behind each null slot: what a filter or a join may leave."""
    whole = ["قبل"] * front + values + ["بعد"] * back
    pieces = [hidden if value is None else value.encode() for value in whole]
    bounds = np.concatenate(([0], np.cumsum([len(piece) for piece in pieces]))).astype(np.int64 if kind == pa.large_string() else np.int32)
    validity = None
    if None in values:
        validity = pa.array([value is not None for value in whole]).buffers()[1]
    data = pa.py_buffer(b"".join(pieces))
    array = pa.Array.from_buffers(kind, len(whole), [validity, pa.py_buffer(bounds), data])
    return array.slice(front, len(values))


@st.composite
def columns(draw: Callable[..., Any], text: st.SearchStrategy[str] = texts, nulls: bool = True, most: int = 8) -> pa.Array:
    """A string column: ``string`` or ``large_string``, a slice of a longer one, nulls with and without bytes behind them."""
    values = draw(st.lists(st.none() | text if nulls else text, max_size=most))
    kind = draw(st.sampled_from([pa.string(), pa.large_string()]))
    hidden = draw(st.sampled_from([b"", b"abc", "مخفي".encode()]))
    return layout(values, kind, draw(st.integers(0, 9)), draw(st.integers(0, 3)), hidden)


@st.composite
def chunkings(draw: Callable[..., Any], length: int) -> list[int]:
    """Where to cut so many rows: bounds from 0 to the length, empty chunks among them."""
    return [0, *sorted(draw(st.lists(st.integers(0, length), max_size=4))), length]


def char_rule(table: dict[str, str], name: str = "made_up") -> CharRule:
    """A rule with this table; its examples are of no account."""
    return CharRule(name, "Made up.", table, fixes=(("x", "y"),), leaves=("z",))


def _grown(draw: Callable[..., Any]) -> dict[str, str]:
    keys = st.sampled_from("ابتab\u0640é😀\u2028\ufeff\ufdfd") | st.sampled_from(ALPHABET)
    values = st.text(st.sampled_from("ابتab😀 ") | st.sampled_from(ALPHABET), max_size=3)
    table: dict[str, str] = draw(st.dictionaries(keys, values, min_size=1, max_size=8))
    return table


@st.composite
def char_rules(draw: Callable[..., Any], most: int = 4) -> tuple[CharRule, ...]:
    """Rules whose tables feed one another: shrinking, growing, deleting, going round in circles."""
    return tuple(char_rule(_grown(draw), f"rule_{i}") for i in range(draw(st.integers(1, most))))


def _furniture() -> list[str]:
    lines: set[str] = set()
    for rule in rules.catalogue().values():
        if isinstance(rule, LineRule):
            for text in (*(drop if isinstance(drop, str) else drop[0] for drop in rule.drops), *rule.leaves):
                lines |= {line for line in text.split("\n") if line}
    return sorted(lines - {PROSE, MORE})


FURNITURE: Final = _furniture()
"""Every line of the examples of the line rules, those that go and those that stay."""
LONG: Final = "كان الناس في تلك الأيام يخرجون إلى السوق قبل طلوع الشمس ويعودون منه بعد الظهر " * 4
PROSES: Final = (PROSE, MORE, f"«{PROSE}»", LONG, LONG[:160], f"{LONG[:90].strip()} …", f"{PROSE}..")
"""Lines of prose, and lines that nearly are."""
WORDS: Final = (
    "الجسر",
    "الجسر الجديد على النهر",
    "إلى اليمين",
    "• الجسر الجديد على النهر",
    "الجسرُ  الجديدُ على النهرِ",
    "1",
    "***",
    "( )",
    "x = 1",
)
BLANKS: Final = ("", "", " ", "\t ")

lines: Final = st.one_of(st.sampled_from(FURNITURE), st.sampled_from(PROSES), st.sampled_from(WORDS), st.sampled_from(BLANKS))


@st.composite
def pages(draw: Callable[..., Any], line: st.SearchStrategy[str] = lines, most: int = 14) -> str:
    """A page: lines of furniture, prose, words and blanks; some come twice, some are indented."""
    drawn = draw(st.lists(line, max_size=most))
    made = []
    for one in drawn:
        made += draw(st.sampled_from([[one], [one], [one], [one, one], [f" {one}\t"], [one, "", one]]))
    return "\n".join(made)
