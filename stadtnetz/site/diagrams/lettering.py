"""How much room words take in a drawing, where no browser breaks lines.

The widths are those of DejaVu Sans, the widest of the stylesheet's fonts, rounded up: whatever a reader's
device has, a line that fits here fits there. Source: the font's own table of advance widths, https://dejavu-fonts.github.io/.
"""

from __future__ import annotations

import re

__all__ = ["broken", "width_of"]

_EM = {
    character: em
    for em, characters in (
        (0.29, "ijl'"),
        (0.38, " .,:;·|/-I\N{NO-BREAK SPACE}"),
        (0.42, "ftr()!"),
        (0.57, "csz„“"),
        (0.84, "+=<>~#&"),
        (1.0, "mwMWOQÖ@%–—…"),
    )
    for character in characters
}
_EM_OTHERS, _EM_LARGE = 0.645, 0.78
_PIECE = re.compile(r"[^ /-]+[/-]*|[/-]+")


def width_of(text: str, size: float) -> float:
    """Return the room that a line takes at a size of letters, in the units of that size."""
    return size * sum(_em(character) for character in text)


def _em(character: str) -> float:
    return _EM.get(character, _EM_LARGE if character.isupper() else _EM_OTHERS)


def broken(text: str, size: float, room: float) -> tuple[str, ...]:
    """Break a text between words and after hyphens, so that no line is wider than `room`; within a word if need be."""
    lines: list[str] = []
    line = ""
    end = 0
    for match in _PIECE.finditer(text):
        between = " " if match.start() > end and line else ""
        end = match.end()
        if line and width_of(line + between + match[0], size) > room:
            lines.append(line)
            line, between = "", ""
        line += between
        for character in match[0]:
            if line and width_of(line + character, size) > room:
                lines.append(line)
                line = ""
            line += character
    return (*lines, line) if line else tuple(lines)
