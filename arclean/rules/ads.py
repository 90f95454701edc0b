"""Advertisements, newsletters, applications, notices on cookies."""

from __future__ import annotations

from typing import Final

from arclean.phrases import listed, starts
from arclean.rule import LineRule
from arclean.rules.samples import MORE, PROSE

RULES: Final[tuple[LineRule, ...]] = (
    LineRule(
        name="ad_mark",
        why="The label that an advertisement must carry.",
        category="ad",
        pattern=listed(
            "(?:اعلان|اعلانات|محتوي|ماده|مقال) (?:ممول|مدعوم|مموله|مدفوع|مدفوعه|تجاري|جوجل|google|اعلاني|اعلانيه|ترويجي)ه?",
            "مساحه (?:اعلانيه|اعلان)",
            "(?:تخطي|تجاوز|اغلاق) (?:هذا )?(?:ال)?اعلان",
            "شاهد (?:ايضا )?(?:ال)?اعلان",
            "(?:ال)?اعلان(?:ات)? - متابعه القراءه (?:في )?(?:ال)?اسفل",
            "advertisements?",
            "advertising",
            "sponsored(?: (?:links|content|post|by|sponsored))*",
            "promoted(?: (?:links|content))*",
            "ads? by [^ ]+",
            "publicité",
            "by project agora(?:by project agora)?",
            "sponsored linkssponsored links",
            "promoted linkspromoted links",
            "sponsoredsponsored",
        ),
        drops=(
            "محتوى ممول",
            "Advertisement",
            "- إعلانات ممولة -",
        ),
        leaves=(
            "إعلان تجاري قديم وجدته في درج جدي",
            "إعلان مبادئ",
        ),
    ),
    LineRule(
        name="bare_ad",
        why="The word alone: the place of an advertisement. In a law or a book it may be a heading.",
        category="ad",
        pattern=listed(
            "(?:ال)?اعلان",
            "(?:ال)?اعلانات",
            "ads?",
            "برعايه",
            "annonce",
        ),
        when=("amid_prose", "no_title"),
        drops=(
            (f"{PROSE}\nإعلان\n{MORE}", f"{PROSE}\n{MORE}"),
            (f"{PROSE}\n- Ad -", PROSE),
        ),
        leaves=(
            "إعلان",
            f"الإعلان\n\n{PROSE}",
            f"{PROSE}\nإعلان الافتتاح\n{MORE}",
        ),
    ),
    LineRule(
        name="newsletter",
        why="A call to subscribe to the paper's letters, channels or notifications.",
        category="ad",
        pattern=starts(
            "(?:اشترك|اشتركوا|اشتركي|اشترك|سجل|انضم|انضمي|انضموا|للاشتراك|الاشتراك|اشتراك)(?: (?:الان"
            "|معنا|مجانا|الي|لدينا))* (?:في|ب|الي|ل|علي) ?(?:ال)?(?:نشرتنا|نشره|نشراتنا|نشرات|النشره|قائمتنا"
            "|القائمه البريديه|قائمه البريد|خدمه|خدماتنا|قناتنا|جريده|صحيفه|موقعنا|مجله)",
            "(?:ال)?نشره (?:ال)?(?:بريديه|اخباريه|الاخباريه|البريديه|الاسبوعيه|اليوميه)",
            "(?:ال)?قائمه البريديه",
            "(?:ادخل|ضع|اكتب|سجل|اضف) (?:عنوان )?(?:بريدك|ايميلك|البريد|بريدكم)",
            "(?:اشترك|اشتركوا) (?:الان )?(?:ليصلك|لتصلك|ليصلكم|لتصلكم|للحصول|لتحصل|وكن اول|لتلقي|مجانا|لمشاهده)",
            "(?:ليصلك|لتصلك|ليصلكم|لتصلكم) (?:كل|اخر|احدث|جديد|اهم|اجدد)",
            "(?:احصل|احصلي) علي (?:اخر|احدث|اهم|كل) (?:ال)?(?:اخبار|جديد|عروض|مقالات|تحديثات)",
            "(?:با?شتراكك|عند اشتراكك) معنا",
            "(?:شكرا|نشكرك) (?:لك )?(?:علي )?(?:لا)?اشتراكك",
            "تم (?:ال)?(?:اشتراكك|اشتراك) بنجاح",
            "(?:فعل|تفعيل|قم بتفعيل) (?:خاصيه )?(?:ال)?(?:اشعارات|تنبيهات)",
            "(?:تابع|تابعوا) .*(?:من متصفحك|عبر الاشعارات)",
            "(?:انضم|انضمي|انضموا) الي [0-9][^ ]* (?:الف |الاف |مليون )?(?:مشترك|مشتركا|متابع|قارئ|قارئا|عضو)",
            "تنبيهات موقع",
            "(?:خدمه|خدمات) (?:اخر خبر|الرسائل القصيره|الرسائل النصيه)",
            "subscribe",
            "sign up (?:for|to) (?:our|the|receive)",
            "get (?:the|our) (?:latest|newsletter)",
            "newsletter",
            "تابع (?:ال)?(?:مدونه|موقع) (?:عبر|ب) ?(?:ال)?بريد(?: الالكتروني)?",
            "abonnez[- ]vous",
            "inscrivez[- ]vous",
        ),
        when=("amid_prose",),
        drops=(
            (f"{PROSE}\nاشترك في نشرتنا البريدية", PROSE),
            (f"{PROSE}\nأدخل بريدك الإلكتروني هنا", PROSE),
            (f"{PROSE}\nSubscribe to our newsletter", PROSE),
        ),
        leaves=(
            f"{PROSE}\nاشترك في الحفر سبعة عمال وثلاث آلات\n{MORE}",
            "اشترك في نشرتنا البريدية",
        ),
    ),
    LineRule(
        name="bare_subscribe",
        why="The button of a newsletter or of a channel.",
        category="ad",
        pattern=listed(
            "ا?شترك(?: (?:الان|معنا|مجانا))?!?",
            "الاشتراك",
            "عدم الاشتراك",
            "الغاء الاشتراك",
            "subscribe",
            "unsubscribe",
            "بريدك (?:ال)?الكتروني",
            "عنوان (?:ال)?بريدك? (?:ال)?الكتروني",
            "ابدا الان!?",
            "join now",
        ),
        when=("outside_body", "amid_prose"),
        drops=(
            (f"{PROSE}\nاشترك الآن!", PROSE),
            (f"{PROSE}\nالاشتراك", PROSE),
        ),
        leaves=(
            f"{PROSE}\nالاشتراك\n{MORE}",
            f"{PROSE}\nالاشتراك السنوي",
        ),
    ),
    LineRule(
        name="application",
        why="A call to install the site's application, or the names of the stores.",
        category="ad",
        pattern=starts(
            "(?:حمل|حملي|حملوا|نزل|نزلوا|ثبت|جرب|احصل علي)(?: (?:الان|مجانا))? (?:ال)?(?:تطبيق(?:ات)?"
            "|تطبيقنا|تطبيقاتنا|برنامجنا)(?: [^ ]+){0,8}$",
            "(?:تطبيقاتنا|تطبيقنا|تطبيق الموقع|تطبيق الجوال|تطبيقات الجوال|تطبيقات الهاتف)",
            "(?:متوفر|متاح|حمله|حمل) (?:الان )?(?:علي|من) (?:google play|app store|جوجل بلاي|متجر جوجل"
            "|متجر ابل|ابل ستور|اب ستور|متجر [^ ]+ بلاي)",
            "(?:ال)?تحميل من (?:متجر|جوجل بلاي|google play|app store|ابل ستور)",
            "(?:get it on|available on|download on)(?: the)? (?:google play|app ?store|app gallery)",
            "download (?:the|our) app",
        ),
        when=("open_ended", "outside_body", "amid_prose"),
        drops=(
            (f"{PROSE}\nحمّل الآن تطبيق الضفاف للهواتف", PROSE),
            (f"{PROSE}\nGet it on Google Play", PROSE),
        ),
        leaves=(
            f"{PROSE}\nتحميل التطبيق من الهاتف يستغرق دقيقة واحدة.\n{MORE}",
            "حمل تطبيق الضفاف",
        ),
    ),
    LineRule(
        name="store_names",
        why="The badges of the stores.",
        category="ad",
        pattern=listed(
            "google play",
            "app ?store",
            "app ?gallery",
            "apple store",
            "ios",
            "android",
            "جوجل بلاي",
            "(?:اب|ابل|اب) ستور",
            "متجر (?:جوجل|ابل|جوجل بلاي)",
        ),
        when=("outside_body", "amid_prose"),
        drops=(
            (f"{PROSE}\nGoogle Play\nApp Store", PROSE),
            (f"{PROSE}\niOS | Android", PROSE),
        ),
        leaves=(
            f"{PROSE}\nAndroid\n{MORE}",
            f"{PROSE}\nGoogle Play في خمس سنوات",
        ),
    ),
    LineRule(
        name="cookie_notice",
        why="The site asks to keep cookies.",
        category="cookie",
        pattern=starts(
            "(?:نحن )?(?:نستخدم|نستعمل) (?:ملفات|تقنيات|الكوكيز|ال?كوكيز|ملفات تعريف|في موقعنا)(?: [^ ]+){0,2} ?(?:تعريف"
            "|الارتباط|ارتباط|الكوكيز|كوكيز|cookies|لتحسين|لضمان|$)",
            "(?:يستخدم|تستخدم) (?:هذا |هذه )?(?:ال)?(?:موقع|موقعنا|صفحه)(?: الالكتروني)? (?:ملفات|الكوكيز|ال?كوكيز|cookies|ملفات تعريف)",
            "(?:هذا الموقع|موقعنا|هذه الصفحه) (?:يستخدم|تستخدم) (?:ملفات|ال?كوكيز|cookies)",
            "(?:باستخدامك?|باستمرارك|بمتابعه|بمتابعتك|باستعمالك|بتصفحك|عند استخدامك)(?: (?:في )?(?:استخدام"
            "|تصفح|زياره))? (?:ل)?(?:هذا )?(?:ال)?(?:موقعنا|موقع|لموقع) .*(?:توافق|موافق|ارتباط|كوكيز|cookies|خصوصيه)",
            "سيتم تحسين تجربتك",
            "(?:اعدادات|تفضيلات|اداره|سياسه|قبول|ضبط) (?:ال)?(?:ملفات تعريف الارتباط|كوكيز|cookies|خصوصيه|الموافقه)$",
            "we use (?:cookies|your)",
            "this (?:web)?site uses cookies",
            "by (?:continuing|using) (?:to )?(?:use|browse|this|our)",
            "cookie (?:settings|policy|preferences|consent)",
            "nous utilisons des cookies",
            "(?:ce site|en poursuivant) .*cookies",
            "لمعرفه المزيد (?:عن|حول) (?:سياسه|كيفيه استخدام) (?:الخصوصيه|ملفات|الكوكيز|ال?كوكيز)",
        ),
        most_words=45,
        when=("outside_body", "amid_prose"),
        drops=(
            (f"{PROSE}\nنستخدم ملفات تعريف الارتباط لتحسين تجربتك", PROSE),
            (f"We use cookies to make your experience better.\n{PROSE}", PROSE),
        ),
        leaves=(
            f"{PROSE}\nنستخدم ملفات من الورق في الأرشيف\n{MORE}",
            f"{PROSE}\nملفات تعريف الارتباط نصوص صغيرة تحفظ في المتصفح.\n{MORE}",
        ),
    ),
    LineRule(
        name="consent_button",
        why="The buttons of such a notice.",
        category="cookie",
        pattern=listed(
            "accept(?: (?:all|cookies|all cookies))?",
            "reject(?: all)?",
            "decline",
            "got it!?",
            "i (?:agree|accept)",
            "agree",
            "manage (?:cookies|preferences|options|consent)",
            "j'accepte",
            "tout (?:accepter|refuser)",
            "(?:قبول|اقبل|موافق علي|رفض) (?:الكل|الجميع|الكوكيز|ملفات تعريف الارتباط|جميع ملفات تعريف الارتباط)",
            "(?:اوافق|موافق|قبول|رفض|حسنا|فهمت|لا اوافق)",
            "we use",
            "cookies",
            "your experience on this",
            "website better",
        ),
        when=("outside_body", "amid_prose"),
        drops=(
            (f"{PROSE}\nAccept all", PROSE),
            (f"أوافق | رفض\n{PROSE}", PROSE),
        ),
        leaves=(
            f"{PROSE}\nموافق\n{MORE}",
            "أوافق",
        ),
    ),
)
