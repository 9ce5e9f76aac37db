"""The plane the resource map is drawn on: Albers' equal-area conic, with the two standard parallels maps of China use.

Formulas for the sphere: Snyder, Map Projections: A Working Manual (USGS Professional Paper 1395, 1987), eq. 14-1 to
14-6. No outline of any country or province is drawn, and none is stored.
"""

from collections.abc import Iterable
from math import asin, cos, hypot, radians, sin
from typing import Final, NamedTuple

from zones.search.distances import EARTH_RADIUS_KM

SOUTH, NORTH, MIDDLE = radians(25.0), radians(47.0), radians(105.0)
N: Final = (sin(SOUTH) + sin(NORTH)) / 2
C: Final = cos(SOUTH) ** 2 + 2 * N * sin(SOUTH)
WIDTH, HEIGHT = 960.0, 660.0
"""Of the drawing, in its own units."""
MARGIN: Final = 36.0


class Spot(NamedTuple):
    """A point of the plane in km, or of the drawing in its units: y grows to the north there, and downwards here."""

    x: float
    y: float


class Bounds(NamedTuple):
    """A stretch of longitudes and latitudes, in degrees."""

    west: float
    south: float
    east: float
    north: float

    def holds(self, longitude: float, latitude: float) -> bool:
        return self.west <= longitude <= self.east and self.south <= latitude <= self.north


def project(longitude: float, latitude: float) -> Spot:
    """A place (degrees) in the plane, km east and north of where 105° E meets the equator's arc."""
    rho = EARTH_RADIUS_KM * (C - 2 * N * sin(radians(latitude))) ** 0.5 / N
    theta = N * (radians(longitude) - MIDDLE)
    return Spot(rho * sin(theta), EARTH_RADIUS_KM * C**0.5 / N - rho * cos(theta))


class Frame(NamedTuple):
    """What of the plane the drawing shows: the km at its left and upper edge, and units per km."""

    left: float
    top: float
    scale: float

    def spot(self, longitude: float, latitude: float) -> Spot:
        """Where a place lies in the drawing."""
        x, y = project(longitude, latitude)
        return Spot((x - self.left) * self.scale, (self.top - y) * self.scale)


def frame_of(bounds: Bounds) -> Frame:
    """The drawing that shows all of some bounds, in their middle."""
    edge = [project(longitude, latitude) for longitude, latitude in _edge(bounds)]
    west, east = min(spot.x for spot in edge), max(spot.x for spot in edge)
    south, north = min(spot.y for spot in edge), max(spot.y for spot in edge)
    scale = min((WIDTH - 2 * MARGIN) / max(east - west, 1.0), (HEIGHT - 2 * MARGIN) / max(north - south, 1.0))
    return Frame((west + east) / 2 - WIDTH / scale / 2, (south + north) / 2 + HEIGHT / scale / 2, scale)


def graticule(frame: Frame, step: float) -> list[list[Spot]]:
    """Lines of every so many degrees, as far as they can be seen."""
    meridians = [[(lon, lat) for lat in _steps(15.0, 56.0, 1.0)] for lon in _steps(70.0, 140.0, step)]
    parallels = [[(lon, lat) for lon in _steps(70.0, 140.0, 2.0)] for lat in _steps(15.0, 56.0, step)]
    lines = [[frame.spot(*place) for place in line] for line in (*meridians, *parallels)]
    return [seen for line in lines if len(seen := [spot for spot in line if _is_near(spot)]) > 1]


def great_circle_km(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Between two places (longitude, latitude), by the haversine of their angle."""
    (lon, lat), (lon2, lat2) = (tuple(map(radians, place)) for place in (one, other))
    half = hypot(sin((lat2 - lat) / 2), (cos(lat) * cos(lat2)) ** 0.5 * sin((lon2 - lon) / 2))
    return 2 * EARTH_RADIUS_KM * asin(min(half, 1.0))


def around(places: Iterable[tuple[float, float]], *, least: float) -> Bounds:
    """Bounds of some places (longitude, latitude), at least so many degrees wide and high, with a margin."""
    known = list(places)
    lons, lats = [lon for lon, _ in known], [lat for _, lat in known]
    wide, high = (max(least, 1.2 * (max(axis) - min(axis))) / 2 for axis in (lons, lats))
    lon, lat = (max(lons) + min(lons)) / 2, (max(lats) + min(lats)) / 2
    return Bounds(lon - wide, lat - high, lon + wide, lat + high)


def _edge(bounds: Bounds) -> list[tuple[float, float]]:
    """Points on the rim: its sides are curves in the plane."""
    lons = [bounds.west + (bounds.east - bounds.west) * part / 8 for part in range(9)]
    return [(lon, lat) for lon in lons for lat in (bounds.south, bounds.north)]


def _steps(first: float, last: float, step: float) -> list[float]:
    return [first + number * step for number in range(int((last - first) / step) + 1)]


def _is_near(spot: Spot) -> bool:
    return -WIDTH / 4 <= spot.x <= 1.25 * WIDTH and -HEIGHT / 4 <= spot.y <= 1.25 * HEIGHT
