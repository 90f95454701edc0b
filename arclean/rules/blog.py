"""What WordPress and Blogger put around a text."""

from __future__ import annotations

from typing import Final

from arclean.phrases import labels, listed, starts
from arclean.rule import LineRule
from arclean.rules.samples import MORE, PROSE

RULES: Final[tuple[LineRule, ...]] = (
    LineRule(
        name="blog_widget",
        why="The labels of a blog's side column.",
        category="navigation",
        pattern=listed(
            "ارشيف المدونه(?: الالكترونيه)?",
            "(?:بحث|ابحث في) هذه المدونه(?: الالكترونيه)?",
            "(?:اجمالي|عدد) مرات مشاهده الصفحه",
            "عرض الملف الشخصي الكامل الخاص بي",
            "(?:ال)?اشتراك في(?: ?: ?| )?(?:الرسائل|تعليقات الرساله|المشاركات|التعليقات)?(?: ?[(]atom[)])?",
            "مشاركات الاشتراك",
            "(?:ال)?مشاركات الشائعه",
            "كتابه مدونه حول هذه المشاركه",
            "(?:ال)?حصول علي الرابط",
            "تطبيقات اخري",
            "(?:ال)?ابلاغ عن اساءه (?:الاستخدام)?",
            "(?:ارسال|ارسل) تعليق",
            "المتابعون",
            "انشاء رابط",
            "روابط هذه الرساله",
            "(?:المشاركه|ارسال) (?:علي|في|الي) x",
            "معلومات عني",
            "اغلاق وقبول",
            "(?:subscribe to|posts) ?: ?(?:posts|comments|post comments)?(?: ?[(]atom[)])",
            "view my complete profile",
            "blog archive",
            "about me",
            "search this blog",
            "categories",
            "archives",
            "meta",
            "entries rss",
            "comments rss",
            "entries feed",
            "comments feed",
            "wordpress[.](?:org|com)",
            "follow by email",
            "(?:المظهر|صور المظهر)[: ].*",
        ),
        when=("amid_prose",),
        drops=(
            (f"{PROSE}\nأرشيف المدونة الإلكترونية", PROSE),
            (f"{PROSE}\nكتابة مدونة حول هذه المشاركة", PROSE),
        ),
        leaves=(
            f"{PROSE}\nالمتابعون للجسر\n{MORE}",
            "تطبيقات أخرى",
        ),
    ),
    LineRule(
        name="posted_by",
        why="Who sent the article in, and at what hour.",
        category="byline",
        pattern=starts(
            "(?:مرسل|مرسله|ارسلت|نشرت|نشر|كتبت|كتب|اضيف|اضيفت|تمت الكتابه|كتابه|كتب المقال) (?:بواسطه|من قبل|من طرف)",
            "posted (?:by|on|in)",
            "(?:written|published) by",
        )
        + "|"
        + labels(
            "(?:تاليف|مراجعه|تدقيق|اخر تعديل|حرره|راجعه|الكاتب|بواسطه) (?:بواسطه)?",
        ),
        when=("open_ended", "outside_body", "amid_prose"),
        drops=(
            (f"{PROSE}\nمرسلة بواسطة هند في 3:45 ص", PROSE),
            (f"تمت الكتابة بواسطة: هند صالح\n{PROSE}", PROSE),
        ),
        leaves=(
            f"{PROSE}\nنشرت من قبل ثلاث روايات\n{MORE}",
            f"رسائل من طرف النهر\n{PROSE}",
        ),
    ),
    LineRule(
        name="author_box",
        why="The box about the writer: more of his texts, his page.",
        category="byline",
        pattern=listed(
            "(?:عن|حول|نبذه عن) (?:ال)?(?:كاتب|كاتبه|مؤلف|المؤلف|المحرر)",
            "(?:كل|جميع) (?:مقالات|مواضيع) (?:ال)?(?:كاتب|كاتبه|مؤلف)",
            "عرض (?:كل|جميع) (?:المقالات|المواضيع|التدوينات)",
            "about the author",
            "author",
            "admin",
            "view all posts(?: by .*)?",
            "see author'?s posts",
            "الكاتب",
            "المؤلف",
            "المحرر",
        ),
        when=("outside_body", "amid_prose"),
        drops=(
            (f"{PROSE}\nعن الكاتب", PROSE),
            (f"{PROSE}\nView all posts", PROSE),
        ),
        leaves=(
            f"{PROSE}\nعن الكاتب\n{MORE}",
            f"{PROSE}\nالكاتب والبحر",
        ),
    ),
)
