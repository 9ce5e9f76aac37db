"""What rules a pair out, one reason after the other."""

from typing import Any

import numpy as np
import pytest

from matching.engine import constraints
from matching.engine import reasons as codes
from matching.engine.facts import NEED_KINDS, RESOURCE_KINDS
from matching.engine.pipeline import explain_pair
from matching.engine.records import NeedFacts, ResourceFacts
from matching.engine.wording import REASON_LABELS
from tests.matching.engine.worlds import (
    EAST,
    WEST,
    at_least,
    make_need,
    make_resource,
    market_of,
    needs_of,
    offers,
    resources_of,
)


def reason(need: NeedFacts, resource: ResourceFacts) -> str | None:
    """Why the pair is ruled out; None if it is not."""
    return explain_pair(needs_of(need), resources_of(resource), market_of([resource])).get("removed_by")


@pytest.mark.parametrize(
    ("need", "resource", "expected"),
    [
        (make_need(), make_resource(), None),
        (make_need(), make_resource(status="draft"), codes.INACTIVE),
        (make_need(scopes=("public", "zone:1")), make_resource(see_scopes=("zone:2",)), codes.NOT_VISIBLE),
        (make_need(scopes=("zone:1", "association:3")), make_resource(see_scopes=("association:3",),
        use_scopes=("association:3",)), None),
        (make_need(), make_resource(use_scopes=("organization:20",)), codes.NOT_SHARED),
        (make_need(), make_resource(see_scopes=()), codes.NOT_VISIBLE),
        (make_need(organization=20), make_resource(), codes.SAME_ORGANIZATION),
        (make_need(legal_group=20), make_resource(), codes.SAME_GROUP),
        (make_need(excluded_organizations=(5, 20)), make_resource(), codes.EXCLUDED_BY_NEED),
        (make_need(excluded_zones=(WEST,)), make_resource(), codes.EXCLUDED_BY_NEED),
        (make_need(excluded_zones=(EAST,)), make_resource(), None),
        (make_need(), make_resource(excluded_organizations=(10,)), codes.EXCLUDED_BY_RESOURCE),
        (make_need(dismissed=(1, 2)), make_resource(), codes.DISMISSED),
        (make_need(), make_resource(capacity=0), codes.NO_CAPACITY),
        (make_need(kind="finance"), make_resource(), codes.KIND_MISMATCH),
        (make_need(), make_resource(kind="finance_product"), codes.KIND_MISMATCH),
        (make_need(kind="something new"), make_resource(), None),
        (make_need(trl_need=9), make_resource(trl=5), None),
        (make_need(trl_need=9), make_resource(trl=4), codes.TRL_GAP),
        (make_need(trl_need=9), make_resource(trl=None), None),
        (make_need(quantities=(at_least(200),)),
        make_resource(quantities=(offers(100),)), codes.METRIC_IMPOSSIBLE),
        (make_need(quantities=(at_least(200),)), make_resource(quantities=(offers(None),)), None),
    ],
)  # fmt: skip
def test_a_pair_is_ruled_out_for_its_reason(need: NeedFacts, resource: ResourceFacts, expected: str | None) -> None:
    assert reason(need, resource) == expected


def test_rights_are_named_before_matters_of_fact() -> None:
    need = make_need(quantities=(at_least(200),), excluded_zones=(WEST,))
    assert reason(need, make_resource(capacity=0, quantities=(offers(100),))) == codes.EXCLUDED_BY_NEED


@pytest.mark.parametrize("hidden", [{"use_scopes": ()}, {"excluded_organizations": (10,)}])
def test_what_the_resources_side_alone_knows_is_named_where_nothing_else_rules_the_pair_out(
    hidden: dict[str, Any],
) -> None:
    assert reason(make_need(), make_resource(**hidden)) in codes.REASONS[-3:]
    assert reason(make_need(), make_resource(**hidden, capacity=0)) == codes.NO_CAPACITY


def test_every_reason_has_a_label_in_both_languages() -> None:
    assert all(REASON_LABELS[name][language] for name in codes.REASONS for language in ("zh", "en"))


def test_every_kind_of_need_accepts_some_kind_of_resource() -> None:
    assert set(constraints.COMPATIBLE_KINDS) == set(NEED_KINDS)
    assert all(kinds and kinds <= set(RESOURCE_KINDS) for kinds in constraints.COMPATIBLE_KINDS.values())


def test_reasons_are_counted() -> None:
    inactive, same = codes.REASONS.index(codes.INACTIVE), codes.REASONS.index(codes.SAME_ORGANIZATION)
    reasons = np.array([inactive, inactive, same, constraints.FREE], dtype=np.int8)
    assert constraints.counts_per_reason(reasons) == {codes.INACTIVE: 2, codes.SAME_ORGANIZATION: 1}
