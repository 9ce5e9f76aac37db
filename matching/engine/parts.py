"""What each component says of each pair; made by ``features``, weighed by ``scoring``."""

from dataclasses import dataclass

from matching.engine.packing import Floats


@dataclass(frozen=True, slots=True)
class Parts:
    """value float64[pairs, components]: fit in [0, 1] or NaN; known float64[pairs, components]: how much of it is
    known, in [0, 1]."""

    value: Floats
    known: Floats
