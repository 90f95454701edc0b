"""Letters that look like those of Arabic and are of Persian, Urdu or Kurdish keyboards: unified where the document is Arabic."""

from __future__ import annotations

from typing import Final

from arclean.rule import ContextRule

BECOMES: Final = {
    "\N{ARABIC LETTER KEHEH}": "ك",
    "\N{ARABIC LETTER SWASH KAF}": "ك",
    "\N{ARABIC LETTER HEH GOAL}": "ه",
    "\N{ARABIC LETTER HEH DOACHASHMEE}": "ه",
    "\N{ARABIC LETTER AE}": "ه",
    "\N{ARABIC LETTER TEH MARBUTA GOAL}": "ة",
    "\N{ARABIC LETTER YEH BARREE}": "ي",
    "\N{ARABIC LETTER YEH BARREE WITH HAMZA ABOVE}": "ئ",
}
"""What each letter is in Arabic; of Farsi yeh that depends on where it stands. Heh with a hamza is nothing in Arabic, and stays."""
UNIFIED: Final = "".join(BECOMES)

NOT_FOREIGN: Final = (
    (0x0621, 0x064A),
    (0x0671, 0x0675),
    (0x06A4, 0x06A5),
    (0x06A8, 0x06A8),
    (0x06AD, 0x06AD),
    (0x06C0, 0x06C0),
    (0x06C2, 0x06C2),
)
"""Letters that do not speak against Arabic: its own, alefs of scripture and slips, veh, qaf, kaf of the Maghreb, heh with a hamza."""
ARABIC_ALONE: Final = (
    (0x0623, 0x0623),
    (0x0625, 0x0625),
    (0x0629, 0x0629),
)
"""Alef with hamza above, below, and teh marbuta: one in every few words of Arabic, hardly any elsewhere."""

ALEF_MAKSURA_WORDS: Final = """
على إلى حتى صلى أخرى تعالى أولى معنى الى مستوى لدى أعلى إحدى مستشفى مدى يرى ترى موسى الكبرى سوى أدى مرضى محتوى
روى أقصى متى أدنى عيسى دعوى قوى يحيى جرى يسمى انتهى مضى نرى أرى هدى يبقى أتى قرى مصطفى موسيقى مولى قضى مبنى
تبقى أقوى نصارى وسطى تسمى يسعى ذكرى تولى عظمى مسمى تسعى أنثى برى أسرى تقوى أذى يدعى اولى قتلى يرجى شكوى ألقى
ادعى يتولى يسرى ملتقى اشترى مقتضى أوصى شتى مرمى يخفى مثنى الفتوى تتولى الفوضى موصى اخرى صغرى قصوى تقى أجرى
منتدى عسى هوى أعطى موتى مجرى متوفى شورى حكى أرقى دعاوى شكاوى جرحى فتى حمى ورأى استولى يحظى أعمى جدوى ليلى يخشى
يرضى بلى تدعى نوى تحظى زنى تتلقى جمادى مقهى فرأى منتهى حلوى أمضى عدوى أثنى كفى مصلى يتلقى يراعى رؤى أغنى سكنى
اكتفى أتمنى تتجلى أسمى بكى ضحى أضحى أخشى يتجلى أبدى يتعدى أحرى ينهى احدى أدلى توى اقتضى تاوى يتأتى يستثنى عانى
ارتقى الفتاوى سيبقى خارى أنهى أودى فأبى وضى استوى أبقى ينسى يتمنى أفتى أغلى اهتدى مسعى يعلى صدى قصارى قربى حوى
تجلى أوحى خطى قدامى يأبى ونهى انقضى سنرى يتماشى أوفى يتسنى يتامى اختفى تخشى وسعى المثلى يتحرى ندى ستبقى منحى
كسرى أهدى نسعى الرضى المرسى العمى سكارى ستتلقى يرعى يتصدى تنسى سترى استدعى اعلى استوفى فصحى لاقى مأوى اعتدى
معطى مشفى ونفى ترضى أسى ألغى يؤتى لبى ارتدى يتبنى يحصى يعفى يحتذى تحصى يتخلى يرقى خنثى ننسى نينوى اشتكى مصفى
مغشى تربى ملهى نتمنى تتبنى حصى مرتضى مغزى الثرى سقى أنسى أفضى يعزى دمى أترى مرأى معافى اصطفى مستثنى ومنى مغطى
تأبى يتلى عرى أمسى طغى استثنى جنوى عزى تتماشى يفنى لفتوى سيرى افترى يكنى اتقى أبهى تداعى غطى أعشى ادنى ومشى
حمقى نجوى مثانى معلى يتوخى مستوفى عقبى سيسعى ترعى ارتأى يغشى اقتدى تتخلى بمنى سلوى أقسى يطغى موفى رادى أحوى
يتخطى استغنى يتراءى تتوالى يتقاضى رشاوى تتعدى تفنى أزكى وغى موحى منتقى احتوى انتفى تتخطى يتنافى ستتولى سيتولى
تسنى تتحدى أسارى يتحلى منسى يتمادى تتلى يتبقى طوى رحى فنادى المرعى تتلاشى وآتى ممشى أدهى حبلى مقوى اللحى
قدمأعلى أحصى أبلى مثوى أفعى تطوى أروى يتحدى الكنى مدلى الورى أربى أسنى تتنافى مبتلى أرخى كسالى ستسعى تتحرى
طوبى مستوحى أجدى غلى ارتضى قذى يتغذى أحلى ملأى منأى أسعى فأنى يتلاشى عبدالأعلى يتحاشى نخشى تتدلى يتعاطى فسعى
اكتسى مغمى انطوى يمحى
"""
"""Words that end in alef maksura more often than in yeh, without particles and article; counted in two million words of Arabic."""

UNIFY_LOOKALIKES: Final = ContextRule(
    name="unify_lookalikes",
    why="Persian and Urdu keyboards have a kaf, a heh and a yeh of their own; in an Arabic document they are the letters of Arabic.",
    operation="unify_lookalikes",
    fixes=(
        (
            "قال الملک للوزیر: کیف حال الرعیة؟",
            "قال الملك للوزير: كيف حال الرعية؟",
        ),
        (
            "إلی الأمام یا أهل ہذہ المدینۃ",
            "إلی الأمام يا أهل هذه المدينة",
        ),
    ),
    leaves=(
        "کتاب را به من بده که می\N{ZERO WIDTH NON-JOINER}خواهم آن را بخوانم",
        "یہ کتاب میری ہے اور وہ تمہاری ہے",
        "زمانی کوردی زۆر خۆشە و من فێری دەبم",
        "زموږ ژبه ډېره خوږه ده",
        "سنڌي ٻولي تمام پراڻي آهي",
        "بۇ كىتاب ناھايىتى قىزىقارلىق ئىكەن",
        "قهوة في چایخانة بالأحمدي",
    ),
    harm="visual",
)

FINAL_YEH_BY_WORD: Final = ContextRule(
    name="final_yeh_by_word",
    why="Where it ends a word Farsi yeh is yeh or alef maksura; its vowels say which, or a list of the words that end in alef maksura.",
    operation="final_yeh_by_word",
    fixes=(
        (
            "ذهب علی إلی القاضی فی المدینة",
            "ذهب على إلى القاضي في المدینة",
        ),
        (
            "وصل القاضِی إلى منتدًی",
            "وصل القاضِي إلى منتدًى",
        ),
    ),
    leaves=(
        "کتاب را به علی بده",
        "إلى القاضي",
    ),
    harm="visual",
)

FINAL_YEH_BY_SHAPE: Final = ContextRule(
    name="final_yeh_by_shape",
    why="Where it ends a word Farsi yeh has the shape of alef maksura, which Egyptian spelling writes for both.",
    operation="final_yeh_by_shape",
    fixes=(
        (
            "ذهب إلی القاضی",
            "ذهب إلى القاضى",
        ),
    ),
    leaves=(
        "کتاب را به علی بده",
        "إلى القاضي",
    ),
    harm="visual",
)

DROP_IDLE_JOINERS: Final = ContextRule(
    name="drop_idle_joiners",
    why="Sites made with Persian tools leave non-joiners in Arabic words where they do not show, and hold words apart with them alone.",
    operation="drop_idle_joiners",
    fixes=(
        (
            "الدر\N{ZERO WIDTH NON-JOINER}اسة",
            "الدراسة",
        ),
        (
            "قال الإمام عليه\N{ZERO WIDTH NON-JOINER}السلام",
            "قال الإمام عليه السلام",
        ),
    ),
    leaves=(
        "پیاده\N{ZERO WIDTH NON-JOINER}رو و کار\N{ZERO WIDTH NON-JOINER}خانه",
        "كتاب اسمه «می\N{ZERO WIDTH NON-JOINER}خواهم» من الأدب",
    ),
    harm="visual",
)

RULES: Final = (
    UNIFY_LOOKALIKES,
    FINAL_YEH_BY_WORD,
    FINAL_YEH_BY_SHAPE,
    DROP_IDLE_JOINERS,
)
