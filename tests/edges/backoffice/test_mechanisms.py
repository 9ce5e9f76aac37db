"""Mechanisms in the back office: recorded with their lists, read by others, withdrawn, and as files; catalogues."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from matching.models import TalentExchange, Trial
from tests.builders import make_catalogue, make_resource
from tests.conftest import World
from tests.edges.backoffice.conftest import Browse, body_of, errors_of
from tests.edges.backoffice.test_cooperations import rows_of
from tests.mechanisms import SHAPES, make_kept, make_track, parts_of, values_of
from zones.models import CatalogueItem, FundPayment, PolicyDocument, PolicyItem, PolicyTarget
from zones.scoping import today
from zones.services.keeping import Shape
from zones.services.mechanisms import ENCLAVE, FUND, POLICY

every_shape = pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.name)


def list_of(shape: Shape) -> str:
    return f"/office/{shape.model._meta.label_lower.replace('.', '/')}/"


def posted(shape: Shape, world: World, **fields: Any) -> dict[str, Any]:
    """A form as the page sends it."""
    values = {"visibility": "national"} | values_of(shape, world) | fields
    lists: dict[str, Any] = {}
    for name, rows in parts_of(shape, world).items():
        lists |= rows_of(name, *[{column: _sent(value) for column, value in row.items()} for row in rows])
    return {name: _sent(value) for name, value in values.items() if value is not None} | lists


def _sent(value: Any) -> Any:
    return getattr(value, "public_id", value)


@every_shape
def test_a_record_is_kept_read_by_others_and_withdrawn(world: World, browse: Browse, shape: Shape) -> None:
    make_track()
    ana, bo, url = browse(world.ana), browse(world.bo), list_of(shape)
    assert ana.get(f"{url}add/").context["adminform"].form.initial["zone"] == world.east
    answer = ana.post(f"{url}add/", posted(shape, world), follow=True)
    assert "已保存" in answer.content.decode(), errors_of(answer)
    row = shape.model.plain.get()
    assert {name: model.plain.count() for name, model in shape.parts.items()} == {
        name: len(rows) for name, rows in parts_of(shape, world).items()
    }
    text = bo.get(f"{url}{row.public_id}/change/").content.decode()
    assert all(word in text for word in (row.title_zh, "台账 1 号", "东方高新区"))
    assert "撤销原因" not in text
    assert bo.get(f"{url}{row.public_id}/history/").status_code == 404
    assert row.title_zh in body_of(bo.get(f"{url}export/csv/")).decode()
    assert body_of(bo.get(f"{url}export/xlsx/")).startswith(b"PK")
    assert "撤销原因" in ana.get(f"{url}{row.public_id}/read/").content.decode()
    sent = {"version": row.version, "because": "与另一条重复"}
    assert "不再计入统计" in ana.post(f"{url}{row.public_id}/panels/withdraw/", sent, follow=True).content.decode()
    assert bo.get(f"{url}{row.public_id}/change/").status_code == 404
    for state, is_there in (("withdrawn", True), ("current", False), ("over", False)):
        assert (row.title_zh in ana.get(f"{url}?state={state}").content.decode()) == is_there


def test_items_and_targets_of_a_policy_are_counted(world: World, browse: Browse) -> None:
    browse(world.ana).post(f"{list_of(POLICY)}add/", posted(POLICY, world))
    kinds = list(PolicyItem.plain.values_list("kind", flat=True))
    assert (kinds.count("element"), kinds.count("action")) == (7, 8)
    target = PolicyTarget.plain.get()
    assert (target.planned_count, target.planned_value, target.is_each) == (2, Decimal(10**11), True)
    text = browse(world.cy).get(f"{list_of(POLICY)}{PolicyDocument.plain.get().public_id}/change/").content.decode()
    assert "1000 亿元" in text


def test_what_the_service_refuses_stands_at_its_row(world: World, browse: Browse) -> None:
    row = make_kept(FUND, world)
    form = posted(FUND, world, version=row.version) | rows_of(
        "payments", {"commitment_number": 1, "amount": "999000000", "paid_on": today()}
    )
    text = browse(world.ana).post(f"{list_of(FUND)}{row.public_id}/change/", form).content.decode()
    assert "超过认缴额" in text
    assert FundPayment.plain.get().amount != 999_000_000


def test_a_secretariat_records_for_its_association_and_no_zone(world: World, browse: Browse) -> None:
    client, url = browse(world.secretariat), list_of(FUND)
    form = posted(FUND, world, association=world.alliance, zone=None)
    assert "已保存" in client.post(f"{url}add/", form, follow=True).content.decode()
    refused = client.post(f"{url}add/", posted(FUND, world))
    assert "zone" in errors_of(refused)


def test_a_tenant_that_is_not_listed_is_named_to_its_own_side_only(world: World, browse: Browse) -> None:
    row = make_kept(ENCLAVE, world)
    type(world.enterprise).plain.filter(pk=world.enterprise.pk).update(is_listed=False)
    url = f"{list_of(ENCLAVE)}{row.public_id}/"
    assert str(world.enterprise) in browse(world.ana).get(f"{url}read/").content.decode()
    assert str(world.enterprise) not in browse(world.cy).get(f"{url}change/").content.decode()


def test_resources_are_listed_and_taken_off_by_number_or_name(world: World, browse: Browse) -> None:
    first = make_resource(organization=world.enterprise, name_zh="光刻机", external_id="E-1")
    second = make_resource(organization=world.enterprise, name_zh="电镜")
    client, row = browse(world.ana), make_catalogue(zone=world.east)
    url = f"/office/zones/catalogue/{row.public_id}/"
    named = {"version": 1, "names": "E-1\n电镜\n", "listed_on": "2025-01-01"}
    assert "没有找到" in client.post(f"{url}panels/list/", named | {"names": "不存在"}).content.decode()
    assert "已列入目录" in client.post(f"{url}panels/list/", named, follow=True).content.decode()
    gone = {"version": 2, "names": "光刻机", "withdrawn_on": "2025-06-01"}
    assert "已登记出目录" in client.post(f"{url}panels/take-off/", gone, follow=True).content.decode()
    assert list(CatalogueItem.objects.order_by("pk").values_list("resource", "withdrawn_on")) == [
        (first.pk, date(2025, 6, 1)), (second.pk, None),
    ]  # fmt: skip
    text = browse(world.bo).get(f"{url}change/").content.decode()
    assert "panels/list" not in text
    assert "电镜" in body_of(client.get("/office/zones/catalogue/export/csv/")).decode()
    assert (
        client.post(f"{url}change/", {"version": 3, "title_zh": "新名", "published_on": "2025-01-01"}).status_code
        == 302
    )


def test_lists_are_narrowed_by_track_and_role(world: World, browse: Browse) -> None:
    client = browse(world.ana)
    for shape, model, query in ((SHAPES[-1], Trial, "track=FI2"), (SHAPES[-2], TalentExchange, "role=expert")):
        make_kept(shape, world)
        assert model.plain.get().title_zh in client.get(f"{list_of(shape)}?{query}").content.decode()
        other = query.replace("FI2", "FI3").replace("expert", "student")
        assert model.plain.get().title_zh not in client.get(f"{list_of(shape)}?{other}").content.decode()
