"""The families of line rules, in the order in which they are tried."""

from __future__ import annotations

from typing import Final

from arclean.rule import LineRule
from arclean.rules import (
    ads,
    blog,
    breadcrumb,
    byline,
    caption,
    comments,
    footer,
    forum,
    navigation,
    page,
    related,
    repeats,
    sections,
    share,
    shop,
    source,
    ticker,
    widgets,
)

FAMILIES: Final[dict[str, tuple[LineRule, ...]]] = {
    "ticker": ticker.RULES,
    "related": related.RULES,
    "navigation": navigation.RULES,
    "sections": sections.RULES,
    "source": source.RULES,
    "caption": caption.RULES,
    "byline": byline.RULES,
    "share": share.RULES,
    "comments": comments.RULES,
    "footer": footer.RULES,
    "breadcrumb": breadcrumb.RULES,
    "ads": ads.RULES,
    "forum": forum.RULES,
    "shop": shop.RULES,
    "blog": blog.RULES,
    "widgets": widgets.RULES,
    "repeats": repeats.RULES,
    "page": page.RULES,
}
"""Family name to its rules; a line belongs to the first rule that it matches."""
