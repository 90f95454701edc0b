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

_REPAIRS: Final = {
    "decode_references": (
        "characters written as HTML codes",
        "محارف مكتوبة برموز HTML",
    ),
    "decode_repaired_references": (
        "HTML codes in misread text",
        "رموز HTML في نص قُرئ خطأ",
    ),
    "join_carriage_returns": (
        "line ends of Windows files",
        "نهايات سطور من ويندوز",
    ),
    "repair_utf8_as_cp1252": (
        "misread text made good",
        "نص قُرئ بترميز خاطئ فأُصلح",
    ),
    "repair_utf8_as_cp1256": (
        "misread text made good (read as Arabic)",
        "نص قُرئ بترميز عربي خاطئ فأُصلح",
    ),
    "repair_cp1256_as_cp1252": (
        "misread text made good (old Arabic files)",
        "نص من ترميز عربي قديم فأُصلح",
    ),
    "turn_visual_order": (
        "lines stored backwards, turned round",
        "سطور مخزونة معكوسة فعُدلت",
    ),
    "unify_line_ends": (
        "unusual line ends",
        "نهايات سطور غير معتادة",
    ),
    "strip_controls": (
        "control codes",
        "رموز تحكم",
    ),
    "unshape_forms": (
        "letters stored as printed shapes",
        "حروف مخزونة بأشكالها الطباعية",
    ),
    "plain_mathematical_letters": (
        "letters in mathematical styles",
        "حروف بأنماط رياضية",
    ),
    "settle_joiners": (
        "unseen joiners between letters",
        "فواصل وروابط خفية بين الحروف",
    ),
    "strip_directions": (
        "unseen marks of direction",
        "علامات اتجاه خفية",
    ),
    "strip_zero_width": (
        "unseen characters without width",
        "محارف خفية بلا عرض",
    ),
    "close_thin_gaps": (
        "thin spaces inside of words",
        "مسافات رقيقة داخل الكلمات",
    ),
    "unify_spaces": (
        "spaces of unusual widths",
        "مسافات بعروض غير معتادة",
    ),
    "part_ligatures": (
        "one-character phrases set apart",
        "عبارات في محرف واحد فُصلت عما قبلها",
    ),
    "expand_honorifics": (
        "one-character phrases spelt out",
        "عبارات في محرف واحد فُكّت",
    ),
    "narrow_latin": (
        "full-width Latin letters",
        "حروف لاتينية عريضة",
    ),
    "strip_decoration": (
        "accents that decorate letters",
        "حركات أجنبية للزخرفة",
    ),
    "strip_fillers": (
        "letters that decorate words",
        "حروف حشو للزخرفة",
    ),
    "strip_tatweel": (
        "stretching strokes (tatweel)",
        "تطويل (كشيدة)",
    ),
    "seat_hamza": (
        "hamza over a look-alike of yeh",
        "همزة على شبيه الياء",
    ),
    "compose": (
        "letter and mark in one fixed order",
        "ترتيب موحد للحرف وعلاماته",
    ),
    "tidy_spaces": (
        "superfluous spaces and blank lines",
        "مسافات وأسطر فارغة زائدة",
    ),
    "drop_idle_joiners": (
        "joiners without effect",
        "فواصل خفية بلا أثر",
    ),
    "unify_lookalikes": (
        "Persian and Urdu look-alikes of letters",
        "حروف فارسية وأردية شبيهة",
    ),
    "final_yeh_by_word": (
        "Persian yeh at the end of words",
        "ياء فارسية في آخر الكلمات",
    ),
    "strip_tags": (
        "leftovers of HTML tags",
        "بقايا وسوم HTML",
    ),
    "drop_stray_marks": (
        "vowel marks on no letter",
        "حركات على غير حرف",
    ),
    "drop_repeated_marks": (
        "vowel marks that come twice",
        "حركات مكررة",
    ),
    "shorten_signs": (
        "long rows of signs",
        "علامات مكررة بإسراف",
    ),
    "shorten_letters": (
        "stretched words",
        "كلمات ممطوطة الحروف",
    ),
    "email": (
        "e-mail addresses",
        "عناوين بريد إلكتروني",
    ),
    "phone": (
        "telephone numbers",
        "أرقام هواتف",
    ),
    "url": (
        "links",
        "روابط",
    ),
    "mention": (
        "names with @",
        "أسماء مسبوقة بـ @",
    ),
}
REPAIRS: Final[Mapping[str, Both]] = MappingProxyType(_REPAIRS)
"""What the rules repair that presets for text have, by name; others are told by their reason."""

_HARMS: Final = {
    "safe": (
        "safe",
        "آمنة",
    ),
    "visual": (
        "visual",
        "شكلية",
    ),
    "lossy": (
        "lossy",
        "مُنقِصة",
    ),
}
HARMS: Final[Mapping[str, Both]] = MappingProxyType(_HARMS)
"""What a repair costs."""

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
    "lines_removed": (
        "lines cut from a document",
        "السطور المحذوفة من الوثيقة",
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
