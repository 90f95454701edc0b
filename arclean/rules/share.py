"""Buttons and calls: share, follow, print."""

from __future__ import annotations

from typing import Final

from arclean.phrases import glued, listed, starts
from arclean.rule import LineRule
from arclean.rules.samples import MORE, PROSE

_NETWORK: Final = (
    "(?:(?:ال)?فيس ?بوك|(?:ال)?تويتر|اكس|منصه اكس|واتس ?ا?ب|الواتس ?ا?ب|تيلي?[جغ]?[رق]ا?م|تل[يغج]*رام"
    "|انستا?[جغق]?رام|انست[اغجق]*رام|لينكد ?ا?ي?ن|لينكدان|بينتريست|بنترست|يوتيوب"
    "|سناب ?شات|تيك ?توك|ماسنجر|مسنجر|فايبر|تمبلر|ريديت|جوجل ?(?:بلس)?|غوغل ?(?:بلس)?|google ?(?:[+]|plus)?|نبض|ثريدز"
    "|facebook|twitter|whats ?app|telegram|instagram[e]?|linked ?in|pinterest|youtube|snapchat"
    "|tik ?tok|messenger|viber|tumblr|reddit|vk|vkontakte|odnoklassniki"
    "|pocket|skype|stumbleupon|digg|delicious|flipboard|threads|xing|e-?mail|gmail|email this|blogthis!?|copy(?: link)?|print|rss"
    "|(?:ال)?بريد|(?:ال)?ايميل|طباعه|اطبع|نسخ(?: الرابط)?)"
)

RULES: Final[tuple[LineRule, ...]] = (
    LineRule(
        name="share_button",
        why="Share this on a network: a button, or a row of buttons that the extractor ran together.",
        category="share",
        pattern=glued(
            "(?:شارك|شاركها?|مشاركه|المشاركه|للمشاركه|انشر|نشر|غرد|ارسل|ارسال|انقر للمشاركه|اضغط للمشاركه"
            "|انقر لتشارك|اضغط لتشارك|النقر للمشاركه)(?: (?:هذا|هذه))?(?: (?:الخبر|المقال|المقاله|الموضوع"
            f"|الصفحه|المنشور))? (?:علي|عبر|في|ب|الي) {_NETWORK}",
            f"share (?:on|via|to|this on|with) (?:x|{_NETWORK})(?: ?{_NETWORK})*",
            "[(]?(?:فتح|يفتح) في نافذه جديده[)]?",
            "[(]?opens in new window[)]?",
            "(?:انقر|اضغط|النقر) ل(?:لطباعه|طباعه|ارسال هذا الموضوع الي صديق بواسطه البريد الالكتروني"
            "|ارسال رابط بالبريد الالكتروني الي صديق)",
            f"click to (?:share on {_NETWORK}|print|email (?:this|a link) to a friend)",
            "(?:شارك|شاركوا|شاركي) (?:هذا |هذه )?(?:ال)?(?:خبر|مقال|مقاله|موضوع|صفحه|منشور|تدوينه|وصفه"
            "|صوره|فيديو)(?: (?:مع|علي) (?:الاصدقاء|اصدقائك|اصدقاءك|مواقع التواصل(?: الاجتماعي)?))?",
            "(?:شارك|شاركه|شاركها|انشره?) (?:مع|علي) (?:الاصدقاء|اصدقائك|اصدقاءك|مواقع التواصل(?: الاجتماعي)?|الشبكات الاجتماعيه)",
            "(?:مشاركه|نشر|انشر) (?:هذا |هذه )?(?:الخبر|المقال|المقاله|الموضوع|الصفحه|الرابط|عبر|المنشور)",
            "share (?:this|this (?:article|post|page|story|selection|entry))",
            "(?:نسخ|انسخ|نسخ هذا) الرابط(?: المختصر)?",
            "تم نسخ الرابط",
            "copy (?:link|url|short url)",
            "link copied",
            "(?:ارسل|ارسال|ارسل هذا|ارسال هذا)(?: (?:الخبر|المقال|الموضوع|الصفحه|الي|ل))* ?(?:الي|ل) ?صديق",
            "(?:ارسال|ارسل) (?:بالبريد الالكتروني|بالبريد|عبر البريد(?: الالكتروني)?)",
            "(?:طباعه|اطبع) (?:هذا |هذه )?(?:الخبر|المقال|المقاله|الموضوع|الصفحه|هذه الصفحه|المحتوي)",
            "(?:نسخه|صفحه) للطباعه",
            "print(?:er)?(?: this)?(?: (?:page|article|friendly|friendly version))",
            "email this(?: (?:article|page|to a friend))?",
            "حجم الخط",
            "(?:تكبير|تصغير|تغيير) (?:حجم )?(?:ال)?(?:خط|نص)",
            "(?:partager|tweeter)(?: (?:sur|cet article|sur facebook|sur twitter))?",
            "معجب بهذه",
            "معجب بهذا",
            "(?:اعجاب|like) (?:جاري |جار )?(?:ال)?(?:تحميل|loading)[.… ]*",
            "like this",
            "احفظ هذا (?:المقال|الخبر)",
            "انشر تؤجر",
            "(?:اضف|اضافه) (?:الي|ل) ?(?:ال)?(?:مفضله|المفضله)",
        ),
        most_words=45,
        drops=(
            "شارك هذا الخبر :",
            "Share on FacebookShare on Twitterwhatsapp",
            "مشاركة عبر البريد",
            "نسخ الرابط",
        ),
        leaves=(
            "شارك في المسابقة عبر الهاتف",
            "شارك هذا الخبر السار كل من كان في البيت",
            "حجم الخط في هذه المخطوطة صغير جدا",
        ),
    ),
    LineRule(
        name="network_names",
        why="Names of networks and the verb to share, alone on a line: icons whose pictures were lost.",
        category="share",
        pattern=glued(
            _NETWORK,
            "شارك(?:ها|نا)?",
            "مشاركه",
            "المشاركه",
            "غرد",
            "تغريد",
            "تغريده",
            "انشر",
            "ارسل",
            "ارسال",
            "احفظ",
            "اعجاب",
            "tweet",
            "share",
            "shares",
            "like",
            "pin it",
            "save",
            "follow",
            "partager",
            "a ?[+-]",
            "ا ?[+-]",
            "(?:قناه|قناتنا علي|صفحه|صفحتنا علي|حساب|مجموعه) (?:ال)?(?:فيس ?بوك|تويتر|يوتيوب|تي?لي?[جغ]رام|واتس ?ا?ب|انستغرام)",
        ),
        most_words=45,
        when=("outside_body", "amid_prose"),
        drops=(
            (f"{PROSE}\nفيسبوك\nتويتر\nواتساب", PROSE),
            (f"{PROSE}\nTweet\nFacebook WhatsApp Telegram", PROSE),
            (f"شارك\n{PROSE}", PROSE),
        ),
        leaves=(
            "شارك",
            f"{PROSE}\nفيسبوك\n{MORE}",
            f"{PROSE}\nفيسبوك تحذف صورة الجسر",
        ),
    ),
    LineRule(
        name="follow_us",
        why="A call to follow the site on a network.",
        category="share",
        pattern=starts(
            "(?:تابع(?:نا|ونا|ينا)|تابعوا|لمتابعتنا|لمتابعه اخبارنا|اتبعنا|تابع صفحتنا|تابعوا صفحتنا)(?: (?:الان"
            f"|ايضا))? (?:علي|عبر|في|من خلال) (?:{_NETWORK}|مواقع|منصات|صفحتنا|صفحه|صفحاتنا|قناتنا|حسابنا"
            "|حساباتنا|شبكات|وسائل|اخبار [gج]|تطبيق)",
            "(?:انضم|انضموا|اشترك|اشتركوا|انضمي) (?:الي|في|الينا علي|معنا علي|ل) ?(?:قناتنا|قناه|مجموعتنا"
            "|مجموعه|جروب|كروب|صفحتنا|صفحه|حسابنا|ملايين المتابعين|خدمه الواتساب|القناه)",
            "(?:تواصل|تواصلوا|تواصلي) معنا (?:عبر|علي|من خلال)",
            "(?:ابق|ابقي|ابقوا|كن|كونوا) علي (?:تواصل|اطلاع)",
            f"(?:صفحتنا|حسابنا|قناتنا|صفحه الموقع|موقعنا) (?:علي|في) (?:{_NETWORK})",
            f"تابع(?:وا|ي)? (?:اخبار|جديد|احدث|اخر) .*(?:علي|عبر) (?:تطبيق )?{_NETWORK}$",
            "follow us",
            "find us on",
            "join us on",
            "suivez[- ]nous",
            "connect with us",
            "stay connected",
            "get social",
        ),
        most_words=14,
        when=("amid_prose",),
        drops=(
            (f"{PROSE}\nتابعونا على فيسبوك وتويتر", PROSE),
            (f"{PROSE}\nانضم إلى قناتنا على تيليغرام لتصلك الأخبار", PROSE),
            (f"{PROSE}\nFollow us on Twitter", PROSE),
        ),
        leaves=(
            f"{PROSE}\nتابعنا على مدى شهر سير العمل في الجسر\n{MORE}",
            "تابعونا على فيسبوك",
        ),
    ),
    LineRule(
        name="follow_label",
        why="The same call, without saying where.",
        category="share",
        pattern=listed(
            "تابع(?:نا|ونا)(?: (?:علي|عبر|الان))?",
            "اتبعنا",
            "تواصلوا? معنا",
            "(?:مواقع|شبكات|وسائل) التواصل(?: الاجتماعي)?",
            "(?:ال)?شبكات (?:ال)?اجتماعيه",
            "(?:انضم|انضموا) (?:الينا|الي ملايين المتابعين)",
            "(?:ابق|ابقي|ابقوا) علي تواصل(?: معنا)?",
            "follow us(?: on)?",
            "social media",
        ),
        when=("outside_body", "amid_prose"),
        drops=(
            (f"{PROSE}\nتابعونا :", PROSE),
            (f"{PROSE}\nابق على تواصل", PROSE),
        ),
        leaves=(
            f"{PROSE}\nتابعنا السير\n{MORE}",
            f"{PROSE}\nالشبكات الاجتماعية\n{MORE}",
        ),
    ),
)
