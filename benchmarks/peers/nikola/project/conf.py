"""Nikola's settings: its own doit database decides what is rebuilt; galleries and what else is not compared is off."""

BLOG_AUTHOR = "Netz"
BLOG_TITLE = "Netz der Musterstädte"
SITE_URL = "https://netz.example.org/"
BLOG_EMAIL = "netz@example.org"
BLOG_DESCRIPTION = "Ein erfundenes Netzwerk"
DEFAULT_LANG = "de"
TIMEZONE = "Europe/Berlin"
THEME = "minimal"
POSTS = (("posts/*.md", "news", "post.tmpl"),)
PAGES = ()
COMPILERS = {"markdown": (".md",)}
MARKDOWN_EXTENSIONS = ["markdown.extensions.tables", "markdown.extensions.toc"]
PRETTY_URLS = True
INDEX_PATH = "news"
INDEX_DISPLAY_POST_COUNT = 12
INDEXES_STATIC = False
INDEX_TEASERS = False
TAG_PATH = "tags"
TAG_PAGES_ARE_INDEXES = True
WRITE_TAG_CLOUD = False
CATEGORY_PAGES_ARE_INDEXES = False
ARCHIVE_PATH = "years"
CREATE_MONTHLY_ARCHIVE = False
ARCHIVES_ARE_INDEXES = True
ENABLE_AUTHOR_PAGES = False
# Feeds would come for every tag and year too; there is no switch for the main one alone.
GENERATE_RSS = False
GENERATE_ATOM = False
FEED_LENGTH = 20
GALLERY_FOLDERS: dict[str, str] = {}
LISTINGS_FOLDERS: dict[str, str] = {}
IMAGE_FOLDERS: dict[str, str] = {}
COPY_SOURCES = False
SHOW_SOURCELINK = False
USE_BUNDLES = False
LOCALES = {"de": "de_DE"}
DISABLED_PLUGINS = [
    "render_galleries",
    "render_listings",
    "render_authors",
    "classify_authors",
    "classify_categories",
    "scale_images",
    "copy_files",
    "create_bundles",
    "sources",
    "gzip",
    "robots",
]
