"""What is held of oneself, on the page of one's account: taken along, and erased."""

import json

import psycopg
import pytest

from accounts.models import User
from tests.builders import make_contact
from tests.conftest import World
from tests.edges.portal.conftest import See
from tests.edges.portal.test_accounts import PASSWORD, logged_in
from tests.faults.test_run_kills import database_url
from zones.services import erasing

pytestmark = pytest.mark.django_db
PAGE = "/account/personal/"
ERASE = {"step": "erase", "password": PASSWORD, "is_sure": "on"}


def test_visitors_log_in_first(see: See, world: World) -> None:
    assert see(None, PAGE).status == 302
    assert PAGE in see(world.eve, "/account/").links


def test_the_password_gives_a_file_of_everything_and_no_other_does(world: World) -> None:
    make_contact(world.enterprise, person_name="伊芙", email=world.eve.email or "eve@people.example")
    client = logged_in(world.eve)
    assert "密码不正确" in client.post(PAGE, {"step": "export", "password": "wrong"}).content.decode()
    answer = client.post(PAGE, {"step": "export", "password": PASSWORD})
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["Cache-Control"] == "private, no-store"
    told = json.loads(answer.content)
    assert told["account"]["public_id"] == str(world.eve.public_id)
    assert told["held"]["zones.StaffRole"]


def test_who_is_sure_is_erased_and_logged_out(world: World) -> None:
    client = logged_in(world.eve)
    page = client.get(PAGE).content.decode()
    assert "保留：您经办过的需求" in page
    for values in ({**ERASE, "password": "wrong"}, {"step": "erase", "password": PASSWORD}):
        assert client.post(PAGE, values).status_code == 400
    assert User.objects.filter(pk=world.eve.pk, is_active=True).exists()
    assert client.post(PAGE, ERASE).status_code == 302
    assert client.get("/account/").status_code == 302
    assert not User.objects.get(pk=world.eve.pk).is_active


@pytest.mark.django_db(transaction=True)
def test_where_others_hold_its_rows_nothing_is_erased_and_the_page_says_so(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(erasing, "WAITS_FOR_ROWS", "100ms")
    client = logged_in(world.eve)
    with psycopg.connect(database_url()) as other:
        other.execute("SELECT 1 FROM accounts_user WHERE id = %s FOR UPDATE", [world.eve.pk])
        answer = client.post(PAGE, ERASE)
    assert answer.status_code == 400
    assert "站点正忙" in answer.content.decode()
    assert User.objects.get(pk=world.eve.pk).is_active
