"""What the tags of HTML are, as far as the text of a page depends on it. A tag that is not listed stands within a line."""

from __future__ import annotations

from typing import Final

SKIP: Final = (
    "svg",
    "template",
    "object",
    "audio",
    "video",
    "canvas",
    "map",
    "datalist",
    "noscript",
    "head",
    "applet",
    "picture",
    "dialog",
)
"""Elements whose text is never shown, or only in place of something else."""

RAW: Final = ("script", "style", "title", "iframe", "noembed", "noframes", "xmp", "plaintext", "textarea")
"""Elements that hold no elements."""

VOID: Final = (
    *("area", "base", "basefont", "bgsound", "br", "col", "embed", "frame", "hr", "img"),
    *("input", "keygen", "link", "meta", "param", "source", "track", "wbr"),
)
"""Elements that are never closed."""

BLOCK: Final = (
    *("address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "dir", "div", "dl", "dt"),
    *("fieldset", "figcaption", "figure", "footer", "form", "frameset", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup"),
    *("hr", "html", "iframe", "legend", "li", "main", "menu", "nav", "ol", "optgroup", "option", "p", "pre", "search", "section"),
    *("select", "summary", "table", "tbody", "tfoot", "thead", "ul", "button", "marquee", "label"),
)
"""Elements that stand on lines of their own."""

BREAK: Final = ("br",)
ROW: Final = ("tr",)
CELL: Final = ("td", "th")
LINK: Final = ("a",)
PRE: Final = ("pre", "listing")
HEADING: Final = ("h1", "h2", "h3", "h4", "h5", "h6")
PARAGRAPH: Final = ("p", "blockquote")
ITEM: Final = ("li", "dd", "dt")
TABLE: Final = ("table",)
