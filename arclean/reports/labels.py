"""The words of the page, in English and in Arabic."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

_ALL: Final = {
    "title": (
        "What was done to the data",
        "ماذا جرى للبيانات",
    ),
    "compare_title": (
        "Runs side by side",
        "عمليات التنقية جنبًا إلى جنب",
    ),
    "theme": (
        "Light or dark",
        "فاتح أو داكن",
    ),
    "language": (
        "العربية",
        "English",
    ),
    "print": (
        "Print",
        "اطبع",
    ),
    "contents": (
        "Contents",
        "المحتويات",
    ),
    "summary": (
        "In short",
        "الخلاصة",
    ),
    "summary_note": (
        "What was taken away or changed most, and why. Rejected documents and cut lines stay in the dataset, with the rule that took them.",
        "أكثر ما حُذف أو غُيِّر، وسببه. والوثائق المرفوضة والسطور المحذوفة باقية في مجموعة البيانات، ومعها القاعدة التي أخذتها.",
    ),
    "documents_kept": (
        "documents kept",
        "وثيقة أُبقيت",
    ),
    "documents_rejected": (
        "documents rejected",
        "وثيقة رُفضت",
    ),
    "no_lines": (
        "No line was cut.",
        "لم يُحذف أي سطر.",
    ),
    "no_repairs": (
        "No character was changed.",
        "لم يُغيَّر أي حرف.",
    ),
    "documents": (
        "Documents",
        "الوثائق",
    ),
    "words": (
        "Words",
        "الكلمات",
    ),
    "lines": (
        "Lines",
        "السطور",
    ),
    "read": (
        "read",
        "قُرئت",
    ),
    "kept": (
        "kept",
        "أُبقيت",
    ),
    "rejected": (
        "rejected",
        "رُفضت",
    ),
    "quarantined": (
        "unreadable, put aside",
        "تعذّرت قراءتها فعُزلت",
    ),
    "cut": (
        "cut with their lines",
        "حُذفت مع سطورها",
    ),
    "lines_cut": (
        "lines cut",
        "سطرًا حُذف",
    ),
    "cut_here": (
        "lines cut",
        "سطور محذوفة",
    ),
    "text_in": (
        "of text went in",
        "من النص دخلت",
    ),
    "text_out": (
        "of text came out",
        "من النص خرجت",
    ),
    "funnel": (
        "From what was read to what was kept",
        "من المقروء إلى المُبقى",
    ),
    "funnel_note": (
        "Words as counted after the characters were repaired. Nothing is lost: rejected documents lie in rejected/, cut lines in removed/.",
        "الكلمات معدودة بعد إصلاح الحروف. ولا يضيع شيء: الوثائق المرفوضة في rejected/ والسطور المحذوفة في removed/.",
    ),
    "reasons": (
        "Documents that were rejected",
        "الوثائق المرفوضة",
    ),
    "reasons_note": (
        "Each has one reason: the first filter that it failed. The beginnings of some are shown.",
        "لكل وثيقة سبب واحد، هو أول مرشِّح لم تجتزه. وتُعرض بدايات بعضها.",
    ),
    "no_reasons": (
        "No document was rejected.",
        "لم تُرفض أي وثيقة.",
    ),
    "reason": (
        "Reason",
        "السبب",
    ),
    "line_rules": (
        "Lines that were cut",
        "السطور المحذوفة",
    ),
    "line_rules_note": (
        "Each rule with its reason and some of the lines that it took, and how often each was met. Press the head of a column to sort.",
        "كل قاعدة مع سببها وبعض السطور التي حذفتها وعدد مرات ورود كل سطر. اضغط رأس العمود للترتيب.",
    ),
    "not_written": (
        "The run did not write the lines that it cut, so only the counts are known.",
        "لم تُكتب السطور المحذوفة في هذه العملية، فلا تُعرف إلا أعدادها.",
    ),
    "search": (
        "Search rules, reasons and examples",
        "ابحث في القواعد والأسباب والأمثلة",
    ),
    "found": (
        "rows shown",
        "صفًّا معروضًا",
    ),
    "rule": (
        "Rule",
        "القاعدة",
    ),
    "category": (
        "Category",
        "الصنف",
    ),
    "examples": (
        "Examples",
        "أمثلة",
    ),
    "times": (
        "times",
        "مرة",
    ),
    "acted": (
        "Acted",
        "عدد التغييرات",
    ),
    "cost": (
        "Cost",
        "الكلفة",
    ),
    "character_rules": (
        "Characters that were repaired",
        "الحروف المُصلَحة",
    ),
    "character_rules_note": (
        "Cost: safe is canonical or invisible, visual keeps the word and its shape, lossy takes information away.",
        "الكلفة: الآمنة لا يُرى أثرها، والشكلية تُبقي الكلمة وشكلها، والمُنقِصة تُذهب معلومة.",
    ),
    "from_catalogue": (
        "example of the rule itself; with --inputs the page shows lines of this crawl",
        "مثال القاعدة نفسها؛ ومع ‎--inputs تُعرض سطور من هذه المادة",
    ),
    "looks": (
        "Documents before and after",
        "وثائق قبل التنقية وبعدها",
    ),
    "looks_note": (
        "Taken from the input so that each shows rules that the ones above it do not.",
        "اختيرت من المُدخلات بحيث تُظهر كل وثيقة قواعد لم تظهر في سابقاتها.",
    ),
    "becomes": (
        "becomes",
        "يصير",
    ),
    "measures": (
        "Measures",
        "المقاييس",
    ),
    "measures_note": (
        "Documents by measure; kept below, rejected above. A dashed line is the bound of a filter. Scales without % are logarithmic.",
        "الوثائق بحسب كل مقياس؛ المُبقاة في الأسفل والمرفوضة فوقها. والخط المتقطع حدُّ المرشِّح. والمقاييس التي بلا نسبة مئوية لوغاريتمية.",
    ),
    "sites": (
        "Where the documents came from",
        "مصادر الوثائق",
    ),
    "site": (
        "Source",
        "المصدر",
    ),
    "others": (
        "(others, or none named)",
        "(مصادر أخرى أو بلا اسم)",
    ),
    "words_kept": (
        "Words kept",
        "الكلمات المُبقاة",
    ),
    "unread": (
        "Records that could not be read",
        "سجلات تعذّرت قراءتها",
    ),
    "unread_note": (
        "They lie in quarantine/ with their raw bytes.",
        "هي محفوظة في quarantine/ ببايتاتها كما وردت.",
    ),
    "throughput": (
        "Speed over time",
        "السرعة عبر الزمن",
    ),
    "throughput_note": (
        "MB of text a second, from the log of the run.",
        "ميغابايت من النص في الثانية، من سجل التشغيل.",
    ),
    "pipeline": (
        "The pipeline",
        "خطوات التنقية",
    ),
    "reproduce": (
        "Made with",
        "صُنعت بواسطة",
    ),
    "inputs": (
        "Inputs",
        "المُدخلات",
    ),
    "bytes": (
        "Bytes",
        "البايتات",
    ),
    "pipelines_differ": (
        "Where the pipelines differ",
        "الفروق بين الخطوات",
    ),
    "same_pipeline": (
        "All of them ran the same pipeline.",
        "استُعملت الخطوات نفسها في جميعها.",
    ),
    "difference": (
        "Difference",
        "الفرق",
    ),
}
LABELS: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(_ALL)
"""Name of a label to its English and its Arabic text."""
