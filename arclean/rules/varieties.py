"""Varieties of Arabic, each by words that it uses and the others hardly do; and words of religious texts.

A hint, not a verdict: dialects shade into each other, most pages mix one with the standard, and a word is counted, not understood. The
words are those that a speaker would name; none was counted in a corpus.
"""

from __future__ import annotations

from typing import Final

NAMES: Final[dict[str, str]] = {
    "msa": "Modern Standard Arabic: the prose of news, schools and offices: verbs and links that neither speech nor old books use.",
    "classical": "Classical Arabic: the chains, glosses and verdicts of the old books.",
    "egyptian": "Egyptian: arabic of Egypt.",
    "levantine": "Levantine: arabic of Syria, Lebanon, Jordan and Palestine.",
    "gulf": "Gulf and Saudi: arabic of the Arabian peninsula.",
    "iraqi": "Mesopotamian: arabic of Iraq.",
    "maghrebi": "Maghrebi: arabic of Morocco, Algeria, Tunisia and Libya.",
}
"""Each variety, and what it is."""

WORDS: Final[dict[str, tuple[str, ...]]] = {
    "msa": (
        "التي الذي خلال بشكل حول عبر سوف",
        "يتم تم سيتم يمكن كذلك بالإضافة بسبب",
        "وذلك حيث بينما مؤكدا موضحا مشيرا لافتا",
        "أوضح أكد أضاف أشار صرح نحو بهدف",
        "ضمن لدى عملية أساسي بعض يجب ينبغي",
        "المتحدة الحكومة الدولة شركة برنامج مشروع الدولية",
        "وأضاف وأوضح وأكد وأشار تعتبر يعتبر خاصة",
    ),
    "classical": (
        "حدثنا أخبرنا أنبأنا حدثني أخبرني أنبأني قالا",
        "رضي رحمه عنهما سمعت يحدث فقال قلت",
        "يقال فيقال ههنا هاهنا فإنه وإنما وأما",
        "ذكره رواه روى يروى مسألة باب قوله",
        "تعالى وقوله أحدهما",
        "بنو أبيه قالوا",
        "وقيل قيل إنما لئلا كأنه اعلم وروي",
    ),
    "egyptian": (
        "مش ده دي كده كدا ازاي",
        "ليه ايه إيه عايز عاوز عايزة عاوزه",
        "بتاع بتاعت بتاعة دلوقتي دلوقتى النهارده النهاردة امبارح",
        "فين مين علشان عشان احنا إحنا انتو",
        "كمان اوي أوي برضه برضو",
        "حاجه مفيش مافيش معندهمش اهو اهه",
        "بقى بقا ياعم يابني لسه جامد",
        "بيقول بيقولك هيبقى هتبقى هيكون",
        "مكنش ماكنش مكانش معلش طب إزاي",
    ),
    "levantine": (
        "شو هيك ليش كتير هلق هلأ هلا",
        "بدي بدك بدنا بدو بدها بدهم لسا",
        "منيح منيحة هاد هاي هدول هيدا هيدي",
        "هيدول كيفك ايمتا إيمتى مشان متل",
        "انو إنو نحنا هون هونيك لهون كرمال",
        "عنجد شوي شوية اشي إشي مبارح بكرا",
        "حدا فيني بحكي بحكيلك رح لح",
        "ياخي زلمة لكان طيب هيك وهيك يلي",
    ),
    "gulf": (
        "وش ايش إيش ابغى أبغى",
        "الحين زين وايد مره يبي تبي نبي",
        "ودي ودك كذا توه عيال هالحين ترا",
        "ترى مب حنا شلون وشو",
        "وراك شفيك وشلون عشان",
        "ياليت يمديك ابشر اللحين دحين",
        "يبغى تبغى مافي مافيه هذول ذولا هذولا",
        "محد لاحد شسوي شنو يالله وياك",
    ),
    "iraqi": (
        "هسه هسة شكو ماكو اكو أكو شنو",
        "شلون شلونك هواية هوايه گاع كاع چان",
        "چانت شگد شكد وياك ويايه وياه لعد",
        "هيچ هيج بيه بيها عدنه عدكم عندنه",
        "خوش اشو عود احنه شبيك",
        "شبيها يمعود بلكي بلكت دا ديروح دنشوف",
        "منو شوكت وكت هذوله ذوله حجي",
        "احچي يحچي گال گلت يگول",
    ),
    "maghrebi": (
        "ديال ديالي ديالو ديالها بزاف واش كيفاش",
        "علاش هاد راه راهو راني غادي دابا",
        "برشا باش شنوة شنو توة توا نحب",
        "موش ياسر تاع فما فمة هكا",
        "هكة مكانش ماكاش كاين كاينة حتا خويا",
        "متاع متاعي متاعو متاعها بالك وقتاش وينو",
        "قداش علاه فاش هادي هادو هادشي دير",
        "ديروا خاصك نتا نتوما هوما",
        "بصح كيما هدا هذاكا ملي دروك",
    ),
}
"""Words of each variety, separated by spaces; a word of several counts for each, by an equal part."""

RELIGIOUS: Final[tuple[str, ...]] = (
    "الله اللهم لله والله بالله رسول النبي",
    "صلى وسلم القرآن سبحانه تعالى عليه السلام",
    "آية سورة الآية السورة الحديث الصلاة الإيمان",
    "المؤمنين الكتاب ربنا ربكم رب الجنة النار",
    "الإسلام المسلمين الصحابة الدين حرام حلال الفقه",
    "حدثنا أخبرنا أنبأنا حدثني أخبرني أنبأني",
)
"""Words that religious texts repeat."""
