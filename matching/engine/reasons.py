"""Why a pair is ruled out: codes only, so that whoever words them needs no arrays."""

from typing import Final

INACTIVE: Final = "inactive"
NOT_VISIBLE: Final = "not_visible"
NOT_SHARED: Final = "not_shared"
SAME_ORGANIZATION: Final = "same_organization"
SAME_GROUP: Final = "same_group"
EXCLUDED_BY_NEED: Final = "excluded_by_need"
EXCLUDED_BY_RESOURCE: Final = "excluded_by_resource"
DISMISSED: Final = "dismissed"
NO_CAPACITY: Final = "no_capacity"
KIND_MISMATCH: Final = "kind_mismatch"
TRL_GAP: Final = "trl_gap"
METRIC_IMPOSSIBLE: Final = "metric_impossible"
EXPOSURE_CAP: Final = "exposure_cap"
"""Not a constraint: the pair is a candidate, and was not proposed because its resource was often enough this week."""
TOLD_AS_CONDITIONS: Final = "other_side"
"""Not a constraint: what a reader is told where only the other side may know which of its conditions it was."""

REASONS: Final = (
    INACTIVE, NOT_VISIBLE, SAME_ORGANIZATION, EXCLUDED_BY_NEED, DISMISSED, NO_CAPACITY, KIND_MISMATCH, TRL_GAP,
    METRIC_IMPOSSIBLE, NOT_SHARED, SAME_GROUP, EXCLUDED_BY_RESOURCE,
)  # fmt: skip
"""In the order in which they are checked. What the resource's side alone knows comes last: it is counted only where
nothing that both may know rules the pair out, and so adds nothing to any other count."""

CONFLICTS: Final = (
    INACTIVE, NOT_VISIBLE, SAME_ORGANIZATION, EXCLUDED_BY_NEED, DISMISSED, NOT_SHARED, SAME_GROUP, EXCLUDED_BY_RESOURCE,
)  # fmt: skip
"""Nobody may bring these two together. Of the others, what does not fit today, people may think better."""
