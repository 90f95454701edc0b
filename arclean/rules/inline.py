"""What a page puts inside a paragraph: the agency that it came from, links to other pages, counts of shares.

In no preset; name it after `lines`, whose captions need it.
"""

from __future__ import annotations

from typing import Final

from arclean.rule import PatternRule

_AGENCY: Final = (
    "(?:وكالات|الوكالات|وكالات أنباء|رويترز|فرانس برس|الأناضول|سبوتنيك|نوفوستي|شينخوا|تاس"
    "|أ ?ف ?ب|أ[.] ?ف[.] ?ب[.]?|د ?ب ?أ|د[.] ?ب[.] ?أ[.]?|أ ب|أ[.] ?ب[.]?|يو بي آي|واس|وام|بترا|قنا|كونا"
    "|AFP|Reuters|AP|DPA)"
)
_AGENCIES: Final = f"{_AGENCY}(?: ?[،,/+-] ?{_AGENCY})*"

_READ: Final = "(?:(?:[إا]?قر[أاءئ]ي?|[إا]قر[أؤ]وا|(?:شاهد|طالع)(?:ي|وا)?) [أا]يض(?:اً|ًا|ا)|(?:قد|ربما) (?:يهمك|يعجبك)(?: [أا]يض(?:اً|ًا|ا))?)"
_TITLE: Final = r"[^.؟!؛\n()\[\]]{4,140}"
_COUNT: Final = "(?:شارك(?:ها)?|غرد|تغريد|أعجبني|مشاركة|واتساب|فيسبوك|تويتر|Tweet|Share|Like|Pin|WhatsApp|Facebook|Twitter|LinkedIn|Email)"

STRIP_READ_ALSO: Final = PatternRule(
    name="strip_read_also",
    why="A link to another article in the middle of a line, in brackets, or behind the last sentence of a line.",
    pattern=rf" ?[(\[] ?{_READ} ?: ?{_TITLE}[)\]]|(?m)([.؟!»\"]) ?(?:[-–|] ?)?{_READ} ?: ?{_TITLE}(?: {_READ} ?: ?{_TITLE})*$",
    becomes=r"\1",
    needs=":",
    fixes=(
        (
            "فتح السوق أبوابه صباح أمس. اقرأ أيضا: أسعار السمك ترتفع",
            "فتح السوق أبوابه صباح أمس.",
        ),
        (
            "فاض النهر (شاهد أيضاً: صور من الجسر القديم) ولم يصب أحد.",
            "فاض النهر ولم يصب أحد.",
        ),
    ),
    leaves=(
        "قال لتلاميذه: اقرؤوا الدرس. ثم قال اقرأ أيضا ما بعده.",
        "وصل الوفد. قد يهمك الأمر: الجسر مغلق. اذهب من الطريق الآخر.",
        "وقرأ أيضا: مختارات من الشعر",
    ),
    harm="lossy",
)

STRIP_SHARE_COUNTS: Final = PatternRule(
    name="strip_share_counts",
    why="Buttons that an extractor ran into one, with their counts, at an edge of a line; each touches the number beside it.",
    pattern=rf"(?m)^(?:{_COUNT}[0-9]+){{1,8}}(?:{_COUNT})? *| *(?:{_COUNT}[0-9]+){{1,8}}(?:{_COUNT})?$",
    becomes="",
    needs="0123456789",
    fixes=(
        (
            "شارك12غرد فاض النهر أمس.",
            "فاض النهر أمس.",
        ),
        (
            "فاض النهر أمس. Tweet0Share14",
            "فاض النهر أمس.",
        ),
    ),
    leaves=(
        "شارك 12 طالبا في السباق",
        "اسم الحساب tweet12 وفيه صور النهر",
    ),
    harm="lossy",
)

STRIP_CREDIT: Final = PatternRule(
    name="strip_credit",
    why="A paragraph that closes with its agency in brackets is the paper's; the agency is not part of it.",
    pattern=rf"(?m) \({_AGENCIES}\)$",
    becomes="",
    needs=")",
    fixes=(
        (
            "وصل الوفد إلى المدينة مساء أمس. (وكالات)",
            "وصل الوفد إلى المدينة مساء أمس.",
        ),
        (
            "فتح السوق أبوابه. (رويترز، أ ف ب)\nوعاد الصيادون.",
            "فتح السوق أبوابه.\nوعاد الصيادون.",
        ),
    ),
    leaves=(
        "نقلت وكالة الأنباء البريطانية (رويترز) الخبر.",
        "ترك وصيته لأخيه (وليد)",
    ),
    harm="lossy",
)

STRIP_DATELINE: Final = PatternRule(
    name="strip_dateline",
    why="Place and agency before the first words of a report; some want the report alone.",
    pattern=rf"(?m)^(?:\p{{L}}+ ){{1,3}}\({_AGENCIES}\) ?[-–:]+ ?",
    becomes="",
    needs="(",
    fixes=(
        (
            "القاهرة (رويترز) - قال وزير الري أمس",
            "قال وزير الري أمس",
        ),
        (
            "وادي القرى (وكالات): فاض النهر",
            "فاض النهر",
        ),
    ),
    leaves=(
        "القاهرة (مصر) - قال وزير الري أمس",
        "قال مراسل القاهرة (رويترز) إن النهر فاض",
    ),
    harm="lossy",
)

RULES: Final = (STRIP_CREDIT, STRIP_DATELINE, STRIP_READ_ALSO, STRIP_SHARE_COUNTS)
