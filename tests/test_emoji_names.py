"""Emoji by name: what is one and what is none, names that can be turned back, no name loaded before one is asked for."""

from __future__ import annotations

import re
import subprocess
import sys
from typing import Final

import pytest

from arclean import Characters, Pipeline
from arclean.orthography import emoji_strings
from arclean.orthography.passes import emoji_names
from arclean.orthography.passes.emoji import WANTED
from arclean.rules import get
from arclean.rules.emphasis import ALIAS_EMOJI, NAME_EMOJI

pytestmark = pytest.mark.kernels
COLOUR, TEXT, ZWJ = "\N{VARIATION SELECTOR-16}", "\N{VARIATION SELECTOR-15}", "\N{ZERO WIDTH JOINER}"
WORDS: Final = Pipeline((Characters((NAME_EMOJI,)),))
ALIASES: Final = Pipeline((Characters((ALIAS_EMOJI,)),))
TEXAS: Final = "\U0001f3f4\U000e0075\U000e0073\U000e0074\U000e0078\U000e007f"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="nothing"),
        pytest.param("وصل القطار في الساعة 10:30، والسعر 5* أو #2.", id="digits-and-signs-that-keycaps-have"),
        pytest.param("© 2024 ® ™ ↔ ■ ✓ ★", id="signs-that-are-text-unless-they-ask"),
        pytest.param(f"❤{TEXT} ☎{TEXT}", id="pictures-that-ask-to-be-text"),
        pytest.param("🇦 🇽🇽", id="flags-of-nowhere"),
        pytest.param(TEXAS, id="a-flag-that-has-no-name"),
        pytest.param("\U0001fa8b", id="newer-than-the-names"),
        pytest.param(f"{ZWJ}{COLOUR}\u20e3", id="parts-alone"),
    ],
)
@pytest.mark.parametrize("pipe", [WORDS, ALIASES], ids=["words", "aliases"])
def test_what_is_no_emoji_with_a_name_stays(pipe: Pipeline, text: str) -> None:
    assert pipe.clean(text) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("رائع!😂", "رائع! وجه بدموع فرح", id="a-space-after-a-sign"),
        pytest.param("رائع 😂.", "رائع وجه بدموع فرح.", id="none-before-a-full-stop"),
        pytest.param("(😂)", "(وجه بدموع فرح)", id="none-in-brackets"),
        pytest.param('قال "😂" ثم', 'قال "وجه بدموع فرح" ثم', id="none-in-quotes"),
        pytest.param("😂😂", "وجه بدموع فرح وجه بدموع فرح", id="one-between-two"),
        pytest.param(f"👨{ZWJ}👩{ZWJ}👧", "أسرة: رجل، وسيدة، وفتاة", id="a-family"),
        pytest.param(f"🏫{ZWJ}👩", "مدرسة سيدة", id="joined-to-what-has-no-name"),
        pytest.param(f"©{COLOUR} 2024", "علامة حقوق نشر 2024", id="a-sign-that-asks"),
        pytest.param("👍🏿", "قبول: بشرة بلون غامق", id="a-skin-tone"),
        pytest.param("😂🏿", "وجه بدموع فرح بشرة بلون غامق", id="a-skin-tone-out-of-place"),
        pytest.param("5\u20e3", "5", id="a-keycap-without-selector"),
        pytest.param("\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f", "علم: إنجلترا", id="tags"),
    ],
)
def test_a_name_stands_as_a_word_would(text: str, expected: str) -> None:
    assert WORDS.clean(text) == expected


def test_each_alias_is_one_token_and_is_of_one_emoji_alone() -> None:
    aliases = {sequence: emoji_strings.alias(name) for sequence, name in emoji_strings.names().items()}
    assert len(aliases) > 3900
    assert len(set(aliases.values())) == len(aliases)
    assert all(re.fullmatch(r":[^\s:_،/()\"]+(?:_[^\s:_،/()\"]+)*:", one) for one in aliases.values())


def test_an_alias_can_be_turned_back() -> None:
    back = {emoji_strings.alias(name): sequence for sequence, name in emoji_strings.names().items()}
    for string, name in emoji_strings.strings().items():
        if name:
            text = f"نص{string}{string}نص"
            turned = re.sub(":[^:]+:", lambda found: back[found[0]], ALIASES.clean(text))
            assert turned == text.replace(COLOUR, "")


def test_every_string_holds_what_rows_are_looked_through_for_and_no_name_holds_a_string() -> None:
    strings = emoji_strings.strings()
    assert all(WANTED & set(string) for string, name in strings.items() if name)
    told = [*emoji_strings.words().values(), *emoji_strings.aliases().values()]
    made = sorted(set(told) - {string for string, name in strings.items() if not name})
    assert WORDS.clean_many(made) == made
    assert ALIASES.clean_many(made) == made


def test_strings_are_found_by_hashes_that_are_all_different() -> None:
    beginnings = {string[:size] for string in emoji_strings.strings() for size in range(1, len(string) + 1)}
    assert len(emoji_names.aliases().keys) == len(beginnings)


def test_names_are_not_loaded_before_an_emoji_is_named() -> None:
    code = "import sys, arclean; arclean.load('pretrain').clean('نص 😂'); assert 'arclean.rules.emoji_names' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_a_pipeline_file_names_them() -> None:
    pipe = Pipeline.from_dict({"steps": [{"characters": ["name_emoji"]}]})
    assert pipe.clean("😂") == "وجه بدموع فرح"
    assert get("alias_emoji") is ALIAS_EMOJI


def test_what_became_of_each_is_told() -> None:
    found = WORDS.align(f"نعم👩{ZWJ}🏫🇸🇦 ثم")
    assert [(one.before, one.after, one.coarse) for one in found.replaced] == [
        (f"👩{ZWJ}🏫", " معلمة ", True),
        ("🇸🇦", "علم: المملكة العربية السعودية", True),
    ]
