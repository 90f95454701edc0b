"""Where pages say what they are: names of ``meta`` elements and of properties of schema.org, the most trusted first."""

from __future__ import annotations

from typing import Final

META: Final[dict[str, tuple[str, ...]]] = {
    "title": ("og:title", "twitter:title", "headline", "parsely-title", "dc.title", "dcterms.title", "title"),
    "section": ("article:section", "articlesection", "og:section", "parsely-section", "category", "section"),
    "date": (
        *("article:published_time", "datepublished", "og:published_time", "og:article:published_time", "publish_date", "publishdate"),
        *("pubdate", "publication_date", "article.published", "parsely-pub-date", "sailthru.date", "dc.date.issued", "dc.date"),
        *("dcterms.created", "dcterms.date", "date", "article:modified_time", "og:updated_time", "datemodified"),
    ),
    "author": ("author", "article:author", "parsely-author", "dc.creator", "dcterms.creator", "byl", "sailthru.author"),
    "site": ("og:site_name", "application-name", "publisher", "dc.publisher"),
    "language": ("content-language", "language", "inlanguage", "og:locale", "dc.language"),
}

ARTICLES: Final = (
    *("Article", "NewsArticle", "BlogPosting", "Report", "ReportageNewsArticle", "AnalysisNewsArticle", "OpinionNewsArticle", "Recipe"),
    *("TechArticle", "ScholarlyArticle", "DiscussionForumPosting", "QAPage", "Product", "Book", "WebPage", "VideoObject"),
)
"""Types of schema.org that a page may be about, the most telling first."""

AGENCIES: Final[dict[str, str]] = {
    "رويترز": "Reuters",
    "reuters": "Reuters",
    "ا ف ب": "AFP",
    "اف ب": "AFP",
    "فرانس برس": "AFP",
    "afp": "AFP",
    "ا ب": "AP",
    "اسوشيتد برس": "AP",
    "اسوشييتد برس": "AP",
    "د ب ا": "dpa",
    "dpa": "dpa",
    "الاناضول": "Anadolu",
    "وكاله الاناضول": "Anadolu",
    "سبوتنيك": "Sputnik",
    "شينخوا": "Xinhua",
    "واس": "SPA",
    "وام": "WAM",
    "كونا": "KUNA",
    "قنا": "QNA",
    "بنا": "BNA",
    "بترا": "Petra",
    "سانا": "SANA",
    "واع": "INA",
    "وفا": "WAFA",
    "وات": "TAP",
    "واج": "APS",
    "وكاله الانباء الجزائريه": "APS",
    "ماب": "MAP",
    "و م ع": "MAP",
    "ا ش ا": "MENA",
    "اش ا": "MENA",
    "وكاله انباء الشرق الاوسط": "MENA",
    "الوكاله الوطنيه للاعلام": "NNA",
    "وكالات": "agencies",
    "الوكالات": "agencies",
}
"""Agencies, as skeletons of what stands in brackets, before a dash, or after the word for source; and what they are called."""

BYLINES: Final = (
    "كتب",
    "كتبت",
    "كتبه",
    "بقلم",
    "تحرير",
    "اعداد",
    "الكاتب",
    "الكاتبه",
    "المحرر",
    "تقرير",
    "متابعه",
    "ترجمه",
    "by",
    "author",
)
"""What stands before the name of a writer, as skeletons."""

SOURCES: Final = (
    "المصدر",
    "مصدر",
    "نقلا عن",
    "source",
)
"""What stands before the name of a source."""
