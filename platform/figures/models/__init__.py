"""The tables of figures."""

from figures.models.locks import LockedFigure
from figures.models.observations import Observation, Series

__all__ = ["LockedFigure", "Observation", "Series"]
