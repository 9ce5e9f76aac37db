"""The cast of the whole suite.

Ana: staff of zone East. Bo: staff of zone West, same alliance. Cy: staff of zone Far, outside, must see nothing.
Eve: member of an enterprise in East. Lin: member of a laboratory in West. Ops: the system. Besides them an auditor
of East and the secretariat of the alliance.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import hypothesis
import pytest
from django.test import Client
from django.utils import translation

from accounts.models import User
from tests.builders import make_association, principal_of
from tests.done_once import look_for_static_files_once, remember_pages_only
from tests.emptying import empty_what_was_filled
from tests.many import make_organizations, make_people, make_zones
from zones.choices import AssociationKind, OrganizationKind, Role
from zones.models import Association, Organization, Zone

__all__ = ["World", "principal_of"]

hypothesis.settings.register_profile(
    "zonelink", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)  # no test fails by the clock
hypothesis.settings.load_profile("zonelink")


@dataclass(frozen=True, slots=True)
class World:
    """Three zones, one alliance, one outsider, and the people in them."""

    east: Zone
    west: Zone
    far: Zone
    alliance: Association
    enterprise: Organization
    laboratory: Organization
    outside: Organization
    ana: User
    bo: User
    cy: User
    eve: User
    lin: User
    ops: User
    auditor: User
    secretariat: User

    def people(self) -> dict[str, User]:
        names = ("ana", "bo", "cy", "eve", "lin", "ops", "auditor", "secretariat")
        return {name: getattr(self, name) for name in names}


def build_world() -> World:
    """Write the cast down; also usable outside the fixture, for tests that need two worlds."""
    east, west, far = make_zones(
        {"slug": "east", "name_zh": "东方高新技术产业开发区", "name_en": "East Zone", "short_zh": "东方高新区"},
        {"slug": "west", "name_zh": "西山高新技术产业开发区", "name_en": "West Zone", "short_zh": "西山高新区"},
        {"slug": "far", "name_zh": "远海高新技术产业开发区", "name_en": "Far Zone", "short_zh": "远海高新区"},
    )
    alliance = make_association(
        east,
        west,
        slug="alliance",
        name_zh="东西高新区联盟",
        name_en="East–West Alliance",
        kind=AssociationKind.ALLIANCE,
    )
    kind = OrganizationKind.LABORATORY
    enterprise, laboratory, outside = make_organizations(
        {"name_zh": "东方微电子有限公司", "zone": east, "pinyin_key": "dong fang wei dian zi"},
        {"name_zh": "西山光学实验室", "zone": west, "kind": kind, "pinyin_key": "xi shan guang xue"},
        {"name_zh": "远海仪器有限公司", "zone": far, "pinyin_key": "yuan hai yi qi"},
    )
    ana, bo, cy, eve, lin, ops, auditor, secretariat = make_people(
        ana={"role": Role.ZONE_STAFF, "zone": east},
        bo={"role": Role.ZONE_STAFF, "zone": west},
        cy={"role": Role.ZONE_STAFF, "zone": far},
        eve={"role": Role.ORGANIZATION_MEMBER, "organization": enterprise},
        lin={"role": Role.ORGANIZATION_MEMBER, "organization": laboratory},
        ops={"role": Role.SYSTEM},
        auditor={"role": Role.AUDITOR, "zone": east},
        secretariat={"role": Role.SECRETARIAT, "association": alliance},
    )
    return World(
        east, west, far, alliance, enterprise, laboratory, outside, ana, bo, cy, eve, lin, ops, auditor, secretariat
    )


@pytest.fixture(scope="session", autouse=True)
def _done_once() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        remember_pages_only(patch)
        look_for_static_files_once(patch)
        empty_what_was_filled(patch)
        yield


@pytest.fixture(autouse=True)
def _language() -> Iterator[None]:
    """A page asked for in English leaves its language behind in the thread; the next test begins without."""
    yield
    translation.deactivate()


@pytest.fixture
def world(db: None) -> World:
    return build_world()


@pytest.fixture
def ana(world: World) -> User:
    return world.ana


@pytest.fixture
def bo(world: World) -> User:
    return world.bo


@pytest.fixture
def cy(world: World) -> User:
    return world.cy


@pytest.fixture
def eve(world: World) -> User:
    return world.eve


@pytest.fixture
def lin(world: World) -> User:
    return world.lin


@pytest.fixture
def ops(world: World) -> User:
    return world.ops


@pytest.fixture
def auditor(world: World) -> User:
    return world.auditor


@pytest.fixture
def secretariat(world: World) -> User:
    return world.secretariat


@pytest.fixture
def client_of() -> Callable[[User | None], Client]:
    """A browser for a user, or for a visitor (None)."""

    def log_in(user: User | None) -> Client:
        client = Client()
        if user is not None:
            client.force_login(user)
        return client

    return log_in
