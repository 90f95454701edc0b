"""Measures of words, signs and lines: one walk held to plain Python, rule by rule as datatrove has them."""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Callable
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from strategies import columns, pages, texts
from twins import LETTERS, MARKS, TATWEEL, members

from arclean import Filter, Measure
from arclean.columns import view as strings_of
from arclean.language.identify import identify
from arclean.quality.measures import BASE, MEASURES, figures
from arclean.quality.shape.measures import FORMULAS, counted
from arclean.quality.shape.tokens import tokens
from arclean.rules import classes, signs

pytestmark = pytest.mark.kernels

ARABIC: Final = (LETTERS | members(classes.FORM_LETTERS)) - {TATWEEL}
LETTER: Final = ARABIC | members(classes.OTHER_LETTERS) | {TATWEEL}
DIGIT: Final = members(classes.DIGITS)
SPACE: Final = members(classes.SPACES)
PUNCTUATION: Final = members(signs.DATATROVE_PUNCTUATION)
THEIR_ENDS: Final = members(signs.DATATROVE_ENDS)
SIGN: Final = members(signs.SIGNS) - LETTER - DIGIT - SPACE - MARKS


def is_sign(token: str) -> bool:
    return token[0] in SIGN and token[0] not in "@_"


def share(part: float, whole: float) -> float:
    return part / whole if whole else 0.0


def strip(text: str) -> str:
    return text.strip("".join(SPACE))


def met_before(values: list[str]) -> list[str]:
    return [value for i, value in enumerate(values) if value in values[:i]]


def top(words: list[str], n: int) -> int:
    grams = [" ".join(words[i : i + n]) for i in range(len(words) - n + 1)]
    if not grams:
        return 0
    gram, times = Counter(grams).most_common(1)[0]
    return len(gram) * times


def repeated(words: list[str], n: int) -> int:
    seen, at, total = set(), 0, 0
    while at < len(words) - n + 1:
        gram = tuple(words[at : at + n])
        if gram in seen:
            total += sum(map(len, gram))
            at += n
        else:
            seen.add(gram)
            at += 1
    return total


def ends(line: str) -> bool:
    line = strip(line)
    while line and line[-1] in signs.CLOSERS:
        line = line[:-1]
        line = strip(line)
    return bool(line) and line[-1] in signs.ENDS


def begins(line: str, bullets: str) -> bool:
    return strip(line)[:1] in set(bullets)


def ellipsis_at_end(line: str) -> bool:
    return strip(line).endswith(("...", "…"))


def sentences(line: str) -> int:
    groups, pending, word = 0, False, False
    for token in tokens(line):
        if not is_sign(token):
            if any(char in LETTER or char in DIGIT for char in token):
                groups += pending
                pending, word = False, True
        elif token[0] in signs.SENTENCE_ENDS and word:
            pending = True
    return groups + word


def code_signs(line: str) -> int:
    return sum(len(token) for token in tokens(line) if is_sign(token) and token[0] in signs.CODE)


def bars(line: str) -> int:
    return line.count("\t") + sum(token == "|" for token in tokens(line))


def is_prose(line: str) -> bool:
    return len(line) >= 80 or ends(line) or marks_of(tokens(line)) * 4 >= len(line)


def bare(words: list[str]) -> list[str]:
    """Words without their addresses: letters there are none of a language."""
    return [word.partition("://")[0] if not is_sign(word) else "" for word in words]


def marks_of(words: list[str]) -> int:
    return sum(char in MARKS for word in bare(words) for char in word)


def count_of(text: str, kind: frozenset[str] | set[str]) -> int:
    return sum(char in kind for word in bare(tokens(text)) for char in word)


def measured(text: str) -> dict[str, float]:
    """The twin."""
    words = tokens(text)
    spoken = [word for word in words if not is_sign(word) and any(char in LETTER or char in DIGIT for char in word)]
    theirs = [word for word in words if not is_sign(word) or word[0] not in PUNCTUATION]
    every = text.split("\n")
    lines = [line for line in every if strip(line)]
    whole = every[:-1] if every[-1] == "" else every
    parts = re.split("\n+", text)
    paragraphs = [part for part in re.split("\n{2,}", "\n".join(_inked(every))) if part]
    again, par_again = met_before(parts), met_before(paragraphs)
    counts = Counter(words)
    letters_and_digits = count_of(text, LETTER - {TATWEEL}) + count_of(text, DIGIT)
    alpha = sum(any(char in LETTER for char in word) for word in spoken)
    dots = sum(len(word) // 3 for word in words if word[0] == ".") + words.count("…")
    made: dict[str, float] = {
        "tokens": len(words),
        "word_length": share(letters_and_digits, len(spoken)),
        "alpha_word_share": share(alpha, len(spoken)),
        "hash_ratio": share(words.count("#"), len(words)),
        "ellipsis_ratio": share(dots, len(words)),
        "bullet_line_share": share(sum(begins(line, signs.BULLETS) for line in lines), len(lines)),
        "ellipsis_line_share": share(sum(map(ellipsis_at_end, lines)), len(lines)),
        "dup_line_share": share(len(again), len(parts)),
        "dup_line_char_share": share(sum(map(len, again)), len(text)),
        "dup_paragraph_share": share(len(par_again), len(paragraphs)),
        "dup_paragraph_char_share": share(sum(map(len, par_again)), len(text)),
        **{f"top_{n}gram_share": share(top(words, n), len(text)) for n in range(2, 5)},
        **{f"dup_{n}gram_share": share(repeated(words, n), len(text)) for n in range(5, 11)},
        "end_line_share": share(sum(map(ends, lines)), len(lines)),
        "prose_line_share": share(sum(map(is_prose, lines)), len(lines)),
        "short_line_share": share(sum(len(line) <= 30 for line in lines), len(lines)),
        "dup_text_line_share": share(len(met_before(lines)), len(lines)),
        "dup_text_char_share": share(sum(map(len, met_before(lines))), len(text) - text.count("\n")),
        "line_feed_ratio": share(text.count("\n"), len(words)),
        "sentences": sum(map(sentences, lines)),
        "braces": words.count("{") + words.count("}"),
        "long_lines": sum(len(line) >= 200 for line in lines),
        "unique_token_share": share(len(counts), len(words)),
        "token_entropy": -sum(n / len(words) * math.log(n / len(words)) for n in counts.values()) if words else 0.0,
        "digit_share": share(count_of(text, DIGIT), len(text)),
        "uppercase_share": share(count_of(text, set("ABCDEFGHIJKLMNOPQRSTUVWXYZ")), len(text)),
        "sign_share": share(sum(len(word) for word in words if is_sign(word)), len(text)),
        "vocalised_share": share(marks_of(words), count_of(text, ARABIC)),
        "code_line_share": share(sum(code_signs(line) >= 3 and code_signs(line) * 10 >= len(line) for line in lines), len(lines)),
        "table_line_share": share(sum(bars(line) >= 2 for line in lines), len(lines)),
        "datatrove_words": len(theirs),
        "datatrove_word_length": share(sum(map(len, theirs)), len(theirs)),
        "datatrove_alpha_share": share(alpha, len(words)),
        "datatrove_bullet_line_share": share(sum(begins(line, "•-") for line in whole if strip(line)), len(whole)),
        "datatrove_ellipsis_line_share": share(sum(map(ellipsis_at_end, whole)), len(whole)),
        "datatrove_end_line_share": share(sum(line[-1] in THEIR_ENDS for line in lines), len(lines)),
    }
    return made


def _inked(lines: list[str]) -> list[str]:
    inked = [i for i, line in enumerate(lines) if strip(line)]
    return lines[inked[0] : inked[-1] + 1] if inked else []


def told(column: pa.Array) -> list[dict[str, Any]]:
    values = figures(column, FORMULAS)
    return [{name: pytest.approx(values[name][row].as_py()) for name in FORMULAS} for row in range(len(column))]


WORDLIKE: Final = re.split(" ", "كلمة كلمة ثم ثم قال قَالَ محـمد a B don't 3 ٣ 3.5 a.b U.S.A e.g. 10:30 http://x.y/z?a=1 a@b.c @user #وسم")
SIGNLIKE: Final = re.split(" ", "a://b. a://c...) ... .. . … ، ؟ ! !! « » ) - -- • – { } ; = | _ 😀 ﷺ ' : :// a://")
PIECES: Final = (*WORDLIKE, *SIGNLIKE, "\t", "\N{RIGHT-TO-LEFT MARK}")
words_and_signs: Final = st.lists(st.sampled_from(PIECES) | st.sampled_from([" ", " ", " ", "\n", "\n\n"]), max_size=40).map("".join)
repeats: Final = st.lists(st.sampled_from(["في البيت", "كان هنا", "ثم"]), max_size=40).map(" ".join)


@given(columns(words_and_signs | repeats | pages() | texts))
@example(
    pa.array(
        [
            "",
            " ",
            "\n",
            "\n\n",
            None,
            "ا",
            "\nا\n",
            "ا\n \nا",
            "ا\n\nا\n\nا",
            "a://",
            "://",
            "0://:",
            "0://A",
            "¼\n★\n\n★",
            "زر a://b.",
            "زر (a://b.)",
            "a://b...",
            "a://b…\nc",
            "a:// b",
            ". . .",
            "....\n",
            "'",
            "3.",
            "3.5.",
            "ا'ا",
        ]
    )
)
def test_every_measure_is_that_of_plain_python(column: pa.Array) -> None:
    assert [measured(value or "") for value in column.to_pylist()] == told(column)


@pytest.mark.parametrize(
    "unit",
    ["كلمة ", "ا\n", "ا\n\n", "قَ", "a", ".", "😀 ", "سطر طويل من الكلام الذي يعاد.\n", "في البيت كان هنا ثم خرج ولم يعد إليه أحد "],
    ids=ascii,
)
def test_long_texts_are_measured_to_the_end(unit: str) -> None:
    column = pa.array([front + unit * size for size in (199, 200, 201, 1500) for front in ("", "ب ")])
    values = figures(column, ("tokens", "datatrove_words", "datatrove_word_length", "vocalised_share", "dup_line_share", "top_2gram_share"))
    for row, text in enumerate(column.to_pylist()):
        words = tokens(text)
        assert values["tokens"][row].as_py() == len(words)
        assert values["top_2gram_share"][row].as_py() == pytest.approx(share(top(words, 2), len(text)))
        assert values["vocalised_share"][row].as_py() == pytest.approx(share(marks_of(words), count_of(text, ARABIC)))
        assert values["dup_line_share"][row].as_py() == pytest.approx(
            share(len(met_before(re.split("\n+", text))), len(re.split("\n+", text)))
        )


@pytest.mark.parametrize("word", ["ب", "قَ", "كلام", "وبالمدارس", "فَأَسْقَيْنَاكُمُوهُ", "كلمة" * 30, "ك" * 8, "ك" * 9], ids=ascii)
def test_a_word_is_the_same_word_wherever_it_stands(word: str) -> None:
    texts = [f"{word} {'ب' * size} {word}{sign} {word}" for size in range(1, 70) for sign in ("", ".", "،", "\n", " -")]
    column = pa.array(texts)
    values = figures(column, ("unique_token_share", "tokens"))
    for row, text in enumerate(texts):
        assert values["unique_token_share"][row].as_py() == pytest.approx(len(set(tokens(text))) / len(tokens(text)))
    alone = [figures(pa.array([text]), ("unique_token_share",))["unique_token_share"][0].as_py() for text in texts[:30]]
    assert alone == values["unique_token_share"][:30].to_pylist()


def test_words_that_differ_in_one_letter_are_two_words() -> None:
    letters = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"
    for size in (1, 2, 4, 5, 8, 9, 12, 16, 17, 30):
        stem = "م" * size
        words = {stem[:at] + letter + stem[at + 1 :] for at in range(size) for letter in letters}
        share_of_unique = figures(pa.array([" ".join(words)]), ("unique_token_share",))["unique_token_share"]
        assert share_of_unique.to_pylist() == [1.0]


def test_some_rows_are_measured_as_all_are() -> None:
    texts = ["كلمة كلمة في البيت", "", "سطر\nسطر", "هل جاء؟", "في من على"]
    strings = strings_of(pa.array(texts))
    whole, met = counted(strings, FORMULAS, ("في", "من"))
    some, met_there = counted(strings, FORMULAS, ("في", "من"), np.array([4, 0, 2]))
    assert {name: values[[4, 0, 2]].tolist() for name, values in whole.items()} == {name: values.tolist() for name, values in some.items()}
    assert (met.tolist(), met_there.tolist()) == ([1, 0, 0, 0, 2], [2, 1, 0])


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        pytest.param("قال: «نعم، هذا صحيح».", ["قال", ":", "«", "نعم", "،", "هذا", "صحيح", "»", "."], id="punctuation"),
        pytest.param("وبالمدرسة،ثم", ["وبالمدرسة", "،", "ثم"], id="a-comma-without-a-space"),
        pytest.param("قَالَ مُحَمَّدٌ", ["قَالَ", "مُحَمَّدٌ"], id="vowels-part-no-word"),
        pytest.param("مـحـمـد", ["مـحـمـد"], id="tatweel-parts-no-word"),
        pytest.param("انتهى...ثم عاد", ["انتهى", "...", "ثم", "عاد"], id="an-ellipsis-is-one"),
        pytest.param("٣٫٥ و 10:30 و 1,000", ["٣٫٥", "و", "10:30", "و", "1,000"], id="numbers"),
        pytest.param("site.example a@b.example", ["site.example", "a@b.example"], id="latin-with-dots"),
        pytest.param("https://a.example/ب؟c=1 ثم", ["https://a.example/ب؟c=1", "ثم"], id="an-address"),
        pytest.param("#وسم_جديد @user", ["#", "وسم_جديد", "@user"], id="tags"),
        pytest.param("2010-2012", ["2010", "-", "2012"], id="a-span-of-years"),
        pytest.param("-----", ["-----"], id="a-rule-is-one"),
        pytest.param("شكرا😀😀", ["شكرا", "😀", "😀"], id="emoji-are-signs"),
    ],
)
def test_tokens_as_a_reader_parts_them(text: str, parts: list[str]) -> None:
    assert tokens(text) == parts


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        pytest.param("end_line_share", "هل جاء؟\nنعم؛\nقال: «نعم.»\nثم…\nالرئيسية", 0.8, id="arabic-marks-end-a-line"),
        pytest.param("datatrove_end_line_share", "هل جاء؟\nنعم؛\nقال: «نعم.»\nثم…\nالرئيسية", 0.2, id="datatrove-knows-one-of-them"),
        pytest.param("word_length", "قَالَ مُحَمَّدٌ", 3.5, id="vowels-do-not-lengthen-a-word"),
        pytest.param("datatrove_word_length", "قَالَ مُحَمَّدٌ", 7.0, id="with-datatrove-they-do"),
        pytest.param("vocalised_share", "قَالَ", 2 / 3, id="vowels-for-letters"),
        pytest.param("code_line_share", "x = f(a);  y = {b: 1};\nنص عادي بلا رموز", 0.5, id="code"),
        pytest.param("table_line_share", "ا | ب | ت\nنص", 0.5, id="a-table"),
        pytest.param("prose_line_share", "قُلْ هُوَ ٱللَّهُ أَحَدٌ ١\nالأخبار", 0.5, id="a-verse-needs-no-mark"),
        pytest.param("religious_share", "بسم الله الرحمن الرحيم", 0.25, id="religious"),
        pytest.param("lorem_ipsum", "Lorem ipsum dolor", 1, id="lorem-ipsum"),
    ],
)
def test_measures_say_what_they_are_for(name: str, text: str, value: float) -> None:
    assert Measure((name,)).batch(pa.record_batch({"text": [text, None]}))[name].to_pylist() == [pytest.approx(value), 0]


LOREM: Final = ("Lorem ipsum", "LOREM IPSUM", "lorem  ipsum", "loremipsum", "xlorem ipsum.", "lor", "em ipsum", "oo", "ص", " ")


@given(columns(st.lists(st.sampled_from(LOREM)).map("".join)))
@example(pa.array(["o" * 62 + "lorem ipsum", "o" * 61 + "lorem ipsum", "x" * 60 + "Lorem ipsum lorem ipsum", "lorem", "orem ipsum"]))
def test_lorem_ipsum_is_counted_as_python_counts_it(column: pa.Array) -> None:
    counts = [(text or "").lower().count("lorem ipsum") for text in column.to_pylist()]
    assert figures(column, ("lorem_ipsum",))["lorem_ipsum"].to_pylist() == counts


UNREAD: Final = "\ud7ff\ue000\uf8ff\uf900\ufffc\ufffd\uffee\U000effff\U000f0000\U000ffffd\U000ffffe\U00100000\U0010fffd\U0010ffff نصa"


@given(columns(st.text(st.sampled_from(UNREAD), max_size=90) | texts))
def test_characters_that_stand_for_none_are_counted_as_python_counts_them(column: pa.Array) -> None:
    found = figures(column, ("replacement_characters", "private_use_characters"))
    rows = [text or "" for text in column.to_pylist()]
    assert found["replacement_characters"].to_pylist() == [text.count("\ufffd") for text in rows]
    assert found["private_use_characters"].to_pylist() == [sum(unicodedata.category(char) == "Co" for char in text) for text in rows]


@given(columns(pages() | texts))
@example(pa.array(["قال النبي صلى الله عليه وسلم", None, "", "Allah صلاة hhhhhh 7abibi", "http://a.b/صلاة @صلاة صلاة"]))
def test_what_religious_texts_repeat_is_counted_as_with_languages(column: pa.Array) -> None:
    assert figures(column, ("religious_share",))["religious_share"].to_pylist() == identify(column).religious.tolist()


def test_a_bound_is_inside_to_the_last_bit() -> None:
    text = " ".join(["#", *["كلمة"] * 9])
    assert Filter("hash_ratio", most=0.1).batch(pa.record_batch({"text": [text]}))["drop"].to_pylist() == [None]


def test_only_what_is_asked_for_is_computed(monkeypatch: pytest.MonkeyPatch) -> None:
    from arclean.quality import measures

    asked: list[list[str]] = []

    def noted(*given: Any) -> Any:
        asked.append(list(given[1]))
        return counted(*given)

    monkeypatch.setattr(measures, "counted", noted)
    column = pa.array(["نص للقياس"])
    figures(column)
    assert asked == []
    figures(column, ("tokens", "words"))
    figures(column, ("tokens", "sentences"))
    assert asked == [["tokens"], ["sentences"]]


def test_every_measure_has_a_name_a_unit_a_formula_and_a_source() -> None:
    assert set(MEASURES) == {*BASE, *FORMULAS, "lorem_ipsum", "replacement_characters", "private_use_characters", "religious_share"}
    for name, one in MEASURES.items():
        assert (one.name, bool(one.unit and one.formula and one.source)) == (name, True)


def test_words_of_a_list_are_counted_once_each() -> None:
    from arclean import columns as views

    count: Callable[..., Any] = counted
    column = pa.array(["في البيت، وفي السوق", "،", "", "في ، من"])
    assert count(views.view(column), (), ("في", "من", "،"))[1].tolist() == [2, 1, 0, 3]
