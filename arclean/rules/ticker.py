"""Running news lines and their labels."""

from __future__ import annotations

from typing import Final

from arclean.phrases import listed
from arclean.rule import LineRule
from arclean.rules.samples import MORE, PROSE

RULES: Final[tuple[LineRule, ...]] = (
    LineRule(
        name="ticker_label",
        why="The label of a running line; a text does not consist of it.",
        category="ticker",
        pattern=listed(
            "(?:ال)?اخبار (?:ال)?عاجله",
            "خبر عاجل",
            "(?:اخر|احدث|اهم|ابرز) (?:ال)?(?:ا|ﻷ)?خبار(?: (?:العاجله|المحليه|العالميه|العربيه|اليوم))?",
            "(?:اخر|احدث) (?:ال)?(?:مستجدات|تطورات|اخبار)",
            "(?:ال)?شريط (?:ال)?(?:الاخباري|اخباري|اخبار)",
            "(?:تشاهدون|يعرض|تستمعون|يبث) الان",
            "نشره الاخبار",
            "موجز الاخبار",
            "breaking(?: news)?",
            "latest news",
            "top stories",
            "live now",
        ),
        drops=(
            "أخبار عاجلة",
            "خبر عاجل",
            "آخر الأخبار :",
        ),
        leaves=(
            "آخر أخبار القافلة أنها وصلت سالمة",
            "خبر عاجل وصل إلى الملك فجمع وزراءه",
        ),
    ),
    LineRule(
        name="urgent",
        why="The word urgent, alone on its line beside an article, is the label of a running line.",
        category="ticker",
        pattern=listed(
            "عاجل",
            "مباشر",
            "الان",
            "حصري",
            "مستجدات",
            "يحدث الان",
        ),
        when=("outside_body", "amid_prose"),
        drops=(
            (f"عاجل\n{PROSE}", PROSE),
            (f"عاجل | حصري\n{PROSE}", PROSE),
        ),
        leaves=(
            "عاجل",
            f"عاجل: وصول الوفد إلى المدينة\n{PROSE}",
            f"{PROSE}\nالآن\n{MORE}",
        ),
    ),
)
