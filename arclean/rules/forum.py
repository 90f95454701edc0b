"""Boards: vBulletin, ahlamontada, phpBB, SMF, XenForo. The card of the member, the tools of the thread, the rights of the reader."""

from __future__ import annotations

from typing import Final

from arclean.phrases import CLOSE, OPEN, labels, listed, starts
from arclean.rule import LineRule
from arclean.rules.samples import MORE, PROSE

RULES: Final[tuple[LineRule, ...]] = (
    LineRule(
        name="member_count",
        why="How much a member wrote, when he joined, how he is rated: a label and a number.",
        category="byline",
        pattern=f"^{OPEN}(?:(?:عدد )?(?:ال)?(?:مساهمات|مشاركات|مواضيع|ردود|نقاط|مشاركاته|مواضيعي|ردودي)|نقاط (?:التميز"
        "|التقييم|التفاعل|الجائزه)|معدل (?:تقييم المستوي|التقييم|المشاركات)"
        "|(?:رقم )?(?:ال)?(?:عضويه|عضويتي)|رقم العضويه|تاريخ (?:ال)?(?:تسجيل|التسجيل|انضمام|الانضمام"
        "|الاشتراك|الميلاد)|(?:تم )?(?:ال)?(?:تسجيل|انضم|التحق) (?:في|بتاريخ)|(?:ال)?عمر|السمعه"
        "|(?:عدد )?(?:ال)?معجبون|الاعجاب(?:ات)?|(?:تم )?شكره|شكرا?|قوه التقييم|مستوي التفاعل|النقاط"
        "|(?:عدد )?الزيارات|posts|joined|join date|reputation|points|messages|inscription)"
        f" ?[:=(] ?[^0-9:؟!]{{0,12}}[0-9][^:؟!؛]*$",
        most_words=8,
        when=("open_ended",),
        drops=(
            "عدد المساهمات : 30",
            "تاريخ التسجيل: 22/02/2012",
            "المشاركات: 1,234",
        ),
        leaves=(
            "المشاركات: ثلاث نساء ورجل",
            "النقاط: 1- الصدق 2- العمل، وهما أصل كل شيء عندي في هذه الحياة",
        ),
    ),
    LineRule(
        name="member_field",
        why="A field of the member's card; elsewhere the same words label a fact, so only at the edge of a thread.",
        category="byline",
        pattern=labels(
            "احترام (?:القوانين|الردود|قوانين المنتدي)",
            "العمل/الترفيه",
            "(?:ال)?(?:المزاج|الهوايه|الهوايات|مزاجي|هوايتي|مهنتي|المهنه|دولتي|جنسي|مدينتي|اوسمتي)",
            "رقم (?:ال)?(?:مشاركه|العضويه)",
            "اخر (?:تواجد|عضو مسجل)",
            "حاله العضو",
            "بيانات اضافيه",
            "لوني المفضل",
        ),
        drops=(
            "احترام القوانين :",
            "رقم المشاركة : [1]",
            "العمل/الترفيه : طالب",
        ),
        leaves=(
            "احترام القوانين واجب على الجميع",
            "المزاج العام في المدينة هادئ",
        ),
    ),
    LineRule(
        name="member_place",
        why="Where a member lives and what he is: fields that a card of a town or a person has too.",
        category="byline",
        pattern=labels(
            "(?:ال)?(?:موقع|اقامه|دوله|بلد|الدوله|الاقامه|جنس|عمر|مكان الاقامه|تاريخ الميلاد|التوقيع|الجنس)",
            "location",
        ),
        most_words=6,
        when=("open_ended", "outside_body", "amid_prose"),
        drops=(
            (f"الإقامة : بغداد\n{PROSE}", PROSE),
            (f"{PROSE}\nالدولة: السعودية", PROSE),
        ),
        leaves=(
            f"{PROSE}\nالموقع: ضفة النهر\n{MORE}",
            "الدولة: السعودية",
        ),
    ),
    LineRule(
        name="member_rank",
        why="The rank that a board gives to its members, alone or after the member's name.",
        category="byline",
        pattern="^[^:.،]{0,24}عضوه? (?:جديد|مميز|فعال|نشيط|ذهبي|فضي|ماسي|برونزي|متالق|مبدع|متميز"
        f"|سوبر|متفاعل|مشارك|شرف|مبتدئ|بلاتيني|محترف|مجتهد|موقوف|متواصل|اساسي)ه?{CLOSE}$",
        when=("short", "open_ended", "amid_prose"),
        needs=("\N{ARABIC LETTER DAD}",),
        drops=(
            (f"قلب الأسدعضو جديد\n{PROSE}", PROSE),
            (f"عضو ذهبي\n{PROSE}", PROSE),
        ),
        leaves=(
            f"صار عضوا جديدا في الفرقة\n{PROSE}",
            "عضو جديد",
        ),
    ),
    LineRule(
        name="staff_rank",
        why="The rank of those who keep a board, beside their posts.",
        category="byline",
        pattern=f"^{OPEN}(?:(?:ال)?(?:مشرف|مشرفه|مراقب|مراقبه|مدير|مديره) (?:عام|عامه|المنتدي|المنتديات|قسم|الموقع|الاقسام)"
        "|المدير العام|نائب المدير|نجم المنتدي|شخصيه هامه|كبار الشخصيات"
        f"|senior member|junior member|new member|moderator|administrator){CLOSE}$",
        when=("short", "open_ended", "amid_prose"),
        drops=(
            (f"مشرف عام\n{PROSE}", PROSE),
            (f"Senior Member\n{PROSE}", PROSE),
        ),
        leaves=(
            f"مشرف عام على المشروع منذ عامين\n{PROSE}",
            "مشرف عام",
        ),
    ),
    LineRule(
        name="thread_tool",
        why="The tools and labels of a thread.",
        category="navigation",
        pattern=listed(
            "ادوات الموضوع",
            "(?:انواع|طرق|طريقه) (?:عرض|مشاهده) الموضوع",
            "(?:ال)?عرض (?:العادي|المتطور|الشجري)",
            "الانتقال الي العرض (?:العادي|المتطور|الشجري)",
            "(?:تقييم|قيم) (?:هذا )?الموضوع",
            "ابحث في (?:الموضوع|هذا المنتدي|المنتدي)",
            "مشاهده صفحه طباعه الموضوع",
            "ارسا?ل هذا الموضوع الي صديق",
            "(?:اضافه|اضف) (?:رد|رد جديد|موضوع جديد)",
            "(?:ارسال|كتابه|نشر) (?:موضوع جديد|رد جديد|مساهمه)",
            "موضوع جديد",
            "رد سريع",
            "(?:رد|الرد|ردود) مع اقتباس",
            "اقتباس متعدد(?: لهذه المشاركه)?",
            "المواضيع المتشابهه",
            "مواضيع مماثله",
            "صلاحيات هذا المنتدي",
            "تعليمات المشاركه",
            "قوانين المنتدي",
            "الانتقال السريع(?: الي)?",
            "انتقل الي:?",
            "معلومات (?:العضو|الكاتب)",
            "الملف الشخصي(?: ل.*)?",
            "مشاهده (?:ملفه|الملف) الشخصي",
            "(?:ال)?(?:بحث|العثور) عن (?:كل|جميع|المزيد من) مشاركات.*",
            "(?:ارسال|ارسل) رساله خاصه(?: الي .*)?",
            "غير متواجد حاليا",
            "(?:غير )?متصل(?: الان)?",
            "قائمه الاعضاء",
            "(?:س ?[.] ?و ?[.] ?ج|مشاركات اليوم|جعل جميع المنتديات مقروءه)",
            "استعرض الموضوع (?:السابق|التالي)",
            "معاينه (?:الموضوع|المساهمه).*",
            "(?:ال)?رجوع الي (?:ال)?(?:اعلي|اسفل) الصفحه",
            "(?:اذهب|نزول) الي (?:ال)?(?:اسفل|الاسفل|الاعلي)",
            "كاتب (?:الموضوع|الرساله|المساهمه|المشاركه)(?: .{0,30})?",
            "(?:بادئ|بدايه) (?:الموضوع|المشاركه)",
            "الملفات المرفقه",
            "الصور المرفقه",
            "توقيع العضو",
            "من مواضيعي",
            "من مواضيع .{1,20}",
            "quote",
            "reply with quote",
            "multi-?quote",
            "post reply",
            "thread tools",
            "display modes",
            "permalink",
            "#[0-9]{1,4}(?: [(]permalink[)])?",
            "اخر مشاركه(?: بواسطه.*)?",
            "اخر رساله.*",
        ),
        drops=(
            "أدوات الموضوع | طريقة عرض الموضوع",
            "رد مع اقتباس",
            "صلاحيات هذا المنتدى:",
        ),
        leaves=(
            "أدوات الموضوع الذي يدرسه الباحث كثيرة",
            "موضوع جديد يشغل المدينة",
        ),
    ),
    LineRule(
        name="thread_rights",
        why="What a reader may and may not do on a board, and who is on it.",
        category="navigation",
        pattern=starts(
            "(?:لا ?|لا ?يمكنك |يمكنك )?(?:تستطيع|تستطيع انت|يمكنك) (?:ال)?(?:اضافه|الرد|ارفاق|تعديل|كتابه"
            "|وضع|حذف|المشاركه) ?(?:علي )?(?:ال)?(?:مواضيع|ملفات|مشاركاتك|مشاركات|ردود|مرفقات|مساهمات"
            "|تعليقات|موضوع|استطلاع)",
            "لا ?تستطيع الرد علي المواضيع",
            "(?:bb code|كود|كود bb|اكواد|كود html|كود \\[?img\\]?|ال?ابتسامات|trackbacks|pingbacks|refbacks) (?:is"
            "|are|\\[?[a-z]+\\]? )?(?:متاحه|معطله|تعمل|لا تعمل|on|off)",
            "الذين يشاهدون (?:محتوي )?(?:ال)?موضوع الان",
            "(?:المتواجدون|الموجودون|المتصلون|الاعضاء الذين) .*(?:الان|زائر|زوار)",
            "(?:جميع|كل) الاوقات (?:ب)?توقيت",
            "الساعه الان ?:? ?[0-9:]+",
            "(?:التوقيت|الوقت) (?:الان|الحالي) ?:? ?[0-9:]+",
            "(?:انت|عزيزي|مرحبا|اهلا)(?: [^ ]+){0,8} (?:غير مسجل|لم تقم بتسجيل|التسجيل معنا|يتوجب عليك|يشرفنا انضمامك|تفضل بالتسجيل)",
            "يجب تسجيل الدخول (?:او التسجيل )?كي تتمكن",
            "(?:هذه المشاركه|اخر تعديل|تم تعديل|تم التعديل).*(?:بواسطه|من قبل|من طرف).*(?:[0-9]|;|م$|ص$)",
            "عدد (?:المتواجدين|المعجبين بهذه المشاركه) ?:? ?[0-9]+",
            "(?:you may not|you cannot) (?:post|edit|reply|attach)",
            "all times are",
            "the time now is",
            "currently active users",
        ),
        most_words=45,
        drops=(
            "لاتستطيع الرد على المواضيع في هذا المنتدى",
            "جميع الأوقات بتوقيت GMT +3. الساعة الآن 05:30 PM.",
            "الذين يشاهدون محتوى الموضوع الآن : 1 ( الأعضاء 0 والزوار 1)",
        ),
        leaves=(
            "لا تستطيع الرد على كرمه إلا بالشكر",
            "الساعة الآن متأخرة والناس نيام",
        ),
    ),
    LineRule(
        name="quote_header",
        why="The line over a quoted message that says who wrote it.",
        category="byline",
        pattern=starts(
            "(?:اقتباس ?:? ?)?(?:ال)?(?:مشاركه|رساله) (?:ال)?(?:اصليه|الاصليه) (?:كتبت|بواسطه|كتبها)",
            "(?:اقتباس|quote) ?:?$",
            "originally posted by",
            "(?:كتب|كتبت) (?:العضو|الاخ|الزائر) ",
        ),
        drops=(
            "المشاركة الأصلية كتبت بواسطة أبو سعد",
            "اقتباس:",
        ),
        leaves=(
            "المشاركة الأصلية في المسابقة ضاعت",
            "اقتباس: الحكمة ضالة المؤمن",
        ),
    ),
    LineRule(
        name="reply_title",
        why="A board repeats the subject of the thread over every answer.",
        category="title-duplicate",
        pattern="^(?:رد|re) ?: ?[^ ].*[^.؟!،:]$",
        least_words=3,
        most_words=14,
        when=("short", "open_ended", "amid_prose"),
        drops=(
            (f"{PROSE}\nرد: سمك النهر وصيده\n{MORE}", f"{PROSE}\n{MORE}"),
            (f"{PROSE}\nRe: fish of the river\n{MORE}", f"{PROSE}\n{MORE}"),
        ),
        leaves=(
            f"{PROSE}\nرد: لا أعرف.\n{MORE}",
            f"{PROSE}\nرد فعل السكان\n{MORE}",
        ),
    ),
    LineRule(
        name="forum_date",
        why="When a message was sent: day, date, hour, with or without the subject.",
        category="byline",
        pattern=f"^{OPEN}(?:موضوع: .* )?في (?:ال)?(?:سبت|احد|ا[ثت]نين|ثلاثاء|اربعاء|خميس|جمعه)"
        f" [^ ]+ [0-9]{{1,2}}, [0-9]{{4}} [0-9:]+ ?(?:am"
        f"|pm|ص|م)$|^(?:قديم )?[0-9]{{1,2}}-[0-9]{{1,2}}-[0-9]{{4}},? [0-9]{{1,2}}:[0-9]{{2}} ?(?:am|pm|ص|م)$",
        most_words=45,
        drops=(
            "في الثلاثاء أبريل 24, 2012 4:38 am",
            "03-11-2010, 05:12 PM",
        ),
        leaves=(
            "في الثلاثاء زرنا السوق",
            "03-11-2010",
        ),
    ),
)
