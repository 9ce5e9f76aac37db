"""Who acts for which side of an exchange, and the exchange locked for a step of theirs."""

from django.utils.translation import gettext as _

from matching.choices import Side
from matching.models import Exchange, Need
from zones.errors import InvalidInput, NotAllowed, NotFound
from zones.models import Organization, Resource
from zones.scoping import Principal
from zones.services.base import expect_version

REASON = "the exchange was found by its own rule; both of its records are locked with it"


def locked_exchange(principal: Principal, *, exchange_id: int, version: int | None) -> Exchange:
    """The exchange, locked after its resource and its need, so that no two steps wait for each other.

    Raises NotFound; NotAllowed for those who may only read it; Conflict where it has changed since `version`.
    """
    rows = Exchange.objects.editable_by(principal).filter(pk=exchange_id)
    if not rows.exists():
        if Exchange.objects.visible_to(principal).filter(pk=exchange_id).exists():
            raise NotAllowed(_("您可以查看但不能推进此对接：请联系双方单位或其所在园区。"))
        raise NotFound(_("没有找到：它不存在，或您无权查看。"))
    resources = Resource.objects.unscoped(reason=REASON).select_for_update(of=("self",), no_key=True)
    resources.filter(pk__in=rows.values("resource_id")).first()
    needs = Need.objects.unscoped(reason=REASON).select_for_update(of=("self",), no_key=True)
    needs.filter(pk__in=rows.values("need_id")).first()
    found = rows.select_for_update(of=("self",)).select_related("need__organization", "resource__organization")
    exchange: Exchange = found.get()
    expect_version(exchange, version)
    return exchange


def sides_of(principal: Principal, exchange: Exchange) -> frozenset[Side]:
    """The sides the principal acts for: as a member of the organization, or as staff of its zone on its behalf."""
    owners: dict[Side, Need | Resource] = {Side.NEED: exchange.need, Side.RESOURCE: exchange.resource}
    return frozenset(side for side, record in owners.items() if acts_for(principal, record))


def acts_for(principal: Principal, record: Need | Resource) -> bool:
    """Whether the principal speaks for the owner of a need or resource."""
    is_member = record.organization_id in principal.organizations
    return principal.is_system or is_member or record.zone_id in principal.staff_zones


def acting_side(principal: Principal, exchange: Exchange, side: str = "") -> Side:
    """The side a step is taken for: the only one, or the one that is named. Raises NotAllowed, InvalidInput."""
    sides = sides_of(principal, exchange)
    if side:
        if side not in Side.values:
            raise InvalidInput.single("side", _("请选择需求方或资源方。"))
        if side not in sides:
            raise NotAllowed(_("您不能代表该方：请由其单位或所在园区办理。"))
        return Side(side)
    if len(sides) != 1:
        raise InvalidInput.single("side", _("双方都由您经办：请选择代表哪一方。"))
    return next(iter(sides))


def organization_of(exchange: Exchange, side: Side) -> Organization:
    """Whose side it is."""
    owner: Organization = (exchange.need if side == Side.NEED else exchange.resource).organization
    return owner


def is_on_behalf(principal: Principal, exchange: Exchange, side: Side) -> bool:
    """Whether somebody other than a member of the side's organization acts for it."""
    return organization_of(exchange, side).pk not in principal.organizations


def other(side: Side) -> Side:
    """The one across the table."""
    return Side.RESOURCE if side == Side.NEED else Side.NEED
