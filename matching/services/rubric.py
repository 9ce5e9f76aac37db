"""From four grades to a decision, by the thresholds of a policy. Source: the scored peer review of the Enterprise
Europe Network.
"""

from dataclasses import dataclass
from typing import Protocol

from matching.choices import ReviewDecision


class Thresholds(Protocol):
    """What a review policy says."""

    pass_from: int
    return_from: int
    does_zero_return: bool
    comment_below: int


@dataclass(frozen=True, slots=True)
class Grades:
    """Each 0–5: is it needed, is it clear, what is expected of a partner, does the text hide who asks."""

    necessity: int
    clarity: int
    cooperation: int
    deidentification: int

    @property
    def each(self) -> tuple[int, ...]:
        return (self.necessity, self.clarity, self.cooperation, self.deidentification)

    @property
    def total(self) -> int:
        return sum(self.each)


def decision_of(grades: Grades, policy: Thresholds) -> ReviewDecision:
    """Too few points reject; fewer than it takes to pass, or any zero where zeros count, return; else it passes."""
    if grades.total < policy.return_from:
        return ReviewDecision.REJECT
    has_counting_zero = policy.does_zero_return and min(grades.each) == 0
    if grades.total < policy.pass_from or has_counting_zero:
        return ReviewDecision.RETURN
    return ReviewDecision.PASS


def needs_comment(grades: Grades, policy: Thresholds) -> bool:
    """Whether the submitter must be told why."""
    return min(grades.each) < policy.comment_below
