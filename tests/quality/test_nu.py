"""The Nu Html Checker finds nothing in the real site's pages, style sheets and drawings, the known words aside."""

from __future__ import annotations

import re

import pytest

from tests.browser.host import Host
from tests.quality.nu import Said, checked, report

pytestmark = pytest.mark.quality

# What the checker says although it is right, and why it is. What is no longer said has to go.
_NEWER = "newer than the checker's grammar of CSS, and known to the browsers that we support"
KNOWN = {
    r"^CSS: Unrecognized at-rule “@container”$": _NEWER,
    r"^CSS: “container(-type)?”: Property “container(-type)?” doesn't exist\.$": _NEWER,
    r"^CSS: “grid-template-columns”: Invalid type: “100%, var\(--column\)”\.$": "it can't compare with a variable",
    r"^CSS: “paint-order”: Property “paint-order” doesn't exist\.$": _NEWER,
    r"^CSS: “color-scheme”: Too many values or values are not recognized\.$": f"“only light” is {_NEWER}",
}


_DATA_BLOCK = '<script type="application/ld+json">'
"""Data that no browser runs, and to which no policy for scripts applies: https://html.spec.whatwg.org/#data-block.
The checker does not tell it from a script; so what it says of this one element, and of no other, is set aside."""


def is_of_data_block(one: Said) -> bool:
    """Tell whether something is said of the policy although the element is no script."""
    return one["message"].startswith("Inline script violates") and _DATA_BLOCK in one.get("extract", "")


def addresses(site: Host) -> list[str]:
    """Return pages and style sheets as a browser asks for them, so that the security policy is judged as well."""
    files = [path.relative_to(site.folder).as_posix() for path in site.folder.rglob("*")]
    pages = [file.removesuffix("index.html") for file in files if file.endswith(".html")]
    styles = [file for file in files if file.endswith(".css")]
    return [site.at(path) for path in sorted(pages) + styles]


def test_the_checker_has_nothing_to_say(site: Host):
    # A drawing that comes over HTTP is taken for HTML; as a file it isn't.
    said = checked([*addresses(site), *sorted(site.folder.rglob("*.svg"))])
    assert any(map(is_of_data_block, said)), "this is no longer said: take it away"
    said = [one for one in said if not is_of_data_block(one)]
    unknown = [one for one in said if not any(re.search(known, one["message"]) for known in KNOWN)]
    assert not unknown, "\n" + report(unknown)
    needless = [known for known in KNOWN if not any(re.search(known, one["message"]) for one in said)]
    assert not needless, "these are no longer said: take them from the list"


def test_it_would_speak_up(tmp_path):
    bad = {
        "seite.html": "<!DOCTYPE html><html lang=de><title>x</title><p><div></div></p>",
        "stil.css": "a { farbe: rot }",
        "bild.svg": '<svg xmlns="http://www.w3.org/2000/svg"><kreis/></svg>',
    }
    for name, text in bad.items():
        (tmp_path / name).write_text(text, "utf-8")
    said = checked(tmp_path / name for name in bad)
    assert {one["url"].rpartition("/")[2] for one in said} == set(bad)
