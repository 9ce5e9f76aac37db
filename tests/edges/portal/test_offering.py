"""Members keep the resources of their organization: register, change, confirm anew, take off, photos."""

import io
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from accounts.models import User
from tests.builders import make_association, make_capability, make_code, make_grant, make_resource, make_role
from tests.conftest import World
from tests.edges.portal.conftest import Page, See
from zones.choices import ResourceKind, Role
from zones.models import (
    DETAIL_MODELS,
    AchievementDetail,
    Capability,
    EquipmentDetail,
    Resource,
    ResourcePart,
    ResourcePhoto,
    SharingGrant,
)
from zones.scoping import today

ClientOf = Callable[[User | None], Client]
NEW = "/my/resources/new/"
BLANK = {"name_zh": "", "value": "", "unit": "", "note_zh": "", "key": ""}
ROW = BLANK | {"name_zh": "支持晶圆直径", "value": "100–200", "unit": "mm"}
DETAILS: dict[str, dict[str, str]] = {
    "equipment": {"detail_manufacturer": "甲厂", "detail_quantity": "2", "detail_unit": "套", "detail_counts_as": "1"},
    "pilot_line": {"detail_quantity": "1", "detail_unit": "条"},
    "achievement": {"detail_conversion_zh": "许可、作价入股"},
}


def sent(kind: str = "equipment", **changed: Any) -> dict[str, Any]:
    """The form as a browser sends it: one capability, and blank rows behind it."""
    lines = enumerate((ROW, BLANK, BLANK))
    rows = {f"capabilities-{place}-{name}": text for place, row in lines for name, text in row.items()}
    return {
        "name_zh": "外延片检测仪", "keywords": "氮化镓、缺陷", "capacity": "3", "price_from": "400",
        "price_unit": "hour", "status": "active", "visibility": "national", "capabilities-TOTAL_FORMS": "3",
        "capabilities-INITIAL_FORMS": "0", "parts-TOTAL_FORMS": "0", "parts-INITIAL_FORMS": "0",
        **DETAILS.get(kind, {}), **rows, **changed,
    }  # fmt: skip


def own_page(row: Resource) -> str:
    return f"/my/resources/{row.public_id}/"


def picture() -> SimpleUploadedFile:
    stream = io.BytesIO()
    Image.new("RGB", (40, 30), (10, 90, 90)).save(stream, "PNG")
    return SimpleUploadedFile("photo.png", stream.getvalue(), "image/png")


@pytest.mark.parametrize("kind", ResourceKind.values)
def test_a_member_registers_a_resource_of_each_kind(client_of: ClientOf, world: World, kind: str) -> None:
    make_code("industry", "9", name_zh="电子信息")
    client = client_of(world.lin)
    assert f"?kind={kind}" in Page.of(client.get(NEW)).links
    assert Page.of(client.get(f"{NEW}?kind={kind}")).status == 200
    page = Page.of(client.post(f"{NEW}?kind={kind}", sent(kind, industry_codes=["9"])))
    row = Resource.plain.get()
    assert page.headers["Location"] == own_page(row)
    assert (row.kind, row.organization, row.zone, row.confirmed_on) == (kind, world.laboratory, world.west, today())
    assert (row.keywords, row.industry_codes, row.price_from) == (["氮化镓", "缺陷"], ["9"], Decimal(400))
    one = Capability.plain.get()
    assert (one.low, one.high, one.unit) == (100.0, 200.0, "mm")
    assert DETAIL_MODELS[kind].plain.filter(resource=row).exists()


def test_details_of_a_kind_are_stored(client_of: ClientOf, world: World) -> None:
    client = client_of(world.lin)
    client.post(f"{NEW}?kind=equipment", sent())
    client.post(f"{NEW}?kind=achievement", sent("achievement", name_zh="工艺包"))
    equipment = EquipmentDetail.plain.get()
    assert (equipment.manufacturer, equipment.quantity, equipment.unit) == ("甲厂", 2, "套")
    assert AchievementDetail.plain.get().conversion_zh == ["许可", "作价入股"]


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"name_zh": ""}, "请填写此项"),
        ({"price_unit": ""}, "计价单位"),
        ({"price_from": "500", "price_to": "400"}, "起价不得高于止价"),
        ({"visibility": "association"}, "请选择可以看到它的联盟或网络"),
        ({"visibility": "sealed"}, "可见范围"),
        ({"status": "retired"}, "状态"),
        ({"trl": "12"}, "技术就绪度"),
        ({"capabilities-0-value": "200–100"}, "前一个数不得大于"),
        ({"capabilities-0-unit": "尺度"}, "单位“尺度”无法识别"),
        ({"detail_quantity": ""}, "数量"),
        ({"industry_codes": ["nonsense"]}, "产业"),
    ],
)
def test_what_will_not_do_comes_back_and_nothing_is_stored(
    client_of: ClientOf, world: World, changed: dict[str, Any], told: str
) -> None:
    page = Page.of(client_of(world.lin).post(f"{NEW}?kind=equipment", sent(**changed)))
    assert page.status == 400
    assert told in page.text
    assert "氮化镓、缺陷" in page.html
    assert not Resource.plain.exists()


def test_a_change_keeps_what_the_form_does_not_show(client_of: ClientOf, world: World) -> None:
    other = make_association(world.west, name_zh="西山网络")
    row = make_resource(
        organization=world.laboratory, kind="equipment", visibility="association", external_id="E-1",
        discipline_codes=["51030"], confirmed_on="2026-01-02",
    )  # fmt: skip
    make_capability(row, key="bits", low=None, high=None, choices=["甲", "乙"])
    make_grant(row, association=world.alliance)
    make_grant(row, association=other, valid_to=today() + timedelta(30))
    client = client_of(world.lin)
    page = Page.of(client.get(f"{own_page(row)}edit/"))
    assert 'value="甲、乙"' in page.html
    one = {"capabilities-INITIAL_FORMS": "1", "capabilities-0-key": "bits", "capabilities-0-value": "甲、乙、丙"}
    values = sent(visibility="association", associations=["alliance"], version="1", **one)
    assert client.post(f"{own_page(row)}edit/", values).status_code == 302
    row.refresh_from_db()
    assert (row.name_zh, row.version, row.external_id, row.discipline_codes) == ("外延片检测仪", 2, "E-1", ["51030"])
    assert [(one.key, one.choices) for one in Capability.plain.all()] == [("bits", ["甲", "乙", "丙"])]
    grants = set(SharingGrant.plain.values_list("association__name_zh", "valid_to"))
    assert grants == {("东西高新区联盟", None), ("西山网络", today() + timedelta(30))}
    client.post(f"{own_page(row)}edit/", sent(visibility="national", version="2", **one))
    assert set(SharingGrant.plain.values_list("association__name_zh", flat=True)) == {"西山网络"}


def part(place: int, **told: str) -> dict[str, str]:
    """One row of a part as a browser sends it."""
    row = {"name_zh": "", "quantity": "1", "unit": "台", "counts_as": "0"} | told
    return {f"parts-{place}-{name}": text for name, text in row.items()}


def test_the_parts_of_a_set_are_written_changed_and_taken_away(client_of: ClientOf, world: World) -> None:
    client = client_of(world.lin)
    page = Page.of(client.get(f"{NEW}?kind=equipment"))
    assert "成套设备的部件折合 0 台套" in page.text
    assert 'name="parts-0-counts_as" value="0"' in page.html
    assert 'name="parts-0-counts_as" value="1"' in Page.of(client.get(f"{NEW}?kind=laboratory")).html
    assert "parts-0" not in Page.of(client.get(f"{NEW}?kind=achievement")).html
    rows = part(0, name_zh="激光器", model="L-1", original_value="12000.5") | part(1, name_zh="样品台") | part(2)
    made = sent("equipment", **rows, **{"parts-TOTAL_FORMS": "3"})
    assert client.post(f"{NEW}?kind=equipment", made).status_code == 302
    row = Resource.plain.get()
    told = ResourcePart.plain.values_list("position", "name_zh", "counts_as", "original_value")
    assert list(told) == [(1, "激光器", 0, Decimal("12000.50")), (2, "样品台", 0, None)]
    path = f"{own_page(row)}edit/"
    assert 'value="激光器"' in Page.of(client.get(path)).html
    known = {"parts-TOTAL_FORMS": "3", "parts-INITIAL_FORMS": "2", "capabilities-INITIAL_FORMS": "1"}
    rows = part(0, name_zh="激光器", **{"DELETE": "on"}) | part(1, name_zh="自动样品台", quantity="2") | part(2)
    key = {"capabilities-0-key": Capability.plain.get().key}
    assert client.post(path, sent("equipment", version="1", **rows, **known, **key)).status_code == 302
    assert list(ResourcePart.plain.values_list("position", "name_zh", "quantity")) == [(1, "自动样品台", 2)]


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"name_zh": "", "model": "L-1"}, "请填写此项"),
        ({"quantity": "99999999999"}, "数量"),
        ({"equipment_code": "nonsense"}, "未知仪器设备分类"),
        ({"original_value": "-1"}, "原值"),
        ({"name_zh": "空\x00字"}, "空字符"),
    ],
)
def test_a_part_that_will_not_do_comes_back(
    client_of: ClientOf, world: World, wrong: dict[str, str], told: str
) -> None:
    rows = part(0, **({"name_zh": "激光器"} | wrong)) | {"parts-TOTAL_FORMS": "1"}
    page = Page.of(client_of(world.lin).post(f"{NEW}?kind=equipment", sent("equipment", **rows)))
    assert (page.status, told in page.text) == (400, True)
    assert not Resource.plain.exists()


def test_a_stale_form_is_told_loses_nothing_and_may_be_sent_again(client_of: ClientOf, world: World) -> None:
    row = make_resource(organization=world.laboratory, kind="equipment")
    Resource.plain.filter(pk=row.pk).update(version=3)
    client, path = client_of(world.lin), f"{own_page(row)}edit/"
    page = Page.of(client.post(path, sent(version="1")))
    assert (page.status, "别人修改了这条记录" in page.text) == (409, True)
    assert 'value="外延片检测仪"' in page.html
    assert 'name="version" value="3"' in page.html
    assert client.post(path, sent(version="3")).status_code == 302
    assert client.post(path, sent(version="x")).status_code == 409


def test_a_resource_is_confirmed_anew_and_taken_off(client_of: ClientOf, world: World) -> None:
    row = make_resource(organization=world.laboratory, confirmed_on="2020-01-02")
    client = client_of(world.lin)
    assert client.post(own_page(row), {"step": "confirm", "version": "7"}).status_code == 409
    assert client.post(own_page(row), {"step": "confirm", "version": "1"}).status_code == 302
    row.refresh_from_db()
    assert row.confirmed_on == today()
    assert client.post(own_page(row), {"step": "publish", "version": "2"}).status_code == 404
    assert client.post(own_page(row), {"step": "retire", "version": "2"}).status_code == 302
    row.refresh_from_db()
    assert row.status == "retired"
    assert "核实无误" not in Page.of(client.get(own_page(row))).text


def test_photos_are_added_and_removed(client_of: ClientOf, world: World) -> None:
    row, client = make_resource(organization=world.laboratory), client_of(world.lin)
    assert client.post(own_page(row), {"step": "photo", "photo": picture(), "caption": "正面"}).status_code == 302
    photo = ResourcePhoto.plain.get()
    assert "正面" in Page.of(client.get(own_page(row))).text
    wrong = SimpleUploadedFile("photo.png", b"no picture")
    page = Page.of(client.post(own_page(row), {"step": "photo", "photo": wrong}))
    assert (page.status, "无法读取这张照片" in page.text) == (400, True)
    for key in ("", "x", str(row.public_id)):
        assert client.post(own_page(row), {"step": "remove", "photo": key}).status_code == 404
    assert client.post(own_page(row), {"step": "remove", "photo": str(photo.public_id)}).status_code == 302
    assert not ResourcePhoto.plain.exists()


@pytest.mark.parametrize("person", ["eve", "bo", "ana", "cy", "auditor", "secretariat", "ops"])
def test_only_members_of_the_owner_keep_a_resource_in_the_portal(
    client_of: ClientOf, world: World, person: str
) -> None:
    row, client = make_resource(organization=world.laboratory, visibility="public"), client_of(getattr(world, person))
    for path in (own_page(row), f"{own_page(row)}edit/"):
        assert client.get(path).status_code == 404
        assert client.post(path, sent(version="1", step="retire")).status_code == 404
    row.refresh_from_db()
    assert (row.version, row.status) == (1, "active")


def test_a_photo_of_another_resource_is_not_removed(client_of: ClientOf, world: World) -> None:
    client = client_of(world.lin)
    mine = make_resource(organization=world.laboratory)
    client.post(own_page(mine), {"step": "photo", "photo": picture()})
    other = make_resource(organization=world.laboratory)
    photo = str(ResourcePhoto.plain.get().public_id)
    assert client.post(own_page(other), {"step": "remove", "photo": photo}).status_code == 404


def test_who_belongs_to_two_organizations_says_whose_it_is(client_of: ClientOf, world: World) -> None:
    make_role(world.lin, Role.ORGANIZATION_MEMBER, organization=world.outside)
    client, path = client_of(world.lin), f"{NEW}?kind=equipment"
    assert client.post(path, sent()).status_code == 400
    assert client.post(path, sent(organization=str(world.enterprise.public_id))).status_code == 400
    assert client.post(path, sent(organization=str(world.outside.public_id))).status_code == 302
    assert Resource.plain.get().zone == world.far


def test_visitors_log_in_and_unknown_kinds_are_refused(see: See, world: World) -> None:
    assert see(None, NEW).status == 302
    assert see(world.ana, NEW).status == 404
    assert see(world.lin, NEW, kind="castle").status == 400
    assert own_page(make_resource(organization=world.laboratory)) in see(world.lin, "/my/").links
