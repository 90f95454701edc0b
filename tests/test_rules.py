"""Every rule of the catalogue, whoever adds it: both sides shown by the real engine, one name, one literal a line, linear and reachable."""

from __future__ import annotations

import io
import tokenize
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc
import pytest
from twins import LETTERS, MARKS, members

import arclean.rules
from arclean.boilerplate.lines import Lines
from arclean.check import engine_of as engine
from arclean.check import problems
from arclean.errors import RuleError, UnknownName
from arclean.orthography.context import KNOWN
from arclean.orthography.touches import TOUCHES
from arclean.rule import CharacterRule, CharRule, ContextRule, ElementRule, EntityRule, LineRule, PatternRule, Rule
from arclean.rules import ALL_LINES, FAMILIES, SKELETON, catalogue, classes, get, resolve

TextRule = CharacterRule | LineRule | EntityRule
ALL: Final[tuple[TextRule, ...]] = (
    *(rule for rule in catalogue().values() if not isinstance(rule, ElementRule)),
    *SKELETON,
)
"""Those for elements of pages have test_pages_rules.py."""
EVERY: Final = pytest.mark.parametrize("rule", ALL, ids=lambda rule: rule.name)
FILES: Final = sorted(Path(arclean.rules.__file__).parent.glob("*.py"))
GENERATED: Final = {"classes.py", "forms.py"}
ARABIC: Final = LETTERS | MARKS | members(classes.FORM_LETTERS)


def cleaned(rule: TextRule, text: str) -> str:
    return str(engine(rule).text(pa.array([text]))[0].as_py())


def pairs(rule: TextRule) -> list[tuple[str, str]]:
    if isinstance(rule, LineRule):
        return [(drop, "") if isinstance(drop, str) else drop for drop in rule.drops]
    return list(rule.fixes)


@EVERY
def test_a_rule_keeps_its_word(rule: Rule) -> None:
    assert list(map(str, problems(rule))) == []


@EVERY
def test_a_rule_is_counted_where_it_acts_and_elsewhere_gives_back_the_column_it_was_given(rule: TextRule) -> None:
    untouched = pa.array(rule.leaves)
    assert engine(rule).text(untouched) is untouched
    changed = pa.array([before for before, _ in pairs(rule)])
    done = engine(rule).edit(changed)
    assert done.texts.to_pylist() == [after for _, after in pairs(rule)]
    assert done.hits.keys() == {rule.name}
    assert done.hits[rule.name] >= len(changed)
    assert engine(rule).text(done.texts) is done.texts


@pytest.mark.parametrize("rule", [rule for rule in ALL if isinstance(rule, LineRule)], ids=lambda rule: rule.name)
def test_what_a_line_rule_drops_goes_in_the_company_of_all_others(rule: LineRule) -> None:
    everything = Lines(tuple(one for one in resolve(ALL_LINES) if isinstance(one, LineRule)))
    alone, together = ({line["line"] for line in removed(engine, rule)} for engine in (Lines((rule,)), everything))
    assert alone <= together


def removed(engine: Lines, rule: LineRule) -> list[dict[str, Any]]:
    lines: list[dict[str, Any]] = []
    for before, _ in pairs(rule):
        account = engine.edit(pa.array([before])).removed
        lines += account.to_pylist() if account is not None else []
    return lines


@pytest.mark.parametrize("rule", [rule for rule in ALL if isinstance(rule, CharRule | PatternRule)], ids=lambda rule: rule.name)
def test_a_rule_without_a_line_end_in_its_hands_does_the_same_to_lines_and_to_the_whole(rule: CharRule | PatternRule) -> None:
    if isinstance(rule, CharRule) and not any("\n" in part for item in rule.table.items() for part in item):
        text = "\n".join([*(before for before, _ in pairs(rule)), *rule.leaves])
        assert cleaned(rule, text) == "\n".join(cleaned(rule, line) for line in text.split("\n"))


def test_a_name_is_given_once_and_is_neither_a_family_nor_all() -> None:
    names = Counter(rule.name for family in FAMILIES.values() for rule in family) + Counter(rule.name for rule in SKELETON)
    assert [name for name, count in names.items() if count > 1] == []
    assert not names.keys() & {*FAMILIES, ALL_LINES}


@EVERY
def test_a_name_is_a_word_and_a_reason_is_a_line_that_ends(rule: Rule) -> None:
    assert rule.name.isidentifier()
    assert rule.name == rule.name.lower()
    assert rule.why.endswith(".")
    assert "\n" not in rule.why


def test_every_rule_of_a_family_is_in_the_catalogue_and_all_lines_holds_every_line_rule() -> None:
    assert list(catalogue().values()) == [rule for family in FAMILIES.values() for rule in family]
    assert set(resolve(ALL_LINES)) == {rule for rule in catalogue().values() if isinstance(rule, LineRule)}
    assert all(resolve(name) == family for name, family in FAMILIES.items())
    assert all(resolve(name) == (rule,) == (get(name),) for name, rule in catalogue().items())


def test_a_wrong_name_has_the_nearest_right_one() -> None:
    with pytest.raises(UnknownName, match=r"here: unknown rule 'strip_tatwel'. Did you mean 'strip_tatweel'"):
        get("strip_tatwel", "here")
    with pytest.raises(UnknownName, match=r"unknown rule or family of rules 'footr'. Did you mean 'footer'"):
        resolve("footr")


@pytest.mark.parametrize("rule", [rule for rule in ALL if isinstance(rule, PatternRule)] or [None], ids=lambda rule: rule and rule.name)
def test_a_pattern_cannot_match_without_the_characters_that_it_needs(rule: PatternRule | None) -> None:
    if rule is not None:
        for before, _ in rule.fixes:
            without = "".join(char for char in before if char not in rule.needs)
            assert not pc.match_substring_regex(pa.array([without]), rule.pattern)[0].as_py()


def arabic_literals(source: str) -> Iterator[tuple[int, str]]:
    """Line and text of each string literal that holds Arabic letters, f-strings as one."""
    depth = 0
    first, text = 0, ""
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        kind = tokenize.tok_name[token.type]
        if kind == "FSTRING_START":
            first, text = (token.start[0], "") if not depth else (first, text)
            depth += 1
        elif kind == "FSTRING_END":
            depth -= 1
        elif kind == "FSTRING_MIDDLE" or (kind == "STRING" and depth):
            text += token.string
            continue
        if not depth and kind in {"STRING", "FSTRING_END"}:
            whole = token.string if kind == "STRING" else text
            if ARABIC & set(whole):
                yield (token.start[0] if kind == "STRING" else first), whole


def crowded(source: str) -> list[int]:
    counts = Counter(line for line, _ in arabic_literals(source))
    return [line for line, count in counts.items() if count > 1]


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        pytest.param('x = "a", "b"', [], id="not-arabic"),
        pytest.param('x = (\n    "ا",\n    "ب",\n)', [], id="one-a-line"),
        pytest.param('x = ("ا", "b")', [], id="one-of-two"),
        pytest.param('x = f"{y}ا{y}ب"', [], id="one-f-string"),
        pytest.param('x = "ا", "ب"', [1], id="two"),
        pytest.param('x = (\n f"{y} ا", f"ب"\n)', [2], id="two-f-strings"),
        pytest.param('x = "ا" "ب"', [1], id="glued"),
    ],
)
def test_crowded_lines_are_told(source: str, lines: list[int]) -> None:
    assert crowded(source) == lines


@pytest.mark.parametrize("file", [file for file in FILES if file.name not in GENERATED], ids=lambda file: file.name)
def test_one_arabic_literal_a_line_so_that_no_editor_reorders_them(file: Path) -> None:
    assert crowded(file.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_characters_that_nobody_sees_are_written_by_name(file: Path) -> None:
    unseen = {char for char in file.read_text(encoding="utf-8") if not char.isprintable()} - {"\n"}
    literals = [text.lstrip("rbfRBF\"'") for _, text in arabic_literals(file.read_text(encoding="utf-8"))]
    assert unseen == set()
    assert [text for text in literals if text[:1] in MARKS] == []


@pytest.mark.parametrize(
    "pattern",
    [r"\bكتب", r"كتب\B", r"\w+", r"\W", r"\d+", r"\D", r"(?=ا)", r"(?!ا)", r"(?<=ا)", r"(?<!ا)", r"(ا)\1", "(?P=n)", r"\\\w"],
)
@pytest.mark.parametrize("kind", ["line", "pattern"])
def test_a_pattern_that_is_blind_to_arabic_or_not_linear_does_not_construct(pattern: str, kind: str) -> None:
    with pytest.raises(RuleError, match=r"Rule 'r'"):
        make(kind, pattern)


@pytest.mark.parametrize("pattern", [r"\\b", r"\p{L}+", r"\s", r"[^\n]*", r"\x{640}", "(?:ا)", "(?i:a)", "(?P<n>ا)", r"\(\?=", r"\\\\w"])
@pytest.mark.parametrize("kind", ["line", "pattern"])
def test_a_pattern_that_only_looks_like_one_does(pattern: str, kind: str) -> None:
    assert make(kind, pattern).pattern == pattern


def make(kind: str, pattern: str) -> LineRule | PatternRule:
    if kind == "line":
        return LineRule("r", "Made up.", "ad", ("x",), ("y",), pattern=pattern)
    return PatternRule("r", "Made up.", pattern, "", "ا", (("x", "y"),), ("z",))


BASE: Final[dict[str, dict[str, Any]]] = {
    "char": {"name": "r", "why": "W.", "table": {"a": "b"}, "fixes": (("a", "b"),), "leaves": ("b",)},
    "context": {"name": "r", "why": "W.", "operation": "strip_tatweel", "fixes": (("a", "b"),), "leaves": ("b",)},
    "pattern": {"name": "r", "why": "W.", "pattern": "a", "becomes": "", "needs": "a", "fixes": (("a", ""),), "leaves": ("b",)},
    "line": {"name": "r", "why": "W.", "category": "ad", "pattern": "a", "drops": ("a",), "leaves": ("b",)},
}
KINDS: Final[dict[str, Any]] = {"char": CharRule, "context": ContextRule, "pattern": PatternRule, "line": LineRule}


@pytest.mark.parametrize("kind", KINDS)
def test_a_whole_rule_can_be_made_hashed_and_compared(kind: str) -> None:
    one, other = (KINDS[kind](**BASE[kind]) for _ in range(2))
    assert one == other
    assert hash(one) == hash(other)


@pytest.mark.parametrize(
    ("kind", "field"), [(kind, field) for kind, fields in BASE.items() for field in fields if field not in {"becomes", "category"}]
)
def test_a_rule_that_is_not_whole_cannot_be_made(kind: str, field: str) -> None:
    empty = type(BASE[kind][field])()
    with pytest.raises(RuleError, match=r"Rule '.*'"):
        KINDS[kind](**{**BASE[kind], field: empty})


@pytest.mark.parametrize("kind", ["char", "context", "pattern"])
def test_a_wrong_harm_is_named_with_the_nearest(kind: str) -> None:
    with pytest.raises(UnknownName, match=r"unknown harm 'lossi'. Did you mean 'lossy'"):
        KINDS[kind](**BASE[kind], harm="lossi")


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        pytest.param("category", "adds", r"category 'adds'. Did you mean 'ad'", id="category"),
        pytest.param("when", ("amid_pros",), r"evidence 'amid_pros'. Did you mean 'amid_prose'", id="evidence"),
    ],
)
def test_a_wrong_word_in_a_line_rule_is_named_with_the_nearest(field: str, value: Any, message: str) -> None:
    with pytest.raises(UnknownName, match=message):
        LineRule(**{**BASE["line"], field: value})


@pytest.mark.parametrize("table", [{"ab": "c"}, {"": "c"}, {"\ud800": "c"}, {"a": "\udfff"}], ids=ascii)
def test_a_table_of_something_other_than_characters_cannot_be_made(table: dict[str, str]) -> None:
    with pytest.raises(RuleError, match="'r'"):
        CharRule(**{**BASE["char"], "table": table})


def test_a_table_cannot_be_changed_afterwards() -> None:
    table = {"a": "b"}
    rule: CharacterRule = CharRule(**{**BASE["char"], "table": table})
    table["a"] = "c"
    assert isinstance(rule, CharRule)
    assert rule.table["a"] == "b"
    with pytest.raises(TypeError, match="item assignment"):
        rule.table["a"] = "d"  # type: ignore[index]


@pytest.mark.parametrize("operation", sorted(KNOWN))
def test_every_pass_says_what_it_touches(operation: str) -> None:
    assert operation in TOUCHES, (
        f"the pass {operation!r} is not alignable: say in arclean/orthography/touches.py which characters it may delete, replace or write"
    )
