"""The 21 mechanisms and the doors each can be recorded by: `docs/mechanisms.md` has the lines that stand here."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final, NamedTuple

from django.apps import apps
from django.contrib import admin
from django.db.models import Model

from api.urls import RESOURCES
from api.views.base import ReadViewSet
from api.views.writing import CREATE
from zones.importing.importers import IMPORTERS

PAGE: Final = Path(__file__).resolve().parents[2] / "docs" / "mechanisms.md"
RESOURCES_KINDS: Final = (
    *("laboratory", "equipment", "achievement", "expert_team", "testbed", "pilot_line", "finance_product"),
    *("enclave_space", "service"),
)


class Mechanism(NamedTuple):
    """By number: what it is called, the tables it stands in, the kinds of files, the addresses of the API."""

    number: int
    name: str
    tables: tuple[str, ...]
    files: tuple[str, ...]
    routes: tuple[str, ...]


MECHANISMS: Final = (
    Mechanism(1, "研发资源目录 catalogues", ("zones.Catalogue", "zones.Resource"), ("laboratory", "equipment"),
              ("catalogues", "resources")),
    Mechanism(2, "技术合同流向 flows of contracts", ("matching.TechContract", "figures.Series"), ("contract",),
              ("contracts", "series")),
    Mechanism(3, "对口合作 paired cooperation", ("matching.Cooperation",), ("cooperation",), ("cooperations",)),
    Mechanism(4, "资源地图 map of resources", ("zones.Resource",), RESOURCES_KINDS, ("resources",)),
    Mechanism(5, "攻关联合体 consortia", ("matching.Cooperation",), ("cooperation",), ("cooperations",)),
    Mechanism(6, "协同基金与科技金融 funds and finance", ("zones.Fund", "zones.Resource", "matching.Cooperation"),
              ("fund", "fund_commitment", "fund_payment", "finance_product", "cooperation"), ("funds", "cooperations")),
    Mechanism(7, "示范场景 scenarios", ("matching.Need", "matching.Cooperation"), ("need", "cooperation"),
              ("needs", "cooperations")),
    Mechanism(8, "产业链 industrial chains", ("zones.ChainNode",), ("chain_node", "chain_place"), ("chains",)),
    Mechanism(9, "产业协同创新网络 networks", ("zones.Association",), ("membership",), ("associations",)),
    Mechanism(10, "区域联盟 alliances", ("zones.Association",), ("membership",), ("associations",)),
    Mechanism(11, "联合研发中心 joint centers", ("matching.Cooperation",), ("cooperation",), ("cooperations",)),
    Mechanism(12, "需求征集与匹配 calls and matching", ("matching.NeedCall", "matching.Need"), ("need",),
              ("calls", "needs")),
    Mechanism(13, "交流对接活动 events", ("matching.Event",), ("event",), ("events",)),
    Mechanism(14, "科研合作项目 projects", ("matching.Cooperation",), ("cooperation",), ("cooperations",)),
    Mechanism(15, "飞地 enclaves", ("zones.Enclave",), ("enclave", "enclave_tenant", "enclave_space"), ("enclaves",)),
    Mechanism(16, "人才交流 exchanges", ("matching.TalentExchange",), ("talent_exchange",), ("talent_exchanges",)),
    Mechanism(17, "成果转化 conversions", ("matching.Conversion",), ("conversion", "achievement"), ("conversions",)),
    Mechanism(18, "合作协议 agreements", ("matching.Agreement",), ("agreement", "commitment_actual"),
              ("agreements",)),
    Mechanism(19, "未来产业试验场 testbeds and trials", ("zones.Resource", "matching.Trial"), ("testbed", "trial"),
              ("resources", "trials")),
    Mechanism(20, "政策文件与目标 policies and targets", ("zones.PolicyDocument",),
              ("policy", "policy_item", "policy_target", "policy_actual"), ("policies",)),
    Mechanism(21, "五个协同 the five dimensions", ("matching.Event", "matching.Agreement", "matching.Cooperation"),
              ("agreement", "cooperation", "event", "fund", "chain_node", "enclave", "conversion", "talent_exchange",
               "trial", "policy"),
              ("events", "agreements", "cooperations")),
)  # fmt: skip


def table_of(name: str) -> type[Model]:
    return apps.get_model(name)


def told(words: Iterable[str]) -> str:
    return " · ".join(words) or "—"


def is_written(view: type[ReadViewSet]) -> bool:
    """Whether programs make its records, or, as with memberships of associations, add to them by a step."""
    return CREATE in getattr(view, "writes", ()) or "join" in getattr(view, "steps", ())


def lines() -> Iterator[str]:
    for one in MECHANISMS:
        pages = [str(table_of(name)._meta.verbose_name) for name in one.tables]
        written = [name for name in one.routes if is_written(RESOURCES[name])]
        files, read, sent = (told(f"`{word}`" for word in words) for words in (one.files, one.routes, written))
        yield f"| {one.number} | {one.name} | {told(pages)} | {files} | {read} | {sent} |"


def test_the_page_says_what_there_is() -> None:
    table = [line for line in PAGE.read_text(encoding="utf-8").splitlines() if re.match(r"\| \d+ \|", line)]
    assert table == list(lines())


def test_every_door_that_is_named_is_there() -> None:
    assert [one.number for one in MECHANISMS] == list(range(1, 22))
    tables = {table_of(name) for one in MECHANISMS for name in one.tables}
    assert [table for table in tables if table not in admin.site._registry] == []
    assert {kind for one in MECHANISMS for kind in one.files} == set(IMPORTERS)
    assert {name for one in MECHANISMS for name in one.routes} <= set(RESOURCES)


def test_each_record_of_a_mechanism_has_a_dimension_that_a_program_writes() -> None:
    for name in ("events", "agreements", "cooperations", "funds", "trials", "policies"):
        assert "dimension" in RESOURCES[name].input_class.Meta.fields, name  # type: ignore[attr-defined]
