"""Pipelines as plain data: written and read again they are equal, wrong names are told with the nearest right one, no file runs code."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st
from made_up_parts import Reversed, Score, Step, made_longer, no_stars
from strategies import texts

import arclean
from arclean import Characters, CharRule, ContextRule, Filter, LineRule, Lines, Measure, PatternRule, Pipeline, rules
from arclean.errors import ArcleanError, PipelineError, RuleError, UnknownName
from arclean.quality.measures import MEASURES

CHAR: Final = CharRule("own_char", "Made up.", {"٪": "%", "\x85": "", "😀": ":)"}, fixes=(("٪", "%"),), leaves=("%",), harm="lossy")
CONTEXT: Final = ContextRule("own_gap", "Made up.", "tidy_spaces", fixes=(("ب  ب", "ب ب"),), leaves=("ب ب",), options=(("gap", 7),))
PATTERN: Final = PatternRule("own_pattern", "Made up.", r"([0-9])\s*%", r"\1٪", "%", fixes=(("5 %", "5٪"),), leaves=("5",))
LINE: Final = LineRule(
    "own_line",
    "Made up.",
    "ad",
    drops=("سطري", ("سطري\nx", "x")),
    leaves=("سطرك",),
    pattern="^سطري$",
    when=("short",),
    least_words=0,
    most_words=3,
    takes=2,
)
RULES: Final = (CHAR, CONTEXT, PATTERN, LINE)
OWN: Final = Pipeline(
    (
        Characters((*rules.CHARACTERS["letters"], CHAR, CONTEXT, PATTERN)),
        Lines((LINE, *(rule for rule in rules.resolve("footer") if isinstance(rule, LineRule))), longest=200),
        no_stars,
        made_longer,
        Score(2.5, ("ا", "ب")),
        Reversed(),
        Measure(("words", "lines")),
        Filter("words", least=3),
        Filter("score", most=9.5),
    ),
    "own",
    "Made up: كل شيء.",
)
PIPES: Final = {"own": OWN, "empty": Pipeline(()), **{name: arclean.load(name) for name in ("light", "pretrain")}}
EVERY: Final = pytest.mark.parametrize("pipe", PIPES.values(), ids=PIPES)


def same(one: Pipeline, other: Pipeline) -> None:
    assert (other, other.fingerprint, other.promise) == (one, one.fingerprint, one.promise)
    assert other.to_dict() == one.to_dict()


@EVERY
def test_from_plain_data_comes_an_equal_pipeline(pipe: Pipeline) -> None:
    same(pipe, Pipeline.from_dict(pipe.to_dict()))


@EVERY
def test_from_a_file_comes_an_equal_pipeline(pipe: Pipeline, tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text(pipe.to_yaml(), encoding="utf-8")
    same(pipe, arclean.load(file))
    same(pipe, arclean.load(str(file)))


@EVERY
def test_plain_data_is_plain_and_rules_of_the_catalogue_are_named(pipe: Pipeline) -> None:
    data = pipe.to_dict()
    assert yaml.safe_load(yaml.safe_dump(data)) == data
    for rule in rules.catalogue().values():
        assert rule.why not in pipe.to_yaml()


@EVERY
@given(text=texts)
def test_what_was_read_again_cleans_alike(pipe: Pipeline, text: str) -> None:
    assert Pipeline.from_dict(pipe.to_dict()).clean(text) == pipe.clean(text)


hard: Final = st.sampled_from("\x85\u2028\u2029\ufeff\n\r\t\0 \xa0'\"#:-?|>&*!%@`~[]{},\\")
char: Final = hard | st.characters(exclude_categories=["Cs"])
plain: Final = st.text(char, min_size=1, max_size=6)
examples: Final = st.tuples(plain, plain)


@given(
    st.dictionaries(char, st.text(char, max_size=3), min_size=1, max_size=5),
    st.lists(examples, min_size=1, max_size=3),
    st.lists(plain, min_size=1, max_size=3),
)
@example({char: char for char in "\x85\u2028\u2029\ufeff\n\r\t\0 \xa0~"}, [("\r\n", " \x85 ")], ["null", "1", "~", " "])
def test_a_rule_of_any_characters_goes_through_a_file(table: dict[str, str], fixes: list[tuple[str, str]], leaves: list[str]) -> None:
    rule = CharRule("mine", "Made up.", table, tuple(fixes), tuple(leaves))
    pipe = Pipeline((Characters((rule,)),))
    same(pipe, Pipeline.from_dict(yaml.safe_load(pipe.to_yaml())))


@pytest.mark.parametrize("bounds", [(1, math.inf), (-math.inf, 1), (0.1, 0.30000000000000004), (-1e300, 1e-300), (2**53, 2**60)], ids=repr)
def test_bounds_of_a_filter_go_through_a_file_to_the_last_bit(bounds: tuple[float, float]) -> None:
    pipe = Pipeline((Filter("words", *bounds),))
    same(pipe, Pipeline.from_dict(yaml.safe_load(pipe.to_yaml())))


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        pytest.param("steps: []", (), id="no-steps"),
        pytest.param("steps: [{each: no_stars}]", (no_stars,), id="a-function-by-name"),
        pytest.param("steps: [{each: {function: no_stars}}]", (no_stars,), id="a-function-in-full"),
        pytest.param("steps: [{made_up_score: }]", (Score(),), id="a-step-without-options"),
        pytest.param("steps: [{made_up_score: 2}]", (Score(2),), id="a-step-with-its-first-option"),
        pytest.param("steps: [{measure: [words]}]", (Measure(("words",)),), id="a-list"),
        pytest.param("steps: [{characters: letters}]", (Characters(rules.CHARACTERS["letters"]),), id="a-family"),
        pytest.param("steps: [{characters: [strip_tatweel, letters]}]", (Characters(rules.CHARACTERS["letters"]),), id="a-rule-once"),
        pytest.param("\ufeffsteps: []", (), id="a-byte-order-mark"),
    ],
)
def test_a_person_may_write_less(text: str, parts: tuple[Any, ...], tmp_path: Path) -> None:
    file = tmp_path / "mine.yml"
    file.write_text(text, encoding="utf-8")
    assert arclean.load(file).parts == parts


WRONG: Final = {
    "kind": ("steps: [{characters: letters}, {lnies: footer}]", r"mine.yaml, step 2: unknown kind of step 'lnies'. Did you mean 'lines'"),
    "rule": ("steps: [{characters: [strip_tatwel]}]", r"mine.yaml, step 1, .*'strip_tatwel'. Did you mean 'strip_tatweel'"),
    "family": ("steps: [{lines: [all_linse]}]", r"'all_linse'. Did you mean 'all_lines'"),
    "option": ("steps: [{lines: {rules: [], longets: 3}}]", r"step 1: unknown option of lines 'longets'. Did you mean 'longest'"),
    "option-of-own": ("steps: [{made_up_score: {wieght: 3}}]", r"unknown option of made_up_score 'wieght'. Did you mean 'weight'"),
    "measure": ("steps: [{measure: [wrods]}]", r"step 1: step 'measure': unknown measure 'wrods'. Did you mean 'words'"),
    "function": ("steps: [{each: no_star}]", r"step 1: .*unknown function 'no_star'. Did you mean 'no_stars'"),
    "field": ("stpes: []", r"mine.yaml: unknown field of a pipeline 'stpes'. Did you mean 'steps'"),
    "kind-of-rule": ("steps: [{lines: [{lien: {}}]}]", r"unknown kind of rule 'lien'. Did you mean 'line'"),
    "field-of-rule": ("steps: [{lines: [{line: {nmae: x}}]}]", r"unknown field of a line rule 'nmae'. Did you mean 'name'"),
    "category": (
        "steps: [{lines: [{line: {name: x, why: W., category: adds, pattern: a, drops: [a], leaves: [b]}}]}]",
        r"unknown category 'adds'. Did you mean 'ad'",
    ),
    "operation": (
        "steps: [{characters: [{context: {name: x, why: W., operation: tidy_space, fixes: [[a, b]], leaves: [b]}}]}]",
        r"step 1: .*unknown operation 'tidy_space'. Did you mean 'tidy_spaces'",
    ),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_a_wrong_name_is_told_with_its_place_and_the_nearest(wrong: str, tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    text, message = WRONG[wrong]
    file.write_text(text, encoding="utf-8")
    with pytest.raises(UnknownName, match=message):
        arclean.load(file)


BROKEN: Final = {
    "not-yaml": ("steps: [", PipelineError, "mine.yaml: not YAML"),
    "a-list": ("- a\n- b", PipelineError, "is written with name, promise, steps; this is list"),
    "nothing": ("", PipelineError, "this is NoneType"),
    "no-steps": ("name: x", PipelineError, "`steps` is to be a list of steps, it is None"),
    "steps-a-mapping": ("steps: {lines: x}", PipelineError, "`steps` is to be a list"),
    "a-step-of-two": ("steps: [{lines: [], measure: []}]", PipelineError, "step 1: a step is written `kind: options`"),
    "a-bare-name": ("steps: [lines]", PipelineError, "step 1: a step is written `kind: options`, this is 'lines'"),
    "a-key-twice": ("steps: []\nsteps: [{lines: []}]", PipelineError, "'steps' is there twice"),
    "an-option-twice": ("steps: [{filter: {measure: words, least: 1, least: 2}}]", PipelineError, "'least' is there twice"),
    "a-bound-of-words": ("steps: [{filter: {measure: words, least: many}}]", PipelineError, "filter.least: takes a number, this is 'many'"),
    "a-number-that-is-text": ("steps: [{mix: 1e9}]", PipelineError, r"mix.budget: takes a number, this is '1e9'.* as 1.0e\+9"),
    "a-half-for-a-count": (
        "steps: [{lines: {rules: [], longest: 2.5}}]",
        PipelineError,
        "lines.longest: takes a whole number, this is 2.5",
    ),
    "a-count-for-a-choice": ("steps: [{duplicates: {near: 1}}]", PipelineError, "duplicates.near: takes true or false, this is 1"),
    "a-number-for-files": (
        "steps: [{decontaminate: 7}]",
        PipelineError,
        "decontaminate.against: takes a text or a list of texts, this is 7",
    ),
    "yes-for-a-name": (
        "steps: [{measure: [words, yes]}]",
        PipelineError,
        "measure.measures: takes .*, this is .'words', True.; put it in quotes",
    ),
    "a-bound-missing": ("steps: [{filter: words}]", PipelineError, "neither least nor most is given"),
    "bounds-crossed": ("steps: [{filter: {measure: words, least: 2, most: 1}}]", PipelineError, "least 2 is above most 1"),
    "rules-a-number": ("steps: [{lines: 7}]", PipelineError, "give a list of names of rules, this is 7"),
    "a-rule-a-number": ("steps: [{lines: [7]}]", PipelineError, "a rule is a name, or `char:`"),
    "a-rule-half": ("steps: [{lines: [{line: {name: x}}]}]", PipelineError, "the line rule 'x' is not whole"),
    "a-rule-of-nothing": ("steps: [{lines: [{line: }]}]", PipelineError, "a line rule is written with its fields"),
    "a-blind-pattern": (
        r"steps: [{lines: [{line: {name: x, why: W., category: ad, pattern: '\bا', drops: [a], leaves: [b]}}]}]",
        RuleError,
        "ASCII-only",
    ),
    "a-date-that-is-none": ("steps: 2024-99-99", PipelineError, "mine.yaml: not YAML"),
    "a-deep-nest": ("steps: " + "[" * 4000, PipelineError, "mine.yaml"),
    "a-list-as-key": ("steps: []\n? [a]\n: b", PipelineError, "mine.yaml"),
}


@pytest.mark.parametrize("broken", BROKEN)
def test_a_file_that_is_no_pipeline_is_an_error_that_names_the_place(broken: str, tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    text, error, message = BROKEN[broken]
    file.write_text(text, encoding="utf-8")
    with pytest.raises(error, match=message):
        arclean.load(file)


def test_bytes_that_are_no_text_are_an_error(tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_bytes("steps: [] # ملاحظة".encode("cp1256"))
    with pytest.raises(PipelineError, match=r"mine.yaml: not YAML"):
        arclean.load(file)


@pytest.mark.parametrize(
    "tag",
    [
        "!!python/object/apply:os.system ['touch {proof}']",
        "!!python/object/new:os.system ['touch {proof}']",
        "!!python/name:os.system",
        "!!python/module:antigravity",
        "!!python/object:made_up_parts.Score []",
        "!include {proof}",
    ],
)
@pytest.mark.parametrize("place", ["steps: {tag}", "steps: [{{lines: {tag}}}]", "{tag}: []", "{tag}"])
def test_a_file_cannot_run_code_or_make_objects(tag: str, place: str, tmp_path: Path) -> None:
    proof, file = tmp_path / "proof", tmp_path / "mine.yaml"
    file.write_text(place.format(tag=tag.format(proof=proof)), encoding="utf-8")
    with pytest.raises(
        PipelineError, match=r"mine.yaml: (not a pipeline: could not determine a constructor|not YAML: while scanning a tag).*line \d"
    ):
        arclean.load(file)
    assert not proof.exists()


@pytest.mark.parametrize("name", ["os.system", "made_up_parts.made_longer", "builtins.eval", "__import__"])
def test_a_file_cannot_import_what_is_not_registered(name: str, tmp_path: Path) -> None:
    for step in (f"each: {name}", f"{name}: {{}}"):
        file = tmp_path / "mine.yaml"
        file.write_text(f"steps: [{{{step}}}]", encoding="utf-8")
        with pytest.raises(UnknownName):
            arclean.load(file)


@pytest.mark.parametrize(
    ("name", "error", "message"),
    [
        pytest.param("pretrian", UnknownName, r"unknown preset 'pretrian'. Did you mean 'pretrain'", id="preset"),
        pytest.param("nowhere/mine.yaml", PipelineError, "no pipeline file at 'nowhere/mine.yaml'", id="file"),
        pytest.param("mine.yml", PipelineError, "no pipeline file at 'mine.yml'", id="file-here"),
        pytest.param(".", UnknownName, "unknown preset", id="directory"),
    ],
)
def test_a_name_that_is_neither_a_preset_nor_a_file(name: str, error: type[ArcleanError], message: str) -> None:
    with pytest.raises(error, match=message):
        arclean.load(name)


def test_the_fingerprint_does_not_change_with_names_reasons_and_examples() -> None:
    def renamed(rule: Any) -> Any:
        examples = {"drops": (("x", "y"),)} if isinstance(rule, LineRule) else {"fixes": (("x", "y"),), "harm": "visual"}
        return replace(rule, name=f"{rule.name}_2", why="Otherwise.", leaves=("q",), **examples)

    assert fingerprint(*map(renamed, RULES)) == fingerprint(*RULES)
    assert replace(OWN, name="other", promise="Other.").fingerprint == OWN.fingerprint


def fingerprint(*some: Any) -> str:
    lines = tuple(rule for rule in some if isinstance(rule, LineRule))
    return Pipeline((Characters(tuple(rule for rule in some if not isinstance(rule, LineRule))), Lines(lines))).fingerprint


CONTENT: Final = (
    (CHAR, {"table": {**CHAR.table, "٪": "%%"}}),
    (CHAR, {"table": {**CHAR.table, "x": "y"}}),
    (CONTEXT, {"options": (("gap", 8),)}),
    (CONTEXT, {"options": ()}),
    (CONTEXT, {"options": (), "operation": "strip_tatweel"}),
    (PATTERN, {"pattern": "%"}),
    (PATTERN, {"becomes": ""}),
    (PATTERN, {"needs": "%٪"}),
    (LINE, {"pattern": "^سطر$"}),
    (LINE, {"category": "share"}),
    (LINE, {"when": ()}),
    (LINE, {"when": ("open_ended",)}),
    (LINE, {"least_words": 1}),
    (LINE, {"most_words": 4}),
    (LINE, {"takes": 0}),
)


@pytest.mark.parametrize(("rule", "change"), CONTENT, ids=[f"{rule.name}-{'-'.join(change)}" for rule, change in CONTENT])
def test_the_fingerprint_changes_with_the_content_of_a_rule(rule: Any, change: dict[str, Any]) -> None:
    changed = [replace(one, **change) if one is rule else one for one in RULES]
    assert fingerprint(*changed) != fingerprint(*RULES)


def test_the_fingerprint_changes_with_options_parts_and_their_order() -> None:
    pipes = [
        Pipeline(()),
        Pipeline((Score(),)),
        Pipeline((Score(2.0),)),
        Pipeline((Score(words=("a",)),)),
        Pipeline((Score(), Reversed())),
        Pipeline((Reversed(), Score())),
        Pipeline((no_stars,)),
        Pipeline((made_longer,)),
        Pipeline((Lines(()),)),
        Pipeline((Lines((), longest=1),)),
        Pipeline((Filter("words", 1),)),
        Pipeline((Filter("words", most=1),)),
        Pipeline((Filter("lines", 1),)),
        Pipeline((Measure(tuple(MEASURES)),)),
        Pipeline((Measure(tuple(MEASURES)[::-1]),)),
    ]
    assert len({pipe.fingerprint for pipe in pipes}) == len(pipes)
    assert all(len(pipe.fingerprint) == 16 and int(pipe.fingerprint, 16) >= 0 for pipe in pipes)


def test_the_fingerprint_changes_with_what_a_function_says() -> None:
    def make(text: str) -> Any:
        if text:

            def told(text: str) -> str:
                return text + "1"
        else:

            def told(text: str) -> str:
                return text + "2"

        return arclean.each(told)

    first = Pipeline((make("x"),)).fingerprint
    assert Pipeline((make(""),)).fingerprint != first
    assert Pipeline((make("x"),)).fingerprint == first


def test_a_part_that_is_not_registered_runs_but_cannot_be_written() -> None:
    pipe = Pipeline((Step(lambda batch: batch),))
    assert pipe.clean("نص") == "نص"
    assert repr(pipe) == "<Pipeline 'custom': Step>"
    for write in (pipe.to_dict, pipe.to_yaml, lambda: pipe.fingerprint):
        with pytest.raises(PipelineError, match=r"Step is not registered; decorate it with @arclean.register"):
            write()


def test_an_option_that_is_no_plain_data_cannot_be_written() -> None:
    for odd in (object(), b"bytes", {1, 2}):
        words: Any = ("a", odd)
        pipe = Pipeline((Score(words=words),))
        for write in (pipe.to_dict, pipe.to_yaml, lambda pipe=pipe: pipe.fingerprint):
            with pytest.raises(PipelineError, match="cannot be written to a file; options are numbers, strings, and lists"):
                write()


def test_a_rule_of_ones_own_that_has_a_name_of_the_catalogue_is_written_in_full() -> None:
    mine = replace(CHAR, name="strip_tatweel")
    pipe = Pipeline((Characters((mine,)),))
    assert pipe.to_dict()["steps"][0]["characters"]["rules"][0]["char"]["name"] == "strip_tatweel"
    same(pipe, Pipeline.from_dict(pipe.to_dict()))
