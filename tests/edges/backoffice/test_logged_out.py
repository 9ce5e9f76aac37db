"""What is sent after the log-in has run out, or from a page older than the log-in: said, and never a dead end."""

from typing import Any

import pytest
from django.test import Client

from backoffice.site import BackOffice
from tests.builders import make_need
from tests.conftest import World
from tests.edges.backoffice.conftest import Browse

pytestmark = pytest.mark.django_db
STEP = "/office/matching/need/{}/steps/pause/"


def test_what_a_visitor_sends_is_not_stored_and_the_log_in_says_so(world: World, browse: Browse) -> None:
    need = make_need(organization=world.enterprise, state="open")
    page = f"http://testserver/office/matching/need/{need.public_id}/change/"
    answer = browse(None).post(STEP.format(need.public_id), HTTP_REFERER=page, follow=True)
    need.refresh_from_db()
    assert need.state == "open"
    assert answer.context["next"] == page
    assert "刚才的操作没有保存" in answer.content.decode()


@pytest.mark.parametrize("before", ["", "https://elsewhere.example/office/"])
def test_without_a_page_of_ours_before_the_log_in_leads_to_the_first_page(browse: Browse, before: str) -> None:
    answer = browse(None).post("/office/account/", HTTP_REFERER=before, follow=True)
    assert answer.context["next"] == "/office/"


def test_a_part_of_a_page_is_refused_so_that_no_log_in_stands_in_it(browse: Browse) -> None:
    answer = browse(None).post("/office/matching/need/intake/", HTTP_HX_REQUEST="true")
    assert (answer.status_code, answer.content) == (401, b"")


def test_a_form_that_outlived_a_log_in_goes_on_with_the_new_token(world: World) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.ana)
    token = client.get("/office/session/").json()["token"]
    form = {"display_name": "安娜", "language": "zh-hans", "csrfmiddlewaretoken": token}
    assert client.post("/office/account/", form).status_code == 302
    world.ana.refresh_from_db()
    assert world.ana.display_name == "安娜"


def test_the_session_is_told_to_who_may_enter_only(world: World, browse: Browse) -> None:
    assert browse(world.eve).get("/office/session/").status_code == 302
    assert browse(None).get("/office/session/").status_code == 302


def test_a_form_with_an_old_token_is_told_what_to_do(world: World) -> None:
    client = Client(enforce_csrf_checks=True, headers={"accept-language": "zh-hans"})
    client.force_login(world.ana)
    answer = client.post("/office/account/", {"display_name": "安娜"})
    assert answer.status_code == 403
    assert "再提交一次" in answer.content.decode()


def test_an_error_of_ours_says_what_to_do(world: World, browse: Browse, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*args: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr(BackOffice, "each_context", broken)
    client = browse(world.ana)
    client.raise_request_exception = False
    answer = client.get("/office/account/")
    assert answer.status_code == 500
    assert "告诉系统管理员" in answer.content.decode()


@pytest.mark.parametrize(
    ("address", "list_of"),
    [("/office/zones/resource/doubles/merge/", "/office/zones/resource/"), ("/office/logout/", "/office/")],
)
def test_an_address_that_only_takes_forms_leads_to_its_list(
    world: World, browse: Browse, address: str, list_of: str
) -> None:
    assert browse(world.ana).get(address)["Location"] == list_of


def test_a_log_in_that_names_no_page_leads_to_the_first_page(world: World) -> None:
    world.ana.set_password("a-long-enough-one")
    world.ana.save()
    answer = Client().post("/office/login/", {"username": world.ana.username, "password": "a-long-enough-one"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/office/")
