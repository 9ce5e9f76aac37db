"""The history of a record tells of the rows that hang on it: what was there before and after each save, and no more."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pghistory
import pytest
from django.apps import apps
from django.db.models import CASCADE, ForeignKey

import backoffice.hanging
from backoffice.changes import Change
from backoffice.hanging import HANGING
from backoffice.history import entries_of, is_tracked
from matching.models import Dismissal, EventWish, Label, LeakStatement, Need, NeedReview, Push, Shortlisting
from tests.builders import (
    make_capability,
    make_contact,
    make_exclusion,
    make_grant,
    make_metric,
    make_need,
    make_organization,
    make_part,
    make_resource,
    principal_of,
)
from tests.conftest import World
from tests.edges.backoffice.conftest import Browse
from tests.edges.backoffice.test_photos import picture
from tests.edges.backoffice.test_writing import ADD_NEED, change_url, metric, need_form
from zones.models import Resource, ServiceEntry, ServiceRating, ServiceRecord
from zones.services.merging import absorb_resource
from zones.services.organizations import OrganizationParts, update_organization
from zones.services.photos import add_photo
from zones.services.resources import ResourceParts, update_resource

OF_REQUESTS = {ServiceEntry, ServiceRating, ServiceRecord}
TOLD_ELSEWHERE = {
    *{Dismissal, EventWish, Label, LeakStatement, NeedReview, Push, Shortlisting},
    *OF_REQUESTS,
}
"""Decisions about a record, with pages of their own; whom a guest wishes to meet its own side alone reads."""


@contextmanager
def saving(user: Any) -> Iterator[None]:
    with pghistory.context(user=user.pk):
        yield


def told(row: Any, user: Any) -> list[Change]:
    """Everything the history of a record tells as changed, newest first."""
    return [change for entry in entries_of(row, principal_of(user)) for change in entry.changes]


def test_a_save_tells_the_metrics_it_changed_and_no_others(world: World, browse: Browse) -> None:
    client = browse(world.ana)
    kept, taken = metric(name_zh="线宽"), metric(name_zh="良率", value="3", unit="%")
    client.post(ADD_NEED, need_form(world, metric(), kept, taken))
    need = Need.plain.get()
    added = metric(name_zh="产能", operator=">=", value="40", unit="片")
    client.post(change_url(need), need_form(world, metric(value="0.4"), kept, added, version=1))
    entries = entries_of(need, principal_of(world.ana))
    assert [(entry.who, entry.verb) for entry in entries] == [("Ana", "修改"), ("Ana", "新建")]
    assert [change for change in entries[0].changes if change.label.startswith("指标")] == [
        ("指标 分辨率：数值", "≤ 0.5 nm", "≤ 0.4 nm"),
        ("指标 良率", "数值：≤ 3 %、优先级：硬指标", "—"),
        ("指标 产能", "—", "数值：≥ 40 片、优先级：硬指标"),
    ]
    page = client.get(change_url(need).replace("change", "history")).content.decode()
    assert "≤ 0.4 nm" in page
    assert "线宽" not in page


def test_every_kind_of_row_of_a_resource_is_told(world: World) -> None:
    resource = make_resource(organization=world.laboratory)
    parts = ResourceParts(
        details={"level_zh": "省级"},
        parts=[{"name_zh": "光刻机", "quantity": 2}],
        capabilities=[{"name_zh": "分辨率", "key": "resolution", "low": 1.0, "high": 5.0, "unit": "nm"}],
        grants=[{"scope": "zone", "zone": world.east}],
        exclusions=[{"zone": world.far}],
    )
    with saving(world.bo):
        update_resource(principal_of(world.bo), resource_id=resource.pk, version=1, with_parts=parts)
    with saving(world.bo):
        add_photo(principal_of(world.bo), resource_id=resource.pk, content=picture(), caption="大门")
    changes = told(resource, world.bo)
    words = {change.label: change.after for change in changes}
    assert words.keys() == {
        "照片 大门", "实验室信息：级别", "仪器与部件 光刻机", "能力指标 分辨率", "共享授权", "不服务的单位与园区",
    }  # fmt: skip
    assert ("实验室信息：级别", "—", "省级") in changes
    assert words["能力指标 分辨率"] == "数值：1–5 nm"
    assert words["照片 大门"] == "数值：400 × 300"
    assert str(world.far) in words["不服务的单位与园区"]


def test_a_row_without_a_name_is_told_by_what_differs(world: World) -> None:
    resource = make_resource(organization=world.enterprise)
    make_grant(resource, zone=world.west)
    with saving(world.ana):
        parts = ResourceParts(grants=[{"scope": "zone", "zone": world.far}])
        update_resource(principal_of(world.ana), resource_id=resource.pk, version=1, with_parts=parts)
    assert told(resource, world.ana) == [("共享授权：高新区", str(world.west), str(world.far))]


def test_contacts_are_told_by_their_masks(world: World, browse: Browse) -> None:
    contact = make_contact(world.enterprise)
    row = {"key": contact.public_id, "title": contact.title, "person_name": "张*", "email": "z***@example.cn"}
    with saving(world.ana):
        update_organization(
            principal_of(world.ana), organization_id=world.enterprise.pk, version=1,
            with_parts=OrganizationParts(contacts=[row | {"phone": "13987654321"}]),
        )  # fmt: skip
    assert told(world.enterprise, world.ana) == [("联系方式 技术负责人：电话", "138****5678", "139****4321")]
    url = change_url(world.enterprise).replace("change", "history")
    page = browse(world.auditor).get(url).content.decode()
    assert "139****4321" in page
    assert not re.search(r"1[39]\d{9}|zhang@", page)


def test_other_names_of_an_organization_are_told(world: World) -> None:
    for version, aliases in ((1, ["东微", "东方微"]), (2, ["东微", "EME"])):
        with saving(world.ana):
            update_organization(
                principal_of(world.ana), organization_id=world.enterprise.pk, version=version,
                with_parts=OrganizationParts(aliases=aliases),
            )  # fmt: skip
    assert ("单位别名：别名", "东方微", "EME") in told(world.enterprise, world.ana)


def test_rows_a_merge_brought_were_not_there_before(world: World) -> None:
    kept, merged = (make_resource(organization=world.enterprise) for _ in range(2))
    make_part(merged, name_zh="光刻机")
    with saving(world.ana):
        absorb_resource(
            principal_of(world.ana), kept_id=kept.pk, merged_id=merged.pk, kept_version=None, merged_version=None
        )
    [change] = [change for change in told(kept, world.ana) if change.label.startswith("仪器与部件")]
    assert (change.label, change.before) == ("仪器与部件 光刻机", "—")


def test_an_organization_the_reader_may_not_see_is_not_named(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    hidden = make_organization(name_zh="西方隐名厂", zone=world.west, is_listed=False)
    need = make_need(organization=world.enterprise)
    with saving(world.ana):
        make_exclusion(need, organization=hidden)
    assert told(need, world.ana) == []
    monkeypatch.setattr(backoffice.hanging, "visible_rows", lambda model, principal: model._default_manager.all())
    assert "西方隐名厂" in told(need, world.ana)[0].after


def test_a_save_that_was_not_read_whole_is_not_told(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else rows that were there would be told as new."""
    need = make_need(organization=world.enterprise)
    with saving(world.ana):
        first = make_metric(need, name_zh="甲")
        make_metric(need, name_zh="乙")
    with saving(world.ana):
        first.condition_zh = "常温"
        first.save()
    with saving(world.ana):
        make_metric(need, name_zh="丙")
    labels = ["指标 甲：测试条件", "指标 甲", "指标 乙", "指标 丙"]
    assert sorted(change.label for change in told(need, world.ana)) == sorted(labels)
    monkeypatch.setattr(backoffice.hanging, "EVENTS_AT_MOST", 2)
    assert [change.label for change in told(need, world.ana)] == ["指标 丙"]


def test_a_capability_not_known_yet_is_told_as_empty(world: World) -> None:
    resource = make_resource(organization=world.enterprise)
    row = make_capability(resource)
    with saving(world.ana):
        row.low = row.high = None
        row.is_known = False
        row.save()
    [change] = told(resource, world.ana)
    assert change == ("能力指标 分辨率：数值", "1–5 nm", "—")


def _is_below(column: Any) -> bool:
    return bool(column.remote_field.on_delete is CASCADE)


def test_all_tracked_rows_hang_on_a_record_or_are_told_elsewhere() -> None:
    shown = {hanging.model for hangings in HANGING.values() for hanging in hangings}
    below = {
        model
        for model in apps.get_models()
        if is_tracked(model) and any(isinstance(one, ForeignKey) and _is_below(one) for one in model._meta.fields)
    }
    assert below <= shown | TOLD_ELSEWHERE
    assert not shown & TOLD_ELSEWHERE


def test_a_history_takes_few_queries(world: World, browse: Browse, django_assert_max_num_queries: Any) -> None:
    resource = make_resource(organization=world.enterprise)
    for count in range(1, 5):
        parts = ResourceParts(parts=[{"name_zh": f"部件{n}"} for n in range(count)], exclusions=[{"zone": world.far}])
        with saving(world.ana):
            update_resource(principal_of(world.ana), resource_id=resource.pk, version=count, with_parts=parts)
    client = browse(world.ana)
    url = change_url(Resource.plain.get(pk=resource.pk)).replace("change", "history")
    with django_assert_max_num_queries(25):
        assert "部件3" in client.get(url).content.decode()
