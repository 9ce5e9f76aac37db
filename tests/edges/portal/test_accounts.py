"""Accounts in the portal: registering, what waits, one's own name, password, browsers and colleagues."""

import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from django.test import Client

from accounts.models import Session, User
from tests.builders import make_role, make_user
from tests.conftest import World
from tests.edges.portal.conftest import See
from tests.people import make_invitation, make_registration
from zones.choices import Role
from zones.models import Invitation, Registration, StaffRole
from zones.services.registrations import PER_ADDRESS

ClientOf = Callable[[User | None], Client]
PASSWORD = "correct horse battery staple"
CODE = "91110108MA01A2B3CF"
FORM = {
    "credit_code": CODE, "name_zh": "东方新材料有限公司", "kind": "enterprise", "zone": "east", "username": "newcomer",
    "display_name": "新用户", "email": "new@example.cn", "password": PASSWORD, "password_again": PASSWORD,
    "consented": "on",
}  # fmt: skip


def chinese(user: User | None = None) -> Client:
    client = Client(headers={"accept-language": "zh-hans"})
    if user is not None:
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def logged_in(user: User, browser: str = "Mozilla/5.0 (Windows NT 10.0) Chrome/140.0") -> Client:
    """A browser that came in by the log-in page."""
    if not user.check_password(PASSWORD):
        user.set_password(PASSWORD)
        user.save()
    client = Client(headers={"accept-language": "zh-hans", "user-agent": browser})
    answer = client.post("/account/log-in/", {"username": user.username, "password": PASSWORD})
    assert answer.status_code == 302
    return client


def test_whoever_registers_is_logged_in_and_sees_how_it_stands(world: World) -> None:
    client = chinese()
    answer = client.post("/register/", FORM, follow=True)
    assert answer.redirect_chain == [("/account/registration/", 302)]
    assert "已提交东方高新区核验" in answer.content.decode()
    row = Registration.plain.get()
    assert (row.zone, row.user.username, row.user.language) == (world.east, "newcomer", "zh-hans")
    assert client.get("/my/").status_code == 404


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"credit_code": "91110108MA01A2B3C5"}, "校验位须相符"),
        ({"password_again": "another"}, "两次输入的密码不一致"),
        ({"username": "eve"}, "已存在"),
        ({"consented": ""}, "请填写此项"),
        ({"zone": "nowhere"}, "所选的一项不在列表中"),
        ({"email": "nobody"}, "例如 name@example.cn"),
    ],
)
def test_what_will_not_do_is_said_beside_its_field(world: World, wrong: dict[str, str], told: str) -> None:
    answer = chinese().post("/register/", FORM | wrong)
    page = answer.content.decode()
    assert answer.status_code == 400
    assert told in page
    assert 'value="东方新材料有限公司"' in page
    assert PASSWORD not in page
    assert Registration.plain.count() == 0


def test_a_code_of_another_zone_is_answered_as_any_other(world: World) -> None:
    make_registration(zone=world.far, credit_code=CODE)
    known = chinese().post("/register/", FORM, follow=True)
    other = FORM | {"username": "another", "credit_code": "91110108551385082Q"}
    plain = chinese().post("/register/", other, follow=True)
    hide = re.compile(r'csrfmiddlewaretoken" value="[^"]+"|9111010\w+')
    assert hide.sub("", known.content.decode()) == hide.sub("", plain.content.decode())


def tries(number: int) -> dict[str, str]:
    """What will not do, with codes of which none is tried too often."""
    codes = (CODE, "91110108551385082Q", "91440300708461136T")
    return FORM | {"password": "short", "password_again": "short", "credit_code": codes[number % len(codes)]}


def test_too_many_from_one_address_are_told_to_wait(world: World) -> None:
    for number in range(PER_ADDRESS.most):
        assert "提交过于频繁" not in chinese().post("/register/", tries(number)).content.decode()
    assert "提交过于频繁" in chinese().post("/register/", tries(0)).content.decode()


def test_a_claimed_address_does_not_help(world: World, settings: Any) -> None:
    settings.BEHIND_PROXY = True
    for number in range(PER_ADDRESS.most + 1):
        claimed = {"x-forwarded-for": f"198.51.100.{number}, 192.0.2.1"}
        answer = chinese().post("/register/", tries(number), headers=claimed)
    assert "提交过于频繁" in answer.content.decode()


def test_a_refused_registration_says_why_and_is_sent_again(world: World) -> None:
    values = {"state": "refused", "reason": "code_mismatch", "words": "请按执照填写。", "ended_at": "2026-01-05T08:00Z"}
    row = make_registration(zone=world.east, **values)
    client = chinese(row.user)
    page = client.get("/account/registration/").content.decode()
    assert "信用代码与名称不符" in page
    assert "请按执照填写。" in page
    about = {name: FORM[name] for name in ("credit_code", "name_zh", "kind", "zone")}
    assert client.post("/account/registration/", about | {"version": 7}).status_code == 400
    assert client.post("/account/registration/", about | {"version": 1}).status_code == 302
    row.refresh_from_db()
    assert (row.state, row.name_zh) == ("waiting", "东方新材料有限公司")
    assert client.post("/account/registration/", {"withdraw": "1", "version": "2"}).status_code == 302
    assert client.post("/account/registration/", {"withdraw": "1", "version": "3"}).status_code == 409
    row.refresh_from_db()
    assert row.state == "withdrawn"


def test_who_has_registered_nothing_has_no_such_page(see: See, world: World) -> None:
    make_registration(zone=world.east)
    for user in (world.ana, world.eve, world.cy):
        assert see(user, "/account/registration/").status == 404
        assert "/account/registration/" not in see(user, "/account/").links


@pytest.mark.parametrize("page", ["", "password/", "devices/", "colleagues/", "registration/"])
def test_visitors_log_in_first(see: See, world: World, page: str) -> None:
    answer = see(None, f"/account/{page}")
    assert (answer.status, answer.headers["Location"]) == (302, f"/account/log-in/?next=/account/{page}")


def test_a_name_and_a_language_are_one_s_own(world: World) -> None:
    client = chinese(world.eve)
    answer = client.post("/account/", {"display_name": "伊芙", "language": "en"}, follow=True)
    assert "Saved" in answer.content.decode()
    world.eve.refresh_from_db()
    assert (world.eve.display_name, world.eve.language) == ("伊芙", "en")
    assert client.post("/account/", {"display_name": "", "language": "en"}).status_code == 400


def test_a_new_password_needs_the_old_one_and_logs_others_out(world: World) -> None:
    here, elsewhere = logged_in(world.eve), logged_in(world.eve)
    new = "another horse battery staple"
    values = {"old": "wrong", "password": new, "password_again": new}
    assert "原密码不正确" in here.post("/account/password/", values).content.decode()
    assert here.post("/account/password/", values | {"old": PASSWORD}).status_code == 302
    assert here.get("/account/").status_code == 200
    assert elsewhere.get("/account/").status_code == 302
    world.eve.refresh_from_db()
    assert world.eve.check_password(new)


def test_one_sees_where_one_is_logged_in_and_ends_the_others(world: World) -> None:
    here = logged_in(world.eve)
    phone = logged_in(world.eve, "Mozilla/5.0 (iPhone; CPU iPhone OS 18) MicroMessenger/8.0")
    other = logged_in(world.lin)
    page = here.get("/account/devices/").content.decode()
    assert [name in page for name in ("Chrome · Windows", "WeChat · iPhone", "当前设备")] == [True] * 3
    assert Session.objects.filter(user=world.eve).count() == 2
    assert not any(row.session_key in page for row in Session.objects.all())
    assert here.post("/account/devices/").status_code == 302
    assert (here.get("/account/").status_code, phone.get("/account/").status_code) == (200, 302)
    assert other.get("/account/").status_code == 200
    assert "退出其他设备</button>" not in here.get("/account/devices/").content.decode()


def test_a_session_tells_since_when_its_account_is_in(world: World) -> None:
    client = logged_in(world.eve)
    began = Session.objects.get(user=world.eve).started_at
    client.post("/account/", {"display_name": "伊芙", "language": "zh-hans"})
    assert Session.objects.get(user=world.eve).started_at == began
    client.post("/account/log-out/")
    assert not Session.objects.filter(user=world.eve).exists()


def test_colleagues_are_those_of_the_own_organization(see: See, world: World) -> None:
    make_role(make_user("col", display_name="东方同事"), Role.ORGANIZATION_MEMBER, organization=world.enterprise)
    make_role(make_user("far", display_name="远海同事"), Role.ORGANIZATION_MEMBER, organization=world.outside)
    make_invitation(role=Role.ORGANIZATION_MEMBER, organization=world.outside, display_name="远海新人")
    page = see(world.eve, "/account/colleagues/")
    assert "东方同事" in page.text
    assert "远海" not in page.text
    for user in (world.ana, world.cy):
        assert see(user, "/account/colleagues/").status == 404


def test_a_colleague_is_invited_by_a_link_shown_once_and_comes_in(world: World) -> None:
    client = chinese(world.eve)
    values = {"display_name": "新同事", "organization": world.enterprise.public_id}
    answer = client.post("/account/colleagues/", values)
    link = re.search(r"http://testserver(/invitation/[\w-]+/)", unescape(answer.content.decode()))
    assert link is not None
    assert "no-store" in answer["Cache-Control"]
    assert link[1] not in client.get("/account/colleagues/").content.decode()
    guest = chinese()
    guest.get(link[1])
    chosen = {"username": "colleague", "display_name": "新同事", "password": PASSWORD, "password_again": PASSWORD}
    entered = guest.post("/invitation/", chosen)
    assert (entered.status_code, entered["Location"]) == (302, "/my/")
    role = StaffRole.plain.get(user__username="colleague")
    assert (role.role, role.organization) == (Role.ORGANIZATION_MEMBER, world.enterprise)
    assert "colleague" in guest.get("/account/").content.decode()


def test_nobody_invites_to_another_s_organization(world: World) -> None:
    client = chinese(world.eve)
    for key in (world.laboratory.public_id, "nothing"):
        answer = client.post("/account/colleagues/", {"display_name": "新同事", "organization": key})
        assert answer.status_code == 400
    assert Invitation.plain.count() == 0


def test_an_invitation_is_taken_back_by_members_only(world: World) -> None:
    row = make_invitation(role=Role.ORGANIZATION_MEMBER, organization=world.enterprise)
    path = f"/account/colleagues/invitations/{row.public_id}/end/"
    for user in (world.cy, world.lin, world.bo):
        assert chinese(user).post(path).status_code == 404
    client = chinese(world.eve)
    assert client.post(path).status_code == 302
    row.refresh_from_db()
    assert row.state == "revoked"
    assert "无需再撤回" in client.post(path, follow=True).content.decode()
