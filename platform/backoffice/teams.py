"""What the page of a need's matches shows of proposed consortia: who covers what, by what evidence, what is missing."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import get_language

from backoffice.details import EMPTY
from backoffice.rows import visible_rows
from matching.models import ConsortiumMember, ConsortiumPart, ConsortiumProposal, Need
from matching.services.team_wording import part_labels, sentence_of
from zones.errors import listed
from zones.models import Organization
from zones.scoping import Principal

Parts = Sequence[ConsortiumPart]


def teams_of(need: Need, principal: Principal) -> list[dict[str, Any]]:
    """The need's proposals the reader may see, best first."""
    proposals = list(ConsortiumProposal.objects.visible_to(principal).filter(need=need).order_by("rank"))
    members = _by_proposal(ConsortiumMember.objects.visible_to(principal), proposals)
    rows = ConsortiumPart.objects.visible_to(principal).select_related("resource", "zone")
    parts = _by_proposal(rows, proposals)
    names = _names(principal, [member for found in members.values() for member in found])
    labels = part_labels([part for found in parts.values() for part in found], get_language() or "zh-hans")
    return [
        _shown(row, members[row.pk], parts[row.pk], names, labels)
        for row in proposals
        if members[row.pk]  # none are left of a proposal that is replaced between two queries
    ]


def _by_proposal(rows: Any, proposals: Sequence[ConsortiumProposal]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {row.pk: [] for row in proposals}
    for row in rows.filter(proposal__in=list(found)).order_by("position"):
        found[row.proposal_id].append(row)
    return found


def _names(principal: Principal, members: Sequence[ConsortiumMember]) -> dict[int, str]:
    owners = {member.organization_id for member in members}
    return {row.pk: str(row) for row in visible_rows(Organization, principal).filter(pk__in=owners)}


def _shown(
    proposal: ConsortiumProposal,
    members: Sequence[ConsortiumMember],
    parts: Parts,
    names: Mapping[int, str],
    labels: Mapping[int, str],
) -> dict[str, Any]:
    shown = [_member(member, parts, names, labels) for member in members]
    return {
        "proposal": proposal,
        "sentence": sentence_of(proposal, shown[0]["name"], parts, labels, get_language() or "zh-hans"),
        "members": shown,
        "is_team": len(shown) > 1,
        "missing": [{"part": part, "label": labels[part.pk]} for part in parts if not part.is_covered],
        "percent": round(100 * proposal.covered_count / proposal.part_count),
    }


def _member(
    member: ConsortiumMember, parts: Parts, names: Mapping[int, str], labels: Mapping[int, str]
) -> dict[str, Any]:
    carried = [part for part in parts if part.member_id == member.pk]
    return {
        "name": names.get(member.organization_id, EMPTY),
        "is_lead": member.is_lead,
        "zones": listed(dict.fromkeys(str(part.zone) for part in carried)),
        "parts": [{"part": part, "label": labels[part.pk]} for part in carried],
    }
