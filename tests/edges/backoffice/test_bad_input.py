"""Bad input at the back office: each line of the list is refused in Chinese and English, with what to do, and stores
nothing."""

from collections.abc import Callable
from html import unescape
from typing import Any
from urllib.parse import urlencode

import pytest

from accounts.models import User
from matching.models import Need
from tests.conftest import World
from tests.edges.backoffice.conftest import Browse
from tests.edges.backoffice.test_writing import ADD_NEED, need_form, resource_form, rows
from zones.models import Membership, Organization, Resource, ZoneLevel

ADD_ORGANIZATION, ADD_RESOURCE = "/office/zones/organization/add/", "/office/zones/resource/add/?kind=equipment"
Post = tuple[str, dict[str, Any]]


def organization(world: World, **fields: Any) -> Post:
    values = {"name_zh": "新厂", "kind": "enterprise", "zone": world.east.public_id}
    return ADD_ORGANIZATION, rows("contact_points") | values | fields


def submit_need(world: World, **fields: Any) -> Post:
    return ADD_NEED, need_form(world, _submit="1") | fields


def level(world: World) -> Post:
    url = f"/office/zones/zone/{world.east.public_id}/panels/level/"
    ZoneLevel.objects.filter(zone=world.east).update(valid_from="2010-06-01")
    return url, {"level": "other", "valid_from": "2009-01-01", "source": "批文"}


def membership(world: World) -> Post:
    url = f"/office/zones/association/{world.alliance.public_id}/panels/join/"
    return url, {"zone": world.east.public_id, "role": "member", "joined_on": "2025-01-01"}


BAD: dict[str, tuple[str, Callable[[World], Post], str, str]] = {
    "credit code": (
        "ana", lambda world: organization(world, credit_code="91350100M000100Y44"), "请对照营业执照核对", "licence",
    ),
    "overlapping membership": ("ops", membership, "请先登记原成员关系的退出日", "leaving date"),
    "level before approval": ("ops", level, "请核对批文日期", "approval document"),
    "no metric": (
        "ana", lambda world: submit_need(world, **rows("metrics")), "至少填写一项量化指标", "at least one metric",
    ),
    "past deadline": (
        "ana", lambda world: submit_need(world, deadline="2020-01-01"), "请改为今后的日期", "future date",
    ),
    "unknown code": (
        "ana", lambda world: (ADD_RESOURCE, resource_form(world, industry_codes=["B2"])), "B2", "B2",
    ),
    "nul": ("ana", lambda world: submit_need(world, problem_zh="坏\x00字"), "空字符", "ull character"),
    "a megabyte": ("ana", lambda world: submit_need(world, problem_zh="字" * 1_000_000), "1000", "1000"),
}  # fmt: skip


def stored() -> list[int]:
    counted = (Need.plain, Resource.plain, Organization.plain, Membership.objects, ZoneLevel.objects)
    return [rows_of.count() for rows_of in counted]


def person(world: World, name: str) -> User:
    found: User = getattr(world, name)
    return found


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("case", BAD)
def test_it_is_refused_with_the_remedy_in_both_languages(
    world: World, browse: Browse, case: str, language: str
) -> None:
    name, post, chinese, english = BAD[case]
    url, values = post(world)
    before = stored()
    response = browse(person(world, name)).post(url, values, headers={"accept-language": language})
    assert response.status_code == 200
    assert (chinese if language == "zh-hans" else english) in unescape(response.content.decode())
    assert stored() == before


def test_a_lone_surrogate_is_no_text_and_a_rare_character_is(world: World, browse: Browse) -> None:
    client = browse(world.ana)
    body = "&".join(f"{name}={value}" for name, value in need_form(world, title_zh="%F0%A0%AE%B7%ED%A0%80").items())
    response = client.post(ADD_NEED, body.encode(), content_type="application/x-www-form-urlencoded")
    assert response.status_code < 500
    assert not any("\ud800" <= letter <= "\udfff" for need in Need.plain.all() for letter in need.title_zh)
    client.post(ADD_NEED, need_form(world, title_zh="𠮷林省𬭎材料"))
    assert Need.plain.filter(title_zh="𠮷林省𬭎材料").exists()


@pytest.mark.parametrize(
    ("words", "most", "zh", "en"),
    [
        ({"summary_zh": "长" * 500_000}, "4 MB", "请缩短最长的文字", "Shorten the longest text"),
        ({f"metrics-{n}-unit": "nm" for n in range(1_200)}, "1000", "请减少行数或勾选数", "fewer rows"),
    ],
    ids=["text", "fields"],
)
def test_too_much_at_once_is_told_with_its_limit_and_what_to_do(
    world: World, browse: Browse, words: dict[str, str], most: str, zh: str, en: str
) -> None:
    """And it is read to its end: a browser that is still sending shows no answer."""
    content = urlencode(need_form(world) | words)
    for language, sentence in (("zh-hans", zh), ("en", en)):
        answer = browse(world.ana).post(
            ADD_NEED, content, content_type="application/x-www-form-urlencoded", headers={"accept-language": language}
        )
        told = answer.content.decode()
        assert answer.status_code == 400
        assert most in told
        assert sentence in told
        assert answer.wsgi_request.read(1) == b""
    assert not Need.plain.exists()
