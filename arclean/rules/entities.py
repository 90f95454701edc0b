"""Addresses, links, names and numbers inside a text: kept, removed, counted, or replaced by a token with `entities: {KIND: ACTION}`."""

from __future__ import annotations

from typing import Final

from arclean.rule import EntityRule

EMAIL: Final = EntityRule(
    name="email",
    why="An e-mail address leads to a person; it is found whole though Arabic runs into it, and with an Arabic name or domain too.",
    token="[بريد]",
    column="emails",
    fixes=(
        (
            "للاشتراك راسلنا علىinfo@example.comوسنرد",
            "للاشتراك راسلنا على [بريد] وسنرد",
        ),
        (
            "كتب إلى salma.n+kutub@mail.example.org، ثم انتظر.",
            "كتب إلى [بريد]، ثم انتظر.",
        ),
        (
            "العنوان: سلمى@مكتبة.مصر",
            "العنوان: [بريد]",
        ),
    ),
    leaves=(
        "كتبت @salma أن السعر 3 @ 5",
        "اكتب الاسم ثم @ ثم اسم الموقع",
        "user@localhost و a@b.c ليسا عنوانين",
    ),
    private=True,
)

URL: Final = EntityRule(
    name="url",
    why="A link is no language; with a scheme or www, with Arabic in path and domain, and without the signs of the sentence around it.",
    token="[رابط]",
    column="urls",
    fixes=(
        (
            "انظر (https://ar.example.org/مكتبة/كتب_قديمة?صفحة=2)، ثم عد.",
            "انظر ([رابط])، ثم عد.",
        ),
        (
            "زوروا www.example.com.",
            "زوروا [رابط].",
        ),
        (
            "الموقع http://مكتبة.مصر وصفحته",
            "الموقع [رابط] وصفحته",
        ),
    ),
    leaves=(
        "كتاب:فصل وكتاب://فصل",
        "اسم الموقع example.com وحده",
        "كتبوا www. ولم يكملوا",
    ),
)

MENTION: Final = EntityRule(
    name="mention",
    why="A name with @ leads to a person; Arabic names too, and no part of an e-mail address.",
    token="[مستخدم]",
    column="mentions",
    fixes=(
        (
            "شكرا @salma_n على الصورة",
            "شكرا [مستخدم] على الصورة",
        ),
        (
            "قال @نادي_القراءة، وصدق",
            "قال [مستخدم]، وصدق",
        ),
    ),
    leaves=(
        "info@example.com",
        "3 @ 5 و@5",
        "كتب@قلم",
    ),
    private=True,
)

HASHTAG: Final = EntityRule(
    name="hashtag",
    why="A hashtag is words behind a sign: it may stay, lose the sign and its low lines (segment), or go.",
    token="[وسم]",
    column="hashtags",
    fixes=(
        (
            "زرنا #معرض_الكتاب اليوم",
            "زرنا [وسم] اليوم",
        ),
        (
            "#قراءة#كتب",
            "[وسم] [وسم]",
        ),
    ),
    leaves=(
        "المقعد #7 في الصف # الأول",
        "يكتب بلغة C# منذ سنوات",
        "اللون #1a2b3c على الجدار",
        "https://example.com/كتاب#فصل",
    ),
)

PHONE: Final = EntityRule(
    name="phone",
    why="A telephone number leads to a person: by the numbering plans of the Arab countries, by its +, or after a word that says so.",
    token="[هاتف]",
    column="phones",
    fixes=(
        (
            "اتصل بنا: 01012345678 أو ٠١٠١٢٣٤٥٦٧٩",
            "اتصل بنا: [هاتف] أو [هاتف]",
        ),
        (
            "واتساب +966 50 123 4567",
            "واتساب [هاتف]",
        ),
        (
            "هاتف: 44556677",
            "هاتف: [هاتف]",
        ),
        (
            "في المغرب +212 6 12 34 56 78",
            "في المغرب [هاتف]",
        ),
    ),
    leaves=(
        "بيع منه 44556677 نسخة بين 12-11-2020 و 05-01-2021 12:30",
        "ISBN 0501234567 و 978-977-05-1234-5",
        "النسبة 0.1012345678 والنسبة 3/4",
    ),
    private=True,
)

IP: Final = EntityRule(
    name="ip",
    why="The address of a machine (version 4 or 6) may lead to a person.",
    token="[عنوان_شبكة]",
    column="ips",
    fixes=(
        (
            "سجل الخادم الزائر 192.168.10.24 ثم 2001:db8::8a2e:370:7334",
            "سجل الخادم الزائر [عنوان_شبكة] ثم [عنوان_شبكة]",
        ),
    ),
    leaves=(
        "الإصدار 1.2.3.4.5 والقسم 2.1.3.4 والإصدار 10.0.1.2",
        "البقرة 2:255 والساعة 12:30:45 و std::vector",
    ),
    private=True,
)

IBAN: Final = EntityRule(
    name="iban",
    why="The number of an account leads to a person; length by country, and its check digits must be right (ISO 13616).",
    token="[حساب]",
    column="ibans",
    fixes=(
        (
            "حول المبلغ إلى SA03 8000 0000 6080 1016 7519 اليوم",
            "حول المبلغ إلى [حساب] اليوم",
        ),
    ),
    leaves=(
        "المرجع SA04 8000 0000 6080 1016 7519",
        "الطائرة EG29 والغرفة SA03",
    ),
    private=True,
)

CARD: Final = EntityRule(
    name="card",
    why="The number of a payment card leads to a person's money; issuer, length and check digit must be right (ISO 7812).",
    token="[بطاقة]",
    column="cards",
    fixes=(
        (
            "دفع بالبطاقة 4111 1111 1111 1111 ونسي",
            "دفع بالبطاقة [بطاقة] ونسي",
        ),
    ),
    leaves=(
        "الرقم 4111 1111 1111 1112",
        "المبلغ 4000000000000001 جنيه",
    ),
    private=True,
)

NATIONAL_ID: Final = EntityRule(
    name="national_id",
    why="The number of a person: Egypt by date and governorate, Kuwait and the Emirates by their check digit, others after a word for it.",
    token="[رقم_قومي]",
    column="national_ids",
    fixes=(
        (
            "الرقم القومي ٢٩٠٠١٠١٢١٠١٢٣٤ مكتوب في الطلب",
            "الرقم القومي [رقم_قومي] مكتوب في الطلب",
        ),
        (
            "هويتها 784-1984-1234567-4",
            "هويتها [رقم_قومي]",
        ),
    ),
    leaves=(
        "سجل في 20201112131415 ثم 29013212101234",
        "رقم الهوية 1234567890",
    ),
    private=True,
)

RULES: Final = (
    EMAIL,
    URL,
    MENTION,
    HASHTAG,
    PHONE,
    IP,
    IBAN,
    CARD,
    NATIONAL_ID,
)
