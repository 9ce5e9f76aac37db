"""Sums kept ready are those of the rows, after any edit; and every table a figure reads says when it was changed."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import psycopg
import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from figures import parts
from figures.answering import Answering
from figures.boards import Board
from figures.cells import Cell, sums_of
from figures.definitions.base import GEOGRAPHY
from figures.definitions.contracts import of_field
from figures.definitions.registry import all_definitions
from figures.facts import reading
from figures.matrices import FLOW
from figures.models import Rollup, SourceMark
from figures.pairs import Part as Asked
from figures.parts import Part
from figures.questions import question
from figures.services import rollups
from figures.services.rollups import Key, every_key, ready, ready_pairs, refresh
from matching.models import Cooperation, CooperationAssociation, Event, TechContract
from tests.builders import make_catalogue, make_resource, plain_create
from tests.conftest import World, build_world
from tests.cooperations import make_amount, make_cooperation
from tests.events import make_event
from tests.figures.asking import register, version
from zones.models import CatalogueItem, Code, Membership
from zones.scoping import SYSTEM, today

TABLE = re.compile(r'(?:FROM|JOIN) "(\w+?)_(\w+)"')
NOT_READ_FOR_FACTS = {"zones.resourceevent"}  # the day of a retirement, which the resource's own row tells to have been


@pytest.mark.django_db
@pytest.mark.parametrize("figure", sorted(all_definitions()))
def test_a_definition_names_every_table_it_reads(figure: str, world: World) -> None:
    definition = all_definitions()[figure]
    at = reading(as_of=today(), samples=False)
    with CaptureQueriesContext(connection) as queries:
        for milestone in definition.milestones or ("",):
            list(definition.facts(at, milestone))
    read = {".".join(found) for query in queries for found in TABLE.findall(query["sql"])}
    assert read - NOT_READ_FOR_FACTS <= {*definition.sources, *GEOGRAPHY}


@pytest.mark.django_db
def test_every_table_a_figure_reads_marks_its_changes() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = 'figures_mark' AND tgenabled = 'O'"
        )
        marked = {table.replace("_", ".", 1) for (table,) in cursor.fetchall()}
    wanted = {*GEOGRAPHY, *(source for one in all_definitions().values() for source in one.sources)}
    assert wanted <= marked


@contextmanager
def other_connection() -> Iterator[Any]:
    """A connection of its own to the same database."""
    values = connection.get_connection_params()
    keys = ("host", "port", "user", "password", "dbname")
    with psycopg.connect(**{key: values[key] for key in keys if values.get(key)}, autocommit=True) as other:
        yield other.cursor()


def _recount(samples: bool = False) -> dict[tuple[str, str], dict[int, dict[str, Cell]]]:
    """The same sums, one question at a time."""
    answering = Answering(as_of=today(), samples=samples)
    turns = answering.reading.geography.turns.values()
    places = {"nation", *(code for one in turns for codes in one.places for code in codes)}
    found: dict[tuple[str, str], dict[int, dict[str, Cell]]] = {}
    for figure, milestone in KEYS:
        definition = all_definitions()[figure]
        for scope in sorted(places):
            if scope.partition(":")[0] not in definition.scopes:
                continue
            for year in YEARS:
                asked = question(figure, scope=scope, period=str(year), milestone=milestone, reader=SYSTEM)
                told = answering.answer(asked)
                if told.facts:
                    cell = Cell(told.number or Decimal(0), len(told.facts))
                    found.setdefault((figure, milestone), {}).setdefault(year, {})[scope] = cell
    return found


KEYS = [
    ("cooperations.projects", "signed"), ("cooperations.projects", "completed"), ("cooperations.amount", ""),
    ("events.all", ""), ("members.all", ""), ("contracts.amount", ""), ("catalogue.laboratories", ""),
]  # fmt: skip
YEARS = (2024, 2025, 2026)
SCOPES = ("nation", "zone:east", "zone:far", "association:alliance", "region:110000")
ASKED = [
    (key, place) for key in KEYS for place in SCOPES if place.partition(":")[0] in all_definitions()[key[0]].scopes
]


def _kept() -> dict[tuple[str, str], dict[int, dict[str, Cell]]]:
    kept = ready(KEYS, samples=False)
    return {
        key: years
        for key, by_year in kept.items()
        if (years := {year: cells for year in YEARS if (cells := _asked(key[0], by_year[year]))})
    }


def _kept_in(part: Part) -> dict[tuple[Key, str], Cell]:
    """What a dashboard tells of a quarter or a month."""
    board = Board(KEYS, principal=SYSTEM, samples=False, only=dict.fromkeys(KEYS, (part.year,)))
    board.read_months(KEYS, SCOPES, (part.year,))
    return {(key, place): board.counted(key, place, part) for key, place in ASKED}


def _recount_in(part: Part) -> dict[tuple[Key, str], Cell]:
    answering, found = Answering(as_of=today(), samples=False), {}
    for key, place in ASKED:
        asked = question(key[0], scope=place, period=part.period.code, milestone=key[1], reader=SYSTEM)
        told = answering.answer(asked)
        found[key, place] = Cell(told.number or Decimal(0), len(told.facts))
    return found


def _traded(part: Part, field: str) -> dict[tuple[str, str], dict[str, Cell]]:
    """What flowed in a quarter or a month between zones and regions, by type and by field, as a dashboard asks."""
    pairs, some = ready_pairs(FLOW, part.year, samples=False), Asked(months=(part.first, part.last))
    of = of_field(field, reading(as_of=today(), samples=False))
    asked = {
        "": some, "ZR": some._replace(contract_type="ZR"), field: some._replace(cooperations=of)
    }  # fmt: skip
    return {
        (between, kind): {f"{a}>{b}": cell for (a, b), cell in pairs.sums(one._replace(between=between)).items()}
        for between in ("zone", "region")
        for kind, one in asked.items()
    }


def _recount_of_trade(part: Part, field: str) -> dict[tuple[str, str], dict[str, Cell]]:
    """The same, contract by contract."""
    found: dict[tuple[str, str], dict[str, Cell]] = {
        (between, kind): {} for between in ("zone", "region") for kind in ("", "ZR", field)
    }
    for row in TechContract.plain.select_related("cooperation"):
        versions = list(row.registrations.order_by("number"))
        first, last = versions[0], versions[-1]
        fields = [] if row.cooperation is None else [code[:4] for code in row.cooperation.industry_codes]
        for (between, kind), sums in found.items():
            ends = [getattr(row, f"{side}_{between}_id") for side in ("seller", "buyer")]
            is_asked = first.registered_on in part.period and kind in ("", last.contract_type, *fields)
            if is_asked and last.kind != "cancellation" and None not in ends:
                held = sums.get(f"{ends[0]}>{ends[1]}", Cell(Decimal(0), 0))
                sums[f"{ends[0]}>{ends[1]}"] = Cell(held.amount + last.total_amount, held.number + 1)
    return found


def _asked(figure: str, cells: dict[str, Cell]) -> dict[str, Cell]:
    scopes = all_definitions()[figure].scopes
    return {place: cell for place, cell in cells.items() if place.partition(":")[0] in scopes}


def _edit(world: World, choose: Random, number: int) -> None:
    """One of the changes people make, at random."""
    owners = (world.enterprise, world.laboratory, world.outside)
    owner, other = choose.sample(owners, 2)
    day = date(2024, 1, 1) + timedelta(days=choose.randrange(1030))
    edits: list[Callable[[], Any]] = [
        lambda: make_amount(_linked(make_cooperation(owner, signed_on=day), world), amount=number),
        lambda: Cooperation.plain.filter(state="agreed").update(state="completed", completed_on=date(2026, 11, 1)),
        lambda: CooperationAssociation.plain.all().delete(),
        lambda: make_event(state="held", zone=owner.zone, **_times(day)),
        lambda: Event.plain.filter(state="held").update(kind="talent", zone=other.zone),
        lambda: register(owner, other, str(number), day, number=number),
        lambda: version(choose.choice(list(TechContract.plain.all())), number, "change", "7", day),
        lambda: Membership.objects.filter(zone=world.west).update(joined_on=day),
        lambda: make_catalogue(
            make_resource(organization=owner, zone=owner.zone, kind="laboratory", details={"is_public": True}),
            zone=owner.zone,
        ),
        lambda: CatalogueItem.objects.update(withdrawn_on=date(2026, 3, 1)),
    ]
    choose.choice(edits)()


def _trade(world: World, choose: Random, number: int) -> None:
    """The same of contracts, their versions and the cooperations they belong to."""
    owner, other = choose.sample((world.enterprise, world.laboratory, world.outside), 2)
    row, day = choose.choice(list(TechContract.plain.all())), date(2025, 1 + choose.randrange(12), 7)
    cooperations = list(Cooperation.plain.all())
    fields: dict[str, Any] = {
        "contract_type": choose.choice(("ZR", "FW")),
        "cooperation": choose.choice([None, *cooperations]),
    }
    edits: list[Callable[[], Any]] = [
        lambda: register(owner, other, str(number), day, number=1000 + number, **fields),
        lambda: version(row, 100 + number, choose.choice(("change", "cancellation")), "7.01", date(2026, 1, 1)),
        lambda: TechContract.plain.filter(pk=row.pk).update(buyer_zone=choose.choice((None, owner.zone))),
        lambda: TechContract.plain.filter(pk=row.pk).update(cooperation=choose.choice(cooperations)),
        lambda: Cooperation.plain.update(industry_codes=[choose.choice(("SEI1.1", "SEI2"))]),
    ]
    choose.choice(edits)()


def _linked(row: Cooperation, world: World) -> Cooperation:
    plain_create(CooperationAssociation, {"cooperation": row, "association": world.alliance})
    return row


def _times(day: date) -> dict[str, Any]:
    at = datetime(day.year, day.month, day.day, 9, tzinfo=ZoneInfo("Asia/Shanghai"))
    return {
        "starts_at": at,
        "ends_at": at + timedelta(hours=8),
        "registration_closes_at": at,
        "slots": 0,
        "meetings_start_at": None,
    }


@pytest.mark.django_db(transaction=True)
def test_what_is_kept_ready_is_a_recount_after_any_edit() -> None:
    world, choose = build_world(), Random(20261127)
    register(world.enterprise, world.laboratory, "5", date(2025, 1, 1), number=999)
    for number in range(1, 26):
        _edit(world, choose, number)
        assert _kept() == _recount(), number
        assert _kept() == _recount()  # and once more, from what was kept
        part = choose.choice([*parts.quarters(2025), *parts.months(2025), *parts.months(2024)])
        assert _kept_in(part) == _recount_in(part), part
    assert Rollup.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_what_flows_by_type_and_field_is_a_recount_after_any_edit() -> None:
    world, choose = build_world(), Random(20261128)
    for code in ("SEI1", "SEI1.1", "SEI2"):
        Code.objects.get_or_create(scheme="industry", code=code, defaults={"name_zh": code})
    make_cooperation(world.enterprise, world.laboratory, industry_codes=["SEI1.1"])
    make_cooperation(world.enterprise, world.outside, industry_codes=["SEI2"])
    register(world.enterprise, world.laboratory, "5", date(2025, 1, 1), number=999)
    seen = set()
    for number in range(1, 31):
        _trade(world, choose, number)
        part, field = choose.choice([*parts.quarters(2025), *parts.months(2025)]), choose.choice(("SEI1", "SEI2"))
        traded = _traded(part, field)
        assert traded == _recount_of_trade(part, field), (number, part)
        assert traded == _traded(part, field)  # and once more, from what was kept
        seen |= {which for which, cells in traded.items() if cells}
    assert len(seen) == 8


@pytest.mark.django_db(transaction=True)
def test_what_is_right_is_not_made_again_and_what_is_wrong_is() -> None:
    world = build_world()
    assert refresh(samples=False) == len(every_key())
    assert refresh(samples=False) == 0
    make_event(state="held", zone=world.east, **_times(date(2025, 5, 1)))
    of_events = [figure for figure, _ in every_key() if "matching.event" in all_definitions()[figure].sources]
    assert refresh(samples=False) == len(of_events) > 1
    refresh(samples=False)
    one = ready([("events.all", "")], samples=False, only={("events.all", ""): (2024, 2025)})
    assert sorted(one["events.all", ""]) == [2024, 2025]
    assert one["events.all", ""][2025]["zone:east"] == Cell(Decimal(1), 1)
    assert SourceMark.objects.exists()  # sums may be in the making whose snapshot is older
    SourceMark.objects.update(at=timezone.now() - timedelta(hours=2))
    refresh(samples=False)
    assert not SourceMark.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_change_that_is_not_yet_committed_is_not_missed() -> None:
    world = build_world()
    with other_connection() as cursor:
        cursor.execute("BEGIN")
        cursor.execute("UPDATE zones_membership SET left_on = '2026-01-01' WHERE zone_id = %s", [world.west.pk])
        before = ready([("members.all", "")], samples=False)
        cursor.execute("COMMIT")
    after = ready([("members.all", "")], samples=False)
    year = today().year
    assert before["members.all", ""][year]["association:alliance"].number == 2
    assert after["members.all", ""][year]["association:alliance"].number == 1


@pytest.mark.django_db(transaction=True)
def test_without_its_trigger_a_table_would_be_told_wrongly() -> None:
    world = build_world()
    ready([("events.all", "")], samples=False)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE matching_event DISABLE TRIGGER figures_mark")
        try:
            make_event(state="held", zone=world.east, **_times(date(2025, 5, 1)))
            assert ready([("events.all", "")], samples=False)["events.all", ""][2025] == {}
        finally:
            cursor.execute("ALTER TABLE matching_event ENABLE TRIGGER figures_mark")


@pytest.mark.django_db
def test_sums_and_marks_of_another_database_are_neither_right_nor_in_the_way(world: World) -> None:
    """As a restored backup has them: numbers of transactions that are yet to come here."""
    ready(KEYS, samples=False)
    SourceMark.objects.all().delete()  # those of this very transaction
    to_come = 10**15
    Rollup.objects.update(snapshot=f"{to_come}:{to_come}:")
    SourceMark.objects.create(source="zones.zone", transaction=to_come)
    assert refresh(samples=False) == len(every_key())
    assert refresh(samples=False) == 0
    assert not SourceMark.objects.filter(transaction=to_come).exists()
    rollups.forget()
    assert not Rollup.objects.exists()
    assert not SourceMark.objects.exists()


@pytest.mark.django_db
def test_sums_begun_before_midnight_are_those_of_the_day_before(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    late = datetime(2026, 11, 27, 23, 59, 59, tzinfo=ZoneInfo("Asia/Shanghai"))
    with time_machine.travel(late, tick=False) as clock:

        def slow(*args: Any, **more: Any) -> Any:
            clock.move_to(late + timedelta(seconds=2))
            return sums_of(*args, **more)

        monkeypatch.setattr(rollups, "sums_of", slow)
        ready(KEYS[:1], samples=False)
    assert set(Rollup.objects.values_list("as_of", flat=True)) == {date(2026, 11, 27)}
