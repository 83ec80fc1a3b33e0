"""Pelican: caching as its manual describes it, nothing switched on that the comparison does not need."""

SITENAME = "Netz der Musterstädte"
SITEURL = "https://netz.example.org"
AUTHOR = "Netz"
TIMEZONE = "Europe/Berlin"
DEFAULT_LANG = "de"
PATH = "content"
THEME = "theme"
THEME_STATIC_PATHS: list[str] = []
ARTICLE_PATHS = ["news"]
ARTICLE_URL = "news/{date:%Y}/{slug}/"
ARTICLE_SAVE_AS = "news/{date:%Y}/{slug}/index.html"
TAG_URL, TAG_SAVE_AS = "tags/{slug}/", "tags/{slug}/index.html"
YEAR_ARCHIVE_URL, YEAR_ARCHIVE_SAVE_AS = "news/{date:%Y}/", "news/{date:%Y}/index.html"
CATEGORY_SAVE_AS = AUTHOR_SAVE_AS = AUTHORS_SAVE_AS = CATEGORIES_SAVE_AS = ARCHIVES_SAVE_AS = ""
USE_FOLDER_AS_CATEGORY = False
DEFAULT_CATEGORY = "news"
DIRECT_TEMPLATES = ["index", "tags", "sitemap"]
SITEMAP_SAVE_AS = "sitemap.xml"
TAGS_SAVE_AS = "tags/index.html"
DEFAULT_PAGINATION = 12
PAGINATED_TEMPLATES = {"index": None, "period_archives": None, "tag": None}
FEED_ALL_ATOM = "feed.xml"
TAG_FEED_ATOM = "tags/{slug}/feed.xml"
FEED_MAX_ITEMS = 20
CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None
MARKDOWN = {
    "extension_configs": {"markdown.extensions.tables": {}, "markdown.extensions.toc": {}},
    "output_format": "html5",
}
CACHE_CONTENT = LOAD_CONTENT_CACHE = True
CONTENT_CACHING_LAYER = "generator"
CHECK_MODIFIED_METHOD = "mtime"
