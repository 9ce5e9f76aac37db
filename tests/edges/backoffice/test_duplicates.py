"""Likely doubles on their page: side by side, merged into one, told apart; old addresses lead to the kept one."""

from datetime import UTC, datetime
from typing import Any

import pytest

from tests.builders import make_organization, make_resource
from tests.conftest import World
from tests.edges.backoffice.conftest import Browse
from tests.edges.conftest import Ask
from zones.models import Organization, Resource

PAGE = "/office/zones/resource/doubles/"


def twins(world: World) -> tuple[Resource, Resource]:
    east: dict[str, Any] = {"zone": world.east, "kind": "equipment", "organization": world.enterprise}
    return make_resource(name_zh="扫描电镜", **east), make_resource(name_zh="扫描 电镜", trl=7, **east)


def named(kept: Any, merged: Any) -> dict[str, str]:
    return {"kept": f"{kept.public_id}:{kept.version}", "merged": f"{merged.public_id}:{merged.version}"}


def test_doubles_stand_side_by_side_and_are_merged(world: World, browse: Browse, ask: Ask) -> None:
    kept, merged = twins(world)
    client = browse(world.ana)
    (pair,) = client.get(PAGE).context["pairs"]
    assert [side["row"].pk for side in pair["sides"]] == [kept.pk, merged.pk]
    assert pair["reason"] == "名称与型号相同"
    client.post(PAGE + "merge/", named(kept, merged))
    assert client.get(PAGE).context["pairs"] == []
    old = client.get(f"/office/zones/resource/{merged.public_id}/change/")
    assert (old.status_code, old["Location"]) == (301, f"/office/zones/resource/{kept.public_id}/change/")
    for person in (world.ana, world.cy):
        answer = ask(person, f"resources/{merged.public_id}/")
        assert (answer.status, answer.body["public_id"], answer.body["trl"]) == (200, str(kept.public_id), 7)


def test_organizations_that_differ_in_their_legal_form_only_say_so(world: World, browse: Browse) -> None:
    first, second = (
        make_organization(zone=world.east, name_zh=name, kind="enterprise")
        for name in ("精铸机械有限公司", "精铸机械有限责任公司")
    )
    Organization.plain.update(updated_at=datetime(2026, 11, 26, tzinfo=UTC))
    answer = browse(world.ana).get("/office/zones/organization/doubles/")
    (pair,) = answer.context["pairs"]
    assert pair["reason"] == "名称相同（不计公司形式）"
    assert [line["label"] for line in pair["lines"] if line["differs"]] == ["名称"]
    for row in (first, second):
        assert f'/office/zones/organization/{row.public_id}/change/">{row.name_zh}</a>' in answer.content.decode()


def test_told_apart_they_are_not_shown_again(world: World, browse: Browse) -> None:
    client = browse(world.ana)
    client.post(PAGE + "separate/", named(*twins(world)))
    assert client.get(PAGE).context["pairs"] == []
    assert not Resource.plain.filter(merged_into__isnull=False).exists()


def test_one_that_changed_since_it_was_seen_is_not_merged(world: World, browse: Browse) -> None:
    kept, merged = twins(world)
    Resource.plain.filter(pk=merged.pk).update(version=5)
    response = browse(world.ana).post(PAGE + "merge/", named(kept, merged), follow=True)
    assert "已被他人修改" in response.content.decode()
    assert not Resource.plain.filter(merged_into__isnull=False).exists()


def test_an_organization_leads_to_the_kept_one_everywhere(world: World, browse: Browse, ask: Ask) -> None:
    page, other = "/office/zones/organization/doubles/", make_organization(name_zh="东方微电子", zone=world.east)
    client = browse(world.ana)
    (pair,) = client.get(page).context["pairs"]
    assert {side["row"].pk for side in pair["sides"]} == {world.enterprise.pk, other.pk}
    client.post(page + "merge/", named(world.enterprise, other))
    old = client.get(f"/office/zones/organization/{other.public_id}/change/")
    assert (old.status_code, str(world.enterprise.public_id) in old["Location"]) == (301, True)
    assert ask(None, f"organizations/{other.public_id}/").body["public_id"] == str(world.enterprise.public_id)
    assert str(other.public_id) not in ask(None, "organizations/").ids
    assert Organization.plain.get(pk=other.pk).merged_into_id == world.enterprise.pk


@pytest.mark.parametrize("person", ["bo", "cy", "auditor", "secretariat"])
def test_others_neither_see_nor_merge_them(world: World, browse: Browse, person: str) -> None:
    kept, merged = twins(world)
    client = browse(getattr(world, person))
    assert client.get(PAGE + "?zone=east").status_code == 404
    for name in ("merge", "separate"):
        assert client.post(f"{PAGE}{name}/?zone=east", named(kept, merged)).status_code == 404
    assert not Resource.plain.filter(merged_into__isnull=False).exists()
