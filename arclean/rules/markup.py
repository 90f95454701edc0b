"""What is left of HTML where a page was taken for text: character references, tags, comments."""

from __future__ import annotations

from typing import Final

from arclean.rule import ContextRule
from arclean.rules import invisible, width

BLOCK: Final = """
address article aside blockquote body br caption center dd details dialog dir div dl dt fieldset figcaption
figure footer form frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html legend li main menu nav noframes ol
optgroup option p pre search section summary table tbody td tfoot th thead title tr ul
"""
"""Elements before and after which a line ends."""
INLINE: Final = """
a abbr acronym area audio b base basefont bdi bdo big button canvas cite code col colgroup data datalist del
dfn em embed font frame i iframe img input ins kbd label link map mark marquee meta meter nobr noscript object
output param picture progress q rp rt ruby s samp select slot small source span strike strong sub sup svg
template textarea time track tt u var video wbr
"""
"""Elements that stand inside a line."""
HIDDEN: Final = "script style"
"""Elements whose content is no text."""

SEEN_THROUGH: Final = (
    (0x00, 0x08),
    (0x0E, 0x1F),
    (0x7F, 0x84),
    (0x86, 0x9F),
    (0xAD, 0xAD),
    (0x610, 0x61A),
    (0x61C, 0x61C),
    (0x640, 0x640),
    (0x64B, 0x65F),
    (0x670, 0x670),
    (0x6D6, 0x6ED),
    (0x897, 0x89F),
    (0x8CA, 0x8FF),
    (0x115F, 0x1160),
    (0x180E, 0x180E),
    (0x200B, 0x200F),
    (0x202A, 0x202E),
    (0x2060, 0x2064),
    (0x2066, 0x206F),
    (0x3164, 0x3164),
    (0xFC5E, 0xFC63),
    (0xFCF2, 0xFCF4),
    (0xFDD0, 0xFDEF),
    (0xFE00, 0xFE0F),
    (0xFE70, 0xFE74),
    (0xFE76, 0xFE7F),
    (0xFEFF, 0xFEFF),
    (0xFFA0, 0xFFA0),
    (0xFFF9, 0xFFFB),
    (0x10ECB, 0x10ECF),
    (0x10EF0, 0x10EFF),
    (0xE0020, 0xE007F),
    *((plane << 16 | 0xFFFE, plane << 16 | 0xFFFF) for plane in range(17)),
)
"""What later rules take out from between Latin letters. Markup is seen through it, or their work would bring new markup to light."""
SEEN_AS: Final = {
    **width.NARROW_LATIN.table,
    **invisible.UNIFY_SPACES.table,
    **dict.fromkeys("\N{NEXT LINE}\N{LINE SEPARATOR}\N{PARAGRAPH SEPARATOR}", "\n"),
    **dict.fromkeys("\N{GREEK QUESTION MARK}\N{ARABIC SEMICOLON}", ";"),
    **dict.fromkeys("\N{HYPHEN}\N{NON-BREAKING HYPHEN}\N{FIGURE DASH}\N{EN DASH}\N{EM DASH}\N{HORIZONTAL BAR}\N{MINUS SIGN}", "-"),
    **{chr(first + digit): str(digit) for first in (0x660, 0x6F0) for digit in range(10)},
    "\N{KELVIN SIGN}": "K",
}
"""What later rules write as ASCII, and as what: markup is seen in it too."""

DECODE_REFERENCES: Final = ContextRule(
    name="decode_references",
    why="A page encodes characters by name or number; left in a text they are noise. Those of angle brackets stay: they show a tag.",
    operation="decode_references",
    fixes=(
        (
            "قال&nbsp;&laquo;نعم&raquo; &amp;amp; &#1587;&#x643;&#1578;",
            "قال\N{NO-BREAK SPACE}«نعم» & سكت",
        ),
        (
            "قال&nb\N{ZERO WIDTH SPACE}sp;نعم&#١٦٠;وسكت",
            "قال\N{NO-BREAK SPACE}نعم\N{NO-BREAK SPACE}وسكت",
        ),
    ),
    leaves=(
        "اكتب &lt;b&gt; لتغليظ الخط",
        "AT&T; R&D; a & b; &c",
        "?id=1&copy=2",
    ),
    harm="visual",
)

STRIP_TAGS: Final = ContextRule(
    name="strip_tags",
    why="Tags, comments, scripts and styles are how a page was made; where a block ended there was a line end.",
    operation="strip_tags",
    fixes=(
        (
            "<p>قال <b>المتحدث</b></p><p class='x'>ثم سكت</p>",
            "قال المتحدث\nثم سكت\n",
        ),
        (
            "سطر<br/>وسطر<!-- تعليق > هنا --> آخر<script>var a = 1 < 2;</script>",
            "سطر\nوسطر آخر",
        ),
        (
            "قال <\N{ZERO WIDTH JOINER}b>المتحدث\N{FULLWIDTH LESS-THAN SIGN}/b>",
            "قال المتحدث",
        ),
    ),
    leaves=(
        "a < b و c > d",
        "أحبك <3",
        "cp <المصدر> <الهدف>",
        "vector<int> و <T>",
        "اكتب &lt;b&gt; لتغليظ الخط",
    ),
    harm="lossy",
)

RULES: Final = (
    DECODE_REFERENCES,
    STRIP_TAGS,
)
