"""Invariants of needs, resources, runs and matches: each counts its violations; a new one is a copy of its neighbor."""

from django.conf import settings

from ledger.invariants import Invariant, violations
from matching.models.places import HELD_PLACES
from matching.services.agreement_invariants import agreements_not_whole, agreements_off_their_path
from matching.services.event_invariants import events_off_their_path, meetings_without_guests, miscounted_seats
from matching.services.leaks import open_needs_that_tell

TOLERANCE = 1e-9
CODE_COLUMNS = {
    "zones_resource": ("industry_codes", "discipline_codes", "equipment_codes", "modes"),
    "zones_organization": ("industry_codes", "discipline_codes"),
    "matching_need": ("industry_codes", "discipline_codes", "equipment_codes", "modes"),
}
RECORDED_TABLES = ("zones_organization", "zones_resource", "zones_catalogue", "zones_servicerequest", "matching_need")
TOLD_TABLES = (
    *RECORDED_TABLES,
    *("matching_dismissal", "matching_shortlisting", "matching_push", "matching_matchrun", "matching_cooperation"),
    *("matching_techcontract", "matching_event", "matching_eventinvitation", "matching_eventregistration"),
    *("matching_eventoutcome", "matching_agreement"),
)
LEASED_TABLES = ("matching_runstep", "matching_embeddingstep")
SCHEMES = {
    "industry_codes": "industry",
    "discipline_codes": "discipline",
    "equipment_codes": "equipment",
    "modes": "mode",
}


def incomplete_live_pointers() -> int:
    """Pointers to a run that is not published, or that has no candidate list of the need."""
    return violations(
        "SELECT 1 FROM matching_liveresult p JOIN matching_matchrun r ON r.id = p.run_id WHERE r.state <> 'published' "
        "OR NOT EXISTS (SELECT FROM matching_candidatelist c WHERE c.run_id = p.run_id AND c.need_id = p.need_id)"
    )


def runs_not_published_once() -> int:
    """Published runs without exactly one `run.published` event, and others that have one."""
    return violations(
        "SELECT r.id FROM matching_matchrun r LEFT JOIN ledger_outboxevent e "
        "ON e.kind = 'run.published' AND e.object_public_id = r.public_id "
        "GROUP BY r.id HAVING count(e.id) <> CASE WHEN r.published_at IS NULL THEN 0 ELSE 1 END"
    )


def oversold_resources() -> int:
    """More open needs with a recommendation of a resource, or a first team that rests on it, and exchanges that have
    booked it before the last of these was published, than it has capacity; of resources unchanged since.
    """
    return violations(
        f"WITH h AS ({HELD_PLACES}), latest AS (SELECT resource_id, max(taken_at) AS promised_at FROM h "
        "WHERE NOT is_booked GROUP BY resource_id) SELECT s.id FROM h JOIN latest USING (resource_id) "
        "JOIN zones_resource s ON s.id = h.resource_id WHERE NOT is_booked OR taken_at < promised_at GROUP BY s.id "
        "HAVING count(DISTINCT h.need_id) > s.capacity AND bool_and(h.is_booked OR h.resource_version = s.version)"
    )


def overdue_leases() -> int:
    """Leases taken more than two lease times ago: nobody swept them. Measured with the database's clock."""
    return sum(
        violations(
            f"SELECT 1 FROM {table} WHERE state = 'leased' AND lease_until < clock_timestamp() - %s "
            "* interval '1 second'",
            settings.LEASE_SECONDS,
        )
        for table in LEASED_TABLES
    )


def open_needs_without_dates() -> int:
    return violations("SELECT 1 FROM matching_need WHERE state = 'open' AND (opened_at IS NULL OR expires_on IS NULL)")


def unknown_codes() -> int:
    """Codes in lists that their code table does not have."""
    return sum(_unknown(table, column) for table, columns in CODE_COLUMNS.items() for column in columns)


def _unknown(table: str, column: str) -> int:
    return violations(
        f"SELECT 1 FROM {table} t, unnest(t.{column}) AS used WHERE NOT EXISTS "
        "(SELECT FROM zones_code c WHERE c.scheme = %s AND c.code = used)",
        SCHEMES[column],
    )


def scores_that_do_not_add_up() -> int:
    return violations(
        "SELECT 1 FROM matching_match m, LATERAL (SELECT coalesce(sum((part->>'contribution')::float8), 0) AS whole, "
        "coalesce(sum((part->>'told')::float8), 0) AS told FROM jsonb_array_elements(m.contributions) AS part) s "
        "WHERE abs(m.score - s.whole) > %s OR (m.is_told AND abs(m.told_score - s.told) > %s)",
        TOLERANCE, TOLERANCE,
    )  # fmt: skip


def matches_within_one_group() -> int:
    """Live matches of an organization with itself or its own group, as long as neither side changed since."""
    return violations(
        "SELECT 1 FROM matching_match m JOIN matching_liveresult p ON p.need_id = m.need_id AND p.run_id = m.run_id "
        "JOIN matching_need n ON n.id = m.need_id AND n.version = m.need_version "
        "JOIN zones_resource s ON s.id = m.resource_id AND s.version = m.resource_version "
        "JOIN zones_organization a ON a.id = n.organization_id JOIN zones_organization b ON b.id = s.organization_id "
        "WHERE coalesce(a.parent_id, a.id) = coalesce(b.parent_id, b.id)"
    )


def told_and_not_stored() -> int:
    """Outbox rows about a record that is not there: what was accepted must be stored."""
    return sum(
        violations(
            f"SELECT 1 FROM ledger_outboxevent e WHERE e.object_type = %s AND e.kind <> 'bulk.stored' "
            f"AND e.kind <> 'reference.loaded' AND NOT EXISTS (SELECT FROM {table} t "
            "WHERE t.public_id = e.object_public_id)",
            table.replace("_", ".", 1),
        )
        for table in TOLD_TABLES
    )


def states_without_history() -> int:
    """Records whose newest state in the history is not the state they are in."""
    return sum(
        violations(
            f"SELECT 1 FROM {table} t WHERE t.version IS DISTINCT FROM (SELECT e.version FROM {table}event e "
            "WHERE e.pgh_obj_id = t.id ORDER BY e.pgh_id DESC LIMIT 1)"
        )
        for table in RECORDED_TABLES
    )


def unfinished_published_runs() -> int:
    """Published runs that have not counted all their needs, or have steps left other than those of teams, which
    follow the publication.
    """
    return violations(
        "SELECT 1 FROM matching_matchrun r WHERE r.state = 'published' AND (r.need_done <> r.need_total "
        "OR EXISTS (SELECT FROM matching_runstep s WHERE s.run_id = r.id AND s.state = 'queued' "
        "AND s.stage <> 'team'))"
    )


def teams_that_claim_too_much() -> int:
    """Proposals whose parts are not those they count, whose parts are covered by somebody outside the team, or with a
    member that covers nothing.
    """
    return violations(
        "SELECT p.id FROM matching_consortiumproposal p LEFT JOIN matching_consortiumpart t ON t.proposal_id = p.id "
        "LEFT JOIN matching_consortiummember m ON m.id = t.member_id GROUP BY p.id "
        "HAVING count(t.id) <> p.part_count OR count(m.id) <> p.covered_count "
        "OR count(DISTINCT t.zone_id) <> p.zone_count OR bool_or(m.proposal_id <> p.id) "
        "UNION SELECT m.proposal_id FROM matching_consortiummember m "
        "WHERE NOT EXISTS (SELECT FROM matching_consortiumpart t WHERE t.member_id = m.id)"
    )


def documents_of_the_future() -> int:
    return violations(
        "SELECT 1 FROM matching_resourcedocument d JOIN zones_resource s ON s.id = d.resource_id "
        "WHERE d.resource_version > s.version"
    )


def overbooked_resources() -> int:
    """Resources with more standing bookings than places, or with one for an exchange that has ended."""
    return violations(
        "SELECT b.resource_id FROM matching_booking b JOIN zones_resource s ON s.id = b.resource_id "
        "JOIN matching_exchange e ON e.id = b.exchange_id WHERE b.released_at IS NULL GROUP BY b.resource_id "
        "HAVING count(*) > max(s.capacity) OR bool_or(e.ended_at IS NOT NULL)"
    )


def exchanges_off_their_path() -> int:
    """Exchanges whose steps do not lead, one after the other, to the state they are in, and disclosures without a
    standing consent of the other side at their time.
    """
    return violations(
        "SELECT e.id FROM matching_exchange e LEFT JOIN LATERAL (SELECT s.to_state FROM matching_exchangestep s "
        "WHERE s.exchange_id = e.id ORDER BY s.id DESC LIMIT 1) last ON true "
        "WHERE last.to_state IS DISTINCT FROM e.state "
        "UNION SELECT s.exchange_id FROM (SELECT exchange_id, from_state, lag(to_state, 1, '') OVER "
        "(PARTITION BY exchange_id ORDER BY id) AS before FROM matching_exchangestep) s WHERE s.from_state <> s.before "
        "UNION SELECT d.exchange_id FROM matching_disclosure d JOIN matching_consent c ON c.id = d.consent_id "
        "WHERE c.side = d.side OR d.seen_at < c.given_at OR d.seen_at > c.withdrawn_at"
    )


def agreed_without_cooperation() -> int:
    """Agreed exchanges without a confirmed cooperation, and confirmed cooperations whose exchange is not agreed."""
    return violations(
        "SELECT e.id FROM matching_exchange e LEFT JOIN matching_cooperation c ON c.exchange_id = e.id "
        "AND c.confirmed_at IS NOT NULL WHERE (e.state = 'agreed') <> (c.id IS NOT NULL)"
    )


def cooperations_off_their_path() -> int:
    """Cooperations whose steps do not lead, one after the other, to the state they are in; and confirmed ones by the
    parties of which a party on record has not confirmed.
    """
    return violations(
        "SELECT c.id FROM matching_cooperation c LEFT JOIN LATERAL (SELECT s.to_state FROM matching_cooperationstep s "
        "WHERE s.cooperation_id = c.id ORDER BY s.id DESC LIMIT 1) last ON true "
        "WHERE last.to_state IS DISTINCT FROM c.state "
        "UNION SELECT s.cooperation_id FROM (SELECT cooperation_id, from_state, lag(to_state, 1, '') OVER "
        "(PARTITION BY cooperation_id ORDER BY id) AS before FROM matching_cooperationstep) s "
        "WHERE s.from_state <> s.before "
        "UNION SELECT c.id FROM matching_cooperation c JOIN matching_cooperationparty p ON p.cooperation_id = c.id "
        "WHERE c.confirmed_by = 'parties' AND p.organization_id IS NOT NULL AND p.confirmed_at IS NULL"
    )


INVARIANTS: list[Invariant] = [
    Invariant("live_pointer_complete", "当前结果均已完整发布 / live pointers are complete", incomplete_live_pointers),
    Invariant("run_published_once", "每次运行只发布一次 / a run publishes once", runs_not_published_once),
    Invariant("capacity_not_oversold", "推荐数不超过可承接数 / capacity is never oversold", oversold_resources),
    Invariant("no_overdue_lease", "没有超期的租约 / no lease older than 2L", overdue_leases),
    Invariant("open_need_has_dates", "对接中的需求有起止日期 / open needs have dates", open_needs_without_dates),
    Invariant("codes_exist", "所用代码均在代码表中 / codes exist", unknown_codes),
    Invariant("score_is_sum", "得分等于各项之和 / contributions sum to the score", scores_that_do_not_add_up),
    Invariant("no_match_within_group", "同一单位或集团不互配 / no match within a group", matches_within_one_group),
    Invariant("told_is_stored", "已受理的记录均已入库 / what was accepted is stored", told_and_not_stored),
    Invariant("history_is_complete", "修改记录与现状一致 / history ends at the present state", states_without_history),
    Invariant("published_run_is_done", "已发布的任务均已算完 / published runs are done", unfinished_published_runs),
    Invariant(
        "document_not_newer", "检索文档不新于资源 / documents are not newer than resources", documents_of_the_future
    ),
    Invariant("open_need_tells_nobody", "公开的需求不泄露单位身份 / open needs tell no identity", open_needs_that_tell),
    Invariant("places_not_overbooked", "承接名额不超订 / places are never overbooked", overbooked_resources),
    Invariant("exchange_path_is_legal", "对接与同意的进程合法 / exchanges follow their path", exchanges_off_their_path),
    Invariant("agreed_is_cooperation", "达成即有已确认的合作 / agreed is a cooperation", agreed_without_cooperation),
    Invariant(
        "cooperation_path_is_legal", "合作进程合法 / cooperations follow their path", cooperations_off_their_path
    ),
    Invariant("event_seats_are_counted", "活动席位与报名一致 / seats of events are counted", miscounted_seats),
    Invariant("event_meetings_have_guests", "洽谈双方均到会 / meetings have both guests", meetings_without_guests),
    Invariant("event_path_is_legal", "活动进程合法 / events follow their path", events_off_their_path),
    Invariant("agreement_path_is_legal", "协议进程合法 / agreements follow their path", agreements_off_their_path),
    Invariant("agreement_is_whole", "生效协议完整 / agreements are whole", agreements_not_whole),
    Invariant("team_covers_its_claim", "联合体覆盖其所称 / teams cover what they claim", teams_that_claim_too_much),
]
