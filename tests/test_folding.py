"""Folding and dropping: the classes of marks are a partition, each rule is one substitution, what is not named stays."""

from __future__ import annotations

import unicodedata
from typing import Final

import pyarrow as pa
import pytest
from hypothesis import given
from strategies import ALPHABET, columns
from twins import members

from arclean.orthography.characters import Characters
from arclean.rule import CharRule
from arclean.rules import catalogue, classes, folding, punctuation, resolve, tashkeel, width

pytestmark = pytest.mark.kernels

HAMZA: Final = {"\N{ARABIC HAMZA ABOVE}", "\N{ARABIC HAMZA BELOW}"}
CONTEXT_FREE: Final = tuple(
    rule for rule in (*folding.RULES, *tashkeel.RULES, *punctuation.RULES, *width.RULES) if isinstance(rule, CharRule)
)


def clean(text: str, *names: str) -> str:
    rules = tuple(catalogue()[name] for name in names)
    return str(Characters(rules).text(pa.array([text]))[0].as_py())  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        pytest.param("شدّة", "drop_harakat", id="a-shadda-is-no-vowel"),
        pytest.param("بدء", "fold_hamza_seats", id="a-hamza-without-a-seat"),
        pytest.param("کتابی", "fold_alef_maksura", id="a-persian-yeh-is-no-alef-maksura"),
        pytest.param("سورۃ", "fold_teh_marbuta", id="an-urdu-teh-is-no-teh-marbuta"),
        pytest.param("₁ ¹ ½ ① ℃ ™ ª ´", "narrow_latin", id="compatibility-characters-that-are-not-widths"),
        pytest.param("a ′ b ″", "plain_single_quotes", id="minutes-and-seconds"),
        pytest.param("ـ_ـ ‿ ~", "plain_dashes", id="lines-that-are-no-dashes"),
        pytest.param("\N{ARABIC END OF AYAH}", "drop_quranic_marks", id="a-sign-that-is-no-mark"),
    ],
)
def test_what_is_near_and_not_meant_stays(text: str, name: str) -> None:
    assert clean(text, name) == text


def test_every_mark_of_arabic_is_in_one_class_of_tashkeel_and_the_hamza_in_none() -> None:
    signs = set(tashkeel.DROP_AYAH_SIGNS.table)
    dropped = [char for rule in tashkeel.RULES for char in rule.table]
    assert len(dropped) == len(set(dropped))
    assert set(dropped) - signs == members(classes.MARKS) - HAMZA
    assert not signs & members(classes.MARKS)
    assert all(text == "" for rule in tashkeel.RULES for text in rule.table.values())
    assert set(folding.DROP_HAMZA_MARKS.table) == HAMZA


def test_the_whole_family_of_tashkeel_leaves_no_mark_but_the_hamza() -> None:
    rest = Characters(tashkeel.RULES).text(pa.array([ALPHABET]))[0].as_py()
    assert set(rest) & members(classes.MARKS) == HAMZA
    assert len(rest) == len(ALPHABET) - sum(len(rule.table) for rule in tashkeel.RULES)


def test_a_shadda_can_be_kept_while_the_vowels_go() -> None:
    assert clean("مُدَرِّسٌ", "drop_harakat", "drop_tanwin", "drop_sukun") == "مدرّس"


def test_the_letters_of_mathematics_are_those_of_unicode() -> None:
    block = [chr(code) for code in range(0x1EE00, 0x1EF00)]
    wanted = {char: unicodedata.normalize("NFKC", char) for char in block if unicodedata.normalize("NFKC", char) != char}
    assert dict(width.PLAIN_MATHEMATICAL_LETTERS.table) == wanted
    assert all(unicodedata.normalize("NFKC", char) == text for char, text in width.NARROW_LATIN.table.items())


def test_ornate_parentheses_become_those_of_their_category() -> None:
    closing = {"Ps": "(", "Pe": ")"}
    table = punctuation.PLAIN_ORNATE_PARENTHESES.table
    assert all(text == closing[unicodedata.category(char)] for char, text in table.items())


@pytest.mark.parametrize("rule", CONTEXT_FREE, ids=lambda rule: rule.name)
@given(column=columns())
def test_each_rule_is_one_substitution_and_twice_is_once(rule: CharRule, column: pa.Array) -> None:
    table = str.maketrans(dict(rule.table))
    once = Characters((rule,)).text(column)
    assert once.to_pylist() == [None if text is None else text.translate(table) for text in column.to_pylist()]
    assert Characters((rule,)).text(once) is once


@pytest.mark.parametrize("family", ["width", "punctuation", "digits", "folding", "tashkeel", "parity"])
@given(column=columns())
def test_a_whole_family_twice_is_once(family: str, column: pa.Array) -> None:
    cleaner = Characters(resolve(family))  # type: ignore[arg-type]
    once = cleaner.text(column)
    assert cleaner.text(once) is once


@pytest.mark.parametrize("family", ["punctuation", "digits", "folding", "tashkeel", "parity"])
def test_what_loses_information_says_so(family: str) -> None:
    assert {rule.harm for rule in resolve(family) if not hasattr(rule, "category")} == {"lossy"}
