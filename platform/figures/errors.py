"""What figures refuse, and what to do then."""

from zones.errors import DomainError


class FigureRefused(DomainError):
    """The figure cannot be given as it was asked: a year is missing, a period has not begun."""

    code = "figure_refused"


class ReportsFailed(Exception):
    """Some reports could not be made; the others are, and the log says of each why."""
