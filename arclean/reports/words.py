"""What the page calls categories of lines, measures and reasons, in English and in Arabic."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

Both = tuple[str, str]
"""English, Arabic."""

_KINDS: Final = {
    "navigation": (
        "menus and navigation",
        "قوائم التنقل",
    ),
    "breadcrumb": (
        "paths through the site",
        "مسارات الصفحات",
    ),
    "ticker": (
        "tickers",
        "أشرطة الأخبار",
    ),
    "title-duplicate": (
        "titles that came twice",
        "عناوين مكررة",
    ),
    "caption": (
        "captions of pictures",
        "تعليقات الصور",
    ),
    "caption-duplicate": (
        "captions that came twice",
        "تعليقات صور مكررة",
    ),
    "source-link": (
        "links to the source",
        "روابط المصدر",
    ),
    "related": (
        "links to other articles",
        "روابط إلى مواد أخرى",
    ),
    "share": (
        "share buttons",
        "أزرار المشاركة",
    ),
    "comments": (
        "forms and counts of comments",
        "خانات التعليقات وأعدادها",
    ),
    "copyright": (
        "copyright and legal notices",
        "حقوق النشر والملاحظات القانونية",
    ),
    "byline": (
        "names and dates above the text",
        "أسماء الكتّاب وتواريخ النشر",
    ),
    "ad": (
        "advertisements",
        "إعلانات",
    ),
    "cookie": (
        "cookie notices",
        "تنبيهات ملفات الارتباط",
    ),
    "template": (
        "lines that a site repeats",
        "سطور يكررها الموقع",
    ),
}
KINDS: Final[Mapping[str, Both]] = MappingProxyType(_KINDS)
"""Categories of lines."""

_MEASURES: Final = {
    "words": (
        "words",
        "الكلمات",
    ),
    "characters": (
        "characters",
        "الحروف",
    ),
    "lines": (
        "lines",
        "السطور",
    ),
    "arabic_share": (
        "share of Arabic letters",
        "نسبة الحروف العربية",
    ),
}
MEASURES: Final[Mapping[str, Both]] = MappingProxyType(_MEASURES)
"""Measures that filters of presets ask; others are called by their names."""

_REASONS: Final = {
    "exact_duplicate": (
        "the same words as a document before",
        "كلماتها كلمات وثيقة سبقتها",
    ),
    "near_duplicate": (
        "nearly the same as a document before",
        "تكاد تطابق وثيقة سبقتها",
    ),
    "same_url": (
        "the same address as a document before",
        "عنوانها عنوان وثيقة سبقتها",
    ),
    "contained": (
        "stands inside a longer document",
        "واردة بنصها في وثيقة أطول",
    ),
    "contaminated": (
        "holds text of a benchmark",
        "فيها نص من اختبار معياري",
    ),
    "repeated_passages": (
        "mostly passages of documents before",
        "معظمها مقاطع من وثائق سبقتها",
    ),
    "stop_words_low": (
        "too few of the commonest words",
        "قليلة الكلمات الشائعة",
    ),
    "language_score_low": (
        "its language is not sure",
        "لغتها غير مؤكدة",
    ),
}
REASONS: Final[Mapping[str, Both]] = MappingProxyType(_REASONS)
"""Reasons that are not the bound of a measure."""

LOW: Final = (
    "{measure}: too few",
    "{measure}: دون المطلوب",
)
HIGH: Final = (
    "{measure}: too many",
    "{measure}: فوق المسموح",
)
UNDER: Final = (
    "{measure}: under {bound}",
    "{measure}: أقل من {bound}",
)
OVER: Final = (
    "{measure}: over {bound}",
    "{measure}: أكثر من {bound}",
)
LANGUAGE: Final = (
    "in another language ({code})",
    "بلغة أخرى ({code})",
)
