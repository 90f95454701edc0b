"""What stands under a picture or a film."""

from __future__ import annotations

from typing import Final

from arclean.phrases import CLOSE, OPEN, labels, listed, starts
from arclean.rule import LineRule
from arclean.rules.samples import MORE, PROSE

_CREDIT: Final = (
    "(?:وكاله )?(?:رويترز|ا ?ف ?ب|ا[.] ?ف[.] ?ب[.]?|اف ب|فرانس برس|وكاله الصحافه الفرنسيه|ا ب"
    "|ا[.] ?ب[.]?|اسوشي?يتد برس|الاسوشي?يتد برس|اسوشيتدبرس|د ب ا|د[.] ?ب[.] ?ا[.]?"
    "|ا ب ا|ا[.]ب[.]ا|اي بي ايه?|الوكاله الاوروبيه|الاوروبيه|الالمانيه|الفرنسيه|وكاله الانباء الالمانيه"
    "|غيتي(?: ?ايما?[جغ]ي?ز| صور)?|جيتي(?: ?ايما?[جغ]ي?ز)?"
    "|getty(?: images)?|afp|ap|reuters|epa|dpa|istock(?:photo)?|shutterstock|شاترستوك|شترستوك"
    "|شاتر ستوك|unsplash|pixabay|pexels|freepik|depositphotos|flickr"
    "|الاناضول|وكالات|الوكالات|وكالات انباء|سبوتنيك|نوفوستي|تاس|شينخوا|xinhua|واس|وام|بترا|قنا"
    "|كونا|بنا|سانا|سبا|وفا|واج|ارشيفيه?|ارشيف|صوره ارشيفيه"
    "|صور ارشيفيه|ارشيف الجزيره|الجزيره(?: نت)?|العربي الجديد|الشرق الاوسط|اندبندنت عربيه|سكاي نيوز(?: عربيه)?"
    "|سي ان ان|بي بي سي|مواقع التواصل(?: الاجتماعي)?|وسائل التواصل(?: الاجتماعي)?"
    "|مواقع الكترونيه|مواقع التواصل|الموقع الرسمي|المركز الاعلامي|غيتي ايميجيز|zuma|sipa|alamy"
    "|bloomberg|بلومبر[جغ]|wikimedia(?: commons)?|ويكيميديا)"
)
_SOCIAL: Final = (
    "(?:الصوره من )?(?:فيسبوك|فيس بوك|تويتر|منصه اكس|انستغرام|انستقرام|انستجرام|يوتيوب|تيك توك"
    "|لقطه من (?:ال)?فيديو|صوره من (?:ال)?فيديو|facebook|twitter|instagram|youtube)"
)

RULES: Final[tuple[LineRule, ...]] = (
    LineRule(
        name="credit_at_end",
        why="A short line that closes with an agency in brackets is a caption; a sentence has its full stop before it.",
        category="caption",
        pattern=f"^(?:[^و0-9]|و[زفرلحصسجضطعث]|وقف|وكيل|وكال|واد)(?:[^.؟!…]| [دام][.])*[^.؟!… ] ?[(\\[] ?"
        f"{_CREDIT}(?: ?[-–/،,+] ?(?:{_CREDIT}|{_SOCIAL}|[^()0-9]+))? ?[)\\]]$",
        most_words=26,
        when=("short", "open_ended", "amid_prose"),
        needs=("(", "["),
        drops=(
            (f"{PROSE}\nالجسر الجديد في يومه الأول (رويترز)\n{MORE}", f"{PROSE}\n{MORE}"),
            (f"{PROSE}\nمهندس يشير إلى النهر (أ ف ب / غيتي)\n{MORE}", f"{PROSE}\n{MORE}"),
            (f"صورة من الضفة (أرشيفية)\n{PROSE}", PROSE),
        ),
        leaves=(
            f"{PROSE}\nوأصيب سبعة عمال. (رويترز)\n{MORE}",
            f"{PROSE}\nمعجم الأحياء (الجزء الثاني)\n{MORE}",
            f"17 - دليل المدينة (الفرنسية)\n{PROSE}",
            "الجسر الجديد في يومه الأول (رويترز)",
        ),
    ),
    LineRule(
        name="photographer_at_end",
        why="A caption may close with its photographer, or with the word for a picture of the paper's own.",
        category="caption",
        pattern="[^.؟!… ] ?[(\\[] ?(?:(?:تصوير|صوره?|صور|الصوره|الصور|عدسه|بعدسه|المصدر|photo|crédit|credit)"
        " ?[:/–-] ?[^()]+|خاص|صوره خاصه|من المصدر) ?[)\\]]$",
        needs=("(", "["),
        least_words=4,
        most_words=26,
        when=("short", "open_ended", "amid_prose"),
        drops=(
            (f"{PROSE}\nالعمال يدهنون سور الجسر (تصوير: هند صالح)\n{MORE}", f"{PROSE}\n{MORE}"),
            (f"{PROSE}\nجانب من حفل الافتتاح أمس (خاص)\n{MORE}", f"{PROSE}\n{MORE}"),
        ),
        leaves=(
            f"{PROSE}\nقطاع النقل (خاص)\n{MORE}",
            f"{PROSE}\nثم أرانا البيت من فوق (تصوير بطيء)\n{MORE}",
        ),
    ),
    LineRule(
        name="network_at_end",
        why="A caption whose picture came from a network; shorter lines that end so are names of accounts.",
        category="caption",
        pattern=f"[^.؟!… ] ?[(]{_SOCIAL}[)]$",
        least_words=5,
        most_words=22,
        when=("short", "open_ended", "amid_prose"),
        needs=("(",),
        drops=(
            (f"{PROSE}\nعمدة المدينة في حفل الافتتاح (فيسبوك)\n{MORE}", f"{PROSE}\n{MORE}"),
            (f"{PROSE}\nعمال يدهنون سور الجسر ليلا (إنستغرام)\n{MORE}", f"{PROSE}\n{MORE}"),
        ),
        leaves=(
            f"{PROSE}\nمنصة إكس (تويتر)\n{MORE}",
            f"{PROSE}\nثم نقلوا الصور إلى موقعهم. (فيسبوك)\n{MORE}",
        ),
    ),
    LineRule(
        name="credit_alone",
        why="A photographer's or an agency's name, alone, belongs to a picture.",
        category="caption",
        pattern=f"^{OPEN}(?:(?:صوره?|الصوره|المصدر|تصوير)[ :]*)?{_CREDIT}(?:[ /،,+|–-]+{_CREDIT})*{CLOSE}$",
        when=("amid_prose", "no_item"),
        drops=(
            (f"{PROSE}\nGetty Images\n{MORE}", f"{PROSE}\n{MORE}"),
            (f"{PROSE}\n(صورة أرشيفية)\n{MORE}", f"{PROSE}\n{MORE}"),
        ),
        leaves=(
            "رويترز",
            f"{PROSE}\n- بلومبرغ\n- شركات أخرى",
            f"{PROSE}\nأرشيف المدينة\n{MORE}",
        ),
    ),
    LineRule(
        name="credit_in_front",
        why="The label of a photographer or of a caption, and what it labels.",
        category="caption",
        pattern=starts(
            "(?:مصدر|صدر) الصوره",
            "(?:ال)?تعليق علي الصوره",
            "(?:شرح|كابشن) الصوره",
            "image (?:source|caption|credit)",
            "crédit (?:photo)?",
            "(?:ال)?صوره ارشيفيه",
            "صوره تعبيريه",
            "صوره توضيحيه",
        )
        + "|"
        + labels(
            "photos?(?: (?:credit|by|courtesy))?",
            "(?:image|picture) (?:credit|by|courtesy)",
            "(?:ال)?(?:تصوير|عدسه|بعدسه)",
        ),
        most_words=26,
        when=("short", "open_ended", "amid_prose"),
        drops=(
            (f"{PROSE}\nمصدر الصورة، Reuters\n{MORE}", f"{PROSE}\n{MORE}"),
            (f"{PROSE}\nالتعليق على الصورة، أطفال يعبرون الجسر\n{MORE}", f"{PROSE}\n{MORE}"),
            (f"{PROSE}\nتصوير: هند صالح\n{MORE}", f"{PROSE}\n{MORE}"),
        ),
        leaves=(
            f"{PROSE}\nمصدر الصورة التي نراها في المرآة هو انعكاس الضوء.\n{MORE}",
            f"{PROSE}\nالصورة الأولى\n{MORE}",
        ),
    ),
    LineRule(
        name="sign_of_ownership",
        why="A copyright sign and an agency or a photographer under a picture.",
        category="caption",
        pattern=f"^© ?(?:photo ?:? ?)?{_CREDIT}|^© ?(?:photo|sputnik|flickr|ria|pool|fotolia|صوره|تصوير)|^{OPEN}(?:afp"
        "|ap|reuters|getty|epa) ?[/©] ?[^()،؛؟!]+$",
        drops=(
            "© REUTERS / STRINGER",
            "© AFP 2020 / Hind Saleh",
        ),
        leaves=(
            "علامة © ترسم حرفا في دائرة",
            "AP هي اختصار لكلمتين",
        ),
    ),
    LineRule(
        name="player",
        why="A button or a label of a film or of a gallery.",
        category="caption",
        pattern=listed(
            "(?:شاهد|مشاهده|تشغيل) (?:ال)?فيديو",
            "شاهد (?:ال)?صور",
            "فتح الصوره في (?:نافذه|معرض)(?: جديده?)?",
            "تكبير الصوره",
            "اضغط (?:علي|علي الصوره|هنا) (?:الصوره )?(?:لتكبيرها|للتكبير|لتكبير الصوره)",
            "انقر (?:علي|فوق) الصوره (?:لتكبيرها|للتكبير)",
            "[0-9]+ ?/ ?[0-9]+ صور?ه?",
            "صوره [0-9]+ من [0-9]+",
            "(?:عرض|معرض) (?:كل |جميع )?الصور",
            "متصفحك لا يدعم [^.]*",
            "your browser does not support [^.]*",
            "play video",
            "watch (?:the )?video",
            "video player is loading",
            "استمع (?:الي )?(?:الخبر|المقال|للخبر|للمقال)",
            "advertisement video",
        ),
        drops=(
            "شاهد الفيديو ▶",
            "اضغط على الصورة لتكبيرها",
            "صورة 3 من 12",
        ),
        leaves=(
            "شاهد الفيديو ألف زائر في ساعة",
            "صورة من أيام الدراسة",
        ),
    ),
)
