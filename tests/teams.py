"""Builders of proposed consortia: a team with its members and what each covers."""

from typing import Any

from matching.models import ConsortiumMember, ConsortiumPart, ConsortiumProposal, Need
from tests.builders import make_run, plain_create
from zones.models import Resource


def make_team(need: Need, *resources: Resource, **fields: Any) -> ConsortiumProposal:
    """A proposed consortium in which each resource covers one sub-task, and nobody the last."""
    values = {
        "need": need,
        "need_version": need.version,
        "rank": 1,
        "part_count": len(resources) + 1,
        "covered_count": len(resources),
        "zone_count": len({resource.zone_id for resource in resources}),
    } | fields
    if "run" not in values:
        values["run"] = make_run(need_total=1, need_done=1)
    proposal = plain_create(ConsortiumProposal, values)
    members: dict[int, ConsortiumMember] = {}
    for position, resource in enumerate(resources):
        owner = resource.organization_id
        if owner not in members:
            place = {"proposal": proposal, "organization_id": owner, "position": len(members)}
            members[owner] = plain_create(ConsortiumMember, place)
        _make_team_part(proposal, position, member=members[owner], resource=resource)
    _make_team_part(proposal, len(resources))
    return proposal


def _make_team_part(proposal: ConsortiumProposal, position: int, **covered: Any) -> None:
    values = {
        "proposal": proposal,
        "position": position,
        "kind": "metric",
        "label": f"指标{position}",
        "wanted": f"≥ {position} mm",
        "is_must": True,
    }
    if covered:
        resource = covered["resource"]
        values |= {"resource_version": resource.version, "zone": resource.zone}
        values |= {"strength": 0.9, "evidence": f"实测{position}"}
    plain_create(ConsortiumPart, values | covered)
