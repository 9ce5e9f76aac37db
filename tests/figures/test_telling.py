"""What is told with a number: its sentence, its evidence as far as one may see it, and small numbers to nobody."""

import json
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils.translation import override

from figures.evidence import evidence
from figures.protection import FEWEST, is_too_small, suppressed_cells
from figures.questions import question
from figures.sentences import sentence
from figures.telling import told, told_json
from tests.builders import make_association
from tests.conftest import World, principal_of
from tests.cooperations import make_cooperation
from tests.figures.asking import ask, register
from zones.scoping import SYSTEM, VISITOR, reads_figures_of

pytestmark = pytest.mark.django_db
ASKED = {"period": "2024", "milestone": "signed"}


def test_evidence_is_as_many_rows_as_the_count_and_hidden_ones_are_only_counted(world: World) -> None:
    own = make_cooperation(world.enterprise, signed_on=date(2024, 3, 1))
    make_cooperation(world.outside, signed_on=date(2024, 4, 1))
    given = ask("cooperations.projects", **ASKED)
    assert given.value == len(given.facts) == 2
    seen = evidence(given, principal_of(world.ana))
    assert [row.id for row in seen.rows] == [str(own.public_id)]
    assert seen.hidden == 1
    assert evidence(given, VISITOR).rows == ()
    assert len(evidence(given, SYSTEM).rows) == 2


def test_evidence_of_public_facts_is_named_by_what_it_joins(world: World) -> None:
    seen = evidence(ask("members.all", scope="association:alliance"), VISITOR)
    assert {row.id for row in seen.rows} == {"alliance/east", "alliance/west"}


def test_a_sentence_is_finished_in_both_languages(world: World) -> None:
    make_association(
        world.east, slug="csj", name_zh="长三角国家高新区联盟", name_en="Delta Alliance", founded_on=date(2024, 9, 8)
    )
    stock = ask("members.all", scope="association:csj", as_of=date(2024, 12, 31))
    assert sentence(stock) == "截至2024年12月31日，长三角国家高新区联盟有成员园区1家。"
    flow = ask("contracts.amount", scope="zone:east", period="2024")
    assert sentence(flow) == "2024年，东方高新区技术合同成交额0元。"
    with override("en"):
        assert sentence(flow) == "2024, East Zone: turnover of technology contracts: CNY 0."
        assert sentence(stock) == "As of 31 December 2024, Delta Alliance: member zones: 1 zone."


def test_growth_is_told_up_and_down(world: World) -> None:
    register(world.enterprise, world.laboratory, "200", date(2023, 1, 1), number=1)
    register(world.enterprise, world.laboratory, "100", date(2024, 1, 1), number=2)
    given = ask("contracts.amount:yoy", scope="zone:east", period="2024")
    assert sentence(given) == "2024年，东方高新区技术合同成交额同比下降50%。"
    assert len(given.facts) == 2


def test_small_numbers_are_for_the_own_side(world: World) -> None:
    for _ in range(FEWEST - 1):
        make_cooperation(world.enterprise, signed_on=date(2024, 3, 1))
    assert is_too_small(ask("cooperations.projects", **ASKED))
    make_cooperation(world.enterprise, signed_on=date(2024, 3, 1))
    assert not is_too_small(ask("cooperations.projects", **ASKED))
    readers = {"ana": True, "auditor": True, "bo": False, "cy": False, "eve": False, "ops": True}
    told = {name: reads_figures_of(principal_of(getattr(world, name)), zone_id=world.east.pk) for name in readers}
    assert told == readers
    alliance = world.alliance.pk
    assert reads_figures_of(principal_of(world.bo), association_id=alliance)
    assert reads_figures_of(principal_of(world.secretariat), association_id=alliance)
    assert not reads_figures_of(principal_of(world.eve), association_id=alliance)


def test_nobody_computes_a_small_part_from_the_sum() -> None:
    hidden = suppressed_cells([[3, 20, 30], [20, 30, 40], [50, 60, 70]])
    for line in ([(0, j) for j in range(3)], [(i, 0) for i in range(3)]):
        assert len(hidden.intersection(line)) >= 2
    assert all(sum(cell[0] == i for cell in hidden) != 1 for i in range(3))
    assert all(sum(cell[1] == j for cell in hidden) != 1 for j in range(3))
    assert (0, 1) not in suppressed_cells([[0, 7], [0, 0]])  # nothing else is hidden for what is none
    square = suppressed_cells([[1, 1, 9], [1, 1, 9], [9, 9, 9]])
    assert (2, 2) not in square
    assert {(0, 2), (2, 0)} <= square  # two ones in a row are too few


def test_the_command_gives_value_sentence_version_and_evidence(world: World) -> None:
    row = make_cooperation(world.enterprise, signed_on=date(2024, 3, 1))
    out = StringIO()
    call_command(
        "figure", "cooperations.projects", "--scope", "zone:east", "--period", "2024", "--milestone", "signed",
        "--json", stdout=out,
    )  # fmt: skip
    told = json.loads(out.getvalue())
    assert (told["value"], told["version"], told["evidence_hidden"]) == ("1", 2, 0)
    assert told["evidence"] == [
        {"table": "matching.cooperation", "id": str(row.public_id), "on": "2024-03-01", "amount": "1"}
    ]
    with pytest.raises(CommandError):
        call_command("figure", "nothing", stdout=out)


def test_zones_count_whole_beside_a_total_in_which_each_fact_counts_once(world: World) -> None:
    register(world.enterprise, world.laboratory, "200", date(2024, 1, 1), number=1)
    register(world.enterprise, world.outside, "100", date(2024, 1, 1), number=2)
    asked = question("contracts.amount", scope="nation", period="2024", reader=SYSTEM)
    given = told_json(told(asked, SYSTEM))
    zones = {one["scope"]: one["value"] for one in given["zones"]}
    assert zones == {"zone:east": "300", "zone:west": "200", "zone:far": "100"}
    assert (given["value"], given["whole_count"]) == ("300", "600")
    hidden = told_json(told(asked, VISITOR))
    assert (hidden["whole_count"], hidden["zones"]) == (None, [])
    members = told_json(told(question("members.all", scope="association:alliance", reader=SYSTEM), SYSTEM))
    assert (members["value"], members["whole_count"]) == ("2", None)  # zones are what is counted
    single = told_json(told(question("contracts.amount", scope="zone:east", period="2024", reader=SYSTEM), SYSTEM))
    assert single["whole_count"] is None
