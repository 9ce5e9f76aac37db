"""Who is proposed to whom, when everybody's capacity counts.

In this order: leave as few needs as possible without any partner, keep the promised share of other zones, make the
total rank value as large as possible; equal solutions prefer higher confidence, then the lower resource id. Two solvers
keep the same contract: ``flow`` is exact, ``auction`` says how far from the best its result is at most.
"""

from matching.engine.assignment.assign import SOLVERS, Assignment, assign
from matching.engine.assignment.flow import InfeasibleAssignment
from matching.engine.assignment.problem import UNIT, Choices, Limits, Rankable

__all__ = ["SOLVERS", "UNIT", "Assignment", "Choices", "InfeasibleAssignment", "Limits", "Rankable", "assign"]
