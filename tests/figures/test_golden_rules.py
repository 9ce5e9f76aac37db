"""The golden figures, each with the traps that would make it wrong (PRODUCT.md §4)."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from figures.errors import FigureRefused
from figures.services.observations import add_series, record_observation
from matching.models import CooperationAssociation
from tests.builders import (
    make_association,
    make_catalogue,
    make_level,
    make_membership,
    make_organization,
    make_part,
    make_region,
    make_resource,
    make_zone,
    plain_create,
)
from tests.cooperations import make_amount, make_cooperation, make_party
from tests.events import make_co_host, make_event
from tests.figures.asking import ask, register, value, version
from zones.errors import InvalidInput
from zones.models import CatalogueItem, Organization, Zone
from zones.scoping import SYSTEM

pytestmark = pytest.mark.django_db
CHINA = ZoneInfo("Asia/Shanghai")
YI = Decimal(10) ** 8


def _at(year: int, month: int, day: int, hour: int = 9) -> datetime:
    return datetime(year, month, day, hour, tzinfo=CHINA)


def _organizations(number: int) -> Any:
    return [make_organization() for _ in range(number)]


# G1, G2


def _lab(owner: Organization, name: str, *, is_public: bool = True) -> Any:
    return make_resource(
        organization=owner, zone=owner.zone, kind="laboratory", name_zh=name, details={"is_public": is_public}
    )


def test_public_laboratories_of_a_catalogue_count_once_while_they_are_listed() -> None:
    zone = make_zone(slug="hangzhou")
    group = make_organization(zone=zone)
    departments = [make_organization(zone=zone, parent=group) for _ in range(2)]
    open_lab, gone, later = (_lab(departments[0], name) for name in ("光电实验室", "材料实验室", "后来的实验室"))
    twin = _lab(departments[1], "光电实验室")  # the same laboratory, entered by another department
    private = _lab(departments[0], "内部实验室", is_public=False)
    catalogue = make_catalogue(open_lab, twin, private, gone, later, zone=zone)
    CatalogueItem.objects.filter(catalogue=catalogue).update(listed_on=date(2024, 1, 1))
    CatalogueItem.objects.filter(resource=gone).update(withdrawn_on=date(2025, 6, 30))
    CatalogueItem.objects.filter(resource=later).update(listed_on=date(2025, 9, 1))

    asked = {"scope": "zone:hangzhou"}
    assert value("catalogue.laboratories", as_of=date(2025, 6, 29), **asked) == 2
    assert value("catalogue.laboratories", as_of=date(2025, 6, 30), **asked) == 1  # withdrawn on this day: no more
    assert value("catalogue.laboratories", as_of=date(2025, 9, 1), **asked) == 2
    assert value("catalogue.laboratories", as_of=date(2023, 12, 31), **asked) == 0


def test_a_set_counts_one_and_its_parts_none_and_four_in_a_row_are_four() -> None:
    owner = _organizations(1)[0]

    def equipment(name: str, **details: Any) -> Any:
        return make_resource(organization=owner, zone=owner.zone, kind="equipment", name_zh=name, details=details)

    whole = equipment("成套检测线", quantity=1, unit="套")
    make_part(whole, counts_as=0)
    four, scrapped = equipment("显微镜", quantity=4, unit="台"), equipment("报废的台架", quantity=9)
    make_catalogue(whole, four, scrapped, zone=owner.zone)
    scrapped.status = "retired"
    scrapped.save()
    assert value("catalogue.equipment", scope=f"zone:{owner.zone.slug}") == 5


# G3


def _three_regions() -> Any:
    codes = (("110000", "北京市"), ("120000", "天津市"), ("130000", "河北省"))
    zones = [make_zone(region=make_region(code=code, name_zh=name)) for code, name in codes]
    return tuple(make_organization(zone=zone) for zone in zones)


FLOW = "flow:region:110000>region:120000+region:130000"


def test_a_flow_counts_by_registration_and_by_where_the_sides_are() -> None:
    beijing, tianjin, hebei = _three_regions()
    register(beijing, tianjin, "700", date(2024, 3, 1), number=1, traded="100")
    register(beijing, hebei, "50", date(2024, 3, 2), number=2, signed_on=date(2023, 12, 20))  # by its registration
    register(beijing, make_organization(zone=beijing.zone), "900", date(2024, 4, 1), number=3)  # stays in Beijing
    register(tianjin, beijing, "800", date(2024, 4, 1), number=4)  # the other way
    changed = register(beijing, tianjin, "100", date(2024, 5, 1), number=5)
    version(changed, 2, "change", "40", date(2025, 2, 1))
    cancelled = register(beijing, tianjin, "60", date(2024, 6, 1), number=6)
    version(cancelled, 2, "cancellation", "60", date(2025, 3, 1))
    register(beijing, tianjin, "500", date(2023, 6, 1), number=7)

    asked = {"scope": FLOW, "period": "2024"}
    assert value("contracts.flow", **asked) == 700 + 50 + 40
    assert value("contracts.flow_traded", **asked) == 100 + 50 + 40
    assert value("contracts.flow", as_of=date(2024, 12, 31), **asked) == 700 + 50 + 100 + 60
    assert value("contracts.flow", as_of=date(2025, 2, 15), **asked) == 700 + 50 + 40 + 60
    assert value("contracts.flow:yoy", as_of=date(2024, 12, 31), **asked) == Decimal(82)
    assert value("contracts.count", scope="nation", period="2024") == 5


def test_what_was_cancelled_and_registered_anew_counts_once_in_its_new_year() -> None:
    beijing, tianjin, _hebei = _three_regions()
    first = register(beijing, tianjin, "60", date(2024, 6, 1), number=1)
    version(first, 2, "cancellation", "60", date(2025, 1, 10))
    register(beijing, tianjin, "60", date(2025, 1, 20), number=2)
    assert value("contracts.flow", scope=FLOW, period="2024") == 0
    assert value("contracts.flow", scope=FLOW, period="2025") == 60


# G4, G11


def _series(values: dict[int, str], *, unit: str = "亿元", **fields: Any) -> None:
    row = add_series(
        SYSTEM, code="flow", name_zh="北京流向津冀技术合同成交额", unit="yuan", source_zh="北京市科委", **fields
    )
    for year, number in values.items():
        record_observation(
            SYSTEM, series_id=row.pk, period=str(year), value=number, unit=unit, published_on=date(year + 1, 2, 1)
        )


NUMBERS = ("71", "83", "112", "155", "203", "227", "283", "347", "350", "357", "748.6", "843.7")
TWELVE = dict(zip(range(2013, 2025), NUMBERS, strict=True))


def test_twelve_values_are_eleven_intervals() -> None:
    _series(TWELVE)
    asked = {"scope": "series:flow", "period": "2013..2024"}
    assert value("series.value:cumulative", **asked) == Decimal("3780.3") * YI
    rate = value("series.value:cagr", **asked)
    assert float(rate) == pytest.approx(((843.7 / 71) ** (1 / 11) - 1) * 100)
    assert len(ask("series.value:cagr", **asked).facts) == 12


@pytest.mark.parametrize("way", ["cumulative", "cagr"])
def test_a_missing_year_is_refused_by_name_and_not_taken_for_none(way: str) -> None:
    _series({year: number for year, number in TWELVE.items() if year != 2016})
    with pytest.raises(FigureRefused, match="2016"):
        ask(f"series.value:{way}", scope="series:flow", period="2013..2024")


def test_a_forecast_is_called_one_and_growth_is_computed() -> None:
    row = add_series(
        SYSTEM, code="future", name_zh="我国未来产业产值规模", unit="yuan", source_zh="《中国未来产业发展研究（2025）》"
    )
    for year, number in ((2024, "11.7"), (2025, "13.4")):
        record_observation(
            SYSTEM, series_id=row.pk, period=str(year), value=number, unit="万亿元", published_on=date(2025, 1, 20),
            is_forecast=year == 2025,
        )  # fmt: skip
    told = ask("series.value", scope="series:future", period="2025")
    assert told.is_forecast
    assert told.value == Decimal("13.4") * 10000 * YI
    assert round(value("series.value:yoy", scope="series:future", period="2025"), 2) == Decimal("14.53")


def test_an_observation_of_a_day_not_yet_published_is_not_known() -> None:
    _series({2023: "748.6", 2024: "843.7"})
    assert value("series.value", scope="series:flow", period="2024", as_of=date(2025, 1, 31)) is None
    assert value("series.value", scope="series:flow", period="2024", as_of=date(2025, 2, 1)) == Decimal("843.7") * YI


# G5, G6, G7


def _pairing(*zones: Zone, slug: str) -> Any:
    return make_association(*zones, slug=slug, kind="pairing")


def test_a_project_in_two_pairings_counts_in_each_and_once_in_all() -> None:
    one, two = _organizations(2)
    first, second = _pairing(one.zone, two.zone, slug="jing-shen"), _pairing(one.zone, slug="other")
    row = make_cooperation(one, two, kind="paired_project", signed_on=date(2024, 5, 1))
    make_amount(row, kind="investment", amount="5000000000")
    make_amount(row, kind="contract_sum", amount="77")
    for association in (first, second):
        plain_create(CooperationAssociation, {"cooperation": row, "association": association})
    alone = make_cooperation(one, kind="paired_project", signed_on=date(2023, 5, 1))
    make_amount(alone, kind="investment", amount="300000000")
    plain_create(CooperationAssociation, {"cooperation": alone, "association": first})

    asked = {"period": "2021..2025"}
    assert value("pairing.investment", scope="association:jing-shen", **asked) == 53 * YI
    assert value("pairing.investment", scope="association:other", **asked) == 50 * YI
    assert value("pairing.investment", **asked) == 53 * YI


def test_a_joint_center_with_three_zones_is_one_until_it_is_dissolved() -> None:
    lead, *partners = _organizations(4)
    row = make_cooperation(
        kind="joint_centre", signed_on=date(2023, 1, 1), state="terminated", terminated_on=date(2025, 1, 1)
    )
    make_party(row, lead, role="lead")
    for position, partner in enumerate(partners, start=2):
        make_party(row, partner, position=position)
    asked = {"as_of": date(2024, 12, 31)}
    assert value("centres.active", **asked) == 1
    assert value("centres.active", scope=f"zone:{partners[0].zone.slug}", **asked) == 1
    assert value("centres.led", scope=f"zone:{lead.zone.slug}", **asked) == 1
    assert value("centres.led", scope=f"zone:{partners[0].zone.slug}", **asked) == 0
    assert value("centres.active", as_of=date(2025, 1, 1)) == 0


def test_facilitated_and_completed_are_asked_for_and_never_guessed() -> None:
    one, two = _organizations(2)
    network = make_association(one.zone, two.zone, slug="iot", kind="network")
    for fields in (
        {"signed_on": date(2024, 3, 1)},
        {"signed_on": date(2024, 3, 1), "state": "completed", "completed_on": date(2025, 5, 1)},
        {"signed_on": date(2024, 3, 1), "state": "terminated", "terminated_on": date(2025, 5, 1)},
        {"signed_on": date(2024, 3, 1), "state": "proposed"},
        {"signed_on": date(2025, 1, 1), "state": "completed", "completed_on": date(2025, 12, 1)},
    ):
        row = make_cooperation(one, two, **fields)
        plain_create(CooperationAssociation, {"cooperation": row, "association": network})

    asked = {"scope": "association:iot"}
    assert value("cooperations.projects", period="2024", milestone="signed", **asked) == 3
    assert (
        value("cooperations.projects", period="2025-ytd", milestone="completed", as_of=date(2025, 11, 27), **asked) == 1
    )
    assert value("cooperations.projects", period="2025", milestone="completed", **asked) == 2
    with pytest.raises(InvalidInput):
        value("cooperations.projects", period="2024", **asked)


# G8


def test_an_event_counts_once_in_each_association_of_its_hosts_and_once_in_all() -> None:
    zones = [make_zone() for _ in range(4)]
    northeast = make_association(*zones[:3], slug="northeast")
    make_association(zones[0], zones[3], slug="other")
    one = make_event(
        state="held",
        kind="exchange",
        zone=zones[0],
        starts_at=_at(2024, 5, 1),
        ends_at=_at(2024, 5, 1, 17),
        registration_closes_at=_at(2024, 4, 1),
        slots=0,
        meetings_start_at=None,
    )
    for position, zone in enumerate(zones[1:3], start=1):
        make_co_host(one, zone=zone, position=position)
    fields: dict[str, Any]
    for fields in (
        {"state": "cancelled"},
        {"state": "published"},
        {
            "state": "held",
            "starts_at": _at(2025, 1, 1, 0),
            "ends_at": _at(2025, 1, 1, 8),
        },  # in China already the new year
        {"state": "held", "kind": "industry"},
        {"state": "held", "zone": None, "association": northeast, "kind": "finance"},
    ):
        times = {
            "starts_at": _at(2024, 6, 1),
            "ends_at": _at(2024, 6, 1, 17),
            "registration_closes_at": _at(2024, 5, 1),
        }
        values: dict[str, Any] = {"kind": "exchange", "zone": zones[0], "slots": 0, "meetings_start_at": None}
        make_event(**values | times | fields)

    asked = {"period": "2024"}
    assert value("events.exchange", scope="association:northeast", **asked) == 1
    assert value("events.exchange", scope="association:other", **asked) == 1
    assert value("events.exchange", **asked) == 1
    assert value("events.exchange", period="2025") == 1
    assert value("events.matchmaking", scope="association:northeast", **asked) == 2
    assert value("events.matchmaking", scope="association:other", **asked) == 1


# G9, G10


def test_members_are_split_by_the_level_they_have_on_the_day() -> None:
    zones = [make_zone(level=None) for _ in range(3)]
    network = make_association(slug="display", kind="network")
    make_level(zones[0], level="national", valid_from=date(2000, 1, 1))
    make_level(zones[1], level="provincial", valid_from=date(2000, 1, 1), valid_to=date(2025, 7, 1))
    make_level(zones[1], level="national", valid_from=date(2025, 7, 1))
    make_level(zones[2], level="national", valid_from=date(2000, 1, 1))
    for zone in zones[:2]:
        make_membership(zone, network, joined_on=date(2024, 1, 1))
    make_membership(zones[2], network, joined_on=date(2024, 1, 1), left_on=date(2024, 12, 31))

    def members(day: date) -> list[Decimal]:
        return [
            value(f"members.{level}", scope="association:display", as_of=day)
            for level in ("national", "provincial", "all")
        ]

    assert members(date(2024, 12, 30)) == [2, 1, 3]
    assert members(date(2024, 12, 31)) == [1, 1, 2]  # a membership ends on the day
    assert members(date(2025, 7, 1)) == [2, 0, 2]  # upgraded in the middle of the year
    assert members(date(2023, 12, 31)) == [0, 0, 0]


def test_the_next_national_zone_counts_from_its_day_on() -> None:
    old, new, economic = (make_zone(level=None) for _ in range(3))
    make_level(old, level="national", valid_from=None)
    make_level(new, level="national", valid_from=date(2026, 2, 13))
    make_level(economic, level="national_economic", valid_from=None)
    assert value("zones.national", as_of=date(2026, 2, 12)) == 1
    assert value("zones.national", as_of=date(2026, 2, 13)) == 2


def test_an_alliance_knows_the_day_it_was_founded() -> None:
    make_association(slug="csj", founded_on=date(2024, 9, 8))
    assert value("association.founded", scope="association:csj") == date(2024, 9, 8)


# What all have in common


def test_rows_of_the_demonstration_count_only_where_they_are_asked_for() -> None:
    owner = make_organization()
    make_cooperation(owner, is_sample=True, signed_on=date(2024, 3, 1))
    asked = {"period": "2024", "milestone": "signed"}
    assert value("cooperations.projects", **asked) == 0
    assert value("cooperations.projects", samples=True, **asked) == 1


@pytest.mark.parametrize(
    ("figure", "asked"),
    [
        ("events.unknown", {"period": "2024"}),
        ("members.all:yoy", {"period": "2024", "scope": "association:x"}),
        ("events.exchange", {}),
        ("events.exchange", {"period": "2024", "scope": "zone:nowhere"}),
        ("members.all", {"scope": "nation"}),
        ("events.exchange", {"period": "2024", "as_of": date(2199, 1, 1)}),
        ("events.exchange", {"period": "2024", "as_of": date(2023, 1, 1)}),
        ("contracts.flow", {"period": "2024", "scope": "flow:region:110000"}),
        ("events.exchange", {"period": "2024", "milestone": "signed"}),
    ],
)
def test_a_question_that_means_nothing_is_refused(figure: str, asked: dict[str, Any]) -> None:
    with pytest.raises(InvalidInput):
        ask(figure, **asked)
