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

REASONS: Final = (
    INACTIVE, NOT_VISIBLE, NOT_SHARED, SAME_ORGANIZATION, SAME_GROUP, EXCLUDED_BY_NEED, EXCLUDED_BY_RESOURCE, DISMISSED,
    NO_CAPACITY, KIND_MISMATCH, TRL_GAP, METRIC_IMPOSSIBLE,
)  # fmt: skip
"""In the order in which they are checked: rights first, facts of the matter last."""
