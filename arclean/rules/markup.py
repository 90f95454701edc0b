"""What is left of HTML where a page was taken for text: character references, tags, comments."""

from __future__ import annotations

from typing import Final

from arclean.rule import ContextRule

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

DECODE_REFERENCES: Final = ContextRule(
    name="decode_references",
    why="A page encodes characters by name or number; left in a text they are noise. Those of angle brackets stay: they show a tag.",
    operation="decode_references",
    fixes=(
        (
            "قال&nbsp;&laquo;نعم&raquo; &amp;amp; &#1587;&#x643;&#1578;",
            "قال\N{NO-BREAK SPACE}«نعم» & سكت",
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
