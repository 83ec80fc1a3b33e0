"""The desk on which a release is sorted: every block lies there until a recogniser takes it, and none can vanish."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from msgspec import Struct, field

from stadtnetz.importing.blocks import Block

__all__ = ["Desk", "Doubt", "Role", "Sheaf"]


class Role(StrEnum):
    """What becomes of a block."""

    OPEN = "open"
    FURNITURE = "furniture"
    """About the page or the mail; listed in the draft, not shown."""
    READ = "read"
    """Its content went into fields; listed in the draft word for word."""
    FIELD = "field"
    """Stands as it is in a field."""
    HEADING = "heading"
    BODY = "body"
    REST = "rest"
    """Nobody knew where it belongs; kept at the end of the draft."""


class Doubt(Struct, frozen=True):
    """Something that an editor should look at: the field, a code of `words`, and what fills its blanks."""

    field: str
    code: str
    params: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, field_: str, code: str, **params: str) -> Doubt:
        """Make a doubt."""
        return cls(field_, code, tuple(sorted(params.items())))


class Sheaf(Struct):
    """A block with what became of it, and which rule or recogniser decided."""

    block: Block
    role: Role = Role.OPEN
    reason: str = ""

    @property
    def text(self) -> str:
        """Return the block's words."""
        return self.block.text.strip()


class Desk(Struct):
    """All blocks in their order."""

    sheaves: list[Sheaf]
    doubts: list[Doubt] = field(default_factory=list)

    @classmethod
    def of(cls, blocks: Iterable[Block]) -> Desk:
        """Lay out blocks; those without a word are left away."""
        return cls([Sheaf(block) for block in blocks if block.text.strip()])

    @property
    def open(self) -> list[int]:
        """Return the numbers of the blocks that nobody has taken yet."""
        return [number for number, one in enumerate(self.sheaves) if one.role is Role.OPEN]

    def take(self, number: int, role: Role, reason: str = "") -> None:
        """Give a block its role."""
        self.sheaves[number].role = role
        self.sheaves[number].reason = reason

    def split(self, number: int, at: int) -> None:
        """Make two blocks of one; what stands before `at` stays under its number."""
        sheaf = self.sheaves[number]
        first, second = sheaf.block.cut(0, at), sheaf.block.cut(at)
        self.sheaves[number : number + 1] = [
            Sheaf(first, sheaf.role, sheaf.reason),
            Sheaf(second, sheaf.role, sheaf.reason),
        ]

    def doubt(self, field_: str, code: str, **params: str) -> None:
        """Note what an editor should look at."""
        self.doubts.append(Doubt.of(field_, code, **params))
