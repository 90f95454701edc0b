"""Texts that other cleaners of Arabic damage, as their functions were seen to do when called; each comes out of ours as it should."""

from __future__ import annotations

from typing import Final

import pytest

import arclean

CASES: Final = [
    # presentation forms, ligatures
    pytest.param("pretrain", "\ufee3\ufeae\ufea3\ufe92\ufe8e \ufe91\ufedc\ufee2", "مرحبا بكم", id="shapes-are-letters-and-not-deleted"),
    pytest.param("pretrain", "\ufef7نه", "لأنه", id="lam-alef-keeps-its-hamza"),
    pytest.param("pretrain", "\ufdfa \ufdfd \ufd47", "صلى الله عليه وسلم بسم الله الرحمن الرحيم عليه السلام", id="ligatures-are-spelt-out"),
    pytest.param("pretrain", "\ufeb3\ufe7f \ufe70", "س\u0652 \u064b", id="forms-of-marks-bring-no-space-and-no-tatweel"),
    pytest.param("pretrain", "x² ½ ① ℃ ™ ´ ª", "x² ½ ① ℃ ™ ´ ª", id="superscripts-fractions-and-signs-are-no-forms"),
    pytest.param(
        "social", "\ufee3\ufeae\ufea3\ufe92\ufe8e😍 中文", "مرحبا😍 中文", id="emoji-are-no-range-that-holds-forms-and-ideographs"
    ),
    # letters
    pytest.param(
        "pretrain", "شَيْ\u0640\u064b\u0654ا".replace("\u064b\u0654", "\u0654\u064b"), "شَيْ\u0640\u064b\u0654ا", id="a-seat-of-hamza-stays"
    ),
    pytest.param("pretrain", "مَسۡ\u0640\u064f\u0654ولٗا", "مَسۡ\u0640\u064f\u0654ولٗا", id="hamza-does-not-land-on-the-letter-before"),
    pytest.param("pretrain", "ا\u0654حمد القرا\u0653ن س\u0649\u0654ل", "أحمد القرآن سئل", id="decomposed-letters-meet-their-hamza"),
    pytest.param("pretrain", "ذهب علی إلی الجامعة حتی المساء", "ذهب على إلى الجامعة حتى المساء", id="final-yeh-by-its-word"),
    pytest.param("pretrain", "ایران کتاب\u200cهای پیتزا", "ایران کتاب\u200cهای پیتزا", id="persian-is-left"),
    pytest.param("pretrain", "قالت العربية: پيتزا وڤيديو وگهوة وچاي", "قالت العربية: پيتزا وڤيديو وگهوة وچاي", id="loan-letters-stay"),
    pytest.param("pretrain", "مصطفى على مستشفى", "مصطفى على مستشفى", id="alef-maksura-is-no-alef"),
    pytest.param("pretrain", "كوردستان ئازادە و خۆشە", "كوردستان ئازادە و خۆشە", id="kurdish-heh-is-not-deleted"),
    # tatweel
    pytest.param("pretrain", "سنة 1445هـ", "سنة 1445هـ", id="a-hijri-year-keeps-its-mark"),
    pytest.param("pretrain", "جمـــيل", "جميل", id="kashida-goes"),
    # unseen
    pytest.param("pretrain", "كلمة\u200eأخرى", "كلمة أخرى", id="a-direction-mark-between-words-is-a-space"),
    pytest.param("pretrain", "كل\u200eمة", "كلمة", id="a-direction-mark-inside-a-word-is-none"),
    pytest.param("pretrain", "كل\u00adمة a\x00b", "كلمة ab", id="soft-hyphens-and-controls-go"),
    pytest.param("pretrain", "سطر\x0cسطر\x0bسطر", "سطر\nسطر\nسطر", id="a-form-feed-is-a-line-end"),
    pytest.param("pretrain", "فقرة\n\nفقرة\tعمود", "فقرة\n\nفقرة\tعمود", id="paragraphs-and-tabs-stay"),
    pytest.param("pretrain", "👨\u200d👩\u200d👧 شكرا ❤\ufe0f", "👨\u200d👩\u200d👧 شكرا ❤\ufe0f", id="emoji-sequences-stay-whole"),
    pytest.param("pretrain", "ال\u0360ل\u0360غ\u0360ة ال\u0332ل\u0332غ\u0332ة", "اللغة اللغة", id="decoration-goes"),
    pytest.param("pretrain", "الہلہغہة اا", "اللغة اا", id="fillers-go"),
    pytest.param("pretrain", "الہٰلہٰغة", "اللغة", id="fillers-under-dagger-alef-go"),
    # numbers and signs
    pytest.param("pretrain", "١٬٢٣٤٫٥ و 25°C £5 €10 ½ ٪", "١٬٢٣٤٫٥ و 25°C £5 €10 ½ ٪", id="numbers-and-currencies-stay"),
    pytest.param("search", "١٬٢٣٤٫٥", "1,234.5", id="separators-go-with-their-digits"),
    pytest.param("search", "٢٠٢٤ ۱۲۳", "2024 123", id="zero-is-a-digit-and-persian-digits-too"),
    pytest.param("social", "1000000 ١١١١ 2000 3.14", "1000000 ١١١١ 2000 3.14", id="digits-are-no-stretched-letters"),
    pytest.param("search", "ﷺ الله اللغة Hello https", "صلي الله عليه وسلم الله اللغه hello https", id="doubled-letters-are-spelling"),
    # emphasis
    pytest.param("social", "ههههههههه جمييييل", "ههه جمييل", id="laughter-stays-laughter"),
    pytest.param("social", "الله تتتالى ممتاز", "الله تتتالى ممتاز", id="god-and-triple-letters-stay"),
    # markup
    pytest.param("social", "a < b و c > d", "a < b و c > d", id="a-comparison-is-no-tag"),
    pytest.param("social", "&#1575;&#1604; #وسم", "ال #وسم", id="a-number-sign-in-a-reference-is-no-hashtag"),
    pytest.param("web", "&lt;b&gt; نص", "&lt;b&gt; نص", id="a-tag-that-is-shown-is-not-stripped"),
    pytest.param("pretrain", "C:\\new\\table", "C:\\new\\table", id="backslashes-are-not-decoded"),
    pytest.param("social", "user.name@example.com", "[بريد]", id="an-address-is-no-link"),
    # misread bytes
    pytest.param("pretrain", "ط§ظ„ط³ظ„ط§ظ… ط¹ظ„ظٹظƒظ…", "السلام عليكم", id="utf8-read-as-windows-1256"),
    pytest.param("pretrain", "ÇáÓáÇã Úáíßã", "السلام عليكم", id="windows-1256-read-as-1252"),
    pytest.param("pretrain", "ÄÖÜ ÄÖÜ", "ÄÖÜ ÄÖÜ", id="german-is-not-misread"),
    # marks
    pytest.param("quran", "مُدَر\u0651\u0650س", "مُدَر\u0651\u0650س", id="shadda-first-can-stay"),
    pytest.param("search", "ٱلرَّحْمَٰنِ كتابًا", "الرحمن كتاب", id="a-key-without-marks-and-accusative"),
    pytest.param("search", "أُو۟لَـٰٓئِكَ", "اوليك", id="scripture-is-found"),
]


@pytest.mark.parametrize(("preset", "text", "wanted"), CASES)
def test_a_text_that_others_damage(preset: str, text: str, wanted: str) -> None:
    assert arclean.load(preset).clean(text) == wanted


@pytest.mark.parametrize("preset", ["pretrain", "social", "search", "web", "dedup"])
@pytest.mark.parametrize(
    "text", ["ا", "اب", "<", "&", "ـ", "\u0651", "\u064e\u0651", "@ا", "<!--", "\u200c", "هـ ", "\U0001f60d\u200d"], ids=ascii
)
def test_long_texts_of_one_kind_are_done_in_one_walk(preset: str, text: str) -> None:
    """Forty thousand letters cost others seconds, four times as much for each doubling; this would take them days."""
    pipe = arclean.load(preset)
    once = pipe.clean(text * 400_000)
    assert pipe.clean(once) == once
