"""What designers and operators do to templates/ and site.yaml."""

from __future__ import annotations

import re

from tests.machine.world import World

__all__ = ["DESIGN_EDITS", "used_key"]

_PAGES = (
    "news",
    "event",
    "page",
    "partner",
    "tandem",
    "city",
    "network",
    "home",
    "list",
    "index",
    "topic",
    "404",
)
_INCLUDE = '{% include "parts/neu.html" %}'
_PART = "templates/parts/neu.html"


def macro(world: World, pick: int) -> None:
    part = ("inline", "lists")[pick % 2]
    world.change(
        f"templates/parts/{part}.html",
        lambda text: text.replace("{% endmacro", f"{world.fresh()}{{% endmacro", 1),
    )


def macro_of_same_size(world: World, _pick: int) -> None:
    turn = {"<b>": "<i>", "<i>": "<b>"}
    pattern = re.compile("<[bi]>")
    path = "templates/parts/inline.html"
    world.change(path, lambda text: pattern.sub(lambda m: turn[m[0]], text, count=1), restore_times=True)


def template(world: World, pick: int) -> None:
    found = [f"templates/{name}.html" for name in _PAGES]
    path = [path for path in found if (world.root / path).exists()][pick % 11]
    world.change(path, lambda text: text.replace("{% endblock", f"{world.fresh()}{{% endblock", 1))


def template_of_text(world: World, pick: int) -> None:
    path = ("templates/feed.xml", "templates/sitemap.xml", "templates/robots.txt")[pick % 3]
    world.change(path, lambda text: f"{text}<!-- {world.fresh()} -->\n")


def base(world: World, pick: int) -> None:
    path = ("templates/base.html", "templates/parts/head.html")[pick % 2]
    world.change(path, lambda text: f"{text}<!-- {world.fresh()} -->\n")


def part(world: World, _pick: int) -> None:
    """Add the part that may be included, or take it away from whatever includes it."""
    world.toggle(_PART, f"<p>{world.fresh()}</p>\n")


def included(world: World, pick: int) -> None:
    """Let a template include the part, or no longer."""
    path = ("templates/base.html", "templates/news.html", "templates/parts/head.html")[pick % 3]
    if _INCLUDE in world.read(path):
        world.change(path, lambda text: text.replace(_INCLUDE, ""))
    elif path.endswith("news.html"):
        world.change(path, lambda text: text.replace("{% endblock", f"{_INCLUDE}{{% endblock", 1))
    else:
        world.change(path, lambda text: f"{text}{_INCLUDE}")


def part_changed(world: World, _pick: int) -> None:
    if (world.root / _PART).exists():
        world.change(_PART, lambda text: f"{text}{world.fresh()}\n")
    else:
        world.write(_PART, "<p>Ein neuer Teil</p>\n")


def unused_template(world: World, _pick: int) -> None:
    world.toggle("templates/ungenutzt.html", f"{{{{ nichts }}}} {world.fresh()}\n")


def template_gone(world: World, pick: int) -> None:
    path = f"templates/{_PAGES[pick % len(_PAGES)]}.html"
    if (world.root / path).exists():
        world.site.remove(path)


def style(world: World, _pick: int) -> None:
    world.change("templates/assets/site.css", lambda text: f"{text}/* {world.fresh()} */\n")


def style_names_asset(world: World, pick: int) -> None:
    rule = f'main {{ background: url("{("zeichen", "neu")[pick % 2]}.svg") }}\n'
    world.change(
        "templates/assets/site.css",
        lambda text: text.replace(rule, "") if rule in text else text + rule,
    )


def asset(world: World, pick: int) -> None:
    name = ("neu.svg", "neu.js", "ordner/neu.svg")[pick % 3]
    world.toggle(f"templates/assets/{name}", f"<!-- {world.fresh()} -->\n")


def asset_changed(world: World, _pick: int) -> None:
    path = "templates/assets/zeichen.svg"
    if (world.root / path).exists():
        world.change(path, lambda text: f"{text}<!-- {world.fresh()} -->\n")


def used_key(world: World, pick: int) -> None:
    key = ("title", "tagline")[pick % 2]
    pattern = re.compile(rf"^{key}: .*$", re.MULTILINE)
    world.change("site.yaml", lambda text: pattern.sub(f"{key}: Netz {world.fresh()}", text))


def unused_key(world: World, _pick: int) -> None:
    """Change what only a page shows that this site does not have."""
    line = re.compile(r"^privacy: .*\n", re.MULTILINE)
    world.change("site.yaml", lambda text: line.sub("", text) + f"privacy: {{hosting: {world.fresh()}}}\n")


def other_key(world: World, pick: int) -> None:
    """Set a key to another value, or take it back: paging, navigation, languages, the panel, the site's own words."""
    pairs = (
        ("news_per_page: 2\n", "news_per_page: 1\n"),
        ("navigation: [programm]\n", "navigation: []\n"),
        ("[de, en, de-simple]", "[de, de-simple]"),
        ("news_per_page: 2\n", "display_panel: nein\nnews_per_page: 2\n"),
        ("news_per_page: 2\n", "translations: {en: {title: An invented network}}\nnews_per_page: 2\n"),
        ("base_url: https://netz.musterstadt.de/\n", "base_url: https://netz.musterstadt.de/unten/\n"),
        ("base_url: https://netz.", "base_url: https://netzwerk."),
    )
    one, other = pairs[pick % len(pairs)]
    text = world.read("site.yaml")
    if other in text:
        world.write("site.yaml", text.replace(other, one))
    elif one in text:
        world.write("site.yaml", text.replace(one, other))


DESIGN_EDITS = (
    *(macro, macro_of_same_size, template, template_of_text, base, part, included, part_changed),
    *(unused_template, template_gone, style, style_names_asset, asset, asset_changed),
    *(used_key, unused_key, other_key),
)
