"""Compiled templates, kept in memory and beside the program."""

from __future__ import annotations

import marshal
from types import CodeType
from typing import TYPE_CHECKING

from jinja2 import BytecodeCache

from stadtnetz.beside import keep, kept

if TYPE_CHECKING:
    from jinja2.bccache import Bucket

    from stadtnetz.render.references import Named

__all__ = ["Compiled", "SharedCode"]

_VERSIONS = 3
"""How many texts of a template are kept on average."""


class Compiled:
    """What this process made of templates, by their names and texts."""

    def __init__(self) -> None:
        self.code: dict[str, CodeType] = {}
        self.named: dict[tuple[str, str], Named] = {}

    def limit(self, templates: int) -> None:
        """Begin anew once most of it is of texts that templates had before."""
        if max(len(self.code), len(self.named)) > _VERSIONS * templates:
            self.code.clear()
            self.named.clear()


class SharedCode(BytecodeCache):
    """Lets languages share compiled templates, and processes as well."""

    def __init__(self, code: dict[str, CodeType]) -> None:
        self._code = code

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give Jinja the code of a template, if it is known."""
        name = _name_of(bucket)
        code = self._code.get(name) or _load(_place_of(bucket), name)
        if code is not None:
            bucket.code = self._code[name] = code

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Take the code of a template that Jinja compiled."""
        if bucket.code is not None:
            self._code[_name_of(bucket)] = bucket.code
            keep(_place_of(bucket), _name_of(bucket), marshal.dumps(bucket.code))


def _name_of(bucket: Bucket) -> str:
    """Return what stands for a template's name and text."""
    return f"{bucket.key} {bucket.checksum}"


def _place_of(bucket: Bucket) -> str:
    """Return where the code of a template stands; another text takes the place of the last one."""
    return f"template-{bucket.key}"


def _load(place: str, name: str) -> CodeType | None:
    data = kept(place, name)
    found = None if data is None else marshal.loads(data)  # noqa: S302 - written by this very program: see `beside`
    return found if isinstance(found, CodeType) else None
