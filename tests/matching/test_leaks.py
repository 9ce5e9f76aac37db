"""An open need does not tell other zones whose it is; nothing that was found is repeated in what is said."""

from datetime import timedelta
from typing import Any

import pytest

from matching.importing.collections import Collection, load_collection
from matching.models import Need
from matching.services.need_batches import NeedDraft, open_drafts
from matching.services.needs import NeedParts, open_need, update_need
from tests.conftest import World
from tests.matching.test_needs import METRIC, write
from zones.errors import InvalidInput
from zones.models import OrganizationAlias
from zones.scoping import SYSTEM, Principal, scope_of, today

pytestmark = pytest.mark.django_db
PHONE = "１３８-1234-5678"


@pytest.fixture
def ana_scope(world: World) -> Principal:
    return scope_of(world.ana)


def refusal_of_opening(principal: Principal, need: Need) -> dict[str, list[str]]:
    with pytest.raises(InvalidInput) as refused:
        open_need(SYSTEM, need_id=need.pk)
    assert "5678" not in str(refused.value)
    return refused.value.errors


@pytest.mark.parametrize("visibility", ["association", "national", "public"])
def test_a_phone_number_is_refused_where_strangers_read_it(world: World, ana_scope: Principal, visibility: str) -> None:
    values: dict[str, Any] = {"association": world.alliance} if visibility == "association" else {}
    need = write(ana_scope, world, visibility=visibility, summary_zh=f"急：{PHONE}", **values)
    (sentence,) = refusal_of_opening(ana_scope, need)["summary_zh"]
    assert "“摘要”第 3–15 字疑为手机号码" in sentence
    need.refresh_from_db()
    assert need.state == "draft"


@pytest.mark.parametrize("visibility", ["zone", "sealed"])
def test_what_only_its_own_zone_reads_may_hold_one(world: World, ana_scope: Principal, visibility: str) -> None:
    need = write(ana_scope, world, visibility=visibility, summary_zh=f"急：{PHONE}")
    assert open_need(SYSTEM, need_id=need.pk).state == "open"


@pytest.mark.parametrize(
    "field",
    ["title_zh", "title_en", "background_zh", "problem_zh", "content_zh", "tried_zh", "conditions_offered_zh"],
)
def test_every_published_text_is_read(world: World, ana_scope: Principal, field: str) -> None:
    assert list(refusal_of_opening(ana_scope, write(ana_scope, world, metrics=None, **{field: f"拨 {PHONE}"}))) == [
        field
    ]


def test_keywords_and_metrics_are_read_too(world: World, ana_scope: Principal) -> None:
    metric = {**METRIC, "condition_zh": f"询 {PHONE}"}
    need = write(ana_scope, world, keywords=["银膏", "li@example.cn"], metrics=[metric])
    assert set(refusal_of_opening(ana_scope, need)) == {"keywords", "指标 1: condition_zh"}


def test_what_the_own_side_alone_reads_is_not(world: World, ana_scope: Principal) -> None:
    need = write(ana_scope, world, payment_zh=PHONE, exclusions_zh=PHONE)
    assert open_need(SYSTEM, need_id=need.pk).state == "open"


def test_the_organization_and_its_brands_are_not_named(world: World, ana_scope: Principal) -> None:
    OrganizationAlias.objects.create(organization=world.enterprise, name="银力牌")
    need = write(ana_scope, world, title_zh=f"{world.enterprise.name_zh}求银膏", summary_zh="用于银力牌产品")
    errors = refusal_of_opening(ana_scope, need)
    assert set(errors) == {"title_zh", "summary_zh"}
    assert "某装备企业" in errors["title_zh"][0]
    assert "银力牌" not in str(errors)


def test_an_open_need_is_read_again_on_every_edit(world: World, ana_scope: Principal) -> None:
    need = open_need(SYSTEM, need_id=write(ana_scope, world).pk)
    with pytest.raises(InvalidInput, match="problem_zh"):
        update_need(ana_scope, need_id=need.pk, version=need.version, problem_zh=PHONE)
    sealed = update_need(ana_scope, need_id=need.pk, version=need.version, problem_zh=PHONE, visibility="sealed")
    with pytest.raises(InvalidInput, match="problem_zh"):
        update_need(ana_scope, need_id=need.pk, version=sealed.version, visibility="national")


def test_a_draft_may_still_hold_anything(world: World, ana_scope: Principal) -> None:
    assert write(ana_scope, world, summary_zh=PHONE).state == "draft"


@pytest.fixture
def collection(tmp_path: Any) -> Collection:
    folder = tmp_path / "small"
    folder.mkdir()
    (folder / "corpus.jsonl").write_text('{"id": "d1", "title": "银膏", "text": "见 www.example.cn"}\n', "utf-8")
    queries = ("银膏 https://example.cn/a", "焊料", "写信 li@example.cn")
    lines = [f'{{"id": "q{n}", "text": "{text}"}}\n' for n, text in enumerate(queries, start=1)]
    (folder / "queries.jsonl").write_text("".join(lines), "utf-8")
    (folder / "qrels.tsv").write_text("q1\td1\t1\n", "utf-8")
    return Collection(folder)


def test_a_foreign_collection_is_loaded_whole_and_stays_within_its_zone(world: World, collection: Collection) -> None:
    load_collection(SYSTEM, collection)
    loaded = Need.objects.visible_to(SYSTEM).filter(state="open")
    assert loaded.count() == 3
    assert not Need.objects.visible_to(scope_of(world.cy)).filter(pk__in=loaded.values("pk")).exists()


def test_many_needs_tell_every_one_at_fault_by_its_number_and_open_none(world: World, ana_scope: Principal) -> None:
    texts = ("银膏 https://example.cn/a", "焊料", "写信 li@example.cn")
    shared = {
        "kind": "joint_development", "title_zh": "低温烧结银膏", "zone": world.east, "organization": world.enterprise,
        "consent_recorded_on": today(), "deadline": today() + timedelta(days=90), "visibility": "national",
    }  # fmt: skip
    drafts = [
        NeedDraft(Need(**shared, summary_zh=text, external_id=f"x:{n}"), NeedParts(metrics=[METRIC]))
        for n, text in enumerate(texts, start=1)
    ]
    with pytest.raises(InvalidInput) as refused:
        open_drafts(SYSTEM, drafts)
    assert {name.split(": ")[0] for name in refused.value.errors} == {"x:1", "x:3"}
    assert "example" not in str(refused.value)
    assert not Need.objects.unscoped(reason="a test counts").exists()
