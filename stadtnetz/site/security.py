"""What browsers are told to keep from the site: one policy, for the pages themselves and for servers' headers."""

from __future__ import annotations

__all__ = ["SEARCHING_POLICY", "STRICT_POLICY", "header_policy"]

_BEFORE = "default-src 'none'; script-src 'self'"
_AFTER = (
    "; style-src 'self'; img-src 'self'; font-src 'self'; media-src 'self'; connect-src 'self'; "
    "form-action 'none'; base-uri 'none'"
)
STRICT_POLICY = f"{_BEFORE}{_AFTER}"
"""Of every page but those that search. No script stands in a page, so there is nothing to name by its hash."""
SEARCHING_POLICY = f"{_BEFORE} 'wasm-unsafe-eval'{_AFTER}"
"""Pagefind is WebAssembly, which browsers let run only where they are told so."""


def header_policy(*, search: bool) -> str:
    """Return the policy for a server's header.

    It is the same for all pages, since some hosts join the headers of overlapping paths, and two policies hold at
    once. So does the page's own, which is how only the pages that search may run WebAssembly. Framing can be forbidden
    in a header alone.
    """
    return f"{SEARCHING_POLICY if search else STRICT_POLICY}; frame-ancestors 'none'"
