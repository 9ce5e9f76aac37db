"""A file on its way in: staged, applied at once or not at all, receipted and undone."""

from typing import Any

import pytest
from django.apps import apps

from accounts.models import User
from ledger.models import OutboxEvent
from tests.builders import make_resource, make_role, principal_of
from tests.conftest import World
from tests.zones.importing.conftest import applied, rows_of, staged, told, worked
from tests.zones.importing.sheets import workbook
from zones.choices import ImportState, ResourceKind, Role
from zones.errors import DomainError, IllegalTransition, InvalidInput, NotAllowed
from zones.importing import jobs
from zones.models import EquipmentDetail, ImportFile, ImportJob, Organization, Resource, ResourcePart
from zones.services.resources import update_resource

TITLES = ["设备编号", "设备名称", "权属单位", "型号", "数量", "单位", "原值（万元）", "启用日期", "所属设备编号"]
ROWS: list[list[Any]] = [
    TITLES,
    ["E-2", "电源模块", None, "P1", 2, "台", None, None, "E-1"],
    ["E-1", "分子束外延系统", "东方微电子有限公司", "MBE-9", 1, "套", 350.5, "2024年3月5日", None],
    ["E-3", "扫描电镜", "东方新材料研究院", "S-4800", 2, "台", "1,200,000元", 45356, None],
]


def stored() -> int:
    return Resource.plain.count() + Organization.plain.count() + ResourcePart.plain.count()


def test_a_file_is_staged_without_writing_and_applied_whole(world: World) -> None:
    before = stored()
    job = staged(world, workbook(ROWS))
    assert (job.state, job.message) == (ImportState.STAGED, "")
    assert job.counts == {"new": 3}
    assert told(job) == {"C4": ["new_organization"]}
    assert stored() == before
    worked(jobs.apply_import(principal_of(world.ana), job_id=job.pk))
    system = Resource.plain.get(external_id="E-1")
    detail = EquipmentDetail.plain.get(resource=system)
    assert (system.zone, system.organization, system.source_note) == (world.east, world.enterprise, "设备.xlsx")
    assert (detail.unit, str(detail.original_value), str(detail.commissioned_on)) == ("套", "3505000.00", "2024-03-05")
    part = ResourcePart.plain.get(resource=system)
    assert (part.name_zh, part.model, part.quantity, part.counts_as) == ("电源模块", "P1", 2, 0)
    scope = Resource.plain.get(external_id="E-3")
    assert scope.organization.name_zh == "东方新材料研究院"
    assert scope.organization.zone == world.east
    assert str(EquipmentDetail.plain.get(resource=scope).original_value) == "1200000.00"
    assert str(EquipmentDetail.plain.get(resource=scope).commissioned_on) == "2024-03-05"


def test_the_same_file_again_changes_nothing(world: World) -> None:
    applied(world, workbook(ROWS))
    before = list(Resource.plain.order_by("pk").values_list("pk", "version", "updated_at"))
    again = applied(world, workbook(ROWS))
    assert again.counts == {"unchanged": 3}
    assert list(Resource.plain.order_by("pk").values_list("pk", "version", "updated_at")) == before


def test_a_change_is_written_with_its_history_and_event_and_undone(world: World) -> None:
    applied(world, workbook(ROWS))
    changed = [*ROWS[:3], ["E-3", "扫描电镜", "东方新材料研究院", "S-9000", 2, "台", "1,200,000元", 45356, None]]
    job = applied(world, workbook(changed))
    scope = Resource.plain.get(external_id="E-3")
    assert job.counts == {"unchanged": 2, "changed": 1}
    assert (scope.version, EquipmentDetail.plain.get(resource=scope).model) == (2, "S-9000")
    assert OutboxEvent.objects.filter(object_public_id=scope.public_id).count() == 2
    events = apps.get_model("zones", "EquipmentDetailEvent")._default_manager.filter(pgh_obj_id=scope.pk)
    latest = events.order_by("-pgh_id").select_related("pgh_context")[0]
    assert latest.pgh_context.metadata == {"user": world.ana.pk, "reason": f"import {job.public_id}"}
    undone = worked(jobs.undo_import(principal_of(world.ana), job_id=job.pk))
    scope.refresh_from_db()
    assert (undone.state, undone.undone_at is not None) == (ImportState.UNDONE, True)
    told_of_it = OutboxEvent.objects.filter(object_public_id=job.public_id).order_by("pk")
    assert list(told_of_it.values_list("kind", flat=True)) == ["import.staged", "import.applied", "import.undone"]
    assert (scope.version, scope.status) == (3, "active")
    assert EquipmentDetail.plain.get(resource=scope).model == "S-4800"


def test_undoing_takes_new_records_off_offer_and_the_file_brings_them_back(world: World) -> None:
    job = applied(world, workbook(ROWS))
    worked(jobs.undo_import(principal_of(world.ana), job_id=job.pk))
    assert set(Resource.plain.values_list("status", flat=True)) == {"retired"}
    again = staged(world, workbook(ROWS))
    assert again.counts == {"changed": 2, "unchanged": 1}
    assert "comes_back" in told(again)["B3"]
    worked(jobs.apply_import(principal_of(world.ana), job_id=again.pk))
    assert set(Resource.plain.values_list("status", flat=True)) == {"active"}


def test_undo_is_refused_where_a_record_changed_since(world: World) -> None:
    job = applied(world, workbook(ROWS))
    scope = Resource.plain.get(external_id="E-3")
    update_resource(principal_of(world.ana), resource_id=scope.pk, version=1, capacity=7)
    refused = worked(jobs.undo_import(principal_of(world.ana), job_id=job.pk))
    assert refused.state == ImportState.APPLIED
    assert "扫描电镜" in refused.message
    assert set(Resource.plain.values_list("status", flat=True)) == {"active"}


def test_a_record_that_moves_between_check_and_writing_stops_the_whole(world: World) -> None:
    applied(world, workbook(ROWS))
    changed = [*ROWS, ["E-4", "新设备", "东方微电子有限公司", "", 1, "台", None, None, None]]
    changed[3] = ["E-3", "扫描电镜", "东方新材料研究院", "S-9000", 2, "台", 120, 45356, None]
    job = staged(world, workbook(changed))
    scope = Resource.plain.get(external_id="E-3")
    update_resource(principal_of(world.ana), resource_id=scope.pk, version=1, capacity=7)
    worked(jobs.apply_import(principal_of(world.ana), job_id=job.pk))
    job.refresh_from_db()
    assert job.state == ImportState.STAGED
    assert (job.counts["conflict"], job.counts.get("changed", 0)) == (1, 0)
    assert "重新核对" in job.message
    assert not Resource.plain.filter(external_id="E-4").exists()
    with pytest.raises(InvalidInput, match="1 行"):
        jobs.apply_import(principal_of(world.ana), job_id=job.pk)
    checked = worked(jobs.check_again(principal_of(world.ana), job_id=job.pk))
    assert checked.counts == {"unchanged": 2, "changed": 1, "new": 1}


def test_a_file_with_one_wrong_row_writes_nothing(world: World) -> None:
    before = stored()
    job = staged(world, workbook([*ROWS, ["E-5", "", "东方微电子有限公司", "", "很多", "台", None, None, None]]))
    assert job.counts == {"new": 3, "error": 1}
    assert told(job)["B5"] == ["required"]
    assert told(job)["E5"] == ["not_whole"]
    with pytest.raises(InvalidInput, match="未写入"):
        jobs.apply_import(principal_of(world.ana), job_id=job.pk)
    assert stored() == before


def test_only_the_zone_s_side_may_import_into_it(world: World) -> None:
    before = ImportFile.plain.count()
    for user in (world.bo, world.cy, world.eve, world.auditor, world.secretariat):
        with pytest.raises(NotAllowed):
            staged(world, workbook(ROWS), user=user)
    assert ImportFile.plain.count() == before
    job = staged(world, workbook(ROWS))
    for user in (world.bo, world.cy, world.eve, world.auditor):
        with pytest.raises(DomainError):
            jobs.apply_import(principal_of(user), job_id=job.pk)
    for user in (world.bo, world.cy, world.eve):
        assert not ImportJob.objects.visible_to(principal_of(user)).exists()
    assert ImportJob.objects.visible_to(principal_of(world.auditor)).get() == job


def test_rights_that_ended_since_the_check_write_nothing(world: World, ana: User) -> None:
    job = staged(world, workbook(ROWS))
    asked = jobs.apply_import(principal_of(ana), job_id=job.pk)
    ana.staff_roles.all().delete()
    make_role(ana, Role.ZONE_STAFF, zone=world.west)
    before = stored()
    assert worked(asked).state == ImportState.STAGED
    assert asked.message
    assert stored() == before


def test_a_job_is_applied_and_undone_once(world: World) -> None:
    job = applied(world, workbook(ROWS))
    with pytest.raises(IllegalTransition, match="已写入"):
        jobs.apply_import(principal_of(world.ana), job_id=job.pk)
    worked(jobs.undo_import(principal_of(world.ana), job_id=job.pk))
    with pytest.raises(IllegalTransition, match="已撤销"):
        jobs.undo_import(principal_of(world.ana), job_id=job.pk)


def test_a_file_that_names_another_zone_s_records_learns_nothing_of_them(world: World) -> None:
    content = workbook(
        [["设备编号", "设备名称", "权属单位", "所属实验室"], ["W-1", "光刻机", "西山光学实验室", "暗室"]]
    )
    blind = [(row.verdict, row.values, row.messages) for row in rows_of(staged(world, content))]
    make_resource(
        kind=ResourceKind.EQUIPMENT, name_zh="光刻机", external_id="W-1", zone=world.west,
        organization=world.laboratory, visibility="zone",
    )  # fmt: skip
    make_resource(name_zh="暗室", zone=world.west, organization=world.laboratory)
    assert [(row.verdict, row.values, row.messages) for row in rows_of(staged(world, content))] == blind
    assert blind[0][0] == "error"
    assert [message["code"] for message in blind[0][2]] == ["new_organization", "unknown_laboratory"]
