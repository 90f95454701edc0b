"""The foot of a page: rights, makers, legal links, staff."""

from __future__ import annotations

from typing import Final

from arclean.phrases import STOP, labels, listed, starts
from arclean.rule import LineRule
from arclean.rules.samples import MORE, PROSE

RULES: Final[tuple[LineRule, ...]] = (
    LineRule(
        name="rights_line",
        why="All rights reserved: the site says whose its pages are.",
        category="copyright",
        pattern="^(?:copyright|©|[(]c[)])?[ 0-9–,-]*(?:جميع|كافه|كل|سائر)? ?(?:ال)?حقوق(?: (?:ال|و|وال|و ال)?(?:نشر"
        "|طبع|ملكيه|نسخ|فكريه|تاليف|طباعه|توزيع|اقتباس))* (?:[^ ]+ )?محفوظ[هات]*"
        f"{STOP}",
        most_words=45,
        drops=(
            "جميع الحقوق محفوظة لصحيفة الضفاف © 2024",
            "© 2020 حقوق النشر محفوظة لموقع الجسور",
        ),
        leaves=(
            "قال القاضي إن حقوق العمال كلها محفوظة",
            "حقوق الطبع في القرن الماضي",
        ),
    ),
    LineRule(
        name="rights_within",
        why="The same after the name of the site, and the sign with a year wherever it stands.",
        category="copyright",
        pattern="(?:جميع|كافه|كل) الحقوق (?:[^ ]+ )?محفوظه(?:[ ©®.0-9-]*$| (?:©|ل[^ ]+|copyright|[0-9]{4}|لدي|@))"
        "|all rights? reserved|tous droits réservés|(?:©|copyright|[(]c[)]) ?©? ?(?:19|20)[0-9]{2}|(?:19|20)[0-9]{2} ?©|[^ ] ©$",
        most_words=26,
        drops=(
            "River News. All Rights Reserved.",
            "صحيفة الضفاف © 2021",
            "الضفاف جميع الحقوق محفوظة",
        ),
        leaves=(
            "يكتب الرمز © قبل اسم المؤلف",
            "يرى أن كل الحقوق محفوظة في العقد القديم",
        ),
    ),
    LineRule(
        name="copyright_sign",
        why="The copyright sign at the head of a line.",
        category="copyright",
        pattern="^(?:©|&copy;|copyright(?: |:|$))",
        most_words=45,
        drops=(
            "© River International.",
            "Copyright River News",
        ),
        leaves=(
            "الرمزان © و ® متشابهان",
            "copyrighted",
        ),
    ),
    LineRule(
        name="made_by",
        why="Who designed, programmed or hosts the site.",
        category="copyright",
        pattern=starts(
            "(?:powered|designed|developed|hosted|created|built|maintained) (?:and (?:designed|developed|hosted) )?by",
            "proudly powered by",
            "(?:تم )?(?:ال)?تصميم (?:و ?(?:ال)?(?:تطوير|برمجه|تنفيذ|استضافه) ?(?::|/|-|بواسطه|من قبل|شركه|by)|بواسطه|شركه|الموقع ?:)",
            "(?:تم )?(?:ال)?(?:تطوير|برمجه) (?:و ?(?:ال)?(?:تطوير|برمجه|تنفيذ|استضافه|تصميم) ?(?::|/|-"
            "|بواسطه|من قبل|by)|بواسطه|من قبل|by|شركه)",
            "تم (?:ال)?(?:تصميم|تطوير|انشاء) (?:و ?ال?(?:تطوير|برمجه) )?(?:هذا )?(?:ال)?(?:موقع )?(?:بواسطه|من قبل|من طرف)",
            "(?:يتم )?(?:ال)?(?:تشغيل|مشغل|مدعوم|بدعم|يعمل) (?:ال)?(?:موقع )?(?:بواسطه|من قبل|ب) ?(?:[a-z]|بلوجر|ووردبريس|شركه)",
            "(?:ال)?مظهر(?: بواسطه)?:",
            "قالب (?:بواسطه|من تصميم)",
            "بكل فخر",
            "(?:يستخدم|بدعم من) (?:ووردبريس|wordpress|blogger|بلوجر)",
            "conception et (?:hébergement|réalisation)",
            "réalisé par",
        ),
        drops=(
            "تصميم وتطوير: شركة الجسور",
            "Powered by WordPress",
            "تم التصميم والتطوير بواسطة فريق الضفاف",
        ),
        leaves=(
            "تصميم وتطوير الجسور علم قديم",
            "برمجة الآلات صعبة",
        ),
    ),
    LineRule(
        name="legal_link",
        why="Links that only the foot of a page has: contact, terms, advertising, or several of them in a row.",
        category="copyright",
        pattern=listed(
            "(?:اتصل|تواصل|اتصلوا|تواصلوا) بنا",
            "تواصل معنا",
            "(?:ال)?اتصال بنا",
            "(?:ال)?اتصال و ?خريطه الموقع",
            "للاتصال بنا",
            "للتواصل معنا",
            "راسلنا",
            "اكتب لنا",
            "(?:اعلن|للاعلان|الاعلان|اعلنوا) (?:معنا|لدينا|في الموقع|علي الموقع|علي موقعنا)",
            "من نحن (?:اتصل بنا|سياسه الخصوصيه)",
            "(?:هيئه|اسره|فريق|طاقم) التحرير",
            "(?:ال)?هيكل (?:التنظيمي|الاداري)",
            "(?:ترددات|تردد) (?:القنوات|القناه)",
            "انضم الي فريقنا",
            "ارسل (?:خبر|خبرا|لنا خبر)(?: او صوره)?",
            "كن مراسلا",
            "قواعد استخدام المواد",
            "مواثيق العمل(?: و.*)?",
            "سياسه (?:الخصوصيه|الكوكيز|الاستخدام|النشر|الارجاع|الاسترجاع|الاستبدال والاسترجاع|ملفات تعريف الارتباط|التحرير|التصحيح)",
            "شروط (?:الاستخدام|الخدمه|النشر|الاشتراك)",
            "(?:ال)?شروط و ?الاحكام",
            "(?:اتفاقيه|اتفاقيه) (?:الاستخدام|المستخدم)",
            "(?:بيان|سياسه|احكام) الخصوصيه(?: و ?(?:شروط الاستخدام|ملفات تعريف الارتباط))?",
            "اخلاء (?:ال)?(?:مسؤوليه|مسئوليه)(?: القانونيه)?",
            "حقوق الملكيه(?: الفكريه)?",
            "contact(?: us)?",
            "contactez[- ]nous",
            "about(?: us)?",
            "advertise(?: with us| here)?",
            "privacy(?: policy)?",
            "terms(?: (?:of (?:use|service)|& conditions|and conditions))?",
            "cookie policy",
            "disclaimer",
            "site ?map",
            "dmca",
            "faqs?",
            "careers",
            "work for us",
            "mentions légales",
            "plan du site",
            "qui sommes[- ]nous",
            "من نحن",
        ),
        when=("outside_body", "amid_prose"),
        drops=(
            (f"{PROSE}\nاتصل بنا", PROSE),
            (f"{PROSE}\nمن نحن | سياسة الخصوصية | شروط الاستخدام", PROSE),
            (f"{PROSE}\nPrivacy Policy", PROSE),
        ),
        leaves=(
            f"{PROSE}\nمن نحن\n{MORE}",
            f"{PROSE}\nشروط الاستخدام الآمن للمصعد",
        ),
    ),
    LineRule(
        name="foot_link",
        why="Links that the foot of a page has, and other pages as their heading: only beside prose and outside the body.",
        category="copyright",
        pattern=listed(
            "(?:معلومات|نبذه) عنا",
            "عن (?:الموقع|الشركه|الجريده|الصحيفه|القناه|المدونه|المنتدي|الوزاره|الهيئه|المجله)",
            "(?:ال)?(?:اسئله|اسئله) (?:الشائعه|المتكرره)",
            "(?:ال)?مساعده",
            "(?:ال)?دعم(?: (?:ال)?فني)?",
            "(?:ال)?تعليمات",
            "(?:ال)?اعلانات",
            "(?:ال)?وظائف(?: شاغره)?",
            "(?:ال)?شركاؤ?نا",
            "(?:ال)?رؤيه و ?الرساله",
            "(?:ال)?مركز الاعلامي",
            "بلدان",
            "التعريف بنا",
            "فعالياتنا",
            "خدماتنا",
            "help",
            "support",
            "blog",
            "jobs",
            "i",
        ),
        when=("outside_body", "amid_prose"),
        drops=(
            (f"{PROSE}\nعن الموقع", PROSE),
            (f"{PROSE}\nالوظائف | المساعدة", PROSE),
        ),
        leaves=(
            f"{PROSE}\nخدماتنا\n{MORE}",
            f"عن الموقع الأثري\n{PROSE}",
        ),
    ),
    LineRule(
        name="staff_line",
        why="The names of those who run the paper, after their office.",
        category="copyright",
        pattern=labels(
            "(?:نائب )?(?:رئيسه?|مدير|مديره|سكرتير|امين|المشرف)(?: مجلس)? (?:ال)?(?:تحرير|اداره|عام|العام"
            "|التنفيذي للتحرير)(?: التنفيذي| المسؤول| المسئول| العام)?",
            "(?:ال)?(?:اشراف|مشرف) (?:ال)?عام",
            "رئيس (?:مجلس )?الاداره(?: و ?رئيس التحرير)?",
            "(?:ال)?مدير المسؤول",
            "صاحب الامتياز",
            "تصدر عن",
            "editor[- ]in[- ]chief",
        ),
        when=("open_ended", "outside_body", "amid_prose"),
        drops=(
            (f"{PROSE}\nرئيس التحرير: هند صالح", PROSE),
            (f"الإشراف العام : عمر النجار | مدير التحرير: سلوى الحكيم\n{PROSE}", PROSE),
        ),
        leaves=(
            f"{PROSE}\nرئيس التحرير: لن ننشر الصورة\n{MORE}",
            f"رئيس التحرير يزور الجسر\n{PROSE}",
        ),
    ),
    LineRule(
        name="copy_notice",
        why="A script's warning, a loader or a browser's notice that the extractor took for text.",
        category="copyright",
        pattern=starts(
            "you cannot copy content",
            "content is protected",
            "(?:هذا )?(?:ال)?محتوي محمي",
            "عفوا ?[!،,]* ?(?:لا يمكن|غير مسموح|النسخ)",
            "please enable javascript",
            "(?:يرجي|الرجاء|من فضلك) (?:تفعيل|تمكين) (?:ال)?(?:جافا ?سكر[يب]*ت|javascript)",
            "javascript is (?:disabled|required|turned off)",
            "enable javascript",
            "browser does ?n[o']?t support",
        ),
        most_words=45,
        drops=(
            "You cannot copy content of this page",
            "يرجى تفعيل الجافا سكربت في متصفحك",
        ),
        leaves=(
            "هذا محتوى الصندوق الأول",
            "عفوا، لم أسمعك",
        ),
    ),
)
