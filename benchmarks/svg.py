"""Small pictures without a library: boxes, arrows, bars and lines as SVG text."""

from collections.abc import Sequence
from html import escape
from math import log10
from pathlib import Path
from typing import Final, NamedTuple

INK: Final = "#1f2937"
PALE: Final = "#eef2ff"
BLUE: Final = "#3b5bdb"
GREEN: Final = "#2b8a3e"
RED: Final = "#c92a2a"
GREY: Final = "#868e96"
FONT: Final = "'Noto Sans CJK SC','PingFang SC','Microsoft YaHei',sans-serif"


class Bar(NamedTuple):
    """One bar of a chart with what stands before and behind it; low and high draw an interval."""

    label: str
    value: float
    note: str
    low: float | None = None
    high: float | None = None


def picture(path: Path, width: int, height: int, title: str, parts: Sequence[str]) -> None:
    """Write one picture; the title is read to those who cannot see it."""
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" '
        f'aria-label="{escape(title, quote=True)}" font-family="{FONT}" font-size="14" fill="{INK}">'
    )
    arrow = (
        '<defs><marker id="tip" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8" markerHeight="8" orient="auto">'
        f'<path d="M0 0L8 4L0 8z" fill="{GREY}"/></marker></defs>'
    )
    ground = f'<rect width="{width}" height="{height}" fill="#fff"/>'
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join([head, arrow, ground, *parts, "</svg>"]) + "\n", encoding="utf-8")


def text(x: float, y: float, words: str, *, size: int = 14, anchor: str = "start", color: str = INK) -> str:
    """One line of text; y is its baseline."""
    return f'<text x="{x:g}" y="{y:g}" font-size="{size}" text-anchor="{anchor}" fill="{color}">{escape(words)}</text>'


def box(x: float, y: float, width: float, height: float, *, fill: str = PALE, stroke: str = BLUE) -> str:
    """A rounded box."""
    return f'<rect x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" rx="6" fill="{fill}" stroke="{stroke}"/>'


def arrow(x1: float, y1: float, x2: float, y2: float, *, color: str = GREY) -> str:
    """A line with a tip at its end."""
    return (
        f'<line x1="{x1:g}" y1="{y1:g}" x2="{x2:g}" y2="{y2:g}" stroke="{color}" stroke-width="1.5" '
        'marker-end="url(#tip)"/>'
    )


def boxed(x: float, y: float, width: float, lines: Sequence[str], *, fill: str = PALE, stroke: str = BLUE) -> str:
    """A box with centred lines, the first one larger."""
    height = 18 * len(lines) + 16
    rows = [
        text(x + width / 2, y + 22 + 18 * place, line, size=14 if place == 0 else 12, anchor="middle")
        for place, line in enumerate(lines)
    ]
    return "\n".join([box(x, y, width, height, fill=fill, stroke=stroke), *rows])


def bars(path: Path, title: str, rows: Sequence[Bar], *, width: int = 860) -> None:
    """Horizontal bars from a common zero, negative ones to the left, with intervals where given."""
    left, right, step = 210, 190, 26
    reach = [bound for row in rows for bound in (row.value, row.low or 0.0, row.high or 0.0)]
    least, most = min(0.0, *reach), max(1e-9, *reach)
    scale = (width - left - right) / (most - least)
    zero = left - least * scale
    parts = [text(16, 26, title, size=16)]
    for place, row in enumerate(rows):
        y = 44 + place * step
        start, length = (zero, row.value * scale) if row.value >= 0 else (zero + row.value * scale, -row.value * scale)
        color = BLUE if row.value >= 0 else RED
        parts += [
            text(left - 10, y + 15, row.label, anchor="end"),
            f'<rect x="{start:.1f}" y="{y}" width="{length:.1f}" height="18" fill="{color}"/>',
            text(width - right + 12, y + 15, row.note, size=12, color=GREY),
        ]
        if row.low is not None and row.high is not None:
            ends = f'x1="{zero + row.low * scale:.1f}" x2="{zero + row.high * scale:.1f}"'
            parts.append(f'<line {ends} y1="{y + 9}" y2="{y + 9}" stroke="{INK}" stroke-width="2"/>')
    parts.append(f'<line x1="{zero:.1f}" x2="{zero:.1f}" y1="38" y2="{44 + step * len(rows)}" stroke="{INK}"/>')
    picture(path, width, 60 + step * len(rows), title, parts)


def growth(path: Path, title: str, points: Sequence[tuple[float, float]], *, unit: str) -> None:
    """A line on logarithmic axes through the measured points, each with its figures."""
    width, height, edge = 560, 320, 60
    xs, ys = [log10(x) for x, _ in points], [log10(y) for _, y in points]
    across = (width - 2 * edge) / max(xs[-1] - xs[0], 1e-9)
    up = (height - 2 * edge) / max(max(ys) - min(ys), 1e-9)
    places = [(edge + (x - xs[0]) * across, height - edge - (y - min(ys)) * up) for x, y in zip(xs, ys, strict=True)]
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
    parts = [text(16, 26, title, size=16), f'<polyline points="{line}" fill="none" stroke="{BLUE}" stroke-width="2"/>']
    for (x, y), (size, value) in zip(places, points, strict=True):
        parts += [
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="{BLUE}"/>',
            text(
                x, y - 12, f"{value:,.0f} {unit}" if value >= 100 else f"{value:.3g} {unit}", size=12, anchor="middle"
            ),
            text(x, height - 24, f"{size:,.0f}", size=12, anchor="middle", color=GREY),
        ]
    picture(path, width, height, title, parts)
