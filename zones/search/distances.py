"""How far records are from a place: unit vectors, so that of many records one product tells which are near."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

EARTH_RADIUS_KM: Final = 6371.0088
Vectors = NDArray[np.float64]


def unit_vectors(latitude: NDArray[np.float64], longitude: NDArray[np.float64]) -> Vectors:
    """Return where places (degrees) lie on the unit sphere: float64[n, 3]; NaN stays NaN."""
    lat, lon = np.radians(latitude), np.radians(longitude)
    return np.column_stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)])


def nearness(places: Vectors, origin: tuple[float, float]) -> NDArray[np.float64]:
    """Return the cosine of the angle between places and an origin (degrees): more is nearer; float64[n].

    Added up column by column: of a matrix product the last bit may depend on where a row stands.
    """
    ((x, y, z),) = unit_vectors(np.array([origin[0]]), np.array([origin[1]]))
    cosine: NDArray[np.float64] = places[:, 0] * x + places[:, 1] * y + places[:, 2] * z
    return cosine


def nearness_at(km: float) -> float:
    """Return the nearness of what is that far away."""
    return float(np.cos(km / EARTH_RADIUS_KM))


def distance_km(nearness: float) -> float:
    """Return the great-circle distance of a nearness."""
    return EARTH_RADIUS_KM * float(np.arccos(np.clip(nearness, -1.0, 1.0)))
