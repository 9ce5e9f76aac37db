"""A restored copy sends nothing by itself (P15): what waited is held until the operator releases or cancels it."""

from io import StringIO

import pytest
from django.core import mail
from django.core.management import call_command

from accounts.models import User
from ledger.events import record_event
from notifications.choices import Rhythm
from notifications.delivering import deliver_due
from notifications.digests import build_due
from notifications.inbox import inbox_of
from notifications.models import Delivery, Notice, SendingPlace
from notifications.planning import plan
from notifications.subscribing import set_times
from tests.builders import make_need, principal_of
from tests.conftest import World


def sending(*options: str) -> str:
    said = StringIO()
    call_command("sending", *options, stdout=said)
    return said.getvalue()


@pytest.fixture
def waiting(world: World) -> Delivery:
    """A mail that waits to leave, on a site that has sent before."""
    User.objects.filter(pk=world.eve.pk).update(email="eve@example.cn")
    set_times(world.eve, quiet_from=0, quiet_to=0)
    assert deliver_due("mail") == 0
    need = make_need(organization=world.enterprise)
    record_event("need.returned", object_type="matching.need", public_id=need.public_id)
    plan()
    return Delivery.plain.get(user=world.eve)


def test_a_copy_holds_what_waits_and_the_operator_releases_it(waiting: Delivery) -> None:
    SendingPlace.plain.update(place="where the backup was made")
    for _turn in range(2):
        assert deliver_due("mail") == 0
    assert "mail: 1" in sending()
    assert mail.outbox == []
    assert "Messages leave" in sending("--release")
    assert (deliver_due("mail"), len(mail.outbox)) == (1, 1)


def test_what_waits_can_be_cancelled_and_is_read_in_the_inbox_all_the_same(world: World, waiting: Delivery) -> None:
    Notice.plain.create(
        user=world.eve, kind="need.opened", topic="needs", object_type="matching.need", rhythm=Rhythm.DAILY,
        object_public_id=Notice.plain.get().object_public_id, dedupe_key="x", happened_at=waiting.created_at,
    )  # fmt: skip
    sending("--hold")
    assert deliver_due("mail") == 0
    sending("--cancel")
    waiting.refresh_from_db()
    assert (waiting.state, waiting.reason) == ("cancelled", "restored")
    assert (build_due(), deliver_due("mail"), mail.outbox) == (0, 0, [])
    assert inbox_of(principal_of(world.eve)).count() == 2


def test_a_site_that_was_not_restored_sends(waiting: Delivery) -> None:
    assert (deliver_due("mail"), len(mail.outbox)) == (1, 1)
