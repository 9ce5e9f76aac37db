"""Why pairs were ruled out, as a reader may be told it: the one place that knows whose affair a reason is."""

from collections.abc import Mapping
from typing import Final

from matching.engine.reasons import (
    EXCLUDED_BY_NEED,
    EXCLUDED_BY_RESOURCE,
    INACTIVE,
    NOT_SHARED,
    NOT_VISIBLE,
    SAME_GROUP,
    TOLD_AS_CONDITIONS,
)
from zones.scoping import Principal

OF_THE_RESOURCE: Final = frozenset({EXCLUDED_BY_RESOURCE, NOT_SHARED, SAME_GROUP})
"""Whom a resource serves, and to which group its owner belongs: its own side's affair."""
OF_THE_NEED: Final = frozenset({EXCLUDED_BY_NEED})
UNSEEN: Final = frozenset({INACTIVE, NOT_VISIBLE})
"""Said of resources that the need's side may not see: not even their number is for it."""


def told_reason(reason: str, *, is_need_side: bool, is_resource_side: bool) -> str:
    """The reason of one pair as told to a reader of these sides: what the other side alone decides becomes one neutral
    reason, so that nobody can tell an exclusion from what else that side asks for.
    """
    hidden = (frozenset() if is_resource_side else OF_THE_RESOURCE) | (frozenset() if is_need_side else OF_THE_NEED)
    return TOLD_AS_CONDITIONS if reason in hidden else reason


def told_counts(counts: Mapping[str, int], principal: Principal) -> dict[str, int]:
    """How many candidates of a need each reason took out, most first, as told to the need's side.

    They are of many resources, and nobody but the system is on the side of all of them. What a resource's side alone
    decides is in no count: a resource that is not shared is no candidate at all, and one that excludes the need must
    look the same. Under a neutral name the number would still be that of the exclusions.
    """
    hidden = frozenset() if principal.is_system else UNSEEN | OF_THE_RESOURCE
    told = [(reason, count) for reason, count in counts.items() if reason not in hidden]
    return dict(sorted(told, key=lambda item: (-item[1], item[0])))
