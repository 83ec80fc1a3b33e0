"""Compiled templates, kept in memory and beside the program.

Compiling the templates of one page takes as long as everything else that an edit makes necessary. What comes out is
code, so it must not stand in .build/, which may come from a cache that others write. It stands where Python keeps the
compiled program, under the same rules: whoever can write there can change the program itself.
"""

from __future__ import annotations

import marshal
import os
from contextlib import suppress
from hashlib import blake2b
from importlib.util import cache_from_source
from pathlib import Path
from types import CodeType
from typing import TYPE_CHECKING

from jinja2 import BytecodeCache

from stadtnetz.fingerprint import of_program

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
        code = self._code.get(name) or _load(_file_of(bucket), name)
        if code is not None:
            bucket.code = self._code[name] = code

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Take the code of a template that Jinja compiled."""
        if bucket.code is not None:
            self._code[_name_of(bucket)] = bucket.code
            _save(_file_of(bucket), _name_of(bucket), bucket.code)


def _name_of(bucket: Bucket) -> str:
    """Return what stands for a template's name and text."""
    return f"{bucket.key} {bucket.checksum}"


def _file_of(bucket: Bucket) -> Path:
    """Return where the code of a template stands; another text takes the place of the last one."""
    module = Path(__file__).with_name(f"template-{bucket.key}.py")
    return Path(cache_from_source(str(module))).with_suffix(".code")


def _load(path: Path, name: str) -> CodeType | None:
    try:
        first, _, data = path.read_bytes().partition(b"\n")
    except OSError:
        return None
    if first != _first_line(name, data):
        return None  # of another text, or another program; or damaged
    found = marshal.loads(data)  # noqa: S302 - written by this very program: see above
    return found if isinstance(found, CodeType) else None


def _save(path: Path, name: str, code: CodeType) -> None:
    data = marshal.dumps(code)
    beside = path.with_name(f"{path.name}.{os.getpid()}")
    with suppress(OSError):  # where Python keeps nothing, we don't either: the next process compiles it again
        beside.write_bytes(_first_line(name, data) + b"\n" + data)
        beside.replace(path)


def _first_line(name: str, data: bytes) -> bytes:
    return f"{of_program()} {name} {blake2b(data, digest_size=16).hexdigest()}".encode()
