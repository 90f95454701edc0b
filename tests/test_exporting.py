"""Export: the real SentencePiece and the real tokenizers do to a text what the pipeline of the exported rules does."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, Final

import numpy as np
import pytest
from click.testing import CliRunner
from hypothesis import example, given
from hypothesis import strategies as st
from strategies import ALPHABET, COMMON, char_rules, tatweels, texts

import arclean
from arclean import Characters, CharRule, Pipeline, rules
from arclean.cli import main
from arclean.errors import OutputError, PipelineError, UnknownName
from arclean.exporting import Export, export
from arclean.orthography import emoji_strings
from arclean.orthography.passes.composition import form_c
from arclean.rule import ContextRule, PatternRule
from arclean.rules import classes, oniguruma

sentencepiece: Final[Any] = pytest.importorskip("sentencepiece")
tokenizers: Final[Any] = pytest.importorskip("tokenizers")

TARGETS: Final = ("sentencepiece", "tokenizers")
MARKED: Final = (
    "ابي\u0627ىوه\u064e\u064b\u0651\u0652\u0670\u0653\u0654\u0655\u0640\u06e1\u0600\u06dd"
    "\u200d\u200c\ufe0f\u0301\u0323e😀👩🇪\u1100\u1161\r\n \u0e33ﻻﷺ"
)
GRAPHEMES: Final = st.text(st.sampled_from(MARKED), max_size=30)
SIGNS: Final = st.text(st.sampled_from("0٣۴ ،٫٬٪؍a\u00a0"), max_size=16)


def _newer() -> frozenset[str]:
    """Marks that the Unicode of tokenizers does not know: it leaves them in the order that they have."""
    normalise = tokenizers.normalizers.NFC().normalize_str
    marks = map(chr, np.flatnonzero(form_c().order))
    return frozenset(mark for mark in marks if all(normalise(text) == text for text in (f"b\u0315{mark}", f"b{mark}\u0334")))


NEWER: Final = _newer()
written: Final = (texts | GRAPHEMES | SIGNS | tatweels | st.text(st.sampled_from(ALPHABET + COMMON), max_size=30)).map(
    lambda text: "".join(char for char in text if char not in NEWER and char not in "\0\1")
)


def normaliser(done: Export, place: Path) -> Callable[[str], str]:
    if done.to == "sentencepiece":
        done.write(place / "rules.tsv")
        plain = {"add_dummy_prefix": False, "escape_whitespaces": False, "remove_extra_whitespaces": False}
        made: Callable[[str], str] = sentencepiece.SentencePieceNormalizer(rule_tsv=str(place / "rules.tsv"), **plain).Normalize
        return made
    whole = json.loads(tokenizers.Tokenizer(tokenizers.models.BPE()).to_str())
    whole["normalizer"] = json.loads(done.data)
    normalise: Callable[[str], str] = tokenizers.Tokenizer.from_str(json.dumps(whole)).normalizer.normalize_str
    return normalise


FOLD: Final = Pipeline.from_dict(
    {"name": "fold", "steps": [{"characters": ["invisible", "width", "punctuation", "digits", "folding", "tashkeel"]}]}
)
PIPES: Final = {"light": arclean.load("light"), "lucene": arclean.load("lucene"), "search": arclean.load("search"), "fold": FOLD}


@cache
def exported(name: str, to: str, place: Path) -> tuple[Export, Callable[[str], str]]:
    done = export(PIPES[name], to, partial=True)
    return done, normaliser(done, place)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("exports")


@pytest.mark.parametrize("to", TARGETS)
@pytest.mark.parametrize("name", PIPES)
@given(text=written)
def test_the_tokenizer_sees_what_the_pipeline_writes(name: str, to: str, place: Path, text: str) -> None:
    done, normalise = exported(name, to, place)
    assert normalise(text) == done.pipeline.clean(text)


@pytest.mark.parametrize("to", TARGETS)
@pytest.mark.parametrize(
    "text",
    [
        pytest.param("كَتَبَ الطَّالِبُ الدَّرْسَ، ثُمَّ نَامَ.", id="vowels-stay-where-letters-change"),
        pytest.param("أَحْمَدُ آمَنَ إِلَى", id="hamza-with-vowels"),
        pytest.param("هٰذا شَيْـًٔا مِنَ القُرْآنِ", id="hamza-on-tatweel"),
        pytest.param("1445هـ و ـة والـ iPhone بــــ", id="tatweel-that-stays"),
        pytest.param("ـــــــ\nـــــ نص ـــ", id="rulers"),
        pytest.param("\u00a0", id="first-character-changes"),
        pytest.param("\u064e\ufefb\u200f\ufdfa", id="first-character-goes"),
        pytest.param("سطر\r\nسطر\rسطر\u2028سطر", id="line-ends"),
        pytest.param("👩\u200d🏫 🇪🇬 ❤\ufe0f e\u0301", id="graphemes"),
        pytest.param("\u0600\u0661\u06dd\u0662", id="number-signs-share-a-grapheme-with-what-follows"),
    ],
)
def test_vocalised_and_other_hard_text(text: str, to: str, place: Path) -> None:
    for name in PIPES:
        done, normalise = exported(name, to, place)
        assert normalise(text) == done.pipeline.clean(text)


def test_the_compiled_map_alone_drops_marks_and_the_guards_keep_them(place: Path) -> None:
    done, normalise = exported("light", "tokenizers", place)
    stages = json.loads(done.data)["normalizers"]
    bare = next(stage for stage in stages if stage["type"] == "Precompiled")
    text = "\ufe8e\u064e"
    assert normaliser(Export("tokenizers", json.dumps(bare), done.pipeline, ()), place)(text) == "\u0627"
    assert normalise(text) == "\u0627\u064e" == done.pipeline.clean(text)


@pytest.mark.parametrize("to", TARGETS)
@given(made=char_rules(), text=st.text(st.sampled_from(ALPHABET + "ابتab\u0640é😀\u2028\ufeff\ufdfd "), max_size=20))
def test_rules_that_feed_one_another(made: tuple[CharRule, ...], text: str, to: str, place: Path) -> None:
    text = text.replace("\0", "").replace("\1", "")
    try:
        done = export(Pipeline((Characters(made),)), to)
    except PipelineError:  # every key becomes itself again
        assert Pipeline((Characters(made),)).clean(text) == text
        return
    if "\1" not in done.pipeline.clean(text):
        assert normaliser(done, place)(text) == done.pipeline.clean(text)


PASSES: Final = (*oniguruma.STAGES, *oniguruma.NATIVE)
STRETCHED: Final = st.lists(st.tuples(st.sampled_from("اتهييw!.؟ـ \u064e\u0651"), st.integers(1, 6))).map(
    lambda runs: "".join(char * count for char, count in runs)
)


def test_of_arabic_marks_few_are_newer_than_the_unicode_of_tokenizers() -> None:
    arabic = {mark for mark in NEWER if any(first <= ord(mark) <= last for first, last in classes.MARKS)}
    known = ((0x897, 0x89F), (0x8CA, 0x8D3), (0x10D69, 0x10D6D), (0x10EAB, 0x10EFF))
    assert arabic <= {chr(code) for first, last in known for code in range(first, last + 1)}


@pytest.mark.parametrize("operation", PASSES)
@given(text=written | STRETCHED)
def test_a_pass_said_in_patterns_is_the_pass(operation: str, place: Path, text: str) -> None:
    rule = next(rule for rule in rules.catalogue().values() if isinstance(rule, ContextRule) and rule.operation == operation)
    assert _of_one(rule, place)(text) == Pipeline((Characters((rule,)),)).clean(text)


@cache
def _of_one(rule: ContextRule, place: Path) -> Callable[[str], str]:
    return normaliser(export(Pipeline((Characters((rule,)),)), "tokenizers"), place)


@pytest.mark.parametrize("operation", PASSES)
def test_patterns_keep_the_word_of_their_rules_and_take_linear_time(operation: str, place: Path) -> None:
    for rule in rules.catalogue().values():
        if isinstance(rule, ContextRule) and rule.operation == operation:
            normalise = _of_one(rule, place)
            assert [normalise(before) for before, _ in rule.fixes] == [after for _, after in rule.fixes]
            assert [normalise(text) for text in rule.leaves] == list(rule.leaves)
            for piece in ("ـ", "ـ ", "ا", "اـ", "ـ\u064e", "\r", "1،", "1 ٪", "ت", "اا ", "!"):
                assert normalise(piece * 20_000) == Pipeline((Characters((rule,)),)).clean(piece * 20_000)


ALIASED: Final = Pipeline.from_dict(
    {"name": "aliased", "steps": [{"characters": ["alias_emoji", "width", "punctuation", "folding", "keys"]}]}
)
EMOJI: Final = st.lists(
    st.sampled_from(sorted(emoji_strings.strings()))
    | st.text(st.sampled_from("❤😂👩🏽🏫🇸🇦©1#\u20e3\ufe0f\ufe0e\u200d\U0001f3f4\U000e0067ةA: "), max_size=8),
    max_size=6,
).map("".join)


@cache
def aliased(place: Path) -> tuple[Export, Callable[[str], str]]:
    done = export(ALIASED, "sentencepiece", partial=True)
    return done, normaliser(done, place)


@given(text=EMOJI | written)
@example("صورة😂 🇸🇦 ❤\ufe0e ©\ufe0f© 1\ufe0f\u20e3 \U0001f3f4\U000e0067")
def test_aliases_of_emoji_are_strings_that_sentencepiece_knows(place: Path, text: str) -> None:
    done, normalise = aliased(place)
    assert "alias_emoji" not in done.left_out
    assert normalise(text) == done.pipeline.clean(text)


def test_every_string_of_an_emoji_is_the_same_to_sentencepiece(place: Path) -> None:
    done, normalise = aliased(place)
    given = sorted(emoji_strings.strings())
    assert [normalise(text) for text in given] == done.pipeline.clean_many(given)


def test_aliases_after_a_table_that_takes_emoji_apart_and_names_with_spaces_are_left_out() -> None:
    def left_out(to: str, *names: str) -> tuple[str, ...]:
        return export(Pipeline.from_dict({"steps": [{"characters": [*names]}]}), to, partial=True).left_out

    assert left_out("sentencepiece", "fold_alef", "alias_emoji") == ()
    assert left_out("sentencepiece", "strip_directions", "alias_emoji") == ("alias_emoji",)
    assert left_out("sentencepiece", "fold_alef", "name_emoji") == ("name_emoji",)
    assert left_out("tokenizers", "fold_alef", "alias_emoji", "name_emoji") == ("alias_emoji", "name_emoji")


def test_what_cannot_be_exported_is_named_or_listed() -> None:
    with pytest.raises(PipelineError, match=r"pretrain: cannot be exported to sentencepiece: .*strip_tatweel.*the step 'lines'.*--partial"):
        export("pretrain", "sentencepiece")
    done = export("pretrain", "tokenizers", partial=True)
    assert "the step 'lines'" in done.left_out
    assert "strip_tatweel" not in done.left_out
    with pytest.raises(PipelineError, match="holds no rule that can be exported"):
        export(Pipeline.from_dict({"steps": [{"entities": {"email": "token"}}]}), "tokenizers", partial=True)
    with pytest.raises(UnknownName, match=r"unknown target of an export 'tokenisers'. Did you mean 'tokenizers'"):
        export("lucene", "tokenisers")
    anchored = PatternRule("r", "Made up.", "^ا", "", "ا", (("ا", ""),), ("ب",))
    grouped = PatternRule("s", "Made up.", "(ا)ب", r"\1", "ا", (("اب", "ا"),), ("ب",))
    plain = PatternRule("t", "Made up.", "[^ا ]ب+", "-", "ب", (("تب", "-"),), ("ا",))
    assert export(Pipeline((Characters((anchored, grouped, plain)),)), "tokenizers", partial=True).left_out == ("r", "s")


def test_transliteration_is_a_table_too(place: Path) -> None:
    pipe = Pipeline.from_dict({"steps": [{"transliterate": "buckwalter"}]})
    for to in TARGETS:
        assert normaliser(export(pipe, to), place)("مُحَمّد") == "muHam~d" == pipe.clean("مُحَمّد")


def test_the_command_writes_the_file_whole_and_lists_what_it_left_out(tmp_path: Path) -> None:
    file = tmp_path / "normalizer.json"
    done = CliRunner().invoke(main, ["export", "light", "--to", "tokenizers", "-o", str(file), "--partial"])
    assert done.exit_code == 0, done.output
    assert "left out: " in done.output
    assert "tidy_spaces" in done.output
    assert file.read_text(encoding="utf-8") == export("light", "tokenizers", partial=True).data
    assert [path.name for path in tmp_path.iterdir()] == ["normalizer.json"]
    refused = CliRunner().invoke(main, ["export", "light", "--to", "tokenizers", "-o", str(tmp_path / "other.json")])
    assert refused.exit_code == 2
    assert "tidy_spaces" in refused.output
    assert [path.name for path in tmp_path.iterdir()] == ["normalizer.json"]
    with pytest.raises(OutputError, match="cannot be written"):
        export("lucene", "sentencepiece", tmp_path / "none" / "rules.tsv")


def test_it_is_called_by_its_name() -> None:
    assert arclean.export is export
