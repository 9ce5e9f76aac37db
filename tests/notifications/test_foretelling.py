"""The dry run of digests: what would be said now to whom, and why not; nothing is written, nothing leaves."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from accounts.models import User
from ledger.events import record_event
from notifications import restored
from notifications.delivering import deliver_due
from notifications.digests import build_due
from notifications.foretelling import Foretold, foretell
from notifications.inbox import mark_all_read
from notifications.models import Delivery, Endpoint, Notice
from notifications.planning import plan
from notifications.subscribing import set_times
from tests.builders import make_need, make_role, make_user, plain_create, principal_of
from tests.conftest import World
from tests.edges.backoffice.conftest import body_of
from tests.edges.portal.test_own import ClientOf
from zones.choices import Role

CHINA = timezone.get_default_timezone()
WEDNESDAY = datetime(2026, 11, 25, 9, 0, tzinfo=CHINA)
CHINESE = {"accept-language": "zh-hans"}
PAGE = "/office/notifications/delivery/foretold/"


@pytest.fixture
def told(world: World) -> World:
    """Ana, Eve and a robot of East have a need that expired in their next digests; Bo has none."""
    for user in (world.ana, world.eve, world.bo):
        User.objects.filter(pk=user.pk).update(email=f"{user.username}@example.cn", display_name=user.username)
    plain_create(Endpoint, {"name": "东方工作群", "kind": "wecom", "zone": world.east})
    need = make_need(organization=world.enterprise, title_zh="晶圆检测")
    record_event("need.expired", object_type="matching.need", public_id=need.public_id)
    plan()
    Notice.plain.filter(user=world.eve).update(rhythm="daily", delivery=None)
    Delivery.plain.all().delete()
    return world


def lines(user: User, now: datetime = WEDNESDAY) -> dict[str, Foretold]:
    return {one.recipient: one for one in foretell(principal_of(user), now)}


def test_a_zone_reads_what_its_people_and_robots_would_be_sent_and_writes_nothing(told: World) -> None:
    found = lines(told.ana)
    assert list(found) == ["东方工作群", "ana", "eve"]
    robot, ana, eve = found.values()
    assert (ana.kind, ana.entries, ana.why_not, ana.text) == ("daily", 1, "", "")
    assert (eve.kind, eve.entries, eve.text) == ("daily", 1, "")
    assert (robot.kind, robot.entries, robot.limit) == ("weekly", 1, 4_096)
    assert "晶圆检测" in robot.text
    assert robot.size == len(robot.text.encode())
    assert not Delivery.plain.exists()
    assert mail.outbox == []
    build_due(WEDNESDAY)
    deliver_due("mail")
    assert sorted(sent.to[0] for sent in mail.outbox) == ["ana@example.cn", "eve@example.cn"]
    late = make_need(organization=told.enterprise, title_zh="晚到")
    record_event("need.expired", object_type="matching.need", public_id=late.public_id)
    plan()
    assert lines(told.ana)["ana"].why_not == "本期汇总已发出：其后的内容并入下一期。"
    assert lines(told.ana, WEDNESDAY + timedelta(days=1))["ana"].why_not == ""


def test_who_is_not_told_is_told_apart_by_the_reason(told: World) -> None:
    def why(now: datetime = WEDNESDAY, name: str = "ana") -> str:
        return lines(told.ana, now)[name].why_not

    assert why(WEDNESDAY - timedelta(hours=1)) == "今天 9:00 发送。"
    assert why(WEDNESDAY + timedelta(days=3)) == "今天休息：下一个工作日 9:00 发送。"
    assert why(WEDNESDAY.replace(hour=8), "东方工作群") == "今天 9:00 发送。"
    mark_all_read(principal_of(told.ana))
    assert why() == "收件人已在站内读过：未发出。"
    set_times(told.ana, takes_mail=False)
    assert why() == "收件人已退订：未发出。"
    User.objects.filter(pk=told.ana.pk).update(email="")
    assert why().startswith("账号没有邮箱")
    Notice.plain.filter(user=told.ana).delete()
    assert why().startswith("账号没有邮箱")
    restored.hold()
    assert why(name="eve").startswith("外发已暂停")
    Endpoint.plain.update(is_enabled=False)
    assert why(name="东方工作群").startswith("已停用")
    Notice.plain.filter(user__isnull=False).delete()
    assert "eve" not in lines(told.ana)


def test_of_another_zone_and_of_who_works_for_two_nothing_is_foretold(told: World, client_of: ClientOf) -> None:
    divided = make_user("divided", display_name="两区任职", email="two@example.cn")
    for zone in (told.far, told.east):
        make_role(divided, Role.ZONE_STAFF, zone=zone)
    need = make_need(organization=told.enterprise, title_zh="未见")
    before = client_of(told.cy).get(PAGE)
    record_event("need.expired", object_type="matching.need", public_id=need.public_id)
    plan()
    assert Notice.plain.filter(user=divided).exists()
    assert lines(told.cy).keys() == {str(told.cy)}
    assert body_of(client_of(told.cy).get(PAGE)) == body_of(before)
    assert "两区任职" not in lines(told.ana)
    assert {"两区任职", "ana"} <= lines(told.ops).keys()


def test_the_page_shows_it_in_a_few_queries(
    told: World, client_of: ClientOf, django_assert_max_num_queries: Any
) -> None:
    client = client_of(told.ana)
    with django_assert_max_num_queries(40):
        page = client.get(PAGE, headers=CHINESE).content.decode()
    for text in ("东方工作群", "查看内容（", "上限 4096", "晶圆检测", "eve"):
        assert text in page
    assert client.get("/office/notifications/delivery/").content.decode().count(PAGE) == 1
    assert client_of(told.eve).get(PAGE).status_code == 302
