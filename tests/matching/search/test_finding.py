"""What is found for what is typed: both languages, pinyin, other forms, phrases, paragraphs, and any input at all."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from matching.services.search import similar_to, suggest
from tests.builders import make_need, make_organization, make_resource, principal_of
from tests.conftest import World
from tests.matching.search.looking import as_principal, counts, follow, look, names
from zones.choices import ResourceKind
from zones.errors import InvalidInput
from zones.models import Organization, Resource

INSTRUMENT = "氮化镓外延片缺陷检测系统"


@pytest.fixture
def instrument(world: World) -> Resource:
    """An instrument of West, written in Chinese only, among others."""
    found = make_resource(
        zone=world.west,
        kind=ResourceKind.EQUIPMENT,
        name_zh=INSTRUMENT,
        keywords=["氮化镓", "外延片", "缺陷检测"],
        description_zh="用于第三代半导体外延片的表面缺陷检测，可识别微米级颗粒与划痕。",
    )
    make_resource(zone=world.west, name_zh="激光加工中心", keywords=["激光切割", "激光焊接"])
    make_resource(zone=world.far, name_zh="氮化硅陶瓷轴承试验台", keywords=["氮化硅", "轴承"])
    make_resource(zone=world.west, name_zh="晶圆清洗线", description_zh="晶圆清洗与检测。")
    follow()
    return found


@pytest.mark.parametrize(
    "words",
    [
        "氮化镓外延片缺陷检测",
        "GaN epi-wafer defect inspection",
        "gallium nitride epitaxial wafer defect detection",
        "氮化鎵外延片缺陷檢測",
        "ＧａＮ　外延片",
        "缺陷检测 氮化镓",
        "GAN",
    ],
)
def test_both_languages_find_the_instrument_of_another_zone_first(
    world: World, instrument: Resource, words: str
) -> None:
    page = look(world.eve, words)
    assert page.level == "all"
    assert page.hits[0].row == instrument
    assert page.hits[0].missing == ()


@pytest.mark.parametrize("letters", ["danhuajia", "dhj", "dan hua jia", "DHJ"])
def test_pinyin_and_initials_are_read_as_the_phrase_they_stand_for(
    world: World, instrument: Resource, letters: str
) -> None:
    page = look(world.eve, letters)
    assert names(page)[0] == INSTRUMENT
    assert page.read_as[-1][1] == "氮化镓"


def test_a_paragraph_finds_what_it_describes(world: World, instrument: Resource) -> None:
    paragraph = (
        "我司是一家从事第三代半导体器件研发与生产的企业，目前在量产过程中发现，采购的外延片表面存在颗粒、划痕等缺陷，"
        "人工目检效率低、漏检率高，严重影响后续工艺的良率。希望寻找能够对氮化镓外延片进行表面缺陷检测的设备或者服务，"
        "能够识别微米级颗粒，并给出缺陷的分布图与统计数据，最好能够长期合作。"
    )
    page = look(world.eve, paragraph)
    assert page.hits[0].row == instrument


def test_fewer_words_are_taken_where_no_record_has_all_and_the_page_says_so(world: World, instrument: Resource) -> None:
    page = look(world.eve, "氮化镓 缺陷检测 量子计算")
    assert page.level == "most"
    assert page.hits[0].missing == ("量子计算",)
    assert ("量子计算", 1) in [(one.name, one.count) for one in page.help.words]


def test_quoted_words_stand_as_they_are(world: World, instrument: Resource) -> None:
    assert names(look(world.eve, "“外延片缺陷”")) == [INSTRUMENT]
    assert look(world.eve, "“片缺陷外延”").total == 0


def test_a_public_id_finds_its_record_for_who_may_see_it(world: World, instrument: Resource) -> None:
    hidden = make_resource(zone=world.east, visibility="zone")
    follow()
    assert names(look(world.eve, str(instrument.public_id))) == [INSTRUMENT]
    assert names(look(world.eve, f" {instrument.public_id.hex} ")) == [INSTRUMENT]
    assert look(world.cy, str(hidden.public_id)).total == 0


def test_spelling_help_offers_what_is_found(world: World) -> None:
    make_resource(zone=world.west, name_zh="显微镜", name_en="Scanning electron microscope")
    follow()
    assert "microscope" in look(world.eve, "microscpe").help.did_you_mean
    assert "微电子" not in look(world.eve, "microscpe").help.did_you_mean


def test_organizations_and_needs_are_found_too(world: World) -> None:
    make_organization(name_zh="量子测控研究院", zone=world.west)
    make_need(zone=world.west, title_zh="寻求量子测控技术", visibility="public")
    follow()
    page = look(None, "量子测控")
    assert {hit.subject for hit in page.hits} == {"organization", "need"}
    assert counts(page, "subject") == {"organization": 1, "need": 1}


def test_changes_are_found_at_once(world: World, instrument: Resource) -> None:
    assert look(world.eve, "激光").total == 1
    Resource.plain.filter(name_zh="激光加工中心").update(status="retired")
    assert names(look(world.eve, "激光")) == []  # the row is checked again before its document has followed
    follow()
    assert look(world.eve, "激光").total == 0
    make_resource(zone=world.west, name_zh="激光测距仪")
    make_organization(name_zh="激光研究院", zone=world.west)
    follow()
    assert set(names(look(world.eve, "激光"))) == {"激光测距仪", "激光研究院"}
    Organization.plain.filter(name_zh="激光研究院").update(name_zh="光子研究院")
    assert names(look(world.eve, "激光")) == ["激光测距仪"]


def test_many_small_changes_are_put_together(world: World) -> None:
    for number in range(16):
        make_resource(zone=world.west, name_zh=f"量子设备{number:02}")
        follow()
        assert look(world.eve, "量子设备").total == number + 1


def test_similar_resources_share_words_and_leave_out_itself_and_what_is_hidden(
    world: World, instrument: Resource
) -> None:
    near = make_resource(zone=world.west, name_zh="碳化硅外延片缺陷检测仪", keywords=["碳化硅", "外延片"])
    make_resource(zone=world.east, name_zh="氮化镓外延片缺陷检测台", keywords=["氮化镓"], visibility="zone")
    follow()
    found = [str(hit.row) for hit in similar_to(principal_of(world.cy), instrument)]
    assert found[0] == str(near)
    assert INSTRUMENT not in found
    assert "氮化镓外延片缺陷检测台" not in found


def test_suggestions_go_on_from_characters_pinyin_and_initials(world: World, instrument: Resource) -> None:
    for typed in ("氮化", "danhua", "dhj", "氮化鎵"):
        assert "氮化镓" in [one.text for one in suggest(principal_of(world.eve), typed)]
    assert suggest(principal_of(world.eve), "  ") == []


@pytest.mark.parametrize(
    "words",
    [
        "",
        "镓",
        "的 了",
        "the",
        "。，…",
        "a AND NOT (b:c^2~*",
        '"',
        "\x00\x07\u202e",
        "\ud800",
        "氮" * 100_000,
        "x " * 50_000,
    ],
)
def test_any_text_gets_an_answer(world: World, instrument: Resource, words: str) -> None:
    page = look(world.eve, words)
    assert page.total >= len(page.hits)
    assert page.is_cut == (len(words) > 20_000)
    assert page.is_wordless == (words in ("的 了", "the", "。，…", '"', "\x00\x07\u202e", "\ud800"))


def test_sorting(world: World, instrument: Resource) -> None:
    Resource.plain.filter(pk=instrument.pk).update(confirmed_on=timezone.localdate())
    follow()
    by_name = names(look(world.eve, subject="resource", sort="name"))
    assert by_name == ["氮化硅陶瓷轴承试验台", INSTRUMENT, "激光加工中心", "晶圆清洗线"]
    assert names(look(world.eve, subject="resource", sort="freshness"))[0] == INSTRUMENT
    near = look(world.eve, subject="resource", sort="distance", near="far")
    distances = [hit.distance_km for hit in near.hits]
    assert distances == sorted(distances, key=lambda km: km or 0.0)


def test_pages_follow_each_other_without_gap(world: World) -> None:
    for number in range(7):
        make_resource(zone=world.west, name_zh=f"量子设备{number}")
    follow()
    pages = [names(look(world.eve, "量子设备", size="3", page=str(page))) for page in (1, 2, 3, 4)]
    assert [len(page) for page in pages] == [3, 3, 1, 0]
    assert len({name for page in pages for name in page}) == 7


def test_unknown_places_and_codes_are_refused(world: World) -> None:
    for parameter in ("zone", "region", "association", "field", "equipment", "kind"):
        with pytest.raises(InvalidInput) as refused:
            look(world.eve, **{parameter: "nowhere"})
        assert list(refused.value.errors) == [parameter]
    with pytest.raises(InvalidInput):
        look(world.eve, near="nowhere")
    assert look(world.eve, sharing="随便").total == 0


def test_freshness_moves_with_the_day(world: World, instrument: Resource) -> None:
    Resource.plain.filter(pk=instrument.pk).update(confirmed_on=timezone.localdate())
    follow()
    assert counts(look(world.eve, "氮化镓外延片"), "fresh") == {"month": 1}
    with time_machine.travel(timezone.now() + timedelta(days=60), tick=False):
        assert counts(look(world.eve, "氮化镓外延片"), "fresh") == {"quarter": 1}
    assert as_principal(None).is_member is False
