"""What is asked is what is answered: the region of a side, years that are on record, places that are not cut off."""

from datetime import date

import pytest

from figures.errors import FigureRefused
from tests.builders import make_association, make_organization, make_region, make_zone
from tests.conftest import World
from tests.cooperations import make_cooperation
from tests.figures.asking import register, value
from zones.errors import InvalidInput
from zones.models import RegionGroup

pytestmark = pytest.mark.django_db


def test_a_contract_counts_in_the_region_of_its_seller_alone() -> None:
    """The zone of a seller that is registered elsewhere brings its associations, not its region."""
    beijing, tianjin = make_region(), make_region(code="120000", name_zh="天津市", name_en="Tianjin")
    RegionGroup.objects.create(slug="north", name_zh="北组", name_en="North", member_codes=["110000"])
    zone = make_zone(region=beijing)
    alliance = make_association(zone)
    seller, buyer = make_organization(zone=zone, region=tianjin), make_organization()
    contract = register(seller, buyer, "100", date(2024, 3, 1))
    type(contract).plain.update(seller_region=tianjin, buyer_region=None, buyer_zone=None)
    row = make_cooperation(seller, signed_on=date(2024, 3, 1))
    row.parties.update(region=tianjin)
    places = ("region:110000", "group:north", "region:120000", f"zone:{zone.slug}", f"association:{alliance.slug}")
    sums = [[value(one, scope=at, period="2024") for at in places] for one in ("contracts.sold", "contracts.amount")]
    assert sums == [[0, 0, 100, 100, 100]] * 2
    signed = [value("cooperations.all", scope=at, period="2024", milestone="signed") for at in places]
    assert signed == [0, 0, 1, 1, 0]


def test_years_before_the_first_row_are_not_known(world: World) -> None:
    register(world.enterprise, world.laboratory, "100", date(2023, 3, 1), number=1)
    register(world.enterprise, world.laboratory, "50", date(2025, 3, 1), number=2)
    assert value("contracts.amount:cumulative", period="2023..2025") == 150  # 2024 was looked at, and had none
    for asked in ({"period": "2021..2025"}, {"period": "2021..2025", "scope": "zone:east"}):
        with pytest.raises(FigureRefused, match="2021、2022"):
            value("contracts.amount:cumulative", **asked)
    with pytest.raises(FigureRefused, match="缺少 2022"):
        value("contracts.amount:yoy", period="2023")


def test_what_would_be_cut_without_a_word_is_refused(world: World) -> None:
    with pytest.raises(InvalidInput) as refused:
        value("contracts.amount", period="2024..2030")
    assert "末年" in str(refused.value.errors["period"])
    many = "+".join(["zone:west"] * 61)
    with pytest.raises(InvalidInput) as refused:
        value("contracts.flow", scope=f"flow:zone:east>{many}", period="2024")
    assert "60" in str(refused.value.errors["scope"])
