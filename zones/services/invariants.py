"""Invariants of requests for service and of the records of mechanisms: each counts its violations; a new one is a
copy of its neighbor.
"""

from ledger.invariants import Invariant, violations
from zones.services.service_steps import TRANSITIONS

LEGAL = tuple((before, state) for state, entered_from in TRANSITIONS.items() for before in entered_from)


def requests_off_their_path() -> int:
    """Requests whose history does not lead from sent, by steps there are, to the state they are in."""
    pairs = ", ".join(["(%s, %s)"] * len(LEGAL))
    return violations(
        "SELECT r.id FROM zones_servicerequest r LEFT JOIN LATERAL (SELECT e.state FROM zones_servicerequestevent e "
        "WHERE e.pgh_obj_id = r.id ORDER BY e.pgh_id DESC LIMIT 1) last ON true "
        "WHERE last.state IS DISTINCT FROM r.state "
        "UNION SELECT s.pgh_obj_id FROM (SELECT pgh_obj_id, state, lag(state) OVER (PARTITION BY pgh_obj_id "
        "ORDER BY pgh_id) AS before FROM zones_servicerequestevent) s WHERE (s.before IS NULL AND s.state <> 'sent') "
        f"OR (s.before <> s.state AND (s.before, s.state) NOT IN ({pairs}))",
        *(name for pair in LEGAL for name in pair),
    )


def requests_that_do_not_add_up() -> int:
    """Requests with a record before there is a service or without one after it, with a confirmation of the one only,
    rated before it, or with an estimate that is not their price by their hours.
    """
    return violations(
        "SELECT r.id FROM zones_servicerequest r LEFT JOIN zones_servicerecord d ON d.request_id = r.id "
        "WHERE (r.state IN ('recorded', 'disputed', 'confirmed') AND d.request_id IS NULL) "
        "OR (r.state NOT IN ('recorded', 'disputed', 'confirmed', 'cancelled') AND d.request_id IS NOT NULL) "
        "OR (r.state = 'confirmed') <> (d.confirmed_at IS NOT NULL) "
        "OR (r.price_unit = 'hour' AND (abs(r.estimate_from - r.price_from * r.hours) >= 0.01 "
        "OR abs(r.estimate_to - coalesce(r.price_to, r.price_from) * r.hours) >= 0.01)) "
        "UNION SELECT g.request_id FROM zones_servicerating g JOIN zones_servicerequest r ON r.id = g.request_id "
        "WHERE r.state <> 'confirmed'"
    )


def funds_that_do_not_add_up() -> int:
    """Payments of no commitment of their fund, and commitments of which more was paid in than promised."""
    return violations(
        "SELECT p.id FROM zones_fundpayment p WHERE NOT EXISTS (SELECT 1 FROM zones_fundcommitment c "
        "WHERE c.fund_id = p.fund_id AND c.number = p.commitment_number) "
        "UNION SELECT c.id FROM zones_fundcommitment c JOIN zones_fundpayment p "
        "ON p.fund_id = c.fund_id AND p.commitment_number = c.number "
        "GROUP BY c.id, c.amount HAVING sum(p.amount) > c.amount"
    )


def funds_recorded_twice() -> int:
    """Funds of a name that another of the same keeper has; those that were withdrawn are none."""
    return violations(
        "SELECT zone_id, association_id, title_zh FROM zones_fund WHERE withdrawn_on IS NULL "
        "GROUP BY zone_id, association_id, title_zh HAVING count(*) > 1"
    )


def actuals_of_no_target() -> int:
    """Actual values of a policy document that name none of its targets."""
    return violations(
        "SELECT a.id FROM zones_policyactual a WHERE NOT EXISTS (SELECT 1 FROM zones_policytarget t "
        "WHERE t.document_id = a.document_id AND t.number = a.target_number)"
    )


INVARIANTS: list[Invariant] = [
    Invariant("request_path_is_legal", "服务申请的进程合法 / requests follow their path", requests_off_their_path),
    Invariant("fund_adds_up", "到位资金不超过认缴 / funds are paid in as committed", funds_that_do_not_add_up),
    Invariant("fund_recorded_once", "同一登记方无同名基金 / a fund is on record once", funds_recorded_twice),
    Invariant(
        "policy_actuals_have_targets", "实际值都有对应的目标 / actual values are of a target", actuals_of_no_target
    ),
    Invariant("request_adds_up", "服务记录、费用与状态一致 / records and fees fit", requests_that_do_not_add_up),
]
