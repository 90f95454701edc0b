"""Characters: every pass that looks around, against plain Python, on strings made of what it looks for and on any others."""

from __future__ import annotations

import subprocess
import sys
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pytest
import twins_characters as twins
from hypothesis import example, given
from hypothesis import strategies as st
from strategies import columns, texts

from arclean.orthography.characters import Characters
from arclean.rule import ContextRule
from arclean.rules import get

pytestmark = pytest.mark.kernels

Twin = Callable[[str], str]
MARKED: Final = "بلاويیىہەےءأ\u064b\u064c\u064e\u064e\u0650\u0651\u0652\u0653\u0654\u0655\u0670\u06e1\u06db\u0610ـ a1\u25cc\n"
UNSEEN: Final = "\u200c\u200d\ufe0f\ufe0e\ufe00\u200e\u00ad\0\U000e0067\U000e007f"
EMOJI: Final = [
    "😍",
    "❤\ufe0f",
    "👩\u200d🏫",
    "👨\u200d👩\u200d👧",
    "👩🏽\u200d🤝\u200d👩🏿",
    "🇸🇦",
    "1\ufe0f\u20e3",
    "🏴\U000e0067\U000e0062\U000e0065",
    "©",
    " ",
    "نص",
    "\n",
    "«",
    ")",
]
SEEDS: Final = {
    "settle_joiners": UNSEEN * 2 + "هبارةىاـ\u0653\u0654\u064b\u064e\u0670 1٤#\u20e3❤👩👧🏽\U0001f3f4क\ufe8f\ufe70\n",
    "part_ligatures": "\ufdfa\ufdfa\ufdfd\ufdfc\ufd40\ufdf2با\u064e 1٤،a\n",
    "compose": MARKED + "e\u0301\u0323é\u212b\u0344ᄀ\u1161각\u11a8",
    "compose_in_place": MARKED,
    "seat_hamza": MARKED,
    "spell_hamza": "ـ\u0654\u0655\u064eبا\u0654",
    "shadda_first": MARKED,
    "strip_decoration": "بلة\u0301\u0332\u20d2\u064e e\u0301\u1ab0ـ1",
    "strip_fillers": "ہہہلغةةـ\u0670\u0653\u0654\u0654\u064e ا\n",
    "drop_repeated_marks": MARKED,
    "drop_stray_marks": MARKED,
    "shorten_letters": "ههههتتتبااoowwwو\u064e 000..…\n",
    "shorten_signs": "!!!!???؟؟؟؟......====…………ب0 a\n",
    "tanwin_before_alef": "اااببه\u064b\u064b\u064e ى.",
    "drop_accusative": "اااببهج\u064b\u064b\u064e ى.",
    "drop_emoji": "😍😍❤\ufe0f\ufe0e\u200d👩🏽🇸🇦©™→1#\u20e3\U0001f3f4\U000e0067ب  \n\ta",
    "name_emoji": '😍❤\ufe0f\ufe0f\ufe0e\u200d\u200d👩🏫🏽🇸🇦©™1#\u20e3\U0001f3f4\U000e0067ب \n."(»«',
    "alias_emoji": '😍❤\ufe0f\ufe0f\ufe0e\u200d\u200d👩🏫🏽🇸🇦©™1#\u20e3\U0001f3f4\U000e0067ب \n."(»«',
    "arabic_punctuation": "بة\u064e,,;;??!،؛؟»)a1 \n",
    "arabic_separators": "٠١۲۳1..,,%٫ ب",
    "decimal_comma": "٠١۲3،،، ب.",
    "drop_final_vowels": "بويـ\u064e\u064b\u0651\u0652\u0670\u06dc\u200c .a",
    "fold_final_yeh": "يييبىـ\u064e\u0651\u200c .a",
    "decode_references": "&&&;;;#xX1238aAmplgtnbsqo ب\u200d\uff06\u061b٣\x01",
    "strip_tags": "<<<>>>//!--bpBR1script style ب\n\u200d\uff1c\u2028\x01",
    "unify_lookalikes": "کڪیییہھەۃۀےۓكيةأالالا  بو\u064e\u0654\u200c\u200dـ.\nپٹ",
    "final_yeh_by_word": "یییىيةأالالاعلإ  بوحت\u064e\u0650\u064b\u0651\u200cـ.\nپ",
    "final_yeh_by_shape": "یییىيةأالالاعلإ  بوحت\u064e\u0650\u064b\u0651\u200cـ.\nپ",
    "spell_scripture": "ءاآأؤئىىويلهكذحمنـٱ\u064e\u064e\u064f\u0650\u0651\u0652\u06e1\u0670\u0670\u0654\u0653\u06df\u06e7\u06e8\u06e5 ",
    "drop_idle_joiners": "\u200c\u200c\u200cالالارةأبه\u064e \nپ",
}
"""What each pass looks for, and what it must not take for it."""
WORDS: Final = {
    "unify_lookalikes": ["إلی", "الکتاب", "کتاب", "ہذہ", "مدینۃ", "چای", "را", "به", "می\u200cروم", "من", " ", " ", "\n", "ٱلکتٰب", "آلیة"],
    "final_yeh_by_word": ["علی", "القاضی", "وإلی", "للأخری", "فی", "المستوی", "وبالکبری", "موسی", "\n", " ", " ", "ة", "چای", "فتیً", "بَیِ"],
    "final_yeh_by_shape": ["علی", "القاضی", "فی", "\n", " ", " ", "ة", "چای"],
    "decode_references": ["&amp;", "&amp", "amp;", "&#38;", "&nbsp;", "&lt;", "&", ";", "#1575;", "&#x627;", "&nGt;", "&NotLess;", "x"],
    "strip_tags": [
        "<p>",
        "</p>",
        "<b",
        ">",
        "<",
        "<!--",
        "-->",
        "<script>",
        "</script>",
        "<br/>",
        "<T>",
        "نص",
        "--",
        "\n",
        "a",
        "<STYLE x=1>",
    ],
    "drop_emoji": ["😍", "❤\ufe0f", "👨\u200d👩\u200d👧", "🇸🇦", "1\ufe0f\u20e3", "©", " ", "نص", "\n", "👍🏽"],
    "name_emoji": EMOJI,
    "alias_emoji": EMOJI,
    "spell_scripture": ["ٱلۡكِتَٰبُ", "ٱلصَّلَوٰةَ", "شَيۡـًٔا", "مَـَٔابٖ", "ءَامَنُواْ", "جَآءَ", "يَٰٓأَيُّهَا", "هَٰذَا", "فِى", "إِبۡرَٰهِـۧمَ", "لَٰكِن", " "],
    "drop_idle_joiners": ["عليه\u200cالسلام", "الدر\u200cاسة", "\u200c", " ", "پیاده\u200cرو", "من"],
}
NAMES: Final = sorted(SEEDS)


def strings(name: str) -> st.SearchStrategy[str]:
    seeds = st.text(st.sampled_from(SEEDS[name]), max_size=30)
    words = st.lists(st.sampled_from(WORDS.get(name, [" "])) | seeds, max_size=8).map("".join)
    return seeds | words | texts.filter(known)


def known(text: str) -> bool:
    """Whether this interpreter's Unicode has the characters too: composing is then the same."""
    return all(unicodedata.category(char) != "Cn" for char in text)


def agrees(name: str, column: pa.Array) -> None:
    rule, twin = rule_of(name), getattr(twins, name)
    values = column.to_pylist()
    done = Characters((rule,)).edit(column)
    done.texts.validate(full=True)
    assert done.texts.to_pylist() == [None if value is None else twin(value) for value in values]
    assert (done.texts is column) == (done.texts.to_pylist() == values)
    assert {name: count > 0 for name, count in done.hits.items()} == ({} if done.texts is column else {rule.name: True})


def rule_of(name: str) -> ContextRule:
    rule = get(name)
    assert isinstance(rule, ContextRule)
    return rule


@pytest.mark.parametrize("name", NAMES)
@given(data=st.data())
def test_any_text(name: str, data: Any) -> None:
    agrees(name, data.draw(columns(strings(name))))


@pytest.mark.parametrize("name", [name for name in NAMES if name != "spell_scripture"])  # it turns one spelling into another, once
@given(data=st.data())
def test_twice_is_once(name: str, data: Any) -> None:
    engine = Characters((rule_of(name),))
    once = engine.text(pa.array([data.draw(strings(name))]))
    assert engine.text(once).to_pylist() == once.to_pylist()


@pytest.mark.parametrize(
    ("text", "after"),
    [
        pytest.param("شيئاً\u200cى\u0640\u0653", "شيئاً ى\u0653", id="tatweel under a madda goes"),
        pytest.param("شيئاً\u200cا\u0640\u0653\u0640", "شيئاً آ", id="and tatweel behind it"),
        pytest.param("شيئاً\u200cا\u0640\u0654", "شيئاً\u200cا\u0640\u0654", id="tatweel under a hamza stays"),
        pytest.param("شيئاً\u200cا\u0640\u0653\u0654", "شيئاً\u200cا\u0640\u0653\u0654", id="with a madda too"),
    ],
)
def test_a_letter_begins_a_word_if_tatweel_alone_parts_it_from_its_mark(text: str, after: str) -> None:
    engine = Characters(tuple(map(rule_of, ("settle_joiners", "strip_tatweel", "compose"))))
    assert engine.text(pa.array([text])).to_pylist() == [after]
    assert engine.text(pa.array([after])).to_pylist() == [after]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    "values", [[], [None], ["", ""], ["عند البدء كان النص\nثم كان القارئ", "a b"]], ids=["no-rows", "null", "empty", "plain"]
)
def test_a_column_that_needs_nothing_comes_back_as_the_same_object(name: str, values: list[str | None]) -> None:
    column = pa.array(values, pa.string())
    done = Characters((rule_of(name),)).edit(column)
    assert done.texts is column
    assert done.hits == {}


@given(columns(st.text(st.sampled_from("\u064b\u064c\u064e\u0650\u0651\u0652\u0670ب\u0654"), max_size=40)))
@example(pa.array(["ب" + "\u0651\u064e" * 40, "\u0651\u064e", "ب\u0670\u0652\u0651\u0650\u064e\u064d\u064b"]))
def test_long_runs_of_marks_are_put_in_order(column: pa.Array) -> None:
    agrees("compose", column)


@pytest.mark.parametrize(
    "texts",
    [
        pytest.param(["\N{DEVANAGARI LETTER QA}" * 9_000, "ب"], id="a column that grows by more than is usual"),
        pytest.param(["ب", "ا" + "\u0651\u064e\u0653" * 9_000 + "ب"], id="a stretch longer than is usual"),
        pytest.param(["أ\u0655ب", "e\u0301\u0323", "\u1161\u11a8"], id="what is composed is composed anew"),
    ],
)
def test_form_c_finds_room(texts: list[str]) -> None:
    agrees("compose", pa.array(texts))


@pytest.mark.parametrize("name", NAMES)
def test_what_the_rule_is_made_of_is_in_its_own_examples(name: str) -> None:
    rule, twin = rule_of(name), getattr(twins, name)
    assert [(before, twin(before)) for before, _ in rule.fixes] == list(rule.fixes)
    assert [twin(text) for text in rule.leaves] == list(rule.leaves)


def test_a_run_of_random_strings_from_all_blocks() -> None:
    """The same as scripts/check_random.py, which runs a million."""
    script = Path(__file__).resolve().parent.parent / "scripts" / "check_random.py"
    done = subprocess.run(
        [sys.executable, script, "--strings", "600", "--preset", "light", "--preset", "social", "--preset", "search"],
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr
