"""The path from the front page to this one."""

from __future__ import annotations

from typing import Final

from arclean.phrases import OPEN
from arclean.rule import LineRule
from arclean.rules.samples import MORE, PROSE

_HOME: Final = (
    f"{OPEN}(?:(?:انت هنا|انت الان في|you are here|مسار التنقل|المسار)[ :]*)?"
    "(?:الرئيسيه|الصفحه الرئيسيه|رئيسيه الموقع|الواجهه|home|accueil|فهرس المنتديات|المنتديات)"
)

_MENU: Final = (
    "(?:الرئيسيه|الصفحه الرئيسيه|اتصل بنا|من نحن|للاتصال|rss|english|منوعات|رياضه|كاريكاتير"
    "|سياسه الخصوصيه|بيان الخصوصيه|شروط (?:الاستخدام|الخدمه)"
    "|خريطه الموقع|تسجيل الدخول|home|about us|contact us|privacy policy|twitter|facebook)"
)

RULES: Final[tuple[LineRule, ...]] = (
    LineRule(
        name="path_from_home",
        why="The path of sections that leads from the front page to the article, with its title at the end.",
        category="breadcrumb",
        pattern=f"^{_HOME} ?(?:[/\\\\>»«›‹|←→⟵⇐▸►◄–—]|- |[.]{{2}}).*[^.:،؛]$",
        most_words=45,
        drops=(
            "الرئيسية / الأخبار / محليات / جسر جديد للمشاة",
            "أنت هنا: الرئيسية » مقالات » كيف تزرع النعناع؟",
            "الصفحة الرئيسية > المنتديات > منتدى الطبخ",
        ),
        leaves=(
            "الرئيسية من الأسباب هي قلة الماء / وكثرة الزرع",
            "الأسباب الرئيسية / الفرعية",
        ),
    ),
    LineRule(
        name="path_of_board",
        why="The path of a thread begins with the name of its board.",
        category="breadcrumb",
        pattern="^(?:العوده (?:الي )?)?منتدي(?:ات)? [^>»/.،:]+[>»].*[^.:،؛]$",
        most_words=40,
        drops=(
            "منتديات الضفاف > المجالس العامة > مجلس الصيد",
            "العودة منتدى الجسور » الهندسة » أسئلة",
        ),
        leaves=(
            "المنتديات الأدبية تجتمع كل خميس",
            "منتدى الشعر يجتمع كل خميس",
        ),
    ),
    LineRule(
        name="path_in_words",
        why="A path whose separators were lost; only before the text, where no sentence stands.",
        category="breadcrumb",
        pattern="^(?:الرئيسيه|home) [^.:،؛؟!]+$",
        most_words=6,
        when=("open_ended", "outside_body", "amid_prose"),
        drops=(
            (f"الرئيسية تحقيقات وملفات\n{PROSE}", PROSE),
            (f"الرئيسية رياضة\n{PROSE}", PROSE),
        ),
        leaves=(
            f"{PROSE}\nالرئيسية في هذا كله هي المحطة القديمة\n{MORE}",
            f"الأفكار الرئيسية\n{PROSE}",
        ),
    ),
    LineRule(
        name="you_are_here",
        why="The label of a path, with or without the path.",
        category="breadcrumb",
        pattern=f"^{OPEN}(?:انت (?:هنا|الان في|تتصفح(?: الان)?|تشاهد)|you are here|vous êtes ici) ?(?:$|[:>»/])",
        most_words=45,
        when=("open_ended", "amid_prose"),
        drops=(
            (f"أنت هنا: أخبار » محليات\n{PROSE}", PROSE),
            (f"You are here: News\n{PROSE}", PROSE),
        ),
        leaves=(
            f"أنت هنا منذ الصباح\n{PROSE}",
            f"أنت تشاهد النهر من النافذة\n{PROSE}",
        ),
    ),
    LineRule(
        name="path_of_arrows",
        why="Three or more names with arrows between them, outside the body, are a path; inside it they may be steps in a menu.",
        category="breadcrumb",
        pattern="^(?:[^«»›>.،:|]+[»›]){2,5}[^«»›>.،:|]*[^«»›>.،:| ][»›]?$",
        most_words=45,
        when=("open_ended", "outside_body", "amid_prose"),
        needs=("»", "›"),
        drops=(
            (f"أخبار » محليات » جسور\n{PROSE}", PROSE),
            (f"فتاوى › العبادات › الصيام\n{PROSE}", PROSE),
        ),
        leaves=(
            f"{PROSE}\nملف » خيارات » عرض\n{MORE}",
            f"قال «نعم» ثم «لا» ثم سكت\n{PROSE}",
        ),
    ),
    LineRule(
        name="menu_of_bars",
        why="Names with bars between them are a menu if one of them is a thing that menus have; else they may be a row of a table.",
        category="navigation",
        pattern=f"^(?:{_MENU} ?[|]|(?:[^|:.؛0-9]+[|])+ ?{_MENU} ?(?:[|]|$))[^:.؛0-9]*$",
        most_words=45,
        when=("open_ended", "outside_body", "amid_prose"),
        needs=("|",),
        drops=(
            (f"{PROSE}\nفيديو | العالم | اقتصاد | رياضة", PROSE),
            (f"أخبار | مقالات | اتصل بنا\n{PROSE}", PROSE),
        ),
        leaves=(
            f"{PROSE}\nالاسم | العدد | السعر | النوع",
            f"{PROSE}\nالراوي : أنس | المحدث : البخاري | المصدر : الصحيح | الرقم : سبعة",
        ),
    ),
)
