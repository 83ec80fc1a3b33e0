"""A picture in all its files as a browser chooses among them.

`sizes` says how wide a picture will stand on the page, before the style sheet is there. The widths below are those of
the layout in templates/assets/site.css; a test in tests/browser/ asks Chromium whether they still are.
"""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import escape

from stadtnetz.site.addresses import Addresses
from stadtnetz.site.pictures import Candidate, PictureFile
from stadtnetz.site.views import PictureView

__all__ = [
    "IN_CARD",
    "IN_COLUMN",
    "IN_LINK",
    "IN_PAGE",
    "IN_TEXT",
    "IN_TEXT_BESIDE",
    "nearest_width",
    "picture_html",
    "picture_view",
]

IN_COLUMN = "(min-width: 76rem) 47rem, (min-width: 60rem) calc(97vw - 27rem), 92vw"
"""Beside what stands at the edge from 60rem on."""
IN_PAGE = "(min-width: 55rem) 50rem, 92vw"
"""On a page without anything at its edge."""
IN_TEXT = "(min-width: 46rem) 42rem, 92vw"
"""As wide as lines that can be read."""
IN_TEXT_BESIDE = (
    "(min-width: 71rem) 42rem, (min-width: 60rem) calc(97vw - 27rem), (min-width: 46rem) 42rem, 92vw"
)
"""The same, in the column of an entry."""
IN_CARD = "(min-width: 70rem) 23rem, (min-width: 47rem) 46vw, 92vw"
"""One of three, of two, or alone."""
IN_LINK = "18rem"
"""Beside a link to a video."""

_MIDDLE = 800
"""Pixels of the file for browsers that can't choose: a phone's width on a dense screen."""


def picture_view(
    addresses: Addresses, file: PictureFile, alt: str, sizes: str, *, lazy: bool = True, language: str = ""
) -> PictureView:
    """Return a picture; `language` is that of the alternative text where it is another one than the page's."""
    return PictureView(
        src=addresses.url(nearest_width(file.plain, _MIDDLE).path),
        srcset=_srcset(addresses, file.plain),
        sources=tuple(
            (kind, _srcset(addresses, candidates))
            for kind, candidates in (("image/avif", file.avif), ("image/webp", file.webp))
            if candidates
        ),
        sizes=sizes,
        width=file.width,
        height=file.height,
        alt=alt,
        lazy=lazy,
        language=language,
    )


def nearest_width(candidates: tuple[Candidate, ...], width: int) -> Candidate:
    """Return the narrowest file that is at least so wide, else the widest."""
    return next((one for one in candidates if one.width >= width), candidates[-1])


def _srcset(addresses: Addresses, candidates: Iterable[Candidate]) -> str:
    return ", ".join(f"{addresses.url(one.path)} {one.width}w" for one in candidates)


def picture_html(view: PictureView, attributes: str) -> str:
    """Write a picture for a long text; `attributes` are the sanitised ones that the image has there, without src."""
    sizes = escape(view.sizes)
    sources = "".join(
        f'<source type="{kind}" srcset="{escape(srcset)}" sizes="{sizes}">' for kind, srcset in view.sources
    )
    return (
        f'<picture>{sources}<img{attributes} src="{escape(view.src)}" srcset="{escape(view.srcset)}" sizes="{sizes}"'
        f' width="{view.width}" height="{view.height}" loading="lazy" decoding="async"></picture>'
    )
