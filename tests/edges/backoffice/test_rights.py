"""Roles, public facts, runs and configurations: who may change them in the back office, and who may not."""

import pytest

from accounts.models import User
from backoffice.panels import submitted
from backoffice.roles import role_label
from backoffice.staff import _end, _end_form
from matching.models import MatchRun
from matching.services.configs import active_config
from tests.builders import make_association, make_staff
from tests.conftest import World
from tests.edges.backoffice.conftest import Browse, errors_of
from zones.choices import Role
from zones.models import Membership, StaffRole, ZoneLevel
from zones.scoping import scope_of, today
from zones.services.staff import end_role


def manager_of(world: World) -> User:
    return make_staff(world.east, role=Role.ZONE_MANAGER, username="manager")


def test_a_manager_makes_an_account_with_a_role_in_the_own_zone(world: World, browse: Browse) -> None:
    values = {"username": "newcomer", "display_name": "新经办人", "role": "zone_staff", "zone": world.east.public_id}
    told = browse(manager_of(world)).post("/office/accounts/user/add/", values, follow=True).content.decode()
    assert "初始密码" in told
    newcomer = User.objects.get(username="newcomer")
    assert StaffRole.plain.get(user=newcomer).zone == world.east
    foreign = values | {"username": "spy", "zone": world.west.public_id}
    refused = browse(User.objects.get(username="manager")).post("/office/accounts/user/add/", foreign)
    assert list(errors_of(refused)) == ["zone"]
    assert not User.objects.filter(username="spy").exists()


@pytest.mark.parametrize("role", ["system", "secretariat"])
def test_a_manager_cannot_grant_what_a_manager_lacks(world: World, browse: Browse, role: str) -> None:
    client = browse(manager_of(world))
    url = f"/office/accounts/user/{world.ana.public_id}/panels/grant/"
    before = StaffRole.plain.count()
    assert client.post(url, {"role": role}).status_code == 200
    assert StaffRole.plain.count() == before


def test_a_manager_ends_a_role(world: World, browse: Browse) -> None:
    manager = manager_of(world)
    client = browse(manager)
    page = client.get(f"/office/accounts/user/{world.ana.public_id}/change/")
    (label,) = (value for value, _text in page.context["panels"][1]["form"].fields["role"].choices)
    client.post(
        f"/office/accounts/user/{world.ana.public_id}/panels/end/", {"role": label, "valid_to": today().isoformat()}
    )
    assert StaffRole.plain.get(user=world.ana).valid_to == today()


def test_staff_see_colleagues_but_grant_nothing(world: World, browse: Browse) -> None:
    client = browse(world.ana)
    assert client.get(f"/office/accounts/user/{world.auditor.public_id}/change/").status_code == 200
    url = f"/office/accounts/user/{world.auditor.public_id}/panels/grant/"
    assert client.post(url, {"role": "zone_manager", "zone": world.east.public_id}).status_code == 404


def test_only_the_system_changes_levels_and_memberships(world: World, browse: Browse) -> None:
    level = {"level": "other", "valid_from": "2026-01-01", "source": "批文"}
    url = f"/office/zones/zone/{world.east.public_id}/panels/level/"
    assert browse(world.ana).post(url, level).status_code == 404
    browse(world.ops).post(url, level)
    assert ZoneLevel.objects.filter(zone=world.east, valid_to__isnull=True).get().level == "other"
    early = browse(world.ops).post(url, level | {"valid_from": "2020-01-01"})
    assert "不得早于" in early.content.decode()
    other = make_association(world.far)
    join = f"/office/zones/association/{other.public_id}/panels/join/"
    browse(world.ops).post(join, {"zone": world.east.public_id, "role": "member", "joined_on": "2026-01-01"})
    assert Membership.objects.filter(association=other).count() == 2


def test_only_managers_and_the_system_start_a_full_run(world: World, browse: Browse) -> None:
    url = "/office/matching/matchrun/start/"
    assert browse(world.ana).post(url).status_code == 404
    assert not MatchRun.plain.exists()
    browse(manager_of(world)).post(url)
    browse(world.ops).post(url)
    assert MatchRun.plain.count() == 1


def test_only_the_system_sees_and_adds_scoring_configurations(world: World, browse: Browse) -> None:
    url = "/office/matching/scoringconfig/"
    assert browse(world.ana).get(url).status_code == 404
    client = browse(world.ops)
    seen = {"version": active_config().number}
    refused = client.post(f"{url}add/", seen | {"note": "x", "parameters": '{"nothing": 1}'})
    assert errors_of(refused)["parameters"] == ["参数有误，nothing：没有这一项：请删去，或对照现行版本改正名称。"]
    client.post(f"{url}add/", seen | {"note": "更看重指标", "parameters": '{"weights": {"metric": 0.4}}'})
    assert "更看重指标" in client.get(url).content.decode()


@pytest.mark.parametrize(
    ("parameters", "told"),
    [
        ('{"weights": {"metric": 0.4},\n "keep": 50,\n "top" 5}', "第 3 行第 8 个字符处不是有效的 JSON"),
        ('{"weights": {"metrik": 0.4}}', "weights.metrik：没有这一项：请删去，或改为 metric。"),
        ('{"weights": {"metric": "多"}}', 'weights.metric：应为数字，不加引号。现为 "多"。'),
        ('{"weights": {"metric": -1}}', "weights.metric：不得小于 0。现为 -1"),
        ('{"weights": [1, 2]}', "weights：应写明各分项及其权重，或按顺序列出 13 个数字。"),
        ('{"keep": 2.5}', "keep：应为整数，不加引号。现为 2.5。"),
        ('{"keep": true}', "keep：应为整数，不加引号。现为 true。"),
        ('{"alpha": "0.6"}', 'alpha：应为数字，不加引号。现为 "0.6"。'),
        ('{"solver": "luck"}', 'solver：应为其中之一：flow, auction。现为 "luck"。'),
        ('{"solver": 1}', "solver：应为文字，请加双引号。现为 1。"),
        ('{"rerank_share": 2}', "rerank_share：应在 0 与 0.9 之间。现为 2。"),
        ('{"exploration_slots": 3}', "exploration_slots：应为其中之一：0, 1, 2。现为 3。"),
        ('{"keep": 0}', "keep：应在 1 与 1000000 之间。现为 0。"),
        (f'{{"keep": {"9" * 5000}}}', "数字过长或嵌套过深"),
        ("[" * 100_000, "数字过长或嵌套过深"),
        ("[1]", "parameters：应为一组设置"),
    ],
)
def test_a_broken_configuration_is_told_by_its_path_or_line_with_what_to_do(
    world: World, browse: Browse, parameters: str, told: str
) -> None:
    client, number = browse(world.ops), active_config().number
    given = {"version": number, "note": "x", "parameters": parameters}
    refused = client.post("/office/matching/scoringconfig/add/", given)
    assert told in errors_of(refused)["parameters"][0]
    assert active_config().number == number


def test_who_ends_a_role_second_is_told(world: World) -> None:
    """Both had the form before one of them sent it."""
    manager = scope_of(manager_of(world))
    role = StaffRole.plain.get(user=world.ana)
    form = _end_form(manager, world.ana, {"role": role_label(role), "valid_to": today().isoformat()})
    assert form.is_valid()
    end_role(manager, role_id=role.pk, valid_to=today())
    assert not submitted(form, lambda: _end(manager, world.ana, form.cleaned_data))
    assert "刚被改动" in str(form.non_field_errors())
