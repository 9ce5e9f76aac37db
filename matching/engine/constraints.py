"""What rules a pair out before anything is scored: one reason code per pair, the first that applies; never a cost."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from matching.engine.config import ScoringConfig
from matching.engine.encoding import UNKNOWN, NeedTable, ResourceTable
from matching.engine.facts import NEED_KINDS, RESOURCE_KINDS
from matching.engine.packing import Flags, Integers, Ragged
from matching.engine.pair_kernels import contains, shared_count
from matching.engine.reasons import (
    CONFLICTS,
    DISMISSED,
    EXCLUDED_BY_NEED,
    EXCLUDED_BY_RESOURCE,
    INACTIVE,
    KIND_MISMATCH,
    METRIC_IMPOSSIBLE,
    NO_CAPACITY,
    NOT_SHARED,
    NOT_VISIBLE,
    REASONS,
    SAME_GROUP,
    SAME_ORGANIZATION,
    TRL_GAP,
)

FREE: Final = -1
ANY_KIND: Final = frozenset(RESOURCE_KINDS) - {"finance_product", "enclave_space"}
COMPATIBLE_KINDS: Final[Mapping[str, frozenset[str]]] = {
    "joint_development": ANY_KIND,
    "commissioned_development": ANY_KIND,
    "technology_acquisition": ANY_KIND - {"testbed"},
    "testing_sharing": ANY_KIND - {"achievement"},
    "pilot_production": ANY_KIND - {"achievement"} | {"enclave_space"},
    "talent": frozenset({"expert_team", "laboratory", "achievement", "service", "enclave_space"}),
    "finance": frozenset({"finance_product"}),
    "demonstration_scenario": ANY_KIND,
    "consortium": ANY_KIND,
    "enclave_landing": frozenset({"enclave_space", "service"}),
}
"""Which kinds of resource can answer which kind of need; everything else is noise, however similar the words."""


@dataclass(frozen=True, slots=True)
class Verdicts:
    """reason int8[pairs]: position in ``REASONS``, or ``FREE`` where nothing rules the pair out."""

    reason: NDArray[np.int8]

    @property
    def is_free(self) -> Flags:
        """bool[pairs]: the pairs that may be scored."""
        free: Flags = self.reason == FREE
        return free


def check(
    needs: NeedTable,
    resources: ResourceTable,
    need_rows: Integers,
    resource_rows: Integers,
    impossible_metrics: Integers,
    config: ScoringConfig,
) -> Verdicts:
    """Return the first reason that rules each pair out; impossible_metrics int64[pairs] comes from
    ``features.metrics_of``."""
    rules = _rules(needs, resources, need_rows, resource_rows, config) | {METRIC_IMPOSSIBLE: impossible_metrics > 0}
    reason = np.full(need_rows.shape, FREE, dtype=np.int8)
    for number, name in reversed(list(enumerate(REASONS))):
        reason[rules[name]] = number
    return Verdicts(reason)


def conflicts(
    needs: NeedTable, resources: ResourceTable, need_rows: Integers, resource_rows: Integers, config: ScoringConfig
) -> list[str]:
    """Return the first of ``CONFLICTS`` that keeps each pair apart, empty where none does: ``check`` may name another
    reason first."""
    rules = _rules(needs, resources, need_rows, resource_rows, config)
    return [next((name for name in CONFLICTS if rules[name][pair]), "") for pair in range(need_rows.size)]


def counts_per_reason(reasons: NDArray[np.int8]) -> dict[str, int]:
    """Return how many pairs each reason ruled out; reasons that did not occur are left out."""
    return {name: count for number, name in enumerate(REASONS) if (count := int((reasons == number).sum()))}


def _rules(
    needs: NeedTable, resources: ResourceTable, need_rows: Integers, resource_rows: Integers, config: ScoringConfig
) -> dict[str, Flags]:
    """Return one mask per reason; bool[pairs]."""
    need = {
        name: getattr(needs, name)[need_rows] for name in ("zone", "organization", "legal_group", "kind", "trl_need")
    }
    resource = {
        name: getattr(resources, name)[resource_rows]
        for name in ("id", "zone", "organization", "legal_group", "kind", "trl", "capacity", "is_active")
    }
    excluded = _contains(needs.excluded_organizations, need_rows, resource["organization"])
    excluded |= _contains(needs.excluded_organizations, need_rows, resource["legal_group"])
    excluded |= _contains(needs.excluded_zones, need_rows, resource["zone"])
    refused = _contains(resources.excluded_organizations, resource_rows, need["organization"])
    refused |= _contains(resources.excluded_organizations, resource_rows, need["legal_group"])
    refused |= _contains(resources.excluded_zones, resource_rows, need["zone"])
    known = (need["trl_need"] != UNKNOWN) & (resource["trl"] != UNKNOWN)
    return {
        INACTIVE: ~resource["is_active"],
        NOT_VISIBLE: ~_share(needs.scopes, resources.see_scopes, need_rows, resource_rows),
        NOT_SHARED: ~_share(needs.scopes, resources.use_scopes, need_rows, resource_rows),
        SAME_ORGANIZATION: (need["organization"] == resource["organization"]) & (need["organization"] > 0),
        SAME_GROUP: (need["legal_group"] == resource["legal_group"]) & (need["legal_group"] > 0),
        EXCLUDED_BY_NEED: excluded,
        EXCLUDED_BY_RESOURCE: refused,
        DISMISSED: _contains(needs.dismissed, need_rows, resource["id"]),
        NO_CAPACITY: resource["capacity"] <= 0,
        KIND_MISMATCH: ~_kind_table()[need["kind"], resource["kind"]],
        TRL_GAP: known & (need["trl_need"] - resource["trl"] > config.trl_gap_max),
    }


def _kind_table() -> Flags:
    """bool[need kinds + 1, resource kinds + 1]; the last row and column, reached by -1, are unknown kinds: they fit
    everything."""
    table = np.ones((len(NEED_KINDS) + 1, len(RESOURCE_KINDS) + 1), dtype=np.bool_)
    for row, need in enumerate(NEED_KINDS):
        table[row, :-1] = [resource in COMPATIBLE_KINDS[need] for resource in RESOURCE_KINDS]
    return table


def _contains(rows: Ragged, at: Integers, values: Integers) -> Flags:
    found: Flags = contains(at, np.ascontiguousarray(values), rows.words, rows.start, rows.length)
    return found


def _share(left: Ragged, right: Ragged, left_rows: Integers, right_rows: Integers) -> Flags:
    shared: Integers = shared_count(
        left_rows, right_rows, left.words, left.start, left.length, right.words, right.start, right.length
    )
    return shared > 0
