"""What the resource map shows: zones as points, those that would overlap as one, flows between zones as arcs."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from math import hypot, log10
from typing import Final, NamedTuple

from matching.services.flows import ZoneLink
from portal.projection import HEIGHT, WIDTH, Bounds, Frame, Spot, around, frame_of, graticule
from zones.models import Zone

APART: Final = 34.0
"""Zones nearer to each other than this in the drawing are one point."""
LEAST_DEGREES: Final = 0.8
LARGEST, SMALLEST = 24.0, 9.0
BEND: Final = 0.18
SCALES_KM: Final = (1000, 500, 200, 100, 50, 20, 10)
WHOLE: Final = Bounds(74.0, 18.0, 134.0, 52.0)
"""Where there are national high-tech zones, and somewhat more."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A zone with how many records were found there."""

    zone: Zone
    longitude: float
    latitude: float
    count: int


@dataclass(slots=True)
class Point:
    """One zone, or several that lie together. `url` leads to its records, or nearer."""

    x: float
    y: float
    zones: list[Placed] = field(default_factory=list)
    url: str = ""
    is_chosen: bool = False

    @property
    def count(self) -> int:
        return sum(one.count for one in self.zones)

    @property
    def radius(self) -> float:
        """Grows by the digits of the count: areas would let the largest hide all others."""
        return round(min(SMALLEST + 5.5 * log10(max(self.count, 1)), LARGEST), 1)

    @property
    def is_several(self) -> bool:
        return len(self.zones) > 1

    @property
    def label(self) -> str:
        """The count, shortened where it would not fit."""
        return str(self.count) if self.count < 1000 else f"{self.count / 1000:.0f}k"


@dataclass(frozen=True, slots=True)
class Arc:
    """A flow as it is drawn."""

    path: str
    width: float
    origin: Zone
    target: Zone
    count: int


class Scale(NamedTuple):
    """A bar of so many km, as long as they are in the middle of the drawing."""

    km: int
    length: float


@dataclass(frozen=True, slots=True)
class Atlas:
    """The drawing: lines of the graticule as paths, quiet places, points, arcs, and its scale."""

    lines: Sequence[str]
    quiet: Sequence[Spot]
    points: Sequence[Point]
    arcs: Sequence[Arc]
    scale: Scale


def atlas_of(
    places: Sequence[Placed], flows: Sequence[ZoneLink], bounds: Bounds, *, url_of: Callable[[Point], str],
    chosen: Sequence[str],
) -> Atlas:  # fmt: skip
    """Draw what lies within some bounds."""
    frame = frame_of(bounds)
    points = _points([one for one in places if one.count and bounds.holds(one.longitude, one.latitude)], frame)
    for point in points:
        point.url = url_of(point)
        point.is_chosen = any(one.zone.slug in chosen for one in point.zones)
    quiet = [frame.spot(one.longitude, one.latitude) for one in places if not one.count]
    return Atlas(
        lines=[
            _path(line) for line in graticule(frame, 10.0 if frame.scale < 0.6 else 5.0 if frame.scale < 2 else 1.0)
        ],
        quiet=[_rounded(spot) for spot in quiet if _is_inside(spot)],
        points=points,
        arcs=_arcs(flows, {one.zone.pk: one for one in places}, frame),
        scale=_scale(frame),
    )


def bounds_of(zones: Sequence[Placed]) -> Bounds:
    """Where to look to see some zones apart."""
    return around([(one.longitude, one.latitude) for one in zones], least=LEAST_DEGREES)


def can_part(zones: Sequence[Placed]) -> bool:
    """Whether looking nearer would show the zones apart."""
    frame = frame_of(bounds_of(zones))
    first, *others = (frame.spot(one.longitude, one.latitude) for one in zones)
    return any(hypot(first.x - spot.x, first.y - spot.y) > APART for spot in others)


def _points(places: Sequence[Placed], frame: Frame) -> list[Point]:
    """The zones with most records first; whoever is too near joins them."""
    points: list[Point] = []
    for one in sorted(places, key=lambda place: (-place.count, place.zone.slug)):
        x, y = _rounded(frame.spot(one.longitude, one.latitude))
        near = next((point for point in points if hypot(point.x - x, point.y - y) < APART), None)
        if near is None:
            points.append(near := Point(x, y))
        near.zones.append(one)
    return points


def _arcs(flows: Sequence[ZoneLink], places: Mapping[int, Placed], frame: Frame) -> list[Arc]:
    """The strongest last, so that they lie above."""
    arcs = []
    for flow in sorted(flows, key=lambda one: (one.count, one.origin, one.target)):
        origin, target = places[flow.origin], places[flow.target]
        ends = [frame.spot(one.longitude, one.latitude) for one in (origin, target)]
        if any(_is_inside(end) for end in ends):
            width = round(1.25 + 1.5 * log10(flow.count), 2)
            arcs.append(Arc(_bent(*ends), width, origin.zone, target.zone, flow.count))
    return arcs


def _bent(start: Spot, end: Spot) -> str:
    """A curve that leaves to its left: there and back are two curves."""
    x = (start.x + end.x) / 2 + BEND * (end.y - start.y)
    y = (start.y + end.y) / 2 - BEND * (end.x - start.x)
    return f"M{start.x:.1f} {start.y:.1f}Q{x:.1f} {y:.1f} {end.x:.1f} {end.y:.1f}"


def _scale(frame: Frame) -> Scale:
    fit = next((km for km in SCALES_KM if km * frame.scale <= WIDTH / 5), SCALES_KM[-1])
    return Scale(fit, round(fit * frame.scale, 1))


def _path(line: Sequence[Spot]) -> str:
    return "M" + "L".join(f"{spot.x:.0f} {spot.y:.0f}" for spot in line)


def _rounded(spot: Spot) -> Spot:
    return Spot(round(spot.x, 1), round(spot.y, 1))


def _is_inside(spot: Spot) -> bool:
    return 0 <= spot.x <= WIDTH and 0 <= spot.y <= HEIGHT
