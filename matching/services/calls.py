"""Calls for needs: announced by an association's secretariat, answered by its zones with needs that name them."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from django.db import transaction
from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _

from matching.choices import CallState, NeedKind, NeedState
from matching.models import Need, NeedCall
from zones.errors import IllegalTransition, InvalidInput, listed
from zones.models import Zone
from zones.scoping import Principal, associations_of, in_force, today
from zones.services.base import (
    clean_values,
    editable_or_error,
    expect_version,
    must_be_editable,
    save_next_version,
    tell,
    validated,
)

MAY_BE_REQUIRED: Final = (
    "background_zh", "problem_zh", "content_zh", "tried_zh", "conditions_offered_zh", "budget_max", "duration_months",
    "trl_have", "trl_need", "industry_codes", "discipline_codes", "modes", "keywords", "ip_preference_zh",
)  # fmt: skip
"""Fields of a need that a call may ask to be filled; what every need must have is asked anyway."""
TRANSITIONS: Final[dict[str, frozenset[str]]] = {
    CallState.OPEN: frozenset({CallState.DRAFT, CallState.CLOSED}),
    CallState.CLOSED: frozenset({CallState.OPEN}),
}
VALID: Final = frozenset({NeedState.OPEN, NeedState.PAUSED, NeedState.FULFILLED, NeedState.APPROVED})
WAITING: Final = frozenset({NeedState.SUBMITTED, NeedState.IN_REVIEW})


class ZoneProgress(NamedTuple):
    """What one zone has contributed: how many are in review, how many passed, how many went back."""

    zone: Zone
    waiting: int
    valid: int
    returned: int


@transaction.atomic
def draft_call(principal: Principal, **values: Any) -> NeedCall:
    """Write a call down. Raises NotAllowed outside the principal's associations, InvalidInput."""
    call = NeedCall(**clean_values(values))
    _check(call)
    validated(call).save()
    must_be_editable(call, principal)
    tell(call, "call.drafted")
    return call


@transaction.atomic
def update_call(principal: Principal, *, call_id: int, version: int | None, **values: Any) -> NeedCall:
    """Change a call. Raises Conflict when it changed since `version` was read."""
    call = editable_or_error(NeedCall, principal, pk=call_id)
    expect_version(call, version)
    for name, value in clean_values(values).items():
        setattr(call, name, value)
    _check(call)
    save_next_version(validated(call))
    must_be_editable(call, principal)
    tell(call, "call.updated")
    return call


def open_call(principal: Principal, *, call_id: int, version: int | None = None) -> NeedCall:
    """Announce a call to the association's zones."""
    return _move(principal, call_id=call_id, version=version, target=CallState.OPEN)


def close_call(principal: Principal, *, call_id: int, version: int | None = None) -> NeedCall:
    """End a call before its last day, or for good after it."""
    return _move(principal, call_id=call_id, version=version, target=CallState.CLOSED)


def calls_open_to(principal: Principal) -> "QuerySet[NeedCall]":
    """Calls that a need may be submitted to today, by somebody of the principal's zones."""
    rows: QuerySet[NeedCall] = NeedCall.objects.visible_to(principal)
    return rows.filter(state=CallState.OPEN, opens_on__lte=today(), closes_on__gte=today())


def check_answer(need: Need) -> None:
    """What the call a need answers asks of it. Raises InvalidInput naming every field."""
    call = need.call
    if call is None:
        return
    errors: dict[str, list[str]] = defaultdict(list)
    if not (call.state == CallState.OPEN and call.opens_on <= today() <= call.closes_on):
        errors["call"].append(_("该征集不在受理期内：请另选征集，或留空。"))
    if call.association_id not in associations_of(frozenset({need.zone_id}), on=today()):
        errors["call"].append(_("本园区不是该征集所属联盟或网络的成员：请另选征集，或留空。"))
    if call.kinds and need.kind not in call.kinds:
        names = listed(str(NeedKind(kind).label) for kind in call.kinds)
        errors["kind"].append(_("该征集只收：%(kinds)s。") % {"kinds": names})
    for name in call.required_fields:
        if getattr(need, name) in (None, "", []):
            errors[name].append(_("该征集要求填写此项。"))
    if errors:
        raise InvalidInput(dict(errors))


def progress_of(principal: Principal, call: NeedCall) -> list[ZoneProgress]:
    """How far each zone is: all of them to who may edit the call, their own to others. Drafts are nobody's business."""
    zones = Zone.objects.filter(memberships__in=_members(call)).order_by("pinyin_key")
    if not NeedCall.objects.editable_by(principal).filter(pk=call.pk).exists():
        zones = zones.filter(pk__in=principal.own_zones)
    counts = _counts(call)
    return [
        ZoneProgress(
            zone,
            _sum(counts[zone.pk], WAITING),
            _sum(counts[zone.pk], VALID),
            _sum(counts[zone.pk], frozenset({NeedState.RETURNED, NeedState.REJECTED})),
        )
        for zone in zones
    ]


def _members(call: NeedCall) -> Any:
    return call.association.memberships.filter(in_force(today(), start="joined_on", end="left_on"))


def _counts(call: NeedCall) -> Mapping[int, Mapping[str, int]]:
    """zone → state → number of needs that answer the call."""
    found: dict[int, dict[str, int]] = defaultdict(dict)
    rows = Need.objects.unscoped(reason="a call counts its answers; who may read the counts is decided above")
    for zone, state, count in rows.filter(call=call).values_list("zone_id", "state").annotate(Count("pk")):
        found[zone][state] = count
    return found


def _sum(counts: Mapping[str, int], states: frozenset[NeedState]) -> int:
    return sum(count for state, count in counts.items() if state in states)


def _check(call: NeedCall) -> None:
    unknown = [name for name in call.required_fields if name not in MAY_BE_REQUIRED]
    if unknown:
        raise InvalidInput.single(
            "required_fields", _("没有字段“%(name)s”：请从列表中选择。") % {"name": unknown[0][:40]}
        )


@transaction.atomic
def _move(principal: Principal, *, call_id: int, version: int | None, target: CallState) -> NeedCall:
    call = editable_or_error(NeedCall, principal, pk=call_id)
    expect_version(call, version)
    if call.state not in TRANSITIONS[target]:
        message = _("征集现为“%(now)s”，不能转为“%(target)s”。")
        raise IllegalTransition(message % {"now": call.get_state_display(), "target": target.label})
    call.state = target
    save_next_version(call)
    tell(call, f"call.{target}")
    return call
