"""What the site does is what the OpenAPI document says: schemathesis asks by itself, as four people, in all its phases.

The suite asks little: examples, fuzzing and sequences of requests. SCHEMATHESIS_EXAMPLES=N asks N per operation, at
random, and the boundaries of every parameter and field as well, some minutes for each of the four.
"""

from typing import Any

import pytest

from tests.builders import make_capability, make_live, make_match, make_need, make_part, make_resource, make_run
from tests.conftest import World
from tests.edges.contract import ask_everything
from tests.matching.search.looking import follow
from tests.teams import make_team
from tests.tokens import make_token
from zones.models import Resource

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def filled(world: World) -> World:
    """Something of every kind, for each of the four to find."""
    resource = make_resource(organization=world.laboratory, visibility="public", latitude="31.2", longitude="121.5")
    make_part(resource)
    make_capability(resource)
    make_resource(organization=world.enterprise, visibility="zone", kind="equipment")
    need = make_need(organization=world.enterprise, visibility="national", metrics=2, budget_max="900000")
    run = make_run(need_total=5, need_done=5)
    make_live(make_match(need, resource, run=run, is_live=False))
    make_team(need, resource, run=run)
    follow()
    return world


def rows_of(world: World) -> dict[str, str]:
    """A record for each field of a body that names one, and a search that can be asked."""
    named: dict[str, Any] = {
        "resource": Resource.objects.unscoped(reason="the one that everybody sees").get(visibility="public"),
        "organization": world.enterprise,
        "zone": world.east,
        "review_zone": world.east,
        "association": world.alliance,
    }
    return {name: str(row.public_id) for name, row in named.items()} | {"search": "q=检测"}


@pytest.mark.parametrize("who", ["visitor", "eve", "ana", "ops"])
def test_the_site_does_what_the_document_says(filled: World, who: str) -> None:
    user = filled.people().get(who)
    headers = {"Authorization": f"Bearer {make_token(user)}"} if user else {}
    found = ask_everything(headers, rows_of(filled))
    assert not found.failures, f"{len(found.failures)} failures:\n" + "\n".join(found.failures[:2000])
    assert found.asked > 50
    assert found.succeeded("GET")
    assert bool(found.succeeded("POST")) == bool(found.succeeded("PATCH")) == (user is not None)
