"""Links to other texts: their headers, which own the lines below, and links inside the text."""

from __future__ import annotations

from typing import Final

from arclean.phrases import labels, starts, whole
from arclean.rule import LineRule
from arclean.rules.samples import MORE, PROSE

_READ: Final = (
    "(?:ا?قر[اء]و?ا?|اقراي|اقرئي|طالع|طالعي|طالعوا|شاهدو?ا?|شاهدي|انظر|انظري|تابع|تابعي|تصفح|تصفحي|تعرف|تعرفي|استمع) (?:ايضا|كذلك)"
)
_LINKS: Final = (
    "(?:(?:ال)?(?:مقالات|مواضيع|موضوعات|اخبار|مواد|روابط|تقارير|محتوي|محتويات|فيديوهات|وصفات|منتجات"
    "|اسئله|فتاوي|قصص|منشورات|تدوينات|مشاركات|صفحات|دروس|كتب|ملفات|مقال|موضوع|خبر|مقلات|مقولات"
    "|اغاني|قصائد|برامج|تطبيقات|العاب|صور|اعلانات|وظائف))"
)

RULES: Final[tuple[LineRule, ...]] = (
    LineRule(
        name="read_also_header",
        why="The header over links to other articles; their titles and first words stand under it.",
        category="related",
        pattern=whole(
            f"{_READ}",
            "see also",
            "read (?:also|next)",
            "[àÀ] lire aussi",
            "lire aussi",
            "(?:قد|ربما) (?:يهمك|تهمك|يعجبك|تعجبك|يهمكم|يعجبكم|يثير اهتمامك|تثير اهتمامك)(?: (?:ايضا|قراءه|ايضا قراءه|كذلك))?(?: x)?",
            "(?:قد|ربما) (?:تود|ترغب|ترغبين|تحب|تريد) (?:في |ب|ان )?(?:قراءه|مشاهده|تقرا|قراءه ايضا)",
            "(?:يمكنك|يمكنكم) (?:ايضا )?(?:قراءه|مشاهده|متابعه)(?: ايضا)?(?: x)?",
            "(?:ننصحك|ننصحكم|نوصيك|نرشح لك|نقترح عليك|نقترح لك) (?:ب)?(?:قراءه|مشاهده)?(?: ايضا)?",
            "نوصي (?:ب|لك ب|لكم ب)?قراءه",
            "(?:ل?ا|لن) (?:ي|ت)?فوتك",
            "لا (?:ت|ي)فوت(?:ك|كم|ي|وا)?",
            "you (?:may|might) (?:also )?(?:like|be interested in|have missed)",
            "recommended(?: for you| articles| stories)?",
            "more (?:stories|from|news|articles|in this section)",
            "vous aimerez aussi",
        ),
        when=("amid_prose",),
        takes=10,
        drops=(
            (f"{PROSE}\nاقرأ أيضاً\nخمسة أسباب لانهيار الجسور\nتأخر العمل في المحطة …", PROSE),
            (f"{PROSE}\nقد يهمك أيضا :\nأقدم جسر في العالم\n{MORE}", f"{PROSE}\n{MORE}"),
            (f"{PROSE}\nYou may also like\nنهر بلا جسور", PROSE),
        ),
        leaves=(
            f"{PROSE}\nاقرأ أيضا ما كتبه المهندس الأول عن هذا الجسر وعن الذين عملوا فيه طوال تلك السنين.\n{MORE}",
            "لا تفوتك",
        ),
    ),
    LineRule(
        name="related_header",
        why="Articles about the same matter, listed under this header.",
        category="related",
        pattern=whole(
            f"(?:ال)?{_LINKS} (?:ذات|ذو) (?:ال)?(?:صله|علاقه)(?: بال(?:موضوع|خبر|مقال))?",
            f"{_LINKS} (?:ال)?(?:متعلقه|مشابهه|متشابهه|مقترحه|مرتبطه|مماثله|متصله|مختاره|موصي بها|قد تهمك"
            "|تهمك|ربما تهمك|قد تعجبك|اخري قد تهمك|قد تهمكم|ساخنه اخري|ننصح بها)",
            f"(?:ال)?(?:مزيد|المزيد) (?:من|في|حول|عن) (?:ال)?(?:{_LINKS}|هذا القسم|هذا الكاتب|نفس القسم|القسم|الاخبار)",
            "(?:من|في) نفس (?:القسم|الموضوع|التصنيف)",
            "لنفس الكاتب",
            "في هذا القسم",
            "(?:اقرا|مقالات|مواضيع|المزيد) (?:ل|من |اخري ل)(?:هذا |نفس )(?:الكاتب|القسم|المؤلف)",
            "related(?: (?:posts?|articles?|news|stories|topics|content|links|products))?",
            "similar (?:posts|articles|topics)",
            "articles (?:similaires|liés|connexes)",
            "sur le même sujet",
            "(?:ال)?محتوي ذي صله",
        ),
        when=("amid_prose",),
        takes=10,
        drops=(
            (f"{PROSE}\nمواضيع ذات صلة\nتاريخ الجسور\nجسور من خشب", PROSE),
            (f"{PROSE}\nالموضوعات المتعلقة\nالبلدية تشكر العمال", PROSE),
            (f"{PROSE}\nRelated posts\nجسر الميناء", PROSE),
        ),
        leaves=(
            f"{PROSE}\nمواضيع متعلقة بالجسور والأنهار\n{MORE}",
            f"{PROSE}\nذات صلة\n{MORE}",
        ),
    ),
    LineRule(
        name="bare_related",
        why="The two words of relation, alone on their line beside the text.",
        category="related",
        pattern=whole(
            "(?:ذات|ذو|ذوو) (?:صله|علاقه)",
            "مرتبط",
            "مختارات",
            "(?:اخترنا|اخترنا) (?:لك|لكم|لكي)",
            "اختيارات (?:المحرر|القراء|المحررين)",
            "مختارات (?:المحرر|القراء)",
            "(?:زوارنا|القراء|الزوار) (?:يقراون|يتصفحون|يشاهدون) الان",
            "اقرا علي",
            "trending(?: now| plus)?",
            "you missed",
        ),
        when=("outside_body", "amid_prose"),
        takes=6,
        drops=(
            (f"{PROSE}\nذات صلة\nجسور العالم", PROSE),
            (f"{PROSE}\nاخترنا لكم\nنهر بلا جسور", PROSE),
        ),
        leaves=(
            f"{PROSE}\nمختارات\n{MORE}",
            f"{PROSE}\nاخترنا لكم هذه الأبيات من ديوانه",
        ),
    ),
    LineRule(
        name="most_read_header",
        why="The list of what others read, watched or bought.",
        category="related",
        pattern=whole(
            "(?:ال)?(?:مقالات|اخبار|مواضيع|موضوعات|منتجات|مشاركات|صور|فيديوهات|كتب)? ?(?:ال)?(?:اكثر|اعلي) (?:قراءه"
            "|مشاهده|تعليقا|تداولا|شيوعا|تصفحا|مبيعا|زياره|رواجا|شعبيه|تفاعلا|بحثا|مشاركه|ارسالا|طلبا"
            "|قراءه هذا الاسبوع|قراءه اليوم|قراءه ومشاهده)",
            "اكثر (?:المقالات|الاخبار|المواضيع|الموضوعات) (?:قراءه|مشاهده|تعليقا|رواجا|شيوعا)",
            "(?:المشاركات|المقالات|المواضيع) (?:الشائعه|الشعبيه)",
            "(?:most|popular) (?:read|viewed|popular|shared|commented|posts?|articles?|news)",
            "les plus lus",
        ),
        when=("amid_prose", "outside_body"),
        takes=5,
        drops=(
            (f"{PROSE}\nالأكثر قراءة\nارتفاع منسوب النهر\nإضراب في الميناء", PROSE),
            (f"{PROSE}\nالأكثر مبيعاً", PROSE),
        ),
        leaves=(
            f"{PROSE}\nالأكثر قراءة بين الكتب روايات البحر\n{MORE}",
            "الأكثر قراءة",
        ),
    ),
    LineRule(
        name="newest_header",
        why="The list of what is new on the site.",
        category="related",
        pattern=whole(
            "(?:اخر|احدث|اجدد|جديد) (?:ال)?(?:مقالات|مواضيع|موضوعات|مشاركات|تدوينات|اضافات|فيديوهات|الفيديوهات"
            "|وصفات|تعليقات|منتجات|منشورات|الفيديو|قصص|كتب)",
            "(?:مقالات|مواضيع|موضوعات|اخبار) (?:اخري|حديثه|جديده|مميزه|متنوعه|عشوائيه|مختاره)",
            "مواضيع عشوائيه",
            "(?:recent|latest|new) (?:posts?|articles?|comments?|topics?|videos?)",
            "derniers articles",
        ),
        when=("amid_prose", "outside_body"),
        takes=5,
        drops=(
            (f"{PROSE}\nأحدث المقالات\nجسر الميناء", PROSE),
            (f"{PROSE}\nمواضيع أخرى\nسمك النهر", PROSE),
        ),
        leaves=(
            f"{PROSE}\nأحدث المقالات في علم الطيور\n{MORE}",
            f"{PROSE}\nمواضيع أخرى\n{MORE}",
        ),
    ),
    LineRule(
        name="read_also_link",
        why="A link amid the text: read also, and the title of another article.",
        category="related",
        pattern=labels(
            f"{_READ}",
            "(?:ا?قرا|شاهد|طالع|تابع|تعرف علي) (?:المزيد|اكثر)",
            "(?:قد|ربما) (?:يهمك|تهمك|يعجبك|تعجبك|يهمكم)(?: (?:ايضا|قراءه|كذلك))?",
            "(?:موضوع|موضوعات|مواضيع|خبر|اخبار|مقال|مقالات) (?:ذو|ذات) صله",
            "(?:للمزيد|لمزيد من (?:المعلومات|التفاصيل|الاخبار)|لقراءه المزيد)",
            "لا (?:تفوت|يفوتك|تفوتك|تفوتي)(?: (?:قراءه|مشاهده))?",
            "(?:read|see) (?:also|more)",
            "related",
            "lire aussi",
            "[àÀ] lire aussi",
        ),
        most_words=45,
        when=("amid_prose",),
        drops=(
            (f"{PROSE}\nاقرأ أيضا: خمسة أسباب لانهيار الجسور\n{MORE}", f"{PROSE}\n{MORE}"),
            (f"{PROSE}\nقد يهمك أيضاً : أقدم جسر في العالم\n{MORE}", f"{PROSE}\n{MORE}"),
            (f"{PROSE}\nإقرأ المزيد – سمك النهر يعود\n{MORE}", f"{PROSE}\n{MORE}"),
        ),
        leaves=(
            f"{PROSE}\nقد يهمك أن تعرف أن النهر يفيض في الربيع\n{MORE}",
            "اقرأ أيضا: خمسة أسباب لانهيار الجسور",
        ),
    ),
    LineRule(
        name="read_also_phrase",
        why="The same link without a colon; a sentence would end in a full stop.",
        category="related",
        pattern=starts(
            "(?:ا?قر[اء]|اقراي|اقرئي|شاهدي?|طالع) ايضا",
            "(?:قد|ربما) (?:يهمك|يعجبك) (?:ايضا|قراءه)",
            "يمكنك (?:ايضا قراءه|قراءه ايضا|الاطلاع ايضا علي)",
            "لا (?:يفوتك|تفوتي?) (?:قراءه|مشاهده)",
        ),
        when=("short", "open_ended", "amid_prose"),
        drops=(
            (f"{PROSE}\nشاهدي أيضاً فساتين من القطن\n{MORE}", f"{PROSE}\n{MORE}"),
            (f"{PROSE}\nاقرأ أيضا خمسة أسباب لانهيار الجسور\n{MORE}", f"{PROSE}\n{MORE}"),
        ),
        leaves=(
            f"{PROSE}\nشاهد أيضا بيوتا من الطين في الطريق.\n{MORE}",
            f"{PROSE}\nقد يهمك الأمر\n{MORE}",
        ),
    ),
    LineRule(
        name="more_elsewhere",
        why="A pointer to other pages: for more, press here.",
        category="related",
        pattern=starts(
            "للمزيد (?:من (?:الاخبار|التفاصيل|المعلومات|المقالات|الفيديوهات|الصور) )?(?:اضغط|اضغطوا|انقر"
            "|تابع|تابعوا|تابعونا|اقرا|زوروا|زر|طالع|يرجي|تفضل|شاهد)",
            "ل?(?:لمزيد|مزيد) من (?:الاخبار|التفاصيل|المعلومات|المقالات)[ ،]*(?:حول الموضوع |عن الموضوع )?(?:اضغط"
            "|اضغطوا|انقر|تابع|تابعوا|تابعونا|اقرا|زوروا|زر|طالع|يرجي زياره|تفضل|شاهد)",
            "لمتابعه (?:المزيد من|اخر|كل|احدث) (?:ال)?(?:اخبار|جديد|مستجدات|تطورات)",
            "ل?(?:للاطلاع|لاطلاع) علي (?:المزيد|اخر الاخبار|احدث الاخبار|مزيد من الاخبار)",
            "(?:ل?قراءه|ل?مشاهده|ل?تحميل|ل?متابعه|للاطلاع علي|للمشاهده|للتحميل|للقراءه) ?(?:[^ ]+ ){0,4}(?:اضغط"
            "|اضغطي|انقر|انقري|اضغطوا) (?:هنا|علي الرابط|علي هذا الرابط)",
            "(?:اضغط|اضغطي|انقر|انقري) هنا$",
            "(?:اضغط|انقر) هنا (?:ل?لمزيد|لقراءه|للقراءه|لمشاهده|للمشاهده|للتحميل|لتحميل|للاشتراك|للتسجيل|لمتابعه)",
            "click here",
        ),
        when=("short", "open_ended", "amid_prose"),
        drops=(
            (f"{PROSE}\nللمزيد من الأخبار اضغط هنا\n{MORE}", f"{PROSE}\n{MORE}"),
            (f"{PROSE}\nلمتابعة آخر أخبار الجسور زوروا صفحتنا\n{MORE}", f"{PROSE}\n{MORE}"),
            (f"{PROSE}\nاضغط هنا\n{MORE}", f"{PROSE}\n{MORE}"),
        ),
        leaves=(
            f"{PROSE}\nللمزيد من الأمان ركبوا حاجزا من الحديد\n{MORE}",
            f"{PROSE}\nاضغط هنا وهناك بأصابعك حتى يستوي العجين\n{MORE}",
        ),
    ),
)
