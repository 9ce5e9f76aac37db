"""Parameters of the API: filters, ordering and pages do what they say, and nothing unknown is ignored."""

from datetime import date, timedelta
from typing import Any

import pytest

from accounts.models import User
from tests.builders import make_need, make_organization, make_resource
from tests.conftest import World
from tests.edges.conftest import Answer, Ask
from zones.models import Organization

LISTS = ("zones", "associations", "organizations", "resources", "needs", "matches", "runs")


def pages(ask: Ask, user: User | None, path: str, **parameters: Any) -> list[list[str]]:
    """Follow `next` to the end."""
    answer = ask(user, path, **parameters)
    found = [answer.ids]
    while answer.body["next"]:
        answer = ask(user, path, **parameters, cursor=cursor_of(answer, "next"))
        found.append(answer.ids)
    return found


def cursor_of(answer: Answer, direction: str) -> str:
    link: str = answer.body[direction]
    return link.partition("cursor=")[2].partition("&")[0]


@pytest.mark.parametrize("name", LISTS)
def test_an_unknown_parameter_is_a_400_that_names_it(ask: Ask, world: World, name: str) -> None:
    answer = ask(world.ana, f"{name}/", colour="red")
    assert answer.status == 400
    assert list(answer.body["errors"]) == ["colour"]
    assert "ordering" in str(answer.body["errors"])


@pytest.mark.parametrize("path", ["", "schema/", "docs/"])
def test_pages_without_rows_refuse_unknown_parameters_too(ask: Ask, db: None, path: str) -> None:
    answer = ask(None, path, colour="red")
    assert (answer.status, list(answer.body["errors"])) == (400, ["colour"])


def test_a_detail_takes_no_parameters_but_the_day(ask: Ask, world: World) -> None:
    assert ask(None, f"zones/{world.east.public_id}/", on="2026-01-01").status == 200
    assert ask(None, f"zones/{world.east.public_id}/", kind="x").status == 400
    assert ask(None, f"organizations/{world.enterprise.public_id}/", on="2026-01-01").status == 400


@pytest.mark.parametrize("field", ["organization", "budget_max", "budget_min__gt", "author", "payment_zh"])
def test_a_need_cannot_be_filtered_by_what_others_may_not_read(ask: Ask, world: World, field: str) -> None:
    assert list(ask(world.cy, "needs/", **{field: "1"}).body["errors"]) == [field]


@pytest.mark.parametrize(
    "ordering", ["budget_max", "-organization", "id", "zone__budget", "?", "", "deadline,title_zh"]
)
def test_only_listed_orderings_are_taken(ask: Ask, world: World, ordering: str) -> None:
    answer = ask(world.cy, "needs/", ordering=ordering)
    assert (answer.status, list(answer.body["errors"])) == (400, ["ordering"])


@pytest.mark.parametrize("name", ["on", "kind", "zone", "trl_min", "confirmed_from", "is_sample", "page_size"])
def test_a_parameter_without_a_value_is_a_400_but_for_texts(ask: Ask, db: None, name: str) -> None:
    """Left out it means today, or everything; whoever sends it empty meant something else."""
    answer = ask(None, "zones/" if name == "on" else "resources/", **{name: ""})
    assert (answer.status, list(answer.body["errors"])) == (400, [name])
    assert ask(None, "resources/", q="", industry="", cursor="").status == 200


def test_a_parameter_given_twice_is_a_400(ask: Ask, db: None) -> None:
    assert list(ask(None, "zones/", slug=["a", "b"]).body["errors"]) == ["slug"]


def test_resources_are_found_by_kind_code_number_and_words(ask: Ask, world: World) -> None:
    wanted = make_resource(
        kind="equipment", visibility="public", name_zh="场发射扫描电镜", industry_codes=["1.2"], trl=6, capacity=3
    )
    make_resource(visibility="public", trl=2, capacity=0)
    for parameters in (
        {"kind": "equipment"},
        {"industry": "1.2"},
        {"trl_min": 5},
        {"capacity_min": 2},
        {"q": "扫描 发射"},
        {"zone": wanted.zone.public_id},
        {"organization": wanted.organization.public_id},
        {"kind": "equipment", "trl_max": 6, "is_sample": "false", "visibility": "public", "status": "active"},
    ):
        assert ask(None, "resources/", **parameters).ids == [str(wanted.public_id)], parameters


def test_needs_are_found_by_their_dates(ask: Ask, db: None) -> None:
    soon = make_need(visibility="public", deadline=date(2030, 1, 1))
    make_need(visibility="public", deadline=date(2031, 1, 1))
    make_need(visibility="public", deadline=None)
    assert ask(None, "needs/", deadline_to="2030-06-30").ids == [str(soon.public_id)]
    assert ask(None, "needs/", deadline_from="2030-01-01", deadline_to="2030-01-01").ids == [str(soon.public_id)]


@pytest.mark.parametrize("ordering", ["deadline", "-deadline", "-updated_at", "updated_at", "expires_on"])
@pytest.mark.parametrize("size", [1, 2, 3, 7, 50])
def test_pages_show_every_row_once_in_order_also_without_a_value(ask: Ask, db: None, ordering: str, size: int) -> None:
    start = date(2030, 1, 1)
    for deadline in (start, start, None, start + timedelta(days=1), None, start, None):
        make_need(visibility="public", deadline=deadline)
    whole = ask(None, "needs/", ordering=ordering).ids
    assert len(whole) == 7
    assert [row for page in pages(ask, None, "needs/", ordering=ordering, page_size=size) for row in page] == whole
    if "deadline" in ordering:
        dates = [row["deadline"] for row in ask(None, "needs/", ordering=ordering).body["results"]]
        known = [day for day in dates if day]
        assert dates == sorted(known, reverse=ordering.startswith("-")) + [None] * 3


@pytest.mark.parametrize("ordering", ["deadline", "-deadline"])
def test_pages_go_back_as_they_came(ask: Ask, db: None, ordering: str) -> None:
    for day in (1, 2, 2, None, None, 3, None):
        make_need(visibility="public", deadline=day and date(2030, 1, day))
    parameters = {"ordering": ordering, "page_size": 2}
    answer = ask(None, "needs/", **parameters)
    forward = [answer]
    while answer.body["next"]:
        answer = ask(None, "needs/", **parameters, cursor=cursor_of(answer, "next"))
        forward.append(answer)
    for earlier in reversed(forward[:-1]):
        answer = ask(None, "needs/", **parameters, cursor=cursor_of(answer, "previous"))
        assert answer.ids == earlier.ids
    assert answer.body["previous"] is None
    assert answer.body["next"] is not None


def test_rows_written_in_one_statement_are_paged_too(ask: Ask, db: None, world: World) -> None:
    """They share `updated_at` to the microsecond: the public id decides."""
    resource = make_resource(visibility="public")
    for _ in range(12):
        make_resource(visibility="public", updated_at=resource.updated_at)
    type(resource).plain.update(updated_at=resource.updated_at)
    found = pages(ask, None, "resources/", page_size=5)
    assert [len(page) for page in found] == [5, 5, 3]
    assert len({row for page in found for row in page}) == 13


def test_a_cursor_holds_no_sequential_key(ask: Ask, db: None) -> None:
    from base64 import urlsafe_b64decode

    for _ in range(3):
        make_organization()
    cursor = cursor_of(ask(None, "organizations/", page_size=2), "next")
    text = urlsafe_b64decode(cursor + "==").decode()
    assert "ce shi dan wei" in text
    assert '"id"' not in text


def test_a_page_is_as_long_as_asked_for_and_never_longer_than_200(ask: Ask, db: None) -> None:
    names = [f"测试单位{n}" for n in range(205)]
    Organization.plain.bulk_create(Organization(name_zh=name, pinyin_key=name, kind="other") for name in names)
    assert len(ask(None, "organizations/").ids) == 50
    assert len(ask(None, "organizations/", page_size=200).ids) == 200
    for size in ("201", "0", "-1", "ten", "1e3", "9" * 400, "１０"):
        assert list(ask(None, "organizations/", page_size=size).body["errors"]) == ["page_size"]


def test_a_bad_kind_is_refused_with_the_choices_in_the_readers_language(ask: Ask, world: World) -> None:
    told = " ".join(ask(world.ana, "resources/", kind="lab", language="en").body["errors"]["kind"])
    assert "Available: laboratory, equipment, achievement" in told
    assert "、" not in told


def test_a_slug_where_a_public_id_belongs_is_told_where_to_find_it(ask: Ask, world: World) -> None:
    for name in ("needs", "resources"):
        assert "/api/v1/zones/?slug=" in str(ask(world.ana, f"{name}/", zone=world.east.slug).body["errors"]["zone"])
    assert "/api/v1/zones/?slug=" in str(ask(world.ana, "associations/", zone=world.east.slug).body["errors"]["zone"])
