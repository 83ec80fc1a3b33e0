"""What browsers are told to keep from the site: one policy, for the pages themselves and for servers' headers."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

__all__ = ["SEARCHING_POLICY", "STRICT_POLICY", "form_policy", "header_policy"]

_BEFORE = "default-src 'none'; script-src 'self'"
_AFTER = (
    "; style-src 'self'; img-src 'self'; font-src 'self'; media-src 'self'; connect-src 'self'; "
    "form-action 'none'; base-uri 'none'"
)
STRICT_POLICY = Markup(f"{_BEFORE}{_AFTER}")  # noqa: S704 - our own words; its quotes are no danger in a page
"""Of every page but those that search. No script stands in a page, so there is nothing to name by its hash."""
SEARCHING_POLICY = Markup(f"{_BEFORE} 'wasm-unsafe-eval'{_AFTER}")  # noqa: S704 - the same
"""Pagefind is WebAssembly, which browsers let run only where they are told so."""


def form_policy(origins: Iterable[str]) -> str:
    """Return the policy of the form in the browser, which speaks to the repository's service at these origins.

    It writes style elements itself, and shows files as blob: and data:.
    """
    others = "".join(f" {origin}" for origin in origins)
    return "; ".join(
        (
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self' 'unsafe-inline'",
            f"img-src 'self' blob: data:{others}",
            "media-src 'self' blob:",
            "font-src 'self'",
            f"connect-src 'self' blob: data:{others}",
            "form-action 'none'",
            "base-uri 'none'",
        )
    )


def header_policy(policies: Iterable[str]) -> str:
    """Return the policy for a server's header: it allows what any of the pages' own policies allows, and no framing.

    It is the same for all pages, since some hosts join the headers of overlapping paths, and two policies hold at
    once. So does the page's own, which is how only the pages that search may run WebAssembly, and only the form may
    speak to a repository. Framing can be forbidden in a header alone.
    """
    allowed: dict[str, dict[str, None]] = {}
    for policy in policies:
        for directive in str(policy).split("; "):
            name, *sources = directive.split(" ")
            allowed.setdefault(name, {}).update(dict.fromkeys(sources))
    # Where something else is allowed, 'none' would be ignored, with a complaint.
    told = (
        (name, [one for one in found if one != "'none'"] or ["'none'"]) for name, found in allowed.items()
    )
    return "; ".join([*(f"{name} {' '.join(found)}" for name, found in told), "frame-ancestors 'none'"])
