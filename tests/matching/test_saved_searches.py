"""Saved searches: kept as they were read, of one account, with what is new for what that account may see now."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from ledger.models import OutboxEvent
from matching.models import Need, SavedSearch
from matching.services.saved_searches import (
    MOST,
    AlreadySaved,
    answered,
    delete_search,
    look_at_search,
    own_searches,
    rename_search,
    request_of,
    save_search,
    saved_as,
)
from matching.services.seen import pack, unseen
from tests.builders import make_need, make_organization, make_resource
from tests.conftest import World
from tests.matching.search.looking import follow
from zones.errors import InvalidInput, NotAllowed, NotFound
from zones.models import Resource
from zones.scoping import VISITOR, Principal, scope_of
from zones.search.requests import SearchRequest

pytestmark = pytest.mark.django_db
WAFER = SearchRequest(words="晶圆")


@pytest.fixture
def eve(world: World) -> Principal:
    make_resource(organization=world.laboratory, name_zh="晶圆检测", visibility="public")
    follow()
    return scope_of(world.eve)


def news(principal: Principal) -> list[tuple[str, int | None, int]]:
    return [(one.row.name, one.total, one.new_count) for one in answered(principal, list(own_searches(principal)))]


def test_what_was_there_when_it_was_saved_is_not_new(eve: Principal) -> None:
    save_search(eve, request=WAFER, name=" 我的  晶圆 ")
    assert news(eve) == [("我的 晶圆", 1, 0)]


def test_what_comes_into_sight_is_new_until_it_is_looked_at(eve: Principal, world: World) -> None:
    old = make_resource(organization=world.laboratory, name_zh="晶圆切割", visibility="zone")
    need = make_need(organization=world.enterprise, title_zh="晶圆难题", visibility="public")
    make_organization(name_zh="晶圆公司", zone=world.far)
    follow()
    row = save_search(eve, request=WAFER, name="晶圆")
    assert news(eve) == [("晶圆", 3, 0)]
    Resource.plain.filter(pk=old.pk).update(visibility="public")  # older than what was seen, and new to her
    make_resource(organization=world.laboratory, name_zh="晶圆清洗", visibility="public")
    make_need(organization=world.laboratory, title_zh="又一晶圆难题", visibility="public")
    Need.plain.filter(pk=need.pk).update(state="withdrawn")
    follow()
    assert news(eve) == [("晶圆", 5, 3)]
    assert look_at_search(eve, public_id=row.public_id) == WAFER
    assert news(eve) == [("晶圆", 5, 0)]


def test_what_one_may_not_see_is_neither_counted_nor_new(eve: Principal, world: World) -> None:
    save_search(eve, request=WAFER, name="晶圆")
    make_resource(organization=world.outside, name_zh="晶圆秘密", visibility="zone")
    follow()
    assert news(eve) == [("晶圆", 1, 0)]


def test_a_search_is_kept_as_it_was_read_and_once(eve: Principal) -> None:
    asked = SearchRequest(
        "  晶圆  GaN ", {"trl": ("7", "5"), "kind": ("equipment",)}, "distance", "east", page=3, size=50
    )
    row = save_search(eve, request=asked, name="一")
    kept = SearchRequest("晶圆 GaN", {"kind": ("equipment",), "trl": ("5", "7")}, "distance", "east")
    row.refresh_from_db()
    assert request_of(row) == kept
    assert saved_as(eve, asked) == row
    assert saved_as(eve, WAFER) is None
    same = SearchRequest("晶圆 gan", {"kind": ("equipment",), "trl": ("7", "5")}, "distance", "east")
    with pytest.raises(AlreadySaved, match="“一”"):
        save_search(eve, request=same, name="二")


@pytest.mark.parametrize(
    ("request_", "told"),
    [
        (SearchRequest(), "请先输入"),
        (SearchRequest(words="  "), "请先输入"),
        (SearchRequest(words="晶圆", chosen={"zone": ("nowhere",)}), "没有取值"),
        (SearchRequest(words="晶圆", near="nowhere"), "没有取值"),
        (SearchRequest(words="晶" * 801), "最多 800 字"),
        (SearchRequest(words="晶\x00圆"), "NUL"),
    ],
)
def test_what_search_would_refuse_is_not_kept(eve: Principal, request_: SearchRequest, told: str) -> None:
    with pytest.raises(InvalidInput, match=told):
        save_search(eve, request=request_, name="名")
    assert not SavedSearch.plain.exists()


def test_an_account_keeps_so_many_and_no_more(eve: Principal) -> None:
    for number in range(MOST):
        save_search(eve, request=SearchRequest(words=f"晶圆{number}"), name=str(number))
    with pytest.raises(InvalidInput, match="最多保存"):
        save_search(eve, request=WAFER, name="一个太多")


@pytest.mark.django_db(transaction=True)
def test_two_at_once_are_not_one_too_many(eve: Principal) -> None:
    for number in range(MOST - 1):
        save_search(eve, request=SearchRequest(words=f"晶圆{number}"), name=str(number))

    def save(words: str) -> bool:
        try:
            save_search(eve, request=SearchRequest(words=words), name=words)
            return True
        except InvalidInput:
            return False
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(save, ["晶圆甲", "晶圆乙", "晶圆丙", "晶圆丁"])) == 1
    assert own_searches(eve).count() == MOST


def test_searches_are_their_accounts_alone(eve: Principal, world: World) -> None:
    row = save_search(eve, request=WAFER, name="晶圆")
    for person in (world.ana, world.lin, world.ops):
        other = scope_of(person)
        assert not own_searches(other).exists()
        for step in (look_at_search, delete_search):
            with pytest.raises(NotFound):
                step(other, public_id=row.public_id)
        with pytest.raises(NotFound):
            rename_search(other, public_id=row.public_id, name="改")
    with pytest.raises(NotAllowed, match="登录"):
        save_search(VISITOR, request=WAFER, name="晶圆")
    assert (saved_as(VISITOR, WAFER), own_searches(VISITOR).exists()) == (None, False)


def test_it_is_renamed_and_deleted_and_the_outbox_tells_no_words(eve: Principal) -> None:
    row = save_search(eve, request=WAFER, name="晶圆")
    assert rename_search(eve, public_id=row.public_id, name="新名").name == "新名"
    with pytest.raises(InvalidInput, match="名称"):
        rename_search(eve, public_id=row.public_id, name=" ")
    delete_search(eve, public_id=row.public_id)
    assert not SavedSearch.plain.exists()
    kinds = ("search.saved", "search.renamed", "search.deleted")
    told = OutboxEvent.objects.filter(kind__startswith="search.").order_by("pk").values_list("kind", "payload")
    assert list(told) == [(kind, {"search": str(row.public_id)}) for kind in kinds]


def test_one_that_names_what_is_gone_is_told_and_can_be_opened_and_deleted(eve: Principal) -> None:
    row = save_search(eve, request=SearchRequest("晶圆", {"zone": ("far",)}), name="晶圆")
    SavedSearch.plain.update(request=row.request | {"chosen": {"zone": ["gone"]}})
    assert news(eve) == [("晶圆", None, 0)]
    assert look_at_search(eve, public_id=row.public_id).chosen == {"zone": ("gone",)}
    delete_search(eve, public_id=row.public_id)


@given(st.sets(st.integers(1, 300)), st.sets(st.integers(1, 300)), st.sets(st.integers(1, 300)))
def test_what_is_unseen_is_what_was_not_packed(seen: set[int], more: set[int], needs: set[int]) -> None:
    def ids(numbers: set[int]) -> np.ndarray:
        return np.array(sorted(numbers), dtype=np.int64)

    packed = pack({"resource": ids(seen), "need": ids(needs)})
    new = unseen({"resource": ids(seen | more), "organization": ids(needs), "need": ids(needs)}, packed)
    assert {name: set(found.tolist()) for name, found in new.items()} == {
        "resource": more - seen,
        "organization": needs,
        "need": set(),
    }
    assert len(pack({"resource": np.arange(1, 178_001, dtype=np.int64)})) < 2_500
