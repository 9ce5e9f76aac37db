"""Many records at once are what single writes make of them: same rows, same refusals, same facts told."""

from datetime import date, timedelta
from typing import Any

import pytest

from ledger.models import OutboxEvent
from matching.models import Need, NeedExclusion, NeedMetric
from matching.services.need_batches import NeedDraft, open_drafts
from matching.services.needs import NeedParts, draft_need, open_need
from tests.builders import make_code, principal_of
from tests.conftest import World
from zones.errors import InvalidInput, NotAllowed
from zones.models import Capability, Organization, Resource, ResourceExclusion, ResourcePart, SharingGrant
from zones.models.details import EquipmentDetail
from zones.scoping import SYSTEM, today
from zones.services.base import Row
from zones.services.batches import Draft, publish_resources, register_organizations
from zones.services.organizations import register_organization
from zones.services.resources import ResourceParts, publish_resource

OWN = {"id", "public_id", "version", "created_at", "updated_at", "opened_at", "name_zh", "title_zh", "pinyin_key"}
METRIC = {"key": "resolution", "name_zh": "分辨率", "operator": "<=", "value": 5, "unit": "nm"}


def resource_values(world: World, name: str = "电镜", **fields: Any) -> dict[str, Any]:
    return {"kind": "equipment", "name_zh": name, "zone": world.east, "organization": world.enterprise} | fields


def resource_parts(world: World) -> ResourceParts:
    return ResourceParts(
        details={"manufacturer": "示例厂", "quantity": 2},
        parts=[{"name_zh": "镜筒", "counts_as": 0}, {"name_zh": "样品台", "counts_as": 0}],
        capabilities=[{"key": "resolution", "name_zh": "分辨率", "high": 5, "unit": "nm"}],
        grants=[{"scope": "zone", "zone": world.far}],
        exclusions=[{"zone": world.far}],
    )


def need_values(world: World, title: str = "检测晶圆", **fields: Any) -> dict[str, Any]:
    return {
        "kind": "testing_sharing", "title_zh": title, "summary_zh": "需要检测晶圆。", "zone": world.east,
        "organization": world.enterprise, "visibility": "national", "deadline": today() + timedelta(days=30),
        "consent_recorded_on": today(),
    } | fields  # fmt: skip


def need_parts(world: World) -> NeedParts:
    return NeedParts(metrics=[METRIC, METRIC | {"key": "size", "operator": "between", "value": [1, 2]}],
                     exclusions=[{"zone": world.far}])  # fmt: skip


def content(row: Any, parent: str = "") -> dict[str, Any]:
    columns = [column.attname for column in row._meta.concrete_fields]
    return {name: getattr(row, name) for name in columns if name not in OWN and name != f"{parent}_id"}


def children(model: type[Row], parent: str, pk: int) -> list[dict[str, Any]]:
    rows = model.plain.filter(**{parent: pk}).order_by("pk")
    return [content(row, parent) for row in rows]


def told(row: Any) -> list[tuple[str, int]]:
    return list(OutboxEvent.objects.filter(object_public_id=row.public_id).values_list("kind", "object_version"))


def test_a_published_resource_is_the_same_alone_and_among_many(world: World) -> None:
    parts = resource_parts(world)
    alone = publish_resource(SYSTEM, with_parts=parts, **resource_values(world, "电镜一"))
    drafts = [Draft(Resource(**resource_values(world, name)), parts) for name in ("电镜二", "电镜三")]
    publish_resources(SYSTEM, drafts)
    for draft in drafts:
        many = Resource.plain.get(pk=draft.resource.pk)
        assert content(many) == content(Resource.plain.get(pk=alone.pk))
        assert told(many) == told(alone) == [("resource.published", 1)]
        for model in (ResourcePart, Capability, SharingGrant, ResourceExclusion, EquipmentDetail):
            assert children(model, "resource", many.pk) == children(model, "resource", alone.pk) != []


def test_an_opened_need_is_the_same_alone_and_among_many(world: World) -> None:
    parts = need_parts(world)
    alone = draft_need(SYSTEM, with_parts=parts, **need_values(world, "检测一"))
    open_need(SYSTEM, need_id=alone.pk)
    drafts = [NeedDraft(Need(**need_values(world, title)), parts) for title in ("检测二", "检测三")]
    open_drafts(SYSTEM, drafts)
    for draft in drafts:
        many = Need.plain.get(pk=draft.need.pk)
        assert content(many) == content(Need.plain.get(pk=alone.pk))
        assert told(many) == [("need.opened", 1)]
        for model in (NeedMetric, NeedExclusion):
            assert children(model, "need", many.pk) == children(model, "need", alone.pk) != []


def test_a_registered_organization_is_the_same_alone_and_among_many(world: World) -> None:
    values: dict[str, Any] = {"kind": "enterprise", "zone": world.east, "city": "沈阳"}
    alone = register_organization(SYSTEM, name_zh="甲公司", **values)
    many = Organization(name_zh="乙公司", credit_code="9144 0300 7152 6726 xg", **values)
    register_organizations(SYSTEM, [many])
    stored = Organization.plain.get(pk=many.pk)
    assert (stored.credit_code, stored.pinyin_key) == ("9144030071526726XG", "yi gong si")
    assert content(stored) == content(Organization.plain.get(pk=alone.pk)) | {"credit_code": stored.credit_code}
    assert told(stored) == told(alone) == [("organization.registered", 1)]


BAD_RESOURCES: list[tuple[dict[str, Any], ResourceParts, str]] = [
    ({"trl": 12}, ResourceParts(), "电镜乙: trl"),
    ({"discipline_codes": ["nothing"]}, ResourceParts(), "电镜乙: discipline_codes"),
    ({"kind": "equipment"}, ResourceParts(details={"quantity": -1}), "电镜乙: quantity"),
    ({}, ResourceParts(capabilities=[{"key": "a", "name_zh": "甲", "unit": "furlongish"}]), "电镜乙: 能力指标 1: unit"),
    ({}, ResourceParts(parts=[{"name_zh": "x" * 81}]), "电镜乙: 仪器与部件 1: name_zh"),
    ({}, ResourceParts(parts=[{"name_zh": "镜筒", "equipment_code": "nothing"}]), "电镜乙: parts"),
    ({"price_from": 5}, ResourceParts(), "资源"),
    ({"name_zh": "电镜甲"}, ResourceParts(), "资源"),
    ({}, ResourceParts(grants=[{"scope": "zone"}]), "共享授权"),
]


@pytest.mark.parametrize(("values", "parts", "place"), BAD_RESOURCES, ids=lambda value: str(value)[:40])
def test_one_bad_resource_stops_all_and_is_named(
    world: World, values: dict[str, Any], parts: ResourceParts, place: str
) -> None:
    before = Resource.plain.count(), OutboxEvent.objects.count()
    good = Draft(Resource(**resource_values(world, "电镜甲")))
    bad = Draft(Resource(**(resource_values(world, "电镜乙") | values)), parts)
    with pytest.raises(InvalidInput) as refused:
        publish_resources(SYSTEM, [good, bad])
    assert list(refused.value.errors) == [place]
    assert (Resource.plain.count(), OutboxEvent.objects.count()) == before


def test_an_owner_of_another_zone_is_refused(world: World) -> None:
    with pytest.raises(InvalidInput) as refused:
        publish_resources(SYSTEM, [Draft(Resource(**resource_values(world, zone=world.far)))])
    assert list(refused.value.errors) == ["电镜: organization"]


BAD_NEEDS: list[tuple[dict[str, Any], NeedParts, str]] = [
    ({}, NeedParts(), "检测乙: metrics"),
    ({"deadline": date(2020, 1, 1)}, NeedParts(metrics=[METRIC]), "检测乙: deadline"),
    ({"is_classified": True}, NeedParts(metrics=[METRIC]), "检测乙: is_classified"),
    ({"summary_zh": "长" * 201}, NeedParts(metrics=[METRIC]), "检测乙: summary_zh"),
    ({"industry_codes": ["nothing"]}, NeedParts(metrics=[METRIC]), "检测乙: industry_codes"),
    ({"budget_min": 9, "budget_max": 4}, NeedParts(metrics=[METRIC]), "需求"),
]


@pytest.mark.parametrize(("values", "parts", "place"), BAD_NEEDS, ids=lambda value: str(value)[:40])
def test_one_bad_need_stops_all_and_is_named(
    world: World, values: dict[str, Any], parts: NeedParts, place: str
) -> None:
    good = NeedDraft(Need(**need_values(world, "检测甲")), NeedParts(metrics=[METRIC]))
    bad = NeedDraft(Need(**(need_values(world, "检测乙") | values)), parts)
    with pytest.raises(InvalidInput) as refused:
        open_drafts(SYSTEM, [good, bad])
    assert list(refused.value.errors) == [place]
    assert not Need.plain.filter(title_zh__startswith="检测").exists()
    assert not OutboxEvent.objects.filter(kind="need.opened").exists()


def test_people_write_many_in_their_own_zone_only(world: World) -> None:
    staff = principal_of(world.ana)
    publish_resources(staff, [Draft(Resource(**resource_values(world)))])
    stranger = principal_of(world.cy)
    with pytest.raises(NotAllowed):
        publish_resources(stranger, [Draft(Resource(**resource_values(world, "电镜丙")))])
    with pytest.raises(NotAllowed):
        open_drafts(stranger, [NeedDraft(Need(**need_values(world)), NeedParts(metrics=[METRIC]))])
    assert Resource.plain.filter(name_zh__startswith="电镜").count() == 1


def test_known_codes_pass(world: World) -> None:
    make_code("discipline", "460")
    drafts = [Draft(Resource(**resource_values(world, f"电镜{i}", discipline_codes=["460"]))) for i in range(3)]
    publish_resources(SYSTEM, drafts)
    assert Resource.plain.filter(discipline_codes=["460"]).count() == 3
