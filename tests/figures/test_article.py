"""The article's 41 figures come out of rows; each trap of PRODUCT.md §4 is bent once, and a fact that changes changes
what depends on it and nothing else.
"""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from io import BytesIO
from itertools import product
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import transaction
from django.utils.translation import override
from docx import Document
from docx.oxml.ns import qn
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st

from backoffice.papers.figures import paper_of
from backoffice.papers.pages import bytes_of
from figures.answering import Answer, Answering
from figures.article import DAY, ENTRIES, compared, entry_of
from figures.cells import NONE
from figures.definitions.base import AREAS
from figures.definitions.registry import all_definitions
from figures.evidence import evidence
from figures.facts import total
from figures.golden.loading import load_article
from figures.models import FigureReport
from figures.questions import Question, question
from figures.scopes import parsed
from figures.sentences import value_text
from figures.services.locks import evidence_hash
from figures.services.reports import make_report
from figures.services.rollups import every_key, ready
from ledger.models import OutboxEvent
from matching.models import (
    Cooperation,
    Event,
    TechContract,
)
from tests.figures.asking import value
from tests.figures.golden import answers, facts_of, questions, rows, told, undone
from tests.figures.traps import BENT, MUTATED
from zones.errors import InvalidInput
from zones.importing.reference import load_reference
from zones.importing.tables import read_csv
from zones.models import (
    Membership,
    Resource,
    ZoneLevel,
)
from zones.scoping import SYSTEM, VISITOR, today

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


# Traps, and mutations of any fact


@pytest.mark.parametrize("trap", BENT)
def test_a_trap_changes_what_depends_on_it_and_nothing_else(trap: str, golden: Golden) -> None:
    bend, expected = BENT[trap]
    with undone():
        assert bend() not in (0, (0, {})), "there is nothing to bend"
        after = answers(questions())  # asked anew: a document is looked for by its title
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


def _docx_of(scope: str) -> tuple[FigureReport, Any]:
    row = make_report(SYSTEM, scope=scope, period="2024", samples=True)
    return row, Document(BytesIO(bytes_of(paper_of(row), "docx")))


def test_each_number_of_the_northeast_report_is_that_of_its_figure() -> None:
    row, document = _docx_of("association:dongbei")
    answering = Answering(as_of=row.as_of, samples=True)
    annex = next(table for table in document.tables if table.rows[0].cells[0].text == "编号")
    told = [[cell.text for cell in line.cells] for line in annex.rows[1:]]
    asked = [one for section in row.content["sections"] for one in section["rows"]]
    assert len(told) == len(asked) > 30
    for line, one in zip(told, asked, strict=True):
        here = question(
            one["figure"], scope=row.scope, period="2024", as_of=row.as_of, milestone=one["milestone"], samples=True
        )
        found = answering.answer(here)
        proof = evidence_hash(found)[:8] if found.facts else "—"
        assert line[1:3] + line[5:7] == [one["name"]["zh"], value_text(found), str(len(found.facts)), proof]


def test_the_northeast_report_says_no_number_that_is_none_of_its_figures() -> None:
    row, document = _docx_of("association:dongbei")
    text = "\n".join(line.text for line in document.paragraphs)
    assert (
        "东北地区国家高新区联盟举办交流活动23场；开展产业、人才、金融等对接活动123场；促成产学研与科研合作项目57个"
        in text
    )
    values = {one["value"]["zh"] for section in row.content["sections"] for one in section["rows"]}
    before = {one["before"]["zh"] for section in row.content["sections"] for one in section["rows"] if one["before"]}
    zones = {value["zh"] for line in row.content["zones"]["rows"] for value in line["values"]}
    text = re.sub(r"\d+家并列", "", text)  # how many equals there are
    said = set(re.findall(r"(?<![\d.])\d[\d.]*(?:场|个|家|亿元|万元|项|人次)", text))
    missing = sum(one["number"] == "0" for section in row.content["sections"] for one in section["rows"])
    assert said <= values | before | zones | {
        "17场",
        f"{missing}项",
    }  # the month with most events; what is not on record


def test_columns_and_sections_without_anything_are_left_out_and_named() -> None:
    row, document = _docx_of("association:dongbei")
    assert [one["zh"] for one in row.content["zones"]["columns"]] == ["举办活动", "促成产学研与科研合作项目"]
    text = "\n".join(line.text for line in document.paragraphs)
    assert "需求与匹配、技术合同、要素协同：本期没有计入统计的记录" in text
    with override("en"):
        words = "\n".join(line.text for line in Document(BytesIO(bytes_of(paper_of(row), "docx"))).paragraphs)
    assert "zones. The statistics are reported below." in words


def test_what_is_drawn_is_said_in_words_too() -> None:
    _row, document = _docx_of("nation")
    pictures = list(document.element.body.iter(qn("wp:docPr")))
    assert len(pictures) >= 3
    assert all(one.get("descr").startswith("柱形图。") for one in pictures)
    flow = next(table for table in document.tables if table.rows[0].cells[0].text == "卖方＼买方")
    cells = {line.cells[0].text: [cell.text for cell in line.cells[1:]] for line in flow.rows}
    assert cells["北京市"][cells["卖方＼买方"].index("天津市")] == "445.8"


def test_every_sum_that_is_kept_ready_is_what_the_question_by_itself_gives() -> None:
    """Of every figure and milestone, for every place that has any: one pass over all facts against picking them."""
    with undone():
        rows(Membership, association__slug="dongbei").update(left_on=date(2024, 12, 31))  # not there on that day
        _compare_every_sum()


def _compare_every_sum() -> None:
    kept, answering = ready(every_key(), samples=True), Answering(as_of=today(), samples=True)
    found = {place for by_year in kept.values() for cells in by_year.values() for place in cells}
    scopes = [parsed(code, SYSTEM) for code in sorted(found) if code.partition(":")[0] in AREAS and ">" not in code]
    counted = 0
    for (figure, milestone), by_year in kept.items():
        definition = all_definitions()[figure]
        for year, scope in product((2024, 2025, today().year), scopes):
            if scope.kind not in definition.scopes:
                continue
            asked = Question(definition, scope, None, today(), milestone, samples=True).of_year(year)
            facts = definition.picked(answering.facts(definition, milestone), asked)
            cell = by_year[year].get(scope.code, NONE)
            assert (cell.amount, cell.number) == (total(facts), len(facts)), (figure, milestone, scope.code, year)
            counted += len(facts)
    assert counted > 1_000
