"""The article's 41 figures come out of rows; each trap of PRODUCT.md §4 is bent once, and a fact that changes changes
what depends on it and nothing else.
"""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import transaction
from django.db.models.functions import Now
from django.utils.translation import override
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st

from figures.answering import Answer
from figures.article import DAY, ENTRIES, compared, entry_of
from figures.evidence import evidence
from figures.golden import catalogue
from figures.golden.agreements import INITIATIVE
from figures.golden.loading import load_article
from figures.golden.policies import OPTICS_VALLEY
from figures.models import Observation
from figures.sentences import value_text
from ledger.models import OutboxEvent
from matching.models import (
    AgreementParty,
    ContractRegistration,
    Cooperation,
    CooperationAssociation,
    CooperationParty,
    Event,
    EventOrganizer,
    TechContract,
)
from tests.figures.asking import value
from tests.figures.golden import answers, facts_of, questions, rows, told, undone
from zones.errors import InvalidInput
from zones.importing.reference import load_reference
from zones.importing.tables import read_csv
from zones.models import (
    Association,
    CatalogueItem,
    EquipmentDetail,
    LaboratoryDetail,
    Membership,
    PolicyDocument,
    PolicyItem,
    PolicyTarget,
    Region,
    Resource,
    ResourcePart,
    ZoneLevel,
)
from zones.scoping import SYSTEM, VISITOR

pytestmark = pytest.mark.django_db
YI = Decimal(10) ** 8
FLOW = "flow:region:110000>region:120000+region:130000"


@pytest.fixture(scope="module", autouse=True)
def _golden(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Loaded once, and gone with the module."""
    with django_db_blocker.unblock(), transaction.atomic(), override("zh-hans"):
        load_reference(settings.REFERENCE_DIR)
        load_article()
        yield
        transaction.set_rollback(True)


class Golden:
    """The questions of the article and what they are answered with."""

    def __init__(self) -> None:
        self.asked = questions()
        self.found = answers(self.asked)
        self.told = told(self.found)

    def answer(self, name: str) -> Answer:
        found = self.found[name]
        assert isinstance(found, Answer), found
        return found

    def changed(self, after: dict[str, Answer | str]) -> set[str]:
        """Which figures say something else than before, or by other rows."""
        said = told(after)
        return {name for name in said if said[name] != self.told[name]}

    def __repr__(self) -> str:
        return "golden"


@pytest.fixture(scope="module")
def golden(_golden: None) -> Golden:
    return Golden()


# What the article says


def test_all_41_figures_come_out_of_rows_in_the_words_of_the_article() -> None:
    published = {row["id"]: row for row in read_csv(settings.REFERENCE_DIR / "article_figures.csv")}
    assert [entry.id for entry in ENTRIES] == list(published)
    told_here = {row.entry.id: row.words or row.refusal for row in compared(as_of=DAY, samples=True)}
    assert told_here == {entry.id: entry.said for entry in ENTRIES}


def test_the_words_stand_in_the_quotes() -> None:
    elsewhere = {entry.id for entry in ENTRIES if _stem(entry.said) not in entry.quote}
    assert elsewhere == {"F04", "F17", "F33"}  # misprinted; counted of the names it lists; 约为 for 约


def _stem(said: str) -> str:
    """As the sentence has it: a year that was said before is left out, the future is told otherwise."""
    return said.removeprefix("预计达到").removeprefix("2024年")


def test_values_are_those_of_the_table(golden: Golden) -> None:
    rounded = {"F06": Decimal("0.1")}
    floors = {"F07": 100 * YI, "F08": Decimal(5), "F09": 10 * YI}
    nearest = {"F35": Decimal(5)}
    for entry in ENTRIES:
        found = golden.answer(entry.id).value
        if entry.id in floors and isinstance(found, Decimal):
            found = found // floors[entry.id] * floors[entry.id]
        step = rounded.get(entry.id) or nearest.get(entry.id)
        if step and isinstance(found, Decimal):
            found = (found / step).quantize(Decimal(1)) * step
        assert found == entry.published, entry.id


def test_evidence_is_as_long_as_the_count(golden: Golden) -> None:
    for name in golden.asked:
        answer = golden.answer(name)
        shown = evidence(answer, SYSTEM)
        assert (len(shown.rows), shown.hidden) == (len(answer.facts), 0), name
        if all(fact.amount == 1 for fact in answer.facts) and isinstance(answer.value, Decimal):
            assert answer.value == len(answer.facts), name


def test_a_visitor_sees_the_public_rows_and_the_number_of_the_others(golden: Golden) -> None:
    shown = {}
    for name in ("F03", "F20", "F21", "F05", "F36"):
        found = evidence(golden.answer(name), VISITOR)
        shown[name] = (len(found.rows), found.hidden)
    assert shown == {"F03": (63, 0), "F20": (123, 0), "F21": (0, 57), "F05": (0, 8), "F36": (16, 0)}


def test_without_samples_there_is_only_what_the_reference_knows() -> None:
    found = {row.entry.id for row in compared(as_of=DAY, samples=False) if row.agrees}
    founded = {entry.id for entry in ENTRIES if entry.figure == "association.founded"}
    assert found == founded | {"F01", "F02", "F10", "F11", "F16", "F24"}


def test_loading_it_again_changes_nothing() -> None:
    counts = [model._base_manager.count() for model in (Event, Cooperation, TechContract, Resource, OutboxEvent)]
    assert load_article() == {}
    assert counts == [
        model._base_manager.count() for model in (Event, Cooperation, TechContract, Resource, OutboxEvent)
    ]


def test_the_command_checks_all_figures(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("load_article", "--check")
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 41
    assert all(line.startswith("=") for line in lines)


def test_a_day_out_of_reach_is_refused() -> None:
    for day in (date(2012, 12, 31), date(2199, 1, 1)):
        with pytest.raises(InvalidInput):
            compared(as_of=day, samples=True)


def test_before_its_period_a_figure_has_no_value_and_says_why() -> None:
    found = {row.entry.id: row for row in compared(as_of=date(2024, 6, 30), samples=True)}
    assert "2025" in found["F14"].refusal
    assert found["F01"].agrees
    assert not found["F13"].agrees


# Traps: what is bent, and which figures say something else then


def contract(number: int) -> Any:
    return {"contract__title_zh__endswith": f"-{number}"}


def resource(name: str) -> Any:
    return {"resource__name_zh": name}


def held(title: str) -> Any:
    return rows(Event, title_zh=title)


def centre(title: str) -> Any:
    return rows(Cooperation, title_zh=title)


Bend = Callable[[], object]
CHINA = ZoneInfo("Asia/Shanghai")
TIANJIN = "120000"
BENT: dict[str, tuple[Bend, dict[str, Any]]] = {
    "G1 withdrawn": (lambda: rows(CatalogueItem, **resource(catalogue.GONE)).update(withdrawn_on=None), {"F03": 64}),
    "G1 private": (
        lambda: rows(LaboratoryDetail, **resource(catalogue.PRIVATE)).update(is_public=True), {"F03": 64}
    ),
    "G1 later": (lambda: rows(CatalogueItem, **resource(catalogue.LATER)).update(listed_on=DAY), {"F03": 64}),
    "G1 two departments": (
        lambda: rows(Resource, name_zh=catalogue.TWIN, organization__name_zh=catalogue.DEPARTMENTS[1]).update(
            name_zh="另一间实验室"
        ),
        {"F03": 64},
    ),
    "G2 parts": (lambda: rows(ResourcePart, **resource(catalogue.SET)).update(counts_as=1), {}),
    "G2 four": (lambda: rows(EquipmentDetail, **resource(catalogue.FOUR)).update(quantity=1), {"F04": 314}),
    "G2 scrapped": (
        lambda: rows(CatalogueItem, **resource(catalogue.SCRAPPED)).update(withdrawn_on=None), {"F04": 326}
    ),
    "G3 cancelled": (
        lambda: rows(ContractRegistration, kind="cancellation", **contract(9)).delete(),
        {"F05": Decimal("898.7") * YI, "F06": None},
    ),
    "G3 changed": (
        lambda: rows(ContractRegistration, kind="change", **contract(8)).delete(),
        {"F05": Decimal("859.8") * YI, "F06": None},
    ),
    "G3 signed in 2023": (
        lambda: rows(TechContract, title_zh__endswith="2024-7").update(signed_on=date(2024, 1, 2)), {}
    ),
    "G3 registered in 2023": (
        lambda: rows(ContractRegistration, **contract(7)).update(registered_on=date(2023, 12, 29)),
        {"F05": Decimal("803.7") * YI, "F06": None},
    ),
    "G3 buyer in Beijing": (
        lambda: rows(TechContract, title_zh__endswith="2024-10").update(buyer_region=Region.objects.get(code=TIANJIN)),
        {"F05": Decimal("963.7") * YI, "F06": None},
    ),
    "G3 registered in 2025": (
        lambda: rows(ContractRegistration, **contract(12)).update(registered_on=date(2024, 12, 31)),
        {"F05": Decimal("887.7") * YI, "F06": None},
    ),
    "G3 traded": (lambda: rows(ContractRegistration, **contract(3)).update(traded_amount=1), {}),
    "G4 missing year": (
        lambda: rows(Observation, period="2016").delete(), {"F07": "2016", "F08": "2016"}
    ),
    "G5 in two": (
        lambda: rows(CooperationAssociation, association__slug="dongbei", cooperation__kind="paired_project").delete(),
        {},
    ),
    "G6 dissolved": (
        lambda: centre("已撤销的联合研发中心（示例）").update(state="agreed", terminated_on=None, end_reason=""),
        {"F12": 36},
    ),
    "G6 three partners": (
        lambda: rows(
            CooperationParty, cooperation__title_zh="第三代半导体联合研发中心（示例 01）",
            zone__slug__in=("shenzhen", "xiamen"),
        ).delete(),
        {},
    ),
    "G6 lead": (
        lambda: rows(CooperationParty, cooperation__title_zh="厦门牵头的联合研发中心（示例）").update(role="lead"),
        {"F12": 36},
    ),
    "G7 completed later": (
        lambda: rows(Cooperation, title_zh="物联网产学研项目 2024-01（示例）").update(completed_on=date(2026, 1, 1)),
        {"F14": 19},
    ),
    "G7 signed earlier": (
        lambda: rows(Cooperation, title_zh="物联网产学研项目 2024-01（示例）").update(signed_on=date(2023, 12, 31)),
        {"F13": 8},
    ),
    "G7 unconfirmed": (
        lambda: rows(Cooperation, title_zh="尚未确认的合作项目（示例）").update(
            state="agreed", confirmed_by="evidence", confirmed_at=Now()
        ),
        {"F13": 10, "F21": 58},
    ),
    "G8 co-hosts": (lambda: rows(EventOrganizer, zone__slug__in=("harbin", "changchun")).delete(), {}),
    "G8 cancelled": (lambda: held("取消的交流活动（示例）").update(
            state="held", published_at=Now(), held_at=Now(), cancelled_because_zh=""
        ),
        {"F19": 24},),
    "G8 new year": (
        lambda: held("跨年交流活动（示例）").update(starts_at=datetime(2024, 12, 31, 23, 59, tzinfo=CHINA)), {"F19": 24}
    ),
    "G8 supporter": (
        lambda: rows(EventOrganizer, event__title_zh="外区域主办的交流活动（示例）").update(role="co_host"), {"F19": 24}
    ),
    "G9 left": (
        lambda: rows(Membership, association__slug="net-nano", zone__slug="changzhou").update(left_on=None),
        {"F26": 10},
    ),
    "G9 provincial": (
        lambda: rows(ZoneLevel, zone__slug="hefei-xinzhan").update(level="national"),
        {"F01": 179, "F02": 37, "F10": 11, "F11": 0},
    ),
    "G10 179th": (lambda: rows(ZoneLevel, zone__slug="xiongan").update(valid_from=DAY), {"F01": 179}),
    "G10 economic": (lambda: rows(ZoneLevel, zone__slug="beijing-etown").delete(), {}),
    "G11 forecast": (
        lambda: rows(Observation, series__code="future-industry-output", period="2025").update(is_forecast=False),
        {"F34": Decimal("13.4") * 10_000 * YI, "F35": None},
    ),
    "G12 withdrawn record": (lambda: rows(PolicyDocument, withdrawn_on__isnull=False).update(
        withdrawn_on=None, withdrawn_because_zh=""
    ), {}),
    "G12 another kind": (
        lambda: rows(PolicyItem, text_zh="要素1（示例）", document__title_zh=OPTICS_VALLEY).update(kind="action"),
        {"F37": 6, "F38": 9},
    ),
    "draft": (
        lambda: rows(AgreementParty, agreement__title_zh=f"{INITIATIVE}（草稿）").delete(), {}
    ),
}  # fmt: skip
"""Trap → what takes it away, and the figures that say something else then (None: whatever it is)."""


@pytest.mark.parametrize("trap", BENT)
def test_a_trap_changes_what_depends_on_it_and_nothing_else(trap: str, golden: Golden) -> None:
    bend, expected = BENT[trap]
    with undone():
        assert bend() not in (0, (0, {})), "there is nothing to bend"
        after = answers(golden.asked)
        changed = golden.changed(after)
    assert changed == set(expected)
    for name, number in expected.items():
        answer = after[name]
        if isinstance(number, str):
            assert isinstance(answer, str)
            assert number in answer
        elif number is not None:
            assert isinstance(answer, Answer)
            assert answer.value == number, name


def test_the_same_row_counts_in_each_scope_and_once_in_all() -> None:
    paired = {"period": "2021..2025", "as_of": DAY, "samples": True}
    sums = [value("pairing.investment", scope=f"association:{slug}", **paired) for slug in ("jing-shen", "dongbei")]
    assert sums == [Decimal("53.3") * YI, Decimal("3.2") * YI]
    assert value("pairing.investment", **paired) == Decimal("59.9") * YI  # and one of no pairing
    year = {"period": "2024", "as_of": DAY, "samples": True}
    assert value("events.exchange", scope="association:jjj", **year) == 1
    assert value("events.exchange", **year) == 24  # one of Wuxi, which the alliance only supports
    assert value("cooperations.projects", scope="association:jjj", milestone="signed", **year) == 1
    assert value("cooperations.projects", milestone="signed", **year) == 57 + 9


def test_the_nine_zones_of_jing_jin_ji_are_seven_national_and_two_provincial() -> None:
    scope = {"scope": "association:jjj", "as_of": DAY}
    assert [value(f"members.{level}", **scope) for level in ("national", "provincial", "all")] == [7, 2, 9]


def test_values_as_of_other_days() -> None:
    days = {"samples": True}
    assert value("zones.national", as_of=date(2026, 2, 12)) == 178
    assert value("zones.national", as_of=date(2026, 2, 13)) == 179
    nano = {"scope": "association:net-nano", **days}
    assert value("members.all", as_of=date(2025, 3, 1), **nano) == 10
    assert value("members.all", as_of=date(2025, 6, 30), **nano) == 9
    assert value("centres.led", scope="zone:sip", as_of=date(2026, 2, 1), **days) == 36
    flow = {"scope": FLOW, "period": "2024", **days}
    assert value("contracts.flow", as_of=date(2024, 12, 31), **flow) == Decimal("914.8") * YI
    assert value("contracts.flow_traded", as_of=DAY, **flow) < value("contracts.flow", as_of=DAY, **flow)


def test_the_forecast_is_called_one(golden: Golden) -> None:
    answer = golden.answer("F34")
    assert answer.is_forecast
    with override("en"):
        assert "13.4" in value_text(answer)


# A mutation of any fact


def _end(model: Any, key: int) -> Bend:
    return lambda: rows(model, pk=key).update(left_on=DAY)


def _remove(model: Any, key: int) -> Bend:
    return lambda: rows(model, pk=key)._raw_delete("default")


MUTATED: dict[str, Callable[[int], Bend]] = {
    "zones.membership": lambda key: _end(Membership, key),
    "zones.zonelevel": lambda key: lambda: rows(ZoneLevel, pk=key).update(valid_to=DAY),
    "zones.catalogueitem": lambda key: _remove(CatalogueItem, key),
    "zones.association": lambda key: lambda: rows(Association, pk=key).update(founded_on=DAY - timedelta(days=9)),
    "zones.policyitem": lambda key: _remove(PolicyItem, key),
    "zones.policytarget": lambda key: _remove(PolicyTarget, key),
    "matching.techcontract": lambda key: lambda: rows(ContractRegistration, contract_id=key)._raw_delete("default"),
    "matching.cooperation": lambda key: _remove(Cooperation, key),
    "matching.event": lambda key: _remove(Event, key),
    "matching.agreementparty": lambda key: _remove(AgreementParty, key),
    "figures.observation": lambda key: _remove(Observation, key),
}


def _depending(table: str, key: int, facts: dict[str, Any]) -> set[str]:
    """Figures that name the row as their evidence; and those that split members by the level of this zone."""
    found = {name for name, rows_of in facts.items() if any((one.table, one.key) == (table, key) for one in rows_of)}
    if table == "zones.zonelevel":
        zone = ZoneLevel.objects.get(pk=key).zone_id
        members = {name: {one.key for one in facts[name]} for name in ("F10", "F11")}
        found |= {name for name, keys in members.items() if Membership.objects.filter(pk__in=keys, zone=zone).exists()}
    return found


@examples(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_mutation_of_any_fact_changes_exactly_what_depends_on_it(golden: Golden, data: st.DataObject) -> None:
    facts = facts_of(golden.found)
    by_table: dict[str, list[int]] = {}
    for one in (fact for found in facts.values() for fact in found):
        by_table.setdefault(one.table, []).append(one.key)
    assert set(by_table) == set(MUTATED)
    table = data.draw(st.sampled_from(sorted(by_table)))
    key = data.draw(st.sampled_from(sorted(set(by_table[table]))))
    with undone():
        MUTATED[table](key)()
        changed = golden.changed(answers(golden.asked))
    assert changed == _depending(table, key, facts)


def test_each_entry_is_found_by_its_id() -> None:
    assert entry_of("F41") is ENTRIES[-1]
    assert entry_of("F42") is None
