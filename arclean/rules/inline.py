"""What a page puts inside a paragraph: the agency that it came from. In no preset; name it after `lines`, whose captions need it."""

from __future__ import annotations

from typing import Final

from arclean.rule import PatternRule

_AGENCY: Final = (
    "(?:وكالات|الوكالات|وكالات أنباء|رويترز|فرانس برس|الأناضول|سبوتنيك|نوفوستي|شينخوا|تاس"
    "|أ ?ف ?ب|أ[.] ?ف[.] ?ب[.]?|د ?ب ?أ|د[.] ?ب[.] ?أ[.]?|أ ب|أ[.] ?ب[.]?|يو بي آي|واس|وام|بترا|قنا|كونا"
    "|AFP|Reuters|AP|DPA)"
)
_AGENCIES: Final = f"{_AGENCY}(?: ?[،,/+-] ?{_AGENCY})*"

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

RULES: Final = (STRIP_CREDIT, STRIP_DATELINE)
