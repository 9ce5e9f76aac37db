"""Invariants of framework agreements: each counts its violations."""

from ledger.invariants import violations


def agreements_off_their_path() -> int:
    """Agreements whose steps do not lead, one after the other, to the state they are in."""
    return violations(
        "SELECT a.id FROM matching_agreement a LEFT JOIN LATERAL (SELECT s.to_state FROM matching_agreementstep s "
        "WHERE s.agreement_id = a.id ORDER BY s.id DESC LIMIT 1) last ON true "
        "WHERE last.to_state IS DISTINCT FROM a.state "
        "UNION SELECT s.agreement_id FROM (SELECT agreement_id, from_state, lag(to_state, 1, '') OVER "
        "(PARTITION BY agreement_id ORDER BY id) AS before FROM matching_agreementstep) s "
        "WHERE s.from_state <> s.before"
    )


def agreements_not_whole() -> int:
    """Signed agreements with fewer than two parties or without the document they name, promises of no party, and
    renewed ones without what renews them.
    """
    return violations(
        "SELECT a.id FROM matching_agreement a WHERE a.state NOT IN ('draft', 'dropped') AND ("
        "(SELECT count(*) FROM matching_agreementparty p WHERE p.agreement_id = a.id) < 2 "
        "OR NOT EXISTS (SELECT FROM matching_agreementdocument d WHERE d.agreement_id = a.id "
        "AND d.sha256 = a.document_sha256 AND d.sha256 = encode(sha256(d.content), 'hex')) "
        "OR (a.state = 'renewed' AND NOT EXISTS (SELECT FROM matching_agreement n WHERE n.renews_id = a.id "
        "AND n.state NOT IN ('draft', 'dropped')))) "
        "UNION SELECT c.agreement_id FROM matching_agreementcommitment c WHERE NOT EXISTS (SELECT FROM "
        "matching_agreementparty p WHERE p.agreement_id = c.agreement_id AND p.position = c.party_position)"
    )
