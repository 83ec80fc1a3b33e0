"""Asks axe-core about a page as it stands, and tells what it found so that one can go there and repair it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.quality.tools import node_file

if TYPE_CHECKING:
    from playwright.sync_api import Page

__all__ = ["Finding", "findings", "source"]

_TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
_EXPERIMENTAL = (
    "css-orientation-lock",
    "focus-order-semantics",
    "label-content-name-mismatch",
    "table-fake-caption",
    "td-has-header",
    # Not p-as-heading, which takes every bold line of one style for a heading, nor hidden-content, which only
    # notes that there is some; what can be opened is opened by the test and looked at.
)

# What axe can't decide counts as found: a person has to look, and either repair it or say here why it is right.
# The contrast of letters in drawings it never can; browser/contrast.js computes it.
_ASK = """
async (options) => {
  const told = await axe.run(document, options);
  const drawn = (node) => document.querySelector(node.target.flat().at(-1)) instanceof SVGElement;
  for (const rule of told.incomplete) {
    if (rule.id === 'color-contrast') rule.nodes = rule.nodes.filter((node) => !drawn(node));
  }
  return [...told.violations, ...told.incomplete].flatMap((rule) => rule.nodes.map((node) => ({
    rule: rule.id,
    help: rule.help,
    where: node.target.flat().join(' '),
    what: node.failureSummary.replace(/\\s*\\n\\s*/g, ' '),
  })));
}
"""


@dataclass(frozen=True)
class Finding:
    """A place that a rule does not like."""

    rule: str
    help: str
    where: str
    what: str

    def __str__(self) -> str:
        """Write it in two lines."""
        return f"{self.rule} at {self.where}\n      {self.help}: {self.what}"


def source() -> str:
    """Return axe itself, to be put into a page."""
    return node_file("axe-core/axe.min.js").read_text("utf-8")


def findings(page: Page, *, without: tuple[str, ...] = ()) -> list[Finding]:
    """Return what axe finds or can't decide, best practice included, on a page that has axe in it."""
    options = {
        "runOnly": {"type": "tag", "values": list(_TAGS)},
        "rules": {name: {"enabled": True} for name in _EXPERIMENTAL}
        | {n: {"enabled": False} for n in without},
        "resultTypes": ["violations", "incomplete"],
    }
    return [Finding(**one) for one in page.evaluate(_ASK, options)]
