"""Lines that say again what was just said."""

from __future__ import annotations

from typing import Final

from arclean.rule import LineRule
from arclean.rules.samples import MORE, PROSE

_STEPS: Final = "1. اختر الملف\n2. اضغط حفظ\n3. أغلق النافذة"
_STOPPED: Final = "اختر الملف.\nاضغط حفظ.\nأغلق النافذة."
_REFRAIN: Final = "يا ليل طل على المدى\nيا نهر خذ مني الصدى\nيا بحر لا تنس الندى"

RULES: Final[tuple[LineRule, ...]] = (
    LineRule(
        name="title_again",
        why="Pages print the headline in their frame and again over the text; one of them is enough.",
        category="title-duplicate",
        pattern="^.{0,80}$|(?:[^.:;؛]|[.]{2})$",
        least_words=3,
        when=("title_again", "amid_prose"),
        most_words=40,
        drops=(
            (
                f"جسر جديد للمشاة\n\nجسر جديد للمشاة\n{PROSE}",
                f"جسر جديد للمشاة\n\n{PROSE}",
            ),
            (
                f"البلدية تفتتح جسرا\nبلدنا\nالبلدية تفتتح جسرا\n{PROSE}",
                f"البلدية تفتتح جسرا\nبلدنا\n{PROSE}",
            ),
        ),
        leaves=(
            f"جسر جديد للمشاة\nجسر قديم للمشاة\n{PROSE}",
            f"الجسر\nالجسر\n{PROSE}",
            f"{PROSE}\nمادة 1\n{PROSE}",
        ),
    ),
    LineRule(
        name="caption_again",
        why="A picture's caption comes twice, as its alternative text and below it; a line of verse has no prose around it.",
        category="caption-duplicate",
        pattern="^(?:[^<>|{}=])[^<>|{}=]*$",
        least_words=4,
        when=("line_again", "amid_prose", "short", "open_ended", "no_item"),
        most_words=30,
        drops=(
            (
                f"{PROSE}\nعمال البلدية عند الجسر الجديد\nعمال البلدية عند الجسر الجديد\n{MORE}",
                f"{PROSE}\nعمال البلدية عند الجسر الجديد\n{MORE}",
            ),
            (
                f"{PROSE}\nمنظر عام من الضفة الشرقية\nمنظر عام من الضفة الشرقية",
                f"{PROSE}\nمنظر عام من الضفة الشرقية",
            ),
        ),
        leaves=(
            "يا ليل طل على المدى\nيا ليل طل على المدى",
            f"{PROSE}\nهكذا قال\nهكذا قال\n{MORE}",
            f"{PROSE}\n- عمال الحفر في النهار\n- عمال الحفر في النهار\n{MORE}",
        ),
    ),
    LineRule(
        name="contents_list",
        why="A table of contents says ahead what the headings say again, each over its part of the text.",
        category="navigation",
        pattern="^(?:[0-9]+[ .)-]*)?[ء-ي](?:[^<>{}=;_|`]*[^<>{}=;_|`.:؛!])?$",
        when=("announced", "amid_prose", "short"),
        most_words=20,
        drops=(
            (
                f"أعمال الحفر\nبناء الجسر\nافتتاح الجسر\nأعمال الحفر\n{PROSE}\nبناء الجسر\n{MORE}\nافتتاح الجسر\n{PROSE}",
                f"أعمال الحفر\n{PROSE}\nبناء الجسر\n{MORE}\nافتتاح الجسر\n{PROSE}",
            ),
            (
                f"{PROSE}\nكم طوله؟\nكم عرضه؟\nمن بناه؟\n{MORE}\nكم طوله؟\n{PROSE}\nكم عرضه؟\n{MORE}\nمن بناه؟\n{PROSE}",
                f"{PROSE}\n{MORE}\nكم طوله؟\n{PROSE}\nكم عرضه؟\n{MORE}\nمن بناه؟\n{PROSE}",
            ),
        ),
        leaves=(
            f"{PROSE}\n{_REFRAIN}\n{MORE}\n{_REFRAIN}",
            f"x = 1;\nbridge(x);\nreturn x;\n{PROSE}\nx = 1;\n{MORE}\nbridge(x);\n{PROSE}\nreturn x;",
            f"أعمال الحفر\nبناء الجسر\n{PROSE}\nأعمال الحفر\n{MORE}\nبناء الجسر\n{PROSE}",
            f"{PROSE}\n{_STEPS}\n{MORE}\n1. اختر الملف\nأو جهازا\n2. اضغط حفظ\nأو حفظ باسم\n3. أغلق النافذة\n{PROSE}",
            f"{PROSE}\n{_STOPPED}\n{MORE}\nاختر الملف.\n{PROSE}\nاضغط حفظ.\n{MORE}\nأغلق النافذة.\n{PROSE}",
            f"{PROSE}\nطول الجسر\nعرض الجسر\nلون الجسر\n{MORE}\nلون الجسر\n{PROSE}\nعرض الجسر\n{MORE}\nطول الجسر\n{PROSE}",
        ),
    ),
)
