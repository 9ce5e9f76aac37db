"""What one may not see changes nothing of what search answers; and the index knows the rules of `zones.scoping`."""

from collections.abc import Callable
from itertools import product
from typing import Any
from uuid import UUID, uuid5

import pytest

import matching.services.search as searching
from accounts.models import User
from lexicon.hashing import token_hash
from matching.models import Need
from matching.services.search import similar_to, suggest
from tests.builders import make_grant, make_need, make_organization, make_resource
from tests.conftest import World
from tests.matching.search.looking import as_principal, follow, look
from zones.models import Organization, Resource
from zones.scoping import today
from zones.search.asking import Pool
from zones.search.requests import NEED, ORGANIZATION, RESOURCE

NAMESPACE = UUID("0d6a7c02-61a8-4f8c-8a3e-8f1c3d5b8a11")
QUESTIONS = (
    "", "氮化镓", "氮化镓 缺陷检测", "GaN", "dhj", "lgz", "缺陷", "离轨站", "氮化镓 量子", "设备", "隐名",
    "GAN inspektion", "氮" * 80,
)  # fmt: skip
PARAMETERS: tuple[dict[str, str], ...] = (
    {}, {"sort": "name"}, {"sort": "freshness"}, {"sort": "distance", "near": "far"}, {"kind": "equipment"},
    {"zone": "east"}, {"sharing": "内部"}, {"trl": "9"}, {"page": "2"},
)  # fmt: skip


def fixed(name: str) -> UUID:
    return uuid5(NAMESPACE, name)


def show(world: World) -> None:
    for number in range(24):
        make_resource(
            zone=(world.west, world.far)[number % 2], visibility=("national", "public")[number % 3 == 0],
            name_zh=f"{('氮化镓', '激光', '缺陷检测')[number % 3]}设备{number:02}", public_id=fixed(f"shown-{number}"),
            keywords=["GaN" if number % 2 else "外延"], description_zh="缺陷检测" * (number % 4),
        )  # fmt: skip
    make_need(zone=world.west, title_zh="氮化镓外延需求", public_id=fixed("need"))
    follow()


def hide_more(world: World) -> None:
    """Rows that Cy may not see, with words, forms, values and organizations of their own."""
    owner = make_organization(name_zh="隐名氮化镓研究院", zone=world.east, is_listed=False)
    for number in range(30):
        make_resource(
            organization=owner, visibility="zone", kind="equipment", trl=9, share_mode="内部",
            keywords=["离轨站", "GAN"],
            name_zh=f"氮化镓量子设备{number:02}", description_zh="氮化镓 inspection " * 40, confirmed_on=today(),
        )  # fmt: skip
    granted = make_resource(organization=owner, visibility="association", name_zh="氮化镓联盟设备")
    make_grant(granted, association=world.alliance)
    make_resource(organization=owner, visibility="public", status="draft", name_zh="氮化镓草稿设备")
    for visibility in ("zone", "sealed"):
        make_need(organization=owner, visibility=visibility, title_zh="氮化镓隐名需求")
    follow()


def answers(user: User | None) -> dict[str, str]:
    """Everything search tells, as text, without keys of rows."""
    told = {
        f"{words[:20]} {parameters}": told_page(look(user, words, **parameters))
        for words, parameters in product(QUESTIONS, PARAMETERS)
    }
    for typed in ("氮", "d", "dhj", "g", "l", "隐", "离"):
        told[f"suggest {typed}"] = repr(suggest(as_principal(user), typed))
    shown = Resource.plain.get(public_id=fixed("shown-0"))
    told["similar"] = repr([told_hit(hit) for hit in similar_to(as_principal(user), shown)])
    return told


def told_page(page: Any) -> str:
    return repr((page.total, page.level, page.pages, page.read_as, page.help, page.facets, [*map(told_hit, page.hits)]))


def told_hit(hit: Any) -> tuple[Any, ...]:
    return (str(hit.row.public_id), hit.score, hit.title, hit.excerpt, hit.matched, hit.missing, hit.distance_km)


def differing(world: World, user: User | None) -> list[str]:
    show(world)
    before = answers(user)
    hide_more(world)
    after = answers(user)
    assert len(set(before.values())) > len(before) // 3
    return [name for name in before if before[name] != after[name]]


@pytest.mark.parametrize("name", ["cy", None])
def test_hidden_records_change_nothing(world: World, name: str | None) -> None:
    assert differing(world, getattr(world, name) if name else None) == []


def count_hidden_words(monkeypatch: pytest.MonkeyPatch) -> None:
    def count(pool: Pool, token: str) -> int:
        return int(pool.segment.postings.rows[pool.segment.postings.of(token_hash(token))].size)

    monkeypatch.setattr(Pool, "count", count)


def see_everything(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(searching, "scopes_of", lambda principal: None)


@pytest.mark.parametrize("sabotage", [count_hidden_words, see_everything])
def test_the_comparison_sees_each_leak(
    world: World, monkeypatch: pytest.MonkeyPatch, sabotage: Callable[[pytest.MonkeyPatch], None]
) -> None:
    sabotage(monkeypatch)
    assert differing(world, world.cy) != []


PEOPLE = ("ana", "bo", "cy", "eve", "lin", "ops", "auditor", "secretariat", None)


@pytest.fixture
def every_case(world: World) -> World:
    """Records of East in every visibility, with every kind of grant."""
    for visibility in ("zone", "association", "national", "public"):
        owned: dict[str, Any] = {"organization": world.enterprise, "visibility": visibility}
        make_resource(**owned)
        make_grant(make_resource(**owned), zone=world.far)
        make_grant(make_resource(**owned), zone=world.east)
        make_grant(make_resource(**owned), association=world.alliance)
        make_grant(make_resource(**owned))
        make_grant(make_resource(**owned), zone=world.far, valid_to=today())
        make_resource(zone=world.east, visibility=visibility)
    for visibility in ("zone", "association", "national", "public", "sealed"):
        places: tuple[dict[str, Any], ...] = ({"organization": world.enterprise}, {"zone": world.east})
        for place in places:
            make_need(visibility=visibility, association=world.alliance, **place)
    for is_listed in (True, False):
        make_organization(zone=world.east, is_listed=is_listed)
        make_organization(zone=None, is_listed=is_listed)
    make_organization(zone=world.east, merged_into=world.enterprise)
    follow()
    return world


@pytest.mark.parametrize("name", PEOPLE)
def test_the_index_shows_whom_the_rules_of_scoping_name(every_case: World, name: str | None) -> None:
    user = getattr(every_case, name) if name else None
    principal = as_principal(user)
    visible = {
        RESOURCE: Resource.objects.visible_to(principal).filter(status="active"),
        NEED: Need.objects.visible_to(principal).filter(state="open"),
        ORGANIZATION: Organization.objects.visible_to(principal).filter(merged_into__isnull=True),
    }
    for subject, rows in visible.items():
        page = look(user, subject=subject, size="50")
        assert {hit.row.pk for hit in page.hits} == set(rows.values_list("pk", flat=True))
        assert page.total == rows.count()
