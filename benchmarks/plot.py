"""Draws time and memory against the number of news: two panels, both axes logarithmic, as a plain SVG.

On such axes linear growth is a straight line that rises by one square a square; a grey line shows it.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

__all__ = ["Panel", "draw"]

_WIDTH, _HEIGHT, _LEFT, _TOP, _GAP = 340, 260, 64, 40, 96
_INK, _SOFT, _LINE = "#1a1a1a", "#8a8a8a", "#0b5fa5"

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Panel:
    """One diagram: what it shows, in which unit, and the points."""

    title: str
    unit: str
    points: Sequence[Point]


def draw(panels: Sequence[Panel], description: str) -> str:
    """Return an SVG with the panels side by side; the description is for those who can't see it."""
    width = _LEFT + len(panels) * (_WIDTH + _GAP) - _GAP + 24
    height = _TOP + _HEIGHT + 56
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" '
        f'font-family="sans-serif" font-size="13" fill="{_INK}">',
        f"<title>{description}</title>",
        f'<rect width="{width}" height="{height}" fill="#ffffff"/>',
    ]
    for number, panel in enumerate(panels):
        parts += _panel(panel, _LEFT + number * (_WIDTH + _GAP))
    return "\n".join([*parts, "</svg>"]) + "\n"


def _decades(values: Sequence[float]) -> tuple[int, int]:
    low, high = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))
    return low, max(high, low + 1)


def _panel(panel: Panel, left: int) -> list[str]:
    x_low, x_high = _decades([point[0] for point in panel.points])
    y_low, y_high = _decades([point[1] for point in panel.points])

    def x_at(value: float) -> float:
        return left + _WIDTH * (math.log10(value) - x_low) / (x_high - x_low)

    def y_at(value: float) -> float:
        return _TOP + _HEIGHT * (1 - (math.log10(value) - y_low) / (y_high - y_low))

    middle = left + _WIDTH / 2
    parts = [f'<text x="{middle:.0f}" y="20" text-anchor="middle" font-weight="bold">{panel.title}</text>']
    for power in range(x_low, x_high + 1):
        at = x_at(10**power)
        parts.append(f'<path d="M{at:.1f} {_TOP}v{_HEIGHT}" stroke="#dddddd"/>')
        parts.append(
            f'<text x="{at:.1f}" y="{_TOP + _HEIGHT + 20}" text-anchor="middle">{10**power:,}</text>'
        )
    for power in range(y_low, y_high + 1):
        at = y_at(10**power)
        parts.append(f'<path d="M{left} {at:.1f}h{_WIDTH}" stroke="#dddddd"/>')
        label = f"{10**power:,}" if power >= 0 else f"{10.0**power:g}"
        parts.append(f'<text x="{left - 8}" y="{at + 4:.1f}" text-anchor="end">{label}</text>')
    parts.append(f'<text x="{middle:.0f}" y="{_TOP + _HEIGHT + 44}" text-anchor="middle">news</text>')
    return [*parts, *_lines(panel, x_at, y_at)]


def _lines(panel: Panel, x_at: Callable[[float], float], y_at: Callable[[float], float]) -> list[str]:
    """Draw linear growth through the last point, the measured line, and each value beside its point."""
    last_x, last_y = panel.points[-1]
    first_x = panel.points[0][0]
    bottom = min(point[1] for point in panel.points)
    start = max(first_x, last_x * 10 ** math.floor(math.log10(bottom)) / last_y)
    parts = [
        f'<path d="M{x_at(start):.1f} {y_at(last_y * start / last_x):.1f}L{x_at(last_x):.1f} {y_at(last_y):.1f}" '
        f'stroke="{_SOFT}" stroke-dasharray="4 4" fill="none"/>'
    ]
    path = "L".join(f"{x_at(x):.1f} {y_at(y):.1f}" for x, y in panel.points)
    parts.append(f'<path d="M{path}" stroke="{_LINE}" stroke-width="2" fill="none"/>')
    for x, y in panel.points:
        parts.append(f'<circle cx="{x_at(x):.1f}" cy="{y_at(y):.1f}" r="4" fill="{_LINE}"/>')
        value = f"{y:.1f}" if y < 100 else f"{y:,.0f}"
        anchor = "start" if x == first_x else "end"
        parts.append(
            f'<text x="{x_at(x) + (8 if anchor == "start" else -8):.1f}" y="{y_at(y) - 9:.1f}" '
            f'text-anchor="{anchor}">{value} {panel.unit}</text>'
        )
    return parts
