"""For hosts that read `_headers` and `_redirects`: Netlify, Cloudflare Pages, Codeberg Pages, GitLab Pages.

Each reads a part of what the others do. So there is one rule a line, without placeholders and with statuses that all
of them know; addresses that are gone for good answer with 404 there.
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

from stadtnetz.site.serving.rules import KEEP, Serving, headers, spellings, target_of

__all__ = ["headers_file", "redirects_file"]

_KEPT = ("assets/*",)
"""What may be kept for ever there: a pattern with one star at its end, which every host understands."""


def headers_file(serving: Serving) -> str:
    """Return `_headers`. Hosts join the values of overlapping patterns, so caching has patterns of its own."""
    base = serving.base_path
    lines = [f"{base}*", *(f"  {name}: {value}" for name, value in headers(serving))]
    for pattern in _KEPT:
        lines += [f"{base}{pattern}", f"  Cache-Control: {KEEP}"]
    return "\n".join(lines) + "\n"


def redirects_file(serving: Serving) -> str:
    """Return `_redirects`."""
    return "".join(f"{line}\n" for line in _redirects(serving))


def _redirects(serving: Serving) -> Iterator[str]:
    base = serving.base_path
    for redirect in serving.moves.moved:
        for old in spellings(redirect.old):
            yield f"{base}{quote(old)} {target_of(serving, redirect)} 301"
