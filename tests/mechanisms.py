"""One valid record of each kind of mechanism, as its doors write it."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from matching.models import Conversion
from matching.services.transfers import CONVERSION, TALENT, TRIAL
from tests.builders import make_catalogue, make_code, make_organization, make_resource
from tests.conftest import World
from zones.choices import ResourceKind
from zones.models import (
    Catalogue,
    CatalogueItem,
    ChainPlace,
    Enclave,
    EnclaveTenant,
    FundCommitment,
    Organization,
    Resource,
)
from zones.scoping import SYSTEM
from zones.services.keeping import Shape, record_kept, withdraw_kept
from zones.services.mechanisms import CHAIN, ENCLAVE, FUND, POLICY

SHAPES = (POLICY, FUND, CHAIN, ENCLAVE, CONVERSION, TALENT, TRIAL)
TRACK = "FI2"
LABELS = {shape.model._meta.label_lower: shape.name for shape in SHAPES}
HIDDEN_KEPT = {label: [f"hidden-{name}", f"withdrawn-{name}"] for label, name in LABELS.items()}
SHOWN_KEPT = {label: [f"shown-{name}"] for label, name in LABELS.items()} | {"zones.catalogue": ["shown-catalogue"]}
"""By table: names of what Far may not see and of what it may, for the tests of two worlds."""


def make_track() -> None:
    make_code("industry", TRACK, name_zh="未来信息", name_en="Future information", family="FUTURE2024")


def values_of(shape: Shape, world: World) -> dict[str, Any]:
    """The columns of a record of zone East."""
    common = {"zone": world.east, "title_zh": f"东方的{shape.model._meta.verbose_name}", "source_zh": "台账 1 号"}
    return common | {
        "policy": lambda: {"issued_on": date(2024, 10, 1), "number": "东新管〔2024〕1 号"},
        "fund": lambda: {"size": Decimal(100_000_000), "established_on": date(2024, 1, 1)},
        "chain_node": lambda: {"chain_zh": "新型显示", "stage": "upstream", "valid_from": date(2024, 1, 1)},
        "enclave": lambda: {
            "home_zone": world.east, "host_zone": world.west, "operator": world.laboratory,
            "opened_on": date(2024, 1, 1),
        },
        "conversion": lambda: {
            "from_zone": world.east, "landing_zone": world.west, "amount": Decimal(500_000),
            "converted_on": date(2024, 6, 1),
        },
        "talent_exchange": lambda: {
            "from_zone": world.east, "to_zone": world.west, "role": "expert", "person_times": 3,
            "started_on": date(2024, 5, 1),
        },
        "trial": lambda: {
            "testbed": Resource.plain.filter(kind=ResourceKind.TESTBED).first()
            or make_resource(kind=ResourceKind.TESTBED, organization=world.enterprise, name_zh="低空试验场"),
            "organization": world.enterprise, "track_code": TRACK, "started_on": date(2024, 5, 1),
        },
    }[shape.name]()  # fmt: skip


def parts_of(shape: Shape, world: World) -> dict[str, list[dict[str, Any]]]:
    """What hangs on it."""
    target = {"indicator_zh": "未来产业集群", "year": 2030, "planned_count": 2, "planned_value": Decimal(10**11),
              "is_each": True}  # fmt: skip
    lists: dict[str, dict[str, list[dict[str, Any]]]] = {
        "policy": {
            "items": [{"kind": "element", "text_zh": f"要素 {n}"} for n in range(7)]
            + [{"kind": "action", "text_zh": f"行动 {n}"} for n in range(8)],
            "targets": [target],
            "actuals": [{"target_number": 1, "as_of": date(2025, 12, 31), "actual_count": 1, "evidence_zh": "年报"}],
        },
        "fund": {
            "commitments": [
                {"zone": world.east, "amount": Decimal(60_000_000), "committed_on": date(2024, 1, 1)},
                {"organization": world.laboratory, "amount": Decimal(40_000_000), "committed_on": date(2024, 1, 1)},
            ],
            "payments": [{"commitment_number": 1, "amount": Decimal(30_000_000), "paid_on": date(2024, 3, 1)}],
        },
        "chain_node": {"places": [{"organization": world.enterprise, "role": "leading",
                                   "valid_from": date(2024, 1, 1)}]},
        "enclave": {"tenants": [{"organization": world.enterprise, "entered_on": date(2024, 2, 1)},
                                {"name_zh": "某初创公司", "entered_on": date(2024, 2, 1)}]},
    }  # fmt: skip
    return lists.get(shape.name, {})


def make_kept(shape: Shape, world: World, *, with_parts: bool = True, **values: Any) -> Any:
    """A record of the system's, with everything that may hang on it."""
    if shape is TRIAL:
        make_track()
    parts = parts_of(shape, world) if with_parts else {}
    return record_kept(SYSTEM, shape, with_parts=parts, **(values_of(shape, world) | values))


NAMING = {"fund": "manager", "enclave": "operator", "trial": "organization"}
"""Columns of records by which they name an organization."""
NAMING_PARTS: tuple[Any, ...] = (FundCommitment, ChainPlace, EnclaveTenant)


def show_mechanisms(named: Callable[[str], UUID], world: World) -> None:
    """A record of each kind that Far reads, of organizations it may not see, and a catalogue."""
    for shape in SHAPES:
        row = make_kept(shape, world)
        shape.model.plain.filter(pk=row.pk).update(public_id=named(f"shown-{shape.name}"))
    _name(make_organization(name_zh="东方隐身一厂", zone=world.east, is_listed=False))
    shown = Resource.plain.filter(kind=ResourceKind.TESTBED).get()
    make_catalogue(shown, zone=world.east, title_zh="东方目录", public_id=named("shown-catalogue"))


def hide_mechanisms(named: Callable[[str], UUID], world: World, words: str) -> None:
    """Records of East alone and withdrawn ones; and what Far may not see of those it reads changes."""
    _name(make_organization(name_zh=words, zone=world.east, is_listed=False))
    listed = make_resource(organization=world.enterprise, name_zh=words, visibility="zone")
    Conversion.plain.update(resource=listed)
    Enclave.plain.update(resource=listed)
    catalogue = Catalogue.plain.get(public_id=named("shown-catalogue"))
    CatalogueItem.objects.create(catalogue=catalogue, resource=listed, listed_on=catalogue.published_on)
    for shape in SHAPES:
        for name, visibility in (("withdrawn", "public"), ("hidden", "zone")):
            row = make_kept(shape, world, title_zh=words, visibility=visibility)
            shape.model.plain.filter(pk=row.pk).update(public_id=named(f"{name}-{shape.name}"))
            if name == "withdrawn":
                withdraw_kept(SYSTEM, shape, record_id=row.pk, version=None, because=words * 2)


def _name(organization: Organization) -> None:
    """All records that name organizations name this one."""
    for shape in SHAPES:
        if shape.name in NAMING:
            shape.model.plain.update(**{NAMING[shape.name]: organization})
    for model in NAMING_PARTS:
        model.plain.filter(organization__isnull=False).update(organization=organization)
