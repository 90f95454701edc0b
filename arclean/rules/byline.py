"""Who wrote it, for which agency, when, and how often it was read."""

from __future__ import annotations

from typing import Final

from arclean.phrases import CLOSE, DIGITS, OPEN, labels, listed, starts
from arclean.rule import LineRule
from arclean.rules.samples import MORE, PROSE

_AGENCY: Final = (
    "(?:وكالات|الوكالات|وكاله|رويترز|اف ب|ا ف ب|ا[.]ف[.]ب|فرانس برس|د ب ا|د[.]ب[.]ا|ا ش ا|ا[.]ش[.]ا"
    "|الاناضول|واس|وام|قنا|كونا|بنا|بترا|سانا"
    "|سبا|وفا|معا|واج|وات|ومع|و م ع|و[.]م[.]ع[.]?|شينخوا|سبوتنيك|تاس|اسوشيتد برس|يو بي اي|نينا|واع|afp|reuters|ap"
    "|dpa|xinhua|خاص|مكتب|مراسل|المراسل|متابعات|متابعه)"
)
_PRESS: Final = (
    "(?:[^ ]+ )?(?:نيوز|برس|اونلاين|تايمز|سكاي نيوز|صحيفه [^ ]+|جريده [^ ]+|وكاله [^ ]+(?: [^ ]+)?|موقع [^ ]+|شبكه [^ ]+|اخبار اليوم"
    "|الجزيره(?: نت)?|العربيه(?: نت)?|الشرق الاوسط|القدس العربي|العربي الجديد|الحياه|الراي|عكاظ|الاهرام|اليوم السابع|النهار|الانباء)"
)
_CITY: Final = (
    "(?:القاهره|الرياض|جده|مكه|مكه المكرمه|المدينه المنوره|الدمام|بيروت|دبي|ابو ?ظبي|الشارقه|الدوحه"
    "|عمان|بغداد|البصره|اربيل|دمشق|حلب|الكويت|المنامه"
    "|مسقط|صنعاء|عدن|الخرطوم|طرابلس|بنغازي|تونس|الجزائر|الرباط|الدار البيضاء|نواكشوط|غزه|رام الله"
    "|القدس|القدس المحتله|مقديشو|لندن|باريس|واشنطن"
    "|نيويورك|موسكو|انقره|اسطنبول|برلين|بروكسل|جنيف|طهران|الاسكندريه|مدريد|روما|بكين)"
)
_NAMES: Final = "[^:؟!؛0-9()|/\\[]+"
_PLACE: Final = "[^:؟!؛.0-9()|/\\[]+"
_SHORT_NAME: Final = "(?:ا|د|سيد|عمر|ايه|مها|مني|نهي|هبه|هند|رنا|نور|سها|علا|طه|سمر|ندي|امل|رضا|حسن|زيد|ليث|عبد|ابو)[.]?"
_MONTH: Final = (
    "(?:يناير|فبراير|مارس|ابريل|نيسان|مايو|ماي|يونيو|يونيه|يوليو|يوليه|يوليوز|اغسطس|غشت|سبتمبر|شتنبر|اكتوبر|نوفمبر|نونبر|ديسمبر|دجنبر"
    "|كانون (?:ال)?(?:ثاني|اول)|شباط|اذار|ايار|حزيران|تموز|اب|ايلول|تشرين (?:ال)?(?:اول|ثاني)"
    "|جانفي|فيفري|افريل|جوان|جويليه|اوت"
    "|محرم|صفر|ربيع (?:ال)?(?:اول|ثاني|اخر)|جمادي (?:ال)?(?:اولي|اول|ثانيه|اخره|ثاني|اخر)|رجب"
    "|شعبان|رمضان|شوال|ذو? ?ي? ?القعده|ذو? ?ي? ?الحجه"
    "|jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    "|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
    "|janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre)[.,]?"
)
_FIELD: Final = (
    "(?:(?:يوم )?(?:ال)?(?:سبت|احد|ا[ثت]نين|ثلاثاء|اربعاء|خميس|جمعه)|بتاريخ|تاريخ|في|من|الساعه"
    "|بتوقيت|توقيت|جرينتش|غرينتش|الموافق|المحلي|مكه(?: المكرمه)?|القاهره|بيروت"
    "|م|ه|هجري|هجريه|ميلادي|ميلاديه|ص|صباحا|مساء|ظهرا|عصرا|فجرا|ليلا|pm|am|gmt|utc|est|at|on|le|à"
    "|sat(?:urday)?|sun(?:day)?|mon(?:day)?|tue(?:s|sday)?|wed(?:nesday)?|thu(?:rs|rsday)?|fri(?:day)?|[0-9]{1,4}(?:st|nd|rd|th)?|[0-9]{1,2}h[0-9]{0,2}|فاتح)"
)
_GAP: Final = "[ ,،/\\\\:.|+()\\[\\]–—•·-]*"
_DAY: Final = "(?:يوم )?(?:ال)?(?:سبت|احد|ا[ثت]نين|ثلاثاء|اربعاء|خميس|جمعه)"
_CORE: Final = (
    f"(?:(?:[0-9]{{1,2}}(?:st|nd|rd|th)?|فاتح){_GAP}(?:{_MONTH}{_GAP}){{1,3}}[0-9]{{4}}|{_MONTH}{_GAP}[0-9]{{1,2}}(?:st|nd|rd|th)?{_GAP}[0-9]{{4}}"
    f"|{_DAY}{_GAP}[0-9]{{1,2}}{_GAP}{_MONTH}|[0-9]{{4}}{_GAP}{_MONTH}{_GAP}[0-9]{{1,2}}"
    "|[0-9]{1,2} ?/ ?[0-9]{1,2} ?/ ?(?:[0-9]{4}|[0-9]{2})|[0-9]{1,2} ?- ?[0-9]{1,2} ?- ?[0-9]{2,4}|[0-9]{1,2}[.][0-9]{1,2}[.][0-9]{4}"
    "|[0-9]{4} ?[/.-] ?[0-9]{1,2} ?[/.-] ?[0-9]{1,2})"
)
_WHEN: Final = f"(?:{_FIELD}{_GAP})*{_CORE}{_GAP}(?:(?:{_FIELD}|{_CORE}){_GAP})*"
_DATED: Final = (
    "(?:تم )?(?:ال)?(?:نشر|تحديث|اضافه|اضيف|حدث|نشره|نشرت|تحديثه|حرر|مرسله?)(?:ت|ها)?(?: (?:الخبر"
    "|المقال|هذا الخبر|هذا المقال))?(?: (?:في|بتاريخ|يوم|اليوم))?"
    "|تاريخ (?:ال)?(?:نشر|تحديث|اضافه|اخر تحديث|التعديل|الخبر|المقال)|(?:وقت|ساعه) النشر|اخر (?:تحديث|تعديل)(?: (?:في|بتاريخ|للصفحه))?"
    "|محدثه|بتاريخ|(?:last )?updated(?: on| at)?|published(?: on| at)?|posted(?: on| by)?|publié le|mis à jour le|created on"
)

RULES: Final[tuple[LineRule, ...]] = (
    LineRule(
        name="writer_with_sign",
        why="A label, a colon or a stroke, and a name: the signature of a report.",
        category="byline",
        pattern=f"^{OPEN}(?:كتبت?|كتبه?ا?|بقلم|كتابه|تحرير|تحقيق|ريبورتاج|حاوره?ا?|اجري الحوار|الشيف|تقرير"
        "|اعداد|متابعه|متابعات|المحرر|الكاتبه?|تدقيق"
        "|مراسل(?:نا|تنا)?|المحرره?|نشر بواسطه|بواسطه|كتب بواسطه"
        "|تمت الكتابه بواسطه|كتابه|ارسلت بواسطه|مرسله بواسطه|من طرف|الناشر|admin|by|author|written by"
        f"|posted by|par) ?[:/\\\\–—|-] ?{_NAMES}:?$",
        most_words=6,
        when=("outside_body", "amid_prose"),
        drops=(
            (f"كتبت - سلوى الحكيم\n{PROSE}", PROSE),
            (f"بقلم / عمر النجار\n{PROSE}", PROSE),
            (f"متابعة: هند صالح\n{PROSE}", PROSE),
        ),
        leaves=(
            f"{PROSE}\nإعداد: العجين\n{MORE}",
            f"كتب المعلم على اللوح بيتا من الشعر\n{PROSE}",
        ),
    ),
    LineRule(
        name="writer_without_sign",
        why="The same without a sign, of at most four words after the verb, before the first line of prose.",
        category="byline",
        pattern=f"^{OPEN}(?:كتبت?|بقلم|by|par) (?:[^ :؟!؛،,.0-9()|/\\[]{{4,}}|{_SHORT_NAME})(?: [^ :؟!؛،,0-9()|/\\[]+){{1,3}}$",
        most_words=6,
        when=("open_ended", "outside_body", "amid_prose"),
        drops=(
            (f"كتبت سلوى الحكيم\n{PROSE}", PROSE),
            (f"بقلم عمر عبد الله النجار\n{PROSE}", PROSE),
        ),
        leaves=(
            f"{PROSE}\nكتب الولد الدرس\n{MORE}",
            f"كتب الأطفال\n{PROSE}",
        ),
    ),
    LineRule(
        name="agency_line",
        why="A city and an agency, or a name and an agency: the head of a dispatch, on a line of its own.",
        category="byline",
        pattern=f"^{OPEN}(?:{_PLACE}[ ]?[-–—/|:،,(]+ ?{_AGENCY}(?: ?[/+،] ?{_AGENCY})*|{_AGENCY} ?[-–—/|:،,]+ ?{_PLACE}){CLOSE}$",
        most_words=6,
        when=("outside_body", "amid_prose"),
        needs=("-", "–", "—", "/", "|", ":", "،", ",", "("),
        drops=(
            (f"الدوحة – قنا :\n{PROSE}", PROSE),
            (f"واشنطن - (رويترز)\n{PROSE}", PROSE),
            (f"وكالات - عمّان\n{PROSE}", PROSE),
        ),
        leaves=(
            f"الدوحة – مدينة على الخليج\n{PROSE}",
            f"{PROSE}\nسكان حي بنا\n{MORE}",
        ),
    ),
    LineRule(
        name="paper_line",
        why="A newspaper and a city, or a newspaper and a name, before the text.",
        category="byline",
        pattern=f"^{OPEN}(?:{_PRESS} ?[-–—/|]+ ?{_NAMES}|{_CITY} ?[-–—/|:]+ ?{_PRESS}"
        f"|[^ ،:0-9()]+ [^ ،:0-9()]+(?: [^ ،:0-9()]+)? ?[-–—/]+ ?{_CITY}){CLOSE}$",
        most_words=6,
        when=("open_ended", "outside_body", "amid_prose"),
        needs=("-", "–", "—", "/", "|", ":"),
        drops=(
            (f"أخبار اليوم - القاهرة\n{PROSE}", PROSE),
            (f"بيروت / موقع الضفاف\n{PROSE}", PROSE),
            (f"هند صالح - الرباط\n{PROSE}", PROSE),
        ),
        leaves=(
            f"تونس - الجزائر\n{PROSE}",
            f"{PROSE}\nسوق الجمعة - القاهرة\n{MORE}",
        ),
    ),
    LineRule(
        name="agency_alone",
        why="The name of an agency alone on its line, often in brackets, signs the dispatch.",
        category="source-link",
        pattern=f"^{OPEN}{_AGENCY}(?:[ /+،,و-]+{_AGENCY})*{CLOSE}$",
        most_words=6,
        when=("outside_body", "amid_prose"),
        drops=(
            (f"{PROSE}\n--(بترا)", PROSE),
            (f"{PROSE}\nرويترز + وكالات", PROSE),
        ),
        leaves=(
            f"{PROSE}\nرويترز تنفي\n{MORE}",
            "وكالات",
        ),
    ),
    LineRule(
        name="date_line",
        why="A date and nothing else, beside the text; inside it a date may head a part of a chronicle.",
        category="byline",
        pattern=f"^{OPEN}{_WHEN}$",
        most_words=45,
        when=("outside_body", "amid_prose"),
        needs=DIGITS,
        drops=(
            (f"الإثنين، 13 مايو 2024 06:00 ص\n{PROSE}", PROSE),
            (f"24 نيسان / أبريل 2020 - 09:22 مساءً\n{PROSE}", PROSE),
            (f"٠٢:٠٠ الثلاثاء ١ / ١٢ / ٢٠٢٠\n{PROSE}", PROSE),
            (f"10 رمضان 1445 هـ\n{PROSE}", PROSE),
            (f"{PROSE}\n2020-01-15", PROSE),
        ),
        leaves=(
            f"{PROSE}\n3 مارس 1920\n{MORE}",
            f"13 مايو يوم مشهود في تاريخ القرية\n{PROSE}",
            "1 / 2 / 2020",
            f"13 مارس\n{PROSE}",
        ),
    ),
    LineRule(
        name="writer_and_date",
        why="A writer, a correspondent or an agency, and the day: one line over a post.",
        category="byline",
        pattern=f"^{OPEN}(?:(?:بواسطه|من طرف|by|par|كتبه?|نشره?) {_NAMES}|مراسله خاصه|{_AGENCY}|{_PRESS}) ?[-–—|،,:]+ ?{_WHEN}"
        f"(?:[|–-] ?[^.؟!]*)?$",
        when=("outside_body", "amid_prose"),
        needs=DIGITS,
        drops=(
            (f"بواسطة هند | 14 نوفمبر 2025 | 6 تعليقات\n{PROSE}", PROSE),
            (f"مراسلة خاصة - 22 جانفي 2026\n{PROSE}", PROSE),
        ),
        leaves=(
            f"بواسطة الجسر عبروا في 14 نوفمبر 2025\n{PROSE}",
            f"فيضان النهر - 22 جانفي 2026\n{PROSE}",
        ),
    ),
    LineRule(
        name="time_line",
        why="An hour and nothing else, beside the text.",
        category="byline",
        pattern=f"^{OPEN}(?:الساعه )?[0-9]{{1,2}}:[0-9]{{2}}(?::[0-9]{{2}})? ?(?:gmt|utc|am|pm|ص|م|صباحا|مساء"
        f"|ظهرا)?(?: ?[(]?(?:gmt|utc)[+-]?[0-9:]*[)]?)?{CLOSE}$",
        most_words=6,
        when=("outside_body", "amid_prose"),
        drops=(
            (f"09:52\n{PROSE}", PROSE),
            (f"الساعة 10:30 مساءً\n{PROSE}", PROSE),
        ),
        leaves=(
            f"{PROSE}\n09:52\n{MORE}",
            f"09:52 وصل القطار\n{PROSE}",
        ),
    ),
    LineRule(
        name="dated_label",
        why="A label for the day of publication or of the last change, with a number after it.",
        category="byline",
        pattern=f"^{OPEN}(?:(?:{_DATED}) ?:? ?{_WHEN})+$",
        most_words=45,
        when=("open_ended", "outside_body", "amid_prose"),
        needs=DIGITS,
        drops=(
            (f"تاريخ النشر: الخميس، 21 مايو 2020 آخر تحديث: الثلاثاء، 26 مايو 2020\n{PROSE}", PROSE),
            (f"تم نشره الجمعة 24 نيسان / أبريل 2020 09:22 مساءً\n{PROSE}", PROSE),
            (f"Published on 3 March 2019\n{PROSE}", PROSE),
        ),
        leaves=(
            f"نشرت الصحيفة في 3 مارس 2019 صورة النهر.\n{PROSE}",
            f"{PROSE}\nتاريخ النشر: 12/3/1998\n{MORE}",
        ),
    ),
    LineRule(
        name="last_update",
        why="The label of the last change of a page, whatever follows it.",
        category="byline",
        pattern=labels(
            "اخر تحديث",
            "last (?:updated?|modified)",
        )
        + "|"
        + starts(
            "تاريخ اخر (?:تحديث|تعديل)",
            "(?:اخر|تم اخر) (?:تعديل|تحديث) (?:لهذه الصفحه|للصفحه|للموقع|لهذا الموقع)",
            "dernière mise à jour",
        ),
        when=("outside_body", "amid_prose"),
        drops=(
            (f"آخر تحديث: منذ ساعتين\n{PROSE}", PROSE),
            (f"{PROSE}\nتاريخ آخر تعديل للمحتوى", PROSE),
        ),
        leaves=(
            f"آخر تحديث للبرنامج أصلح العطل كله\n{PROSE}",
            f"{PROSE}\nآخر تحديث: النسخة الثالثة\n{MORE}",
        ),
    ),
    LineRule(
        name="time_ago",
        why="How long ago something was published.",
        category="byline",
        pattern=listed(
            "(?:قبل|منذ) (?:[0-9]+ )?(?:ثانيه|ثوان|ثواني|دقيقه|دقائق|دقيقتين|ساعه|ساعات|ساعتين|يوم|ايام"
            "|يومين|اسبوع|اسابيع|اسبوعين|شهر|اشهر|شهور|شهرين|سنه|سنوات|سنتين|عام|اعوام|عامين)"
            "(?: واحده?)?(?: مضت)?",
            "[0-9]+ (?:seconds?|minutes?|mins?|hours?|days?|weeks?|months?|years?) ago",
            "il y a [0-9]+ (?:minutes?|heures?|jours?|mois|ans?)",
        ),
        when=("open_ended", "outside_body", "amid_prose"),
        drops=(
            (f"قبل 12 دقيقة\n{PROSE}", PROSE),
            (f"منذ أسبوعين\n{PROSE}", PROSE),
        ),
        leaves=(
            f"{PROSE}\nمنذ 3 سنوات\n{MORE}",
            f"منذ 3 سنوات والجسر مغلق\n{PROSE}",
        ),
    ),
    LineRule(
        name="read_counter",
        why="How often a page was read, or how long reading it takes.",
        category="byline",
        pattern=listed(
            "(?:عدد )?(?:ال)?(?:مشاهدات|قراءات|زيارات|زوار|تحميلات|قراء"
            "|مرات القراءه|مرات المشاهده|مشاهده) ?:? ?[(]?[0-9][0-9,.٬،]*[km]?[)]?",
            "[0-9][0-9,.٬،]* ?[km]? ?(?:مشاهده|مشاهدات|قراءه|قراءات|زياره|زيارات|تحميل|views?|reads|hits|shares|مشاركه|مشاركات)",
            "(?:تمت? )?(?:قراءته|قراءه|مشاهده|شوهد|شوهدت|قرئت?|القراءه)(?: (?:المقال|الخبر|الموضوع|هذا الموضوع))? [0-9,.]+ مر(?:ه|ات)",
            "(?:وقت|مده|زمن) القراءه(?: المتوقع| المقدره?)? ?:? ?(?:[0-9~]+)? ?(?:دقيقه|دقائق|دقيقتان|دقيقتين|ثواني|ثانيه)",
            "(?:قراءه )?(?:اقل من )?(?:[0-9]+) ?(?:دقيقه|دقائق)(?: (?:للقراءه|قراءه|وقت القراءه))",
            "(?:اقل من )?(?:دقيقه|دقيقتان|دقيقتين) (?:للقراءه|قراءه|واحده للقراءه)",
            "[0-9]+ ?min(?:s|utes)?(?: (?:read|de lecture))?",
            "مشاهدات عاليه",
            "views?(?: ?:)? [0-9][0-9,.]*",
            "عدد (?:ال)?(?:مشاهدات|قراءات|زيارات|زوار|الاصوات)",
        ),
        drops=(
            "عدد القراءات 40215",
            "1,204 مشاهدة",
            "3 دقائق للقراءة",
        ),
        leaves=(
            "عدد الزوار 300 في اليوم الأول وحده",
            "3 دقائق",
            "مشاهدة القمر",
        ),
    ),
)
