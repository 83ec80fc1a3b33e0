"""The pictures of a site: which are encoded, into which files, and what is wrong with the others.

Every picture that an entry names is encoded, also where it may not be seen yet, so that no build fails on the day it
may. Only those that may be seen are part of the site. One whose time is over is none any more, under whatever name its
bytes lie in content/, and whichever entry names it: the people on it have not agreed to the one copy only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any

from msgspec import Struct, field

from stadtnetz.diagnostics import Diagnostic, problem
from stadtnetz.fingerprint import of_bytes
from stadtnetz.memory import Memory
from stadtnetz.model.picture import Licence
from stadtnetz.network.files import PICTURE_ENDINGS
from stadtnetz.render.codecs import PICTURE_MODULES, PREVIEW_MODULES, of_codecs, of_modules
from stadtnetz.site.pictures import (
    Candidate,
    NamedPicture,
    PictureFile,
    PrintFile,
    Rights,
    rights_of,
)
from stadtnetz.site.previews import Preview
from stadtnetz.source import SourceFile, Sources
from stadtnetz.workshop import Result, Stored, Task, Work, work_through

__all__ = ["Shown", "pictures_of", "previews_of"]

PRINTABLE = 1600
"""Pixels of the longer side that a picture for the press should have: 13.5 cm at 300 dots per inch."""

_FORMS = {".jpg": "JPEG", ".jpeg": "JPEG", ".png": "PNG", ".webp": "WebP"}
_PREVIEWS_PAY = 20
"""Previews for which another worker pays."""
_REFUSALS = frozenset({"picture-broken", "picture-too-large", "picture-other-form", "picture-moves"})


class Shown(Struct):
    """The pictures that readers see, by their source, and the files of these by their path in output/."""

    pictures: dict[str, PictureFile] = field(default_factory=dict)
    stored: dict[str, Stored] = field(default_factory=dict)
    problems: list[Diagnostic] = field(default_factory=list)


def pictures_of(
    named: Iterable[NamedPicture],
    sources: Sources,
    memory: Memory,
    jobs: int,
    progress: Callable[[int, int], None],
    *,
    quick: bool = False,
) -> Shown:
    """Encode what entries name, and tell what can't be shown at the place that names it first.

    `quick` gives each picture in one small file, and for print what was uploaded.
    """
    placed = [
        (one, sources.files[one.source])
        for one in named
        if one.source in sources.files and one.source.lower().endswith(PICTURE_ENDINGS)
    ]  # the others are reported by check_references
    withdrawn = {file.digest for one, file in placed if one.withdrawn}
    kept = [(one, file) for one, file in placed if file.digest not in withdrawn]
    works = work_through((_for_web(file, quick) for _, file in kept), memory, jobs, _is_web, progress)
    offered = [
        (one, file, rights)
        for one, file in kept
        if one.shown
        and (rights := rights_of(one.picture)) is not None
        and works[_web_key(file, quick)].about.get("refused") is None
    ]
    tasks = (
        _for_print(file, rights, quick, works[_web_key(file, quick)].about) for _, file, rights in offered
    )
    printed = work_through(tasks, memory, jobs, _is_print, progress)
    found = Shown()
    seen: set[str] = set()
    for one, file in kept:
        work = works[_web_key(file, quick)]
        if one.source not in seen:
            found.problems += _problems(one, work.about)
        seen.add(one.source)
        if one.shown and work.about.get("refused") is None and one.source not in found.pictures:
            prints = [
                _print_file(one.source, file, rights, printed[_print_key(file, rights, quick)], found.stored)
                for rights in _distinct(r for other, _, r in offered if other.source == one.source)
            ]
            found.pictures[one.source] = _picture_file(one.source, file, work, tuple(prints), found.stored)
    return found


def previews_of(
    previews: Iterable[Preview], memory: Memory, jobs: int, progress: Callable[[int, int], None]
) -> dict[str, Stored]:
    """Draw the pictures that stand for pages; return them by their path in output/."""
    keys = {one: _preview_key(one) for one in previews}
    tasks = (Task(key, partial(_drawn, one)) for one, key in keys.items())
    works = work_through(tasks, memory, jobs, _is_drawn, progress, least=_PREVIEWS_PAY)
    return {one.path: works[key].files[0] for one, key in keys.items()}


def _distinct(rights: Iterable[Rights]) -> list[Rights]:
    return list({one.key: one for one in rights}.values())


def _web_key(file: SourceFile, quick: bool) -> str:
    kind = "quick picture" if quick else "picture"
    return of_bytes(f"{kind} {of_codecs()} {of_modules(*PICTURE_MODULES)} {file.digest}".encode())


def _print_key(file: SourceFile, rights: Rights, quick: bool) -> str:
    return of_bytes(f"print {_web_key(file, quick)} {rights.key}".encode())


def _for_web(file: SourceFile, quick: bool) -> Task:
    return Task(_web_key(file, quick), partial(_encoded, file, quick))


def _for_print(file: SourceFile, rights: Rights, quick: bool, about: Mapping[str, Any]) -> Task:
    making = partial(_uploaded, file, about) if quick else partial(_printed, file, rights)
    return Task(_print_key(file, rights, quick), making)


def _encoded(file: SourceFile, quick: bool) -> Result:
    # Pillow takes a tenth of a second to import: only where there are new pictures.
    from stadtnetz.render.images import PictureError, encode

    try:
        picture = encode(file.data, quick=quick)
    except PictureError as error:
        about = {"refused": error.code, "width": error.width, "height": error.height, "form": error.form}
        return Result(about)
    files = [[one.form, one.width, one.height] for one in picture.files]
    width, height = picture.size
    about = {"form": picture.form, "width": width, "height": height, "files": files}
    return Result(about, tuple(one.data for one in picture.files))


def _printed(file: SourceFile, rights: Rights) -> Result:
    from stadtnetz.render.images import encode_for_print  # see above

    one = encode_for_print(file.data, rights.credit, rights.licence, rights.licence_url)
    return Result({"width": one.width, "height": one.height, "weight": len(one.data)}, (one.data,))


def _uploaded(file: SourceFile, about: Mapping[str, Any]) -> Result:
    data = file.data
    return Result({"width": about["width"], "height": about["height"], "weight": len(data)}, (data,))


def _preview_key(preview: Preview) -> str:
    return of_bytes(f"preview {of_codecs()} {of_modules(*PREVIEW_MODULES)} {preview.path}".encode())


def _drawn(preview: Preview) -> Result:
    from stadtnetz.render.previews import draw  # see above

    return Result({"drawn": 1}, (draw(preview),))


def _is_drawn(about: Mapping[str, Any]) -> bool:
    return dict(about) == {"drawn": 1}


def _is_web(about: Mapping[str, Any]) -> bool:
    match about:
        case {"refused": str(code), "width": int(), "height": int(), "form": str()}:
            return code in _REFUSALS
        case {"form": str(form), "width": int(), "height": int(), "files": list(files)}:
            return form in _FORMS.values() and bool(files) and all(map(_is_file, files))
    return False


def _is_file(file: object) -> bool:
    match file:
        case [str(form), int(), int()]:
            return form in ("avif", "webp", "jpg", "png")
    return False


def _is_print(about: Mapping[str, Any]) -> bool:
    match about:
        case {"width": int(), "height": int(), "weight": int()}:
            return True
    return False


def _problems(one: NamedPicture, about: Mapping[str, Any]) -> list[Diagnostic]:
    """Say what is wrong with a picture, or only odd."""
    path = one.source
    name = path.rpartition("/")[2]
    width, height, form = about["width"], about["height"], about["form"]
    if code := about.get("refused"):
        return [problem(code, one.named_in, one.span, file=name, width=width, height=height, form=form)]
    found = []
    ending = name[name.rindex(".") :]
    if _FORMS[ending.lower()] != form:
        right = next(known for known, its in _FORMS.items() if its == form)
        found.append(
            problem("picture-misnamed", one.named_in, one.span, file=name, form=form, suggestion=right)
        )
    if one.picture.licence is Licence.PRESS and max(width, height) < PRINTABLE:
        found.append(
            problem("picture-small-for-press", one.named_in, one.span, file=name, width=width, height=height)
        )
    return found


def _picture_file(
    source: str, file: SourceFile, work: Work, prints: tuple[PrintFile, ...], stored: dict[str, Stored]
) -> PictureFile:
    """Name the files of a picture, by its own name and the digest of what was uploaded."""
    name = source.rpartition("/")[2].rpartition(".")[0]
    by_form: dict[str, list[Candidate]] = {"avif": [], "webp": [], "jpg": [], "png": []}
    for (form, width, _), one in zip(work.about["files"], work.files, strict=True):
        path = f"bilder/{name}.{file.digest[:8]}.{width}.{form}"
        by_form[form].append(Candidate(path, width))
        stored[path] = one
    _, width, height = max(work.about["files"], key=lambda one: one[1])
    plain = by_form["jpg"] or by_form["png"]
    return PictureFile(width, height, tuple(by_form["avif"]), tuple(by_form["webp"]), tuple(plain), prints)


def _print_file(
    source: str, file: SourceFile, rights: Rights, work: Work, stored: dict[str, Stored]
) -> PrintFile:
    name = source.rpartition("/")[2].rpartition(".")[0]
    path = f"bilder/druck/{name}.{of_bytes(f'{file.digest} {rights.key}'.encode())[:8]}.jpg"
    stored[path] = work.files[0]
    about = work.about
    return PrintFile(rights.key, path, about["width"], about["height"], about["weight"])
