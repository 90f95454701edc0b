"""Checking rules: a rule that keeps its word has no problem; of one that does not, the problem is named with what mends it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from arclean import CharRule, LineRule, PatternRule, cli
from arclean.check import check, examples, problems, skeletons
from arclean.own import rules_in
from arclean.rule import Rule
from arclean.rules import get
from arclean.rules.samples import PROSE

STARS = LineRule(
    name="rate_recipe",
    why="Recipe sites ask for stars.",
    category="share",
    pattern="^قيم(?:ي|وا)? الوصفه",
    drops=("قيّم الوصفة",),
    leaves=("تقييم الأداء السنوي للموظفين",),
)
DASH = CharRule("dash", "A plain dash.", {"\N{EN DASH}": "-"}, fixes=(("1\N{EN DASH}2", "1-2"),), leaves=("1-2",))
LAUGH = PatternRule(
    "laugh", "Three are enough.", "ههه+", "هههه", needs="ه", fixes=(("ههههههه", "هههه"),), leaves=("وجهه",)
)  # idempotent: four stay four


KEPT = [STARS, DASH, LAUGH, get("strip_tatweel"), get("share_button"), get("title_again")]


@pytest.mark.parametrize("rule", KEPT, ids=lambda rule: rule.name)
def test_a_rule_that_keeps_its_word_has_no_problem(rule: Rule) -> None:
    assert problems(rule) == []


WRONG: dict[str, tuple[Rule, str, str]] = {
    "pattern does not match the skeleton": (
        replace(STARS, pattern="^قيموا هذه الوصفه"),
        "leaves 'قيّم الوصفة', which it is to change",
        "the rule sees 'قيم الوصفه', in which '^قيموا هذه الوصفه' is not found",
    ),
    "evidence is missing": (replace(STARS, when=("amid_prose",)), "which it is to change", "lacks the evidence 'amid_prose'"),
    "too few words": (replace(STARS, least_words=3), "which it is to change", "it has 2 words, the rule takes 3 to 14"),
    "needs what the line has not": (
        replace(STARS, pattern="الوصفه", needs=("»",)),
        "which it is to change",
        "the line holds nothing of what the rule `needs`, '»'",
    ),
    "several gates": (replace(STARS, least_words=3, when=("amid_prose",)), "which it is to change", "several gates do not"),
    "near-miss goes": (replace(STARS, pattern="^قيم|السنوي"), "which it is to leave", "narrow the pattern"),
    "pattern no skeleton can have": (replace(STARS, pattern="^قيم الوصفة"), "which no skeleton has", "cannot be used"),
    "both kinds of repeat": (replace(STARS, when=("title_again", "line_again")), "make two rules of it", "cannot be used"),
    "example of more than goes": (replace(STARS, drops=((f"قيّم الوصفة\n{PROSE}", ""),)), "not ''", "correct the rule or the example"),
    "character is not in the table": (replace(DASH, fixes=(("1-3", "1_3"),)), "leaves '1-3'", "no key of the table; it holds U+002D"),
    "key that maps to itself": (replace(DASH, table={"\N{EN DASH}": "-", "a": "a"}), "maps 'a' to itself", "take the entry out"),
    "example that changes nothing": (replace(DASH, fixes=(("ab", "ab"),)), "is the same before and after", "show a text"),
    "needs the wrong character": (replace(LAUGH, needs="خ"), "which it is to change", "holds none of the characters that the rule `needs`"),
    "pattern is not found": (replace(LAUGH, pattern="ه{20}"), "which it is to change", "is not found in it"),
    "twice is more than once": (
        replace(LAUGH, pattern="هه", becomes="ههه", fixes=(("هه", "ههه"),), leaves=("ه",)),
        "applied twice to 'هه' it gives",
        "must not be something that it changes",
    ),
}


@pytest.mark.parametrize(("rule", "what", "remedy"), WRONG.values(), ids=WRONG)
def test_a_broken_promise_is_named_with_its_remedy(rule: Rule, what: str, remedy: str) -> None:
    found = problems(rule)
    assert [problem.rule for problem in found] == [rule.name] * len(found)
    assert any(what in problem.what and remedy in problem.remedy for problem in found), found


def test_two_rules_of_one_name_are_a_problem() -> None:
    assert [problem.what for problem in check([DASH, DASH])] == ["2 rules have this name"]
    assert check([DASH, STARS]) == []


def test_skeletons_are_what_patterns_see() -> None:
    assert skeletons("• اقرأ أيضًا:  المدينة\n\n٢٠٢٤ CAFE") == ["اقرا ايضا: المدينه", "", "2024 cafe"]
    assert examples(STARS) == (("قيّم الوصفة", ""),)


# --- the command

MODULE = """
from arclean import CharRule
SEMICOLON = CharRule("semicolon", "One of them.", {";": "؛"}, fixes=((";", "؛"),), leaves=("،",))
MORE = [SEMICOLON, CharRule("comma", "One of them.", {",": "،"}, fixes=((",", "؛"),), leaves=("؛",))]
"""
PIPELINE = """
steps:
- lines:
  - share_button
  - line:
      name: rate_recipe
      why: Recipe sites ask for stars.
      category: share
      pattern: "^قيم الوصفه"
      drops: ["قيّم الوصفة"]
      leaves: ["تقييم الأداء السنوي للموظفين"]
"""


def test_check_reads_modules_and_pipelines(tmp_path: Path) -> None:
    module, pipeline = tmp_path / "rules_of_test_check.py", tmp_path / "mine.yaml"
    module.write_text(MODULE, encoding="utf-8")
    pipeline.write_text(PIPELINE, encoding="utf-8")
    assert [rule.name for rule in rules_in(module)] == ["semicolon", "comma"]
    assert [rule.name for rule in rules_in(pipeline)] == ["share_button", "rate_recipe"]
    done = CliRunner().invoke(cli.main, ["check", str(module), str(pipeline)])
    assert done.exit_code == 1
    assert f"{module}: 2 rules, 1 problem\n" in done.output
    assert "comma: makes '،' of ',', not '؛'" in done.output
    assert f"{pipeline}: 2 rules, each keeps its word" in done.output
    assert CliRunner().invoke(cli.main, ["check", str(pipeline), "light"]).exit_code == 0


def test_a_file_without_rules_and_a_rule_that_cannot_be_made_are_wrong_use(tmp_path: Path) -> None:
    empty, blind = tmp_path / "empty_of_test_check.py", tmp_path / "blind.yaml"
    empty.write_text("x = 1\n")
    blind.write_text(PIPELINE.replace("^قيم", r"\\bقيم"), encoding="utf-8")
    assert "holds no rule" in (done := CliRunner().invoke(cli.main, ["check", str(empty)])).output
    assert "never matches Arabic" in (other := CliRunner().invoke(cli.main, ["check", str(blind)])).output
    assert (done.exit_code, other.exit_code) == (2, 2)
