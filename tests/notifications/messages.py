"""Rows of the ledger of what leaves the site."""

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

from django.utils import timezone

from accounts.models import User
from notifications.models import Delivery, Endpoint
from tests.builders import make_role, make_user, plain_create
from tests.conftest import World
from zones.choices import Role


def make_delivery(to: User | Endpoint, state: str = "dead", **fields: Any) -> Delivery:
    """A message to an account or a robot, that ended in that state."""
    finished = {} if state in ("pending", "leased") else {"finished_at": timezone.now()}
    told = {"user": to, "channel": "mail"} if isinstance(to, User) else {"endpoint": to, "channel": to.kind}
    values = told | {"kind": "notice", "state": state, "attempts": 10, "fence": 10, "reason": "status 500"}
    return plain_create(Delivery, values | finished | {"dedupe_key": str(uuid4())} | fields)


def make_robot(owner: Any, name: str = "对接工作群", **fields: Any) -> Endpoint:
    """A group robot of a zone, an association or an organization, that has no address."""
    return plain_create(Endpoint, {"kind": "wecom", "name": name, owner._meta.model_name: owner} | fields)


def show_deliveries(world: World, fixed: Callable[[str], UUID]) -> None:
    """What Cy reads in the ledger, and an account of Far that also works for East: of what it is told, nobody reads."""
    make_delivery(world.cy, public_id=fixed("own-delivery"))
    divided = make_user("divided", public_id=fixed("divided"), display_name="两区任职")
    for zone in (world.far, world.east):
        make_role(divided, Role.ZONE_STAFF, zone=zone)


def hide_deliveries(world: World, word: str, fixed: Callable[[str], UUID]) -> None:
    """Told to East, and to who works for both."""
    robot = plain_create(Endpoint, {"name": f"{word}群", "kind": "wecom", "zone": world.east})
    make_delivery(world.ana, public_id=fixed("hidden-delivery"))
    make_delivery(world.eve, "unknown")
    make_delivery(robot, public_id=fixed("robot-delivery"))
    make_delivery(User.objects.get(public_id=fixed("divided")), public_id=fixed("divided-delivery"))
