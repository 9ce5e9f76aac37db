"""The tables of figures."""

from figures.models.locks import LockedFigure
from figures.models.observations import Observation, Series
from figures.models.reports import FigureReport
from figures.models.rollups import Rollup, SourceMark

__all__ = ["FigureReport", "LockedFigure", "Observation", "Rollup", "Series", "SourceMark"]
