"""What two built sites differ in, page by page, in the words that readers see."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from difflib import SequenceMatcher
from html import unescape
from pathlib import Path

from msgspec import Struct

from stadtnetz.authoring.pagetext import PageText, text_of
from stadtnetz.authoring.wording import Line, changes_between
from stadtnetz.model.deploy import MANIFEST
from stadtnetz.output.marker import MARKER

__all__ = ["Around", "Changed", "Difference", "Moved", "compare"]

_SAME_PAGE = 0.7
"""From this likeness of their lines on, a page that is gone and one that is new are one that moved."""
_LEADS_ON = re.compile(r'<meta http-equiv="refresh" content="0; url=([^"]*)">')
_HEAD = 2_000
"""Characters at the beginning of a page in which it says that it leads on."""
_MOST_PAIRS = 10_000
"""Where more pages came and went than anybody would read one by one, none of them is looked for."""


class Changed(Struct, frozen=True):
    """A page whose text differs."""

    address: str
    lines: tuple[Line, ...]


class Moved(Struct, frozen=True):
    """A page that stands at another address, with what else became different."""

    before: str
    address: str
    lines: tuple[Line, ...]


class Around(Struct, frozen=True):
    """The same change in what surrounds the text (header, navigation, footer), and on which pages."""

    lines: tuple[Line, ...]
    addresses: tuple[str, ...]


class Difference(Struct, frozen=True):
    """All that differs. Addresses of pages begin at the site's root; files are paths in output/."""

    added: tuple[str, ...]
    removed: tuple[str, ...]
    moved: tuple[Moved, ...]
    redirected: tuple[Moved, ...]
    """Addresses that lead on to another page now, and did not before."""
    changed: tuple[Changed, ...]
    around: tuple[Around, ...]
    markup: tuple[str, ...]
    """Pages of which the same can be read as before."""
    files_added: tuple[str, ...]
    files_removed: tuple[str, ...]
    files_changed: tuple[str, ...]

    @property
    def is_empty(self) -> bool:
        """Tell whether the two sites are the same."""
        return not any(getattr(self, name) for name in self.__struct_fields__)


def compare(before: Path, after: Path) -> Difference:
    """Compare two folders with built sites."""
    old, new = _files(before), _files(after)
    both = [file for file in new if file in old and old[file].read_bytes() != new[file].read_bytes()]
    gone = {file: _read(old[file]) for file in old if file not in new and _is_page(file)}
    fresh = {file: _read(new[file]) for file in new if file not in old and _is_page(file)}
    # A page that only leads on is none: what stood there before is gone.
    leading = {file for file in new if _is_page(file) and _leads_to(new[file])}
    gone |= {file: _read(old[file]) for file in leading if file in old and not _leads_to(old[file])}
    fresh = {file: text for file, text in fresh.items() if file not in leading}
    both = [file for file in both if file not in leading]
    moved = _moved(gone, fresh)
    changed: list[Changed] = []
    around: dict[tuple[Line, ...], list[str]] = {}
    markup: list[str] = []
    for file in filter(_is_page, both):
        one, other = _read(old[file]), _read(new[file])
        lines = changes_between(one.main, other.main)
        outside = changes_between(one.around, other.around)
        if lines:
            changed.append(Changed(_address(file), lines))
        if outside:
            around.setdefault(outside, []).append(_address(file))
        if not lines and not outside:
            markup.append(_address(file))
    redirected = tuple(_redirected(old, new))
    moved_away = {one.before for one in (*moved, *redirected)}
    moved_here = {one.address for one in moved}
    return Difference(
        added=tuple(address for file in fresh if (address := _address(file)) not in moved_here),
        removed=tuple(address for file in gone if (address := _address(file)) not in moved_away),
        moved=moved,
        redirected=redirected,
        changed=tuple(changed),
        around=tuple(Around(lines, tuple(addresses)) for lines, addresses in around.items()),
        markup=tuple(markup),
        files_added=tuple(file for file in new if file not in old and not _is_page(file)),
        files_removed=tuple(file for file in old if file not in new and not _is_page(file)),
        files_changed=tuple(file for file in both if not _is_page(file)),
    )


def _redirected(old: Mapping[str, Path], new: Mapping[str, Path]) -> Iterator[Moved]:
    """Yield the addresses that lead on and did not before."""
    for file, path in new.items():
        to = _leads_to(path) if _is_page(file) else ""
        if to and (file not in old or not _leads_to(old[file])):
            yield Moved(_address(file), to, ())


def _leads_to(path: Path) -> str:
    """Return where a page sends its readers on to, "" for one that keeps them; see templates/moved.html."""
    found = _LEADS_ON.search(path.read_text("utf-8", "replace"), 0, _HEAD)
    return "" if found is None else unescape(found[1])


def _moved(gone: Mapping[str, PageText], fresh: Mapping[str, PageText]) -> tuple[Moved, ...]:
    """Find pages that moved: each one that is gone with the new one that is most like it, if it is like enough."""
    if len(gone) * len(fresh) > _MOST_PAIRS:
        return ()
    likeness = sorted(
        (
            (-_alike(one.main, other.main), old, new)
            for old, one in gone.items()
            for new, other in fresh.items()
            if _section(old) == _section(new)
        ),
    )
    taken: set[str] = set()
    found: list[Moved] = []
    for unlike, old, new in likeness:
        if -unlike >= _SAME_PAGE and old not in taken and new not in taken:
            taken |= {old, new}
            lines = changes_between(gone[old].main, fresh[new].main)
            found.append(Moved(_address(old), _address(new), lines))
    return tuple(sorted(found, key=lambda one: one.address))


def _alike(one: Iterable[str], other: Iterable[str]) -> float:
    matcher = SequenceMatcher(None, list(one), list(other), autojunk=False)
    return matcher.ratio() if matcher.quick_ratio() >= _SAME_PAGE else 0.0


def _files(folder: Path) -> dict[str, Path]:
    found = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    return {file: found[file] for file in sorted(found) if file not in (MARKER, MANIFEST)}


def _read(path: Path) -> PageText:
    return text_of(path.read_text("utf-8", "replace"))


def _is_page(file: str) -> bool:
    return file.endswith(".html")


def _address(file: str) -> str:
    return "/" + (file.removesuffix("index.html") if file.rpartition("/")[2] == "index.html" else file)


def _section(file: str) -> str:
    return file.partition("/")[0] if "/" in file else ""
