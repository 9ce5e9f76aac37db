"""Of whom and what one may publish figures: places, and documents and series one keeps; the system also flows."""

from collections import Counter
from collections.abc import Iterable
from typing import Any, Final

from django.apps import apps
from django.db.models import Q
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from backoffice.rows import visible_rows
from figures.definitions.base import Definition
from figures.definitions.derived import DERIVATIONS
from figures.definitions.registry import all_definitions
from figures.geography import read_geography
from figures.models import Series
from zones.errors import listed
from zones.models import Association, Region, RegionGroup, Zone
from zones.scoping import Principal

Choices = list[tuple[str, str]]
Grouped = list[tuple[Any, Any]]
DOCUMENTS: Final = (
    ("policy", "zones.PolicyDocument", Q(withdrawn_on__isnull=True)),
    ("agreement", "matching.Agreement", ~Q(state__in=("draft", "dropped"))),
)


def publishable_figures(offered: Grouped) -> Grouped:
    """Every definition that can be asked of something that is offered, then what is derived of each, by the way it is
    derived. No two are called alike.
    """
    kinds = {code.partition(":")[0] for _title, choices in offered for code, _name in choices}
    rows = [one for one in all_definitions().values() if not kinds.isdisjoint(one.scopes)]
    derived = [
        (str(way.title_after), _told_apart(way(one) for one in rows if way.fits(one))) for way in DERIVATIONS.values()
    ]
    return [(_("指标"), _told_apart(rows)), *((title, choices) for title, choices in derived if choices)]


def _told_apart(definitions: Iterable[Definition]) -> Choices:
    """Each with its name; of those called alike, the one that goes from place to place says so."""
    rows = list(definitions)
    often = Counter(one.name for one in rows)
    flows = {one.id for one in rows if often[one.name] > 1 and "flow" in one.scopes}
    named = _("%(what)s（%(part)s）")
    told = {one.id: capfirst(one.name) for one in rows}
    return [(one, named % {"what": name, "part": _("流向")} if one in flows else name) for one, name in told.items()]


def publishable_scopes(principal: Principal) -> Choices:
    """The places whose figures one may publish."""
    zones, associations = Zone.objects.all(), Association.objects.all()
    if not principal.is_system:
        zones, associations = (
            zones.filter(pk__in=principal.manager_zones),
            associations.filter(pk__in=principal.secretariats),
        )
    nation = [("nation", _("全国"))] if principal.is_system else []
    named = [
        *((f"association:{row.slug}", str(row)) for row in associations),
        *((f"zone:{row.slug}", str(row)) for row in zones),
    ]
    return [*nation, *named]


def reported_scopes(current: str = "") -> Grouped:
    """Of what an official series may speak: every place, flows between regions, and what it speaks of already."""
    regions = [(f"region:{row.code}", str(row)) for row in Region.objects.order_by("code")]
    joined = [(f"group:{row.slug}", str(row)) for row in RegionGroup.objects.all()]
    groups = [
        (_("全国与地区"), [("nation", _("全国")), *joined, *regions]),
        (_("联盟（网络）"), [(f"association:{row.slug}", str(row)) for row in Association.objects.all()]),
        (_("高新区"), [(f"zone:{row.slug}", str(row)) for row in Zone.objects.all()]),
        (_("流向"), _flows()),
    ]
    known = {code for _title, choices in groups for code, _name in choices}
    kept = [] if current in {"", *known} else [(current, current)]
    return [("", "—"), *kept, *((title, choices) for title, choices in groups if choices)]


def everything_publishable(principal: Principal) -> Grouped:
    """Places, series, documents and flows: what a published figure may speak of, a group each."""
    groups = [
        (_("地区与联盟"), publishable_scopes(principal)),
        (_("官方数据系列"), [(f"series:{row.code}", str(row)) for row in _kept(Series, principal)]),
    ]
    for kind, label, which in DOCUMENTS:
        model: Any = apps.get_model(label)
        rows = _kept(model, principal).filter(which)
        groups.append((str(model._meta.verbose_name), [(f"{kind}:{row.public_id}", str(row)) for row in rows]))
    if principal.is_system:
        groups.append((_("流向"), _flows()))
    return [(title, choices) for title, choices in groups if choices]


def _kept(model: Any, principal: Principal) -> Any:
    """Rows of the zones and associations one publishes for."""
    rows = visible_rows(model, principal).order_by("pk")
    own = Q(zone_id__in=principal.manager_zones) | Q(association_id__in=principal.secretariats)
    return rows if principal.is_system else rows.filter(own)


def _flows() -> Choices:
    """From each region of a group to the others of it: 北京流向天津、河北."""
    groups: dict[str, list[Region]] = {}
    regions, of_regions = Region.objects.in_bulk(), read_geography(samples=True).of_regions
    for pk, codes in sorted(of_regions.items()):
        for group in sorted(code for code in codes if code.startswith("group:")):
            groups.setdefault(group, []).append(regions[pk])
    found = {}
    for members in groups.values():
        for seller in members if len(members) > 1 else []:
            buyers = [one for one in members if one != seller]
            code = f"flow:region:{seller.code}>{'+'.join(f'region:{one.code}' for one in buyers)}"
            told = {"seller": str(seller), "buyer": listed(str(one) for one in buyers)}
            found[code] = _("%(seller)s流向%(buyer)s") % told
    return sorted(found.items())
