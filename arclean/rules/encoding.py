"""Text that was read by a table of characters that is not its own, or kept in the order of the eye: the letters are all there."""

from __future__ import annotations

from typing import Final

from arclean.rule import ContextRule

REPAIR_UTF8_AS_CP1252: Final = ContextRule(
    name="repair_utf8_as_cp1252",
    why="UTF-8 read as windows-1252 or Latin-1 makes two Western signs of each Arabic letter; strictly decoded they are that letter again.",
    operation="repair_utf8_as_cp1252",
    fixes=(
        (
            "Ø§Ù„Ø³Ù„Ø§Ù… Ø¹Ù„ÙŠÙƒÙ…",
            "السلام عليكم",
        ),
        (
            "Ù‚Ø§Ù„: Â«Ù†Ø¹Ù…Â»ØŒ Ø«Ù… Ø³ÙƒØª.",
            "قال: «نعم»، ثم سكت.",
        ),
        (
            "Ù\x83ØªØ§Ø¨ Ø§Ù\x84Ø¹Ù\x8aÙ\x86",
            "كتاب العين",
        ),
        (
            "Ã™Æ’Ã˜ÂªÃ˜Â§Ã˜Â¨ Ã˜Â§Ã™â€žÃ˜Â¹Ã™Å\N{NO-BREAK SPACE}Ã™â€\N{NO-BREAK SPACE}",
            "كتاب العين",
        ),
        (
            "عنوان سليم\nÙˆØµÙ„ Ø§Ù„Ù‚Ø·Ø§Ø± Ø¥Ù„Ù‰ Ù…Ø\N{SOFT HYPHEN}Ø·Ø© Berlin ØµØ¨Ø§Ø\N{SOFT HYPHEN}Ø§",
            "عنوان سليم\nوصل القطار إلى محطة Berlin صباحا",
        ),
        (
            "<b>ÙƒØªØ§Ø¨ Ø§Ù„Ø¹ÙŠÙ†</b> café",
            "<b>كتاب العين</b> café",
        ),
    ),
    leaves=(
        "Ø±0,1 mm, Ø±0,2 mm, Ø§ 5",
        "Øystein og Åse dro til Ålesund",
        "L’été à São Paulo, où l’on dîne",
        "CafÃ© crÃ¨me",
        "ØÙ„Ø³Ù„ØÙ… Ø¹Ù„ÙŠÙƒÙ…",
        "ÙÙŠ Ø§Ù„Ø¨ÙŠØª",
        "قال: «نعم»، ثم سكت.",
    ),
)

REPAIR_UTF8_AS_CP1256: Final = ContextRule(
    name="repair_utf8_as_cp1256",
    why="UTF-8 read as windows-1256 makes of each Arabic letter another and a sign; strictly decoded they are that letter again.",
    operation="repair_utf8_as_cp1256",
    fixes=(
        (
            "ط§ظ„ط³ظ„ط§ظ… ط¹ظ„ظٹظƒظ…",
            "السلام عليكم",
        ),
        (
            "ظ‚ط§ظ„: آ«ظ†ط¹ظ…آ»طŒ ط«ظ… ط³ظƒطھ.",
            "قال: «نعم»، ثم سكت.",
        ),
        (
            "ط¸ئ’ط·ع¾ط·آ§ط·آ¨ ط·آ§ط¸â€\N{ZERO WIDTH JOINER}ط·آ¹ط¸ظ¹ط¸â€\N{NO-BREAK SPACE}",
            "كتاب العين",
        ),
        (
            "عنوان سليم\nظˆطµظ„ ط§ظ„ظ‚ط·ط§ط± ط¥ظ„ظ‰ ظ…ط\N{SOFT HYPHEN}ط·ط© Berlin طµط¨ط§ط\N{SOFT HYPHEN}ط§",
            "عنوان سليم\nوصل القطار إلى محطة Berlin صباحا",
        ),
        (
            "العنوان: ظƒطھط§ط¨ ط§ظ„ط¹ظٹظ†",
            "العنوان: كتاب العين",
        ),
    ),
    leaves=(
        "ط، ظ، ع، غ، ف، ق",
        "الموضوع… وطبع© ١٩٩٩ «مجمع»",
        "ط² + ظ² = ع² ± غ§",
        "سگ و شک و رگ",
        'ط§ظ"ط³ظ"ط§ظ… ط¹ظ"ظٹظƒظ…',
        "قال: «نعم»، ثم سكت.",
    ),
)

REPAIR_CP1256_AS_CP1252: Final = ContextRule(
    name="repair_cp1256_as_cp1252",
    why="windows-1256 read as windows-1252 or Latin-1 turns each letter into an accented one; no language has words of accents alone.",
    operation="repair_cp1256_as_cp1252",
    fixes=(
        (
            "ÇáÓáÇã Úáíßã",
            "السلام عليكم",
        ),
        (
            "ÞÇá: «äÚã»¡ Ëã ÓßÊ.",
            "قال: «نعم»، ثم سكت.",
        ),
        (
            "عنوان سليم\nÚæÏÉ Åáì ÇáÕÝÍÉ ÇáÃæáì",
            "عنوان سليم\nعودة إلى الصفحة الأولى",
        ),
        (
            'Ãíä <a href="#x">ÇáßÊÇÈ</a>¿',
            'أين <a href="#x">الكتاب</a>؟',
        ),
    ),
    leaves=(
        "Ä Ö Ü ä ö ü ß ÄÖÜ äöü",
        "åÅ äÄ öÖ, æÆ øØ",
        "áÁ éÉ íÍ óÓ úÚ ñÑ",
        "Það er þú og ég á Íslandi, þó að þá sé ís",
        "Ça a été très gênant à Évian, où naît l’été",
        "Öğretmen çok iyi, ığdır’da ÇÖZÜM",
        "Ïðèâåò, ìèð",
        "Êáëçìåñá êüóìå",
        "قال: «نعم»، ثم سكت.",
    ),
)

TURN_VISUAL_ORDER: Final = ContextRule(
    name="turn_visual_order",
    why="Old PDF files keep shapes of letters from left to right; forms where they cannot stand show it, and the line is turned.",
    operation="turn_visual_order",
    fixes=(
        (
            "ﺏﺎﺘﻜﻟﺍ ﺮﻌﺳ",
            "ﺳﻌﺮ ﺍﻟﻜﺘﺎﺏ",
        ),
        (
            "(50) ﺏﺎﺘﻜﻟﺍ ﺮﻌﺳ",
            "ﺳﻌﺮ ﺍﻟﻜﺘﺎﺏ (50)",
        ),
        (
            ")6091( ﺔﻨﺳ ﻲﻓ",
            "ﻓﻲ ﺳﻨﺔ (1906)",
        ),
        (
            "ﻝﻭﻷﺍ ﺏﺎﺘﻜﻟﺍ ﺮﻌﺳ\n\nﺭﺍﺩ",
            "ﺳﻌﺮ ﺍﻟﻜﺘﺎﺏ ﺍﻷﻭﻝ\n\nﺩﺍﺭ",
        ),
    ),
    leaves=(
        "ﺳﻌﺮ ﺍﻟﻜﺘﺎﺏ (50) ﺭﻳﺎﻻ",
        "ﺩﺍﺭ",
        "ويبقى ﺎلجميل وﺎليوم وﺎلغد",
        "ﺏ ﻡ ﺱ",
        "باتكلا رعس",
        "x (1) [2]",
    ),
)

DECODE_REPAIRED_REFERENCES: Final = ContextRule(
    name="decode_repaired_references",
    why="Where a character reference was misread along with its text, it is one again only now that the text is repaired.",
    operation="decode_references",
    fixes=(
        (
            "قال&#١٦٠;نعم",
            "قال\N{NO-BREAK SPACE}نعم",
        ),
    ),
    leaves=(
        "البحث والتطوير R&D؛ ثم الإنتاج",
        "اكتب &lt;b&gt; لتغليظ الخط",
    ),
    harm="visual",
)

RULES: Final = (
    REPAIR_UTF8_AS_CP1252,
    REPAIR_UTF8_AS_CP1256,
    REPAIR_CP1256_AS_CP1252,
    TURN_VISUAL_ORDER,
    DECODE_REPAIRED_REFERENCES,
)
"""In this order, and before every other rule but the joining of line ends: the signs that others strip or unify are bytes here."""
