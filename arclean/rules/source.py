"""Where a page took its text from."""

from __future__ import annotations

from typing import Final

from arclean.phrases import labels, listed, starts
from arclean.rule import LineRule
from arclean.rules.samples import MORE, PROSE

RULES: Final[tuple[LineRule, ...]] = (
    LineRule(
        name="source_link",
        why="A link to the page that a text was copied from.",
        category="source-link",
        pattern=listed(
            "source link",
            "link to source",
            "read (?:the )?original(?: article)?",
            "original (?:article|source)",
            "رابط (?:المصدر|الخبر|المقال|الموضوع|المقال الاصلي|مختصر|قصير)",
            "الرابط (?:المختصر|القصير|المصدر)",
            "(?:ال)?مصدر (?:ال)?(?:خبر|مقال|اصلي|موضوع)",
            "(?:ل?قراءه|ل?مشاهده|ل?متابعه) (?:الخبر|المقال|الموضوع) (?:الاصلي|من (?:ال)?مصدره?|كاملا|في (?:ال)?مصدره?)"
            "(?: (?:اضغط|انقر|انقري) هنا)?",
            "اقرا (?:الخبر|المقال|الموضوع) (?:من المصدر|كاملا|الاصلي)",
            "(?:الخبر|المقال) (?:من|في) المصدر",
            "lien source",
            "short url",
            "permalink",
        ),
        drops=(
            "Source link",
            "رابط المصدر:",
            "اقرأ الخبر من المصدر",
        ),
        leaves=(
            "مصدر الخبر رجل يعمل في الميناء",
            "رابط المقال بين الفصلين ضعيف",
        ),
    ),
    LineRule(
        name="bare_source",
        why="The label of a source alone on its line after the text.",
        category="source-link",
        pattern=listed(
            "المصدر",
            "source",
            "المصادر والمراجع",
            "via",
            "منقول",
            "منقول للفائده",
            "منقول للامانه",
        ),
        when=("outside_body", "amid_prose"),
        drops=(
            (f"{PROSE}\nالمصدر :", PROSE),
            (f"{PROSE}\n(منقول)", PROSE),
        ),
        leaves=(
            f"{PROSE}\nالمصدر\n{MORE}",
            "منقول",
        ),
    ),
    LineRule(
        name="source_named",
        why="The name of a source after its label, on a short line beside the text; in recipes and laws such a line stands inside it.",
        category="source-link",
        pattern=labels(
            "(?:ال)?مصدر",
            "source",
            "via",
        )
        + "|"
        + starts(
            "نقلا عن",
            "منقول (?:من|عن)",
            "عن (?:صحيفه|جريده|موقع|مجله|وكاله) [^ ]+$",
        ),
        most_words=9,
        when=("open_ended", "outside_body", "amid_prose"),
        drops=(
            (f"{PROSE}\nالمصدر: وكالات", PROSE),
            (f"{PROSE}\n*نقلا عن صحيفة الضفاف", PROSE),
            (f"{PROSE}\nمنقول من موقع الجسور", PROSE),
        ),
        leaves=(
            f"{PROSE}\nالمصدر: فعل الكلام مجردا من الزمن\n{MORE}",
            f"{PROSE}\nنقلا عن جده، حكى لنا القصة من أولها.",
        ),
    ),
    LineRule(
        name="first_published",
        why="A sentence that feeds and copied articles end with: where the text appeared first.",
        category="source-link",
        pattern=starts(
            "ظهر(?:ت)? (?:المقال|المقاله|التدوينه|المشاركه|هذا المقال|هذه المقاله|الخبر) .*(?:اولا علي|لاول مره علي|اولا في)",
            "the post .* (?:appeared first on|first appeared on)",
            "this (?:article|post) (?:was )?(?:originally|first) (?:appeared|published)",
            "تم نشر هذا (?:المقال|الخبر|الموضوع) (?:مسبقا|اولا|سابقا) (?:علي|في)",
            "نشر هذا (?:المقال|الخبر|الموضوع) (?:اولا|سابقا|للمره الاولي) (?:علي|في)",
            "(?:لمشاهده|لقراءه|لمطالعه) (?:المقال|الموضوع|الخبر) (?:الاصلي|من مصدره|من المصدر|كاملا)",
            "(?:هذا|هذه) (?:ال)?(?:خبر|مقال|مقاله|ماده|محتوي) (?:منقول|منقوله|مقتبس)ه? (?:من|عن)",
            "تجدر الاشاره بان (?:الموضوع|الخبر) الاصلي قد تم نشره",
            "ملحوظه: مضمون هذا الخبر تم كتابته بواسطه",
        ),
        most_words=45,
        drops=(
            "ظهرت المقالة جسر جديد للمشاة أولاً على صحيفة الضفاف.",
            "The post A new bridge appeared first on River News.",
            "تم نشر هذا المقال مسبقا على موقع الجسور. لمشاهدة المقال الأصلي، انقر هنا",
        ),
        leaves=(
            "ظهرت المقالة في العدد الثالث، فأثارت ضجة",
            "نشر هذا الكتاب أول مرة في القاهرة",
        ),
    ),
)
