"""Elements of a page that are not its text, known by tag, by role and by the words of their classes; and those that hold the text.

One rule may name many words: they are the vocabulary of themes and content management systems, not of sites.
"""

from __future__ import annotations

from typing import Final

from arclean.rule import ElementRule

_PROSE: Final = "<p>بدأت البلدية أمس ترميم السوق القديم، وقالت إن العمل يستمر ستة أشهر.</p>"
_SAID: Final = "بدأت البلدية أمس ترميم السوق القديم، وقالت إن العمل يستمر ستة أشهر."

RULES: Final[tuple[ElementRule, ...]] = (
    ElementRule(
        name="site_navigation",
        why="Menus lead around the site, and stand on every page of it.",
        category="navigation",
        tags=("nav", "menu"),
        roles=("navigation", "menubar", "menu", "tablist", "toolbar", "sitenavigationelement"),
        names=(
            *("nav", "navbar", "navigation", "navi", "menus", "=menu", "main menu", "top menu", "side menu", "sub menu"),
            *("mega menu", "menu main", "menu item", "menu list", "menu top", "menu bar", "menu container", "menu wrapper"),
            *("menu holder", "nav menu", "footer menu", "mobile menu", "menubar", "navs", "pagination", "pager", "paging"),
            *("page nav", "page links", "page numbers", "pagenavi", "nav links", "nav previous", "nav next", "prev next"),
            *("next prev", "next post", "prev post", "previous post", "post nav", "toolbar", "top bar", "topbar", "tabs"),
            *("tab list", "dropdown", "off canvas", "sidenav", "drawer", "hamburger", "back to top", "scroll top", "to top"),
            *("go top", "skip link", "skip links", "jump link", "letters", "sitemap", "site map", "quick links", "links list"),
            *("bottom menu", "sticky bar", "lang switcher", "language switcher", "languages", "nav container"),
        ),
        drops=(
            (f"{_PROSE}<nav>الأخبار الرياضة الثقافة</nav>", _SAID),
            (f'{_PROSE}<div id="mainMenu">الأخبار الرياضة الثقافة</div>', _SAID),
        ),
        leaves=(
            f'<div class="menu-recipe-text"><p>{_SAID}</p></div>',
        ),
    ),
    ElementRule(
        name="breadcrumb_trail",
        why="Breadcrumbs say where the page stands in the site.",
        category="breadcrumb",
        roles=("breadcrumb", "breadcrumblist"),
        names=(
            *("breadcrumb", "breadcrumbs", "bread crumb", "bread crumbs", "crumb", "crumbs", "navbit", "navbits", "site path"),
            *("page path", "pathway", "you are here", "path way", "nav path", "trail"),
        ),
        drops=(
            (f'{_PROSE}<ul class="breadcrumb">الرئيسية الأخبار محليات</ul>', _SAID),
        ),
        leaves=(
            f'<p class="crumble">{_SAID}</p>',
        ),
    ),
    ElementRule(
        name="site_header",
        why="What stands above every page of a site: its name, its motto, its tools.",
        category="navigation",
        roles=("banner",),
        names=(
            *("=header", "site header", "main header", "top header", "header top", "header wrapper", "header container"),
            *("header main", "header inner", "header area", "page head", "masthead", "site branding", "site title", "site name"),
            *("site description", "branding", "logo", "logos", "site logo", "top strip", "top line", "head top"),
        ),
        drops=(
            (f'{_PROSE}<div id="header">صحيفة الضفاف يومية مستقلة</div>', _SAID),
        ),
        leaves=(
            f'<div class="entry-header"><p>{_SAID}</p></div>',
        ),
    ),
    ElementRule(
        name="page_header",
        why="The header of the page, outside of its article.",
        category="navigation",
        tags=("header",),
        inside=False,
        drops=(
            (f"{_PROSE}<header>صحيفة الضفاف يومية مستقلة</header>", _SAID),
        ),
        leaves=(
            f"<article><h1>عودة القطار</h1>{_PROSE}</article>",
        ),
    ),
    ElementRule(
        name="site_footer",
        why="What stands under every page of a site.",
        category="copyright",
        tags=("footer",),
        roles=("contentinfo", "wpfooter"),
        names=(
            *("footer", "foot", "footers", "page foot", "copyright", "copyrights", "copy right", "copy rights", "colophon"),
            *("bottom bar", "site info", "site bottom", "page bottom", "powered by", "poweredby", "credits line", "credit link"),
            *("disclaimer", "privacy", "terms of use", "app store", "google play", "download app", "apps"),
        ),
        believed=0.8,
        drops=(
            (f"{_PROSE}<footer>جميع الحقوق محفوظة لصحيفة الضفاف</footer>", _SAID),
            (f'{_PROSE}<div id="footer">اتصل بنا من نحن</div>', _SAID),
        ),
        leaves=(
            f'<div class="footnotes"><p>{_SAID}</p></div>',
        ),
    ),
    ElementRule(
        name="sidebar",
        why="A column beside the text holds lists of links, not the text.",
        category="related",
        tags=("aside",),
        roles=("complementary", "wpsidebar"),
        names=(
            *("sidebar", "side bar", "sidebars", "sidbar", "widget", "widgets", "widget area", "widget title", "widget wrap"),
            *("aside", "side column", "side col", "side block", "side box", "side menu", "side nav", "side list", "right bar"),
            *("left bar", "right side", "left side", "rightbar", "leftbar", "rightside", "leftside", "secondary", "side panel"),
            *("portlet", "gadget"),
        ),
        drops=(
            (f"{_PROSE}<aside>الأكثر قراءة هذا الأسبوع</aside>", _SAID),
            (f'{_PROSE}<div class="sidebar">استطلاع الرأي</div>', _SAID),
        ),
        leaves=(
            f'<div class="barside"><p>{_SAID}</p></div>',
        ),
    ),
    ElementRule(
        name="related_content",
        why="Other pages of the site, recommended beside this one or in the middle of its text.",
        category="related",
        names=(
            *("related", "related posts", "relate", "relateds", "related news", "related articles", "more news", "more stories"),
            *("more articles", "more posts", "more from", "more on", "more topics", "see also", "see more", "read also"),
            *("also read", "read more", "read next", "readmore", "read too", "readalso", "you may", "you might", "may like"),
            *("might like", "also like", "may interest", "recommended", "recommend", "recommends", "recommendation"),
            *("recommendations", "recommendeds", "similar", "suggested", "suggestions", "suggest", "other news", "other articles"),
            *("other posts", "other topics", "latest", "last news", "last articles", "latest news", "latest posts", "newest"),
            *("recent", "recents", "recent posts", "recent news", "popular", "popular posts", "most read", "most viewed"),
            *("most popular", "most commented", "most watched", "most shared", "most visited", "mostread", "trending", "trend"),
            *("trends", "top stories", "top news", "top read", "top posts", "editors picks", "editor picks", "picks", "dont miss"),
            *("must read", "highlights", "up next", "next article", "prev article", "previous article", "next story", "next news"),
            *("prev news", "taboola", "outbrain", "yarpp", "crp", "zergnet", "mgid", "engageya", "speakol", "dable", "rel posts"),
            *("relpost", "inline related", "internal links", "random posts", "random", "posts list", "news list", "article list"),
            *("articles list", "post list", "list posts", "posts grid", "related links", "hot topics", "hot news"),
            *("in this section", "in section", "also in", "same author", "by author", "author posts", "from author"),
            *("related topics", "related stories", "related videos", "related products", "upsells", "cross sells", "up sells"),
            *("read it", "teasers", "promos", "news bar", "slider", "sliders", "carousel", "slideshow", "owl", "swiper", "slick"),
            *("flexslider", "bxslider", "featured posts", "features list", "loop grid", "jeg postblock", "td block"),
            *("block related",),
        ),
        drops=(
            (f'{_PROSE}<div class="related-posts">اقرأ عن قطارات أخرى</div>', _SAID),
            (f'{_PROSE}<ul class="most_read">أقدم عربة في المتحف</ul>', _SAID),
        ),
        leaves=(
            f'<div class="relations"><p>{_SAID}</p></div>',
        ),
    ),
    ElementRule(
        name="share_buttons",
        why="Buttons for sending the page on, and the accounts of the site elsewhere.",
        category="share",
        names=(
            *("share", "shares", "sharing", "sharer", "shared", "social", "socials", "social links", "social media"),
            *("social icons", "social share", "share this", "sharethis", "share bar", "sharebar", "share box", "share icons"),
            *("share button", "share buttons", "share links", "share post", "share article", "post share", "article share"),
            *("sharedaddy", "jp sharing", "addthis", "addtoany", "shareaholic", "ssba", "heateor", "sassy", "essb", "monarch"),
            *("follow", "followus", "follow us", "follow me", "followers", "facebook", "twitter", "whatsapp", "telegram"),
            *("instagram", "youtube", "linkedin", "pinterest", "tweet", "fb like", "like box", "fblike", "fb root", "google news"),
            *("googlenews", "nabd", "copy link", "short link", "shortlink", "short url", "page tools", "print", "printer"),
            *("email this", "send friend", "bookmark", "bookmarks", "qr", "qrcode"),
        ),
        drops=(
            (f'{_PROSE}<div class="share-buttons">شارك هذا الخبر</div>', _SAID),
        ),
        leaves=(
            f'<p class="shareholders">{_SAID}</p>',
        ),
    ),
    ElementRule(
        name="reader_comments",
        why="What readers wrote under a page, and the form for it.",
        category="comments",
        roles=("comment", "usercomments"),
        names=(
            *("comments", "comment", "commentlist", "comment list", "comments area", "comments list", "comment form"),
            *("commentform", "comment respond", "respond", "disqus", "fb comments", "fbcomments", "leave reply", "leave comment"),
            *("add comment", "addcomment", "write comment", "post comment", "post comments", "comment box", "new comment"),
            *("comment body", "comment text", "comment content", "livefyre", "guestbook", "discussion", "commenting"),
            *("reader comments", "user comments", "commentbox"),
        ),
        believed=0.95,
        drops=(
            (f'{_PROSE}<div id="comments">ننتظر رأيكم في الخبر</div>', _SAID),
        ),
        leaves=(
            f'<p class="commentary">{_SAID}</p>',
        ),
    ),
    ElementRule(
        name="page_meta",
        why="Who wrote it and when, how often it was read: beside the text, not of it.",
        category="byline",
        tags=("time",),
        roles=("author", "datepublished", "datemodified", "creator", "publisher", "interactioncount", "wordcount"),
        names=(
            *("byline", "by line", "author", "authors", "author box", "author name", "author info", "author bio", "author meta"),
            *("post author", "article author", "about author", "writer", "writer name", "editor name", "reporter", "post meta"),
            *("postmeta", "post metas", "entry meta", "article meta", "meta", "metas", "metadata", "meta info", "meta data"),
            *("meta date", "news meta", "meta bar", "single meta", "posted on", "posted by", "post date", "postdate", "entry date"),
            *("news date", "newsdate", "article date", "story date", "publish date", "published", "publish time", "pub date"),
            *("pubdate", "publishing date", "date", "dates", "dateline", "datetime", "date time", "date header", "time"),
            *("timestamp", "time stamp", "update date", "updated", "last update", "modified", "post info", "postinfo"),
            *("article info", "news info", "entry info", "info bar", "vcard", "views", "view count", "views count"),
            *("views counter", "post views", "hits", "visits", "visitors", "read time", "reading time", "readtime", "time read"),
            *("counter", "counters", "count", "counts", "post footer", "entry footer", "article footer", "post header line"),
            *("comments count", "comment count", "comments link", "comments number", "news source", "article source"),
            *("source name", "post source", "bio", "kicker", "article category", "post category", "entry category", "post cats"),
            *("category name", "cat name", "cat label", "section name", "post section", "source link", "sourcelink"),
        ),
        drops=(
            (f'{_PROSE}<div class="post-meta">كتب سامي الخطيب</div>', _SAID),
            (f"{_PROSE}<time>الثلاثاء 3 مارس 2026</time>", _SAID),
        ),
        leaves=(
            f'<p class="metaphor">{_SAID}</p>',
        ),
    ),
    ElementRule(
        name="page_tags",
        why="Keywords and sections under which the site files the page.",
        category="navigation",
        roles=("keywords", "articlesection", "about"),
        names=(
            *("tags", "tag", "taglist", "tag list", "tags links", "tag links", "tag cloud", "tagcloud", "post tags", "entry tags"),
            *("article tags", "news tags", "tags list", "keywords", "keyword", "post labels", "label head", "hashtags", "hashtag"),
            *("cat links", "catlinks", "categories", "category list", "entry categories", "entry terms", "topics"),
            *("article topics", "field tags", "terms", "taxonomy"),
        ),
        drops=(
            (f'{_PROSE}<div class="post-tags">قطارات مدن قديمة</div>', _SAID),
        ),
        leaves=(
            f'<p class="tagged">{_SAID}</p>',
        ),
    ),
    ElementRule(
        name="advertisement",
        why="Paid for by others, and the marks around it.",
        category="ad",
        names=(
            *("ad", "ads", "adv", "advs", "advert", "adverts", "advertise", "advertising", "advertisement", "advertisements"),
            *("adsense", "adsbygoogle", "ad slot", "ad unit", "ad container", "adcontainer", "adbox", "adslot", "banner"),
            *("banners", "sponsor", "sponsors", "sponsored", "promo", "promoted", "promotion", "gpt", "dfp", "google ads"),
            *("ins ads", "native ad", "adunit", "mpu", "leaderboard", "billboard", "skyscraper", "teads", "affiliate", "coupon"),
        ),
        drops=(
            (f'{_PROSE}<div class="ad-banner">إعلان مساحة إعلانية</div>', _SAID),
        ),
        leaves=(
            f'<p class="address">{_SAID}</p>',
        ),
    ),
    ElementRule(
        name="cookie_notice",
        why="The notice about cookies and privacy that lies over a page.",
        category="cookie",
        names=(
            *("cookie", "cookie notice", "cookie bar", "cookie law", "cookie banner", "cookie consent", "cookie policy"),
            *("cookie popup", "=cookies", "cookies bar", "cookies notice", "cookies consent", "gdpr", "consent", "cc window"),
            *("cookiebar", "cookieconsent", "ccpa", "eu cookie", "privacy notice", "privacy popup"),
        ),
        drops=(
            (f'{_PROSE}<div class="cookie-notice">نستخدم ملفات الارتباط</div>', _SAID),
        ),
        leaves=(
            f'<p class="cookies-recipe-text">{_SAID}</p>',
        ),
    ),
    ElementRule(
        name="overlay",
        why="Windows that lie over a page, and the lists of readers that it wants.",
        category="ad",
        roles=("dialog", "alertdialog", "alert", "status", "tooltip"),
        names=(
            *("modal", "modals", "popup", "popups", "pop up", "overlay", "lightbox", "toast", "tooltip", "newsletter"),
            *("newsletters", "subscribe", "subscription", "subscriptions", "subscriber", "mailchimp", "mailing list", "mail list"),
            *("mailinglist", "optin", "opt in", "onesignal", "push notification", "notification", "notifications", "alert"),
            *("alerts", "notice bar", "adblock", "ad block", "paywall", "installapp", "install app", "app banner", "download bar"),
            *("join us", "joinus", "whats app", "channel", "channels"),
        ),
        drops=(
            (f'{_PROSE}<div class="modal">اشترك في نشرتنا</div>', _SAID),
        ),
        leaves=(
            f'<p class="modality">{_SAID}</p>',
        ),
    ),
    ElementRule(
        name="form_control",
        why="Fields and buttons are for the reader's hands.",
        category="comments",
        tags=("button", "select", "option", "optgroup", "label", "legend"),
        names=(
            *("btn", "button", "buttons", "btns", "submit", "form group", "form control", "form row", "form item", "form field"),
            *("input group", "captcha", "recaptcha", "validation", "required field"),
        ),
        believed=0.2,
        drops=(
            (f"{_PROSE}<button>إرسال التعليق</button>", _SAID),
            (f"{_PROSE}<select><option>السعودية</option></select>", _SAID),
        ),
        leaves=(
            f'<div class="formal"><p>{_SAID}</p></div>',
        ),
    ),
    ElementRule(
        name="form",
        why="A form: for searching, for signing in, for writing to the site.",
        category="comments",
        tags=("form", "fieldset", "search"),
        roles=("search", "form"),
        names=(
            *("search", "search form", "search box", "searchform", "searchbox", "search bar", "search result wrapper", "login"),
            *("log in", "loginform", "login form", "sign in", "signin", "sign up", "signup", "register", "registration"),
            *("user menu", "user nav", "user panel", "my account", "account menu", "lost password", "forgot password"),
            *("contact form", "contactform", "wpcf", "poll", "polls", "vote", "votes", "voting", "survey", "quiz form"),
            *("opinion poll", "questionnaire", "feedback"),
        ),
        drops=(
            (f"{_PROSE}<form>البريد الإلكتروني كلمة المرور</form>", _SAID),
            (f'{_PROSE}<div id="search-box">ابحث في الموقع</div>', _SAID),
        ),
        leaves=(
            f'<div class="research"><p>{_SAID}</p></div>',
        ),
    ),
    ElementRule(
        name="caption",
        why="What is said under a picture, and who took it.",
        category="caption",
        tags=("figcaption",),
        roles=("caption",),
        names=(
            *("caption", "captions", "figcaption", "wp caption text", "wp caption", "image caption", "photo caption"),
            *("img caption", "imgcaption", "pic caption", "picture caption", "photo credit", "image credit", "img credit"),
            *("photo desc", "image desc", "image description", "img desc", "pic desc", "photo source", "image title", "img title"),
            *("photo title", "=credit", "=credits", "thumbcaption", "thumb caption", "tr caption", "media caption", "media credit"),
            *("image source", "gallery", "galleries", "photo gallery"),
        ),
        drops=(
            (f"{_PROSE}<figcaption>القطار عند وصوله أمس</figcaption>", _SAID),
        ),
        leaves=(
            f"{_PROSE}<table><caption>مواعيد القطار</caption></table>",
        ),
    ),
    ElementRule(
        name="ticker_strip",
        why="News that run through a strip of the page.",
        category="ticker",
        tags=("marquee",),
        roles=("marquee",),
        names=(
            *("ticker", "news ticker", "newsticker", "breaking", "breaking news", "breakingnews", "urgent", "urgent news"),
            *("news strip", "newsbar", "marquee", "flash news", "newsflash", "alert news", "ajel", "live news", "hot line"),
            *("scroller", "news scroll"),
        ),
        drops=(
            (f'{_PROSE}<div class="news-ticker">وصول القطار إلى المحطة</div>', _SAID),
        ),
        leaves=(
            f'<p class="tickets">{_SAID}</p>',
        ),
    ),
    ElementRule(
        name="reader_tools",
        why="Tools for the page: size of letters, printing, marks out of five.",
        category="share",
        roles=("aggregaterating", "ratingvalue", "reviewcount"),
        names=(
            *("font size", "fontsize", "font resize", "text size", "textsize", "text resize", "resizer", "zoom in", "zoom out"),
            *("tools", "post tools", "article tools", "news tools", "page options", "actions", "action bar", "post actions"),
            *("article actions", "rating", "ratings", "rate", "stars", "star rating", "post ratings", "kk star", "likes"),
            *("like button", "dislike", "thumbs", "emoji reactions", "reactions", "reaction", "no print", "noprint", "listen"),
            *("audio player", "text to speech", "tts", "player", "video player", "jwplayer", "vjs", "plyr", "playlist", "mejs"),
            *("countdown", "weather", "prayer", "prayer times", "currency", "currencies", "calendar", "clock", "hijri date"),
            *("exchange rate", "stock", "stocks", "gold prices", "scores", "live score"),
        ),
        drops=(
            (f'{_PROSE}<div class="font-size">تكبير الخط تصغير الخط</div>', _SAID),
        ),
        leaves=(
            f'<p class="toolshed">{_SAID}</p>',
        ),
    ),
    ElementRule(
        name="hidden_element",
        why="What is not shown is not read: stand-ins, windows, words for machines.",
        category="navigation",
        names=(
            *("screen reader", "sr only", "visually hidden", "visuallyhidden", "d none", "hide me", "hideme", "is hidden"),
            *("=hidden", "=hide", "accessibility", "invisible", "no js", "nojs", "preloader", "loader", "loading", "spinner"),
            *("placeholder", "skeleton", "lazy"),
        ),
        hidden=True,
        drops=(
            (f'{_PROSE}<div style="display:none">جاري التحميل</div>', _SAID),
            (f'{_PROSE}<span class="screen-reader-text">الانتقال إلى المحتوى</span>', _SAID),
        ),
        leaves=(
            f'<p style="color:red">{_SAID}</p>',
        ),
    ),
    ElementRule(
        name="wiki_furniture",
        why="What a wiki writes around an article: links to edit, contents, boxes of links.",
        category="navigation",
        names=(
            *("editsection", "mw editsection", "=toc", "toc", "table of contents", "toc container", "ez toc", "lwptoc"),
            *("rank math toc", "tableofcontents", "printfooter", "mw navigation", "mw head", "mw panel", "navbox", "navboxes"),
            *("vertical navbox", "mw jump", "mw jump link", "sitesub", "contentsub", "hatnote", "ambox", "metadata"),
            *("sister project", "mw indicators", "noexcerpt", "jump to nav", "mw footer", "authority control", "portal bar"),
            *("interlanguage", "p lang", "vector menu", "edit link", "edit page"),
        ),
        drops=(
            (f'{_PROSE}<div id="toc">المحتويات التاريخ العمارة</div>', _SAID),
        ),
        leaves=(
            f'<p class="tocsin">{_SAID}</p>',
        ),
    ),
    ElementRule(
        name="forum_furniture",
        why="What a forum writes around a post: who its writer is, what can be done, what he writes under all posts.",
        category="navigation",
        names=(
            *("post profile", "postprofile", "poster profile", "poster info", "poster details", "user info", "userinfo"),
            *("user details", "userdetails", "user profile", "user card", "user meta", "user stats", "user title", "usertitle"),
            *("user extra", "userstats", "member info", "memberinfo", "author profile", "profile card", "avatar", "avatars"),
            *("signature", "signatures", "sig", "post foot", "postfoot", "post controls", "postcontrols", "post head", "posthead"),
            *("post buttons", "post button", "postbuttons", "post count", "post number", "postcounter", "nodecontrols", "key info"),
            *("keyinfo", "moderator bar", "moderatorbar", "moderators", "who is online", "online users", "onlineusers"),
            *("whos online", "wgo", "thread tools", "threadtools", "thread info", "thread nav", "quick reply", "quickreply"),
            *("post options", "permissions", "posting rules", "forum jump", "forumjump", "jumpbox", "action bar", "topic actions"),
            *("last edited", "lastedited", "edited by", "thanks", "thank", "thanked", "rep", "reputation", "message user"),
            *("message user info", "message attribution", "message footer", "bb code", "bbcode legend", "show attachments"),
            *("stat block", "stats", "statistics", "site stats", "board stats", "similar threads", "similarthreads", "tcat"),
            *("thead", "panel legend", "user level", "user rank", "rank", "ranks"),
        ),
        drops=(
            (f'{_PROSE}<div class="signature">الصديق وقت الضيق</div>', _SAID),
            (f'{_PROSE}<div class="user-info">عضو نشيط المشاركات: 120</div>', _SAID),
        ),
        leaves=(
            f'<p class="posterity">{_SAID}</p>',
        ),
    ),
    ElementRule(
        name="shop_furniture",
        why="What a shop writes around an article: baskets, numbers, buttons.",
        category="navigation",
        names=(
            *("add to cart", "addtocart", "cart", "minicart", "mini cart", "shopping cart", "basket", "wishlist", "wish list"),
            *("compare", "checkout", "quantity", "qty", "sku", "product meta", "product tabs nav", "buy now", "buynow", "payment"),
            *("payment methods", "shipping", "delivery", "seller", "seller info", "vendor", "store info", "stock status"),
            *("in stock", "out of stock", "product actions", "product rating", "contact seller", "report ad", "report"),
        ),
        drops=(
            (f'{_PROSE}<div class="add-to-cart">أضف إلى السلة</div>', _SAID),
        ),
        leaves=(
            f'<p class="carton">{_SAID}</p>',
        ),
    ),
    ElementRule(
        name="article_body",
        why="The element that the site itself calls the body of the article.",
        category="",
        weight=2.0,
        roles=("articlebody", "reviewbody", "recipeinstructions", "acceptedanswer"),
        names=(
            *("article body", "articlebody", "entry content", "entrycontent", "post content", "postcontent", "post body"),
            *("postbody", "post entry", "article content", "articlecontent", "article text", "articletext", "news content"),
            *("newscontent", "news body", "newsbody", "news text", "newstext", "news details", "newsdetails", "news detail"),
            *("story body", "storybody", "story content", "story text", "single content", "single post content", "post text"),
            *("posttext", "post message", "postmessage", "message body", "message content", "message text", "post area"),
            *("post inner", "content body", "contentbody", "body content", "bodycontent", "text body", "body text", "bodytext"),
            *("entry body", "entry text", "article details", "articledetails", "details text", "details content"),
            *("td post content", "mw parser output", "mw content text", "field name body", "field body", "item full text"),
            *("itemfulltext", "full text", "fulltext", "blog content", "blog post body", "main text", "maintext", "text content"),
            *("detail content", "detail text", "content text", "content detail", "content details", "lyrics", "poem", "fatwa text"),
            *("hadith text", "recipe", "product description", "description content", "tab description", "answer", "answer content"),
            *("question", "page content", "the content", "thecontent", "artical content", "artical body", "artical"),
            *("subject text", "topic text", "topic body", "topic content", "block post content", "theme post content"),
            *("jeg main content", "wysiwyg", "rich text", "richtext", "ck content", "prose"),
        ),
        drops=(("<p>{0}</p>", "{0}"),),
        leaves=(_PROSE,),
    ),
    ElementRule(
        name="article_element",
        why="An element made for an article, or named after one.",
        category="",
        weight=1.3,
        tags=("article", "main"),
        roles=("main", "article", "blogposting", "newsarticle"),
        names=(
            *("=article", "=post", "=content", "=entry", "=story", "=main", "main content", "maincontent", "content main"),
            *("content area", "primary", "single post", "single", "hentry", "blog post", "blogpost", "node", "details", "detail"),
            *("article page", "post single", "page body", "=text", "=texte", "=body"),
        ),
        drops=(("<p>{0}</p>", "{0}"),),
        leaves=(_PROSE,),
    ),
    ElementRule(
        name="builder_element",
        why="Page builders call every part of a page a widget, its text too.",
        category="",
        weight=1.0,
        denies=("sidebar",),
        names=(
            *("elementor widget", "elementor element", "text editor", "widget text editor", "so widget", "fusion text"),
            *("wpb text column", "et pb text"),
        ),
        drops=(("<p>{0}</p>", "{0}"),),
        leaves=(_PROSE,),
    ),
)
